import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../text/printable.ts';

/**
 * Tells the runner that a file is what the job makes, so that a later step of actions/attest states where it comes from
 * without being told its name: a line in the file that `GITHUB_ARTIFACTS` names (actions/runner#4527). Runners without it
 * are left alone. Returns a warning where the path cannot be told, `undefined` otherwise.
 *
 * The runner fails a step that leaves a line with an equals sign there.
 */
export function registerForAttestation(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly title: string; readonly text: string } | undefined {
  const list = environment.GITHUB_ARTIFACTS;
  if (!list) {
    return undefined;
  }
  const path = resolve(file);
  if (/[=\p{Cc}]/u.test(path)) {
    return warning(
      `The path ${printable(path)} holds a character that it cannot have there, such as an equals sign. Set image-name and ` +
        'output-directory to names without, or give actions/attest the output image-path as its subject-path.',
    );
  }
  try {
    // Who wrote to it before need not have ended the line.
    const before = existsSync(list) ? readFileSync(list, 'utf8') : '';
    appendFileSync(list, `${before === '' || before.endsWith('\n') ? '' : '\n'}${path}\n`);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return warning(
      `GITHUB_ARTIFACTS could not be written: ${why}. Give actions/attest the output image-path as its subject-path.`,
    );
  }
}

function warning(text: string): { readonly title: string; readonly text: string } {
  return { title: 'The image is not on the list of what can be attested', text };
}
