/**
 * The table of the frames of a zstd file: a skippable frame at the end of the file, which decompressors ignore.
 *
 * Source: `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */

const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;

/** Encodes the table of frames that are adjacent from the start of the file on, by their sizes in bytes. */
export function encodeSeekTable(frames: readonly (readonly [compressed: number, uncompressed: number])[]): Buffer {
  const table = Buffer.alloc(SKIPPABLE_HEADER_BYTES + frames.length * ENTRY_BYTES + FOOTER_BYTES);
  table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
  table.writeUInt32LE(table.length - SKIPPABLE_HEADER_BYTES, 4);
  frames.forEach(([compressed, uncompressed], i) => {
    table.writeUInt32LE(compressed, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES);
    table.writeUInt32LE(uncompressed, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES + 4);
  });
  const footer = table.length - FOOTER_BYTES;
  table.writeUInt32LE(frames.length, footer);
  // The descriptor byte stays zero: entries have no checksums, because the frames do.
  table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
  return table;
}
