/** Writes the 16 low and 16 high bits of a number to two fields, as ext4 splits numbers that outgrew their field. */
export function writeSplit16(target: Buffer, value: number, low: number, high: number): void {
  target.writeUInt16LE(value & 0xffff, low);
  target.writeUInt16LE(Math.floor(value / 0x10000) & 0xffff, high);
}

/** Writes the 32 low and the high bits of a number below 2^53 to two 32-bit fields. */
export function writeSplit32(target: Buffer, value: number, low: number, high: number): void {
  target.writeUInt32LE(value % 0x100000000, low);
  target.writeUInt32LE(Math.floor(value / 0x100000000), high);
}
