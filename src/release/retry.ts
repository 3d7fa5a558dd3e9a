import { setTimeout as wait } from 'node:timers/promises';
import { explainFailure, isPassingFailure, readFailure } from './explain.ts';

/** How often and when a request is made again. */
export interface RetryOptions {
  /** Milliseconds to wait before the second attempt, the third, and so on. */
  readonly delays: readonly number[];
  readonly signal: AbortSignal;
  readonly log: { info(text: string): void };
}

/** Four attempts in a good minute. */
export const USUAL_DELAYS: readonly number[] = [2_000, 10_000, 60_000];

/**
 * Does something with GitHub, several times if it fails in a way that passes: a server error, the network, a limit that
 * ends within a minute. Throws a `ReleaseError` that says what GitHub did not do: `what` continues "GitHub did not".
 * What is no failed request is thrown as it is, and the signal's reason if that broke it off.
 */
export async function withRetries<Result>(
  what: string,
  attempt: () => Promise<Result>,
  { delays, signal, log }: RetryOptions,
): Promise<Result> {
  for (let made = 0; ; made++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const failure = readFailure(error);
      if (failure === undefined) {
        throw error;
      }
      const explained = explainFailure(failure, what);
      const delay = delays[made];
      if (delay === undefined || !isPassingFailure(failure)) {
        throw explained;
      }
      const milliseconds = Math.max(delay, 1000 * (failure.retryAfter ?? 0));
      log.info(`${explained.message} Trying again in ${Math.ceil(milliseconds / 1000)} s.`);
      await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
