import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, property, stringMatching, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUMS_NAME, listChecksums, writeChecksums } from '../../src/companions/checksums.ts';
import { sha256 } from '../release/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';

const NAMES = [
  'nixos.img.zst',
  'with blanks',
  '-rf',
  'new\nline',
  'back\\slash',
  'return\r',
  '\\n',
  ' leading',
  '*star',
  'é',
];

function writeFiles(folder: string, names: readonly string[]) {
  for (const name of names) writeFileSync(join(folder, name), `contents of ${name}`);
  return names.map((name) => ({ name, sha256: sha256(Buffer.from(`contents of ${name}`)) }));
}

function run(folder: string, tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C' },
  });
}

describe('listChecksums', () => {
  it('is what sha256sum writes, whatever the names', () => {
    const folder = temporaryFolder();
    const list = listChecksums(writeFiles(folder, NAMES));
    const theirs = run(folder, 'sha256sum', ['--', ...NAMES.toSorted((a, b) => (a < b ? -1 : 1))]);
    expect(list).toBe(theirs);
  });

  it('keeps the lines of other files as they are', () => {
    const other = `${'A'.repeat(64)} *b.img`;
    const own = [
      { name: 'a.img', sha256: '1'.repeat(64) },
      { name: 'c.img', sha256: '2'.repeat(64) },
    ];
    const old = `${'3'.repeat(64)}  c.img\n\n${other}\n# a note\n`;
    expect(listChecksums(own, old)).toBe(`# a note\n${'1'.repeat(64)}  a.img\n${other}\n${'2'.repeat(64)}  c.img\n`);
    expect(listChecksums(own, old, (name) => name === 'b.img')).not.toContain('b.img');
    expect(listChecksums(own, listChecksums(own))).toBe(listChecksums(own));
  });

  it('finds a name again that it has escaped', () => {
    const names = uniqueArray(stringMatching(/^[a-c\\\n\r ]{1,6}$/), { minLength: 1, maxLength: 5 });
    assert(
      property(names, (given) => {
        const old = listChecksums(given.map((name) => ({ name, sha256: '0'.repeat(64) })));
        const now = given.map((name) => ({ name, sha256: '1'.repeat(64) }));
        return listChecksums(now, old) === listChecksums(now);
      }),
    );
  });
});

describe('writeChecksums', () => {
  it('leaves a list that sha256sum checks, and finds a changed file by', () => {
    const folder = temporaryFolder();
    writeChecksums(join(folder, CHECKSUMS_NAME), writeFiles(folder, NAMES));
    const check = () => run(folder, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME]);
    expect(check().match(/: OK$/gm)).toHaveLength(NAMES.length);
    writeFileSync(join(folder, '-rf'), 'changed');
    expect(check).toThrow(/1 computed checksum did NOT match/);
  });

  it('keeps what it says of other files that are in the folder still', () => {
    const folder = temporaryFolder();
    const path = join(folder, CHECKSUMS_NAME);
    writeChecksums(path, writeFiles(folder, ['a.img', 'b.img']));
    rmSync(join(folder, 'a.img'));
    writeChecksums(path, writeFiles(folder, ['c.img']));
    expect(run(folder, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME])).toBe('b.img: OK\nc.img: OK\n');
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('says what to do where a list that is there cannot be read', () => {
    const path = join(temporaryFolder(), CHECKSUMS_NAME);
    mkdirSync(path);
    expect(() => writeChecksums(path, [])).toThrow(
      expect.objectContaining({ message: expect.stringContaining(path), remedy: expect.any(String) }),
    );
  });
});
