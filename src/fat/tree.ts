/**
 * The files of a FAT volume: entry 0 is the root, and every other entry is after its directory. Plain data, which can be
 * sent to threads.
 */
export interface FatTree {
  readonly entries: readonly FatTreeEntry[];
}

/** A file or directory of a FAT volume. */
export interface FatTreeEntry {
  readonly kind: 'directory' | 'file';
  /** The directory that contains it; the root contains itself. */
  readonly parent: number;
  /** UTF-8; the root's is empty. */
  readonly name: Uint8Array;
  /** Bytes of a file's contents; 0 for a directory. */
  readonly size: number;
}

/** Reads the contents of a file: fills `target` with the bytes of entry `entry` from `position` on. */
export type ReadFatContents = (entry: number, position: number, target: Uint8Array) => void;

/** The path of an entry on the volume, as bytes, without a leading slash. */
export function fatPathOf({ entries }: FatTree, entry: number): Buffer {
  const names: Uint8Array[] = [];
  for (let at = entry; at > 0; at = entries[at].parent) {
    names.unshift(SLASH, entries[at].name);
  }
  return Buffer.concat(names.slice(1));
}

const SLASH = Buffer.from('/');
