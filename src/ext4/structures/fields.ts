/** Writes the lower and the upper 16 bits of a number to two fields: ext4 splits numbers that outgrew their field. */
export function writeSplit16(target: Buffer, value: number, low: number, high: number): void {
  target.writeUInt16LE(value & 0xffff, low);
  target.writeUInt16LE(Math.floor(value / 0x10000) & 0xffff, high);
}

/** Writes the lower 32 bits and the upper bits of a number below 2^53 to two fields of 32 bits. */
export function writeSplit32(target: Buffer, value: number, low: number, high: number): void {
  target.writeUInt32LE(value % 0x100000000, low);
  target.writeUInt32LE(Math.floor(value / 0x100000000), high);
}
