import { quote } from '../text/quote.ts';
import type { FatVolume } from './read.ts';
import { type FatTree, fatPathOf, type ReadFatContents } from './tree.ts';

/**
 * Compares a volume that was read with the files it was made of: every directory and file must be there, and nothing else,
 * with the same bytes. Gives what differs, in words.
 */
export function compareFat(volume: FatVolume, tree: FatTree, readContents: ReadFatContents): readonly string[] {
  const found = new Map(volume.entries.map(({ path }, entry) => [path, entry]));
  const differences: string[] = [];
  tree.entries.forEach(({ kind, size }, entry) => {
    const path = fatPathOf(tree, entry).toString();
    const there = found.get(path);
    found.delete(path);
    const difference =
      there === undefined
        ? 'is missing'
        : whatDiffers(volume, there, { kind, size }, (position, target) => readContents(entry, position, target));
    if (difference !== undefined) {
      differences.push(`${quote(path)} ${difference}`);
    }
  });
  for (const path of found.keys()) {
    differences.push(`${quote(path)} is not one of the firmware files`);
  }
  return differences;
}

const PIECE_BYTES = 256 * 1024;

function whatDiffers(
  volume: FatVolume,
  entry: number,
  { kind, size }: { readonly kind: string; readonly size: number },
  readExpected: (position: number, target: Uint8Array) => void,
): string | undefined {
  const found = volume.entries[entry];
  if (found.kind !== kind) {
    return `is a ${found.kind}, not a ${kind}`;
  }
  if (found.size !== size) {
    return `has ${found.size} bytes, not ${size}`;
  }
  for (let position = 0; position < size; position += PIECE_BYTES) {
    const expected = Buffer.alloc(Math.min(PIECE_BYTES, size - position));
    const actual = Buffer.alloc(expected.length);
    readExpected(position, expected);
    volume.read(entry, position, actual);
    if (actual.equals(expected)) {
      continue;
    }
    return `differs at byte ${position + actual.findIndex((byte, i) => byte !== expected[i])}`;
  }
  return undefined;
}
