import { firstDifference } from '../bytes/compare.ts';
import type { RandomAccess } from '../bytes/source.ts';
import type { Ext4Reader } from '../ext4/read/reader.ts';
import { hashNar, type NarDirectory, type NarEntry, type NarNode, type NarRegular } from '../nix/nar/nar.ts';
import { narNodeOfPath } from '../nix/nar/of-path.ts';
import { printableText } from '../text/escape.ts';
import { printable } from '../text/printable.ts';
import { narNodeOfStorePath, type StoreAttributes } from './store-paths.ts';

/** A store path whose contents in the image are not what Nix registered. */
export interface Mismatch {
  readonly name: string;
  /** The store path on this machine. */
  readonly path: string;
  readonly attributes: StoreAttributes;
}

/** What the store of this machine holds of that path now. */
export type StoreState =
  | {
      readonly kind: 'read';
      /** SHA-256 of its Nix archive. */
      readonly hash: Uint8Array;
      /** The first difference between store and image, as the end of a sentence; `undefined` if none was found. */
      readonly difference: string | undefined;
    }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** Reads a store path on this machine again, and compares it with the image. */
export function explainMismatch(reader: Ext4Reader, mismatch: Mismatch): StoreState {
  try {
    const { hash } = hashNar(narNodeOfPath(Buffer.from(mismatch.path)));
    return { kind: 'read', hash, difference: findDifference(reader, mismatch) };
  } catch (error) {
    return { kind: 'unreadable', problem: printableText(error instanceof Error ? error.message : String(error)) };
  }
}

function findDifference(reader: Ext4Reader, { name, path, attributes }: Mismatch): string | undefined {
  try {
    const store = narNodeOfPath(Buffer.from(path));
    return compareNodes(store, narNodeOfStorePath(reader, name, attributes), `/nix/store/${name}`);
  } catch {
    // The image cannot be read up to the first difference; why is already known.
    return undefined;
  }
}

/** Walks both trees at once. Returns the first difference. */
function compareNodes(store: NarNode, image: NarNode, path: string): string | undefined {
  if (store.type === 'regular' && image.type === 'regular') {
    return compareFiles(store, image, path);
  }
  if (store.type === 'directory' && image.type === 'directory') {
    return compareDirectories(store, image, path);
  }
  if (store.type === 'symlink' && image.type === 'symlink') {
    return Buffer.compare(store.target, image.target) === 0 ? undefined : `the target of ${path}`;
  }
  return `${path} is a ${store.type} in the store and a ${image.type} in the image`;
}

function compareFiles(store: NarRegular, image: NarRegular, path: string): string | undefined {
  if (store.size !== image.size) {
    return `${path} has ${store.size} bytes in the store and ${image.size} in the image`;
  }
  if (store.executable !== image.executable) {
    return `the executable bit of ${path}`;
  }
  const position = firstDifference(bytesOf(image), bytesOf(store), { offset: 0, length: store.size });
  return position === undefined ? undefined : `byte ${position} of ${path}`;
}

function bytesOf(file: NarRegular): RandomAccess {
  return { size: file.size, read: (target, position) => file.read(position, target) };
}

/** The entries of both are ascending, so the first that is in one alone is the one that sorts first. */
function compareDirectories(store: NarDirectory, image: NarDirectory, path: string): string | undefined {
  const inStore = [...store.entries()];
  const inImage = [...image.entries()];
  for (const [i, entry] of inStore.entries()) {
    const found = inImage[i];
    const order = found === undefined ? -1 : Buffer.compare(entry.name, found.name);
    if (found === undefined || order < 0) {
      return `${path}/${printable(entry.name)} is missing in the image`;
    }
    if (order > 0) {
      return `${path}/${printable(found.name)} is missing in the store`;
    }
    const below = compareNodes(nodeOf(entry), nodeOf(found), `${path}/${printable(entry.name)}`);
    if (below !== undefined) {
      return below;
    }
  }
  const extra = inImage[inStore.length];
  return extra === undefined ? undefined : `${path}/${printable(extra.name)} is missing in the store`;
}

function nodeOf({ node }: NarEntry): NarNode {
  return typeof node === 'function' ? node() : node;
}
