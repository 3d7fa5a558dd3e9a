/** The signals by which a runner, a terminal or a machine that shuts down ends a step. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals that end the process into a cancellation, so that the work can be broken off and cleaned up. A second
 * signal is left to the system.
 */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.once(name, () => controller.abort(new Error(`The step was cancelled (${name}). No image was left.`)));
  }
  return controller.signal;
}
