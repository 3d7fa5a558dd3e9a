import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf } from '../../src/ext4/directory/children.ts';
import { type Child, composeTree, type Directory, type Node } from '../../src/tree/compose.ts';
import { hostPathOf } from '../../src/tree/contents.ts';
import type { ImageTree } from '../../src/tree/image-tree.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { overlay } from '../../src/tree/overlay.ts';
import type { PackedTree } from '../../src/tree/packed.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { putOnHost } from '../support/image-host.ts';
import { namesBelow, spelledOut } from '../support/image-packed.ts';
import { anyName, anySample } from '../support/image-random.ts';
import { file, type SampleNode, directory as sampleDirectory, symlink } from '../support/image-sample.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
let made = 0;

const directory = (children: Readonly<Record<string, Node>>, mode = 0o755): Directory => ({
  kind: 'directory',
  mode,
  gid: 0,
  children: Object.entries(children).map(([name, node]): Child => ({ name: Buffer.from(name), node })),
});
const generated = (text: string, mode = 0o644): Node => ({
  kind: 'generated',
  mode,
  gid: 0,
  contents: Buffer.from(text),
});

/** A subtree that was scanned on this machine. */
function graft(node: SampleNode = file('contents'), gid = 0): Node & { kind: 'graft' } {
  const path = `${scratch}/${made++}`;
  putOnHost(node, path);
  return { kind: 'graft', gid, tree: scanPath(Buffer.from(path)), path: Buffer.from(path) };
}

const paths = (tree: ImageTree): readonly string[] => spelledOut(tree).map(({ path }) => path);
const entryAt = (tree: ImageTree, path: string): number => paths(tree).indexOf(path);

describe('a composed tree', () => {
  it('has the children of each directory ascending by bytes, as sort orders them, whatever their source', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyName, { selector: (name) => name.toString('latin1'), maxLength: 40 }),
        async (names) => {
          const nodes: readonly Node[] = [generated('x'), directory({ b: generated('y'), a: generated('z') }), graft()];
          const children = names.map((name, i): Child => ({ name, node: nodes[i % 3] }));
          const tree = composeTree({ kind: 'directory', mode: 0o755, gid: 0, children });
          const stdin = Buffer.concat(names.flatMap((name) => [name, Buffer.from([0])]));
          const { stdout } = await runTool('sort', ['--zero-terminated'], { stdin });
          expect(
            namesBelow(tree, 0)
              .map((name) => `${name}\0`)
              .join(''),
          ).toBe(stdout.toString('latin1'));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is depth-first: each directory is followed by exactly the entries below it', () => {
    fc.assert(
      fc.property(anySample, anySample, (one, other) => {
        const [first, second] = [one, other].map((sample) => {
          const path = `${scratch}/${made++}`;
          putOnHost(sample.root, path, { readable: true });
          const tree = scanPath(Buffer.from(path));
          return { kind: 'graft', gid: 7, tree, path: Buffer.from(path) } as const;
        });
        const tree = composeTree(directory({ zz: first, aa: directory({ below: second }), mm: generated('m') }));
        for (let entry = 1; entry < tree.count; entry++) {
          const parent = tree.parent[entry];
          expect(parent).toBeLessThan(entry);
          expect(tree.end[entry]).toBeLessThanOrEqual(tree.end[parent]);
          expect(tree.end[entry]).toBeGreaterThan(entry);
        }
        const under = (name: string, packed: PackedTree): readonly unknown[] =>
          spelledOut(packed).map((entry) => ({ ...entry, path: entry.path === '' ? name : `${name}/${entry.path}` }));
        expect(spelledOut(tree)).toEqual([
          { path: '', mode: '40755', size: 0 },
          { path: 'aa', mode: '40755', size: 0 },
          ...under('aa/below', second.tree),
          { path: 'mm', mode: '100644', size: 1 },
          ...under('zz', first.tree),
        ]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('has the path on this machine of each entry', () => {
    const node = sampleDirectory([
      ['a', sampleDirectory([['x', file('x')]])],
      ['b', file('b')],
      ['c', symlink('b')],
    ]);
    const one = graft(node);
    const other = graft(file('other'));
    const tree = composeTree(directory({ top: one, single: other, made: generated('made') }));
    const hostPath = hostPathOf(tree);
    for (const [path, host] of [
      ['top', `${one.path}`],
      ['top/a/x', `${one.path}/a/x`],
      ['top/b', `${one.path}/b`],
      ['top/a', `${one.path}/a`],
      ['single', `${other.path}`],
      ['top/a/x', `${one.path}/a/x`],
    ]) {
      expect(hostPath(entryAt(tree, path)).toString()).toBe(host);
      expect(pathOf(tree, entryAt(tree, path))).toBe(`/${path}`);
    }
    expect(() => hostPath(entryAt(tree, 'made'))).toThrow('/made');
  });

  it('has the group of a subtree on each of its entries', () => {
    const node = sampleDirectory([['a', sampleDirectory([['x', file('x')]])]]);
    const tree = composeTree(directory({ top: graft(node, 30_000), other: graft(node, 4_294_967_294) }));
    const groups = paths(tree).map((path, entry) => [path, tree.gid[entry]]);
    expect(groups).toEqual([
      ['', 0],
      ...['other', 'other/a', 'other/a/x'].map((path) => [path, 4_294_967_294]),
      ...['top', 'top/a', 'top/a/x'].map((path) => [path, 30_000]),
    ]);
  });
});

describe('the tree of an image', () => {
  const storePath = (
    name: string,
    node: SampleNode = file('contents'),
  ): Parameters<typeof layOutImage>[0]['storePaths'][number] => {
    const { tree, path } = graft(node);
    return { name, path, tree };
  };
  const contents = (rootDirectories: readonly Directory[] = []): Parameters<typeof layOutImage>[0] => ({
    storePaths: [
      storePath('b-file'),
      storePath('a-directory', sampleDirectory([['x', file('x')]])),
      storePath('c-link', symlink('b-file')),
    ],
    registration: Buffer.from('registration'),
    storeGid: 30_000,
    rootDirectories,
  });

  it('has the store, its registration and /lost+found, with the modes and groups of the design', () => {
    const tree = layOutImage(contents());
    expect(spelledOut(tree).map((entry, i) => ({ ...entry, gid: tree.gid[i] }))).toEqual([
      { path: '', mode: '40755', size: 0, gid: 0 },
      { path: 'lost+found', mode: '40700', size: 0, gid: 0 },
      { path: 'nix', mode: '40755', size: 0, gid: 0 },
      { path: 'nix/store', mode: '41775', size: 0, gid: 30_000 },
      { path: 'nix/store/a-directory', mode: '40555', size: 0, gid: 30_000 },
      { path: 'nix/store/a-directory/x', mode: '100444', size: 1, gid: 30_000 },
      { path: 'nix/store/b-file', mode: '100444', size: 8, gid: 30_000 },
      { path: 'nix/store/c-link', mode: '120777', size: 6, target: 'b-file', gid: 30_000 },
      { path: 'nix-path-registration', mode: '100444', size: 12, gid: 0 },
    ]);
  });

  it('overlays its root directory by directory, and merges directories, whose permissions stay', () => {
    const tree = layOutImage(
      contents([
        directory(
          {
            boot: directory({ one: generated('1', 0o600) }, 0o700),
            nix: directory({ var: directory({}, 0o711) }, 0o777),
          },
          0o777,
        ),
        directory({ boot: directory({ two: generated('2') }, 0o711), etc: graft(symlink('boot')) }),
      ]),
    );
    const found = new Map(spelledOut(tree).map(({ path, mode }) => [path, mode]));
    expect(found.get('')).toBe('40755');
    expect(found.get('boot')).toBe('40700');
    expect(found.get('boot/one')).toBe('100600');
    expect(found.get('boot/two')).toBe('100644');
    expect(found.get('etc')).toBe('120777');
    expect(found.get('nix')).toBe('40755');
    expect(found.get('nix/var')).toBe('40711');
    expect(found.get('nix/store')).toBe('41775');
  });

  it.each<readonly [string, Readonly<Record<string, Node>>, RegExp]>([
    ['the store', { nix: directory({ store: directory({ x: generated('') }) }) }, /\/nix\/store\b/],
    ['an empty store', { nix: directory({ store: directory({}) }) }, /\/nix\/store\b/],
    ['a file for the store', { nix: directory({ store: generated('') }) }, /\/nix\/store\b/],
    ['a symlink for the store', { nix: directory({ store: graft(symlink('/elsewhere')) }) }, /\/nix\/store\b/],
    ['a symlink for /nix', { nix: graft(symlink('/elsewhere')) }, /\/nix\b.* twice/],
    ['/lost+found', { 'lost+found': directory({}) }, /\/lost\+found\b/],
    ['a file for /lost+found', { 'lost+found': generated('') }, /\/lost\+found\b/],
    ['a registration', { 'nix-path-registration': generated('') }, /\/nix-path-registration\b.* twice/],
  ])('refuses %s', (_, children, message) => {
    const refused = expect.objectContaining({
      title: 'Invalid input root-files',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/^Remove .* root-files/),
    });
    expect(() => layOutImage(contents([directory(children)]))).toThrow(refused);
    // Also in a directory after one that is accepted.
    expect(() => layOutImage(contents([directory({ boot: directory({}) }), directory(children)]))).toThrow(refused);
  });

  it.each<readonly [string, Readonly<Record<string, Node>>]>([
    ['a file over a file', { boot: directory({ 'a file': generated('2') }) }],
    ['the same file', { boot: directory({ 'a file': generated('1') }) }],
    ['a directory over a file', { boot: directory({ 'a file': directory({}) }) }],
    ['a symlink over a file', { boot: directory({ 'a file': graft(symlink('x')) }) }],
  ])('refuses %s of another directory, and names it', (_, second) => {
    const first = directory({ boot: directory({ 'a file': generated('1') }) });
    expect(() => layOutImage(contents([first, directory(second)]))).toThrow(/\/boot\/a file\b.* twice/);
    expect(() => layOutImage(contents([directory(second), first]))).toThrow(/\/boot\/a file\b.* twice/);
  });

  it('treats names that differ in one byte, which is not UTF-8, as different', () => {
    const named = (byte: number): Directory => ({
      ...directory({}),
      children: [{ name: Buffer.from([byte]), node: generated(`${byte}`) }],
    });
    expect(overlay(named(0xff), named(0xfe)).children).toHaveLength(2);
    expect(() => overlay(named(0xff), named(0xff))).toThrow('twice');
  });
});
