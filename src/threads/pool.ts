import { Worker } from 'node:worker_threads';
import type { TaskInput, TaskMessage, TaskOutput, TaskResponse, TaskTable } from './messages.ts';
import { unpackError } from './pack-error.ts';
import { createShared, type Shared } from './shared.ts';

/** A fixed number of worker threads that run tasks in the order they are asked for. */
export interface Pool<Tasks extends TaskTable> {
  readonly threads: number;
  /** Runs a task; rejects with the error it throws, or that the worker died of. */
  run<Name extends keyof Tasks & string>(name: Name, input: TaskInput<Tasks, Name>): Promise<TaskOutput<Tasks, Name>>;
  /**
   * Sends a value to every thread, once. From then on a task whose input has this very value as a property gets what
   * its thread has, and nothing of it is copied. For large values that many tasks need; threads keep them to their end.
   */
  share<Value extends object>(value: Value): Value;
  /** Stops all workers at once; tasks that have not ended are rejected with the reason. */
  close(reason?: unknown): Promise<void>;
}

/**
 * Starts `threads` workers from the script at `url`, which must call `serveTasks`. Each holds one task in hand and one
 * in waiting, so that it never idles while the main thread is busy. A worker that dies ends the pool: its task and all
 * later ones are rejected.
 */
export function createPool<Tasks extends TaskTable>(url: URL, threads: number): Pool<Tasks> {
  const waiting: Job[] = [];
  const members: Member[] = [];
  const shared = createShared();
  let nextId = 0;
  let failure: { readonly reason: unknown } | undefined;

  const fail = (error: unknown): void => {
    failure ??= { reason: error };
    const { reason } = failure;
    for (const job of waiting.splice(0)) {
      job.reject(reason);
    }
    for (const member of members) {
      for (const job of member.jobs.values()) {
        job.reject(reason);
      }
      member.jobs.clear();
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

  for (let i = 0; i < threads; i++) {
    const member: Member = { worker: new Worker(url, { resourceLimits: LIMITS }), jobs: new Map() };
    member.worker.on('message', (response: TaskResponse) => {
      const job = member.jobs.get(response.id);
      // An answer that comes too late: the pool was stopped, and the process must stay until its threads have ended.
      if (job === undefined) {
        return;
      }
      member.jobs.delete(response.id);
      if (member.jobs.size === 0) {
        member.worker.unref();
      }
      dispatch();
      if ('error' in response) {
        job.reject(unpackError(response.error));
      } else {
        job.resolve(response.value);
      }
    });
    member.worker.on('error', (cause) => fail(describeDeath(cause)));
    member.worker.on('exit', (code) => fail(workerError(`A worker thread ended by itself, exit code ${code}`, REPORT)));
    // An idle pool must not keep the process alive; a task in hand does, through `ref` in `send`. After the listeners,
    // since one for messages makes the process stay again.
    member.worker.unref();
    members.push(member);
  }

  return {
    threads,
    run: (name, input) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          return reject(failure.reason);
        }
        // The type of a result is that of the task of this name: the worker runs the same table.
        waiting.push({
          id: nextId++,
          name,
          input,
          resolve: (value) => Reflect.apply(resolve, undefined, [value]),
          reject,
        });
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
      await Promise.all(members.map((member) => member.worker.terminate()));
    },
  };
}

/**
 * What a thread makes new is mostly done with at once, so that less room for it than V8 would take is enough: a third of
 * these megabytes is what a thread can fill before the dead are swept out.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

interface Job {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

function send(member: Member, job: Job | undefined, shared: Shared): void {
  if (job === undefined) {
    return;
  }
  try {
    const message: TaskMessage = { id: job.id, name: job.name, ...shared.leaveOut(job.input) };
    member.worker.postMessage(message);
  } catch (error) {
    // An input that cannot be cloned must not take the place of one that can.
    job.reject(error);
    return;
  }
  member.jobs.set(job.id, job);
  member.worker.ref();
}

/** What ended a worker: an error that no task was there to answer with, or the memory that it may have. */
function describeDeath(cause: unknown): Error {
  const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isMemory) {
    return workerError('A worker thread ran out of memory', MEMORY, cause);
  }
  return workerError('A worker thread failed', REPORT, cause);
}

const REPORT = 'Re-run the job. If it fails again, report it as a bug of the action, with this log.';
const MEMORY =
  'Use a runner with more memory. If NODE_OPTIONS sets --max-old-space-size, raise it or leave it out. Put less into the image otherwise.';

function workerError(what: string, remedy: string, cause?: unknown): Error {
  return Object.assign(new Error(`${what}.`, cause === undefined ? {} : { cause }), { remedy });
}
