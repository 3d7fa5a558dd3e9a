// @module-tag system
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../../src/image/access.ts';
import type { CodecName } from '../../src/image/frames/codecs.ts';
import { type WrittenImage, writeImage } from '../../src/image/write.ts';
import { buildImage, REGISTRATION, STORE_GID, withPool } from '../support/image-build.ts';
import { faultsOf } from '../support/image-check.ts';
import { mostlyZero, pattern } from '../support/image-contents.ts';
import { putOnHost } from '../support/image-host.ts';
import { listMounted } from '../support/image-kernel.ts';
import { directory, file, type SampleChild, type SampleNode, symlink } from '../support/image-sample.ts';
import { smallSample } from '../support/image-small.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { compareTrees } from '../support/tree-comparison.ts';
import { listTree, type TreeEntry } from '../support/tree-listing.ts';

const scratch = temporaryDirectory();

/** Store paths of every kind; some files are larger than the ranges of several tasks. */
const STORE: Readonly<Record<string, SampleNode>> = {
  'directory-of-all': smallSample().root,
  'large-files': directory([
    ['large', file(pattern(36 * 1024 ** 2 + 13, 2))],
    ['same', file(pattern(5 * 1024 ** 2, 5))],
    ['zeros', file(mostlyZero(20 * 1024 ** 2, new Map([[10 * 1024 ** 2 + 5, Buffer.from('mark')]])))],
  ]),
  'same-again': directory([['same', file(pattern(5 * 1024 ** 2, 5))]]),
  'a-file': file('just a file', { mode: 0o555 }),
  'a-symlink': symlink('a-file'),
};
const storePaths = Object.keys(STORE).map((name) => join(scratch, 'store', name));
const rootFiles = [join(scratch, 'root')];

let sha256 = '';
beforeAll(async () => {
  mkdirSync(join(scratch, 'store'));
  for (const [name, node] of Object.entries(STORE)) {
    putOnHost(node, join(scratch, 'store', name), { readable: true });
  }
  const boot: readonly SampleChild[] = [
    ['extlinux.conf', file('LABEL', { mode: 0o640 })],
    ['link', symlink('../etc')],
  ];
  putOnHost(directory([['boot', directory(boot, { mode: 0o711 })]], { mode: 0o700 }), rootFiles[0]);
  const raw = await write('reference.img', 2, 'none');
  sha256 = hashOf(raw.path);
});

interface Written extends WrittenImage {
  readonly path: string;
  readonly size: number;
  readonly progress: readonly number[];
}

async function write(name: string, threads: number, compression: 'none' | CodecName, level?: number): Promise<Written> {
  return withPool(threads, async (pool) => {
    const { description, size } = await buildImage(pool, { storePaths, rootFiles, freeSpace: 1 << 20 });
    const path = join(scratch, name);
    const progress: number[] = [];
    const written = await writeImage(pool, description, { path, compression, level }, (done) => progress.push(done));
    return { ...written, path, size, progress };
  });
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('the image of store paths', () => {
  it('passes e2fsck, and the kernel finds in it exactly the files of these paths', async () => {
    const path = join(scratch, 'reference.img');
    expect(await faultsOf(path)).toEqual([]);
    const found = await listMounted(path);
    const at = (prefix: string): readonly TreeEntry[] =>
      found.filter((entry) => entry.path.toString('latin1').startsWith(prefix));
    for (const [i, name] of Object.keys(STORE).entries()) {
      const entries = at(`nix/store/${name}`)
        .filter((entry) => [undefined, '/'].includes(entry.path.toString('latin1')[`nix/store/${name}`.length]))
        .map((entry) => ({ ...entry, path: entry.path.subarray(`nix/store/${name}/`.length) }));
      const expected = listTree(storePaths[i]).map((entry) => ({ ...entry, ...inStore(entry) }));
      // Another test checks which files share an inode.
      const ignore = ['directorySize', 'inode', 'links', 'hardLinks'] as const;
      expect(compareTrees(expected, entries, { ignore })).toEqual([]);
    }
    const plain = found.map(({ path: name, mode, uid, gid, mtime }) => [
      name.toString(),
      mode.toString(8),
      uid,
      gid,
      mtime,
    ]);
    expect(plain).toContainEqual(['nix/store', '1775', 0, STORE_GID, SECOND]);
    expect(plain).toContainEqual(['nix-path-registration', '444', 0, 0, SECOND]);
    expect(plain).toContainEqual(['boot', '711', 0, 0, SECOND]);
    expect(plain).toContainEqual(['boot/extlinux.conf', '640', 0, 0, SECOND]);
    expect(plain).toContainEqual(['', '755', 0, 0, SECOND]);
    const registration = found.find((entry) => entry.path.toString() === 'nix-path-registration');
    expect(registration?.sha256).toBe(createHash('sha256').update(REGISTRATION).digest('hex'));
  });

  it('stores equal files of different store paths once', async () => {
    const found = await listMounted(join(scratch, 'reference.img'), { contents: false });
    const same = found.filter((entry) => entry.path.toString().endsWith('/same'));
    expect(same.map(({ links }) => links)).toEqual([2, 2]);
    expect(new Set(same.map(({ inode }) => inode)).size).toBe(1);
  });

  it.each([1, 3, 8])('is the same, byte for byte, with %i threads', async (threads) => {
    const { path, size, progress, access, record } = await write(`${threads}.img`, threads, 'none');
    expect(hashOf(path)).toBe(sha256);
    expect(record).toEqual({ kind: 'read-back', sha256: expect.any(Promise) });
    expect(record.kind === 'read-back' && (await record.sha256).toString('hex')).toBe(sha256);
    expect(access).toEqual({ kind: 'raw', path, size });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(size);
    expect(statSync(path).size).toBe(size);
    // The journal and the zeros of files are holes.
    expect(statSync(path).blocks * 512).toBeLessThan(size - 30 * 1024 ** 2);
  });

  it.each([1, 2, 3, 8])('is the same zstd file with %i threads', async (threads) => {
    const { path, uncompressedSha256, record, size, progress } = await write(`${threads}.img.zst`, threads, 'zstd');
    expect(uncompressedSha256?.toString('hex')).toBe(sha256);
    expect(record).toEqual({ kind: 'in-order', crc32: crc32(readFileSync(path)) });
    expect(progress.at(-1)).toBe(size);
    expect(hashOf(path)).toBe(hashOf(await firstOf('zstd')));
  });

  it.each<readonly [CodecName, number | undefined, number]>([
    ['zstd', undefined, 4],
    ['zstd', 9, 16],
    ['gzip', 1, 2],
    ['xz', 0, 16],
  ])('is decompressed by the tool from frames of %s, level %s, of %i MiB', async (codec, level, mebibytes) => {
    const { path, size, access, uncompressedSha256 } = await write(`${codec}-${level}.frames`, 2, codec, level);
    expect(uncompressedSha256?.toString('hex')).toBe(sha256);
    await runTool(codec, ['--test', '--quiet'], { stdin: { file: path } });
    const options = { stdin: { file: path }, outputLimit: 2 * size };
    const { stdout } = await runTool(codec, ['--decompress', '--stdout'], options);
    expect(createHash('sha256').update(stdout).digest('hex')).toBe(sha256);
    // Frame by frame it is the same, and all frames but the last have the same size.
    if (access.kind !== 'frames') {
      throw new Error('no frames');
    }
    expect(access.frames.map((frame) => frame.uncompressedBytes).slice(0, -1)).toEqual(
      Array.from({ length: Math.ceil(size / (mebibytes * 2 ** 20)) - 1 }, () => mebibytes * 2 ** 20),
    );
    using opened = openAccess(access);
    const bytes = Buffer.alloc(size);
    opened.read(bytes, 0);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it.each(['none', 'zstd'] as const)('never overwrites an existing file (%s)', async (compression) => {
    const path = join(scratch, `taken-${compression}`);
    writeFileSync(path, 'mine');
    await expect(write(`taken-${compression}`, 1, compression)).rejects.toThrow(path);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  async function firstOf(codec: CodecName): Promise<string> {
    const path = join(scratch, `first.${codec}`);
    if (!existsSync(path)) {
      await write(`first.${codec}`, 2, codec);
    }
    return path;
  }
});

const SECOND = 1_000_000_000n;

/** How an entry of this machine is stored in the store of an image. */
function inStore(entry: TreeEntry): Pick<TreeEntry, 'mode' | 'uid' | 'gid' | 'mtime' | 'atime' | 'ctime'> {
  const executable = entry.type === 'directory' || (entry.mode & 0o100) !== 0;
  const mode = entry.type === 'symlink' ? 0o777 : executable ? 0o555 : 0o444;
  return { mode, uid: 0, gid: STORE_GID, mtime: SECOND, atime: SECOND, ctime: SECOND };
}
