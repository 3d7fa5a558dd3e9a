import type { Ext4Reader } from '../ext4/read/reader.ts';
import { findDatabaseFault } from '../nix/database.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { imageMismatch } from './verification-error.ts';

/** What the database of Nix in an image is compared with. */
export interface ExpectedDatabase {
  readonly closure: readonly StorePathInfo[];
  /** A directory for temporary files. */
  readonly scratch: string;
}

const DATABASE = '/nix/var/nix/db/db.sqlite';

/**
 * Checks the database of Nix in an image with SQLite: it is sound, and has a row for each store path of the closure and
 * each of its references, and no other. Throws naming what differs.
 */
export function checkDatabase(reader: Ext4Reader, { closure, scratch }: ExpectedDatabase): void {
  const inode = reader.lookup(
    DATABASE.slice(1)
      .split('/')
      .map((name) => Buffer.from(name)),
  );
  if (inode === undefined) {
    throw imageMismatch(`${DATABASE} is missing in the image.`);
  }
  const contents = reader.file(inode);
  const bytes = Buffer.alloc(contents.size);
  contents.read(0, bytes);
  const fault = findDatabaseFault(bytes, closure, scratch);
  if (fault !== undefined) {
    throw imageMismatch(`${DATABASE} in the image is not the database of the closure. ${fault}`);
  }
}
