import { basename, dirname, join } from 'node:path';
import { warnOfFullDisk } from '../action/low-disk.ts';
import type { Report } from '../action/report.ts';
import { registerForAttestation } from '../publish/attestation.ts';
import { CHECKSUMS_NAME, writeChecksums } from '../publish/checksums.ts';
import { finishedFile } from '../publish/release-files.ts';
import type { Companions } from './companions.ts';
import type { Context } from './context.ts';

/** Lists the checksums of all files, hands the image on to attestation, and warns of a full disk. Gives the list's path. */
export function leaveFiles({ log, output }: Context, { image }: Report, companions: Companions): string {
  const path = join(dirname(output.path), CHECKSUMS_NAME);
  const others = companions.paths.map((file) => ({ name: basename(file), ...finishedFile(file) }));
  writeChecksums(path, [{ name: image.fileName, sha256: image.sha256 }, ...others]);
  for (const warning of [registerForAttestation(output.path), warnOfFullDisk(output.path)]) {
    if (warning !== undefined) log.warning(warning.title, warning.text);
  }
  return path;
}
