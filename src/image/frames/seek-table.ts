/**
 * The table of the frames of a zstd file: a skippable frame at the end of the file, which decompressors ignore.
 *
 * Source: `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFully } from '../../bytes/read-fully.ts';
import { printable } from '../../text/printable.ts';
import type { Frame } from './codec.ts';

const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;

/** Encodes the table of frames that are adjacent from the start of the file on. */
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
  // The descriptor byte stays zero: entries have no checksums, because the frames do.
  table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
  return table;
}

/** Reads the table of a finished file; errors as in `decodeSeekTable`. */
export function readSeekTable(path: string): readonly Frame[] {
  using stack = new DisposableStack();
  const file = stack.adopt(openSync(path, 'r'), closeSync);
  const { size } = fstatSync(file);
  const readEnd = (length: number): Buffer => {
    const bytes = Buffer.alloc(Math.min(length, size));
    readFully(file, bytes, size - bytes.length, printable(path));
    return bytes;
  };
  const count = decodeFooter(readEnd(FOOTER_BYTES), size);
  return decodeSeekTable(readEnd(tableBytes(count)), size);
}

function tableBytes(frames: number): number {
  return SKIPPABLE_HEADER_BYTES + frames * ENTRY_BYTES + FOOTER_BYTES;
}

/**
 * Decodes the table from the last bytes of a file, which must include all of it. `fileBytes` is the length of the file.
 * Throws an `Error` if there is no table, or if its frames do not fill the file up to the table.
 */
export function decodeSeekTable(end: Buffer, fileBytes: number): readonly Frame[] {
  const count = decodeFooter(end, end.length);
  const start = end.length - tableBytes(count);
  if (
    end.readUInt32LE(start) !== SKIPPABLE_MAGIC ||
    end.readUInt32LE(start + 4) !== tableBytes(count) - SKIPPABLE_HEADER_BYTES
  ) {
    throw wrongCount(count);
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

/** Returns the count of frames from the last bytes of a table. Throws if the table would be larger than `availableBytes`. */
function decodeFooter(end: Buffer, availableBytes: number): number {
  const footer = end.length - FOOTER_BYTES;
  if (footer < 0 || end.readUInt32LE(footer + 5) !== SEEKABLE_MAGIC || end[footer + 4] !== 0) {
    throw new Error('The file has no zstd seek table at its end.');
  }
  const count = end.readUInt32LE(footer);
  if (tableBytes(count) > availableBytes) {
    throw wrongCount(count);
  }
  return count;
}

function wrongCount(count: number): Error {
  return new Error(`The zstd seek table has a count of ${count} frames, which does not fit its length.`);
}
