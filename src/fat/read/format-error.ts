/** What a structure must be, and what it is. */
export interface FatFault {
  /** The structure, such as `boot sector` or `directory`. */
  readonly structure: string;
  /** Where it is: a sector, a cluster, a path. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** The error for bytes of a volume that break a rule of the format. The reader throws no other error about bytes. */
export class FatFormatError extends Error {
  override readonly name = 'FatFormatError';
  /** Identifies these errors where their class is lost, as between threads. */
  readonly code = 'FAT_FORMAT';

  constructor({ structure, place, expected, found }: FatFault) {
    super(`FAT ${structure} at ${place}: expected ${expected}, found ${found}`);
  }
}
