/**
 * What no tool that reports and verifies the same can leave out, in a plain loop on one thread: every file of the closure is read,
 * hashed and written, compressed or not; then the result is read again, decompressed, and its contents are hashed once more. No
 * filesystem, no equal files, no check. Leaves WORK/result.
 *
 *   node floor.ts WORK CLOSURE none|zstd    CLOSURE holds the file "store-paths"
 */
import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

const [work = '', closure = '', compression = ''] = process.argv.slice(2);
const isCompressed = compression === 'zstd';
/** Contents that are hashed, compressed and written at once: as many as the action takes. */
const PIECE_BYTES = (isCompressed ? 4096 : 256) * 1024;
/** One buffer for a result of any size is faster than several to be joined. */
const SLACK = 1024 * 1024;
const result = join(work, 'result');
const written = writeAll(result, filesOf(readFileSync(join(closure, 'store-paths'), 'utf8').trim().split('\n')));
const found = readAll(result, written.lengths);
if (found.contents !== written.contents) {
  throw new Error(`the contents had the SHA-256 ${written.contents}, and have ${found.contents} now`);
}
console.log(`contents ${found.contents}, file ${found.file}`);

interface Written {
  /** SHA-256 of the contents. */
  readonly contents: string;
  /** Bytes of each piece in the file. */
  readonly lengths: readonly number[];
}

function writeAll(path: string, files: Iterable<string>): Written {
  const output = openSync(path, 'w');
  const hash = createHash('sha256');
  const lengths: number[] = [];
  for (const piece of piecesOf(files)) {
    hash.update(piece);
    lengths.push(writePiece(output, piece));
  }
  closeSync(output);
  return { contents: hash.digest('hex'), lengths };
}

function writePiece(output: number, piece: Uint8Array): number {
  if (!isCompressed) {
    return writeSync(output, piece);
  }
  const params = { [constants.ZSTD_c_compressionLevel]: 3 };
  const compressed = zstdCompressSync(piece, { params, chunkSize: piece.length + SLACK });
  const length = writeSync(output, compressed);
  compressed.buffer.transfer(0);
  return length;
}

function readAll(path: string, lengths: readonly number[]): { readonly contents: string; readonly file: string } {
  const input = openSync(path, 'r');
  const buffer = Buffer.alloc(PIECE_BYTES + SLACK);
  const contents = createHash('sha256');
  const file = createHash('sha256');
  for (const length of lengths) {
    const piece = buffer.subarray(0, length);
    readSync(input, piece, 0, length, null);
    if (isCompressed) {
      file.update(piece);
      const decompressed = zstdDecompressSync(piece, { chunkSize: PIECE_BYTES + SLACK });
      contents.update(decompressed);
      decompressed.buffer.transfer(0);
    } else {
      contents.update(piece);
    }
  }
  closeSync(input);
  const digest = contents.digest('hex');
  return { contents: digest, file: isCompressed ? file.digest('hex') : digest };
}

/** The contents of all files, one after the other, in pieces of the same size. A piece is valid until the next. */
function* piecesOf(files: Iterable<string>): Generator<Uint8Array> {
  const piece = Buffer.alloc(PIECE_BYTES);
  let filled = 0;
  for (const path of files) {
    const file = openSync(path, 'r');
    let isAtEnd = false;
    while (!isAtEnd) {
      const space = PIECE_BYTES - filled;
      const count = readSync(file, piece, filled, space, null);
      isAtEnd = count < space;
      filled += count;
      if (filled === PIECE_BYTES) {
        yield piece;
        filled = 0;
      }
    }
    closeSync(file);
  }
  yield piece.subarray(0, filled);
}

function* filesOf(paths: readonly string[]): Generator<string> {
  for (const path of paths) {
    const stats = lstatSync(path);
    if (stats.isDirectory()) {
      yield* filesBelow(path);
    } else if (stats.isFile()) {
      yield path;
    }
  }
}

function* filesBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* filesBelow(path);
    } else if (entry.isFile()) {
      yield path;
    }
  }
}
