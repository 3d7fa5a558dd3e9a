import type { Ext4Reader } from '../ext4/read/reader.ts';
import { findDatabaseFault } from '../nix/database.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { readWholeFile } from './store-paths.ts';
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
  const fault = findDatabaseFault(readWholeFile(reader, DATABASE), closure, scratch);
  if (fault !== undefined) {
    throw imageMismatch(`${DATABASE} in the image is not the database of the closure. ${fault}`);
  }
}
