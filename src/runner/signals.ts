/** The signals by which a runner, a terminal or a machine that shuts down ends a step. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals that end the process into a cancellation, so that the work can be broken off and cleaned up. A second
 * signal is left to the system. What else would end it before its time is one too: an error that nobody caught, and
 * waiting for what cannot come any more.
 */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.once(name, () => controller.abort(new Error(`The step was cancelled (${name}). No image was left.`)));
  }
  for (const name of ['uncaughtException', 'unhandledRejection']) {
    process.once(name, (cause: unknown) => controller.abort(bug('an error outside of its work', cause)));
  }
  // The action ends by itself when it is done.
  process.once('beforeExit', () => controller.abort(bug('nothing is left that it could wait for')));
  return controller.signal;
}

function bug(what: string, cause?: unknown): Error {
  return Object.assign(new Error(`The action failed in a way that it was not made for: ${what}.`, { cause }), {
    remedy: 'Re-run the job. If it fails again, report it as a bug of the action, with this log.',
  });
}
