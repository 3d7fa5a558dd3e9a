/**
 * Loaded by Node before the action, in its main thread and in each worker thread (NODE_OPTIONS=--import). Injects faults
 * that cannot be caused from outside, or holds a thread at a known point while the test changes something. Changes nothing
 * else, and writes a file `hit` when a fault has happened. See `faults.ts`.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const { FAULT_KIND = '', FAULT_TASK = '', FAULT_DIRECTORY = '', FAULT_SIGNAL = '', FAULT_DELAY = '' } = process.env;
const hit = join(FAULT_DIRECTORY, 'hit');
const go = join(FAULT_DIRECTORY, 'go');
const held = join(FAULT_DIRECTORY, 'held');

/** The script of the thread that sends a signal, see `signalAfter`. */
const CLOCK = `
  const { begun, signal, delay } = require('node:worker_threads').workerData;
  Atomics.wait(begun, 0, 0);
  if (delay > 0) {
    Atomics.wait(begun, 0, 1, delay);
    process.kill(process.pid, signal);
  }`;

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
  appendFileSync(held, FAULT_KIND);
  // What happens in the main thread happens in the middle of the task.
  if (FAULT_KIND.startsWith('main-')) {
    for (;;) {
      sleep(5);
    }
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

/** Throws outside of any promise or call that the action handles, as a library may from a timer, once a worker is held. */
function inMainThread(): void {
  if (FAULT_KIND === 'signal') {
    signalAfter(FAULT_TASK, FAULT_SIGNAL, Number(FAULT_DELAY));
  }
  if (FAULT_KIND === 'main-forget') {
    forgetWorkers();
  }
  if (FAULT_KIND !== 'main-throw' && FAULT_KIND !== 'main-reject') {
    return;
  }
  const timer = setInterval(() => {
    if (!existsSync(held)) {
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

/**
 * Sends this process a signal `delay` milliseconds after a phase has begun. A thread of its own sends it, so that it comes
 * in time whatever the main thread and the test do. With a delay of 0 the main thread sends it, as the phase begins.
 */
function signalAfter(phase: string, signal: string, delay: number): void {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { begun, signal, delay };
  const clock = new Worker(CLOCK, { eval: true, workerData, env: {}, execArgv: [] });
  clock.unref();
  const write = process.stdout.write.bind(process.stdout);
  const patched = (text: string): boolean => {
    const isWritten = write(text);
    if (text.includes(`::group::${phase}`)) {
      appendFileSync(hit, FAULT_KIND);
      if (delay === 0) {
        process.kill(process.pid, signal);
      }
      Atomics.store(begun, 0, 1);
      Atomics.notify(begun, 0);
    }
    return isWritten;
  };
  Object.assign(process.stdout, { write: patched });
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
