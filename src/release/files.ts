import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CHECK_DIRECTORY, checkFile } from '../artifact/check.ts';
import { printable } from '../text/printable.ts';
import type { ReleaseFile } from './asset.ts';
import { releaseError } from './error.ts';
import { hashRanges } from './read-range.ts';
import { isPartOf, planParts } from './split.ts';

/** A finished file of this machine. */
export interface FinishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A file as it is on this machine; it is read as a whole, and must not be large. */
export function finishedFile(path: string): FinishedFile {
  const contents = readFileSync(path);
  return { path, size: contents.length, sha256: createHash('sha256').update(contents).digest('hex') };
}

/** The image under its own name, or its parts, in their order. */
export async function releaseFilesOfImage(
  image: FinishedFile,
  frameEnds: readonly number[],
  limit: number,
): Promise<readonly ReleaseFile[]> {
  const ranges = planParts(basename(image.path), image.size, frameEnds, limit);
  if (ranges.length === 1) {
    return [releaseFile(image)];
  }
  checkFile(image.path, image.size);
  const hashes = await hashRanges(image.path, ranges);
  if (hashes.whole !== image.sha256) {
    const message = `${printable(image.path)} has the SHA-256 ${hashes.whole}, but had ${image.sha256} when it was verified.`;
    throw releaseError('FILE', message, CHECK_DIRECTORY);
  }
  return ranges.map((range, i) => ({ ...range, path: image.path, sha256: hashes.ranges[i] }));
}

/** All of a file, under its own name. Throws an `UploadError` if it is not as it was. */
export function releaseFile({ path, size, sha256 }: FinishedFile): ReleaseFile {
  checkFile(path, size);
  return { name: basename(path), path, sha256, offset: 0, length: size };
}

/** Whether a file of a release is the image, or a part of it or of an earlier one of its name. */
export function isOfImage(image: string, name: string): boolean {
  return name === image || isPartOf(image, name);
}
