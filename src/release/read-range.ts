import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CHECK_DIRECTORY } from '../artifact/check.ts';
import type { ByteRange } from '../bytes/source.ts';
import { printable } from '../text/printable.ts';
import { releaseError } from './error.ts';

const PIECE_BYTES = 256 * 1024;

/** The bytes of a range of a file, a piece at a time. Throws a `ReleaseError` if the file cannot be read or has fewer. */
export async function* readRange(path: string, { offset, length }: ByteRange): AsyncGenerator<Buffer> {
  const file = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    for (let done = 0; done < length; ) {
      // Each piece in a buffer of its own: the socket may still hold the one before.
      const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length - done));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset + done).catch((cause) => {
        throw unreadable(path, cause);
      });
      if (bytesRead === 0) {
        throw unreadable(path, new Error(`It ends at byte ${offset + done}.`));
      }
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** SHA-256 of the ranges of a file that follow one another, in hexadecimal, and that of all of them as one. */
export async function hashRanges(
  path: string,
  ranges: readonly ByteRange[],
): Promise<{ readonly whole: string; readonly ranges: readonly string[] }> {
  const whole = createHash('sha256');
  const hashes: string[] = [];
  for (const range of ranges) {
    const hash = createHash('sha256');
    for await (const bytes of readRange(path, range)) {
      hash.update(bytes);
      if (ranges.length > 1) {
        whole.update(bytes);
      }
    }
    hashes.push(hash.digest('hex'));
  }
  return { whole: ranges.length === 1 ? hashes[0] : whole.digest('hex'), ranges: hashes };
}

function unreadable(path: string, cause: unknown): Error {
  return releaseError('FILE', `${printable(path)} cannot be read while it is uploaded.`, CHECK_DIRECTORY, cause);
}
