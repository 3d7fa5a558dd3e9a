import { encodeRegistration, type StorePathInfo } from '../nix/registration.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { formatSize } from '../text/size.ts';
import { deduplicate, scanStorePaths } from '../tree/build.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { layOutImage } from '../tree/lay-out-image.ts';
import { scanRootFiles } from '../tree/root-files.ts';
import type { Context } from './context.ts';

/** The file tree of the image. */
export interface Contents {
  readonly tree: ImageTree;
  /** What sharing equal files saves; `undefined` where it was not asked for. */
  readonly deduplicatedBytes: number | undefined;
}

/** Reads the tree of the closure from the store, and adds what the inputs lay over the root. */
export function readContents(context: Context, closure: readonly StorePathInfo[]): Promise<Contents> {
  const { inputs, log, pool, system } = context;
  return log.phase('Read the tree', async (progress) => {
    const bootFiles = system === undefined ? [] : [system.bootFiles];
    const rootDirectories = [...bootFiles, ...inputs.rootFiles.map(scanRootFiles)];
    const storePaths = await scanStorePaths(
      pool,
      closure.map((info) => info.path),
    );
    const registration = encodeRegistration(closure, STORE_DIRECTORY);
    const tree = layOutImage({ storePaths, registration, storeGid: inputs.storeGid, rootDirectories });
    const deduplicatedBytes = inputs.deduplicate ? await deduplicate(pool, tree, progress) : undefined;
    const saved =
      deduplicatedBytes === undefined ? '' : `; equal files stored once save ${formatSize(deduplicatedBytes)}`;
    log.info(`${tree.count} entries${saved}`);
    return { tree, deduplicatedBytes };
  });
}
