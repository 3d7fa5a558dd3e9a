import type { ImageTree } from './image-tree.ts';
import { imagePathOf } from './paths.ts';

/** An error that names a file of the image which is no longer what it was when the image was planned. */
export function changedError(tree: ImageTree, entry: number, how: string): Error {
  const path = imagePathOf(tree, entry);
  const remedy = isInStore(path) ? STORE_CHANGED : DIRECTORY_CHANGED;
  return Object.assign(new Error(`${path} changed while the image was built: it ${how}.`), { remedy });
}

/** An error that names a file of the image which the system does not let be read. */
export function unreadableError(tree: ImageTree, entry: number, cause: unknown): Error {
  const path = imagePathOf(tree, entry);
  const remedy = isForbidden(cause) ? FORBIDDEN : isInStore(path) ? STORE_CHANGED : DIRECTORY_CHANGED;
  return Object.assign(
    new Error(`${path} cannot be read, though it was there when the image was planned.`, { cause }),
    {
      remedy,
    },
  );
}

/** Whether the system says that this user may not do that. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

/** What to do about a store path that is not as Nix left it. */
export const STORE_CHANGED =
  'Files of the Nix store never change. Let nothing else delete or change store paths while the image is built, ' +
  'look at the disk, and have Nix repair the store: nix-store --verify --check-contents --repair.';

export const FORBIDDEN = 'Let the user of this step read it, or leave it out.';

const DIRECTORY_CHANGED = 'Let nothing else change the files of the image while it is built, and run the step again.';

function isInStore(imagePath: string): boolean {
  return imagePath.startsWith('/nix/store/');
}
