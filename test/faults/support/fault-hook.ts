/**
 * Loaded by Node before the action, in its main thread and in each worker thread (NODE_OPTIONS=--import). Injects faults
 * that cannot be caused from outside, or holds a thread at a known point while the test changes something. Changes nothing
 * else, and writes a file `hit` when a fault has happened. See `faults.ts`.
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
  beforeTask(parentPort);
}

/** Injects the fault into a worker each time before it runs the task. */
function beforeTask(port: NonNullable<typeof parentPort>): void {
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

/** Throws outside of any promise or call that the action handles, as a library may from a timer. */
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

/** Makes worker threads not keep the process alive, so that it ends before their answers arrive. */
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
