import type { BlockRun } from './geometry.ts';

/** Allocates the free blocks of a filesystem in ascending order, each once. */
export interface BlockCursor {
  /** The block after the last one allocated. */
  position(): number;
  /** Allocates up to `wanted` contiguous blocks; `undefined` if no block is free. */
  take(wanted: number): BlockRun | undefined;
  /** Number of free blocks between the cursor and block `end`. */
  freeBefore(end: number): number;
  /** The smallest block before which `blocks` blocks are free, or `undefined` if there are fewer. */
  endOfFree(blocks: number): number | undefined;
  /** The free runs between the cursor and block `end`. */
  freeRuns(end: number): readonly BlockRun[];
}

/** Creates a cursor over the blocks `0 .. end` that are not in `used`, whose runs are ascending and disjoint. */
export function createBlockCursor(used: readonly BlockRun[], end: number): BlockCursor {
  const runs = gaps(used, end);
  let index = 0;
  let taken = 0;
  let position = 0;
  const remaining = (limit: number): Generator<BlockRun> => runsBefore(runs, { index, taken }, limit);

  return {
    position: () => position,
    take(wanted) {
      if (index >= runs.length) {
        return undefined;
      }
      const run = runs[index];
      const length = Math.min(wanted, run.length - taken);
      const start = run.start + taken;
      taken += length;
      position = start + length;
      if (taken === run.length) {
        index++;
        taken = 0;
      }
      return { start, length };
    },
    freeBefore(limit) {
      let free = 0;
      for (const run of remaining(limit)) {
        free += run.length;
      }
      return free;
    },
    endOfFree(blocks) {
      let missing = blocks;
      for (const run of remaining(end)) {
        if (run.length >= missing) {
          return run.start + missing;
        }
        missing -= run.length;
      }
      return undefined;
    },
    freeRuns: (limit) => [...remaining(limit)],
  };
}

/** The parts of runs before block `limit`, from run `index` on, of which the first `taken` blocks are allocated. */
function* runsBefore(
  runs: readonly BlockRun[],
  { index, taken }: { readonly index: number; readonly taken: number },
  limit: number,
): Generator<BlockRun> {
  for (let i = index; i < runs.length && runs[i].start < limit; i++) {
    const start = runs[i].start + (i === index ? taken : 0);
    const length = Math.min(runs[i].start + runs[i].length, limit) - start;
    if (length > 0) {
      yield { start, length };
    }
  }
}

/** The runs between those in `used`, up to block `end`. */
function gaps(used: readonly BlockRun[], end: number): readonly BlockRun[] {
  const free: BlockRun[] = [];
  let next = 0;
  for (const run of used) {
    if (run.start > next) {
      free.push({ start: next, length: run.start - next });
    }
    next = run.start + run.length;
  }
  if (next < end) {
    free.push({ start: next, length: end - next });
  }
  return free;
}
