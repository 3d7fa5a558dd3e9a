import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { type ByteRange, cutRanges, type ImageSource } from '../bytes/source.ts';
import { writingTo } from './write-error.ts';

/** Bytes written at a time: between 128 and 512 KiB the page cache is fastest. */
const PIECE_BYTES = 256 * 1024;

/** Makes a new file of `size` bytes, all of it a hole. Errors as in `writeError`. */
export function createSparseFile(path: string, size: number): void {
  writingTo(path, () => {
    const file = openSync(path, 'wx');
    try {
      ftruncateSync(file, size);
    } finally {
      closeSync(file);
    }
  });
}

/** Writes one range of an image to its place in a sparse file; what is zero stays a hole. Errors as in `writeError`. */
export function writeRange(image: ImageSource, path: string, range: ByteRange): void {
  const file = writingTo(path, () => openSync(path, 'r+'));
  const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, range.length));
  try {
    for (const data of image.dataRanges(range)) {
      for (const piece of cutRanges(data.length, PIECE_BYTES)) {
        const bytes = buffer.subarray(0, piece.length);
        const offset = data.offset + piece.offset;
        image.read(bytes, offset);
        if (!bytes.equals(ZEROS.subarray(0, bytes.length))) {
          writeAt(file, path, bytes, offset);
        }
      }
    }
  } finally {
    closeSync(file);
  }
}

const ZEROS = Buffer.alloc(PIECE_BYTES);

/** Writes all bytes: a single write may store fewer, as on a disk that is filling up. Errors as in `writeError`. */
export function writeAt(file: number, path: string, bytes: Uint8Array, offset: number): void {
  writingTo(path, () => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(file, bytes, done, bytes.length - done, offset + done);
    }
  });
}
