import type { BlockRun } from './geometry.ts';

/** Takes blocks from front to back; every block is given out once. */
export interface BlockCursor {
  /** The block after the last one taken. */
  position(): number;
  /** Takes up to `wanted` blocks that stand together; null when nothing is left. */
  take(wanted: number): BlockRun | null;
  /** Free blocks between the cursor and block `end`. */
  freeBefore(end: number): number;
  /** The smallest end before which `blocks` are free, or null when the space ends first. */
  endOfFree(blocks: number): number | null;
  /** The runs left free between the cursor and block `end`. */
  freeRuns(end: number): readonly BlockRun[];
}

/** A cursor over the blocks `0 .. end` that are not in `used`, which is ascending and disjoint. */
export function createBlockCursor(used: readonly BlockRun[], end: number): BlockCursor {
  const runs = gaps(used, end);
  let index = 0;
  let taken = 0;
  let position = 0;

  const remaining = function* (limit: number): Generator<BlockRun> {
    for (let i = index; i < runs.length && runs[i].start < limit; i++) {
      const start = runs[i].start + (i === index ? taken : 0);
      const length = Math.min(runs[i].start + runs[i].length, limit) - start;
      if (length > 0) {
        yield { start, length };
      }
    }
  };

  return {
    position: () => position,
    take(wanted) {
      if (index >= runs.length) {
        return null;
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
      return null;
    },
    freeRuns: (limit) => [...remaining(limit)],
  };
}

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
