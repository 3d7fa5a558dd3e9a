import type { Ext4Reader } from '../ext4/read/reader.ts';
import { formatSha256 } from '../nix/hash.ts';
import { hashNar, type NarDirectory, type NarEntry, type NarNode, type NarRegular } from '../nix/nar.ts';
import { narNodeOfPath } from '../nix/nar-of-path.ts';
import { printable } from '../text/printable.ts';
import { narNodeOfStorePath, type StoreAttributes } from './store.ts';

/** A store path whose contents in the image are not what Nix registered. */
export interface Mismatch {
  readonly name: string;
  /** The store path on this machine. */
  readonly path: string;
  /** The hash that Nix registered. */
  readonly registered: Uint8Array;
  readonly attributes: StoreAttributes;
}

/** Who is to blame for a mismatch, in a sentence, and what to do. */
export interface Verdict {
  readonly atFault: 'store' | 'image';
  readonly sentence: string;
  /** `undefined` for what is to be done about a damaged image. */
  readonly remedy: string | undefined;
}

/**
 * Finds out whether the store or the image is at fault, and which file. The store is, where its own contents no longer
 * have the registered hash; the image is, where they do.
 */
export function explainMismatch(reader: Ext4Reader, mismatch: Mismatch): Verdict {
  const store = hashOfStore(mismatch);
  if (store.hash?.equals(mismatch.registered) === true) {
    const sentence = 'The image is at fault: the store has the registered contents.';
    return { atFault: 'image', sentence: sentence + describeDifference(reader, mismatch), remedy: undefined };
  }
  const found =
    store.hash === undefined
      ? `It cannot be read in full: ${store.problem}.`
      : `It has the hash ${formatSha256(store.hash)} there.`;
  return {
    atFault: 'store',
    sentence: `The store of this machine is at fault: its contents are not what Nix registered. ${found}${describeDifference(reader, mismatch)}`,
    remedy:
      `Repair it (nix-store --repair-path ${mismatch.path}), or delete the path and let Nix fetch or build it again. ` +
      'Then look at the disk and the memory of this machine.',
  };
}

function hashOfStore({ path }: Mismatch): { readonly hash?: Buffer; readonly problem?: string } {
  try {
    return { hash: hashNar(narNodeOfPath(Buffer.from(path))).hash };
  } catch (error) {
    return { problem: printable(error instanceof Error ? error.message : String(error)) };
  }
}

function describeDifference(reader: Ext4Reader, { name, path, attributes }: Mismatch): string {
  try {
    const found = firstDifference(
      narNodeOfPath(Buffer.from(path)),
      narNodeOfStorePath(reader, name, attributes),
      `/nix/store/${name}`,
    );
    return found === undefined ? '' : ` First difference between store and image: ${found}.`;
  } catch {
    return '';
  }
}

/** Walks both trees at once; says where they first differ and how. */
function firstDifference(store: NarNode, image: NarNode, path: string): string | undefined {
  if (store.type === 'regular' && image.type === 'regular') {
    return differentFile(store, image, path);
  }
  if (store.type === 'directory' && image.type === 'directory') {
    return differentDirectory(store, image, path);
  }
  if (store.type === 'symlink' && image.type === 'symlink') {
    return Buffer.compare(store.target, image.target) === 0 ? undefined : `the target of ${path}`;
  }
  return `${path} is a ${store.type} in the store and a ${image.type} in the image`;
}

function differentFile(store: NarRegular, image: NarRegular, path: string): string | undefined {
  if (store.size !== image.size) {
    return `${path} has ${store.size} bytes in the store and ${image.size} in the image`;
  }
  if (store.executable !== image.executable) {
    return `the executable bit of ${path}`;
  }
  const a = Buffer.alloc(PIECE_BYTES);
  const b = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; position < store.size; position += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, store.size - position);
    store.read(position, a.subarray(0, length));
    image.read(position, b.subarray(0, length));
    if (a.compare(b, 0, length, 0, length) === 0) {
      continue;
    }
    const at = a.subarray(0, length).findIndex((byte, i) => byte !== b[i]);
    return `byte ${position + at} of ${path}`;
  }
  return undefined;
}

const PIECE_BYTES = 64 * 1024;

function differentDirectory(store: NarDirectory, image: NarDirectory, path: string): string | undefined {
  const inStore = [...store.entries()];
  const inImage = [...image.entries()];
  for (let i = 0; i < Math.max(inStore.length, inImage.length); i++) {
    const order = compareEntries(inStore[i], inImage[i]);
    if (order < 0) {
      return `${path}/${printable(inStore[i].name)} is missing in the image`;
    }
    if (order > 0) {
      return `${path}/${printable(inImage[i].name)} is missing in the store`;
    }
    const below = firstDifference(nodeOf(inStore[i]), nodeOf(inImage[i]), `${path}/${printable(inStore[i].name)}`);
    if (below !== undefined) {
      return below;
    }
  }
  return undefined;
}

function compareEntries(store: NarEntry | undefined, image: NarEntry | undefined): number {
  if (store === undefined) {
    return 1;
  }
  return image === undefined ? -1 : Buffer.compare(store.name, image.name);
}

function nodeOf({ node }: NarEntry): NarNode {
  return typeof node === 'function' ? node() : node;
}
