// @module-tag system
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { debugfs, dumpe2fs, e2fsck, mke2fs, UUID } from './support/e2fsprogs.ts';
import { FRAGMENTED, HARD_NAMES, makeManyFiles, makeSourceTree } from './support/source-tree.ts';
import { openFileSource } from './support/sources.ts';
import { walkDirectory, walkImage } from './support/walk.ts';

const directory = temporaryDirectory();
let root = '';
/** From mke2fs: directories of many blocks are linear. */
let listed = '';
/** After `e2fsck -fyD`: directories of many blocks are indexed. */
let indexed = '';

beforeAll(() => {
  root = join(directory, 'root');
  makeSourceTree(root);
  makeManyFiles(`${root}/one level`, 3000, 20);
  // e2fsck puts 12 such names in a block, so more than 507 leaves: an index of two levels.
  makeManyFiles(`${root}/two levels`, 6600, 255);
  listed = mke2fs(directory, 'listed.img', { mebibytes: 300, root, inodes: 20_000, label: 'sixteen-bytes-ok' });
  indexed = join(directory, 'indexed.img');
  copyFileSync(listed, indexed);
  e2fsck(indexed, '-fyD');
});

const open = (image: string) => openExt4(openFileSource(image));
const path = (...names: string[]) => names.map((name) => Buffer.from(name, 'latin1'));

describe('compared with the source tree of mke2fs', () => {
  it.each([
    ['linear', () => listed],
    ['indexed', () => indexed],
  ])('finds every entry, type, mode, link count and byte in %s directories', (_, image) => {
    const expected = walkDirectory(root);
    const found = walkImage(open(image()));
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [name, entry] of expected) {
      const other = found.get(name);
      // Link counts of directories depend on the file system of the host.
      const links = entry.kind === 'directory' ? other?.links : entry.links;
      expect({ ...other, contents: '' }, name).toEqual({ ...entry, links, contents: '' });
      expect(other?.contents === entry.contents, `contents of ${name}`).toBe(true);
    }
    for (const name of HARD_NAMES) {
      expect(found.get(`/names/${name.toString('latin1')}`)?.kind).toBe('file');
    }
  });

  it('reads indexes of one and of two levels', () => {
    const dump = (name: string) => debugfs(indexed, `htree_dump "/${name}"`);
    expect(dump('one level')).toMatch(/Indirect levels: 0/);
    expect(dump('two levels')).toMatch(/Indirect levels: 1/);
    expect(debugfs(listed, 'stat "/one level"')).not.toMatch(/Flags: 0x81000/);
  });

  it('looks up paths, also in indexed directories, and returns undefined for missing ones', () => {
    const reader = open(indexed);
    for (const names of [[], ['two levels', '6599'.padEnd(255, '-')], ['names', HARD_NAMES[1].toString('latin1')]]) {
      const found = reader.lookup(path(...names));
      const stat = debugfs(indexed, `stat "/${names.join('/')}"`);
      expect(stat).toMatch(new RegExp(`^Inode: ${found?.number} `));
    }
    expect(reader.lookup(path('names', 'absent'))).toBeUndefined();
    expect(reader.lookup(path('absent', 'absent'))).toBeUndefined();
    expect(reader.lookup(path('sizes', '0', 'below a file'))).toBeUndefined();
  });
});

describe('compared with debugfs and dumpe2fs', () => {
  it('reads the same superblock as dumpe2fs', () => {
    const facts = dumpe2fs(listed);
    const { superblock } = open(listed);
    const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hexOf(superblock.uuid)).toBe(UUID.replaceAll('-', ''));
    expect(hexOf(superblock.hashSeed)).toBe(facts.get('Directory Hash Seed')?.replaceAll('-', ''));
    expect(superblock.label.toString()).toBe('sixteen-bytes-ok');
    const numbers = {
      'Block count': superblock.blocks,
      'Free blocks': superblock.freeBlocks,
      'Reserved block count': superblock.reservedBlocks,
      'Inode count': superblock.inodes,
      'Free inodes': superblock.freeInodes,
      'Inodes per group': superblock.inodesPerGroup,
      'Inode blocks per group': superblock.inodeTableBlocks,
      'Reserved GDT blocks': superblock.reservedDescriptorBlocks,
      'Overhead clusters': superblock.overheadBlocks,
      'Journal inode': superblock.journalInode,
    };
    for (const [name, found] of Object.entries(numbers)) {
      expect(`${found}`, name).toBe(facts.get(name));
    }
    expect(superblock.groups).toBe(3);
  });

  it('lists the same inodes, modes, owners, sizes and names as debugfs', () => {
    const reader = open(indexed);
    for (const name of ['one level', 'two levels', 'sizes', 'links']) {
      const directory = reader.lookup(path(name));
      if (directory === undefined) {
        throw new Error(`no ${name}`);
      }
      const found = [...reader.directory(directory)].map((entry) => {
        const inode = reader.inode(entry.inode);
        const mode = inode.mode.toString(8).padStart(6, '0');
        const size = inode.kind === 'directory' ? '' : inode.size;
        return `/${inode.number}/${mode}/${inode.uid}/${inode.gid}/${entry.name.toString('latin1')}/${size}/`;
      });
      const listing = debugfs(indexed, `ls -p "/${name}"`).split('\n');
      const expected = listing.filter((line) => /^\/[1-9]\d*\/\d+\/\d+\/\d+\/(?!\.\.?\/)/.test(line));
      expect(found.sort()).toEqual(expected.sort());
    }
  });

  it('reads the same fields and extents of inodes as debugfs, in trees of every depth', () => {
    const reader = open(listed);
    const names = [
      ...FRAGMENTED.map(({ name }) => ['sparse', name]),
      ...['only a hole', 'hole at end'].map((name) => ['sparse', name]),
      ...['0', '4097', '1000003'].map((name) => ['sizes', name]),
      ['links', '60'],
      ['two levels'],
    ];
    for (const parts of names) {
      const inode = reader.lookup(path(...parts));
      if (inode === undefined) {
        throw new Error(`no ${parts}`);
      }
      const stat = debugfs(listed, `stat "/${parts.join('/')}"`);
      expect(extentsOf(stat), parts.join('/')).toEqual([...reader.extents(inode)]);
      expect(stat).toContain(`Links: ${inode.links}   Blockcount: ${inode.sectors}\n`);
      expect(stat).toContain(`Size: ${inode.size}\n`);
      expect(stat).toContain(`Flags: 0x${inode.flags.toString(16)}\n`);
      expect(stat).toContain(`Mode:  0${(inode.mode & 0o777).toString(8)} `);
      for (const time of ['atime', 'ctime', 'mtime', 'crtime'] as const) {
        expect(stat).toContain(`${time}: 0x${inode[time].toString(16).padStart(8, '0')}:`);
      }
    }
    const depths = debugfs(listed, 'dump_extents /sparse/two-levels').match(/^ \d\/ (\d)/m);
    expect(depths?.[1]).toBe('2');
  });

  it('reads the same contents as debugfs', () => {
    const target = join(directory, 'dumped');
    mkdirSync(target);
    debugfs(indexed, `rdump "/sparse" "/sizes" ${target}`);
    const dumped = walkDirectory(target);
    const found = walkImage(open(indexed));
    const below = [...found.keys()].filter((name) => /^\/(sparse|sizes)/.test(name));
    expect(below.length).toBeGreaterThan(15);
    expect([...dumped.keys()].sort()).toEqual(below.sort());
    for (const name of below) {
      expect(dumped.get(name)?.contents === found.get(name)?.contents, name).toBe(true);
    }
  });
});

/** The extents of `debugfs stat`: `(0-9):9-18, (ETB0):77, (12):20`. */
function extentsOf(stat: string): readonly { logical: number; physical: number; length: number }[] {
  const list = stat.split('EXTENTS:\n')[1] ?? '';
  return [...list.matchAll(/\((\d+)(?:-(\d+))?\):(\d+)/g)].map(([, first, last, physical]) => ({
    logical: Number(first),
    physical: Number(physical),
    length: Number(last ?? first) - Number(first) + 1,
  }));
}
