import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDumpe2fs } from '../../bench/facts/dumpe2fs.ts';
import { computeSize } from '../../bench/facts/size.ts';
import { blocksOfDirectory, countEntries, walkStore } from '../../bench/facts/store-walk.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

describe('walkStore', () => {
  const store = join(directory, 'store');
  mkdirSync(join(store, 'sub'), { recursive: true });
  const file = (name: string, contents: string, mode: number): void =>
    writeFileSync(join(store, name), contents, { mode });
  file('one', 'x'.repeat(5000), 0o444);
  file('sub/twin', 'x'.repeat(5000), 0o444);
  file('sub/executable', 'x'.repeat(5000), 0o555);
  file('sub/other', 'y'.repeat(5000), 0o444);
  file('empty', '', 0o444);
  file('sub/empty', '', 0o444);
  symlinkSync('a'.repeat(59), join(store, 'short'));
  symlinkSync('a'.repeat(60), join(store, 'long'));
  symlinkSync('sub', join(store, 'directory'));

  it('counts equal files once, and executable ones apart', () =>
    expect(walkStore([store])).toEqual({ fileBlocks: 6, directoryBlocks: 2, symlinkBlocks: 1 }));

  it('counts every entry, also those of a store path that is a file', () =>
    expect(countEntries([store, join(store, 'one')])).toBe(12));
});

describe('blocksOfDirectory', () => {
  it('is what mkfs.ext4 -d makes of directories around the end of a block', { tags: ['system'] }, () => {
    // 254 entries of 16 bytes, the two own ones of 12 and the checksum fill a block but for 8 bytes.
    const counts = [0, 1, 253, 254];
    const source = join(directory, 'directories');
    for (const count of counts) {
      mkdirSync(join(source, String(count)), { recursive: true });
      for (let i = 0; i < count; i++) {
        writeFileSync(join(source, String(count), `${i}`.padStart(8, '0')), '');
      }
    }
    const image = join(directory, 'directories.img');
    writeFileSync(image, '');
    truncateSync(image, 64 << 20);
    execFileSync('mkfs.ext4', ['-q', '-b', '4096', '-O', 'metadata_csum', '-N', '4096', '-d', source, image]);
    for (const count of counts) {
      const text = execFileSync('debugfs', ['-R', `stat /${count}`, image], { encoding: 'utf8', stdio: 'pipe' });
      const size = Number(/Size: (\d+)/.exec(text)?.[1]);
      expect(blocksOfDirectory(Array(count).fill(8)) * 4096).toBe(size);
    }
  });

  it('adds an index to more than one block', () => expect(blocksOfDirectory(Array(300).fill(8))).toBe(3));
});

describe('parseDumpe2fs', () => {
  it('adds up to all blocks of an empty filesystem', { tags: ['system'] }, () => {
    const image = join(directory, 'empty.img');
    writeFileSync(image, '');
    truncateSync(image, 300 << 20);
    execFileSync('mkfs.ext4', ['-q', '-b', '4096', '-O', '^orphan_file', image]);
    const text = execFileSync('dumpe2fs', [image], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: 'pipe',
    });
    const found = parseDumpe2fs(text);
    // The root, /lost+found of 4 blocks, and the block of the resize inode.
    const ownBlocks = 1 + 4 + 1;
    expect(found.tableBlocks + found.journalBlocks + found.freeBlocks + ownBlocks).toBe(found.blocks);
    expect(found.blocks).toBe(300 * 256);
    expect(found.inodes - found.freeInodes).toBe(11);
  });

  it('names what is missing', () => expect(() => parseDumpe2fs('')).toThrow('"Block count: <number>"'));
});

describe('computeSize', () => {
  it('adds up', () => {
    const store = { fileBlocks: 100, directoryBlocks: 5, symlinkBlocks: 1 };
    const filesystem = {
      blocks: 9000,
      freeBlocks: 0,
      journalBlocks: 1024,
      tableBlocks: 600,
      inodes: 8192,
      freeInodes: 9,
    };
    const account = computeSize(store, [40, 50], 5000, filesystem);
    expect(account).toEqual({
      files: 102,
      directories: 5 + 1 + 1 + 4 + 1,
      symlinks: 1,
      tables: 600,
      journal: 1024,
      free: 4096 + 180,
      needed: 102 + 12 + 1 + 600 + 1024 + 4276,
      actual: 9000,
      freeInodes: 9,
    });
  });
});
