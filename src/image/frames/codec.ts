/** The place of a frame in its file, and the size of its contents. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/**
 * A compression with files that are sequences of independent frames: zstd frames (RFC 8878), gzip members (RFC 1952), xz
 * streams (the .xz file format, section 2). Any tool decompresses such a file.
 */
export interface FrameCodec {
  /** Follows the name of the image, such as `.zst`. */
  readonly suffix: string;
  /** Levels of the compression's own tool. */
  readonly levels: { readonly least: number; readonly most: number; readonly default: number };
  /** Uncompressed bytes of each frame of a file; the last one may have fewer. */
  frameBytes(level: number): number;
  /** Compresses bytes to one frame with a checksum of its contents. */
  compress(bytes: Uint8Array, level: number): Buffer<ArrayBuffer>;
  /** Decompresses a frame of at most `limit` bytes and verifies its checksum. */
  decompress(frame: Uint8Array, limit: number): Buffer<ArrayBuffer>;
}
