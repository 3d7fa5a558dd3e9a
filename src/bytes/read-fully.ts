import { readSync } from 'node:fs';

/**
 * Fills `target` with the bytes of an open file from `position` on: a single read may return fewer. Throws an error that
 * names `path` if the file ends before that.
 */
export function readFully(file: number, target: Uint8Array, position: number, path: string): void {
  let done = 0;
  while (done < target.length) {
    const count = readSync(file, target, done, target.length - done, position + done);
    if (count === 0) {
      throw new Error(`${path} ends at byte ${position + done}; ${position + target.length} bytes were expected.`);
    }
    done += count;
  }
}
