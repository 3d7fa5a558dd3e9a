import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFat } from '../../src/fat/plan.ts';
import { shortNamesOf, showShortName } from '../../src/fat/short-names.ts';
import type { FatTree } from '../../src/fat/tree.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mtools } from './support/tools.ts';
import { OPTIONS, volumeOf, writeSource } from './support/volume.ts';

const some = Buffer.from('x');

describe('refuses a name with', () => {
  it.each([
    ['a colon', 'a:b', 'FAT names must not contain :'],
    ['a backslash', 'directory/a\\b', 'FAT names must not contain \\'],
    ['a question mark', 'what?', 'FAT names must not contain ?'],
    ['a quote', 'a"b', 'FAT names must not contain "'],
    ['a line end', 'a\nb', 'FAT names must not contain the character \\x0a'],
    ['a dot at the end', 'name.', 'FAT names must not end with a dot or a space'],
    ['a space at the end', 'directory /x', 'FAT names must not end with a dot or a space'],
    ['the fill character', 'a\uffff', 'FAT names must not contain the character \\u{ffff}'],
    ['too many units', 'é'.repeat(256), 'FAT names have at most 255 UTF-16 units, but this one has 256'],
    ['too many units in pairs', '🍓'.repeat(128), 'FAT names have at most 255 UTF-16 units, but this one has 256'],
    [
      'the letters of another one in upper case',
      'a/README',
      '"README" is in the same directory, and FAT ignores upper and lower case',
    ],
    ['the letters of another one with accents in upper case', 'a/ÉTÉ', '"ÉTÉ" is in the same directory'],
  ])('%s', (_name, path, message) => {
    const files = { [path]: some, 'a/readme': some, 'a/été': some };
    expect(() => volumeOf(files)).toThrow(message);
    expect(() => volumeOf(files)).toThrow(
      expect.objectContaining({
        title: 'Invalid input firmware-files',
        message: expect.stringMatching(/^".*" of the firmware files cannot be stored on a FAT partition: /),
        remedy: expect.stringMatching(/^Rename (it|one of them)\.$/),
      }),
    );
  });

  it('bytes that are not UTF-8', () => {
    const name = Buffer.from([0x61, 0xe9, 0x62]);
    const root = { kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 } as const;
    const tree: FatTree = { entries: [root, { kind: 'file', parent: 0, name, size: 1 }] };
    expect(() => planFat(tree, OPTIONS)).toThrow(
      '"a\\xe9b" of the firmware files cannot be stored on a FAT partition: its name is not UTF-8.',
    );
  });
});

it('accepts names that are similar but not the same, and the longest names', () => {
  volumeOf({
    straße: some,
    strasse: some,
    ['é'.repeat(255)]: some,
    [`${'🍓'.repeat(127)}x`]: some,
    '.a': some,
    ' a': some,
  });
});

it.each([
  ['CONFIG.TXT', 'CONFIG.TXT'],
  ['config.txt', 'CONFIG.TXT'],
  ['bcm2711-rpi-4-b.dtb', 'BCM271~1.DTB'],
  ['archive.tar.gz', 'ARCHIV~1.GZ'],
  ['.hidden', 'HIDDEN~1'],
  ['...test', 'TEST~1'],
  ['a b.c', 'AB~1.C'],
  ['a+b.c=d', 'A_B~1.C_D'],
  ['noextension', 'NOEXTE~1'],
  ['é.ü', '_~1._'],
  ['name.html', 'NAME~1.HTM'],
  ['x.y.z', 'XY~1.Z'],
])('%j has the short name %s', (name, short) => {
  expect(shortNamesOf([name]).map(showShortName)).toEqual([short]);
});

it('numbers short names, except those that are names themselves', () => {
  const long = Array.from({ length: 120 }, (_, i) => `long name ${i}.txt`);
  const names = [...long, 'LONGNA~2.TXT', 'longn~11.txt'];
  const short = shortNamesOf(names).map(showShortName);
  expect(short.slice(0, 3)).toEqual(['LONGNA~1.TXT', 'LONGNA~3.TXT', 'LONGNA~4.TXT']);
  expect(short[7]).toBe('LONGNA~9.TXT');
  expect(short[8]).toBe('LONGN~10.TXT');
  expect(short[97]).toBe('LONG~100.TXT');
  expect(short.slice(-2)).toEqual(['LONGNA~2.TXT', 'LONGN~11.TXT']);
  expect(new Set(short).size).toBe(names.length);
});

it('numbers a large directory of similar names in linear time', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `device tree ${i}.dtb`);
  expect(new Set(shortNamesOf(names).map(showShortName)).size).toBe(names.length);
  const [few, many] = [500, 10_000].map((count) => cpuTime(() => shortNamesOf(names.slice(0, count))));
  // If each were compared with all before it, twenty times as many names would take four hundred times as long.
  expect(many / few).toBeLessThan(80);
});

it('has a different short name for each name', () => {
  const name = fc.string({ unit: fc.constantFrom(...'ab.AB~1 é_+'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.uniqueArray(name, { selector: (one) => one.toUpperCase(), maxLength: 60 }), (names) => {
      const held = names.filter((one) => !/[. ]$/.test(one));
      const short = shortNamesOf(held).map((bytes) => Buffer.from(bytes).toString('latin1'));
      expect(new Set(short).size).toBe(held.length);
      for (const one of short) {
        expect(one).toMatch(/^[A-Z0-9_~]{1,8} *[A-Z0-9_~]* *$/);
      }
    }),
  );
});

it('writes short names that mtools lists', { tags: ['system'] }, async () => {
  const directory = temporaryDirectory();
  const image = join(directory, 'image');
  const files = { 'bcm2711-rpi-4-b.dtb': some, 'bcm2711-rpi-400.dtb': some, 'config.txt': some, 'START.ELF': some };
  writeSource(volumeOf(files).source, image);
  const { stdout } = await mtools('mdir', ['-i', image, '::/']);
  const lines = stdout
    .toString()
    .split('\n')
    .filter((line) => / 2000-01-01 +0:00/.test(line));
  expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
    'START ELF 1 2000-01-01 0:00 ',
    'BCM271~1 DTB 1 2000-01-01 0:00 bcm2711-rpi-4-b.dtb',
    'BCM271~2 DTB 1 2000-01-01 0:00 bcm2711-rpi-400.dtb',
    'CONFIG TXT 1 2000-01-01 0:00 config.txt',
  ]);
});

it.each(['', ' BOOT', 'BOOT ', 'TWELVE CHARS', 'a.b', 'BÖOT', 'A\n'])('refuses the label %j', (label) => {
  expect(() => volumeOf({}, { label })).toThrow(
    expect.objectContaining({
      title: 'Invalid input firmware-label',
      message: expect.stringMatching(/^Expected a FAT label of 1 to 11 characters, .*; found ".*"\.$/),
      remedy: 'Change the input firmware-label.',
    }),
  );
});
