import { inputError } from '../errors/user-error.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { type Child, composeTree, type Directory } from './compose.ts';
import type { ImageTree } from './image-tree.ts';
import { overlay } from './overlay.ts';
import type { PackedTree } from './packed.ts';

/** A scanned store path. */
export interface ScannedStorePath {
  /** Its base name in the store. */
  readonly name: string;
  readonly path: Uint8Array;
  readonly tree: PackedTree;
  /** Size of its Nix archive in bytes. */
  readonly narSize: number;
}

export interface ImageContents {
  readonly storePaths: readonly Omit<ScannedStorePath, 'narSize'>[];
  /** Contents of `/nix-path-registration`. */
  readonly registration: Uint8Array;
  readonly storeGid: number;
  /** Directories that overlay the root, in this order. */
  readonly rootDirectories: readonly Directory[];
}

/**
 * Lays out the tree of an image: the store, the registration, /lost+found, and the directories that overlay the root.
 * Throws a `UserError` if one of these would change the store, the registration or /lost+found.
 */
export function layOutImage(contents: ImageContents): ImageTree {
  const store: Directory = {
    kind: 'directory',
    // As the Nix daemon sets it: the build users' group may add to the store, and only owners may remove from it.
    mode: 0o1775,
    gid: contents.storeGid,
    children: contents.storePaths.map(({ name, path, tree }) => ({
      name: Buffer.from(name),
      node: { kind: 'graft', gid: contents.storeGid, tree, path },
    })),
  };
  const base = directory(0o755, [
    child('lost+found', directory(0o700, [])),
    child('nix', directory(0o755, [child('store', store)])),
    { name: REGISTRATION, node: { kind: 'generated', mode: 0o444, gid: 0, contents: contents.registration } },
  ]);
  return composeTree(
    contents.rootDirectories.reduce<Directory>((root, upper) => {
      checkReserved(upper);
      return overlay(root, upper);
    }, base),
  );
}

const REGISTRATION = Buffer.from('nix-path-registration');

/** The store has exactly what Nix registered, and /lost+found belongs to e2fsck. */
function checkReserved(upper: Directory): void {
  for (const path of [STORE_DIRECTORY, '/lost+found']) {
    if (hasPath(upper, path.split('/').slice(1))) {
      throw inputError({
        input: 'root-files',
        message: `Files for the root of the image must not contain ${path}.`,
        remedy: `Remove ${path} from the directories in root-files. To add to the store, use store-paths.`,
      });
    }
  }
}

function hasPath(directory: Directory, [name, ...below]: readonly string[]): boolean {
  const node = directory.children.find((child) => Buffer.from(name).equals(child.name))?.node;
  if (node === undefined || below.length === 0) {
    return node !== undefined;
  }
  return node.kind === 'directory' && hasPath(node, below);
}

function directory(mode: number, children: readonly Child[]): Directory {
  return { kind: 'directory', mode, gid: 0, children };
}

function child(name: string, node: Directory): Child {
  return { name: Buffer.from(name), node };
}
