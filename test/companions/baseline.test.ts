import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/companions/baseline.ts';
import { encodeManifest } from '../../src/companions/manifest.ts';
import { queryClosure } from '../../src/nix/closure.ts';
import { encodeRegistration } from '../../src/nix/registration.ts';
import { nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exampleFacts } from './manifest-example.ts';

const STORE = '/nix/store';

function fileOf(contents: string | Uint8Array, name = 'old.json'): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, contents);
  return path;
}

describe('readBaseline', () => {
  it('reads a manifest, a registration and a database dump of Nix', { tags: ['system'] }, async () => {
    const { root } = sampleClosure();
    const closure = await queryClosure([root]);
    const expected = closure.map(({ path, size }) => ({ path, narSize: size }));
    expect(expected.length).toBeGreaterThan(6);
    const manifest = readBaseline(
      fileOf(encodeManifest({ ...exampleFacts, storePaths: closure }), 'v1.img.manifest.json'),
    );
    expect(manifest).toEqual({ name: 'v1.img.manifest.json', storePaths: expected });
    expect(readBaseline(fileOf(encodeRegistration(closure, STORE))).storePaths).toEqual(expected);
    const dump = nix('nix-store', ['--dump-db', ...closure.map(({ path }) => path)]);
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
    expect([...readBaseline(fileOf(dump)).storePaths].sort(byPath)).toEqual(expected);
  });

  const path = `/nix/store/${'0'.repeat(32)}-a`;
  const manifest = (storePaths: unknown, manifestVersion: unknown = 1) =>
    JSON.stringify({ manifestVersion, storePaths });

  it.each([
    ['', 'The file lists no store paths'],
    [manifest([]), 'The file lists no store paths'],
    ['{"manifestVersion": 1', 'JSON'],
    ['[]\n', 'Registration, line 1: expected a store path'],
    ['{"os_list": []}', 'no manifestVersion and storePaths'],
    ['{"manifestVersion": 1}', 'no manifestVersion and storePaths'],
    [manifest([], 'one'), 'no manifestVersion'],
    [manifest([], 2), 'has the version 2; only version 1 is supported'],
    [manifest([{ path }]), 'Entry 0 of storePaths has no valid path and narSize'],
    [manifest([{ path, narSize: -1 }]), 'Entry 0'],
    [manifest([{ path, narSize: 1 }, null]), 'Entry 1'],
    [manifest([{ path: '/nix/store/x', narSize: 1 }]), 'is not a store path'],
    [manifest([{ path: `/other/${path}`, narSize: 1 }]), 'is not a store path'],
    ['some text\n', 'Registration, line 1: expected a store path'],
    [`${path}\nsha256:${'0'.repeat(52)}\n`, 'Registration, line 3'],
    [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2]), 'Registration, line 1'],
  ])('rejects %j with the reason', (contents, cause) => {
    const file = fileOf(contents);
    expect(() => readBaseline(file)).toThrow(
      expect.objectContaining({
        message: `The baseline ${file} cannot be read.`,
        title: 'Invalid input baseline',
        remedy: expect.stringContaining('manifest.json'),
        cause: expect.objectContaining({ message: expect.stringContaining(cause) }),
      }),
    );
  });

  it('does not read a whole image that is given by mistake', () => {
    const file = fileOf('');
    truncateSync(file, 2 ** 30);
    expect(() => readBaseline(file)).toThrow(
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining('1073741824 bytes') }),
      }),
    );
  });

  it('does not parse what is no object as JSON', () => {
    expect(() => readBaseline(fileOf('['.repeat(10_000_000)))).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('Registration') }) }),
    );
  });

  it('does not wait for a named pipe, nor read a device for ever', { tags: ['system'] }, () => {
    const pipe = join(temporaryDirectory(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const [file, kind] of [
      [pipe, 'a named pipe'],
      ['/dev/zero', 'a device'],
    ] as const) {
      expect(() => readBaseline(file)).toThrow(
        expect.objectContaining({
          title: 'Invalid input baseline',
          cause: new Error(`${file} is ${kind}; a regular file was expected.`),
        }),
      );
    }
  });

  it('rejects a directory and a missing file', () => {
    const directory = temporaryDirectory();
    expect(() => readBaseline(directory)).toThrow(
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining('is a directory') }),
      }),
    );
    const none = join(directory, 'none');
    expect(() => readBaseline(none)).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ENOENT' }) }),
    );
  });
});
