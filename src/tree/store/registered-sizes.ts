import type { StorePathInfo } from '../../nix/registration.ts';
import { databaseError } from '../../nix/store-error.ts';
import type { Pool } from '../../threads/pool.ts';
import type { ScannedStorePath } from '../lay-out-image.ts';
import type { TreeTasks } from '../tree-tasks.ts';

/**
 * Completes what Nix registered of store paths, which have been scanned in the same order, by the sizes that Nix does not
 * know: it registers 0 for these (Nix, src/libstore/path-info.hh, `narSize`; NixOS/nix#647).
 *
 * Throws a `UserError` if another size is registered than that of the path, which has the registered hash. A path with
 * another hash is left to the verification, which finds out what changed.
 */
export async function completeSizes(
  pool: Pool<TreeTasks>,
  registered: readonly StorePathInfo[],
  scanned: readonly ScannedStorePath[],
): Promise<readonly StorePathInfo[]> {
  const completed: StorePathInfo[] = [];
  for (const [i, info] of registered.entries()) {
    const { narSize, path } = scanned[i];
    if (info.size !== 0 && info.size !== narSize) {
      const hash = await pool.run('hashStorePath', { path });
      if (Buffer.compare(hash, info.hash) === 0) {
        throw databaseError(
          `The database of Nix is at fault: it has a size of ${info.size} bytes for ${info.path}, whose files have the ` +
            `registered hash, and ${narSize} bytes as a Nix archive.`,
        );
      }
    }
    completed.push(info.size === 0 ? { ...info, size: narSize } : info);
  }
  return completed;
}
