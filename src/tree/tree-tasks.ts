import type { TaskResult } from '../threads/messages.ts';
import { digestFiles } from './duplicates.ts';
import type { ImageTree } from './image-tree.ts';
import type { PackedTree } from './packed.ts';
import { scanPath } from './scan.ts';

/** The tasks of this module that worker threads run. */
export const treeTasks = {
  scanStorePath({ path }: { readonly path: Uint8Array }): TaskResult<PackedTree> {
    return { value: scanPath(path, 'store') };
  },

  digestFiles({ tree, entries }: { readonly tree: ImageTree; readonly entries: Uint32Array }): TaskResult<Uint8Array> {
    const value = digestFiles(tree, entries);
    return { value, transfer: [value.buffer] };
  },
};

export type TreeTasks = typeof treeTasks;
