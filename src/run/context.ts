import type { Baseline } from '../companions/baseline.ts';
import type { OutputFile } from '../image/output-file.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { Log } from '../runner/log.ts';
import type { Pool } from '../threads/pool.ts';
import type { E2fsck } from '../verify/e2fsck.ts';
import type { WorkerTasks } from '../worker.ts';
import type { CardParts } from './card-parts.ts';

/** What every phase has at hand. */
export interface Context {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly pool: Pool<WorkerTasks>;
  readonly signal: AbortSignal;
  readonly output: OutputFile;
  readonly e2fsck: E2fsck;
  readonly nixVersion: string;
  readonly temporaryDirectory: string;
  /** What the image is to boot, with its boot loader's files; `undefined` where it is not asked for. */
  readonly system: BootableSystem | undefined;
  /** What a card has beside its filesystem; `undefined` for a bare filesystem. */
  readonly cardParts: CardParts | undefined;
  /** What an earlier image held; `undefined` where none was named. */
  readonly baseline: Baseline | undefined;
  /** Has something done when the action ends, however it ends; it may be done more than once. */
  readonly atEnd: (action: () => void) => void;
}

/** Every time stamp of an image, as Nix gives it to all files of a store: one second past 1970. */
export const TIME = 1;
