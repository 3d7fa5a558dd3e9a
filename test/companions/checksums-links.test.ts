// @module-tag system
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeChecksums } from '../../src/companions/checksums.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const checksum = { name: 'nixos.img', sha256: '0'.repeat(64) };
const LINE = `${checksum.sha256}  ${checksum.name}\n`;

it('a symlink in the place of the list is replaced, and its target stays as it is', async () => {
  const directory = temporaryDirectory();
  const victim = join(directory, 'victim');
  writeFileSync(victim, 'a line of another file\n');
  const path = join(directory, 'SHA256SUMS');
  symlinkSync('victim', path);
  await writeChecksums(path, [checksum]);
  expect(readFileSync(victim, 'utf8')).toBe('a line of another file\n');
  expect(lstatSync(path).isFile()).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(LINE);
});

it.each(['/dev/zero', 'pipe'])('a link to %s is not read', async (target) => {
  const directory = temporaryDirectory();
  execFileSync('mkfifo', [join(directory, 'pipe')]);
  const path = join(directory, 'SHA256SUMS');
  symlinkSync(target, path);
  await writeChecksums(path, [checksum]);
  expect(readFileSync(path, 'utf8')).toBe(LINE);
});

it('a named pipe in the place of the list is replaced', async () => {
  const path = join(temporaryDirectory(), 'SHA256SUMS');
  execFileSync('mkfifo', [path]);
  await writeChecksums(path, [checksum]);
  expect(readFileSync(path, 'utf8')).toBe(LINE);
});
