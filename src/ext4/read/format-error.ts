/** What a structure on disk should be and is not. */
export interface FormatFault {
  /** The structure at fault, such as `superblock` or `extent node`. */
  readonly structure: string;
  /** Where it stands: a block, an inode, a byte offset. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

const CODE = 'EXT4_FORMAT';

/** Makes the one kind of error that the reader throws about the bytes it was given. */
export function formatError(fault: FormatFault): Error & FormatFault & { readonly code: string } {
  const { structure, place, expected, found } = fault;
  const error = new Error(`ext4 ${structure} at ${place}: expected ${expected}, found ${found}`);
  return Object.assign(error, fault, { name: 'Ext4FormatError', code: CODE });
}

/** Tells an error of the reader about the bytes from one of the source or of the program. */
export function isFormatError(error: unknown): error is Error & FormatFault {
  return error instanceof Error && 'code' in error && error.code === CODE;
}

/** A number as the format's documentation writes it. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** A name from an image, quoted so that no byte of it can do harm in a log. */
export function quote(name: Uint8Array): string {
  const shown = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
  return `"${shown.replace(/[^ !#-[\]-~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}
