import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Fact } from './fact.ts';
import type { FileOnCard } from './files.ts';
import { parseListing, type Shell } from './u-boot.ts';

/**
 * Has U-Boot list and load files of the card, and compares their sizes, and the CRC-32 that U-Boot takes of them in
 * memory, with the files that they were made of.
 */
export async function expectInUBoot(shell: Shell, files: readonly FileOnCard[]): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const { name, source, partition, path } of files) {
    const { type, list, place } = PARTITIONS[partition];
    const listing = parseListing(await shell.run(`${list} ${place} ${dirname(path)}`));
    const loaded = await shell.load(place, path);
    const expected = { size: statSync(source).size, crc32: crc32Of(source) };
    const isEqual =
      listing.get(basename(path)) === expected.size && loaded.size === expected.size && loaded.crc32 === expected.crc32;
    if (!isEqual) {
      throw new Error(
        `U-Boot reads ${path} with ${loaded.size} bytes of CRC-32 ${hex(loaded.crc32)}, and lists it with ` +
          `${listing.get(basename(path))}; expected ${expected.size} bytes of CRC-32 ${hex(expected.crc32)}.`,
      );
    }
    facts.push([
      `U-Boot reads ${name} from ${type}`,
      `${loaded.size} bytes, CRC-32 ${hex(loaded.crc32)}, as it should be`,
    ]);
  }
  return facts;
}

const PARTITIONS = {
  firmware: { type: 'FAT', list: 'fatls', place: 'virtio 0:1' },
  root: { type: 'ext4', list: 'ext4ls', place: 'virtio 0:2' },
} as const;

function crc32Of(path: string): number {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(1024 * 1024);
  let sum = 0;
  for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
    sum = crc32(piece.subarray(0, count), sum);
  }
  closeSync(file);
  return sum;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
