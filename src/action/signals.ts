/** The signals by which a runner, a terminal or a machine that shuts down ends a step. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals that end the process into a cancellation, so that the work can be broken off and cleaned up. A second
 * signal is left to the system. An error that nobody caught is one too: it would end the process as a signal does.
 */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.once(name, () => controller.abort(new Error(`The step was cancelled (${name}). No image was left.`)));
  }
  for (const name of ['uncaughtException', 'unhandledRejection']) {
    process.once(name, (cause: unknown) => {
      const remedy = 'Re-run the job. If it fails again, report it as a bug of the action, with this log.';
      controller.abort(
        Object.assign(new Error('The action failed in a way that it is not made for.', { cause }), { remedy }),
      );
    });
  }
  return controller.signal;
}
