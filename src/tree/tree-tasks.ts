import { hashNar } from '../nix/nar/nar.ts';
import { narNodeOfPath } from '../nix/nar/of-path.ts';
import type { TaskResult } from '../threads/messages.ts';
import { digestFiles } from './duplicates.ts';
import { type FlatDirectory, flattenDirectory } from './flat-directory.ts';
import type { ImageTree } from './image-tree.ts';
import type { PackedTree } from './packed.ts';
import { type Modes, type RootFilesMode, scanRootFiles } from './root-files/scan.ts';
import { scanPath } from './scan.ts';
import { narSizeOf } from './store/nar-size.ts';

/** The tasks of this module that worker threads run. */
export const treeTasks = {
  scanStorePath({ path }: { readonly path: Uint8Array }): TaskResult<{
    readonly tree: PackedTree;
    readonly narSize: number;
  }> {
    const tree = scanPath(path);
    return { value: { tree, narSize: narSizeOf(tree) } };
  },

  /** A thread, because the main thread could not be stopped while it reads large files with holes. */
  scanRootFiles({
    path,
    permissions,
  }: {
    readonly path: string;
    readonly permissions: RootFilesMode | Modes;
  }): TaskResult<FlatDirectory> {
    return { value: flattenDirectory(scanRootFiles(path, permissions)) };
  },

  /** Returns the hash of the path's Nix archive. */
  hashStorePath({ path }: { readonly path: Uint8Array }): TaskResult<Uint8Array> {
    return { value: hashNar(narNodeOfPath(Buffer.from(path))).hash };
  },

  digestFiles({ tree, entries }: { readonly tree: ImageTree; readonly entries: Uint32Array }): TaskResult<Uint8Array> {
    const value = digestFiles(tree, entries);
    return { value, transfer: [value.buffer] };
  },
};

export type TreeTasks = typeof treeTasks;
