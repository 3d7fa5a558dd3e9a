import { addAbortListener } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Log } from '../runner/log.ts';
import type { ClientAnswer, ClientFailure, ClientTask } from './upload-worker.ts';

export interface ClientOptions {
  /** Environment variables of the client, in place of those of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Pick<Log, 'info' | 'detail' | 'warning'>;
  /** Called with the number of bytes uploaded so far. */
  readonly onProgress: (bytes: number) => void;
  /** Ends the client and whatever it is doing. */
  readonly signal: AbortSignal;
}

/** An error that the artifact client threw. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** Of the operating system or the blob storage, such as `AuthenticationFailed`. */
  readonly code: string | undefined;
  /** HTTP status of the blob storage; that of the artifact service is part of the message. */
  readonly statusCode: number | undefined;

  constructor({ message, code, statusCode }: Omit<ClientFailure, 'kind'>) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

type Kind = ClientTask['kind'];
type TaskOf<K extends Kind> = Extract<ClientTask, { readonly kind: K }>;
type AnswerTo<K extends Kind> = Extract<ClientAnswer, { readonly kind: K }>;

/**
 * Runs one task of the artifact client in a thread of its own. The thread has ended when this returns or throws, so
 * nothing continues in the background. Throws a `ClientError` if the client fails, and the signal's reason if that ended
 * the thread.
 */
export async function askClient<K extends Kind>(task: TaskOf<K>, options: ClientOptions): Promise<AnswerTo<K>> {
  const { environment, signal } = options;
  signal.throwIfAborted();
  await using stack = new AsyncDisposableStack();
  const worker = new Worker(WORKER_URL, { workerData: task, env: definedOnly(environment), stdout: true });
  stack.defer(async () => {
    await worker.terminate();
  });
  createInterface({ input: worker.stdout }).on('line', (line) => handleLine(line, options));

  const { promise, resolve, reject } = Promise.withResolvers<AnswerTo<K>>();
  const fail = (failure: Omit<ClientFailure, 'kind'>): void => reject(new ClientError(failure));
  stack.use(addAbortListener(signal, () => reject(signal.reason)));
  worker.once('message', (answer: ClientAnswer | ClientFailure) => {
    if (answer.kind === 'failure') {
      fail(answer);
    } else if (isAnswerTo(task.kind, answer)) {
      resolve(answer);
    }
  });
  // An error thrown outside of the client's promises would end the process if it ran in the main thread.
  worker.once('error', (error) => fail({ message: error instanceof Error ? error.message : String(error) }));
  worker.once('exit', (code) => fail({ message: `The artifact client exited with code ${code}.` }));
  return await promise;
}

function isAnswerTo<K extends Kind>(kind: K, answer: ClientAnswer): answer is AnswerTo<K> {
  return answer.kind === kind;
}

/** The bundle has this file beside its own as JavaScript; a literal URL would make the bundler copy the source. */
const WORKER_URL = new URL(`./upload-worker${import.meta.url.slice(-3)}`, import.meta.url);

/** A worker thread would set an undefined variable to the text `undefined`. */
function definedOnly(environment: ClientOptions['environment']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

/**
 * Handles one line that the artifact client prints. Commands that mask secrets go to the runner unchanged, the number of
 * uploaded bytes becomes progress, and warnings and retries go to the log. All other lines, such as one for each block,
 * are shown only with debug logging.
 */
function handleLine(line: string, { log, onProgress }: ClientOptions): void {
  const bytes = /^Uploaded bytes (\d+)$/.exec(line)?.[1];
  const warning = /^::warning::(.*)$/.exec(line)?.[1];
  if (line.startsWith('::add-mask::')) {
    process.stdout.write(`${line}\n`);
  } else if (bytes !== undefined) {
    onProgress(Number(bytes));
  } else if (warning !== undefined) {
    log.warning('Artifact upload', unescapeData(warning));
  } else if (/^Attempt \d+ of \d+ failed/.test(line)) {
    log.info(line);
  } else {
    log.detail(unescapeData(line.replace(/^::debug::/, '')));
  }
}

/** Reverts the escaping of a workflow command's message (@actions/core, src/command.ts). */
function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
