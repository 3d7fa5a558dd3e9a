/** A process that uses a pool as its first argument says, and prints what comes of it. An idle pool it leaves open. */
import { createPool, type Pool } from '../../src/threads/pool.ts';
import type { TestTasks } from './image-test-worker.ts';

const newPool = (): Pool<TestTasks> => createPool<TestTasks>(new URL('image-test-worker.ts', import.meta.url), 2);
const pool = newPool();
const describe = (error: unknown): unknown =>
  error instanceof Error
    ? {
        message: error.message,
        cause: error.cause === undefined ? null : describe(error.cause),
        code: Reflect.get(error, 'code'),
      }
    : error;

if (process.argv[2] === 'idle') {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  console.log(await pool.run('count', { counter, milliseconds: 300 }));
}
if (process.argv[2] === 'memory') {
  const results = await Promise.allSettled([
    pool.run('eatMemory', undefined),
    pool.run('count', { counter: new Int32Array(new SharedArrayBuffer(4)), milliseconds: Number.POSITIVE_INFINITY }),
  ]);
  console.log(
    JSON.stringify(results.map((result) => (result.status === 'rejected' ? describe(result.reason) : result))),
  );
  await pool.close();
}
if (process.argv[2] === 'compress') {
  for (let i = 0; i < 20; i++) {
    const stopped = newPool();
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const running = Promise.allSettled([stopped.run('compress', { begun }), stopped.run('compress', { begun })]);
    await Atomics.waitAsync(begun, 0, 0).value;
    await stopped.close();
    console.log((await running).map(({ status }) => status).join(' '));
  }
}
