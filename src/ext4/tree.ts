/**
 * The files of an image, as the planner takes them: entry 0 is the root, the rest follow in depth-first order,
 * children ascending by the bytes of their names. That is the order of a Nix archive.
 *
 * Kept as a structure of arrays over shared memory: a million entries take tens of megabytes, and worker
 * threads see them without a copy.
 */
export interface FileTree {
  /** Entries in all. */
  readonly count: number;
  /** The directory that holds the entry; the root is its own. */
  readonly parent: Uint32Array;
  /** The index after the last entry below this one: its first child is `i + 1`, its next sibling `end[i]`. */
  readonly end: Uint32Array;
  /** Names of all entries without separators: entry `i` has `names[nameStart[i] .. nameStart[i + 1])`. */
  readonly names: Uint8Array;
  readonly nameStart: Uint32Array;
  /** Type and permission bits, as `i_mode` has them. */
  readonly mode: Uint16Array;
  readonly gid: Uint32Array;
  /** Bytes of a file's contents or of a symlink's target; 0 for a directory. */
  readonly size: Float64Array;
  /** Symlink targets: a symlink `i` has `targets[targetStart[i] .. + size[i])`. */
  readonly targets: Uint8Array;
  readonly targetStart: Uint32Array;
  /** The entry whose inode this one shares: itself, or an earlier file with equal contents (a hard link). */
  readonly original: Uint32Array;
}

/** Gives the contents of a regular file of the tree: fills `target` from byte `position` of entry `entry`. */
export type ReadContents = (entry: number, position: number, target: Uint8Array) => void;
