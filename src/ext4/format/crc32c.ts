/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) as ext4 uses it: the caller passes the initial value, and neither
 * it nor the result is inverted (`ext2fs_crc32c_le` of e2fsprogs, `ext4_chksum` of the kernel). Eight tables process eight
 * bytes at a time.
 */

const TABLES = makeTables();

/** Extends the checksum `crc` by `bytes` and returns it as an unsigned 32-bit number. */
export function crc32c(crc: number, bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  const length = bytes.length;
  let value = crc | 0;
  let i = 0;
  for (const last = length - 7; i < last; i += 8) {
    value ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    value =
      t7[value & 0xff] ^
      t6[(value >>> 8) & 0xff] ^
      t5[(value >>> 16) & 0xff] ^
      t4[value >>> 24] ^
      t3[bytes[i + 4]] ^
      t2[bytes[i + 5]] ^
      t1[bytes[i + 6]] ^
      t0[bytes[i + 7]];
  }
  for (; i < length; i++) {
    value = (value >>> 8) ^ t0[(value ^ bytes[i]) & 0xff];
  }
  return value >>> 0;
}

/** Extends the checksum `crc` by a 32-bit little-endian number, such as an inode number or a generation. */
export function crc32cOfU32(crc: number, number: number): number {
  const [t0] = TABLES;
  let value = crc | 0;
  for (let shift = 0; shift < 32; shift += 8) {
    value = (value >>> 8) ^ t0[(value ^ (number >>> shift)) & 0xff];
  }
  return value >>> 0;
}

type Table = Int32Array<ArrayBuffer>;

function makeTables(): readonly [Table, Table, Table, Table, Table, Table, Table, Table] {
  const first = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    }
    first[byte] = value;
  }
  const next = (table: Table): Table => table.map((value) => (value >>> 8) ^ first[value & 0xff]);
  const t1 = next(first);
  const t2 = next(t1);
  const t3 = next(t2);
  const t4 = next(t3);
  const t5 = next(t4);
  const t6 = next(t5);
  return [first, t1, t2, t3, t4, t5, t6, next(t6)];
}
