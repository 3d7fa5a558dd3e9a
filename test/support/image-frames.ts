import type { FrameAccess } from '../../src/image/access.ts';
import type { Frame } from '../../src/image/frames/codec.ts';
import { FORMATS, type FormatName } from '../../src/image/frames/codecs.ts';

/** Compresses contents to a frame. */
export function compressFrame(format: FormatName, contents: Uint8Array, level: number): Buffer<ArrayBuffer> {
  const codec = FORMATS[format];
  const input = new Uint8Array(new SharedArrayBuffer(codec.leadBytes(level) + contents.length));
  input.set(contents, codec.leadBytes(level));
  return codec.compress(input, level);
}

/** A compressed file whose frames have these contents. */
export interface SampleFile extends Pick<FrameAccess, 'format' | 'size' | 'head' | 'frames' | 'tail'> {
  readonly bytes: Buffer;
}

/** Compresses each piece to a frame, and puts them together. */
export function sampleFile(format: FormatName, pieces: readonly Uint8Array[], level: number): SampleFile {
  const codec = FORMATS[format];
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const head = codec.head(size, level);
  const tail = codec.startTail();
  let offset = head.length;
  const compressed = pieces.map((piece) => {
    const bytes = compressFrame(format, piece, level);
    tail.add(bytes, piece);
    return bytes;
  });
  const frames = compressed.map((bytes, i): Frame => {
    const frame = { offset, compressedBytes: bytes.length, uncompressedBytes: pieces[i]?.length ?? 0 };
    offset += bytes.length;
    return frame;
  });
  const end = tail.end();
  return { format, size, head, frames, tail: end, bytes: Buffer.concat([head, ...compressed, end]) };
}
