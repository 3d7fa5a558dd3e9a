import { type UserError, userError } from '../errors/user-error.ts';
import { formatSha256 } from '../nix/hash.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { printable } from '../text/printable.ts';
import type { Pool } from '../threads/pool.ts';
import type { StoreState } from './explain-mismatch.ts';
import type { FoundStorePath, StoreAttributes } from './store-paths.ts';
import { imageMismatch } from './verification-error.ts';
import type { OnFilesystem, VerifyTasks } from './verify-tasks.ts';

/** What the store of an image must hold. */
export interface ExpectedStore {
  /** What Nix registered, in the order in which the image holds it. */
  readonly closure: readonly StorePathInfo[];
  readonly attributes: StoreAttributes;
  /** Called with the bytes of Nix archives that have been hashed. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Checks that every store path has the registered hash, computed on all threads from the finished file. Throws for the
 * first that has not, with the reason as far as it can be known: the store of this machine, or the image.
 */
export async function checkStoreHashes(
  pool: Pool<VerifyTasks>,
  image: OnFilesystem,
  { attributes, closure, onProgress }: ExpectedStore,
): Promise<void> {
  let done = 0;
  const check = async (batch: readonly StorePathInfo[]): Promise<void> => {
    const found = await pool.run('hashStorePaths', { ...image, names: batch.map(baseName), attributes });
    for (const [i, info] of batch.entries()) {
      const storePath = found[i] ?? { kind: 'faulty', problem: 'it was not read' };
      if (!isAsRegistered(storePath, info)) {
        const mismatch = { name: baseName(info), path: info.path, attributes };
        throw mismatchError(info, storePath, await pool.run('explainMismatch', { ...image, mismatch }));
      }
      done += info.size;
    }
    onProgress(done);
  };
  await Promise.all(batches(closure, pool.threads).map(check));
}

/**
 * Splits a closure for the threads. Neighbours on disk stay together, so that one thread decompresses their frames. There
 * are enough batches, the largest first, for the threads to finish at about the same time.
 */
function batches(closure: readonly StorePathInfo[], threads: number): readonly (readonly StorePathInfo[])[] {
  const total = closure.reduce((sum, info) => sum + info.size, 0);
  const batchBytes = Math.max(total / (threads * BATCHES_PER_THREAD), LEAST_BATCH_BYTES);
  const cut: { bytes: number; readonly infos: StorePathInfo[] }[] = [];
  for (const info of closure) {
    const last = cut.at(-1);
    if (last === undefined || last.bytes >= batchBytes) {
      cut.push({ bytes: info.size, infos: [info] });
    } else {
      last.bytes += info.size;
      last.infos.push(info);
    }
  }
  return cut.sort((a, b) => b.bytes - a.bytes).map(({ infos }) => infos);
}

const BATCHES_PER_THREAD = 8;
const LEAST_BATCH_BYTES = 16 * 1024 * 1024;

function isAsRegistered(found: FoundStorePath, { hash, size }: StorePathInfo): boolean {
  return found.kind === 'hashed' && found.size === size && Buffer.compare(found.hash, hash) === 0;
}

/** The store is at fault if it no longer has the registered contents itself; the image is if the store has them. */
function mismatchError(info: StorePathInfo, found: FoundStorePath, store: StoreState): UserError {
  const { path } = info;
  const mismatch = `${path} in the image is not what Nix registered: expected ${describeHash(info)}, found ${describeFound(found)}.`;
  if (store.kind === 'unreadable') {
    return userError({
      title: 'The Nix store cannot be read',
      message: `${mismatch} Whether the store or the image is at fault is not known: the store path can no longer be read on this machine: ${store.problem}`,
      remedy: `Check that the user of this step can read ${path}, and check the disk. Let Nix repair the store: nix-store --verify --check-contents --repair`,
      code: 'STORE_UNREADABLE',
    });
  }
  const difference =
    store.difference === undefined ? '' : ` The first difference between store and image: ${store.difference}.`;
  if (Buffer.compare(store.hash, info.hash) === 0) {
    return imageMismatch(`${mismatch} The image is at fault: the store has the registered contents.${difference}`);
  }
  return userError({
    title: 'The Nix store is damaged',
    message: `${mismatch} The store of this machine is at fault: it has the hash ${formatSha256(store.hash)} there.${difference}`,
    remedy:
      `Repair the store path (nix-store --repair-path ${path}), or delete it and let Nix build or download it again. ` +
      'Then check the disk and the memory of this machine.',
    code: 'STORE_DAMAGED',
  });
}

function describeFound(found: FoundStorePath): string {
  return found.kind === 'hashed' ? describeHash(found) : printable(found.problem.replace(/\.$/, ''));
}

function describeHash({ hash, size }: Pick<StorePathInfo, 'hash' | 'size'>): string {
  return `the hash ${formatSha256(hash)} and ${size} bytes as a Nix archive`;
}

function baseName({ path }: StorePathInfo): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
