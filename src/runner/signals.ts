import { REPORT_BUG, userError } from '../errors/user-error.ts';

/** The signals by which a runner, a terminal or a machine that shuts down ends a step. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals that end the process into a cancellation, so that the work can stop and clean up. A second signal has
 * its usual effect. An uncaught error cancels the work too, and so does an event loop that runs empty.
 *
 * @param left what a cancelled step leaves, as a sentence for its message.
 */
export function cancelOnSignals(left: string): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.once(name, () => controller.abort(cancelled(name, left)));
  }
  for (const name of ['uncaughtException', 'unhandledRejection']) {
    process.once(name, (cause: unknown) => controller.abort(bug('An error was not caught.', cause)));
  }
  // The action exits explicitly when it is done.
  process.once('beforeExit', () => controller.abort(bug('There is nothing left to wait for.')));
  return controller.signal;
}

function cancelled(signal: string, left: string): Error {
  return userError({
    title: 'The step was cancelled',
    message: `The step was cancelled (${signal}). ${left}`,
    remedy: 'Re-run the job.',
  });
}

function bug(message: string, cause?: unknown): Error {
  return userError({ title: 'Internal error', message, remedy: REPORT_BUG, cause });
}
