import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Child, composeTree, type Directory, type Node } from '../../src/tree/compose.ts';
import { createContentsReader } from '../../src/tree/contents.ts';
import type { ImageTree } from '../../src/tree/image-tree.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { allOf, pattern } from '../support/image-contents.ts';
import { spelledOut } from '../support/image-packed.ts';
import { anyShare } from '../support/image-random.ts';
import { openFiles } from '../support/open-files.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
let made = 0;

const SIZES = [0, 1, 4096, 5000, 300_000];

/** Creates a tree with files of this machine and a generated one. `place` is the directory of the former. */
function makeTree(): { readonly tree: ImageTree; readonly place: string } {
  const place = join(scratch, `${made++}`);
  mkdirSync(join(place, 'below'), { recursive: true });
  for (const size of SIZES) {
    writeFileSync(join(place, 'below', `${size}`), allOf(pattern(size, size)));
  }
  writeFileSync(join(place, 'new\nline'), 'strange name');
  const graft: Child = {
    name: Buffer.from('host'),
    node: { kind: 'graft', gid: 0, tree: scanPath(Buffer.from(place)), path: Buffer.from(place) },
  };
  const generated: Child = {
    name: Buffer.from('made'),
    node: { kind: 'generated', mode: 0o444, gid: 0, contents: allOf(pattern(10_000, 9)) },
  };
  return { tree: composeTree({ kind: 'directory', mode: 0o755, gid: 0, children: [graft, generated] }), place };
}

const entryAt = (tree: ImageTree, path: string): number => spelledOut(tree).findIndex((entry) => entry.path === path);

describe('a reader of contents', () => {
  it('reads any piece of any file, in any order', () => {
    const { tree } = makeTree();
    const files = [
      ...SIZES.map((size) => [`host/below/${size}`, pattern(size, size)] as const),
      ['made', pattern(10_000, 9)] as const,
    ];
    const reader = createContentsReader(tree);
    const piece = fc.record({
      file: fc.nat({ max: files.length - 1 }),
      from: anyShare,
      length: fc.nat({ max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        for (const { file, from, length } of pieces) {
          const [path, contents] = files[file];
          const position = Math.floor(from * contents.size);
          const found = Buffer.alloc(Math.min(length, contents.size - position));
          reader.read(entryAt(tree, path), position, found);
          expect(found.equals(allOf(contents).subarray(position, position + found.length))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
    reader.close();
  });

  it('can be closed at any time, and still reads', () => {
    const { tree } = makeTree();
    const reader = createContentsReader(tree);
    const entry = entryAt(tree, 'host/below/5000');
    for (let i = 0; i < 3; i++) {
      const bytes = Buffer.alloc(1000);
      reader.read(entry, 1000 * i, bytes);
      expect(bytes.equals(allOf(pattern(5000, 5000)).subarray(1000 * i, 1000 * (i + 1)))).toBe(true);
      reader.close();
      reader.close();
    }
  });

  it('closes a file after its end', () => {
    const { tree, place } = makeTree();
    const reader = createContentsReader(tree);
    const open = (): readonly string[] => openFiles().filter((path) => path.startsWith(`${place}/`));
    reader.read(entryAt(tree, 'host/below/5000'), 0, Buffer.alloc(10));
    expect(open()).toEqual([`${place}/below/5000`]);
    reader.read(entryAt(tree, 'host/below/5000'), 10, Buffer.alloc(4990));
    expect(open()).toEqual([]);
    reader.read(entryAt(tree, 'host/below/4096'), 0, Buffer.alloc(10));
    reader.close();
    expect(open()).toEqual([]);
  });
});

describe('reports, with its path and cause,', () => {
  const read = (tree: ImageTree, path: string, position: number, length: number): (() => void) => {
    const reader = createContentsReader(tree);
    return () => {
      try {
        reader.read(entryAt(tree, path), position, Buffer.alloc(length));
      } finally {
        reader.close();
      }
    };
  };

  it('a file that is shorter', () => {
    const { tree, place } = makeTree();
    truncateSync(join(place, 'below', '5000'), 4999);
    expect(read(tree, 'host/below/5000', 0, 5000)).toThrow(/^\/host\/below\/5000 .*\b5000 bytes\b.*\b4999\b/);
    truncateSync(join(place, 'below', '300000'), 0);
    expect(read(tree, 'host/below/300000', 0, 4096)).toThrow(/^\/host\/below\/300000 /);
  });

  it('a file that becomes shorter while it is read', () => {
    const { tree, place } = makeTree();
    const reader = createContentsReader(tree);
    const entry = entryAt(tree, 'host/below/300000');
    reader.read(entry, 0, Buffer.alloc(4096));
    truncateSync(join(place, 'below', '300000'), 100_000);
    expect(() => reader.read(entry, 98_304, Buffer.alloc(4096))).toThrow(
      /^\/host\/below\/300000 .*\b300000 bytes\b.*\b100000\b/,
    );
    reader.close();
  });

  it.each([
    ['is missing', (place: string) => rmSync(place), 'ENOENT'],
    ['is in a directory that is missing', (place: string) => rmSync(join(place, '..'), { recursive: true }), 'ENOENT'],
    // Its target may be anything, whatever its size.
    [
      'is now a symlink',
      (place: string) => {
        renameSync(place, `${place}.other`);
        symlinkSync(`${place}.other`, place);
      },
      'ELOOP',
    ],
  ])('a file that %s', (_, change, code) => {
    const { tree, place } = makeTree();
    change(join(place, 'below', '5000'));
    const reading = read(tree, 'host/below/5000', 0, 5000);
    expect(reading).toThrow(/^\/host\/below\/5000 cannot be read/);
    expect(reading).toThrow(
      expect.objectContaining({
        title: 'A file changed while the image was built',
        remedy: expect.stringContaining('re-run the job'),
        cause: expect.objectContaining({ code }),
      }),
    );
  });

  it('a file that is now a named pipe, without waiting for a writer', async () => {
    const { tree, place } = makeTree();
    rmSync(join(place, 'below', '5000'));
    await runTool('mkfifo', [join(place, 'below', '5000')]);
    expect(read(tree, 'host/below/5000', 0, 5000)).toThrow(/^\/host\/below\/5000 /);
  });

  it('a file with a name that must be escaped', () => {
    const { tree, place } = makeTree();
    rmSync(join(place, 'new\nline'));
    const reading = read(tree, 'host/new\nline', 0, 12);
    expect(reading).toThrow(/^\/host\/new[^\n]+line /);
  });

  it('a file of the store, as damage of the store', () => {
    const { place } = makeTree();
    const path = Buffer.from(join(place, 'below', '5000'));
    const child = (name: string, node: Node): Child => ({ name: Buffer.from(name), node });
    const directory = (children: readonly Child[]): Directory => ({ kind: 'directory', mode: 0o755, gid: 0, children });
    const file: Node = { kind: 'graft', gid: 0, tree: scanPath(path), path };
    const tree = composeTree(directory([child('nix', directory([child('store', directory([child('x', file)]))]))]));
    rmSync(path);
    expect(read(tree, 'nix/store/x', 0, 5000)).toThrow(
      expect.objectContaining({
        title: 'The Nix store is damaged',
        message: expect.stringMatching(/^\/nix\/store\/x cannot be read/),
        remedy: expect.stringContaining('--repair'),
      }),
    );
  });
});
