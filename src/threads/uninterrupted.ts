import { isMainThread, workerData } from 'node:worker_threads';

/**
 * Runs `work` as a whole: the pool stops this thread before it or after it, never in it. For the functions of node:zlib,
 * which create an object of Node and set it up in a second step. Node 24 aborts the process ("close before init") when a
 * thread is terminated between the two. Throws if the pool is being closed.
 */
export function uninterrupted<T>(work: () => T): T {
  if (ownGate === undefined) {
    return work();
  }
  enter(ownGate);
  try {
    return work();
  } finally {
    leaveGate(ownGate);
  }
}

/** What a pool and one of its threads share about `uninterrupted`: the flags below, in one element. */
export type Gate = Int32Array<SharedArrayBuffer>;

/** The thread is in `uninterrupted`. */
const INSIDE = 1;
/** The thread must not enter `uninterrupted` again. */
const CLOSED = 2;

/** Creates the gate of a thread, to be passed to it as `workerData.gate`. */
export function createGate(): Gate {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Keeps the thread of this gate out of `uninterrupted`, and waits until it is not in it. It can then be terminated. */
export async function closeGate(gate: Gate): Promise<void> {
  const flags = Atomics.or(gate, 0, CLOSED) | CLOSED;
  if ((flags & INSIDE) !== 0) {
    await Atomics.waitAsync(gate, 0, flags).value;
  }
}

function enter(gate: Gate): void {
  const flags = Atomics.or(gate, 0, INSIDE);
  if ((flags & CLOSED) !== 0) {
    leaveGate(gate);
    throw new Error('The worker threads are being stopped.');
  }
}

/** Says that the thread is out of `uninterrupted`; for one that died in it, the pool says so. */
export function leaveGate(gate: Gate): void {
  Atomics.and(gate, 0, ~INSIDE);
  Atomics.notify(gate, 0);
}

/** The gate of this thread; none in the main thread and in threads that belong to no pool. */
const ownGate: Gate | undefined = isMainThread ? undefined : gateOf(workerData);

function gateOf(data: unknown): Gate | undefined {
  if (typeof data !== 'object' || data === null || !('gate' in data)) {
    return undefined;
  }
  const { gate } = data;
  return gate instanceof Int32Array && gate.buffer instanceof SharedArrayBuffer
    ? new Int32Array(gate.buffer)
    : undefined;
}
