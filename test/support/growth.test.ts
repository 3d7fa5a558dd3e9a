// @module-tag system
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Growth, growOnline } from './growth.ts';
import { runTool } from './run-tool.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { MACHINE_TIMEOUT } from './vm/machine.ts';

const GIB = 1024 ** 3;
const TIB_BLOCKS = 1024 ** 4 / 4096;
const FEATURES = [
  'none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg',
  'sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum',
].join();

const directory = temporaryDirectory();
describe('growth of a filesystem that mke2fs made', () => {
  let growths: Readonly<Record<'good' | 'broken' | 'unreserved' | 'smallJournal', Growth>>;
  let goodSum: string;
  beforeAll(async () => {
    const images = [
      await makeImage('good'),
      await makeBrokenImage(),
      await makeImage('unreserved', { reserved: false }),
      await makeImage('small-journal', { blocks: 4 * TIB_BLOCKS, journal: 'size=4' }),
    ];
    goodSum = await sha256(images[0]);
    const [good, broken, unreserved, smallJournal] = await growOnline(images.map((path) => ({ path, size: 64 * GIB })));
    growths = { good, broken, unreserved, smallJournal };
  }, MACHINE_TIMEOUT);

  test('finds nothing wrong, and leaves the image as it was', async () => {
    const { good } = growths;
    expect(good.problems).toEqual([]);
    expect(good.blocks).toBe((64 * GIB) / 4096);
    expect(good.features).toContain('resize_inode');
    expect(good.kernelLog).toContain('resized filesystem to 16777216');
    expect(await sha256(join(directory, 'good'))).toBe(goodSum);
  });

  test('notices a resize inode that is wrong where e2fsck does not look', async () => {
    const check = await runTool('e2fsck', ['-f', '-n', join(directory, 'broken')], { allowFailure: true });
    expect(check.exitCode).toBe(0);
    expect(growths.broken.problems.join('\n')).toMatch(/kernel: .*reserved GDT/);
    expect(growths.broken.problems.join('\n')).toMatch(/the script ended with status/);
  });

  test('notices that the kernel needs meta_bg where no blocks are reserved', () => {
    expect(growths.unreserved.problems).toContain('the kernel had to turn on meta_bg');
  });

  test('notices a journal that is too small for the reserved blocks', () => {
    expect(growths.smallJournal.problems.join('\n')).toMatch(/too many credits/);
  });
});

/** The first word of each reserved block is the place of its backup in group 1: that of the 201st and of the 202nd change places. */
async function makeBrokenImage(): Promise<string> {
  const image = await makeImage('broken');
  const reserved = await firstReservedBlock(image);
  const backup = littleEndian(32768 + reserved + 200);
  const nextBackup = littleEndian(32768 + reserved + 201);
  overwrite(image, (reserved + 200) * 4096, backup, nextBackup);
  overwrite(image, (reserved + 201) * 4096, nextBackup, backup);
  return image;
}

async function makeImage(
  name: string,
  { reserved = true, blocks = 2 * TIB_BLOCKS, journal = 'size=16' } = {},
): Promise<string> {
  const image = join(directory, name);
  const growth = reserved ? ['-E', `resize=${blocks}`] : ['-O', '^resize_inode'];
  const form = ['-q', '-t', 'ext4', '-b', '4096', '-I', '256', '-O', FEATURES, '-J', journal];
  await runTool('mke2fs', [...form, ...growth, image, '300M']);
  return image;
}

async function firstReservedBlock(image: string): Promise<number> {
  const { stdout } = await runTool('dumpe2fs', [image]);
  return Number(/Reserved GDT blocks at (\d+)-/.exec(stdout.toString())?.[1]);
}

function overwrite(image: string, offset: number, expected: Buffer, bytes: Buffer): void {
  const file = openSync(image, 'r+');
  const found = Buffer.alloc(expected.length);
  readSync(file, found, 0, found.length, offset);
  expect(found).toEqual(expected);
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

async function sha256(path: string): Promise<string> {
  return (await runTool('sha256sum', ['--', path])).stdout.toString().slice(0, 64);
}
