import { BLOCK_SIZE, MODE } from '../format/constants.ts';
import type { FileTree } from '../tree.ts';
import { dataBlocks } from './data-runs.ts';
import { type Ext4Plan, kernelReserve } from './plan.ts';

/** What the bytes of a planned filesystem are used for. */
export interface Usage {
  /** Bytes of the whole filesystem. */
  readonly size: number;
  /** Blocks of regular files. Holes have none. */
  readonly fileBytes: number;
  /** Space that users can still write to. */
  readonly freeBytes: number;
  /** Everything else: tables, journal, directories, backups, and the blocks that the kernel reserves. */
  readonly structureBytes: number;
}

/** Adds up the usage of a planned filesystem. */
export function usageOf(plan: Ext4Plan, tree: FileTree): Usage {
  let fileBlocks = 0;
  for (let entry = 0; entry < tree.count; entry++) {
    const isFile = (tree.mode[entry] & MODE.typeMask) === MODE.regular;
    if (isFile && tree.original[entry] === entry) {
      fileBlocks += dataBlocks(tree, entry);
    }
  }
  const size = plan.blocks * BLOCK_SIZE;
  const free = plan.freeRuns.reduce((sum, run) => sum + run.length, 0) - kernelReserve(plan.blocks);
  const fileBytes = fileBlocks * BLOCK_SIZE;
  const freeBytes = free * BLOCK_SIZE;
  return { size, fileBytes, freeBytes, structureBytes: size - fileBytes - freeBytes };
}
