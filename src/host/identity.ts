import { fstatSync, type Stats } from 'node:fs';

/** A regular file as it was scanned: which one it is, and its size. */
export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
  /** Bytes. */
  readonly size: number;
}

/** Returns the identity of a file. */
export function identityOf({ dev, ino, size }: Stats): FileIdentity {
  return { device: dev, inode: ino, size };
}

/**
 * Compares an open file with what was scanned. Returns how it differs, as the end of a sentence about the file; `undefined`
 * if it does not. To be called when it is opened, and again when it has been read: it may grow in between.
 */
export function changeOf(descriptor: number, scanned: FileIdentity): string | undefined {
  const stats = fstatSync(descriptor);
  return differenceInSize(stats, scanned.size) ?? (isSame(stats, scanned) ? undefined : 'was replaced by another file');
}

/** As `changeOf`, for a file of which only the size is known. */
export function changeOfSize(descriptor: number, size: number): string | undefined {
  return differenceInSize(fstatSync(descriptor), size);
}

function differenceInSize(stats: Stats, size: number): string | undefined {
  if (!stats.isFile()) {
    return 'is no longer a regular file';
  }
  return stats.size === size ? undefined : `had ${size} bytes and now has ${stats.size}`;
}

function isSame({ dev, ino }: Stats, { device, inode }: FileIdentity): boolean {
  return dev === device && ino === inode;
}
