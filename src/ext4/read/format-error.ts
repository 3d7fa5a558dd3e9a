/** What a structure must be, and what it is. */
export interface FormatFault {
  /** The structure, such as `superblock` or `extent node`. */
  readonly structure: string;
  /** Where it is: a block, an inode, a field. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** The error for bytes of a filesystem that break a rule of the format. The reader throws no other error about bytes. */
export class Ext4FormatError extends Error {
  override readonly name = 'Ext4FormatError';
  /** Identifies these errors where their class is lost, as between threads. */
  readonly code = 'EXT4_FORMAT';

  constructor({ structure, place, expected, found }: FormatFault) {
    super(`ext4 ${structure} at ${place}: expected ${expected}, found ${found}`);
  }
}

/** A number in the notation of the format's documentation. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** A name from an image, quoted and safe to print. */
export function quote(name: Uint8Array): string {
  const shown = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
  return `"${shown.replace(/[^ !#-[\]-~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}
