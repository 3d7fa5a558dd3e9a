import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../runner/log.ts';
import { explainFailure, isTransient, type Operation, readFailure } from './explain.ts';

/** How often and when a request is repeated. */
export interface RetryOptions {
  /** Milliseconds to wait before the second attempt, the third, and so on. */
  readonly delays: readonly number[];
  readonly signal: AbortSignal;
  readonly log: Pick<Log, 'info'>;
}

/** Four attempts in little more than a minute. */
export const DEFAULT_DELAYS: readonly number[] = [2_000, 10_000, 60_000];

/**
 * Calls `attempt`, and repeats it if a request fails for a transient reason: a server error, the network, or a rate limit
 * that ends within a minute. Throws a `UserError` with a code if the last request fails, the signal's reason if that
 * cancelled it, and other errors as they are.
 */
export async function withRetries<Result>(
  operation: Operation,
  attempt: () => Promise<Result>,
  { delays, signal, log }: RetryOptions,
): Promise<Result> {
  const pending = [...delays];
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const failure = readFailure(error);
      if (failure === undefined) {
        throw error;
      }
      const explained = explainFailure(operation, failure);
      const delay = pending.shift();
      if (delay === undefined || !isTransient(failure)) {
        throw explained;
      }
      const milliseconds = Math.max(delay, 1000 * (failure.retryAfter ?? 0));
      log.info(`${explained.message} Trying again in ${Math.ceil(milliseconds / 1000)} s.`);
      await pause(milliseconds, signal);
    }
  }
}

/** Waits some milliseconds. Throws the signal's reason if that is aborted first. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
