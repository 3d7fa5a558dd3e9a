import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';

/** Milliseconds between two checks of a condition. */
const PAUSE = 5;

const watched = new AsyncLocalStorage<() => boolean>();

/**
 * Waits until `isSo` returns true, however long the machine takes. Throws only after the time limit for tests that hang
 * (`hang` in vitest.config.ts), or when the program of `whileRunning` has ended.
 *
 * @param what is waited for, for the error.
 */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const hasEnded = watched.getStore() ?? (() => false);
  const end = performance.now() + inject('hang');
  for (;;) {
    // First, so that what happened before the end is seen.
    const isOver = hasEnded() || performance.now() > end;
    if (await isSo()) {
      return;
    }
    if (isOver) {
      throw new Error(hasEnded() ? `The program ended before this happened: ${what}` : `This did not happen: ${what}`);
    }
    await setTimeout(PAUSE);
  }
}

/** Does `work` while a program runs. What it waits for with `until` cannot happen once the program has ended. */
export function whileRunning<T>(hasEnded: () => boolean, work: () => Promise<T>): Promise<T> {
  return watched.run(hasEnded, work);
}

/**
 * Tests a time limit that must expire after a certain point of some work. How long the work takes to that point depends on
 * the machine. So it is repeated with a limit twice as long until it reaches the point before the limit.
 *
 * @param limit milliseconds of the first attempt.
 * @param work is done with a limit, and returns whether it reached the point.
 */
export async function withTimeLimit(limit: number, work: (limit: number) => Promise<boolean>): Promise<void> {
  for (let enough = limit; !(await work(enough)); enough *= 2) {
    if (enough > inject('hang')) {
      throw new Error(`The work did not reach the point where a time limit must expire within ${enough / 1000} s.`);
    }
  }
}
