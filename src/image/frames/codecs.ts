import type { Frame, FrameCodec } from './codec.ts';
import { gzipFrames } from './gzip.ts';
import { xzFrames } from './xz.ts';
import { zstdFrames } from './zstd.ts';

export const CODECS = { zstd: zstdFrames, gzip: gzipFrames, xz: xzFrames } as const satisfies Readonly<
  Record<string, FrameCodec>
>;

export type CodecName = keyof typeof CODECS;

/** How an image file is compressed. */
export type Compression = CodecName | 'none';

export const COMPRESSIONS: readonly Compression[] = ['zstd', 'gzip', 'xz', 'none'];

/** Name of the image file: the name of the image with the suffix of its compression. */
export function imageFileName({
  imageName,
  compression,
}: {
  readonly imageName: string;
  readonly compression: Compression;
}): string {
  return compression === 'none' ? imageName : imageName + CODECS[compression].suffix;
}

/** Decompresses one frame of a file. Throws when it is damaged, or does not have the expected length. */
export function decompressFrame(codec: CodecName, bytes: Uint8Array, frame: Frame, path: string): Buffer<ArrayBuffer> {
  const where = `The ${codec} frame at byte ${frame.offset} of ${path}`;
  let contents: Buffer<ArrayBuffer>;
  try {
    contents = CODECS[codec].decompress(bytes, frame.uncompressedBytes);
  } catch (cause) {
    throw new Error(`${where} cannot be decompressed: the file is damaged.`, { cause });
  }
  if (contents.length === frame.uncompressedBytes) {
    return contents;
  }
  throw new Error(`${where} holds ${contents.length} bytes; ${frame.uncompressedBytes} were expected.`);
}
