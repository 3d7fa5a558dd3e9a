/** The place of a frame in its file, and the size of its contents. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/**
 * A compression whose files are made of frames: ranges of an image, compressed so that each is decompressed by itself. In the
 * file they are parts of one zstd frame, gzip member or xz stream, between a head and a tail. Any tool decompresses it.
 */
export interface FrameCodec {
  /** Follows the name of the image, such as `.zst`. */
  readonly suffix: string;
  /** Levels of the compression's own tool. */
  readonly levels: { readonly least: number; readonly most: number; readonly default: number };
  /** Uncompressed bytes of each frame of a file; the last one may have fewer. */
  frameBytes(level: number): number;
  /** Zeros that `compress` wants before the contents of a frame. */
  leadBytes(level: number): number;
  /** The bytes of a file before its first frame. `size` is that of all contents. */
  head(size: number, level: number): Buffer;
  /** Compresses contents to a frame. `input` is `leadBytes` zeros and the contents. */
  compress(input: Uint8Array, level: number): Buffer<ArrayBuffer>;
  /**
   * Decompresses a frame that should hold `size` bytes. Throws if it is damaged, needs what is before it in the file, or holds
   * more. It may also throw if it holds fewer.
   */
  decompress(frame: Uint8Array, size: number): Buffer<ArrayBuffer>;
  /** Starts the tail of a file. */
  startTail(): FileTail;
}

/** The end of a file, which depends on all frames. */
export interface FileTail {
  /** Takes the next frame. */
  add(frame: Uint8Array, contents: Uint8Array): void;
  /** The bytes of the file after its last frame. */
  end(): Buffer;
}

/** Takes off the byte that a decompressor found after the contents, which shows that more can follow a frame. */
export function withoutSentinel(found: Buffer<ArrayBuffer>, sentinel: number): Buffer<ArrayBuffer> {
  if (found.at(-1) !== sentinel) {
    throw new Error('Nothing can follow the frame.');
  }
  return found.subarray(0, -1);
}
