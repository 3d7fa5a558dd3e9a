/**
 * The parts of a zstd frame: a header, and blocks of which the last is marked.
 *
 * Source: RFC 8878, sections 3.1.1.1 and 3.1.1.2.
 */

const MAGIC = 0xfd2fb528;
/** Frame_Content_Size of 8 bytes; no Single_Segment, no checksum, no dictionary. */
const SIZED = 0xc0;
const BLOCK_HEADER_BYTES = 3;
const RLE = 1;

/** Bytes of a header without the size of the contents. */
export const UNSIZED_HEADER_BYTES = 6;

/** Encodes the header of a frame with contents of `size` bytes. */
export function encodeHeader(size: number, windowLog: number): Buffer {
  const header = Buffer.alloc(14);
  header.writeUInt32LE(MAGIC, 0);
  header[4] = SIZED;
  header[5] = (windowLog - 10) << 3;
  header.writeBigUInt64LE(BigInt(size), 6);
  return header;
}

/** Encodes a raw block of bytes as the last one of a frame. */
export function encodeLastBlock(bytes: readonly number[]): Buffer {
  return Buffer.from([1 | (bytes.length << 3), 0, 0, ...bytes]);
}

/** Marks the last of these blocks as not the last of its frame, in place. Throws if they are not whole, or it is not marked. */
export function unmarkLastBlock(blocks: Buffer): void {
  let at = 0;
  while (at + BLOCK_HEADER_BYTES <= blocks.length) {
    const header = blocks.readUIntLE(at, BLOCK_HEADER_BYTES);
    const isRle = ((header >> 1) & 3) === RLE;
    const next = at + BLOCK_HEADER_BYTES + (isRle ? 1 : header >> 3);
    if ((header & 1) === 1) {
      if (next !== blocks.length) {
        break;
      }
      blocks[at] &= 0xfe;
      return;
    }
    at = next;
  }
  throw new Error('The blocks of the zstd frame do not end where they should.');
}
