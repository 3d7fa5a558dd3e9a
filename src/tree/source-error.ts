import { errorCode } from '../errors/error-code.ts';
import { type UserError, userError } from '../errors/user-error.ts';
import { pathOf } from '../ext4/directory/children.ts';
import { storeError } from '../nix/store-error.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import type { ImageTree } from './image-tree.ts';

/** The error for a file of this machine that changed after the image was planned. The message must be safe to print. */
export function changedError({ message, cause }: { readonly message: string; readonly cause?: unknown }): UserError {
  return userError({
    title: 'A file changed while the image was built',
    message,
    remedy: 'Make sure that no other process changes the files of the image while it is built, then re-run the job.',
    cause,
  });
}

/**
 * The error for a file of this machine that is not what was scanned any more. `name` must be safe to print; `how` continues a
 * sentence, as `changeOf` does.
 */
export function changedFileError(name: string, how: string): UserError {
  return changedError({ message: changed(name, how) });
}

/** As `changedFileError`, for a file of the image. */
export function changedEntryError(tree: ImageTree, entry: number, how: string): UserError {
  const path = pathOf(tree, entry);
  return entryError(path)({ message: changed(path, how) });
}

function changed(name: string, how: string): string {
  return `${name} changed while the image was built: it ${how}.`;
}

/** The error for a file of the image that cannot be read any more. */
export function unreadableEntryError(tree: ImageTree, entry: number, cause: unknown): UserError {
  const path = pathOf(tree, entry);
  const message = `${path} cannot be read, but existed when the image was planned.`;
  return isForbidden(cause) ? forbiddenError(message, cause) : entryError(path)({ message, cause });
}

/** The error for a file that the user of this step may not read. The message must be safe to print. */
export function forbiddenError(message: string, cause: unknown): UserError {
  return userError({
    title: 'Permission denied',
    message,
    remedy: 'Give the user of this step permission to read it, or leave it out of the image.',
    cause,
  });
}

/** Whether an error of the system says that this user may not do something. */
export function isForbidden(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'EACCES' || code === 'EPERM';
}

function entryError(imagePath: string): typeof changedError {
  return imagePath.startsWith(`${STORE_DIRECTORY}/`) ? storeError : changedError;
}
