import type { ByteRange } from '../bytes/source.ts';
import type { TaskResult } from '../threads/messages.ts';
import { type AccessDescription, withAccess } from './access.ts';
import { type ImageDescription, openImage } from './description.ts';
import { release } from './frames/buffers.ts';
import { CODECS, type CodecName } from './frames/codecs.ts';
import type { FrameSlot } from './frames/slots.ts';
import { hashRange } from './hash-range.ts';
import { writeRange } from './raw.ts';

export interface WriteRangeInput {
  readonly image: ImageDescription;
  readonly path: string;
  readonly range: ByteRange;
}

export interface CompressRangeInput {
  readonly image: ImageDescription;
  readonly range: ByteRange;
  readonly codec: CodecName;
  readonly level: number;
  /** Where the bytes of the range go, and the frame that they become. */
  readonly slot: FrameSlot;
}

/** What worker threads do for this room. */
export const imageTasks = {
  writeRange({ image, path, range }: WriteRangeInput): TaskResult<undefined> {
    const open = openImage(image);
    try {
      writeRange(open, path, range);
    } finally {
      open.close();
    }
    return { value: undefined };
  },

  /** Gives the bytes of the frame. */
  compressRange({ image, range, codec, level, slot }: CompressRangeInput): TaskResult<number> {
    const uncompressed = slot.uncompressed.subarray(0, range.length);
    const open = openImage(image);
    try {
      open.read(uncompressed, range.offset);
    } finally {
      open.close();
    }
    const frame = CODECS[codec].compress(uncompressed, level);
    const { length } = frame;
    slot.frame.set(frame);
    release(frame);
    return { value: length };
  },

  /** SHA-256 of each range of a finished file. */
  hashRanges(input: {
    readonly access: AccessDescription;
    readonly ranges: readonly ByteRange[];
  }): TaskResult<readonly Uint8Array[]> {
    return { value: withAccess(input.access, (image) => input.ranges.map((range) => hashRange(image, range))) };
  },
};

export type ImageTasks = typeof imageTasks;
