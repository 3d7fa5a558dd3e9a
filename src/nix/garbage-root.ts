import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printable } from '../text/printable.ts';
import { inBatches, type NixStoreOptions, nixStore } from './nix-store.ts';

/** Links that keep store paths, and all they refer to, from being collected as garbage. */
export interface GarbageRoots {
  /** Why some of the paths are not held, or `undefined` if all are. Safe to print. */
  readonly warning: string | undefined;
  /** Removes the links. Can be called again. */
  release(): void;
}

/**
 * Holds store paths while they are read: makes links to them in a new directory in `directory`, and lets Nix know of these, so
 * that a garbage collection which runs at the same time leaves the paths.
 *
 * Where that is not possible, in a remote store or one that may not be written, nothing is thrown: `warning` says why.
 * A derivation is not held, since Nix would build it to do so. Throws `PROGRAM_CANCELLED` only if `options.signal` cancels it.
 */
export async function holdGarbageRoots(
  paths: readonly string[],
  directory: string,
  options: NixStoreOptions = {},
): Promise<GarbageRoots> {
  let links: string | undefined;
  const release = () => {
    if (links !== undefined) {
      rmSync(links, { recursive: true, force: true });
    }
  };
  try {
    mkdirSync(directory, { recursive: true });
    links = mkdtempSync(join(resolve(directory), 'garbage-roots-'));
    await addRoots(paths, links, options);
    return { warning: describeUnheld(paths, links), release };
  } catch (error) {
    if (options.signal?.aborted === true) {
      release();
      throw error;
    }
    return { warning: error instanceof Error ? error.message : printable(String(error)), release };
  }
}

async function addRoots(paths: readonly string[], links: string, options: NixStoreOptions): Promise<void> {
  const outputs = paths.filter((path) => !path.endsWith('.drv'));
  for (const [index, batch] of inBatches(outputs).entries()) {
    // Old versions of Nix take links outside their own directory with --indirect only; later ones ignore it.
    await nixStore(['--realise', ...batch, '--add-root', join(links, `${index}`), '--indirect'], options);
  }
}

function describeUnheld(paths: readonly string[], links: string): string | undefined {
  const held = new Set(readdirSync(links).map((name) => readlinkSync(join(links, name))));
  const unheld = paths.filter((path) => !held.has(path));
  const names = unheld.map(printable).join(', ');
  return unheld.length === 0 ? undefined : `Nix does not hold these paths against garbage collection: ${names}.`;
}
