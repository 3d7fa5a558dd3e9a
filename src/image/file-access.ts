import { closeSync, openSync } from 'node:fs';
import { checkBounds } from '../bytes/bounds.ts';
import { readFully } from '../bytes/read-fully.ts';
import type { RandomAccess } from '../bytes/source.ts';
import { printable } from '../text/printable.ts';

/** The bytes of an open file. */
export interface OpenAccess extends RandomAccess, Disposable {
  close(): void;
}

/** Opens a file for reading within its first `size` bytes. Reads throw an error that names the file if it ends before. */
export function openFile(path: string, size: number): OpenAccess {
  const file = openSync(path, 'r');
  const name = printable(path);
  const close = (): void => closeSync(file);
  return {
    size,
    close,
    [Symbol.dispose]: close,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, size, 'an image');
      readFully(file, target, offset, name);
    },
  };
}
