import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { PIECE_BYTES } from '../bytes/source.ts';
import type { FrameAccess, RawAccess } from '../image/access.ts';
import { openFile } from '../image/file-access.ts';
import { formatHex } from '../text/format.ts';
import { printable } from '../text/printable.ts';
import { imageMismatch } from './verification-error.ts';

/** The file itself, compressed or not. */
export interface WrittenFile {
  readonly path: string;
  /** CRC-32 of the bytes as they were written. */
  readonly crc32: number;
}

/** Bytes and SHA-256 of a file. */
export interface FileHash {
  readonly size: number;
  readonly sha256: Uint8Array;
}

/** Hashes the finished file. Throws if its CRC-32 is not that of the bytes that were written. */
export function hashWrittenFile({ path, crc32: written }: WrittenFile): FileHash {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  using stack = new DisposableStack();
  const file = stack.adopt(openSync(path, 'r'), closeSync);
  let size = 0;
  let crc = 0;
  let count = readSync(file, buffer);
  while (count > 0) {
    const bytes = buffer.subarray(0, count);
    hash.update(bytes);
    crc = crc32(bytes, crc);
    size += count;
    count = readSync(file, buffer);
  }
  if (crc !== written) {
    throw imageMismatch(
      `${printable(path)} changed after it was written: its CRC-32 was ${formatHex(written, 8)} and is now ${formatHex(crc, 8)}.`,
    );
  }
  return { size, sha256: hash.digest() };
}

/** Checks that a raw image has the size that was written. Throws if it was truncated or has grown. */
export function checkSize({ path, size }: RawAccess): void {
  const found = statSync(path).size;
  if (found !== size) {
    throw imageMismatch(`${printable(path)} changed after it was written: it had ${size} bytes and now has ${found}.`);
  }
}

/**
 * Checks that a compressed file consists of what was written and nothing else: its head, the frames one after the other, and
 * its tail. Then the bytes that are verified frame by frame are those that any tool decompresses from the file.
 */
export function checkFrames({ path, format, head, frames, tail }: FrameAccess): void {
  let end = head.length;
  let isContiguous = true;
  for (const { offset, compressedBytes } of frames) {
    isContiguous &&= offset === end;
    end = offset + compressedBytes;
  }
  const isWhole = statSync(path).size === end + tail.length && hasBytes(path, head, 0) && hasBytes(path, tail, end);
  if (!isContiguous || !isWhole) {
    throw imageMismatch(
      `${printable(path)} changed after it was written: it no longer consists of the ${frames.length} ${format} frames that were written.`,
    );
  }
}

function hasBytes(path: string, expected: Uint8Array, offset: number): boolean {
  const found = Buffer.alloc(expected.length);
  using file = openFile(path, offset + expected.length);
  file.read(found, offset);
  return found.equals(expected);
}
