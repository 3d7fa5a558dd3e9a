/**
 * The parts of an xz stream: a header, blocks, an index of the blocks, and a footer.
 *
 * Source: `xz-file-format.txt` of XZ Utils 1.2.1, sections 1.2 and 2 to 4.
 */
import { crc32 } from 'node:zlib';

/** The sizes of a block in the index of its stream. */
export interface BlockRecord {
  /** Bytes of the block without its padding. */
  readonly unpaddedBytes: number;
  readonly uncompressedBytes: number;
}

/** The check of each block: CRC64. */
const FLAGS = Buffer.from([0x00, 0x04]);
const CHECK_BYTES = 8;
const FOOTER_BYTES = 12;
const BOTH_SIZES = 0xc0;

/** Encodes the header of a stream. */
export function encodeStreamHeader(): Buffer {
  return Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), FLAGS, checksum(FLAGS)]);
}

/** Encodes the index and the footer of a stream. */
export function encodeStreamEnd(records: readonly BlockRecord[]): Buffer {
  const numbers = records.flatMap(({ unpaddedBytes, uncompressedBytes }) => [unpaddedBytes, uncompressedBytes]);
  const list = Buffer.from([0, ...encodeNumber(records.length), ...numbers.flatMap(encodeNumber)]);
  const padded = Buffer.concat([list, Buffer.alloc(paddingOf(list.length))]);
  const index = Buffer.concat([padded, checksum(padded)]);
  const backwardSize = Buffer.alloc(4);
  backwardSize.writeUInt32LE(index.length / 4 - 1);
  const end = Buffer.concat([backwardSize, FLAGS]);
  return Buffer.concat([index, checksum(end), end, Buffer.from('YZ')]);
}

/** Returns the blocks of a whole stream. Throws if it has no footer. */
export function blocksOf(stream: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const footer = stream.length - FOOTER_BYTES;
  if (footer < 0 || stream.toString('latin1', stream.length - 2) !== 'YZ') {
    throw new Error('The xz stream has no footer.');
  }
  const indexBytes = (stream.readUInt32LE(footer + 4) + 1) * 4;
  return stream.subarray(encodeStreamHeader().length, footer - indexBytes);
}

/**
 * Decodes the sizes of a block from its header; none for no bytes, which is what xz makes of none. Throws if the header does
 * not state the sizes, or if the block has another length.
 */
export function recordsOf(block: Uint8Array): readonly BlockRecord[] {
  if (block.length === 0) {
    return [];
  }
  const headerBytes = (block[0] + 1) * 4;
  if ((block[1] & BOTH_SIZES) !== BOTH_SIZES) {
    throw new Error('The header of the xz block does not state its sizes.');
  }
  const compressed = decodeNumber(block, 2);
  const uncompressed = decodeNumber(block, compressed.end);
  const unpaddedBytes = headerBytes + compressed.value + CHECK_BYTES;
  if (unpaddedBytes + paddingOf(unpaddedBytes) !== block.length) {
    throw new Error(`The xz block has ${block.length} bytes; its header states ${unpaddedBytes} without padding.`);
  }
  return [{ unpaddedBytes, uncompressedBytes: uncompressed.value }];
}

/** Bytes up to the next multiple of 4. */
function paddingOf(length: number): number {
  return (4 - (length % 4)) % 4;
}

function checksum(bytes: Uint8Array): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return sum;
}

/** Seven bits a byte, the lowest first; all bytes but the last have the highest bit. */
function encodeNumber(value: number): readonly number[] {
  return value < 0x80 ? [value] : [0x80 | (value % 0x80), ...encodeNumber(Math.floor(value / 0x80))];
}

function decodeNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let factor = 1;
  for (let at = start; at < bytes.length; at++) {
    value += (bytes[at] & 0x7f) * factor;
    factor *= 0x80;
    if (bytes[at] < 0x80) {
      return { value, end: at + 1 };
    }
  }
  throw new Error('The xz block ends within its header.');
}
