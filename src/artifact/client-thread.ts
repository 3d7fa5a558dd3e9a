import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { UploadAnswer, UploadTask } from './upload-worker.ts';

export interface ClientThreadOptions {
  /** Environment variables of the client, in place of this process's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with each line that the client prints. */
  readonly onLine: (line: string) => void;
  /** Ends the client; what it was doing is broken off. */
  readonly signal: AbortSignal;
}

/**
 * Has the artifact client do one task, in a thread of its own. The thread has ended when the answer is there, also if
 * it is an error: nothing goes on in the background. Errors of the client are part of the answer; this rejects with the
 * signal's reason if that ended it.
 */
export async function askClient(task: UploadTask, options: ClientThreadOptions): Promise<UploadAnswer> {
  const { signal } = options;
  signal.throwIfAborted();
  const worker = new Worker(WORKER_URL, { workerData: task, env: withoutGaps(options.environment), stdout: true });
  createInterface({ input: worker.stdout }).on('line', options.onLine);
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<UploadAnswer>((resolve, reject) => {
      const fail = (message: string): void => resolve({ kind: 'failed', error: { message } });
      worker.once('message', resolve);
      // What the client throws outside of its promises would end the process if it ran in the main thread.
      worker.once('error', (error) => fail(error instanceof Error ? error.message : String(error)));
      worker.once('exit', (code) => fail(`The artifact client ended by itself with exit code ${code}.`));
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort);
    });
  } finally {
    if (onAbort !== undefined) {
      signal.removeEventListener('abort', onAbort);
    }
    await worker.terminate();
  }
}

/** The bundle has this file beside its own as JavaScript; a literal here would make the bundler copy the source. */
const WORKER_URL = new URL(`./upload-worker${import.meta.url.slice(-3)}`, import.meta.url);

/** A thread would take an undefined variable for the text `undefined`. */
function withoutGaps(environment: ClientThreadOptions['environment']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}
