/** What a step undoes at its end. */
export interface Cleanup extends AsyncDisposable {
  /** Runs `action` when the step ends, or at once when it is cancelled; the last one first. */
  defer(action: () => void | Promise<void>): void;
  /**
   * Runs `action` when the step fails, after everything else, and also at once when it is cancelled: a runner does not
   * wait long, and the work may still add files after that.
   */
  deferFailure(action: () => void): void;
  /** Runs `action` at the very end, when nothing of the step is left to do. */
  deferLast(action: () => void): void;
  /** Declares the step successful. A cancellation has no effect any more. */
  succeed(): void;
}

/** Creates a cleanup for `await using`, which `signal` starts early. */
export function createCleanup(signal: AbortSignal): Cleanup {
  const stack = new AsyncDisposableStack();
  const failureActions: (() => void)[] = [];
  const lastActions: (() => void)[] = [];
  const undo = (): void => {
    for (const action of failureActions) {
      action();
    }
  };
  const cancel = (): void => {
    undo();
    // Errors are those of the disposal at the end, which waits for this one.
    disposal = stack.disposeAsync();
    disposal.catch(() => undefined);
  };
  let disposal: Promise<void> | undefined;
  let succeeded = false;
  signal.addEventListener('abort', cancel);
  return {
    defer(action) {
      if (stack.disposed) {
        void action();
        return;
      }
      stack.defer(action);
    },
    deferFailure(action) {
      failureActions.push(action);
    },
    deferLast(action) {
      lastActions.push(action);
    },
    succeed() {
      succeeded = true;
      signal.removeEventListener('abort', cancel);
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', cancel);
      try {
        await (disposal ?? stack.disposeAsync());
        if (!succeeded) {
          undo();
        }
      } finally {
        for (const action of lastActions) {
          action();
        }
      }
    },
  };
}
