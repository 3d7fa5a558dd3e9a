import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { runAsRoot } from './run-tool.ts';

export const BLOCK = 4096;

/** A file with holes: its size in bytes, and its runs of data as first block and number of blocks. */
export interface SparseFile {
  readonly size: number;
  readonly data: readonly (readonly [start: number, blocks: number])[];
  /** Blocks of zeros that are written all the same. */
  readonly zeros?: readonly number[];
}

/** Data in every other block, from the second on; the last is not full. */
export function everyOther(extents: number): SparseFile {
  return { size: (2 * extents - 1) * BLOCK + 1234, data: Array.from({ length: extents }, (_, i) => [2 * i + 1, 1]) };
}

/**
 * Makes a file with holes. It has its size from the start: a file that grows as it is written can get space for more on some
 * filesystems. No block of the data has a zero.
 */
export function makeSparseFile(path: string, { size, data, zeros = [] }: SparseFile): void {
  const descriptor = openSync(path, 'w');
  try {
    ftruncateSync(descriptor, size);
    for (const [start, blocks] of data) {
      for (let block = start; block < start + blocks; block++) {
        const length = Math.min(BLOCK, size - block * BLOCK);
        writeSync(descriptor, Buffer.alloc(length, `block ${block} of ${size};`), 0, length, block * BLOCK);
      }
    }
    for (const block of zeros) {
      writeSync(descriptor, Buffer.alloc(BLOCK), 0, BLOCK, block * BLOCK);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** What the kernel says of a file. */
export interface FileMap {
  readonly size: number;
  /** `st_blocks`. */
  readonly sectors: number;
  /** Bytes with data, by SEEK_DATA and SEEK_HOLE: from and to. */
  readonly data: readonly (readonly [from: number, to: number])[];
  readonly sha256: string;
}

/** Returns what the kernel says of files of a directory, by their names. Node.js has no lseek. */
export async function fileMaps(
  directory: string,
  names: readonly string[],
): Promise<Readonly<Record<string, FileMap>>> {
  const { stdout } = await runAsRoot('python3', ['-c', PROGRAM, ...names.map((name) => join(directory, name))]);
  const maps: readonly FileMap[] = JSON.parse(stdout.toString());
  return Object.fromEntries(names.map((name, i) => [name, maps[i]]));
}

const PROGRAM = `
import errno, hashlib, json, os, sys

def data_of(fd, size):
    found, end = [], 0
    while end < size:
        try:
            start = os.lseek(fd, end, os.SEEK_DATA)
        except OSError as error:
            if error.errno == errno.ENXIO:
                break
            raise
        end = os.lseek(fd, start, os.SEEK_HOLE)
        found.append([start, end])
    return found

def map_of(path):
    with open(path, "rb") as file:
        stat = os.fstat(file.fileno())
        data = data_of(file.fileno(), stat.st_size)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {"size": stat.st_size, "sectors": stat.st_blocks, "data": data, "sha256": sha256}

print(json.dumps([map_of(path) for path in sys.argv[1:]]))
`;
