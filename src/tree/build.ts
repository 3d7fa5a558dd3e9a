import type { Pool } from '../threads/pool.ts';
import { DIGEST_BYTES, duplicateCandidates, shareDuplicates } from './duplicates.ts';
import type { ImageTree } from './image-tree.ts';
import type { ScannedStorePath } from './lay-out-image.ts';
import type { TreeTasks } from './tree-tasks.ts';

/** Scans store paths on the pool. The last component of the path on this machine becomes the name in the image. */
export async function scanStorePaths(
  pool: Pool<TreeTasks>,
  paths: readonly string[],
): Promise<readonly ScannedStorePath[]> {
  return Promise.all(
    paths.map(async (path) => {
      const bytes = Buffer.from(path);
      const { tree, narSize } = await pool.run('scanStorePath', { path: bytes });
      return { name: path.slice(path.lastIndexOf('/') + 1), path: bytes, tree, narSize };
    }),
  );
}

/**
 * Makes equal files of the store share an inode, whatever links the store of this machine has. Returns the bytes saved.
 * `onProgress` receives the bytes that have been read, and those to read in total.
 */
export async function deduplicate(
  pool: Pool<TreeTasks>,
  tree: ImageTree,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const candidates = duplicateCandidates(tree);
  pool.share(tree);
  const digests = new Uint8Array(candidates.length * DIGEST_BYTES);
  const cut = batches(tree, candidates);
  const total = cut.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  await Promise.all(
    cut.map(async ({ start, bytes, entries }) => {
      digests.set(await pool.run('digestFiles', { tree, entries }), start * DIGEST_BYTES);
      done += bytes;
      onProgress(done, total);
    }),
  );
  return shareDuplicates(tree, candidates, digests);
}

/** Files that one task reads. */
interface Batch {
  /** Index of the first file among all candidates. */
  readonly start: number;
  /** Size of all files together. */
  readonly bytes: number;
  readonly entries: Uint32Array;
}

/** Enough work for a task to outweigh its messages, and little enough to distribute evenly. */
const BATCH_BYTES = 16 * 1024 * 1024;
const BATCH_FILES = 2048;

function batches(tree: ImageTree, candidates: Uint32Array): readonly Batch[] {
  const cut: Batch[] = [];
  let start = 0;
  let bytes = 0;
  candidates.forEach((entry, i) => {
    bytes += tree.size[entry];
    if (bytes < BATCH_BYTES && i + 1 - start < BATCH_FILES && i + 1 < candidates.length) {
      return;
    }
    cut.push({ start, bytes, entries: candidates.slice(start, i + 1) });
    start = i + 1;
    bytes = 0;
  });
  return cut;
}
