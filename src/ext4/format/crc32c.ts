/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) as ext4 uses it: the caller passes the initial value, and neither
 * it nor the result is inverted (`ext2fs_crc32c_le` of e2fsprogs, `ext4_chksum` of the kernel). Eight tables process eight
 * bytes at a time, and four process a run of zeros: most of the metadata is zeros.
 */

const TABLES = makeTables();

/** Bytes of a run of zeros. */
const RUN_BYTES = 256;
const RUN_TABLES = makeRunTables();

/** Extends the checksum `crc` by `bytes` and returns it as an unsigned 32-bit number. */
export function crc32c(crc: number, bytes: Uint8Array): number {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let value = crc | 0;
  let at = 0;
  for (; at + RUN_BYTES <= length; at += RUN_BYTES) {
    value = isRun(view, at) ? addRun(value) : add(value, view, at, at + RUN_BYTES);
  }
  return add(value, view, at, length) >>> 0;
}

function isRun(view: DataView, start: number): boolean {
  for (let at = start; at < start + RUN_BYTES; at += 8) {
    if ((view.getInt32(at, true) | view.getInt32(at + 4, true)) !== 0) {
      return false;
    }
  }
  return true;
}

/** Extends a checksum by a run of zeros, which changes each bit of it in a fixed way, whatever the others are. */
function addRun(value: number): number {
  const [t0, t1, t2, t3] = RUN_TABLES;
  return t0[value & 0xff] ^ t1[(value >>> 8) & 0xff] ^ t2[(value >>> 16) & 0xff] ^ t3[value >>> 24];
}

function add(crc: number, view: DataView, start: number, end: number): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let value = crc;
  let at = start;
  for (const last = end - 7; at < last; at += 8) {
    value ^= view.getInt32(at, true);
    const next = view.getInt32(at + 4, true);
    value =
      t7[value & 0xff] ^
      t6[(value >>> 8) & 0xff] ^
      t5[(value >>> 16) & 0xff] ^
      t4[value >>> 24] ^
      t3[next & 0xff] ^
      t2[(next >>> 8) & 0xff] ^
      t1[(next >>> 16) & 0xff] ^
      t0[next >>> 24];
  }
  for (; at < end; at++) {
    value = (value >>> 8) ^ t0[(value ^ view.getUint8(at)) & 0xff];
  }
  return value;
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

/** For each byte of a checksum, what it becomes after a run of zeros. */
function makeRunTables(): readonly [Table, Table, Table, Table] {
  const zeros = new DataView(new ArrayBuffer(RUN_BYTES));
  const tableOf = (shift: number): Table => {
    const table = new Int32Array(256);
    for (let bit = 1; bit < 256; bit *= 2) {
      const changed = add(bit << shift, zeros, 0, RUN_BYTES);
      for (let below = 0; below < bit; below++) {
        table[bit + below] = changed ^ table[below];
      }
    }
    return table;
  };
  return [tableOf(0), tableOf(8), tableOf(16), tableOf(24)];
}
