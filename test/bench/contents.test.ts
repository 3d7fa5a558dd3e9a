import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fillContents, smallFiles } from '../../bench/scaling/contents.ts';

describe('smallFiles', () => {
  const files = smallFiles(5000, 3);

  it('is the same every time, and another for another seed', () => {
    expect(smallFiles(5000, 3)).toEqual(files);
    expect(smallFiles(5000, 4)).not.toEqual(files);
  });

  it('has sizes from none to 16 KiB, of 1 to 1.5 kB on average', () => {
    const sizes = files.map(({ bytes }) => bytes);
    expect(Math.min(...sizes)).toBe(0);
    expect(Math.max(...sizes)).toBeGreaterThan(15_000);
    expect(Math.max(...sizes)).toBeLessThan(16_384);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(1000);
    expect(mean).toBeLessThan(1500);
  });

  it('has a twin for one in eight, all others being different', () => {
    const share = 1 - new Set(files.map(({ variety }) => variety)).size / files.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.15);
  });

  it('shares no variety with another seed', () => {
    const others = new Set(smallFiles(5000, 4).map(({ variety }) => variety));
    expect(files.filter(({ variety }) => others.has(variety))).toEqual([]);
  });
});

describe('fillContents', () => {
  it('makes the same of the same variety, and something else of another', () => {
    expect(filled(1000, 7)).toEqual(filled(1000, 7));
    expect(filled(1000, 7)).not.toEqual(filled(1000, 8));
  });

  it('compresses to about half', () => {
    const compressed = deflateRawSync(filled(1 << 18, 1)).length;
    expect(compressed / (1 << 18)).toBeGreaterThan(0.49);
    expect(compressed / (1 << 18)).toBeLessThan(0.55);
  });

  it('fills nothing', () => expect(filled(0, 1)).toHaveLength(0));
});

function filled(length: number, variety: number): Buffer {
  const target = Buffer.alloc(length);
  fillContents(target, variety);
  return target;
}
