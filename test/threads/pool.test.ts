import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../src/threads/pool.ts';
import type { TestTasks } from '../support/image-test-worker.ts';
import { runTool } from '../support/run-tool.ts';

const WORKER = new URL('../support/image-test-worker.ts', import.meta.url);
const MAIN = fileURLToPath(new URL('../support/image-pool-main.ts', import.meta.url));

const pools: Pool<TestTasks>[] = [];
function newPool(threads: number): Pool<TestTasks> {
  const pool = createPool<TestTasks>(WORKER, threads);
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const newCounter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `no error: ${error}`);

describe('tasks', () => {
  it('run one after the other on one thread, in the order in which they were requested', async () => {
    const pool = newPool(1);
    const counter = newCounter();
    const started = Array.from({ length: 50 }, (_, i) =>
      pool.run('count', { counter, milliseconds: i % 7 === 0 ? 3 : 0 }),
    );
    expect(await Promise.all(started)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('start in that order on several threads, and each returns its own result', async () => {
    const pool = newPool(3);
    expect(pool.threads).toBe(3);
    const values = Array.from({ length: 500 }, (_, i) => ({ i, bytes: Buffer.from(`${i}`) }));
    const results = await Promise.all(values.map((value) => pool.run('echo', { value })));
    expect(results).toEqual(values.map(({ i, bytes }) => ({ i, bytes: Uint8Array.from(bytes) })));
  });

  it('run at the same time on different threads', async () => {
    const pool = newPool(4);
    const counter = newCounter();
    // None of them ends before all have begun.
    await Promise.all(Array.from({ length: 4 }, () => pool.run('meet', { counter, tasks: 4 })));
    expect(counter[0]).toBe(4);
  });

  it('move buffers rather than copy them, and share shared memory', async () => {
    const pool = newPool(1);
    const bytes = await pool.run('bytes', { length: 10_000_000 });
    expect(bytes.length).toBe(10_000_000);
    expect(bytes[9_999_999]).toBe(7);
    const counter = newCounter();
    await pool.run('count', { counter, milliseconds: 0 });
    expect(counter[0]).toBe(1);
  });

  it('get buffers that move, also those that wait for a thread', async () => {
    const pool = newPool(1);
    const values = [1, 2, 3, 4].map((first) => new Uint8Array([first, 0]));
    const started = values.map((value) => pool.run('echo', { value }, [value.buffer]));
    expect(await Promise.all(started)).toEqual([1, 2, 3, 4].map((first) => new Uint8Array([first, 0])));
    expect(values.map(({ length }) => length)).toEqual([0, 0, 0, 0]);
  });
});

describe('a value that is shared', () => {
  it('reaches a task wherever its input has it, and is sent to each thread once', async () => {
    const pool = newPool(2);
    const large = { bytes: new Uint8Array(2 ** 20), at: 7 };
    expect(pool.share(large)).toBe(large);
    large.at = 8;
    pool.share(large);
    const inputs = Array.from({ length: 20 }, (_, i) => ({ i, value: large, other: { value: large } }));
    const results = await Promise.all(inputs.map((input) => pool.run('whole', input)));
    // The value is as it was when it was shared; one that lies deeper in the input is copied as usual.
    for (const [i, result] of results.entries()) {
      expect(result).toMatchObject({ i, value: { at: 7 }, other: { value: { at: 8 } } });
    }
    // Each thread has one value, always the same object.
    const identities = await Promise.all(inputs.map((input) => pool.run('identity', input)));
    expect(new Set(identities)).toEqual(new Set([0]));
  });

  it('is not taken for an equal one, and inputs without it stay as they are', async () => {
    const pool = newPool(1);
    pool.share({ at: 1 });
    expect(await pool.run('echo', { value: { at: 1 } })).toEqual({ at: 1 });
    expect(await pool.run('whole', undefined)).toBeUndefined();
    expect(await pool.run('whole', 'text')).toBe('text');
    expect(await pool.run('whole', ['a', 'list'])).toEqual(['a', 'list']);
  });

  it('that cannot be sent is refused, and later tasks run', async () => {
    const pool = newPool(1);
    const wrong = { value: () => 1 };
    expect(() => pool.share(wrong)).toThrow('could not be cloned');
    expect(() => pool.share(wrong)).toThrow('could not be cloned');
    expect(await pool.run('echo', { value: 'next' })).toBe('next');
  });
});

describe('a task that throws', () => {
  it('rejects with its error: message, code, causes and the stack of the thread', async () => {
    const pool = newPool(2);
    const failed = pool.run('fail', { message: 'what went wrong', code: 'EWRONG' });
    await expect(failed).rejects.toMatchObject({
      message: 'what went wrong',
      code: 'EWRONG',
      stack: expect.stringContaining('image-test-worker'),
      cause: { message: 'innermost', code: 'INNERMOST', cause: { message: 'no error' } },
    });
    // The thread goes on.
    expect(await pool.run('echo', { value: 'next' })).toBe('next');
  });

  it('rejects with an error if it throws something that cannot be sent, or that is not an error', async () => {
    const pool = newPool(1);
    await expect(pool.run('failOddly', undefined)).rejects.toMatchObject({ message: 'odd', cause: expect.any(Error) });
    await expect(pool.run('failWithText', undefined)).rejects.toMatchObject({ message: 'no error, but a text' });
    await expect(pool.run('answerUncloneably', undefined)).rejects.toThrow(/could not be cloned/);
    expect(await pool.run('echo', { value: 'next' })).toBe('next');
  });

  it('does not affect other tasks', async () => {
    const pool = newPool(2);
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        i % 3 === 0 ? pool.run('fail', { message: `${i}`, code: 'E' }) : pool.run('echo', { value: i }),
      ),
    );
    results.forEach((result, i) => {
      if (i % 3 === 0) {
        expect(result).toMatchObject({ status: 'rejected', reason: { message: `${i}` } });
      } else {
        expect(result).toEqual({ status: 'fulfilled', value: i });
      }
    });
  });
});

it('an input that cannot be sent is rejected, and no other task waits for it', async () => {
  const pool = newPool(1);
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, i) => pool.run('echo', { value: i % 4 === 3 ? i : () => i })),
  );
  const statuses = results.map(({ status }, i) => (status === 'fulfilled' ? i : 'rejected'));
  expect(statuses.filter((status) => status !== 'rejected')).toEqual([3, 7, 11]);
  expect(await pool.run('echo', { value: 'next' })).toBe('next');
});

it('an answer that cannot be decoded is an error, and not waited for', async () => {
  const pool = newPool(1);
  // The thread can send this, and the main thread cannot receive it.
  await expect(pool.run('nested', { depth: 2000 })).rejects.toMatchObject({
    title: 'A worker thread failed',
    cause: { message: expect.stringMatching(/call stack/) },
  });
});

describe('a thread that dies ends the pool, with the reason:', () => {
  const longOnes = (pool: Pool<TestTasks>): readonly Promise<unknown>[] =>
    Array.from({ length: 6 }, () =>
      pool.run('count', { counter: newCounter(), milliseconds: Number.POSITIVE_INFINITY }),
    );

  async function expectEnd(pool: Pool<TestTasks>, pending: readonly Promise<unknown>[], reason: RegExp): Promise<void> {
    const results = await Promise.allSettled(pending);
    for (const result of results) {
      expect(result.status).toBe('rejected');
      if (result.status !== 'rejected') {
        continue;
      }
      const { reason: error } = result;
      expect(`${messageOf(error)} ${messageOf(error.cause)}`).toMatch(reason);
    }
    await expect(pool.run('echo', { value: 'late' })).rejects.toThrow();
  }

  it.each([
    ['thrown outside a task', 'throwLater', /thrown later/],
    ['an unhandled rejection', 'rejectLater', /rejected later/],
  ] as const)('%s', async (_, task, reason) => {
    const pool = newPool(2);
    const flag = newCounter();
    // The second thread would go on forever.
    const ended = pool.run(task, { flag });
    const pending = pool.run('count', { counter: newCounter(), milliseconds: Number.POSITIVE_INFINITY });
    expect(await ended).toBe('ended');
    Atomics.store(flag, 0, 1);
    await expectEnd(pool, [pending], reason);
  });

  it('an exit, which also ends the tasks of the other threads', async () => {
    const pool = newPool(2);
    const pending = [pool.run('exit', { code: 3 }), ...longOnes(pool)];
    await expectEnd(pool, pending, /exited with code 3\b/);
  });

  it('a missing script', async () => {
    const pool = createPool<TestTasks>(new URL('no-such-worker.ts', WORKER), 2);
    pools.push(pool);
    await expectEnd(pool, [pool.run('echo', { value: 1 }), pool.run('echo', { value: 2 })], /no-such-worker/);
  });

  it('memory that runs out', async ({ signal }) => {
    // In a process of its own, because the limit is for the whole process.
    const { stdout } = await runTool(process.execPath, ['--max-old-space-size=60', MAIN, 'memory'], { signal });
    const reasons = JSON.parse(stdout.toString());
    expect(reasons).toHaveLength(2);
    for (const reason of reasons) {
      expect(reason).toMatchObject({
        code: 'WORKER_OUT_OF_MEMORY',
        message: 'A worker thread ran out of memory.',
        cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
      });
    }
  });
});

describe('closing', () => {
  it('rejects tasks that run, that wait and that are requested later', async () => {
    const pool = newPool(2);
    const pending = Array.from({ length: 10 }, () =>
      pool.run('count', { counter: newCounter(), milliseconds: Number.POSITIVE_INFINITY }),
    );
    const reason = new Error('the reason');
    const settled = Promise.allSettled(pending);
    await pool.close(reason);
    for (const result of await settled) {
      expect(result).toEqual({ status: 'rejected', reason });
    }
    await expect(pool.run('echo', { value: 1 })).rejects.toBe(reason);
    await pool.close();
    await expect(pool.run('echo', { value: 1 })).rejects.toBe(reason);
  });

  it('rejects with an error if no reason is given', async () => {
    const pool = newPool(1);
    const pending = pool.run('count', { counter: newCounter(), milliseconds: Number.POSITIVE_INFINITY });
    const settled = Promise.allSettled([pending]);
    await pool.close();
    expect(await settled).toEqual([{ status: 'rejected', reason: expect.any(Error) }]);
  });
});

it('closing while threads compress does not end the process', async ({ signal }) => {
  // Without `uninterrupted`, Node aborts one process in a few.
  const { stdout } = await runTool(process.execPath, [MAIN, 'compress'], { signal });
  expect(stdout.toString()).toBe('rejected rejected\n'.repeat(20));
});

it('an open pool keeps its process alive only while a task runs', async ({ signal }) => {
  const { stdout } = await runTool(process.execPath, [MAIN, 'idle'], { signal });
  expect(stdout.toString()).toBe('0\n');
});
