import { basename, dirname, join } from 'node:path';
import { registerForAttestation } from '../companions/attestation.ts';
import { CHECKSUMS_NAME, writeChecksums } from '../companions/checksums.ts';
import { hashFinishedFile } from '../image/finished-file.ts';
import type { Report } from '../report/report.ts';
import { warnOfFullDisk } from '../runner/low-disk.ts';
import type { Context } from './context.ts';
import type { Companions } from './describe.ts';

/** Lists the checksums of all files, hands the image on to attestation, and warns of a full disk. Gives the list's path. */
export function leaveFiles({ log, output }: Context, { image }: Report, companions: Companions): string {
  const path = join(dirname(output.path), CHECKSUMS_NAME);
  const others = companions.paths.map((file) => ({ name: basename(file), ...hashFinishedFile(file) }));
  writeChecksums(path, [{ name: image.fileName, sha256: image.sha256 }, ...others]);
  for (const warning of [registerForAttestation(output.path), warnOfFullDisk(output.path)]) {
    if (warning !== undefined) {
      log.warning(warning.title, warning.text);
    }
  }
  return path;
}
