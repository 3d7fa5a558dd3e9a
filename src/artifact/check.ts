import { statSync } from 'node:fs';
import { printable } from '../text/printable.ts';
import type { UploadLog } from './client-line.ts';
import { uploadError } from './upload-error.ts';
import type { StatedArtifact, Uploaded } from './upload-worker.ts';

/** Makes sure that a file still is what was proved, as far as can be told without reading it; throws an `UploadError`. */
export function checkFile(file: string, size: number): void {
  const name = printable(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw uploadError('FILE', `${name} cannot be uploaded: it is gone.`, CHECK_FOLDER);
  if (!found.isFile()) throw uploadError('FILE', `${name} cannot be uploaded: it is not a regular file.`, CHECK_FOLDER);
  if (found.size !== size) {
    throw uploadError('FILE', `${name} has ${found.size} bytes, but had ${size} when it was proved.`, CHECK_FOLDER);
  }
  if (size === 0) throw uploadError('FILE', `${name} is empty: an artifact must hold something.`, CHECK_FOLDER);
}

export const CHECK_FOLDER = 'Check that nothing else writes into the output folder.';

/** Bytes and SHA-256, in hexadecimal, that a file is known to have. */
export interface Proved {
  readonly size: number;
  readonly sha256: string;
}

/** What of an artifact is not as it was proved, in words; `undefined` if there is nothing. */
export function describeDifference(proved: Proved, verb: string, found: StatedArtifact): string | undefined {
  if (found.size !== proved.size) {
    return `${found.size} bytes ${verb}, where the image has ${proved.size}`;
  }
  if (found.digest !== undefined && found.digest !== proved.sha256) {
    return `what ${verb} has the SHA-256 ${printable(found.digest)}, where the image has ${proved.sha256}`;
  }
  return undefined;
}

/** The same for what the service says. It is compared if it is of this very artifact; that it does not say it is no failure. */
export function describeStored(
  proved: Proved,
  sent: StatedArtifact,
  stored: Uploaded['stored'],
  log: UploadLog,
): string | undefined {
  if ('message' in stored || stored.id !== sent.id) {
    const why = 'message' in stored ? stored.message : `it told of the artifact ${stored.id}, not of ${sent.id}`;
    log.info(`The artifact service did not confirm the size and hash of the artifact: ${why}`);
    return undefined;
  }
  return describeDifference(proved, 'was stored', stored);
}
