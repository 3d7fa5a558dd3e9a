import { debug, endGroup, info, isDebug, startGroup, warning } from '@actions/core';
import { printableText } from '../text/escape.ts';
import { formatDuration } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import { createProgress, type ProgressDisplay, type ProgressOutput } from './progress.ts';

/** Reports that `done` of `total` bytes of a phase's work are done. */
export type ReportProgress = (done: number, total: number) => void;

export interface PhaseTime {
  readonly name: string;
  readonly seconds: number;
}

/** The log of the step. Texts can contain names from outside: they are escaped here. */
export interface Log {
  /** Runs a phase of the work in a group of the log, and records its time, even if it fails. */
  phase<T>(name: string, work: (progress: ReportProgress) => T | Promise<T>): Promise<T>;
  /** The phases that have ended, in order. */
  readonly phases: readonly PhaseTime[];
  /** Seconds since the log was created. */
  elapsed(): number;
  info(text: string): void;
  /** Shown with debug logging only. */
  detail(text: string): void;
  /** An annotation, for problems that the user can act on. */
  warning(title: string, text: string): void;
}

/** Creates a log; progress goes to `output`. */
export function createLog(output: ProgressOutput = process.stdout, now: () => number = secondsNow): Log {
  const start = now();
  // act runs steps in a terminal but reads commands only at the start of a line, where a bar would be.
  const isRunner = process.env.GITHUB_ACTIONS === 'true';
  const progressOutput: ProgressOutput = isRunner ? { write: (text) => output.write(text) } : output;
  const phases: PhaseTime[] = [];
  let progress: ProgressDisplay | undefined;

  const print = (text: string): void => {
    progress?.clear();
    info(printableText(text));
  };

  return {
    phases,
    elapsed: () => now() - start,
    info: print,
    detail(text) {
      if (isDebug()) {
        debug(printableText(text));
      }
    },
    warning(title, text) {
      progress?.clear();
      warning(printableText(text), { title: printableText(title) });
    },
    async phase(name, work) {
      startGroup(printableText(name));
      const phaseStart = now();
      const display = createProgress(progressOutput, now);
      progress = display;
      try {
        return await work(display.report);
      } finally {
        const seconds = now() - phaseStart;
        phases.push({ name, seconds });
        print(`${name}: ${formatDuration(seconds)}`);
        progress = undefined;
        endGroup();
      }
    },
  };
}

/** The last line: the file, its size, and how long it took. */
export function closingLine(result: {
  readonly fileName: string;
  readonly size: number;
  readonly uncompressedSize: number;
  readonly seconds: number;
}): string {
  const { fileName, size, uncompressedSize, seconds } = result;
  const share = uncompressedSize > 0 ? (100 * size) / uncompressedSize : 100;
  const ratio = size === uncompressedSize ? '' : ` (${share.toFixed(1)} % of ${formatSize(uncompressedSize)})`;
  return `${fileName}: ${formatSize(size)}${ratio} in ${formatDuration(seconds)}`;
}

function secondsNow(): number {
  return performance.now() / 1000;
}
