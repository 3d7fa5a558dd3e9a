/** What a structure of a FAT volume should be and is not. */
export interface FatFault {
  /** The structure at fault, such as `boot sector` or `directory`. */
  readonly structure: string;
  /** Where it stands: a sector, a cluster, a path. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

const CODE = 'FAT_FORMAT';

/** Makes the one kind of error that the reader throws about the bytes it was given. */
export function fatError(fault: FatFault): Error & FatFault & { readonly code: string } {
  const { structure, place, expected, found } = fault;
  const error = new Error(`FAT ${structure} at ${place}: expected ${expected}, found ${found}`);
  return Object.assign(error, fault, { name: 'FatFormatError', code: CODE });
}

/** Tells an error of the reader about the bytes from one of the source or of the program. */
export function isFatError(error: unknown): error is Error & FatFault {
  return error instanceof Error && 'code' in error && error.code === CODE;
}
