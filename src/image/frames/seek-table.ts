/**
 * The table by which the frames of a zstd file are found: a skippable frame at the end of the file, which decompressors
 * pass over.
 *
 * Source: `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Frame } from './codec.ts';

const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;

/** Encodes the table of frames that follow one another from the start of the file. */
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

/** Reads the table of a finished file; errors as in `decodeSeekTable`. */
export function readSeekTable(path: string): readonly Frame[] {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const count = decodeFooter(readEnd(file, size, FOOTER_BYTES), size);
    return decodeSeekTable(readEnd(file, size, tableBytes(count)), size);
  } finally {
    closeSync(file);
  }
}

function readEnd(file: number, size: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.min(length, size));
  readSync(file, bytes, 0, bytes.length, size - bytes.length);
  return bytes;
}

function tableBytes(frames: number): number {
  return SKIPPABLE_HEADER_BYTES + frames * ENTRY_BYTES + FOOTER_BYTES;
}

/**
 * Decodes a table given the last bytes of a file, at least all of the table, and the file's length.
 * Throws where there is none, or where its frames do not fill the file up to the table.
 */
export function decodeSeekTable(end: Buffer, fileBytes: number): readonly Frame[] {
  const count = decodeFooter(end, end.length);
  const start = end.length - tableBytes(count);
  if (end.readUInt32LE(start) !== SKIPPABLE_MAGIC || end.readUInt32LE(start + 4) !== tableBytes(count) - 8) {
    throw misfit(count);
  }
  const frames: Frame[] = [];
  let offset = 0;
  for (let at = start + SKIPPABLE_HEADER_BYTES; at < end.length - FOOTER_BYTES; at += ENTRY_BYTES) {
    const compressedBytes = end.readUInt32LE(at);
    frames.push({ offset, compressedBytes, uncompressedBytes: end.readUInt32LE(at + 4) });
    offset += compressedBytes;
  }
  const expected = fileBytes - tableBytes(count);
  if (offset !== expected) {
    throw new Error(`The zstd frames end at byte ${offset}; the seek table starts at ${expected}.`);
  }
  return frames;
}

/** How many frames a table has, given the last bytes of it and how many bytes there are for it at most. */
function decodeFooter(end: Buffer, availableBytes: number): number {
  const footer = end.length - FOOTER_BYTES;
  if (footer < 0 || end.readUInt32LE(footer + 5) !== SEEKABLE_MAGIC || end[footer + 4] !== 0) {
    throw new Error('The file has no zstd seek table at its end.');
  }
  const count = end.readUInt32LE(footer);
  if (tableBytes(count) > availableBytes) {
    throw misfit(count);
  }
  return count;
}

function misfit(count: number): Error {
  return new Error(`The zstd seek table says ${count} frames, which does not fit its length.`);
}
