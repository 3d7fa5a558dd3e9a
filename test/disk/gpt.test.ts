import { closeSync, openSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeGpt, gptName } from '../../src/disk/gpt.ts';
import {
  GPT_BACKUP_BYTES,
  GPT_PRIMARY_BYTES,
  type Gpt,
  type GptBytes,
  type GptPartition,
} from '../../src/disk/gpt-format.ts';
import { decodeGpt } from '../../src/disk/gpt-read.ts';
import { decodeGuid, deriveGuid, encodeGuid } from '../../src/disk/guid.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MIB = 2048;
const UUID = Buffer.from('44444444444444448888888888888888', 'hex');
const LINUX = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';
const ESP = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';
const SPL = '2E54B353-1271-4842-806F-E436D6AF6985';

function partition(number: number, [start, length]: readonly [number, number], more: Partial<GptPartition> = {}) {
  const guid = deriveGuid(UUID, `partition ${number}`);
  return { number, type: LINUX, guid, name: 'nixos', bootable: false, start, length, ...more };
}

function disk(sectors: number, ...partitions: readonly GptPartition[]): Gpt {
  return { diskGuid: deriveGuid(UUID, 'disk'), sectors, partitions };
}

const DISKS: Readonly<Record<string, Gpt>> = {
  'one partition': disk(100 * MIB + 40, partition(1, [8 * MIB, 92 * MIB], { bootable: true })),
  'an EFI system partition': disk(
    100 * MIB + 40,
    partition(1, [8 * MIB, 40 * MIB], { type: ESP, name: 'ESP' }),
    partition(2, [48 * MIB, 52 * MIB], { bootable: true }),
  ),
  'a partition for an SPL': disk(
    100 * MIB + 40,
    partition(1, [4096, 4096], { type: SPL, name: 'u-boot-spl.bin.normal.out' }),
    partition(3, [8 * MIB, 92 * MIB]),
  ),
  'the longest name, in all letters': disk(200, partition(128, [34, 133], { name: `ü€${'x'.repeat(34)}` })),
  'the smallest and the largest place': disk(10 * MIB, partition(1, [34, 1]), partition(2, [35, 10 * MIB - 33 - 35])),
  'more than 2 TiB': disk(2 ** 33, partition(1, [8 * MIB, 2 ** 33 - 33 - 8 * MIB])),
};

describe.each(Object.entries(DISKS))('a disk with %s', (_, gpt) => {
  it('is decoded again', () => {
    expect(decodeGpt(encodeGpt(gpt), gpt.sectors)).toEqual(gpt);
  });

  it('has the bytes that sfdisk writes', { tags: ['system'] }, async () => {
    const path = emptyFile(gpt.sectors);
    const lines = gpt.partitions.map(
      ({ number, type, guid, name, bootable, start, length }) =>
        `${number}: start=${start}, size=${length}, type=${type}, uuid=${guid}, name="${name}"` +
        `${bootable ? ', attrs=LegacyBIOSBootable' : ''}`,
    );
    const script = ['label: gpt', `label-id: ${gpt.diskGuid}`, 'first-lba: 34', ...lines, ''].join('\n');
    await runTool('env', ['LC_ALL=C.UTF-8', 'sfdisk', '--quiet', '--no-reread', '--no-tell-kernel', path], {
      stdin: Buffer.from(script),
    });
    const expected = readTable(path, gpt.sectors);
    const found = encodeGpt(gpt);
    expect(hex(found.primary)).toBe(hex(expected.primary));
    expect(hex(found.backup)).toBe(hex(expected.backup));
    expect(decodeGpt(expected, gpt.sectors)).toEqual(gpt);
  });

  it('is right for sgdisk and sfdisk', { tags: ['system'] }, async () => {
    const path = emptyFile(gpt.sectors);
    writeTable(path, encodeGpt(gpt), gpt.sectors);
    const verified = await runTool('sgdisk', ['--verify', path]);
    expect(verified.stdout.toString()).toContain('No problems found.');
    expect(verified.stderr.toString()).toBe('');
    const checked = await runTool('sfdisk', ['--verify', path]);
    expect(checked.stdout.toString()).toMatch(/No errors detected\./);
    expect(checked.stderr.toString()).toBe('');
  });
});

it('catches every single bit that is wrong: protective MBR, headers and used entries', { tags: ['slow'] }, () => {
  const gpt = DISKS['an EFI system partition'];
  const { primary, backup } = encodeGpt(gpt);
  const used = 2 * 128;
  const copies = [
    { name: 'primary', bytes: primary, first: 440, entries: 1024 },
    { name: 'backup', bytes: backup, first: 0, entries: 0 },
  ];
  const missed: string[] = [];
  for (const { name, bytes, first, entries } of copies) {
    for (let bit = first * 8; bit < bytes.length * 8; ) {
      bytes[bit >> 3] ^= 1 << (bit & 7);
      if (isDecoded({ primary, backup }, gpt.sectors)) {
        missed.push(`${name}, byte ${bit >> 3}`);
      }
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const byte = bit >> 3;
      // Of the unused entries, which are all alike, some bits of each.
      bit += byte >= entries + used && byte < entries + 128 * 128 ? 61 : 1;
    }
  }
  expect(missed).toEqual([]);
  expect(isDecoded({ primary, backup }, gpt.sectors)).toBe(true);
});

it('leaves boot code to whoever has it', () => {
  const gpt = DISKS['one partition'];
  const { primary, backup } = encodeGpt(gpt);
  expect(primary.subarray(0, 440).every((byte) => byte === 0)).toBe(true);
  primary.fill(0x90, 0, 440);
  expect(decodeGpt({ primary, backup }, gpt.sectors)).toEqual(gpt);
});

it('names what is wrong', () => {
  const gpt = DISKS['one partition'];
  const damage = (change: (table: GptBytes) => void) => {
    const table = encodeGpt(gpt);
    change(table);
    return () => decodeGpt(table, gpt.sectors);
  };
  expect(damage(({ primary }) => primary.fill(0, 512))).toThrow(
    'The partition table is damaged: expected EFI PART as the signature of the primary header, found',
  );
  expect(damage(({ backup }) => backup.fill(1, 128, 129))).toThrow('the checksum of the entries in the backup header');
  expect(damage(({ primary }) => primary.fill(0xef, 450, 451))).toThrow('the partition type of the protective MBR');
  expect(() => decodeGpt(encodeGpt(gpt), gpt.sectors + 1)).toThrow('the number of sectors of the protective MBR');
});

it('cuts a long name, but no letter of it', () => {
  expect(gptName('x'.repeat(40))).toBe('x'.repeat(36));
  expect(gptName(`${'x'.repeat(35)}💾`)).toBe('x'.repeat(35));
});

it('derives GUIDs from a UUID, each part its own, in the order of bytes that disks have', () => {
  const guid = deriveGuid(UUID, 'disk');
  expect(guid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  expect(deriveGuid(UUID, 'disk')).toBe(guid);
  expect(deriveGuid(UUID, 'partition 1')).not.toBe(guid);
  expect(deriveGuid(Buffer.alloc(16), 'disk')).not.toBe(guid);
  expect(encodeGuid(ESP).toString('hex')).toBe('28732ac11ff8d211ba4b00a0c93ec93b');
  expect(decodeGuid(encodeGuid(ESP))).toBe(ESP);
});

/** Whether a table is read without an error. A wrong one that is read would have to have the right checksums. */
function isDecoded(table: GptBytes, sectors: number): boolean {
  try {
    decodeGpt(table, sectors);
    return true;
  } catch {
    return false;
  }
}

function emptyFile(sectors: number): string {
  const path = join(temporaryDirectory(), 'disk');
  writeFileSync(path, '');
  truncateSync(path, sectors * 512);
  return path;
}

function readTable(path: string, sectors: number): GptBytes {
  const file = openSync(path, 'r');
  const primary = Buffer.alloc(GPT_PRIMARY_BYTES);
  const backup = Buffer.alloc(GPT_BACKUP_BYTES);
  readSync(file, primary, 0, primary.length, 0);
  readSync(file, backup, 0, backup.length, sectors * 512 - backup.length);
  closeSync(file);
  return { primary, backup };
}

function writeTable(path: string, { primary, backup }: GptBytes, sectors: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, primary, 0, primary.length, 0);
  writeSync(file, backup, 0, backup.length, sectors * 512 - backup.length);
  closeSync(file);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
