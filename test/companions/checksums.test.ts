import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, property, stringMatching, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUMS_NAME, listChecksums, writeChecksums } from '../../src/companions/checksums.ts';
import { sha256 } from '../release/fixture.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const NAMES = [
  'nixos.img.zst',
  'with spaces',
  '-rf',
  'new\nline',
  'back\\slash',
  'return\r',
  '\\n',
  ' leading',
  '*star',
  'é',
];

function writeFiles(directory: string, names: readonly string[]) {
  for (const name of names) {
    writeFileSync(join(directory, name), `contents of ${name}`);
  }
  return names.map((name) => ({ name, sha256: sha256(Buffer.from(`contents of ${name}`)) }));
}

function run(directory: string, tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C' },
  });
}

describe('listChecksums', () => {
  it('equals the output of sha256sum, for all names', () => {
    const directory = temporaryDirectory();
    const list = listChecksums(writeFiles(directory, NAMES));
    const theirs = run(directory, 'sha256sum', ['--', ...NAMES.toSorted((a, b) => (a < b ? -1 : 1))]);
    expect(list).toBe(theirs);
  });

  it('keeps the lines of other files unchanged', () => {
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

  it('recognizes an escaped name', () => {
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
  it('writes a list with which sha256sum finds a changed file', () => {
    const directory = temporaryDirectory();
    writeChecksums(join(directory, CHECKSUMS_NAME), writeFiles(directory, NAMES));
    const check = () => run(directory, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME]);
    expect(check().match(/: OK$/gm)).toHaveLength(NAMES.length);
    writeFileSync(join(directory, '-rf'), 'changed');
    expect(check).toThrow(/1 computed checksum did NOT match/);
  });

  it('keeps the lines of other files that are still in the directory', () => {
    const directory = temporaryDirectory();
    const path = join(directory, CHECKSUMS_NAME);
    writeChecksums(path, writeFiles(directory, ['a.img', 'b.img']));
    rmSync(join(directory, 'a.img'));
    writeChecksums(path, writeFiles(directory, ['c.img']));
    expect(run(directory, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME])).toBe('b.img: OK\nc.img: OK\n');
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('reports an existing list that cannot be read, with a remedy', () => {
    const path = join(temporaryDirectory(), CHECKSUMS_NAME);
    mkdirSync(path);
    expect(() => writeChecksums(path, [])).toThrow(
      expect.objectContaining({ message: expect.stringContaining(path), remedy: expect.any(String) }),
    );
  });
});
