import { createHash } from 'node:crypto';
import { type ByteRange, cutRanges, PIECE_BYTES, type RandomAccess } from '../bytes/source.ts';
import type { TaskResult } from '../threads/messages.ts';
import { type AccessDescription, withAccess } from './access.ts';
import { type ImageDescription, openImage } from './description.ts';
import { release } from './frames/buffers.ts';
import { FORMATS, type FormatName } from './frames/codecs.ts';
import { keepsContract } from './frames/zstd.ts';
import { writeRange } from './raw.ts';

export interface WriteRangeInput {
  readonly image: ImageDescription;
  readonly path: string;
  readonly range: ByteRange;
}

export interface CompressRangeInput {
  readonly image: ImageDescription;
  readonly range: ByteRange;
  readonly format: FormatName;
  readonly level: number;
  /** Memory for the zeros that the codec wants, and the range. It moves to the thread, and back with the result. */
  readonly memory: Uint8Array<ArrayBuffer>;
}

export interface CompressedRange {
  readonly frame: Uint8Array<ArrayBuffer>;
  /** With the bytes of the range. */
  readonly memory: Uint8Array<ArrayBuffer>;
}

/** The tasks of this module that worker threads run. */
export const imageTasks = {
  writeRange({ image, path, range }: WriteRangeInput): TaskResult<undefined> {
    using open = openImage(image);
    writeRange(open, path, range);
    return { value: undefined };
  },

  compressRange({ image, range, format, level, memory }: CompressRangeInput): TaskResult<CompressedRange> {
    using open = openImage(image);
    const lead = FORMATS[format].leadBytes(level);
    const input = memory.subarray(0, lead + range.length);
    open.read(input.subarray(lead), range.offset);
    const compressed = FORMATS[format].compress(input, level);
    // Compressed bytes are at the start of a buffer for the worst case.
    const frame = new Uint8Array(compressed);
    release(compressed);
    return { value: { frame, memory }, transfer: [frame.buffer, memory.buffer] };
  },

  /** Whether zstd frames of this level can be parts of one; see `keepsContract`. */
  checkZstd({ level }: { readonly level: number }): TaskResult<boolean> {
    return { value: keepsContract(level) };
  },

  /** Returns the SHA-256 of each range of a finished file. */
  hashRanges(input: {
    readonly access: AccessDescription;
    readonly ranges: readonly ByteRange[];
  }): TaskResult<readonly Uint8Array[]> {
    return { value: withAccess(input.access, (image) => input.ranges.map((range) => hashRange(image, range))) };
  },
};

export type ImageTasks = typeof imageTasks;

function hashRange(image: RandomAccess, range: ByteRange): Buffer {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (const { offset, length } of cutRanges(range.length, PIECE_BYTES)) {
    const bytes = piece.subarray(0, length);
    image.read(bytes, range.offset + offset);
    hash.update(bytes);
  }
  return hash.digest();
}
