import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c, crc32cOfU32 } from '../../src/ext4/format/crc32c.ts';

const ASCENDING = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const ISCSI_READ = Buffer.from(
  '01c00000000000000000000000000000140000000000040000000014000000182800000000000000' + '0200000000000000',
  'hex',
);

/** RFC 3720, B.4, and the check value of the CRC catalogue, both with inverted initial value and result. */
const VECTORS: readonly (readonly [string, Uint8Array, number])[] = [
  ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 ascending bytes', ASCENDING, 0x46dd794e],
  ['32 descending bytes', Buffer.from(ASCENDING).reverse(), 0x113fdb5c],
  ['an iSCSI SCSI read command', ISCSI_READ, 0xd9963a56],
  ['nine digits', Buffer.from('123456789'), 0xe3069283],
  ['nothing', Buffer.alloc(0), 0],
];

describe('crc32c', () => {
  it.each(VECTORS)('of %s is the published value with inversion', (_, bytes, value) => {
    expect(~crc32c(0xffffffff, bytes) >>> 0).toBe(value);
  });

  it('is a raw update without inversion', () => {
    expect(crc32c(0, Buffer.alloc(100))).toBe(0);
    expect(crc32c(0x12345678, Buffer.alloc(0))).toBe(0x12345678);
    expect(crc32c(0, Buffer.from([0x80]))).toBe(0x82f63b78);
  });

  it('equals a bitwise computation, for every length and initial value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.uint8Array({ maxLength: 100 }), (start, bytes) => {
        expect(crc32c(start, bytes)).toBe(bitByBit(start, bytes));
      }),
    );
  });

  it('equals a bitwise computation of runs of zeros, wherever they are', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.nat({ max: 1300 }).map((length) => new Uint8Array(length)),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.array(part, { maxLength: 5 }), (start, parts) => {
        const bytes = Buffer.concat(parts);
        expect(crc32c(start, bytes)).toBe(bitByBit(start, bytes));
      }),
    );
  });

  it('can be computed in pieces, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 100 }), (bytes, cut) => {
        const first = crc32c(0xffffffff, bytes.subarray(0, cut));
        expect(crc32c(first, bytes.subarray(cut))).toBe(crc32c(0xffffffff, bytes));
      }),
    );
  });

  it('covers a number as four little-endian bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffffffff }), (start, number) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32LE(number);
        expect(crc32cOfU32(start, number)).toBe(crc32c(start, bytes));
      }),
    );
  });
});

function bitByBit(start: number, bytes: Uint8Array): number {
  let value = start;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0x82f63b78;
    }
  }
  return value >>> 0;
}
