import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** Files, directories and symlinks of some store paths. */
export function countEntries(paths: readonly string[]): number {
  // Not readdir's own recursion, which goes into the directories that symlinks lead to.
  const below = (directory: string): number =>
    readdirSync(directory, { withFileTypes: true }).reduce(
      (sum, entry) => sum + 1 + (entry.isDirectory() ? below(`${directory}/${entry.name}`) : 0),
      0,
    );
  return paths.reduce((sum, path) => sum + 1 + (lstatSync(path).isDirectory() ? below(path) : 0), 0);
}

/** What a filesystem must hold for some store paths, found by walking them. */
export interface StoreContents {
  /** Blocks of distinct files: those that differ in contents or executable bit. */
  readonly fileBlocks: number;
  /** Blocks that the names of all directories below the store need at least. */
  readonly directoryBlocks: number;
  /** Blocks of the symlinks that do not fit into an inode. */
  readonly symlinkBlocks: number;
}

const BLOCK = 4096;
/** Symlinks of fewer bytes stand in the inode: the 60 bytes of i_block, with a NUL (kernel doc, ext4 "Symbolic Links"). */
const LONGEST_FAST_SYMLINK = 59;

/** Walks store paths. Apart from the action: no code of src/ takes part. */
export function walkStore(paths: readonly string[]): StoreContents {
  const bySize = new Map<string, Buffer[]>();
  let directoryBlocks = 0;
  let symlinkBlocks = 0;

  const visit = (path: Buffer): void => {
    const stats = lstatSync(path);
    if (stats.isDirectory()) {
      const names = readdirSync(path, { encoding: 'buffer' });
      directoryBlocks += blocksOfDirectory(names.map((name) => name.length));
      for (const name of names) {
        visit(Buffer.concat([path, Buffer.from('/'), name]));
      }
    } else if (stats.isSymbolicLink()) {
      if (readlinkSync(path, { encoding: 'buffer' }).length > LONGEST_FAST_SYMLINK) {
        symlinkBlocks++;
      }
    } else {
      const kind = `${stats.size} ${(stats.mode & 0o100) !== 0}`;
      const files = bySize.get(kind);
      if (files === undefined) {
        bySize.set(kind, [path]);
      } else {
        files.push(path);
      }
    }
  };
  for (const path of paths) {
    visit(Buffer.from(path));
  }

  let fileBlocks = 0;
  for (const [kind, files] of bySize) {
    const size = Number(kind.split(' ')[0]);
    const distinct = files.length === 1 || size === 0 ? 1 : new Set(files.map((path) => digest(path))).size;
    fileBlocks += distinct * Math.ceil(size / BLOCK);
  }
  return { fileBlocks, directoryBlocks, symlinkBlocks };
}

/**
 * Blocks that a directory needs at least, by the lengths of its names: each entry has 8 bytes and its name, up to a multiple
 * of 4, and each block a checksum of 12; what has more than one block has an index as well (kernel doc, ext4 "Directory
 * Entries"). That entries do not fill their blocks to the last byte is not counted.
 */
export function blocksOfDirectory(nameLengths: readonly number[]): number {
  const itselfAndParent = 2 * 12;
  const bytes = nameLengths.reduce((sum, length) => sum + 8 + Math.ceil(length / 4) * 4, 0);
  const blocks = Math.ceil((itselfAndParent + bytes) / (BLOCK - 12));
  return blocks === 1 ? 1 : Math.ceil(bytes / (BLOCK - 12)) + 1;
}

function digest(path: Buffer): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1 << 18);
  const file = openSync(path, 'r');
  try {
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      hash.update(piece.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('base64');
}
