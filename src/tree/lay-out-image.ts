import { type Child, composeTree, type Directory } from './compose.ts';
import type { ImageTree } from './image-tree.ts';
import { overlay } from './overlay.ts';
import type { PackedTree } from './packed.ts';

/** A store path as it was scanned. */
export interface ScannedStorePath {
  /** Its base name in the store. */
  readonly name: string;
  readonly path: Uint8Array;
  readonly tree: PackedTree;
}

export interface ImageContents {
  readonly storePaths: readonly ScannedStorePath[];
  /** Contents of `/nix-path-registration`. */
  readonly registration: Uint8Array;
  readonly storeGid: number;
  /** Directories laid over the root, in turn. */
  readonly rootDirectories: readonly Directory[];
}

/**
 * Puts the tree of an image together: the store, the registration, /lost+found, and what is laid over the root.
 * Throws where the latter would change the former.
 */
export function layOutImage(contents: ImageContents): ImageTree {
  const store: Directory = {
    kind: 'directory',
    // As the Nix daemon sets it: the build users' group may add to the store, and only owners remove from it.
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
      refuseReserved(upper);
      return overlay(root, upper);
    }, base),
  );
}

const REGISTRATION = Buffer.from('nix-path-registration');

/** The store is what Nix registered, and nothing else; /lost+found belongs to e2fsck. */
function refuseReserved(upper: Directory): void {
  const below = (parent: Directory | undefined, name: string): Child | undefined =>
    parent?.children.find((candidate) => Buffer.from(name).equals(candidate.name));
  const nix = below(upper, 'nix');
  const store = nix?.node.kind === 'directory' ? below(nix.node, 'store') : undefined;
  const reserved = store !== undefined ? '/nix/store' : below(upper, 'lost+found') && '/lost+found';
  if (!reserved) {
    return;
  }
  throw Object.assign(new Error(`Files laid over the image's root must not contain ${reserved}.`), {
    remedy: `Remove ${reserved} from the directory in root-files. What is to be in the store, add to store-paths.`,
  });
}

function directory(mode: number, children: readonly Child[]): Directory {
  return { kind: 'directory', mode, gid: 0, children };
}

function child(name: string, node: Directory): Child {
  return { name: Buffer.from(name), node };
}
