import { closeSync, linkSync, mkdirSync, openSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

/** Joins the parts of a path, which may be any bytes. */
export function joinBytes(directory: Uint8Array | string, name: Uint8Array | string): Buffer {
  return Buffer.concat([Buffer.from(directory as string), Buffer.from('/'), Buffer.from(name as string)]);
}

/** Difficult names: spaces, newlines, quotes, invalid UTF-8, the longest one. */
export const HARD_NAMES: readonly Buffer[] = [
  Buffer.from('a name with spaces'),
  Buffer.from('new\nline'),
  Buffer.from('"quoted" \\ $(and) `more`'),
  Buffer.from([0xff, 0xfe, 0x80, 0x20, 0xc3]),
  Buffer.from('...'),
  Buffer.from('.hidden'),
  Buffer.from('-rf'),
  Buffer.from('n'.repeat(255)),
  Buffer.from('日本語'),
  Buffer.from([1, 0x7f, 0x1b, 0x5b]),
];

/** Lengths of symlink targets around those at which their form changes. */
export const SYMLINK_LENGTHS = [1, 58, 59, 60, 61, 255, 4094, 4095] as const;

/** Sparse files whose extents fit in the inode, or need a tree of one or two levels. */
export const FRAGMENTED = [
  { name: 'four-extents', extents: 4 },
  { name: 'five-extents', extents: 5 },
  { name: 'one-node', extents: 340 },
  { name: 'two-nodes', extents: 341 },
  { name: 'two-levels', extents: 1500 },
] as const;

/** Fills a directory with all of these, and files of sizes around the block size. */
export function makeSourceTree(root: string): void {
  const names = `${root}/names`;
  mkdirSync(names, { recursive: true });
  for (const name of HARD_NAMES) {
    writeFileSync(joinBytes(names, name), name);
  }
  mkdirSync(joinBytes(names, 'directory with spaces'));
  writeFileSync(`${names}/directory with spaces/x`, 'x');

  mkdirSync(`${root}/links`);
  for (const length of SYMLINK_LENGTHS) {
    symlinkSync('t'.repeat(length), `${root}/links/${length}`);
  }
  symlinkSync(Buffer.from([0xff, 0x20, 0x0a]), `${root}/links/bytes`);

  mkdirSync(`${root}/sizes`);
  for (const size of [0, 1, 4095, 4096, 4097, 65536, 1_000_003]) {
    writeFileSync(`${root}/sizes/${size}`, pattern(size));
  }
  writeFileSync(`${root}/sizes/executable`, '#!', { mode: 0o755 });
  linkSync(`${root}/sizes/4097`, `${root}/sizes/hard link`);
  mkdirSync(`${root}/sizes/empty directory`);

  mkdirSync(`${root}/sparse`);
  for (const { name, extents } of FRAGMENTED) {
    makeSparse(`${root}/sparse/${name}`, extents);
  }
  writeFileSync(`${root}/sparse/only a hole`, '');
  truncateSync(`${root}/sparse/only a hole`, 100_000);
  writeFileSync(`${root}/sparse/hole at end`, pattern(5000));
  truncateSync(`${root}/sparse/hole at end`, 50_001);
}

/** Fills a directory with empty files with names of `length` bytes. */
export function makeManyFiles(directory: string, count: number, length: number): void {
  mkdirSync(directory, { recursive: true });
  for (let i = 0; i < count; i++) {
    closeSync(openSync(`${directory}/${`${i}`.padEnd(length, '-')}`, 'w'));
  }
}

/** Fills a directory with names of `length` bytes, all hard links to one empty file. */
export function makeManyNames(directory: string, count: number, length: number): void {
  makeManyFiles(directory, 1, length);
  const name = (i: number): string => `${directory}/${`${i}`.padEnd(length, '-')}`;
  for (let i = 1; i < count; i++) {
    linkSync(name(0), name(i));
  }
}

/** Writes every other block, beginning with a hole; the last block is not full. */
export function makeSparse(path: string, extents: number): void {
  const fd = openSync(path, 'w');
  for (let i = 0; i < extents; i++) {
    const length = i === extents - 1 ? 1234 : 4096;
    writeSync(fd, pattern(length, i), 0, length, (2 * i + 1) * 4096);
  }
  closeSync(fd);
}

/** Bytes that are not zero and differ between blocks. */
function pattern(length: number, seed = 0): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) {
    bytes[i] = 1 + ((i * 7 + (i >> 8) * 13 + seed * 29) % 255);
  }
  return bytes;
}
