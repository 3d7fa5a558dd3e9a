import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type UserError, userError } from '../../errors/user-error.ts';
import { formatSha256 } from '../../nix/hash.ts';
import { hashNar } from '../../nix/nar/nar.ts';
import { narNodeOfPath } from '../../nix/nar/of-path.ts';
import { parseRegistration, type StorePathInfo } from '../../nix/registration.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { copyOut, type Ext4Place } from './debugfs.ts';
import type { Volume } from './volume.ts';

/**
 * The store paths that an image registers for `nix-store --load-db`; none for an image without a registration, or with one
 * that is no list of store paths.
 */
export async function readRegistered(root: Volume): Promise<readonly StorePathInfo[]> {
  const registration = await root.read('/nix-path-registration');
  try {
    return registration === undefined ? [] : parseRegistration(registration, STORE_DIRECTORY);
  } catch {
    return [];
  }
}

/** How the store is compared. */
export interface StoreOptions {
  /** For copies of store paths, a few at a time. */
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Compares the store of a card with the registration of its image: every path must be there, with the registered hash. Throws
 * a `UserError` that names the first that is not.
 */
export async function checkStore(
  root: Ext4Place,
  registered: readonly StorePathInfo[],
  { directory, signal, onProgress }: StoreOptions,
): Promise<void> {
  const total = registered.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const batch of batches(registered)) {
    signal.throwIfAborted();
    const copy = join(directory, 'store');
    mkdirSync(copy);
    try {
      await copyOut(
        root,
        batch.map(({ path }) => path),
        copy,
      );
      for (const info of batch) {
        checkPath(info, join(copy, info.path.slice(STORE_DIRECTORY.length)));
        done += info.size;
        onProgress(done, total);
      }
    } finally {
      removeTree(copy);
    }
  }
}

/** Store paths that are copied at a time: at most so many, and so many bytes. */
const BATCH_PATHS = 200;
const BATCH_BYTES = 256 * 1024 * 1024;

function batches(infos: readonly StorePathInfo[]): readonly (readonly StorePathInfo[])[] {
  const cut: { bytes: number; readonly infos: StorePathInfo[] }[] = [];
  for (const info of infos) {
    const last = cut.at(-1);
    if (last === undefined || last.bytes + info.size > BATCH_BYTES || last.infos.length >= BATCH_PATHS) {
      cut.push({ bytes: info.size, infos: [info] });
    } else {
      last.bytes += info.size;
      last.infos.push(info);
    }
  }
  return cut.map(({ infos: batch }) => batch);
}

function checkPath(info: StorePathInfo, copy: string): void {
  if (lstatSync(copy, { throwIfNoEntry: false }) === undefined) {
    throw changed(info, 'is missing');
  }
  const { hash } = hashNar(narNodeOfPath(Buffer.from(copy)));
  if (Buffer.compare(hash, info.hash) !== 0) {
    throw changed(info, `has the hash ${formatSha256(hash)}, but ${formatSha256(info.hash)} is registered`);
  }
}

function changed({ path }: StorePathInfo, how: string): UserError {
  return userError({
    title: 'The store has changed during the boots',
    message: `${path} ${how} on the card after the boots.`,
    remedy: 'Look in the console for what wrote to /nix/store, and for errors of the filesystem.',
    code: 'STORE_CHANGED',
  });
}

/** Directories of the store cannot be written to, not even to remove what is in them. */
function removeTree(directory: string): void {
  const open = (path: string): void => {
    chmodSync(path, 0o755);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        open(join(path, entry.name));
      }
    }
  };
  open(directory);
  rmSync(directory, { recursive: true });
}
