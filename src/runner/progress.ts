import { formatDuration } from '../text/format.ts';
import { formatSize } from '../text/size.ts';

/** Where progress is shown. */
export interface ProgressOutput {
  write(text: string): unknown;
  /** Whether a line can be redrawn. */
  readonly isTTY?: boolean;
  /** Characters in a line of a terminal. */
  readonly columns?: number;
}

/** Shows the progress of a phase. */
export interface ProgressDisplay {
  /** Reports that `done` of `total` bytes are done; cheap enough to call for every block. */
  readonly report: (done: number, total: number) => void;
  /** Erases the bar before something else is printed. */
  readonly clear: () => void;
}

/** Least seconds, and least share of the work, between two lines of a log: at most twenty lines. */
const LOG_SECONDS = 5;
const LOG_SHARE = 1 / 20;
/** Least seconds between two updates of the bar. */
const BAR_SECONDS = 0.1;

/** Creates a display: a bar in a terminal, a few lines in a log. `now` returns seconds. */
export function createProgress(output: ProgressOutput, now: () => number): ProgressDisplay {
  const start = now();
  let lastTime = start;
  let lastShare = 0;
  let drawn = false;
  return {
    report(done, total) {
      const time = now();
      const share = total > 0 ? done / total : 0;
      if (output.isTTY === true) {
        if (time - lastTime < BAR_SECONDS) {
          return;
        }
        output.write(`\r\u001b[K${progressBar(done, total, time - start, output.columns ?? 80)}`);
        drawn = true;
      } else {
        const isDue = time - lastTime >= LOG_SECONDS && share - lastShare >= LOG_SHARE;
        // The end of the phase reports completion.
        if (!isDue || share >= 1) {
          return;
        }
        output.write(`${progressText(done, total, time - start)}\n`);
      }
      lastTime = time;
      lastShare = share;
    },
    clear() {
      if (drawn) {
        output.write('\r\u001b[K');
      }
      drawn = false;
    },
  };
}

/** ` 45 %, 1.10 GiB of 2.40 GiB, 310 MiB/s, 4.2 s left`: the rate is the average since the start of the phase. */
export function progressText(done: number, total: number, seconds: number): string {
  const percent = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
  const rate = seconds > 0 ? done / seconds : 0;
  const text = `${String(percent).padStart(3)} %, ${formatSize(done)} of ${formatSize(total)}`;
  return rate === 0 ? text : `${text}, ${formatSize(rate)}/s, ${formatDuration(Math.max(0, total - done) / rate)} left`;
}

const BAR_CHARACTERS = 24;

function progressBar(done: number, total: number, seconds: number, columns: number): string {
  const filled = total > 0 ? Math.min(BAR_CHARACTERS, Math.floor((BAR_CHARACTERS * done) / total)) : 0;
  const bar = `[${'='.repeat(filled).padEnd(BAR_CHARACTERS)}] ${progressText(done, total, seconds)}`;
  // A bar that wraps could not be redrawn.
  return bar.slice(0, Math.max(columns - 1, 0));
}
