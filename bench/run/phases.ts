/** A phase of a program's work, from its log; times in seconds since the program's start. */
export interface PhaseSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface PhaseReader {
  /** Takes a piece of the log, and when it came. */
  read(text: string, at: number): void;
  /** The phases, of a program that ended at `end`. */
  finish(end: number): readonly PhaseSpan[];
}

/**
 * Reads phases from a log in which `::group::NAME` begins one, and `::endgroup::` or another group ends it. Times are
 * those at which the lines come: the log's own are rounded to a tenth of a second.
 */
export function createPhaseReader(): PhaseReader {
  const phases: PhaseSpan[] = [];
  let open: { readonly name: string; readonly start: number } | undefined;
  let rest = '';

  const close = (end: number): void => {
    if (open !== undefined) {
      phases.push({ ...open, end });
    }
    open = undefined;
  };

  return {
    read(text, at) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const name = /^::group::(.+)$/.exec(line)?.[1];
        if (name !== undefined || line === '::endgroup::') {
          close(at);
        }
        if (name !== undefined) {
          open = { name, start: at };
        }
      }
    },
    finish(end) {
      close(end);
      return phases;
    },
  };
}
