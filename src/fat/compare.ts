import { firstDifference } from '../bytes/compare.ts';
import { quote } from '../text/escape.ts';
import type { FatVolume } from './read.ts';
import { type FatTree, fatPathOf, type ReadFatContents } from './tree.ts';

/**
 * Compares a volume with the files that it was made from: it must have all directories and files, with the same bytes, and
 * no others. Returns the differences, each as a phrase that begins with a path.
 */
export function compareFat(volume: FatVolume, tree: FatTree, readContents: ReadFatContents): readonly string[] {
  const found = new Map(volume.entries.map(({ path }, entry) => [path, entry]));
  const differences: string[] = [];
  for (const entry of tree.entries.keys()) {
    const path = fatPathOf(tree, entry).toString();
    const difference = differenceOf(volume, found.get(path), { tree, entry, readContents });
    found.delete(path);
    if (difference !== undefined) {
      differences.push(`${quote(path)} ${difference}`);
    }
  }
  for (const path of found.keys()) {
    differences.push(`${quote(path)} is not one of the firmware files`);
  }
  return differences;
}

interface Expected {
  readonly tree: FatTree;
  readonly entry: number;
  readonly readContents: ReadFatContents;
}

function differenceOf(
  volume: FatVolume,
  entry: number | undefined,
  { tree, entry: expectedEntry, readContents }: Expected,
): string | undefined {
  if (entry === undefined) {
    return 'is missing';
  }
  const found = volume.entries[entry];
  const { kind, size } = tree.entries[expectedEntry];
  if (found.kind !== kind) {
    return `is a ${found.kind}, not a ${kind}`;
  }
  if (found.size !== size) {
    return `has ${found.size} bytes, not ${size}`;
  }
  const at = firstDifference(
    { size, read: (target, position) => volume.read(entry, position, target) },
    { size, read: (target, position) => readContents(expectedEntry, position, target) },
    { offset: 0, length: size },
  );
  return at === undefined ? undefined : `differs at byte ${at}`;
}
