import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Warning } from '../runner/low-disk.ts';
import { printable } from '../text/printable.ts';

/**
 * Registers a file as an artifact of the job, so that a later step with actions/attest needs no subject-path: appends its
 * path to the file in `GITHUB_ARTIFACTS` (actions/runner#4527). Does nothing on a runner without that variable. Returns a
 * warning if the file cannot be registered.
 */
export function registerForAttestation(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Warning | undefined {
  const list = environment.GITHUB_ARTIFACTS;
  if (!list) {
    return undefined;
  }
  const path = resolve(file);
  // The runner fails the step if a path contains one of these.
  if (/[=\p{Cc}]/u.test(path)) {
    return warning(
      `The path ${printable(path)} contains an equals sign or a control character, which the runner does not allow there. ` +
        'Set image-name and output-directory to names without them, or set subject-path of actions/attest to the output image-path.',
    );
  }
  try {
    // The last line may lack its line feed.
    const before = existsSync(list) ? readFileSync(list, 'utf8') : '';
    appendFileSync(list, `${before === '' || before.endsWith('\n') ? '' : '\n'}${path}\n`);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return warning(
      `Writing to GITHUB_ARTIFACTS failed: ${reason}. Set subject-path of actions/attest to the output image-path.`,
    );
  }
}

function warning(text: string): Warning {
  return { title: 'Could not register the image for attestation', text };
}
