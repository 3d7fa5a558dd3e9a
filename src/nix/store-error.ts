import { type UserError, userError } from '../errors/user-error.ts';

/** Remedy for a store path that changed, or cannot be read, although Nix never changes one. */
const REPAIR_STORE =
  'Make sure that no other process changes or deletes store paths while the image is built. Check the disk, and repair the ' +
  'store with `nix-store --verify --check-contents --repair`.';

/** The error for a store path of this machine whose files are not what Nix put there. The message must be safe to print. */
export function storeError({ message, cause }: { readonly message: string; readonly cause?: unknown }): UserError {
  return userError({ title: 'The Nix store is damaged', message, remedy: REPAIR_STORE, cause });
}

/**
 * The error for what the database of Nix has of a store path, where it cannot be true of any files or is not true of the
 * intact ones. The message must be safe to print.
 */
export function databaseError(message: string): UserError {
  return userError({
    title: 'The database of Nix is wrong',
    message,
    remedy:
      'Let Nix compare its database with the store: `nix-store --verify --check-contents`. If it reports nothing, delete ' +
      'the store path (`nix-store --delete`), and build or download it again.',
    code: 'DATABASE_WRONG',
  });
}
