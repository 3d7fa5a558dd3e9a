import { planExt4 } from '../../src/ext4/plan/plan.ts';
import { type ImageDescription, imageSize } from '../../src/image/description.ts';
import { createPool, type Pool } from '../../src/threads/pool.ts';
import { deduplicate, scanStorePaths } from '../../src/tree/build.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import type { WorkerTasks } from '../../src/worker.ts';
import { UUID } from './image-files.ts';

export interface BuildOptions {
  readonly storePaths: readonly string[];
  readonly rootFiles?: readonly string[];
  readonly deduplicate?: boolean;
  /** Bytes. */
  readonly freeSpace?: number;
}

export interface BuiltImage {
  readonly description: ImageDescription;
  /** Bytes of the image. */
  readonly size: number;
}

export const STORE_GID = 30_000;
export const REGISTRATION = 'the registration\n';

/** Runs `use` with the pool of the action, of so many threads. */
export async function withPool<T>(threads: number, use: (pool: Pool<WorkerTasks>) => Promise<T>): Promise<T> {
  const pool = createPool<WorkerTasks>(new URL('../../src/worker.ts', import.meta.url), threads);
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

/** Does the steps of the action from paths of this machine to a planned image. */
export async function buildImage(pool: Pool<WorkerTasks>, options: BuildOptions): Promise<BuiltImage> {
  const tree = layOutImage({
    storePaths: await scanStorePaths(pool, options.storePaths),
    registration: Buffer.from(REGISTRATION),
    storeGid: STORE_GID,
    rootDirectories: (options.rootFiles ?? []).map((path) => scanRootFiles(path, 'kept')),
  });
  if (options.deduplicate !== false) {
    await deduplicate(pool, tree, () => undefined);
  }
  const plan = planExt4(tree, {
    uuid: UUID,
    label: Buffer.from('NIXOS_SD'),
    freeSpace: options.freeSpace ?? 0,
    time: 1,
  });
  const description = { filesystem: { plan, tree }, card: undefined };
  return { description, size: imageSize(description) };
}
