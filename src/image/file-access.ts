import { closeSync, openSync, readSync } from 'node:fs';
import type { RandomAccess } from '../bytes/source.ts';

/** Bytes of a file that is open. */
export interface OpenAccess extends RandomAccess {
  close(): void;
}

/** Opens a file of this machine for reading within its first `size` bytes. */
export function openFile(path: string, size: number): OpenAccess {
  const file = openSync(path, 'r');
  return {
    size,
    close: () => closeSync(file),
    read(target, offset) {
      checkBounds(target, offset, size);
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, offset + done);
        if (count === 0) {
          throw new Error(`${path} ends at byte ${offset + done}, within what was to be read.`);
        }
        done += count;
      }
    },
  };
}

/** Throws a `RangeError` where `target` would be filled from outside of `size` bytes. */
export function checkBounds(target: Uint8Array, offset: number, size: number): void {
  if (offset >= 0 && offset + target.length <= size) {
    return;
  }
  throw new RangeError(`Bytes ${offset} to ${offset + target.length} are outside an image of ${size} bytes.`);
}
