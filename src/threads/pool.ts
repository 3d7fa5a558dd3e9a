import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { errorCode } from '../errors/error-code.ts';
import { REPORT_BUG, type UserError, userError } from '../errors/user-error.ts';
import type { TaskInput, TaskMessage, TaskOutput, TaskResponse, TaskTable } from './messages.ts';
import { unpackError } from './pack-error.ts';
import { createSharedValues, type SharedValues } from './shared.ts';
import { closeGate, createGate, type Gate, leaveGate } from './uninterrupted.ts';

/** A fixed number of worker threads that start tasks in the order in which they are requested. */
export interface Pool<Tasks extends TaskTable> {
  readonly threads: number;
  /**
   * Runs a task. Rejects with the error that the task throws, or that ended a worker. Buffers in `transfer` move to the
   * worker instead of being copied, when it gets the task.
   */
  run<Name extends keyof Tasks & string>(
    name: Name,
    input: TaskInput<Tasks, Name>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<TaskOutput<Tasks, Name>>;
  /**
   * Sends a value to every worker, once. A task whose input has this very object as a property then uses the worker's
   * copy, and the object is not sent again. For large values that many tasks need; workers keep them until they end.
   */
  share<Value extends object>(value: Value): Value;
  /**
   * Stops all workers: each at once, or after the call of `uninterrupted` that it is in. Tasks that have not finished are
   * rejected with the reason.
   */
  close(reason?: unknown): Promise<void>;
}

/**
 * Starts `threads` workers from the script at `url`, which must call `serveTasks`. Each worker runs one task and has the
 * next one waiting, so that it never idles while the main thread is busy. A worker that dies ends the pool: all tasks
 * that have not finished, and all later ones, are rejected.
 */
export function createPool<Tasks extends TaskTable>(url: URL, threads: number): Pool<Tasks> {
  const waiting: Job[] = [];
  const shared = createSharedValues();
  let nextId = 0;
  let failure: { readonly reason: unknown } | undefined;

  const fail = (error: unknown): void => {
    failure ??= { reason: error };
    rejectAll(waiting.splice(0), failure.reason);
    for (const { jobs } of members) {
      const unfinished = [...jobs.values()];
      jobs.clear();
      rejectAll(unfinished, failure.reason);
    }
  };

  const dispatch = (): void => {
    for (const depth of [0, 1]) {
      for (const member of members) {
        while (waiting.length > 0 && member.jobs.size === depth) {
          send(member, waiting.shift(), shared);
        }
      }
    }
  };

  setFlagsFromString(INITIAL_HEAP);
  const members = Array.from({ length: threads }, () => startMember(url, { onIdle: dispatch, onDeath: fail }));

  return {
    threads,
    run: (name, input, transfer = []) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          return reject(failure.reason);
        }
        waiting.push({ id: nextId++, name, input, transfer, resolve, reject });
        dispatch();
      }),
    share(value) {
      shared.add(value, (message) => {
        for (const { worker } of members) {
          worker.postMessage(message);
        }
      });
      return value;
    },
    async close(reason = new Error('The worker threads were stopped.')) {
      fail(reason);
      await Promise.all(members.map(stop));
    },
  };
}

interface Job {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly transfer: readonly ArrayBuffer[];
  /** Takes the output of the task of this name, and nothing else. */
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  readonly gate: Gate;
  /** The jobs that the worker has: the one that it runs, and the next. */
  readonly jobs: Map<number, Job>;
}

function startMember(
  url: URL,
  { onIdle, onDeath }: { readonly onIdle: () => void; readonly onDeath: (error: UserError) => void },
): Member {
  const gate = createGate();
  const worker = new Worker(url, { resourceLimits: LIMITS, workerData: { gate } });
  const member: Member = { worker, gate, jobs: new Map() };
  const { jobs } = member;
  worker.on('message', (response: TaskResponse<never>) => {
    const job = jobs.get(response.id);
    // The answer came after the pool was stopped. Without a reference the process could end before its workers.
    if (job === undefined) {
      return;
    }
    jobs.delete(response.id);
    if (jobs.size === 0) {
      worker.unref();
    }
    onIdle();
    if ('error' in response) {
      job.reject(unpackError(response.error));
    } else {
      job.resolve(response.value);
    }
  });
  worker.on('error', (cause) => onDeath(deathError(cause)));
  // An answer that cannot be decoded, such as one that is nested too deeply: no other event says that it is lost.
  worker.on('messageerror', (cause) => onDeath(deathError(cause)));
  worker.on('exit', (code) => {
    leaveGate(gate);
    onDeath(exitError(code));
  });
  // An idle pool must not keep the process alive; `send` refers to the worker again. After the listeners, because adding
  // one for messages refers to it too.
  worker.unref();
  return member;
}

async function stop({ worker, gate }: Member): Promise<void> {
  await closeGate(gate);
  await worker.terminate();
}

/**
 * Most allocations are short-lived, so a smaller young generation than V8's default is enough. Scavenges start when a
 * third of it is full.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/**
 * Workers live on a few megabytes of objects, and large buffers come and go. V8 takes these for growth of a heap that started
 * small, and collects garbage for each.
 */
const INITIAL_HEAP = '--initial-old-space-size=64';

function send({ worker, jobs }: Member, job: Job | undefined, shared: SharedValues): void {
  if (job === undefined) {
    return;
  }
  try {
    const message: TaskMessage<unknown> = { id: job.id, name: job.name, ...shared.leaveOut(job.input) };
    worker.postMessage(message, [...job.transfer]);
  } catch (error) {
    // An input that cannot be cloned must not take up the place of one that can.
    job.reject(error);
    return;
  }
  jobs.set(job.id, job);
  worker.ref();
}

function rejectAll(jobs: readonly Job[], reason: unknown): void {
  for (const { reject } of jobs) {
    reject(reason);
  }
}

/** The error of a worker that ended with an error outside its tasks, or that used up its memory. */
function deathError(cause: unknown): UserError {
  if (errorCode(cause) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return userError({
      title: 'Not enough memory',
      message: 'A worker thread ran out of memory.',
      remedy:
        'Use a runner with more memory, or put less into the image. ' +
        'If NODE_OPTIONS sets --max-old-space-size, raise the limit or remove it.',
      code: 'WORKER_OUT_OF_MEMORY',
      cause,
    });
  }
  return userError({
    title: 'A worker thread failed',
    message: 'A worker thread failed.',
    remedy: REPORT_BUG,
    code: 'WORKER_FAILED',
    cause,
  });
}

function exitError(exitCode: number): UserError {
  return userError({
    title: 'A worker thread failed',
    message: `A worker thread exited with code ${exitCode}.`,
    remedy: REPORT_BUG,
    code: 'WORKER_EXITED',
  });
}
