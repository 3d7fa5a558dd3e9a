import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { planCard } from '../../../src/disk/card-layout.ts';
import { createCardSource } from '../../../src/disk/card-source.ts';
import { openBlobs, scanBlob } from '../../../src/image/card/blobs.ts';
import { CARD } from '../../disk/support/card.ts';
import { bytesOf, MIB } from '../../fat/support/volume.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});

it('writes files to the offsets where boards expect them', () => {
  const spl = bytesOf(40_000, 1);
  const uboot = bytesOf(600_000, 2);
  writeFileSync(join(directory, 'spl.bin'), spl);
  writeFileSync(join(directory, 'u-boot.itb'), uboot);
  symlinkSync('u-boot.itb', join(directory, 'link'));
  const blobs = [
    scanBlob({ path: join(directory, 'link'), offset: 256 * 1024 }),
    scanBlob({ path: join(directory, 'spl.bin'), offset: 8192 }),
  ];
  const layout = planCard({ ...CARD, firmware: undefined, filesystemSize: 4096, blobs });
  const open = openBlobs(layout.blobs);
  const filesystem = { size: 4096, read: (target: Uint8Array) => target.fill(1), dataRanges: () => [] };
  const card = createCardSource(layout, { firmware: undefined, filesystem, blobs: open.sources });
  const bytes = Buffer.alloc(MIB);
  card.read(bytes, 0);
  open.close();
  const expected = Buffer.alloc(MIB);
  bytes.copy(expected, 0, 0, 512);
  spl.copy(expected, 8192);
  uboot.copy(expected, 256 * 1024);
  expect(bytes.equals(expected)).toBe(true);
  expect([...card.dataRanges({ offset: 0, length: 100_000 })]).toEqual([
    { offset: 440, length: 72 },
    { offset: 8192, length: 40_000 },
  ]);
});

it('refuses a path that does not exist, or is not a file', () => {
  const refused = (message: RegExp): unknown =>
    expect.objectContaining({
      title: 'Invalid input bootloader',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('Set bootloader to'),
    });
  expect(() => scanBlob({ path: join(directory, 'none'), offset: 8192 })).toThrow(
    refused(/^The boot loader file ".*none" does not exist, or cannot be reached\.$/),
  );
  expect(() => scanBlob({ path: directory, offset: 8192 })).toThrow(
    refused(/^The boot loader file ".*" is a directory; a regular file was expected\.$/),
  );
});
