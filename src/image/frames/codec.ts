/** Where a frame lies in its file, and how many bytes it holds. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/**
 * A compression whose files can be put together from frames that are written, and read, independently: zstd frames
 * (RFC 8878), gzip members (RFC 1952), xz streams (the .xz file format, section 2). Any tool reads such a file.
 */
export interface FrameCodec {
  /** Added to the name of the image. */
  readonly suffix: string;
  /** Levels of the compression's own tool. */
  readonly levels: { readonly least: number; readonly most: number; readonly default: number };
  /** Uncompressed bytes of every frame of a file but the last, which can have fewer. */
  frameBytes(level: number): number;
  /** Compresses bytes into one frame with a checksum of its contents. */
  compress(bytes: Uint8Array, level: number): Buffer<ArrayBuffer>;
  /** Decompresses a frame of at most `limit` bytes and checks its checksum. */
  decompress(frame: Uint8Array, limit: number): Buffer<ArrayBuffer>;
}
