// @module-tag system
import { closeSync, openSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeMbr, encodeMbr, MAX_SECTORS, type Mbr } from '../../src/disk/mbr.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

const MIB = 2048;
const CYLINDERS_1024 = 1024 * 255 * 63;

function card(firmwareStart: number, firmwareLength: number, linuxLength: number): Mbr {
  const firmware = { number: 1, type: 0x0b, bootable: false, start: firmwareStart, length: firmwareLength };
  const start = firmwareStart + firmwareLength;
  return {
    diskId: 0x2178694e,
    partitions: [firmware, { number: 2, type: 0x83, bootable: true, start, length: linuxLength }],
  };
}

const LAYOUTS: Readonly<Record<string, Mbr>> = {
  'the defaults of the sd-image module': card(8 * MIB, 30 * MIB, 64 * MIB),
  'more than 8 GiB': card(8 * MIB, 30 * MIB, 12 * 1024 * MIB),
  'sizes that are not multiples of 1 MiB': card(12345, 67891, 234567),
  'an end in the last cylinder of CHS': card(2048, 2048, CYLINDERS_1024 - 4096),
  'an end one sector after that': card(2048, 2048, CYLINDERS_1024 - 4095),
  'a start after that': card(2048, CYLINDERS_1024 - 2048, 100000),
  'the largest disk': card(8 * MIB, 512 * MIB, MAX_SECTORS - 520 * MIB),
  'one partition': {
    diskId: 1,
    partitions: [{ number: 1, type: 0x83, bootable: true, start: 16384, length: 2 ** 21 }],
  },
};

describe.each(Object.entries(LAYOUTS))('%s', (name, mbr) => {
  const path = () => join(directory, name.replaceAll(' ', '-'));
  const last = mbr.partitions[mbr.partitions.length - 1];
  const size = (last.start + last.length) * 512;

  it('is encoded as by sfdisk', async () => {
    writeFileSync(path(), '');
    truncateSync(path(), size);
    const lines = mbr.partitions.map(
      ({ start, length, type, bootable }) =>
        `start=${start}, size=${length}, type=${type.toString(16)}${bootable ? ', bootable' : ''}`,
    );
    const script = ['label: dos', `label-id: 0x${mbr.diskId.toString(16)}`, ...lines, ''].join('\n');
    const args = ['--quiet', '--no-reread', '--no-tell-kernel', path()];
    await runTool('sfdisk', args, { stdin: Buffer.from(script) });
    expect(encodeMbr(mbr).toString('hex')).toBe(readStart(path()).toString('hex'));
  });

  it('is read by sfdisk', async () => {
    writeFileSync(path(), '');
    truncateSync(path(), size);
    writeStart(path(), encodeMbr(mbr));
    const { stdout, stderr } = await runTool('sfdisk', ['--json', path()]);
    expect(stderr.toString()).toBe('');
    const table = JSON.parse(stdout.toString()).partitiontable;
    expect(table).toMatchObject({ label: 'dos', unit: 'sectors', sectorsize: 512 });
    expect(Number(table.id)).toBe(mbr.diskId);
    const partitions = table.partitions.map(
      ({
        node,
        start,
        size,
        type,
        bootable,
      }: {
        node: string;
        start: number;
        size: number;
        type: string;
        bootable?: boolean;
      }) => ({
        number: Number(node.slice(path().length)),
        start,
        length: size,
        type: Number.parseInt(type, 16),
        bootable: bootable === true,
      }),
    );
    expect(partitions).toEqual(mbr.partitions);
  });

  it('is decoded again', () => {
    expect(decodeMbr(encodeMbr(mbr))).toEqual(mbr);
  });
});

it('has the same bytes as a card of the sd-image module', () => {
  const entries = '0005050' + '10bd71304004000' + '0000f0000080d714048300330d0030010000000200';
  expect(encodeMbr(LAYOUTS['the defaults of the sd-image module']).toString('hex', 446, 478)).toBe(entries);
});

it('refuses a wrong signature and a wrong boot flag', () => {
  expect(() => decodeMbr(Buffer.alloc(512))).toThrow(
    'The partition table is damaged: expected the signature 0xaa55 at byte 510, found 0x0.',
  );
  const broken = encodeMbr(LAYOUTS['one partition']);
  broken[446] = 0x81;
  expect(() => decodeMbr(broken)).toThrow(
    'The partition table is damaged: expected 0x0 or 0x80 as the boot flag of partition 1, found 0x81.',
  );
});

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  const sector = Buffer.alloc(512);
  readSync(file, sector, 0, 512, 0);
  closeSync(file);
  return sector;
}

function writeStart(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
}
