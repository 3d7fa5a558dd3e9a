import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isWithin } from '../host/within.ts';
import { STORE_DIRECTORY } from './store-path.ts';

/** Linux follows as many (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Follows the links of an absolute path as Nix does, until they are in the store `directory`: a store path that is a
 * symlink stands for itself. Returns the name of the entry of the store that the path leads to or into; `undefined` if it
 * leads elsewhere. The store may be reached by links itself. Throws an error of the system if the path does not exist.
 */
export function followToStore(path: string, directory: string = STORE_DIRECTORY): string | undefined {
  const store = realpathSync(directory);
  let current = path;
  for (let links = 0; links <= MAX_LINKS; links++) {
    const stop = firstLinkOrStorePath(current, store);
    if (stop === undefined) {
      return undefined;
    }
    const rest = current.slice(stop.length + 1);
    if (dirname(stop) === store) {
      lstatSync(current);
      return stop.slice(store.length + 1);
    }
    current = resolve(dirname(stop), readlinkSync(stop), rest);
  }
  throw new Error(`more than ${MAX_LINKS} links`);
}

/** Returns the shortest leading part of `path` that is a symlink or an entry of `store`. */
function firstLinkOrStorePath(path: string, store: string): string | undefined {
  let part = '';
  for (const name of path.slice(1).split('/')) {
    part += `/${name}`;
    if (dirname(part) === store || lstatSync(part).isSymbolicLink()) {
      return part;
    }
  }
  return undefined;
}

/**
 * Follows all links of a path, those in the store too. A file of the store is named as Nix names it, below `directory`,
 * even if the store is elsewhere and `directory`, or one above it, is a link to it. Throws an error of the system if the
 * path does not exist.
 */
export function followLinks(path: Uint8Array | string, directory: string = STORE_DIRECTORY): Buffer {
  const found = realpathSync.native(typeof path === 'string' ? path : Buffer.from(path), { encoding: 'buffer' });
  const store = realStore(directory);
  return store !== undefined && isWithin(found, store)
    ? Buffer.concat([Buffer.from(directory), found.subarray(store.length)])
    : found;
}

/** `undefined` if this machine has no store. */
function realStore(directory: string): Buffer | undefined {
  try {
    return realpathSync.native(directory, { encoding: 'buffer' });
  } catch {
    return undefined;
  }
}
