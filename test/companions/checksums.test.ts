import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** A process that writes files and adds them to the list one by one. */
const WRITER = `
  import { createHash } from 'node:crypto';
  import { writeFileSync } from 'node:fs';
  import { join } from 'node:path';
  import { writeChecksums } from '${join(import.meta.dirname, '../../src/companions/checksums.ts')}';
  const [directory, name, count] = process.argv.slice(1);
  for (let i = 0; i < Number(count); i++) {
    const file = name + i;
    writeFileSync(join(directory, file), file);
    const sha256 = createHash('sha256').update(file).digest('hex');
    await writeChecksums(join(directory, 'SHA256SUMS'), [{ name: file, sha256 }]);
  }
`;

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
  it('writes a list with which sha256sum finds a changed file', async () => {
    const directory = temporaryDirectory();
    await writeChecksums(join(directory, CHECKSUMS_NAME), writeFiles(directory, NAMES));
    const check = () => run(directory, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME]);
    expect(check().match(/: OK$/gm)).toHaveLength(NAMES.length);
    writeFileSync(join(directory, '-rf'), 'changed');
    expect(check).toThrow(/1 computed checksum did NOT match/);
  });

  it('keeps the lines of other files that are still in the directory', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, CHECKSUMS_NAME);
    await writeChecksums(path, writeFiles(directory, ['a.img', 'b.img']));
    rmSync(join(directory, 'a.img'));
    await writeChecksums(path, writeFiles(directory, ['c.img']));
    expect(run(directory, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME])).toBe('b.img: OK\nc.img: OK\n');
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('loses no line when several processes write at the same time', async () => {
    const directory = temporaryDirectory();
    const processes = ['a', 'b', 'c', 'd', 'e', 'f'];
    const perProcess = 10;
    await Promise.all(
      processes.map(async (name) => {
        const child = spawn(
          process.execPath,
          ['--input-type=module', '--eval', WRITER, directory, name, `${perProcess}`],
          {
            stdio: ['ignore', 'ignore', 'inherit'],
          },
        );
        expect(await once(child, 'close')).toEqual([0, null]);
      }),
    );
    const check = run(directory, 'sha256sum', ['--check', '--strict', CHECKSUMS_NAME]);
    expect(check.match(/: OK$/gm)).toHaveLength(processes.length * perProcess);
    expect(readdirSync(directory)).toHaveLength(processes.length * perProcess + 1);
  });

  it('reports an existing list that cannot be read, with a remedy', async () => {
    const path = join(temporaryDirectory(), CHECKSUMS_NAME);
    mkdirSync(path);
    await expect(async () => await writeChecksums(path, [])).rejects.toMatchObject({
      message: expect.stringContaining(path),
      remedy: expect.any(String),
    });
    expect(readdirSync(dirname(path))).toEqual([CHECKSUMS_NAME]);
  });
});
