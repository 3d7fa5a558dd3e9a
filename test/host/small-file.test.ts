// @module-tag system
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSmallFile, readSmallFileIfAny } from '../../src/host/small-file.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it.each([0, 1, 4095, 4096, 1_000_000])('reads a file of %i bytes', (size) => {
  const path = join(temporaryDirectory(), 'file');
  const bytes = Buffer.alloc(size, 'abc');
  writeFileSync(path, bytes);
  expect(readSmallFile(path).equals(bytes)).toBe(true);
  expect(readSmallFile(path, { limit: size }).equals(bytes)).toBe(true);
});

it('reads a file of /proc, whose size is 0', () => {
  expect(readSmallFile('/proc/self/cmdline')).toEqual(readFileSync('/proc/self/cmdline'));
});

it('refuses what is larger than its limit, also a file that does not say its size', () => {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, 'four');
  expect(() => readSmallFile(path, { limit: 3 })).toThrow(`${path} has 4 bytes; at most 3 were expected.`);
  expect(() => readSmallFile('/proc/cpuinfo', { limit: 3 })).toThrow('/proc/cpuinfo has more than 3 bytes');
});

it('refuses pipes, devices and directories, also behind links, and does not wait for them', () => {
  const directory = temporaryDirectory();
  const pipe = join(directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  symlinkSync('/dev/zero', join(directory, 'zero'));
  expect(() => readSmallFile(pipe)).toThrow(`${pipe} is a named pipe; a regular file was expected.`);
  expect(() => readSmallFile(join(directory, 'zero'))).toThrow('is a device; a regular file was expected.');
  expect(() => readSmallFile(directory)).toThrow('is a directory; a regular file was expected.');
});

it('follows links unless they are refused', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'file'), 'text');
  const link = join(directory, 'link');
  symlinkSync('file', link);
  expect(readSmallFile(link).toString()).toBe('text');
  expect(() => readSmallFile(link, { noFollow: true })).toThrow('ELOOP');
  expect(readSmallFileIfAny(join(directory, 'none'))).toBeUndefined();
});
