import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { type Filesystem, parseDumpe2fs } from './dumpe2fs.ts';
import { blocksOfDirectory, type StoreContents, walkStore } from './store-walk.ts';

/** What must be in an image, and what is; all in blocks of 4 KiB. */
export interface SizeAccount {
  readonly files: number;
  readonly directories: number;
  readonly symlinks: number;
  /** Superblocks, descriptors, bitmaps, inode tables: as the filesystem has them. */
  readonly tables: number;
  readonly journal: number;
  /** The free space that was asked for, and what the kernel keeps of it. */
  readonly free: number;
  /** Sum of all these. */
  readonly needed: number;
  /** Blocks of the filesystem. */
  readonly actual: number;
  /** Inodes that nothing uses; their share of the tables counts as needed. */
  readonly freeInodes: number;
}

/** Default free space of an image: action.yml, `free-space`. */
const FREE_SPACE = 16 * 1024 * 1024;
const BLOCK = 4096;
const ROOT_BLOCKS = 1;
const NIX_BLOCKS = 1;
/** As mke2fs makes it (16 KiB), so that e2fsck has space for the files it finds. */
const LOST_AND_FOUND_BLOCKS = 4;

/** Reckons the size of a raw image of store paths, by walking the store and asking dumpe2fs. */
export function accountSize(image: string, storePaths: readonly string[], registration: string): SizeAccount {
  const environment = { ...process.env, LC_ALL: 'C' };
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  const printed = execFileSync('dumpe2fs', [image], { env: environment, stdio, encoding: 'utf8', maxBuffer: 1 << 28 });
  const names = storePaths.map((path) => Buffer.byteLength(path.slice(path.lastIndexOf('/') + 1)));
  return computeSize(walkStore(storePaths), names, statSync(registration).size, parseDumpe2fs(printed));
}

/** Adds up; `nameLengths` are those of the store paths, `registrationBytes` the size of the registration. */
export function computeSize(
  store: StoreContents,
  nameLengths: readonly number[],
  registrationBytes: number,
  filesystem: Filesystem,
): SizeAccount {
  const ownDirectories = ROOT_BLOCKS + NIX_BLOCKS + LOST_AND_FOUND_BLOCKS + blocksOfDirectory(nameLengths);
  const files = store.fileBlocks + Math.ceil(registrationBytes / BLOCK);
  const directories = store.directoryBlocks + ownDirectories;
  // The kernel keeps 2 % of a filesystem, at most 4096 blocks, from every user: fs/ext4/super.c, ext4_set_resv_clusters.
  const free = FREE_SPACE / BLOCK + Math.min(Math.floor(filesystem.blocks / 50), 4096);
  const { tableBlocks: tables, journalBlocks: journal } = filesystem;
  return {
    files,
    directories,
    symlinks: store.symlinkBlocks,
    tables,
    journal,
    free,
    needed: files + directories + store.symlinkBlocks + tables + journal + free,
    actual: filesystem.blocks,
    freeInodes: filesystem.freeInodes,
  };
}
