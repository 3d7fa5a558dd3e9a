import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Flips one bit of a file, 0 to 7 of the byte at `offset`. */
export function flipInFile(path: string, offset: number, bit: number): void {
  const file = openSync(path, 'r+');
  try {
    flipInOpenFile(file, offset, bit);
  } finally {
    closeSync(file);
  }
}

export function flipInOpenFile(file: number, offset: number, bit: number): void {
  const byte = Buffer.alloc(1);
  if (readSync(file, byte, 0, 1, offset) !== 1) {
    throw new Error(`The file has no byte ${offset}.`);
  }
  byte[0] = (byte[0] ?? 0) ^ (1 << bit);
  writeSync(file, byte, 0, 1, offset);
}
