import { summary, warning } from '@actions/core';
import { printableText } from '../text/escape.ts';

/**
 * Adds a text to the job summary, if the runner has a file for it. A failure to write is a warning.
 *
 * @param render makes the text, in Markdown.
 */
export async function writeJobSummary(render: () => string, environment: NodeJS.ProcessEnv): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) {
    return;
  }
  try {
    await summary.addRaw(render(), true).write();
  } catch (error) {
    summary.emptyBuffer();
    warning(printableText(`The job summary could not be written: ${error instanceof Error ? error.message : error}`));
  }
}
