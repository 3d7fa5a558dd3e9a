import { type UserError, userError } from '../errors/user-error.ts';

/** Remedy for a store path that changed, or cannot be read, although Nix never changes one. */
const REPAIR_STORE =
  'Make sure that no other process changes or deletes store paths while the image is built. Check the disk, and repair the ' +
  'store with `nix-store --verify --check-contents --repair`.';

/** The error for a store path of this machine whose files are not what Nix put there. The message must be safe to print. */
export function storeError({ message, cause }: { readonly message: string; readonly cause?: unknown }): UserError {
  return userError({ title: 'The Nix store is damaged', message, remedy: REPAIR_STORE, cause });
}
