import { statSync } from 'node:fs';
import { printable } from '../text/printable.ts';
import type { UploadLog } from './client-line.ts';
import { uploadError } from './upload-error.ts';
import type { StatedArtifact, Uploaded } from './upload-worker.ts';

/** Makes sure that a file still is what was verified, as far as can be told without reading it; throws an `UploadError`. */
export function checkFile(file: string, size: number): void {
  const name = printable(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    throw uploadError('FILE', `${name} cannot be uploaded: it is gone.`, CHECK_DIRECTORY);
  }
  if (!found.isFile()) {
    throw uploadError('FILE', `${name} cannot be uploaded: it is not a regular file.`, CHECK_DIRECTORY);
  }
  if (found.size !== size) {
    throw uploadError(
      'FILE',
      `${name} has ${found.size} bytes, but had ${size} when it was verified.`,
      CHECK_DIRECTORY,
    );
  }
  if (size === 0) {
    throw uploadError('FILE', `${name} is empty: an artifact must hold something.`, CHECK_DIRECTORY);
  }
}

export const CHECK_DIRECTORY = 'Check that nothing else writes into the output directory.';

/** Bytes and SHA-256, in hexadecimal, that a file is known to have. */
export interface Verified {
  readonly size: number;
  readonly sha256: string;
}

/** What of an artifact is not as it was verified, in words; `undefined` if there is nothing. */
export function describeDifference(verified: Verified, verb: string, found: StatedArtifact): string | undefined {
  if (found.size !== verified.size) {
    return `${found.size} bytes ${verb}, where the image has ${verified.size}`;
  }
  if (found.digest !== undefined && found.digest !== verified.sha256) {
    return `what ${verb} has the SHA-256 ${printable(found.digest)}, where the image has ${verified.sha256}`;
  }
  return undefined;
}

/** The same for what the service says. It is compared if it is of this very artifact; that it does not say it is no failure. */
export function describeStored(
  verified: Verified,
  sent: StatedArtifact,
  stored: Uploaded['stored'],
  log: UploadLog,
): string | undefined {
  if ('message' in stored || stored.id !== sent.id) {
    const why = 'message' in stored ? stored.message : `it told of the artifact ${stored.id}, not of ${sent.id}`;
    log.info(`The artifact service did not confirm the size and hash of the artifact: ${why}`);
    return undefined;
  }
  return describeDifference(verified, 'was stored', stored);
}
