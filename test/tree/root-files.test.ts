import { chmodSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeTree } from '../../src/tree/compose.ts';
import { createContentsReader } from '../../src/tree/contents.ts';
import { scanRootFiles, writableEntries } from '../../src/tree/root-files/scan.ts';
import { putOnHost } from '../support/image-host.ts';
import { spelledOut } from '../support/image-packed.ts';
import { smallSample } from '../support/image-small.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { listTree } from '../support/tree-listing.ts';

const scratch = temporaryDirectory();
let made = 0;
function freshDirectory(): string {
  const path = join(scratch, `${made++}`);
  mkdirSync(path);
  return path;
}

describe('files for the root of an image', () => {
  it('are exactly those of the directory, with owner root and their own permissions', () => {
    const path = join(scratch, `${made++}`);
    putOnHost(smallSample().root, path);
    const tree = composeTree(scanRootFiles(path, 'kept'));
    const types: Readonly<Record<string, number>> = { file: 0o100000, directory: 0o040000, symlink: 0o120000 };
    const expected = listTree(path, { contents: false }).map(({ path: name, type, mode, size, target }) => ({
      path: name.toString('latin1'),
      mode: ((types[type] ?? 0) | (type === 'symlink' ? 0o777 : mode)).toString(8),
      size: type === 'directory' ? 0 : size,
      ...(target === undefined ? {} : { target: target.toString('latin1') }),
    }));
    expect(spelledOut(tree)).toHaveLength(expected.length);
    expect(spelledOut(tree)).toEqual(expect.arrayContaining(expected));
    expect(tree.gid.every((gid) => gid === 0)).toBe(true);
    expect(tree.original).toEqual(Uint32Array.from({ length: tree.count }, (_, entry) => entry));
  });

  it.each<readonly [string, (path: string) => void, RegExp]>([
    ['grew', (path) => truncateSync(join(path, 'below/file'), 4), /it had 3 bytes and now has 4\.$/],
    [
      'was replaced',
      (path) => {
        writeFileSync(join(path, 'new'), 'new');
        renameSync(join(path, 'new'), join(path, 'below/file'));
      },
      /it was replaced by another file\.$/,
    ],
    [
      'became a link',
      (path) => {
        renameSync(join(path, 'below/file'), join(path, 'below/moved'));
        symlinkSync('moved', join(path, 'below/file'));
      },
      /^\/below\/file cannot be read, but existed/,
    ],
    [
      'is below a directory that became a link',
      (path) => {
        renameSync(join(path, 'below'), join(path, 'moved'));
        symlinkSync('moved', join(path, 'below'));
      },
      /^\/below\/file cannot be read, but existed/,
    ],
  ])('cannot change until they are read: one that %s', (_, change, message) => {
    const path = freshDirectory();
    mkdirSync(join(path, 'below'));
    writeFileSync(join(path, 'below/file'), 'old');
    const tree = composeTree(scanRootFiles(path, 'kept'));
    const entry = spelledOut(tree).findIndex((one) => one.path === 'below/file');
    using before = createContentsReader(tree);
    before.read(entry, 0, new Uint8Array(3));
    change(path);
    using after = createContentsReader(tree);
    expect(() => after.read(entry, 0, new Uint8Array(3))).toThrow(
      expect.objectContaining({
        title: 'A file changed while the image was built',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('cannot grow while they are read', () => {
    const path = freshDirectory();
    writeFileSync(join(path, 'file'), 'old');
    const tree = composeTree(scanRootFiles(path, 'kept'));
    using reader = createContentsReader(tree);
    reader.read(1, 0, new Uint8Array(2));
    writeFileSync(join(path, 'file'), 'longer');
    expect(() => reader.read(1, 2, new Uint8Array(1))).toThrow(/it had 3 bytes and now has 6\.$/);
  });

  it('have the permissions that are given for their paths', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'a'), { mode: 0o555 });
    writeFileSync(Buffer.from(`${path}/file \xff`, 'latin1'), '', { mode: 0o444 });
    writeFileSync(join(path, 'other'), '', { mode: 0o444 });
    symlinkSync('other', join(path, 'link'));
    const modes = new Map([
      ['a', 0o1777],
      ['file \xff', 0o4600],
      ['link', 0o600],
    ]);
    const found = spelledOut(composeTree(scanRootFiles(path, modes)));
    expect(found.slice(1).map(({ mode }) => mode)).toEqual(['41777', '104600', '120777', '100444']);
  });

  it('have the permissions of a checkout of git, whatever those on this machine are', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'etc'));
    for (const [name, mode] of [
      ['etc/sudoers', 0o666],
      ['etc/secret', 0o4640],
      ['program', 0o700],
      ['not a program', 0o675],
    ] as const) {
      writeFileSync(join(path, name), '');
      chmodSync(join(path, name), mode);
    }
    symlinkSync('etc', join(path, 'link'));
    chmodSync(join(path, 'etc'), 0o2777);
    chmodSync(path, 0o700);
    const directory = scanRootFiles(path, 'git');
    // The root, etc/ with two files, the link, a file that only the group may execute, and the program.
    expect(spelledOut(composeTree(directory)).map(({ mode }) => mode)).toEqual([
      '40755',
      '40755',
      '100644',
      '100644',
      '120777',
      '100644',
      '100755',
    ]);
    expect(writableEntries(directory)).toEqual([]);
  });

  it('are listed where others may write them, except sticky directories and symlinks', () => {
    const path = freshDirectory();
    const make = (name: string, mode: number): void => {
      writeFileSync(join(path, name), '');
      chmodSync(join(path, name), mode);
    };
    for (const [name, mode] of [
      ['tmp', 0o1777],
      ['etc', 0o777],
      ['usr', 0o775],
    ] as const) {
      mkdirSync(join(path, name));
      chmodSync(join(path, name), mode);
    }
    make('etc/sudoers', 0o666);
    make('etc/fine', 0o664);
    make('tmp/new\nline', 0o602);
    symlinkSync('etc', join(path, 'link'));
    expect(writableEntries(scanRootFiles(path, 'kept')).toSorted()).toEqual([
      '/etc',
      '/etc/sudoers',
      '/tmp/new\\x0aline',
    ]);
    expect(writableEntries(scanRootFiles(path, new Map([['etc/sudoers', 0o440]])))).not.toContain('/etc/sudoers');
  });

  it('may be named by a symlink to their directory, and have symlinks that stay within it', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'a', 'b'), { recursive: true });
    const targets = ['../../x', '../a/b', '/etc', 'no/such', '../../x/../y', '.'];
    targets.forEach((target, i) => {
      symlinkSync(target, join(path, 'a', 'b', `${i}`));
    });
    const link = join(scratch, `${made++}`);
    symlinkSync(path, link);
    const found = spelledOut(composeTree(scanRootFiles(link, 'kept')));
    expect(found.filter(({ target }) => target !== undefined).map(({ target }) => target)).toEqual(targets);
  });
});

describe('is refused, with its path:', () => {
  it('a path that is not a directory', () => {
    const path = join(freshDirectory(), 'a file');
    writeFileSync(path, '');
    expect(() => scanRootFiles(path, 'kept')).toThrow(
      expect.objectContaining({
        title: 'Invalid input root-files',
        message: expect.stringMatching(/\/a file\b.* is not a directory/),
        remedy: expect.stringContaining('Set root-files'),
      }),
    );
  });

  it('a path that does not exist', () => {
    const path = join(scratch, 'no such directory');
    expect(() => scanRootFiles(path, 'kept')).toThrow(
      expect.objectContaining({ title: 'Invalid input root-files', message: expect.stringContaining(path) }),
    );
  });

  it('a named pipe in it', async () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'boot'));
    await runTool('mkfifo', [join(path, 'boot', 'pipe')]);
    expect(() => scanRootFiles(path, 'kept')).toThrow(
      expect.objectContaining({
        title: 'Invalid input root-files',
        message: expect.stringMatching(/\/boot\/pipe\b.* is a named pipe/),
        remedy: expect.stringContaining('Set root-files'),
      }),
    );
  });

  it.each([
    ['..', 0],
    ['../x', 0],
    ['../../x', 1],
    ['b/../../../x', 1],
    ['x/../..', 0],
  ])('a symlink that leads out of it, %s in %i directories', (target, depth) => {
    const path = freshDirectory();
    const directory = join(path, ...Array.from({ length: depth }, () => 'a'));
    mkdirSync(directory, { recursive: true });
    symlinkSync(target, join(directory, 'link'));
    expect(() => scanRootFiles(path, 'kept')).toThrow(/\/link\b.* leads out of /);
  });

  it('a directory that this user may not read, unless the user is root', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'closed'));
    chmodSync(join(path, 'closed'), 0);
    const scan = (): unknown => scanRootFiles(path, 'kept');
    if (process.getuid?.() === 0) {
      expect(scan).not.toThrow();
    } else {
      expect(scan).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code: 'EACCES' }) }));
    }
  });
});
