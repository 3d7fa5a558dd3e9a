import { parentPort } from 'node:worker_threads';
import { framesApart } from '../../src/image/frames/zstd-frames.ts';
import type { TaskResult } from '../../src/threads/messages.ts';
import { serveTasks } from '../../src/threads/serve.ts';

const seen: object[] = [];

/** Tasks that end in every way that a task, and the thread under it, can end. */
const testTasks = {
  echo({ value }: { readonly value: unknown }): TaskResult<unknown> {
    return { value };
  },

  /** The whole input. */
  whole(input: unknown): TaskResult<unknown> {
    return { value: input };
  },

  /** Which of the values that it has been given this one is. */
  identity({ value }: { readonly value: object }): TaskResult<number> {
    if (!seen.includes(value)) {
      seen.push(value);
    }
    return { value: seen.indexOf(value) };
  },

  /** Adds one to a counter in shared memory when it starts, waits, and returns the count. */
  count({
    counter,
    milliseconds,
  }: {
    readonly counter: Int32Array;
    readonly milliseconds: number;
  }): TaskResult<number> {
    const before = Atomics.add(counter, 0, 1);
    if (milliseconds > 0) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    }
    return { value: before };
  },

  /** Adds one to a counter in shared memory, waits until as many tasks have done so, and returns the count before. */
  meet({ counter, tasks }: { readonly counter: Int32Array; readonly tasks: number }): TaskResult<number> {
    const before = Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
    for (let count = before + 1; count < tasks; count = Atomics.load(counter, 0)) {
      Atomics.wait(counter, 0, count);
    }
    return { value: before };
  },

  /** Gives a value that is nested so deeply. */
  nested({ depth }: { readonly depth: number }): TaskResult<unknown> {
    let value: unknown;
    for (let i = 0; i < depth; i++) {
      value = [{ value }];
    }
    return { value };
  },

  /** Gives a buffer that is moved rather than copied. */
  bytes({ length }: { readonly length: number }): TaskResult<Uint8Array> {
    const value = new Uint8Array(length).fill(7);
    return { value, transfer: [value.buffer] };
  },

  fail({ message, code }: { readonly message: string; readonly code: string }): TaskResult<never> {
    const innermost = Object.assign(new Error('innermost', { cause: 'no error' }), { code: 'INNERMOST' });
    throw Object.assign(new TypeError(message, { cause: innermost }), { code });
  },

  failOddly(): TaskResult<never> {
    throw Object.assign(new Error('odd'), { cause: { uncloneable: () => 1 }, code: 17 });
  },

  failWithText(): TaskResult<never> {
    throw 'no error, but a text';
  },

  answerUncloneably(): TaskResult<unknown> {
    return { value: () => 1 };
  },

  /** Ends well, and throws when the flag is set. The answer of a thread that fails at once can be lost. */
  throwLater({ flag }: { readonly flag: Int32Array }): TaskResult<string> {
    whenSet(flag, () => {
      throw new Error('thrown later');
    });
    return { value: 'ended' };
  },

  rejectLater({ flag }: { readonly flag: Int32Array }): TaskResult<string> {
    whenSet(flag, () => void Promise.reject(new Error('rejected later')));
    return { value: 'ended' };
  },

  exit({ code }: { readonly code: number }): TaskResult<never> {
    process.exit(code);
  },

  /** Compresses and decompresses small pieces forever, and says in shared memory when it has begun. */
  compress({ begun }: { readonly begun: Int32Array }): TaskResult<never> {
    const { compress, decompress } = framesApart;
    for (;;) {
      decompress(compress(Buffer.from('a small piece'), 3), 64);
      Atomics.store(begun, 0, 1);
      Atomics.notify(begun, 0);
    }
  },

  /** Takes memory until there is none. */
  eatMemory(): TaskResult<number> {
    const eaten: unknown[] = [];
    for (;;) {
      eaten.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
    }
  },
};

function whenSet(flag: Int32Array, act: () => void): void {
  const timer = setInterval(() => {
    if (Atomics.load(flag, 0) === 0) {
      return;
    }
    clearInterval(timer);
    act();
  }, 1);
}

export type TestTasks = typeof testTasks;

if (parentPort !== null) {
  serveTasks(parentPort, testTasks);
}
