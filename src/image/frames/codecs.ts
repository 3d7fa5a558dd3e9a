import { printable } from '../../text/printable.ts';
import type { Frame, FrameCodec } from './codec.ts';
import { gzipFrames } from './gzip.ts';
import { xzFrames } from './xz.ts';
import { zstdFrames } from './zstd.ts';
import { framesApart } from './zstd-frames.ts';

/** The compressions by name. A compression is listed here and in `COMPRESSIONS`, and nowhere else. */
export const CODECS = { zstd: zstdFrames, gzip: gzipFrames, xz: xzFrames } as const satisfies Readonly<
  Record<string, FrameCodec>
>;

export type CodecName = keyof typeof CODECS;

/** How a file is made of frames: as its compression wants it or, for zstd, of frames that are apart. */
export const FORMATS = { ...CODECS, 'zstd-apart': framesApart } as const satisfies Readonly<Record<string, FrameCodec>>;

export type FormatName = keyof typeof FORMATS;

/** The compression of an image file. */
export type Compression = CodecName | 'none';

/** Values of the input compression, in the order in which messages list them. */
export const COMPRESSIONS: readonly Compression[] = ['zstd', 'gzip', 'xz', 'none'];

/** Returns the name of the image file: the name of the image with the suffix of its compression. */
export function imageFileName({
  imageName,
  compression,
}: {
  readonly imageName: string;
  readonly compression: Compression;
}): string {
  return compression === 'none' ? imageName : imageName + CODECS[compression].suffix;
}

/** Decompresses a frame of the file at `path`. Throws an error that names both if it is damaged, or has another length. */
export function decompressFrame(
  format: FormatName,
  bytes: Uint8Array,
  frame: Frame,
  path: string,
): Buffer<ArrayBuffer> {
  const where = `The ${format} frame at byte ${frame.offset} of ${printable(path)}`;
  let contents: Buffer<ArrayBuffer>;
  try {
    contents = FORMATS[format].decompress(bytes, frame.uncompressedBytes);
  } catch (cause) {
    throw new Error(`${where} cannot be decompressed to ${frame.uncompressedBytes} bytes: the file is damaged.`, {
      cause,
    });
  }
  if (contents.length === frame.uncompressedBytes) {
    return contents;
  }
  throw new Error(`${where} holds ${contents.length} bytes; ${frame.uncompressedBytes} were expected.`);
}
