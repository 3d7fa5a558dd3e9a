/**
 * Loaded by Node ahead of the action, in its main thread and in each worker thread (NODE_OPTIONS=--import): brings about
 * what cannot be brought about from outside, or stops a thread at a known point while the test changes the world. It does
 * nothing else to the action, and leaves a file `hit` where a fault has happened. See `faults.ts`.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const { FAULT_KIND = '', FAULT_TASK = '', FAULT_DIRECTORY = '' } = process.env;
const hit = join(FAULT_DIRECTORY, 'hit');
const go = join(FAULT_DIRECTORY, 'go');

if (isMainThread) {
  inMainThread();
} else if (parentPort !== null) {
  aheadOfTask(parentPort);
}

/** Lets the fault happen in a worker each time before it does the task. */
function aheadOfTask(port: NonNullable<typeof parentPort>): void {
  const on = port.on.bind(port);
  const patched = (event: string, listener: (message: unknown) => void): unknown =>
    on(event, (message: unknown) => {
      if (event === 'message' && taskOf(message) === FAULT_TASK) {
        inWorker();
      }
      listener(message);
    });
  Object.assign(port, { on: patched });
}

function taskOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'name' in message ? message.name : undefined;
}

function inWorker(): void {
  if (FAULT_KIND.startsWith('main-')) {
    return;
  }
  appendFileSync(hit, FAULT_KIND);
  switch (FAULT_KIND) {
    case 'hold':
      while (!existsSync(go)) {
        sleep(5);
      }
      break;
    case 'throw':
      throw new Error('injected into a worker');
    case 'exit':
      process.exit(7);
      break;
    case 'memory': {
      const hog: number[][] = [];
      for (;;) {
        hog.push(Array.from({ length: 100_000 }, (_, i) => i + hog.length));
      }
    }
  }
}

/** An error outside of all that waits for one, as a library may throw it from a timer. */
function inMainThread(): void {
  if (FAULT_KIND === 'main-forget') {
    forgetWorkers();
  }
  if (FAULT_KIND !== 'main-throw' && FAULT_KIND !== 'main-reject') {
    return;
  }
  const timer = setInterval(() => {
    if (!existsSync(go)) {
      return;
    }
    clearInterval(timer);
    appendFileSync(hit, FAULT_KIND);
    if (FAULT_KIND === 'main-throw') {
      throw new Error('injected into the main thread');
    }
    Promise.reject(new Error('injected into the main thread'));
  }, 5);
}

/** Worker threads do not keep the process alive: it waits for answers that it will not be there to get. */
function forgetWorkers(): void {
  const { ref } = Worker.prototype;
  Worker.prototype.ref = () => appendFileSync(hit, FAULT_KIND);
  process.once('beforeExit', () => {
    Worker.prototype.ref = ref;
  });
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
