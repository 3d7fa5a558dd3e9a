/**
 * Zstandard frames that can be made and read on their own, and the table by which they are found.
 *
 * Sources: RFC 8878; for the table `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Uncompressed bytes of a frame; the last one of a file may have fewer. */
export const FRAME_BYTES = 16 * 1024 * 1024;

/** zstd's own default. */
export const DEFAULT_LEVEL = 3;

/** Where a frame lies in its file, and how many bytes it holds. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/** Compresses bytes into one frame, with a checksum of its contents. */
export function compressFrame(bytes: Uint8Array, level: number): Buffer<ArrayBuffer> {
  const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
  return zstdCompressSync(bytes, { params });
}

/** Decompresses one frame and checks its length; its checksum is checked by zstd. */
export function decompressFrame(bytes: Uint8Array, frame: Frame): Buffer {
  const contents = zstdDecompressSync(bytes, { maxOutputLength: Math.max(frame.uncompressedBytes, 1) });
  if (contents.length === frame.uncompressedBytes) return contents;
  throw new Error(
    `The zstd frame at byte ${frame.offset} holds ${contents.length} bytes; its table says ${frame.uncompressedBytes}.`,
  );
}

const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;

/** Encodes the seek table: a skippable frame at the end of the file, which decompressors pass over. */
export function encodeSeekTable(frames: readonly Frame[]): Buffer {
  const table = Buffer.alloc(SKIPPABLE_HEADER_BYTES + frames.length * ENTRY_BYTES + FOOTER_BYTES);
  table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
  table.writeUInt32LE(table.length - SKIPPABLE_HEADER_BYTES, 4);
  frames.forEach((frame, i) => {
    table.writeUInt32LE(frame.compressedBytes, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES);
    table.writeUInt32LE(frame.uncompressedBytes, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES + 4);
  });
  const footer = table.length - FOOTER_BYTES;
  table.writeUInt32LE(frames.length, footer);
  // The descriptor byte stays zero: entries carry no checksum, since the frames do.
  table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
  return table;
}

/** Bytes of the seek table of a file of so many frames. */
export function seekTableBytes(frames: number): number {
  return SKIPPABLE_HEADER_BYTES + frames * ENTRY_BYTES + FOOTER_BYTES;
}

/**
 * Decodes a seek table given the last bytes of a file (all of it, or at least the table) and the file's length.
 * Throws where there is none, or where its frames do not fill the file up to the table.
 */
export function decodeSeekTable(end: Buffer, fileBytes: number): readonly Frame[] {
  const footer = end.length - FOOTER_BYTES;
  if (footer < 0 || end.readUInt32LE(footer + 5) !== SEEKABLE_MAGIC || end[footer + 4] !== 0)
    throw new Error('The file has no zstd seek table at its end.');
  const count = end.readUInt32LE(footer);
  const start = end.length - seekTableBytes(count);
  if (
    start < 0 ||
    end.readUInt32LE(start) !== SKIPPABLE_MAGIC ||
    end.readUInt32LE(start + 4) !== seekTableBytes(count) - 8
  )
    throw new Error(`The zstd seek table says ${count} frames, which does not fit its length.`);
  const frames: Frame[] = [];
  let offset = 0;
  for (let at = start + SKIPPABLE_HEADER_BYTES; at < footer; at += ENTRY_BYTES) {
    const compressedBytes = end.readUInt32LE(at);
    frames.push({ offset, compressedBytes, uncompressedBytes: end.readUInt32LE(at + 4) });
    offset += compressedBytes;
  }
  const expected = fileBytes - seekTableBytes(count);
  if (offset !== expected)
    throw new Error(`The zstd frames end at byte ${offset}; the seek table starts at ${expected}.`);
  return frames;
}
