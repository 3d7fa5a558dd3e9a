import { gzipFrames } from './gzip.ts';
import { xzFrames } from './xz.ts';
import { zstdFrames } from './zstd.ts';

/** Where a frame lies in its file, and how many bytes it holds. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/**
 * A compression whose files may be put together from pieces that are made, and read, each on its own: zstd frames
 * (RFC 8878), gzip members (RFC 1952), xz streams (the .xz file format, section 2). Any tool reads such a file.
 */
export interface FrameCodec {
  /** The level of the compression's own tool. */
  readonly defaultLevel: number;
  /** Uncompressed bytes of each frame of a file but the last, which may have fewer. */
  frameBytes(level: number): number;
  /** Compresses bytes into one frame with a checksum of its contents. */
  compress(bytes: Uint8Array, level: number): Buffer<ArrayBuffer>;
  /** Decompresses a frame of at most `limit` bytes and checks its checksum. */
  decompress(frame: Uint8Array, limit: number): Buffer<ArrayBuffer>;
}

export type CodecName = 'zstd' | 'gzip' | 'xz';

export const CODECS: Readonly<Record<CodecName, FrameCodec>> = { zstd: zstdFrames, gzip: gzipFrames, xz: xzFrames };

/** Decompresses one frame of a file. Throws where it is damaged, or has not the length that it should have. */
export function decompressFrame(codec: CodecName, bytes: Uint8Array, frame: Frame, path: string): Buffer<ArrayBuffer> {
  const where = `The ${codec} frame at byte ${frame.offset} of ${path}`;
  let contents: Buffer<ArrayBuffer>;
  try {
    contents = CODECS[codec].decompress(bytes, frame.uncompressedBytes);
  } catch (cause) {
    throw new Error(`${where} cannot be decompressed: the file is damaged.`, { cause });
  }
  if (contents.length === frame.uncompressedBytes) return contents;
  throw new Error(`${where} holds ${contents.length} bytes; ${frame.uncompressedBytes} were expected.`);
}
