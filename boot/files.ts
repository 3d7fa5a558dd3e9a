import { closeSync, mkdirSync, openSync, realpathSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file of this machine that is written to the card. */
export interface FileOnCard {
  /** For people. */
  readonly name: string;
  readonly source: string;
  /** Which partition it is on. */
  readonly partition: 'firmware' | 'root';
  /** Absolute, on that partition. */
  readonly path: string;
}

/** What is put on the card beside the system. */
export interface Surroundings {
  /** Directory of the firmware partition's files. */
  readonly firmware: string;
  /** Directory that is laid over the root. */
  readonly root: string;
  /** Boot loader file, which goes to byte `blobOffset` of the card. */
  readonly blob: string;
  readonly blobOffset: number;
  readonly files: readonly FileOnCard[];
}

/** On the root partition: a file with a tree of extents. */
export const LARGE_FILE = '/srv/large';

/** Writes such files into `directory`. The same at each run. */
export function writeSurroundings(directory: string): Surroundings {
  const firmware = join(directory, 'firmware');
  const root = join(directory, 'root');
  const blob = join(directory, 'u-boot.bin');
  for (const path of [join(firmware, 'overlays'), join(root, 'srv')]) {
    mkdirSync(path, { recursive: true });
  }
  writeFileSync(blob, numberedBytes(700_000, 0));
  writeFileSync(join(firmware, 'config.txt'), 'arm_64bit=1\nenable_uart=1\n');
  writeFileSync(join(firmware, 'overlays/a long name.dtbo'), numberedBytes(300_000, 1));
  writeLargeFile(join(root, LARGE_FILE));
  const files: readonly FileOnCard[] = [
    { name: 'a large file', source: join(root, LARGE_FILE), partition: 'root', path: LARGE_FILE },
    ...['config.txt', 'overlays/a long name.dtbo'].map(
      (path) => ({ name: path, source: join(firmware, path), partition: 'firmware', path: `/${path}` }) as const,
    ),
  ];
  return { firmware, root, blob, blobOffset: 8 * KIB, files };
}

/** The kernel and the initial RAM disk of a system, where NixOS' boot loader module has them. */
export function bootFilesOf(system: string): readonly FileOnCard[] {
  return ['kernel', 'initrd'].map((entry) => {
    const source = realpathSync(join(system, entry));
    const path = `/boot/nixos/${source.slice('/nix/store/'.length).replaceAll('/', '-')}`;
    return { name: entry, source, partition: 'root', path };
  });
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** An extent has at most 128 MiB, and an inode holds four. No two blocks of the file are the same. */
function writeLargeFile(path: string): void {
  const file = openSync(path, 'w');
  for (let piece = 0; piece < 520; piece++) {
    writeSync(file, numberedBytes(MIB, piece));
  }
  closeSync(file);
}

/** Each block of 4 KiB begins with its number and `seed`. */
function numberedBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length, 'nix-ext4-image ');
  for (let offset = 0; offset + 8 <= length; offset += 4 * KIB) {
    bytes.writeUInt32LE(offset / (4 * KIB), offset);
    bytes.writeUInt32LE(seed, offset + 4);
  }
  return bytes;
}
