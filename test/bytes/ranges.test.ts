import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkBounds } from '../../src/bytes/bounds.ts';
import { firstDifference } from '../../src/bytes/compare.ts';
import { readFully } from '../../src/bytes/read-fully.ts';
import { PIECE_BYTES, type RandomAccess } from '../../src/bytes/source.ts';
import { windowOf } from '../../src/bytes/window.ts';
import { firstNonZero, isZero } from '../../src/bytes/zero.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function memory(bytes: Buffer): RandomAccess {
  return {
    size: bytes.length,
    read(target, offset) {
      bytes.copy(target, 0, offset, offset + target.length);
    },
  };
}

it('accepts ranges within a size, and refuses all others', () => {
  for (const [offset, length] of [
    [0, 0],
    [0, 10],
    [10, 0],
    [3, 4],
  ] as const) {
    checkBounds({ offset, length }, 10, 'a file');
  }
  for (const [offset, length] of [
    [-1, 1],
    [0, 11],
    [10, 1],
    [Number.NaN, 1],
    [0, -1],
  ] as const) {
    expect(() => checkBounds({ offset, length }, 10, 'a file')).toThrow(RangeError);
  }
  expect(() => checkBounds({ offset: 8, length: 3 }, 10, 'a file')).toThrow(
    'Bytes 8 to 11 are outside a file of 10 bytes.',
  );
});

it('finds the first different byte within a range, in any piece', () => {
  const bytes = Buffer.alloc(2 * PIECE_BYTES + 100, 1);
  const range = { offset: 50, length: 2 * PIECE_BYTES };
  for (const at of [50, PIECE_BYTES + 49, PIECE_BYTES + 50, 2 * PIECE_BYTES + 49]) {
    const changed = Buffer.from(bytes);
    changed.fill(2, at);
    expect(firstDifference(memory(changed), memory(bytes), range)).toBe(at);
  }
  const outside = Buffer.from(bytes);
  outside.fill(2, 0, 50).fill(2, 2 * PIECE_BYTES + 50);
  expect(firstDifference(memory(outside), memory(bytes), range)).toBeUndefined();
});

it('finds the first byte that is not zero, also after several pieces', () => {
  const bytes = Buffer.alloc(200_000);
  expect(isZero(bytes)).toBe(true);
  expect(isZero(Buffer.alloc(0))).toBe(true);
  for (const at of [199_999, 131_072, 65_535, 0]) {
    bytes[at] = 1;
    expect(firstNonZero(bytes)).toBe(at);
  }
});

it('reads a window of a source, and nothing outside it', () => {
  const window = windowOf(memory(Buffer.from('0123456789')), { offset: 2, length: 5 });
  const target = Buffer.alloc(3);
  window.read(target, 2);
  expect(target.toString()).toBe('456');
  expect(() => window.read(target, 3)).toThrow('Bytes 3 to 6 are outside a range of 5 bytes.');
});

it('fills a buffer from a file, and reports a file that ends before', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'file');
  writeFileSync(path, '0123456789');
  const file = openSync(path, 'r');
  try {
    const target = Buffer.alloc(4);
    readFully(file, target, 6, path);
    expect(target.toString()).toBe('6789');
    expect(() => readFully(file, target, 8, path)).toThrow(`${path} ends at byte 10; 12 bytes were expected.`);
  } finally {
    closeSync(file);
  }
});
