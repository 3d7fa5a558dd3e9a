import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { type ByteRange, cutRanges, type ImageSource, PIECE_BYTES } from '../bytes/source.ts';
import { writingTo } from './write-error.ts';

/** Creates a file of `size` bytes, all of it a hole. Errors as in `writeError`. */
export function createSparseFile(path: string, size: number): void {
  writingTo(path, () => {
    using stack = new DisposableStack();
    ftruncateSync(stack.adopt(openSync(path, 'wx'), closeSync), size);
  });
}

/** Writes a range of an image to its place in a sparse file; zeros stay holes. Errors as in `writeError`. */
export function writeRange(image: ImageSource, path: string, range: ByteRange): void {
  using stack = new DisposableStack();
  const file = stack.adopt(
    writingTo(path, () => openSync(path, 'r+')),
    closeSync,
  );
  const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, range.length));
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
}

const ZEROS = Buffer.alloc(PIECE_BYTES);

/** Writes all bytes: a single write may store fewer, as on a disk that is nearly full. Errors as in `writeError`. */
export function writeAt(file: number, path: string, bytes: Uint8Array, offset: number): void {
  const write = (): void => {
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(file, bytes, done, bytes.length - done, offset + done);
    }
  };
  writingTo(path, write, bytes.length);
}
