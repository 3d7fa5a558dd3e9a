/**
 * The files of a filesystem: entry 0 is the root directory, and the others follow in depth-first order, the children of a
 * directory ascending by the bytes of their names. That is the order of a Nix archive.
 *
 * A structure of arrays over shared memory: a million entries take tens of megabytes, and worker threads use them without
 * a copy.
 */
export interface FileTree {
  /** Number of entries. */
  readonly count: number;
  /** The directory that contains the entry; the root contains itself. */
  readonly parent: Uint32Array;
  /** The index after the last descendant: the first child of `i` is `i + 1`, its next sibling is `end[i]`. */
  readonly end: Uint32Array;
  /** All names, without separators: that of entry `i` is `names[nameStart[i] .. nameStart[i + 1])`. */
  readonly names: Uint8Array;
  readonly nameStart: Uint32Array;
  /** Type and permission bits, as `i_mode` has them. */
  readonly mode: Uint16Array;
  readonly gid: Uint32Array;
  /** Bytes of a file's contents or of a symlink's target; 0 for a directory. */
  readonly size: Float64Array;
  /** All symlink targets: that of entry `i` begins at `targets[targetStart[i]]` and has `size[i]` bytes. */
  readonly targets: Uint8Array;
  readonly targetStart: Uint32Array;
  /** The entry whose inode this one has: itself, or for a hard link an earlier file with the same contents. */
  readonly original: Uint32Array;
  readonly sparse: SparseFiles;
}

/** Runs of blocks that have data. Those of one file ascend, with a hole between each and the next. */
export interface DataRuns {
  /** Where each run begins in its file, in blocks. */
  readonly start: Uint32Array;
  /** Blocks of each run. */
  readonly length: Uint32Array;
}

/** The data of regular files with holes. All other files have data in all of their blocks. */
export interface SparseFiles extends DataRuns {
  /** Their entries, ascending. */
  readonly entry: Uint32Array;
  /** The runs of `entry[i]` are those from index `firstRun[i]` on, up to `firstRun[i + 1]`. */
  readonly firstRun: Uint32Array;
}

/** Reads the contents of a regular file: fills `target` with the bytes of entry `entry` from `position` on. */
export type ReadContents = (entry: number, position: number, target: Uint8Array) => void;
