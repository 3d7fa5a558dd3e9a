import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printable } from '../text/printable.ts';
import { inBatches, type NixStoreOptions, nixStore } from './nix-store.ts';

/** Links that protect store paths, and everything they refer to, from garbage collection. */
export interface GarbageRoots extends Disposable {
  /** Why some of the paths are not protected; `undefined` if all are. Safe to print. */
  readonly warning: string | undefined;
  /** Removes the links; further calls have no effect. */
  release(): void;
}

/**
 * Protects store paths from garbage collection while they are read: creates links to them in a new directory in
 * `directory`, and registers these with Nix as garbage collector roots.
 *
 * Where that is not possible, as in a remote or a read-only store, `warning` says why. Derivations are not protected,
 * because Nix would build them first. Throws only `PROGRAM_CANCELLED`, when `options.signal` aborts.
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
  const rootsWith = (warning: string | undefined): GarbageRoots => ({ warning, release, [Symbol.dispose]: release });
  try {
    mkdirSync(directory, { recursive: true });
    links = mkdtempSync(join(resolve(directory), 'garbage-roots-'));
    await addRoots(paths, links, options);
    return rootsWith(describeUnprotected(paths, links));
  } catch (error) {
    if (options.signal?.aborted === true) {
      release();
      throw error;
    }
    return rootsWith(error instanceof Error ? error.message : printable(String(error)));
  }
}

async function addRoots(paths: readonly string[], links: string, options: NixStoreOptions): Promise<void> {
  const outputs = paths.filter((path) => !path.endsWith('.drv'));
  for (const [index, batch] of inBatches(outputs).entries()) {
    // Old versions of Nix accept links outside their own directory with --indirect only; later ones ignore the option.
    await nixStore(['--realise', ...batch, '--add-root', join(links, `${index}`), '--indirect'], options);
  }
}

function describeUnprotected(paths: readonly string[], links: string): string | undefined {
  const linked = new Set(readdirSync(links).map((name) => readlinkSync(join(links, name))));
  const unprotected = paths.filter((path) => !linked.has(path));
  const names = unprotected.map(printable).join(', ');
  return unprotected.length === 0 ? undefined : `Nix does not protect these paths from garbage collection: ${names}.`;
}
