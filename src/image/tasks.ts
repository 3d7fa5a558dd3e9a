import type { ByteRange } from '../bytes/source.ts';
import type { TaskResult } from '../threads/tasks.ts';
import { type ImageDescription, openImage } from './description.ts';
import { CODECS, type CodecName } from './frames/frame.ts';
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
}

export interface CompressedRange {
  readonly frame: Uint8Array<ArrayBuffer>;
  /** The bytes that the frame holds, so that the main thread can hash them in order. */
  readonly uncompressed: Uint8Array<ArrayBuffer>;
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

  compressRange({ image, range, codec, level }: CompressRangeInput): TaskResult<CompressedRange> {
    const uncompressed = Buffer.allocUnsafeSlow(range.length);
    const open = openImage(image);
    try {
      open.read(uncompressed, range.offset);
    } finally {
      open.close();
    }
    const frame = CODECS[codec].compress(uncompressed, level);
    return { value: { frame, uncompressed }, transfer: [frame.buffer, uncompressed.buffer] };
  },
};

export type ImageTasks = typeof imageTasks;
