import type { FileTree } from '../../src/ext4/tree.ts';
import type { PackedTree } from '../../src/tree/packed.ts';

/** One entry of a packed or whole tree, spelled out. */
export interface FlatEntry {
  /** Below the top, bytes as Latin-1. */
  readonly path: string;
  /** Type and permissions, octal. */
  readonly mode: string;
  readonly size: number;
  /** Bytes as Latin-1. */
  readonly target?: string;
}

/** Spells out a tree in its own order, by parents and names alone. */
export function spelledOut(tree: PackedTree | FileTree): readonly FlatEntry[] {
  const paths: string[] = [];
  return Array.from({ length: tree.count }, (_, entry) => {
    const name = latin1(tree.names.subarray(tree.nameStart[entry], tree.nameStart[entry + 1]));
    const parent = tree.parent[entry];
    paths.push(entry === 0 ? '' : paths[parent] === '' ? name : `${paths[parent]}/${name}`);
    const mode = tree.mode[entry].toString(8);
    const size = tree.size[entry];
    if (!mode.startsWith('12')) {
      return { path: paths[entry], mode, size };
    }
    const start = tree.targetStart[entry];
    return { path: paths[entry], mode, size, target: latin1(tree.targets.subarray(start, start + size)) };
  });
}

/** The entries right below one, by `end` alone. */
export function namesBelow(tree: PackedTree | FileTree, directory: number): readonly string[] {
  const names: string[] = [];
  for (let child = directory + 1; child < tree.end[directory]; child = tree.end[child]) {
    names.push(latin1(tree.names.subarray(tree.nameStart[child], tree.nameStart[child + 1])));
  }
  return names;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
