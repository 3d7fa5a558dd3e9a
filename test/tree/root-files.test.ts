import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeTree } from '../../src/tree/compose.ts';
import { scanRootFiles } from '../../src/tree/root-files.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { temporaryDirectory } from '../support/image-directory.ts';
import { putOnHost } from '../support/image-host.ts';
import { spelledOut } from '../support/image-packed.ts';
import { smallSample } from '../support/image-small.ts';
import { runTool } from '../support/run-tool.ts';

const scratch = temporaryDirectory('tree-root-files');
let made = 0;
function freshDirectory(): string {
  const path = join(scratch, `${made++}`);
  mkdirSync(path);
  return path;
}

describe('files for the root of an image', () => {
  it('are just those of the directory, every one belongs to root, and permissions are kept', () => {
    const path = join(scratch, `${made++}`);
    putOnHost(smallSample().root, path);
    const tree = composeTree(scanRootFiles(path));
    expect(spelledOut(tree)).toEqual(spelledOut(scanPath(Buffer.from(path), 'kept')));
    expect(tree.gid.every((gid) => gid === 0)).toBe(true);
    expect(tree.original).toEqual(Uint32Array.from({ length: tree.count }, (_, entry) => entry));
  });

  it('may be given by a symlink to their directory, and have symlinks that stay within', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'a', 'b'), { recursive: true });
    const targets = ['../../x', '../a/b', '/etc', 'no/such', '../../x/../y', '.'];
    targets.forEach((target, i) => {
      symlinkSync(target, join(path, 'a', 'b', `${i}`));
    });
    const link = join(scratch, `${made++}`);
    symlinkSync(path, link);
    const found = spelledOut(composeTree(scanRootFiles(link)));
    expect(found.filter(({ target }) => target !== undefined).map(({ target }) => target)).toEqual(targets);
  });
});

describe('is refused, with its path:', () => {
  it('what is no directory', () => {
    const path = join(freshDirectory(), 'a file');
    writeFileSync(path, '');
    expect(() => scanRootFiles(path)).toThrow(/\/a file\b.* is not a directory/);
  });

  it('what is not there', () => {
    const path = join(scratch, 'no such directory');
    expect(() => scanRootFiles(path)).toThrow(path);
  });

  it('a named pipe in it', async () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'boot'));
    await runTool('mkfifo', [join(path, 'boot', 'pipe')]);
    expect(() => scanRootFiles(path)).toThrow(/\/boot\/pipe\b.* is a named pipe/);
  });

  it.each([
    ['..', 0],
    ['../x', 0],
    ['../../x', 1],
    ['b/../../../x', 1],
    ['x/../..', 0],
  ])('a symlink that leaves it, %s in %i directories', (target, depth) => {
    const path = freshDirectory();
    const directory = join(path, ...Array.from({ length: depth }, () => 'a'));
    mkdirSync(directory, { recursive: true });
    symlinkSync(target, join(directory, 'link'));
    expect(() => scanRootFiles(path)).toThrow(/\/link\b.* leaves /);
  });

  it('what may not be read, unless this is root', () => {
    const path = freshDirectory();
    mkdirSync(join(path, 'closed'));
    chmodSync(join(path, 'closed'), 0);
    const scan = (): unknown => scanRootFiles(path);
    if (process.getuid?.() === 0) {
      expect(scan).not.toThrow();
    } else {
      expect(scan).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code: 'EACCES' }) }));
    }
  });
});
