import { basename } from 'node:path';
import type { ByteRange } from '../bytes/source.ts';
import { changedContents, checkUnchanged, type FinishedFile } from '../image/finished-file.ts';
import { hashParts } from './read-range.ts';
import { isPartOf, planParts } from './split.ts';

/** A file of a release: a range of a finished file. */
export interface ReleaseFile extends ByteRange {
  readonly name: string;
  readonly path: string;
  /** Of the range, in hexadecimal. */
  readonly sha256: string;
}

/**
 * The image under its own name or, if it has more than `limit` bytes, its parts in order. Throws a `UserError` with the
 * code `FILE` if the image has changed.
 */
export async function releaseFilesOfImage(image: FinishedFile, limit: number): Promise<readonly ReleaseFile[]> {
  const { path, size, sha256 } = image;
  const planned = planParts(basename(path), size, limit);
  if (planned.length === 1) {
    return [releaseFile(image)];
  }
  checkUnchanged(image);
  const { whole, parts } = await hashParts(path, planned);
  if (whole !== sha256) {
    throw changedContents(image, whole);
  }
  return parts.map((part) => ({ ...part, path }));
}

/** A whole file under its own name. Throws a `UserError` with the code `FILE` if it has changed. */
export function releaseFile(file: FinishedFile): ReleaseFile {
  checkUnchanged(file);
  const { path, size, sha256 } = file;
  return { name: basename(path), path, sha256, offset: 0, length: size };
}

/** Whether a file of a release is the image, one of its parts, or a part of an earlier image of its name. */
export function isOfImage(image: string, name: string): boolean {
  return name === image || isPartOf(image, name);
}
