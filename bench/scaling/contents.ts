import { createCipheriv } from 'node:crypto';

/** A generator of numbers below 2^32 that look random and are the same every time (Numerical Recipes, "ranqd1"). */
export function createNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator hardly vary.
    return (state ^ (state >>> 16)) >>> 0;
  };
}

/** Size and contents of a small file. */
export interface SmallFile {
  readonly bytes: number;
  /** Files with the same size and the same variety are equal. */
  readonly variety: number;
}

/**
 * The files of a directory tree: sizes from none to 16 KiB, each power of two as often as another, one in eight equal to
 * one that went before.
 */
export function smallFiles(count: number, seed: number): readonly SmallFile[] {
  const next = createNumbers(seed);
  const files: SmallFile[] = [];
  for (let i = 0; i < count; i++) {
    const twin = files[next() % Math.max(i, 1)];
    if (twin !== undefined && next() % 8 === 0) {
      files.push(twin);
      continue;
    }
    const bytes = next() % 2 ** (next() % 15);
    files.push({ bytes, variety: seed * count + i });
  }
  return files;
}

/** Bytes that compress as those of programs do: one half is noise, the other text that repeats itself. */
export function fillContents(target: Buffer, variety: number): void {
  target.fill(`${variety} of these files; `);
  const noise = target.subarray(0, target.length >>> 1);
  const key = Buffer.alloc(16);
  key.writeDoubleLE(variety);
  // AES in counter mode over zeros: as fast as memory, and the same on every machine.
  noise.set(createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(noise.length)));
}
