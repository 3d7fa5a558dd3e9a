/**
 * The files of a FAT volume as the planner takes them: entry 0 is the root, every other entry comes after the directory
 * that holds it. Plain data, which threads can be sent.
 */
export interface FatTree {
  readonly entries: readonly FatTreeEntry[];
}

export interface FatTreeEntry {
  readonly kind: 'directory' | 'file';
  /** The entry that holds it; the root is its own. */
  readonly parent: number;
  /** UTF-8; the root's is empty. */
  readonly name: Uint8Array;
  /** Bytes of a file's contents; 0 for a directory. */
  readonly size: number;
}

/** Gives the contents of a file: fills `target` from byte `position` of entry `entry` of the tree. */
export type ReadFatContents = (entry: number, position: number, target: Uint8Array) => void;

/** The path of an entry on the volume, as bytes, without a slash in front. */
export function fatPathOf({ entries }: FatTree, entry: number): Buffer {
  const names: Uint8Array[] = [];
  for (let at = entry; at > 0; at = entries[at].parent) {
    names.unshift(SLASH, entries[at].name);
  }
  return Buffer.concat(names.slice(1));
}

const SLASH = Buffer.from('/');
