import type { Inputs } from '../inputs/inputs.ts';
import { encodeDatabase } from '../nix/database.ts';
import { encodeRegistration, type StorePathInfo } from '../nix/registration.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { Log } from '../runner/log.ts';
import { formatSize } from '../text/size.ts';
import type { Pool } from '../threads/pool.ts';
import { deduplicate, scanStorePaths } from '../tree/build.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { layOutImage } from '../tree/lay-out-image.ts';
import { completeSizes } from '../tree/store/registered-sizes.ts';
import type { WorkerTasks } from '../worker.ts';
import { type RootInput, readRootFiles } from './root-files.ts';

/** The file tree of the image. */
export interface Contents {
  /** The closure with the sizes that Nix does not know. */
  readonly closure: readonly StorePathInfo[];
  readonly tree: ImageTree;
  /** Bytes saved by storing equal files once; `undefined` if `deduplicate` is false. */
  readonly deduplicatedBytes: number | undefined;
}

/** Reads the tree of the closure from the store, and adds what the inputs put on the root. */
export function readTree({
  inputs,
  system,
  closure: registered,
  temporaryDirectory,
  pool,
  log,
  signal,
}: {
  readonly inputs: Pick<Inputs, RootInput | 'storeGid' | 'deduplicate' | 'nixDatabase'>;
  readonly system: BootableSystem | undefined;
  readonly closure: readonly StorePathInfo[];
  readonly temporaryDirectory: string;
  readonly pool: Pool<WorkerTasks>;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<Contents> {
  return log.phase('Read the tree', async (progress) => {
    const overlays = system === undefined ? [] : [system.boot.rootOverlay];
    const rootDirectories = [...overlays, ...(await readRootFiles({ inputs, pool, log, signal }))];
    const storePaths = await scanStorePaths(
      pool,
      registered.map((info) => info.path),
    );
    const closure = await completeSizes(pool, registered, storePaths);
    const registration = encodeRegistration(closure, STORE_DIRECTORY);
    const nixState = {
      database: inputs.nixDatabase ? encodeDatabase(closure, temporaryDirectory) : undefined,
      system: inputs.nixDatabase || system?.boot.needsProfile ? system?.toplevel : undefined,
    };
    const tree = layOutImage({ storePaths, registration, storeGid: inputs.storeGid, nixState, rootDirectories });
    const deduplicatedBytes = inputs.deduplicate ? await deduplicate(pool, tree, progress) : undefined;
    const saved =
      deduplicatedBytes === undefined ? '' : `; storing equal files once saves ${formatSize(deduplicatedBytes)}`;
    log.info(`${tree.count} entries${saved}`);
    return { closure, tree, deduplicatedBytes };
  });
}
