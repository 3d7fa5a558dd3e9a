import { formatSha256 } from '../nix/hash.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { printable } from '../text/printable.ts';
import type { Pool } from '../threads/pool.ts';
import type { ImageHash, StoreAttributes } from './store.ts';
import type { OnFilesystem, VerifyTasks } from './verify-tasks.ts';

/** What the store of an image is to hold. */
export interface ContentsClaim {
  /** What Nix registered, in the order in which the image holds it. */
  readonly closure: readonly StorePathInfo[];
  readonly attributes: StoreAttributes;
  /** Called with the bytes of Nix archives that have been hashed. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Checks that every store path has the registered hash, recomputed on all threads from the finished file. Throws for
 * the first that has not, and says what is at fault, the store or the image.
 */
export async function checkContents(
  pool: Pool<VerifyTasks>,
  image: OnFilesystem,
  { attributes, closure, onProgress }: ContentsClaim,
): Promise<void> {
  let done = 0;
  await Promise.all(
    batches(closure, pool.threads).map(async (batch) => {
      const names = batch.map((info) => baseName(info));
      const hashes = await pool.run('hashStorePaths', { ...image, names, attributes });
      for (const [i, info] of batch.entries()) {
        if (!isAsRegistered(hashes[i], info)) {
          throw await mismatchError(pool, image, attributes, info, hashes[i]);
        }
        done += info.size;
      }
      onProgress(done);
    }),
  );
}

/**
 * Neighbours on disk are read by one thread, so that it need not decompress a frame for each; there are enough batches
 * for the threads to end at about the same time, the largest first.
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

function isAsRegistered(found: ImageHash, { hash, size }: StorePathInfo): boolean {
  return found.hash !== undefined && found.size === size && Buffer.compare(found.hash, hash) === 0;
}

async function mismatchError(
  pool: Pool<VerifyTasks>,
  image: OnFilesystem,
  attributes: StoreAttributes,
  info: StorePathInfo,
  found: ImageHash,
): Promise<Error> {
  const mismatch = { name: baseName(info), path: info.path, registered: info.hash, attributes };
  const { atFault, sentence, remedy } = await pool.run('explainMismatch', { ...image, mismatch });
  const what =
    found.hash === undefined
      ? `it cannot be read: ${printable(found.problem ?? '')}`
      : `it has the hash ${formatSha256(found.hash)} and ${found.size} bytes as a Nix archive`;
  const error = new Error(
    `${info.path} in the image is not what Nix registered, ${formatSha256(info.hash)} and ${info.size} bytes: ${what}. ${sentence}`,
  );
  return atFault === 'image' ? error : Object.assign(error, { title: 'The Nix store is damaged', remedy });
}

function baseName(info: StorePathInfo): string {
  return info.path.slice(info.path.lastIndexOf('/') + 1);
}
