import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanPath } from '../../src/tree/scan.ts';
import { putOnHost } from '../support/image-host.ts';
import { namesBelow, spelledOut } from '../support/image-packed.ts';
import { anySample } from '../support/image-random.ts';
import { directory, file, symlink } from '../support/image-sample.ts';
import { HARD_NAMES, smallSample } from '../support/image-small.ts';
import { runAsRoot, runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { listTree } from '../support/tree-listing.ts';

const scratch = temporaryDirectory();
let made = 0;
const freshPath = (): string => join(scratch, `${made++}`);

/** What a scan must find, according to another implementation of a walk. */
function expectedOf(path: string): ReturnType<typeof spelledOut> {
  return listTree(path, { contents: false }).map((entry) => ({
    path: entry.path.toString('latin1'),
    mode: asInStore(entry.type, entry.mode),
    size: entry.type === 'directory' ? 0 : entry.size,
    ...(entry.target === undefined ? {} : { target: entry.target.toString('latin1') }),
  }));
}

const asInStore = (type: string, mode: number): string => {
  if (type === 'file') {
    return (mode & 0o100) === 0 ? '100444' : '100555';
  }
  return type === 'directory' ? '40555' : '120777';
};

/** In the order of paths, which differs from that of a tree if a name is the start of another one. */
function sorted(entries: ReturnType<typeof spelledOut>): ReturnType<typeof spelledOut> {
  return entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path, 'latin1'), Buffer.from(b.path, 'latin1')));
}

describe('a scan', () => {
  it('finds every entry by the bytes of its name, with type, size and target', () => {
    const path = freshPath();
    putOnHost(smallSample().root, path, { linked: true });
    const found = sorted(spelledOut(scanPath(Buffer.from(path))));
    expect(found).toEqual(expectedOf(path));
    for (const name of HARD_NAMES) {
      expect(found).toContainEqual(expect.objectContaining({ path: `names/${name.toString('latin1')}` }));
    }
  });

  it('sets the permissions of every store, whatever those on this machine: only the executable bit matters', () => {
    const path = freshPath();
    putOnHost(smallSample().root, path);
    const found = sorted(spelledOut(scanPath(Buffer.from(path))));
    expect(found).toEqual(expectedOf(path));
    for (const [mode, stored] of [
      [0o000, '100444'],
      [0o444, '100444'],
      [0o644, '100444'],
      // As in Nix, the owner's bit decides.
      [0o011, '100444'],
      [0o100, '100555'],
      [0o755, '100555'],
      [0o4755, '100555'],
    ] as const) {
      const one = freshPath();
      writeFileSync(one, '');
      chmodSync(one, mode);
      expect(spelledOut(scanPath(Buffer.from(one)))).toEqual([{ path: '', mode: stored, size: 0 }]);
    }
  });

  it('treats exactly those files as executable that Nix does', { tags: ['system'] }, async () => {
    const path = freshPath();
    mkdirSync(path);
    const modes = Array.from({ length: 0o1000 }, (_, mode) => mode)
      .filter((mode) => mode % 7 === 0)
      .map((mode) => mode | 0o400);
    for (const mode of modes) {
      writeFileSync(join(path, mode.toString(8)), '');
      chmodSync(join(path, mode.toString(8)), mode);
    }
    const { stdout } = await runTool('nix-store', ['--dump', path]);
    const dumped = [
      ...stdout
        .toString('latin1')
        .matchAll(
          /name\0{4}.\0{7}([0-7]+)\0+.\0{7}node[^(]*\(\0{7}.\0{7}type\0{4}.\0{7}regular\0(.{0,14}executable)?/gs,
        ),
    ];
    expect(dumped).toHaveLength(modes.length);
    const executable = dumped.filter(([, , mark]) => mark !== undefined).map(([, name]) => name);
    expect(executable.length).toBeGreaterThan(10);
    expect(executable.length).toBeLessThan(modes.length - 10);
    const scanned = spelledOut(scanPath(Buffer.from(path)));
    expect(scanned.filter(({ mode }) => mode === '100555').map((entry) => entry.path)).toEqual(executable);
  });

  it('finds any tree, children ascending by their bytes, as sort orders them', async () => {
    await fc.assert(
      fc.asyncProperty(anySample, async (sample) => {
        const path = freshPath();
        putOnHost(sample.root, path, { readable: true });
        const tree = scanPath(Buffer.from(path));
        expect(sorted(spelledOut(tree))).toEqual(expectedOf(path));
        const names = readdirSync(path, { encoding: 'buffer' });
        const stdin = Buffer.concat(names.flatMap((name) => [name, Buffer.from([0])]));
        const { stdout } = await runTool('sort', ['--zero-terminated'], { stdin });
        expect(
          namesBelow(tree, 0)
            .map((name) => `${name}\0`)
            .join(''),
        ).toBe(stdout.toString('latin1'));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it.each([
    ['a file', file('contents'), [{ path: '', mode: '100444', size: 8 }]],
    ['a symlink', symlink('/no/such/place'), [{ path: '', mode: '120777', size: 14, target: '/no/such/place' }]],
    ['an empty directory', directory([]), [{ path: '', mode: '40555', size: 0 }]],
  ])('accepts %s on its own', (_, node, entries) => {
    const path = freshPath();
    putOnHost(node, path);
    expect(spelledOut(scanPath(Buffer.from(path)))).toEqual(entries);
  });

  it('does not follow symlinks, neither loops nor others', () => {
    const path = freshPath();
    mkdirSync(path);
    symlinkSync('.', join(path, 'circle'));
    symlinkSync(scratch, join(path, 'out'));
    const found = spelledOut(scanPath(Buffer.from(path)));
    expect(found.map((entry) => entry.path)).toEqual(['', 'circle', 'out']);
  });

  it('does not depend on the order in which entries are listed or were created', () => {
    const [one, other] = [freshPath(), freshPath()];
    putOnHost(smallSample().root, one, { linked: true });
    putOnHost(smallSample().root, other, { reversed: true, time: 12_345 });
    expect(scanPath(Buffer.from(one))).toEqual(scanPath(Buffer.from(other)));
  });
});

describe('a scan refuses, and names,', () => {
  it('a socket', async () => {
    const path = freshPath();
    mkdirSync(path);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(path, 'talk'), resolve));
    try {
      expect(() => scanPath(Buffer.from(path))).toThrow(
        expect.objectContaining({
          title: 'The Nix store is damaged',
          message: expect.stringMatching(/^\S*\/talk"? is a socket; .* only regular files, directories and symlinks/),
        }),
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('a named pipe', async () => {
    const path = freshPath();
    mkdirSync(join(path, 'below'), { recursive: true });
    await runTool('mkfifo', [join(path, 'below', 'pipe')]);
    expect(() => scanPath(Buffer.from(path))).toThrow(/\/below\/pipe"? is a named pipe; /);
  });

  it.each([
    ['c', 'a character device'],
    ['b', 'a block device'],
  ])('a device of kind %s', { tags: ['system'] }, async (kind) => {
    const path = freshPath();
    mkdirSync(path);
    await runAsRoot('mknod', [join(path, 'device'), kind, '1', '3']);
    expect(() => scanPath(Buffer.from(path))).toThrow(/\/device"? is a device; /);
  });

  it('a path that does not exist', () => {
    const path = freshPath();
    const scan = (): unknown => scanPath(Buffer.from(path));
    expect(scan).toThrow(
      expect.objectContaining({
        title: 'The Nix store is damaged',
        message: `The store path ${path} cannot be read completely.`,
      }),
    );
  });
});
