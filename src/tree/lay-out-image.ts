import { inputError } from '../errors/user-error.ts';
import { DATABASE_SCHEMA } from '../nix/database.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { composeTree, type Directory, type Node } from './compose.ts';
import { directory, file, link } from './directory.ts';
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
  /** What is below /nix/var/nix; nothing if left out. */
  readonly nixState?: NixState;
  /** Directories that overlay the root, in this order. */
  readonly rootDirectories: readonly Directory[];
}

/** The state of Nix, which a device makes at its first boot if the image does not have it. */
export interface NixState {
  /** Contents of `db/db.sqlite`; `undefined` without a database. */
  readonly database: Uint8Array | undefined;
  /** The NixOS system that is generation 1 of the system profile; `undefined` without a profile. */
  readonly system: string | undefined;
}

/** That of an image whose device loads the registration. */
const NO_NIX_STATE: NixState = { database: undefined, system: undefined };

/**
 * Lays out the tree of an image: the store, the registration, the state of Nix, /lost+found, and the directories that
 * overlay the root. Throws a `UserError` if one of these would change the store, the registration or /lost+found.
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
  const base = directory({
    'lost+found': { ...directory({}), mode: 0o700 },
    nix: directory({ store, ...nixStateOf(contents.nixState) }),
    'nix-path-registration': { ...file(contents.registration), mode: 0o444 },
  });
  return composeTree(
    contents.rootDirectories.reduce<Directory>((root, upper) => {
      checkReserved(upper, contents.nixState?.database === undefined ? [] : [DATABASE_DIRECTORY]);
      return overlay(root, upper);
    }, base),
  );
}

const DATABASE_DIRECTORY = '/nix/var/nix/db';

/** What is below /nix besides the store. */
function nixStateOf({ database, system }: NixState = NO_NIX_STATE): Readonly<Record<string, Node>> {
  const state = { ...databaseOf(database), ...profilesOf(system) };
  return Object.keys(state).length === 0 ? {} : { var: directory({ nix: directory(state) }) };
}

function databaseOf(database: Uint8Array | undefined): Readonly<Record<string, Node>> {
  if (database === undefined) {
    return {};
  }
  return { db: directory({ 'db.sqlite': file(database), schema: file(Buffer.from(DATABASE_SCHEMA)) }) };
}

/** As `nix-env --profile /nix/var/nix/profiles/system --set` makes them. */
function profilesOf(system: string | undefined): Readonly<Record<string, Node>> {
  if (system === undefined) {
    return {};
  }
  return { profiles: directory({ system: link('system-1-link'), 'system-1-link': link(system) }) };
}

/** The store has exactly what Nix registered, the database as well, and /lost+found belongs to e2fsck. */
function checkReserved(upper: Directory, others: readonly string[]): void {
  for (const path of [STORE_DIRECTORY, ...others, '/lost+found']) {
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
