import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { openFile } from './file-access.ts';

/** Reads a file back while others write it. */
export interface FollowingReader {
  /** Takes the next range of the file, which is written and does not change any more. */
  add(range: ByteRange): void;
  /** To be called when all ranges are written. Returns the SHA-256 of the file; rejects with the error of reading it. */
  finish(): Promise<Buffer>;
}

/**
 * Hashes a file on this thread, range after range, as soon as each is written: the main thread has little else to do then, and
 * the bytes must be hashed in order.
 */
export function followWriters(path: string): FollowingReader {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(STEP);
  let read: Promise<void> = Promise.resolve();
  return {
    add(range) {
      read = read.then(() => hashRange(hash, path, range, buffer));
      handleLater(read);
    },
    finish() {
      const sha256 = read.then(() => hash.digest());
      handleLater(sha256);
      return sha256;
    },
  };
}

/** Bytes that are hashed between two looks at the messages of other threads. */
const STEP = 1024 * 1024;

async function hashRange(hash: Hash, path: string, range: ByteRange, buffer: Buffer): Promise<void> {
  const end = range.offset + range.length;
  using file = openFile(path, end);
  for (const { offset, length } of cutRanges(range.length, STEP)) {
    const bytes = buffer.subarray(0, length);
    file.read(bytes, range.offset + offset);
    hash.update(bytes);
    await setImmediate();
  }
}

/** The error of a promise is handled when it is awaited. Until then it must not count as unhandled. */
function handleLater(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
