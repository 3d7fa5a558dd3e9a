import { createHash } from 'node:crypto';
import { type ByteRange, cutRanges, PIECE_BYTES, type RandomAccess } from '../bytes/source.ts';
import type { TaskResult } from '../threads/messages.ts';
import { type AccessDescription, withAccess } from './access.ts';
import { type ImageDescription, openImage } from './description.ts';
import { release } from './frames/buffers.ts';
import { FORMATS, type FormatName } from './frames/codecs.ts';
import { buffersOf, type FrameSlot } from './frames/slots.ts';
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
  /** Receives the bytes of the range, and their frame. It moves to the thread, and back with the result. */
  readonly slot: FrameSlot;
}

export interface CompressedRange {
  /** Bytes of the frame in the slot. */
  readonly length: number;
  readonly slot: FrameSlot;
}

/** The tasks of this module that worker threads run. */
export const imageTasks = {
  writeRange({ image, path, range }: WriteRangeInput): TaskResult<undefined> {
    using open = openImage(image);
    writeRange(open, path, range);
    return { value: undefined };
  },

  compressRange({ image, range, format, level, slot }: CompressRangeInput): TaskResult<CompressedRange> {
    using open = openImage(image);
    const lead = FORMATS[format].leadBytes(level);
    const input = slot.input.subarray(0, lead + range.length);
    open.read(input.subarray(lead), range.offset);
    const frame = FORMATS[format].compress(input, level);
    const { length } = frame;
    slot.frame.set(frame);
    release(frame);
    return { value: { length, slot }, transfer: buffersOf(slot) };
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
