import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { runNix } from '../facts/closure.ts';
import type { ScalingPoint } from '../results.ts';
import { fillContents, smallFiles } from './contents.ts';

/** How much to make: entries, of many small files; or bytes, of four big ones. */
export interface Amount {
  readonly kind: ScalingPoint['kind'];
  readonly amount: number;
}

/** Store paths made for the bench, kept from the garbage collector until they are removed. */
export interface GeneratedPaths {
  readonly storePaths: readonly string[];
  /** Deletes them from the store, and what they were made of. */
  remove(): void;
}

/** Entries of a store path of small files. */
const ENTRIES_PER_PATH = 1000;
/** In one directory of it. */
const ENTRIES_PER_DIRECTORY = 50;
const BIG_FILES = 4;
/** Store paths that are added to the store at once. */
const BATCH = 50;

/** Adds generated directories to the store; `directory` is for them until they are in it, and for the links that keep them. */
export function generatePaths({ kind, amount }: Amount, directory: string): GeneratedPaths {
  const storePaths: string[] = [];
  const roots = join(directory, 'roots');
  const staging = join(directory, 'generated');
  mkdirSync(roots, { recursive: true });
  const remove = (): void => {
    for (const path of [roots, staging]) {
      rmSync(path, { recursive: true, force: true });
    }
    if (storePaths.length > 0) {
      runNix('--delete', '--quiet', ...storePaths);
    }
    storePaths.length = 0;
  };

  const count = kind === 'entries' ? amount / ENTRIES_PER_PATH : BIG_FILES;
  const batch = kind === 'entries' ? BATCH : 1;
  try {
    for (let first = 0; first < count; first += batch) {
      const paths = Array.from({ length: Math.min(batch, count - first) }, (_, i) => {
        const path = join(staging, `bench-${kind}-${amount}-${first + i}`);
        mkdirSync(path, { recursive: true });
        if (kind === 'entries') {
          makeSmallFiles(path, first + i);
        } else {
          makeBigFile(join(path, 'file'), amount / BIG_FILES, first + i);
        }
        return path;
      });
      const added = runNix('--add', ...paths).split('\n');
      storePaths.push(...added);
      runNix('--add-root', join(roots, String(first)), '--realise', ...added);
      // Many small files stay until the end: for some minutes after ext4 has removed many it is slow to make others.
      if (kind === 'bytes') {
        rmSync(staging, { recursive: true });
      }
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { storePaths, remove };
}

/** Makes a tree of just `ENTRIES_PER_PATH` entries in a directory, itself included; one in each subfolder is a symlink. */
function makeSmallFiles(path: string, seed: number): void {
  const directories = ENTRIES_PER_PATH / ENTRIES_PER_DIRECTORY;
  // The top takes the place of a file in the first subfolder.
  const files = smallFiles(ENTRIES_PER_PATH - 2 * directories - 1, seed);
  for (const [i, { bytes, variety }] of files.entries()) {
    const directory = join(path, `directory-${i % directories}`);
    if (i < directories) {
      mkdirSync(directory);
      symlinkSync(`file-${i}`, join(directory, 'link'));
    }
    const contents = Buffer.alloc(bytes);
    fillContents(contents, variety);
    writeFileSync(join(directory, `file-${i}`), contents);
  }
}

const PIECE_BYTES = 1 << 18;

function makeBigFile(path: string, bytes: number, seed: number): void {
  const file = openSync(path, 'wx');
  const piece = Buffer.alloc(PIECE_BYTES);
  try {
    for (let done = 0; done < bytes; done += PIECE_BYTES) {
      fillContents(piece, seed * bytes + done);
      writeSync(file, piece, 0, Math.min(PIECE_BYTES, bytes - done));
    }
  } finally {
    closeSync(file);
  }
}
