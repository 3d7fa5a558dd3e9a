// @module-tag slow
import { expect, it } from 'vitest';
import type { RandomAccess } from '../../src/bytes/source.ts';
import { FatFormatError } from '../../src/fat/read/format-error.ts';
import { openFat } from '../../src/fat/read.ts';
import { createRandom, type Random } from '../ext4/read/support/random.ts';
import { cpuTime, cpuTimeSince } from '../support/cpu-time.ts';
import { bytesOf, MIB, volumeOf } from './support/volume.ts';

const FILES = {
  'config.txt': bytesOf(5000, 1),
  'a longer name than that.txt': bytesOf(10_000, 2),
  'directory/sub/file.bin': bytesOf(70_000, 3),
  'directory/empty': Buffer.alloc(0),
  ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`many/device-tree-${i}.dtb`, bytesOf(3000, i)])),
};

const MAX_READS = 20_000;
const MAX_BYTES = 2 ** 28;
/** The processor time that a wrong volume may take, as a multiple of that of the sound one. */
const MAX_FACTOR = 200;

it.each([9 * MIB, 512 * MIB])('throws only format errors for 1,000 volumes with wrong fields: %i bytes', (size) => {
  const { source, plan } = volumeOf(FILES, { size });
  const { reservedSectors, fatSectors, rootEntries } = plan.layout;
  const dataStart = (reservedSectors + 2 * fatSectors) * 512 + rootEntries * 32;
  const metadata = Buffer.alloc(dataStart + plan.directories.length);
  source.read(metadata, 0);
  const readAll = (start: Buffer): void => {
    const volume = openFat(overlay(source, start));
    volume.entries.forEach((entry, i) => {
      if (entry.kind === 'file') {
        volume.read(i, 0, Buffer.alloc(Math.min(entry.size, 100_000)));
      }
    });
  };
  const limit = MAX_FACTOR * cpuTime(() => readAll(metadata));
  const outcomes = { refused: 0, read: 0 };
  const shapes = new Set<string>();

  for (let seed = 0; seed < 1000; seed++) {
    const bytes = Buffer.from(metadata);
    const random = createRandom(seed);
    mutate(bytes, random, { tableStart: reservedSectors * 512, tableBytes: fatSectors * 512, dataStart });
    const start = process.threadCpuUsage();
    try {
      readAll(bytes);
      outcomes.read++;
    } catch (error) {
      if (!(error instanceof FatFormatError)) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
      outcomes.refused++;
      shapes.add(error.message.replace(/"[^"]*"|0x[0-9a-f]+|\d+|[0-9a-f]{32,}/g, '#'));
    }
    expect(cpuTimeSince(start), `milliseconds for seed ${seed}`).toBeLessThan(limit);
  }
  expect(outcomes.refused).toBeGreaterThan(400);
  expect(outcomes.read).toBeGreaterThan(30);
  expect(shapes.size).toBeGreaterThan(20);
});

interface Places {
  readonly tableStart: number;
  readonly tableBytes: number;
  readonly dataStart: number;
}

/** Changes one to three fields of the boot sectors, the table (usually both copies) or the directories. */
function mutate(bytes: Buffer, random: Random, { tableStart, tableBytes, dataStart }: Places): void {
  for (let rest = 1 + random.below(3); rest > 0; rest--) {
    const kind = random.below(4);
    const width = random.pick([1, 2, 4]);
    if (kind === 0) {
      change(bytes, random.below(100), width, random);
    } else if (kind === 1) {
      const at = tableStart + random.below(Math.min(tableBytes, 800));
      change(bytes, at, width, random);
      if (random.below(5) > 0) {
        bytes.copyWithin(at + tableBytes, at, at + width);
      }
    } else if (kind === 2) {
      // A field of a used entry.
      change(bytes, dataStart + 32 * random.below(320) + random.pick([0, 11, 13, 20, 26, 28]), width, random);
    } else {
      const start = random.below(2) === 0 ? tableStart + 2 * tableBytes : dataStart;
      const entries = Math.floor((bytes.length - start) / 32);
      const from = start + 32 * random.below(Math.min(entries, 300));
      const to = start + 32 * random.below(Math.min(entries, 300));
      bytes.copyWithin(to, from, from + 32);
    }
  }
}

function change(bytes: Buffer, at: number, width: number, random: Random): void {
  if (at + width > bytes.length) {
    return;
  }
  const old = bytes.readUIntLE(at, width);
  const notable = [0, 1, 2, 3, 0x10, 0x7f, 0x80, 0xff, 0xfff8, 0xffff, 0x0ffffff8, 0xffffffff, random.below(6000)];
  const value = random.pick([old ^ (1 << random.below(8)), old + 1, Math.max(0, old - 1), random.pick(notable)]);
  bytes.writeUIntLE((value >>> 0) % 256 ** width, at, width);
}

/** The volume with other bytes at its start. Throws an error after too many reads. */
function overlay(source: RandomAccess, start: Buffer): RandomAccess {
  let reads = 0;
  let total = 0;
  return {
    size: source.size,
    read(target, offset) {
      reads++;
      total += target.length;
      if (reads > MAX_READS || total > MAX_BYTES) {
        throw new Error(`${reads} reads of ${total} bytes: no end`);
      }
      source.read(target, offset);
      if (offset < start.length) {
        target.set(start.subarray(offset, offset + target.length));
      }
    },
  };
}
