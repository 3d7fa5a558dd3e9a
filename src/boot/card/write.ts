import { once } from 'node:events';
import { closeSync, createReadStream, ftruncateSync, openSync, readSync, statSync } from 'node:fs';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { isZero } from '../../bytes/zero.ts';
import { inputError, type UserError, userError } from '../../errors/user-error.ts';
import { writeAt } from '../../image/raw.ts';
import { writingTo } from '../../image/write-error.ts';
import { startProgram } from '../../process/start.ts';
import { quote } from '../../text/escape.ts';
import { writeSize } from '../../text/size.ts';

/** Bytes at the start of a file by which its compression is known, the frames that zstd skips among them. */
const MAGIC = {
  zstd: /^(28b52ffd|5[0-9a-f]2a4d18)/,
  gzip: /^1f8b/,
  xz: /^fd377a585a00/,
} as const;

export type ImageCompression = keyof typeof MAGIC | 'none';

/** How a card is written from an image. */
export interface CardOptions {
  /** Bytes of the card. */
  readonly size: number;
  readonly signal: AbortSignal;
  /** Called with the bytes of the image's file that are read. */
  readonly onProgress: (done: number, total: number) => void;
}

/** The compression of an image, by its first bytes. */
export function compressionOf(image: string): ImageCompression {
  using stack = new DisposableStack();
  const file = stack.adopt(openSync(image, 'r'), closeSync);
  const start = Buffer.alloc(6);
  readSync(file, start);
  const hex = start.toString('hex');
  return (['zstd', 'gzip', 'xz'] as const).find((name) => MAGIC[name].test(hex)) ?? 'none';
}

/**
 * Writes an image, which is unpacked on the way, to a new sparse file in the size of a card. Returns the size of the image.
 *
 * Throws a `UserError` if the image is damaged or larger than the card, and errors as in `writeError`.
 */
export async function writeCard(image: string, card: string, options: CardOptions): Promise<number> {
  const { size, signal, onProgress } = options;
  using stack = new DisposableStack();
  const file = stack.adopt(
    writingTo(card, () => openSync(card, 'w')),
    closeSync,
  );
  const total = statSync(image).size;
  let offset = 0;
  for await (const piece of unpacked(image, (done) => onProgress(done, total))) {
    signal.throwIfAborted();
    if (offset + piece.length > size) {
      throw tooLarge(image, size);
    }
    writeSparse(file, card, piece, offset);
    offset += piece.length;
  }
  if (offset === 0) {
    throw userError({
      title: 'The image is empty',
      message: `${quote(image)} has no contents.`,
      remedy: 'Set the input image to the file of an image.',
    });
  }
  writingTo(card, () => ftruncateSync(file, size));
  return offset;
}

const PIECE_BYTES = 128 * 1024;
const BLOCK_BYTES = 4096;

/** Writes what is not zero, in whole blocks of the file. */
function writeSparse(file: number, path: string, bytes: Buffer, offset: number): void {
  let start = 0;
  while (start < bytes.length) {
    const end = Math.min(bytes.length, start + BLOCK_BYTES - ((offset + start) % BLOCK_BYTES));
    let last = end;
    if (isZero(bytes.subarray(start, end))) {
      start = end;
      continue;
    }
    while (last < bytes.length && !isZero(bytes.subarray(last, Math.min(bytes.length, last + BLOCK_BYTES)))) {
      last = Math.min(bytes.length, last + BLOCK_BYTES);
    }
    writeAt(file, path, bytes.subarray(start, last), offset + start);
    start = last;
  }
}

/** The contents of an image. `onRead` is called with how many bytes of the file were read. */
async function* unpacked(image: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const compression = compressionOf(image);
  if (compression === 'xz') {
    yield* unpackedByXz(image);
    return;
  }
  if (compression === 'none') {
    let read = 0;
    for await (const piece of createReadStream(image, { highWaterMark: PIECE_BYTES })) {
      read += piece.length;
      onRead(read);
      yield piece;
    }
    return;
  }
  const { size } = statSync(image);
  const create = compression === 'zstd' ? createZstdDecompress : createGunzip;
  // Node ends at the end of a frame of zstd unless that is the end of a piece of its output: then it must begin again.
  for (let position = 0; position < size; onRead(position)) {
    const source = createReadStream(image, { start: position, highWaterMark: READ_BYTES });
    const unpacker = create({ chunkSize: PIECE_BYTES });
    source.on('error', (error) => unpacker.destroy(error));
    try {
      yield* source.pipe(unpacker);
    } catch (cause) {
      throw damaged(image, compression, cause);
    } finally {
      source.destroy();
    }
    if (unpacker.bytesWritten === 0) {
      throw damaged(image, compression, new Error(`Nothing can be read from byte ${position} on.`));
    }
    position += unpacker.bytesWritten;
  }
}

/** Small, since what is after the end of a frame is read twice. */
const READ_BYTES = 128 * 1024;

/** By its program: Node has no LZMA. */
async function* unpackedByXz(image: string): AsyncGenerator<Buffer> {
  const xz = startProgram('xz', ['--decompress', '--stdout', '--', image]);
  const ended = once(xz, 'close');
  let problem = '';
  xz.stderr.setEncoding('utf8').on('data', (text) => {
    problem += text;
  });
  try {
    yield* xz.stdout;
    await ended;
  } finally {
    xz.kill('SIGKILL');
  }
  if (xz.exitCode !== 0) {
    throw damaged(image, 'xz', new Error(`xz ended with exit code ${xz.exitCode}: ${quote(problem.trim())}`));
  }
}

function damaged(image: string, compression: string, cause: unknown): UserError {
  return userError({
    title: 'The image cannot be unpacked',
    message: `${quote(image)} is not a whole ${compression} file.`,
    remedy: 'Check that the image was downloaded whole: compare it with SHA256SUMS. Then re-run the job.',
    cause,
  });
}

function tooLarge(image: string, size: number): UserError {
  return inputError({
    input: 'card-size',
    message: `The image ${quote(image)} has more than ${writeSize(size)}, the size of the card.`,
    remedy: 'Set card-size to at least the size of the unpacked image.',
  });
}
