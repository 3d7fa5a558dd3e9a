// @module-tag system
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '../../src/nix/base32.ts';
import { hashNar, type NarEntry, type NarNode } from '../../src/nix/nar/nar.ts';
import { narNodeOfPath } from '../../src/nix/nar/of-path.ts';
import { createSink, putContents } from '../../src/nix/nar/sink.ts';
import { nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const temporary = temporaryDirectory();

const newPath = () => join(temporaryDirectory(), 'path');
const regular = (contents: Uint8Array, executable = false): NarNode => ({
  type: 'regular',
  executable,
  size: contents.length,
  read: (position, target) => target.set(contents.subarray(position, position + target.length)),
});
const symlink = (target: string | Buffer): NarNode => ({ type: 'symlink', target: Buffer.from(target) });
const directory = (...entries: readonly (readonly [name: string | Buffer, node: NarEntry['node']])[]): NarNode => ({
  type: 'directory',
  entries: () => entries.map(([name, node]) => ({ name: Buffer.from(name), node })),
});

/** Makes files of a node at `path`. */
function write(node: NarNode, path: Buffer): void {
  if (node.type === 'symlink') {
    symlinkSync(Buffer.from(node.target), path);
    return;
  }
  if (node.type === 'regular') {
    const contents = Buffer.alloc(node.size);
    node.read(0, contents);
    writeFileSync(path, contents);
    chmodSync(path, node.executable ? 0o755 : 0o644);
    return;
  }
  mkdirSync(path);
  for (const entry of node.entries()) {
    const child = typeof entry.node === 'function' ? entry.node() : entry.node;
    write(child, Buffer.concat([path, Buffer.from('/'), entry.name]));
  }
}

/** Nix 2.34 and newer refuse archives with more directories in one another. */
const MAX_DEPTH = 63;

/** A file in this many directories, each in the next. */
function fileBelow(depth: number): NarNode {
  let node = regular(Buffer.from('deep'));
  for (let level = 0; level < depth; level++) {
    node = directory(['d', node]);
  }
  return node;
}

/** Hash and size of the archive that Nix itself creates. */
function byNix(path: string): { hash: Buffer; size: number } {
  const archive = nix('nix-store', ['--dump', path]);
  return { hash: createHash('sha256').update(archive).digest(), size: archive.length };
}

/** Expects that Nix hashes the files of a node as `hashNar` hashes the node, and `narNodeOfPath` reads them so. */
function expectAsNix(node: NarNode): void {
  const path = newPath();
  write(node, Buffer.from(path));
  const expected = byNix(path);
  expect(hashNar(node)).toEqual(expected);
  expect(hashNar(narNodeOfPath(Buffer.from(path)))).toEqual(expected);
}

describe('hashNar', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1000])(
    'hashes a file of %i bytes as Nix does',
    (size) => {
      expectAsNix(regular(Buffer.alloc(size, 'abc')));
      expectAsNix(regular(Buffer.alloc(size, 'abc'), true));
      expectAsNix(
        directory([
          'name'.padEnd(Math.max(1, Math.min(size, 255)), 'x').slice(0, Math.max(1, size)),
          regular(Buffer.alloc(size, 1)),
        ]),
      );
    },
  );

  it('hashes files about the size of its buffer, wherever they begin in it, as Nix does', () => {
    const buffer = 256 * 1024;
    const contents = Buffer.from(
      Array.from({ length: 2 * buffer + 64 }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
    );
    const sizes = [-200, -113, -112, -111, -17, -8, -1, 0, 1, 7, 8, 9, 16].flatMap((more) => [
      buffer + more,
      2 * buffer + more,
    ]);
    for (const size of sizes) {
      expectAsNix(directory(['a', regular(contents.subarray(0, size))], ['b', regular(contents.subarray(1, 41))]));
    }
    const before = [0, 1, 7, 8, 200].map((less) => buffer - 400 - less);
    for (const size of before) {
      expectAsNix(
        directory(
          ['a', regular(contents.subarray(0, size))],
          ['b', regular(contents.subarray(9, 300))],
          ['c', regular(contents)],
        ),
      );
    }
  });

  it('reads a large file in whole buffers, and a small one at once', () => {
    const reads: [string, number, number][] = [];
    const file = (name: string, size: number): NarNode => ({
      type: 'regular',
      executable: false,
      size,
      read: (position, target) => reads.push([name, position, target.length]),
    });
    hashNar(
      directory(
        ['a', file('a', 10)],
        ['b', file('b', 600_000)],
        ['c', file('c', 0)],
        ['d', file('d', 262_144)],
        ['e', file('e', 262_000)],
      ),
    );
    expect(reads).toEqual([
      ['a', 0, 10],
      ['b', 0, 262_144],
      ['b', 262_144, 262_144],
      ['b', 524_288, 75_712],
      ['d', 0, 262_144],
      ['e', 0, 262_000],
    ]);
  });

  it('hashes symlinks and directories as Nix does', () => {
    expectAsNix(symlink('target'));
    expectAsNix(symlink(Buffer.from('no utf-8 \xff\n', 'latin1')));
    expectAsNix(symlink('x'.repeat(4095)));
    expectAsNix(directory());
    expectAsNix(
      directory(['empty', directory()], ['link', symlink('/nix/store')], ['tool', regular(Buffer.from('#!'), true)]),
    );
  });

  it('hashes names of any bytes as Nix does', () => {
    const names = [
      '-rf',
      ' ',
      'a b',
      'a\nb',
      '"',
      "'",
      '\\',
      '*',
      '.a',
      '...',
      'é',
      '\x01',
      '\x7f',
      'A',
      'a',
      'a.b',
      'a-b',
      'ab',
      'x'.repeat(255),
    ];
    const bytes = [
      ...names.map((name) => Buffer.from(name)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from([0xc3]),
      Buffer.from([0x80, 0x0a]),
    ];
    const node = regular(Buffer.from('x'));
    expectAsNix(directory(...bytes.sort(Buffer.compare).map((name) => [name, node] as const)));
  });

  it('hashes a deep tree as Nix does', () => {
    expectAsNix(fileBelow(MAX_DEPTH));
  });

  it('hashes a deeper tree as Nix did before it had a limit', () => {
    const node = fileBelow(500);
    const path = newPath();
    write(node, Buffer.from(path));
    // From nix-store --dump of Nix 2.8 and 2.26.
    const hash = Buffer.from('2af9739602967cfc2d0c18ba9319e6f25808437d1c99f71cf52d8644d54b1a18', 'hex');
    expect(hashNar(node)).toEqual({ hash, size: 84_120 });
    expect(hashNar(narNodeOfPath(Buffer.from(path)))).toEqual({ hash, size: 84_120 });
  });

  it('hashes any tree as Nix does', () => {
    fc.assert(fc.property(trees(), expectAsNix), { numRuns: 30 });
  });

  it('writes the length of a file beyond 4 GiB', () => {
    const sink = createSink();
    const stop = new Error('enough');
    const read = () => {
      throw stop;
    };
    expect(() => putContents(sink, { size: 0x12_3456_789a, read })).toThrow(stop);
    expect(sink.buffer.subarray(0, 8).toString('hex')).toBe('9a78563412000000');
  });

  it('creates nodes when it reaches them', () => {
    let made = 0;
    const lazy = () => {
      made += 1;
      return regular(Buffer.from('x'));
    };
    const node = directory(['a', lazy], ['b', lazy]);
    expect(made).toBe(0);
    expect(hashNar(node)).toEqual(
      hashNar(directory(['a', regular(Buffer.from('x'))], ['b', regular(Buffer.from('x'))])),
    );
    expect(made).toBe(2);
  });

  it.each([
    [['b', 'a'], "'a' follows 'b'"],
    [['a', 'a'], "'a' follows 'a'"],
    [['a-b', 'a b'], "'a b' follows 'a-b'"],
    [['é', 'z'], "'z' follows 'é'"],
    [['\n', '\t'], "'\\x09' follows '\\x0a'"],
    [[''], "can be named ''"],
    [['.'], "can be named '.'"],
    [['..'], "can be named '..'"],
    [['a/b'], "can be named 'a/b'"],
    [['a\0'], "can be named 'a\\x00'"],
    [['x'.repeat(256)], 'can be named'],
  ])('refuses a directory of %j', (names, message) => {
    const node = regular(Buffer.alloc(0));
    expect(() => hashNar(directory(...names.map((name) => [name, node] as const)))).toThrow(message);
  });

  it.each(['', 'a\0b', 'x'.repeat(4096), 'x'.repeat(300_000)])(
    'refuses a symlink with a target that is empty, too long or has a NUL',
    (target) => {
      expect(() => hashNar(symlink(target))).toThrow(`but is ${target.length} bytes`);
    },
  );

  it('passes on the error of a read', () => {
    const error = new Error('unreadable');
    const read = () => {
      throw error;
    };
    expect(() => hashNar(directory(['a', { type: 'regular', executable: false, size: 1, read }]))).toThrow(error);
  });
});

describe('narNodeOfPath', () => {
  it('has the hash and size that Nix registered of real store paths', () => {
    for (const path of Object.values(sampleClosure().paths)) {
      const { hash, size } = hashNar(narNodeOfPath(Buffer.from(path)));
      expect(`sha256:${encodeBase32(hash)}`).toBe(nix('nix-store', ['--query', '--hash', path]).toString().trim());
      expect(encodeBase32(hash)).toBe(nix('nix-hash', ['--type', 'sha256', '--base32', path]).toString().trim());
      expect(`${size}`).toBe(nix('nix-store', ['--query', '--size', path]).toString().trim());
    }
  });

  it('treats a file as executable if its owner may execute it, as Nix does', () => {
    const path = newPath();
    writeFileSync(path, 'x');
    for (const mode of [0o400, 0o444, 0o455, 0o500, 0o555, 0o644, 0o744, 0o4755]) {
      chmodSync(path, mode);
      expect(hashNar(narNodeOfPath(Buffer.from(path)))).toEqual(byNix(path));
    }
  });

  it('names a file that no archive can hold', async () => {
    const path = newPath();
    mkdirSync(path);
    const server = createServer().listen(join(path, 'a socket'));
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      expect(() => hashNar(narNodeOfPath(Buffer.from(path)))).toThrow(
        expect.objectContaining({
          title: 'The Nix store is damaged',
          message: expect.stringContaining(`'${path}/a socket' is neither a regular file`),
        }),
      );
    } finally {
      server.close();
    }
  });

  it('names a file that becomes shorter while it is read', () => {
    const path = newPath();
    writeFileSync(path, Buffer.alloc(600_000));
    const node = narNodeOfPath(Buffer.from(path));
    truncateSync(path, 300_000);
    expect(() => hashNar(node)).toThrow(
      `'${path}' became shorter while it was read: expected at least 524288 bytes, found 300000.`,
    );
  });

  it('does not follow a link that takes the place of a file', () => {
    const path = newPath();
    writeFileSync(path, 'x');
    const node = narNodeOfPath(Buffer.from(path));
    rmSync(path);
    symlinkSync('/etc/passwd', path);
    expect(() => hashNar(node)).toThrow('ELOOP');
  });

  it('names a path that does not exist', () => {
    expect(() => narNodeOfPath(Buffer.from(`${temporary}/none`))).toThrow(`'${temporary}/none'`);
  });
});

function trees(): fc.Arbitrary<NarNode> {
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))))
    .filter((bytes) => !['.', '..'].includes(bytes.toString('latin1')));
  const contents = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.nat({ max: 600_000 }).map((size) => Buffer.alloc(size, 'xyz')),
  );
  const { tree } = fc.letrec<{ tree: NarNode }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.tuple(contents, fc.boolean()).map(([bytes, executable]) => regular(bytes, executable)),
      name.map(symlink),
      fc
        .uniqueArray(fc.tuple(name, tie('tree')), { maxLength: 6, selector: ([bytes]) => bytes.toString('hex') })
        .map((entries) => directory(...entries.sort(([a], [b]) => Buffer.compare(a, b)))),
    ),
  }));
  return tree;
}
