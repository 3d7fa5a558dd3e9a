import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { uploadError } from './upload-error.ts';
import type { UploadAnswer, UploadTask } from './upload-worker.ts';

export interface ClientThreadOptions {
  /** Environment variables of the client, in place of this process's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with each line that the client prints. */
  readonly onLine: (line: string) => void;
  /** Ends the client; what it was doing is broken off. */
  readonly signal: AbortSignal | undefined;
  /** Milliseconds after which the client is ended. */
  readonly timeLimit: number;
}

/**
 * Has the artifact client do one task, in a thread of its own. The thread has ended when the answer is there, also if
 * it is an error: nothing goes on in the background. Errors of the client are part of the answer; this rejects if it
 * was ended by the signal or the time limit.
 */
export async function askClient(task: UploadTask, options: ClientThreadOptions): Promise<UploadAnswer> {
  options.signal?.throwIfAborted();
  const worker = new Worker(WORKER_URL, { workerData: task, env: withoutGaps(options.environment), stdout: true });
  createInterface({ input: worker.stdout }).on('line', options.onLine);
  const limit = AbortSignal.timeout(options.timeLimit);
  const ended = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  try {
    return await new Promise<UploadAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      // What the client throws outside of its promises would end the process if it ran in the main thread.
      worker.once('error', (error) => resolve({ kind: 'failed', error: { message: messageOf(error) } }));
      worker.once('exit', (code) =>
        resolve({ kind: 'failed', error: { message: `The artifact client ended by itself with exit code ${code}.` } }),
      );
      ended.addEventListener('abort', () =>
        reject(limit.aborted ? tooLong(options.timeLimit) : options.signal?.reason),
      );
    });
  } finally {
    await worker.terminate();
  }
}

/** The bundle has this file beside its own as JavaScript; a literal here would make the bundler copy the source. */
const WORKER_URL = new URL(`./upload-worker${import.meta.url.slice(-3)}`, import.meta.url);

/** A thread would take an undefined variable for the text `undefined`. */
function withoutGaps(environment: ClientThreadOptions['environment']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

function tooLong(timeLimit: number): Error {
  const seconds = Math.round(timeLimit / 1000);
  return uploadError(
    'TIME_LIMIT',
    `The upload was not done after ${seconds} s, and was broken off.`,
    'Re-run the job. If it takes that long again, make the image smaller, or use a runner with a faster connection.',
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
