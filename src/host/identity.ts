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
 * Compares an open file with what was scanned, of which no more than its size may be known. Returns how it differs, as the end
 * of a sentence about the file; `undefined` if it does not. To be called when it is opened, and again when it has been read:
 * it may grow in between.
 */
export function changeOf(descriptor: number, scanned: FileIdentity | Pick<FileIdentity, 'size'>): string | undefined {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    return 'is no longer a regular file';
  }
  if (stats.size !== scanned.size) {
    return `had ${scanned.size} bytes and now has ${stats.size}`;
  }
  const isSame = !('inode' in scanned) || (stats.dev === scanned.device && stats.ino === scanned.inode);
  return isSame ? undefined : 'was replaced by another file';
}
