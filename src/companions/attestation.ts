import { appendFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import type { FinishedFile } from '../image/finished-file.ts';
import type { Warning } from '../runner/low-disk.ts';
import { printable } from '../text/printable.ts';
import { readArtifactList } from './artifact-list.ts';
import { type AttestationProblem, attestationProblem } from './attestation-problem.ts';

/**
 * Registers the image as an artifact of the job, so that a later step with actions/attest needs no subject-path: appends its
 * path to the file in `GITHUB_ARTIFACTS`. Does nothing on a runner without that variable. Returns a warning, and registers
 * nothing, if the runner would fail the step, or if a file of the runner cannot be read or written.
 */
export function registerForAttestation(
  image: Pick<FinishedFile, 'path' | 'sha256'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Warning | undefined {
  const { GITHUB_ARTIFACTS: file, GITHUB_ARTIFACTS_LIST: list } = environment;
  if (!file) {
    return undefined;
  }
  try {
    // The runner opens the file outside of a container, where links of the container lead elsewhere.
    const path = realpathSync(image.path);
    const problem = attestationProblem({ path, sha256: image.sha256 }, { file, registered: readArtifactList(list) });
    if (problem !== undefined) {
      return warning(problem);
    }
    // The last line may lack its line feed.
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    appendFileSync(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${path}\n`);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return warning({ what: `GITHUB_ARTIFACTS or GITHUB_ARTIFACTS_LIST cannot be used (${printable(reason)})` });
  }
}

function warning({ what, remedy }: AttestationProblem): Warning {
  const instead = 'set subject-checksums of actions/attest to the output checksums-path';
  const text = remedy === undefined ? `${what}. Instead, ${instead}.` : `${what}. ${remedy}, or ${instead}.`;
  return { title: 'Could not register the image for attestation', text };
}
