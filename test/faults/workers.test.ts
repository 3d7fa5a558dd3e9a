// @module-tag system
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../src/errors/user-error.ts';
import { createPool, type Pool } from '../../src/threads/pool.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { expectCleanFailure, type FaultKind, inject, runFaulty } from './support/faults.ts';

const CASES: readonly (readonly [FaultKind, string, string])[] = [
  ['throw', 'scanStorePath', 'A worker thread failed.\nCause: injected into a worker'],
  ['throw', 'auditImage', 'A worker thread failed.\nCause: injected into a worker'],
  ['exit', 'digestFiles', 'A worker thread exited with code 7.'],
  ['exit', 'writeSkeletonPart', 'A worker thread exited with code 7.'],
  ['memory', 'compressRange', 'A worker thread ran out of memory.'],
];

describe('a worker thread of the action', () => {
  test.each(CASES)('that ends by %s before %s fails the step with an error that says so', async (kind, task, words) => {
    const fault = inject(kind, task, '--max-old-space-size=64');
    const run = await runFaulty({ 'store-paths': sampleClosure().root }, { environment: fault.environment });
    expect(fault.happened()).toBe(true);
    expect(expectCleanFailure(run)).toContain(words);
  });
});

describe('the main thread of the action', () => {
  test.each(['main-throw', 'main-reject'] as const)('cleans up after an unhandled error: %s', async (kind) => {
    const fault = inject(kind, 'compressRange');
    const run = await runFaulty({ 'store-paths': sampleClosure().root }, { environment: fault.environment });
    expect(fault.happened()).toBe(true);
    expect(expectCleanFailure(run)).toContain('An error was not caught.\nCause: injected into the main thread');
  });

  test('reports that nothing is left to wait for', async () => {
    const fault = inject('main-forget');
    const run = await runFaulty({ 'store-paths': sampleClosure().root }, { environment: fault.environment });
    expect(fault.happened()).toBe(true);
    expect(expectCleanFailure(run)).toContain('There is nothing left to wait for.');
  });
});

describe('a pool', () => {
  test('rejects the tasks of a worker that cannot start', async () => {
    const pool = poolOf('throw new Error("no start");');
    await expect(pool.run('task', 1)).rejects.toMatchObject({
      title: 'A worker thread failed',
      message: 'A worker thread failed.',
      code: 'WORKER_FAILED',
      cause: { message: 'no start' },
    });
  });

  test('rejects the task whose worker exits, the tasks that wait, and later ones', async () => {
    const pool = poolOf('serveTasks(parentPort, { task: (n) => (n === 2 ? process.exit(3) : { value: n }) });');
    expect(await pool.run('task', 1)).toBe(1);
    const results = await Promise.allSettled([2, 3, 4].map((n) => pool.run('task', n)));
    for (const result of results) {
      expect(result).toMatchObject({
        reason: { code: 'WORKER_EXITED', message: 'A worker thread exited with code 3.' },
      });
    }
    await expect(pool.run('task', 5)).rejects.toThrow('code 3');
  });

  test('rejects with the error of the task, with its code, title, remedy and cause', async () => {
    const userErrors = pathToFileURL(join(import.meta.dirname, '../../src/errors/user-error.ts'));
    const pool = poolOf(`const { userError } = await import('${userErrors}');
    serveTasks(parentPort, { task() {
      const cause = Object.assign(new Error('deep'), { code: 'ENOSPC', then() {} });
      throw userError({ title: 'T', message: 'shown', remedy: 'R', code: 'C', cause });
    } });`);
    const error: unknown = await pool.run('task', 1).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message: 'shown',
      title: 'T',
      remedy: 'R',
      code: 'C',
      cause: { message: 'deep', code: 'ENOSPC' },
    });
  });

  test('rejects a result that cannot be cloned', async () => {
    const pool = poolOf('serveTasks(parentPort, { task: () => ({ value: () => 1 }) });');
    await expect(pool.run('task', 1)).rejects.toThrow('could not be cloned');
  });

  test('stops a worker during its task, and rejects the task with the reason', async () => {
    const pool = poolOf('serveTasks(parentPort, { task() { for (;;); } });');
    const running = pool.run('task', 1).catch((reason) => reason);
    await pool.close('the reason');
    expect(await running).toBe('the reason');
    await expect(pool.run('task', 2)).rejects.toBe('the reason');
  });

  test('keeps the process alive until its workers have ended, also if an answer arrives too late', () => {
    const go = join(temporaryDirectory(), 'go');
    // A thread cannot be stopped while it waits in native code.
    const worker = workerFile(`import { execFileSync } from 'node:child_process';
      serveTasks(parentPort, { task(answered) {
        setImmediate(() => {
          Atomics.add(answered, 0, 1);
          Atomics.notify(answered, 0);
          execFileSync('sh', ['-c', 'while [ ! -e ${go} ]; do sleep 0.01; done']);
        });
        return { value: 1 };
      } });`);
    const pool = pathToFileURL(join(import.meta.dirname, '../../src/threads/pool.ts'));
    const main = join(temporaryDirectory(), 'main.mjs');
    writeFileSync(
      main,
      `import { createPool } from '${pool}';
      import { writeFileSync } from 'node:fs';
      const pool = createPool(new URL('${pathToFileURL(worker)}'), 2);
      const answered = new Int32Array(new SharedArrayBuffer(4));
      const tasks = [pool.run('task', answered), pool.run('task', answered)];
      tasks[1].catch(() => {});
      // Both answers have arrived before the first is handled.
      for (let count = 0; count < 2; count = Atomics.load(answered, 0)) Atomics.wait(answered, 0, count);
      await tasks[0];
      const closed = pool.close();
      // The threads may end after some turns of the event loop. This timer does not keep the process alive.
      let turns = 0;
      setInterval(() => {
        if (++turns === 10) writeFileSync('${go}', '');
      }, 1).unref();
      process.on('exit', () => writeFileSync('${go}', ''));
      await closed;
      console.log('closed');`,
    );
    // Throws if the process ends with another exit code than 0.
    expect(execFileSync(process.execPath, [main], { encoding: 'utf8' })).toBe('closed\n');
  });
});

type TestTasks = { readonly task: (input: number) => { readonly value: number } };

/** A pool of one worker that runs the test's own script. */
function poolOf(script: string): Pool<TestTasks> {
  const pool = createPool<TestTasks>(pathToFileURL(workerFile(script)), 1);
  onTestFinished(() => pool.close());
  return pool;
}

function workerFile(script: string): string {
  const serve = pathToFileURL(join(import.meta.dirname, '../../src/threads/serve.ts'));
  const file = join(temporaryDirectory(), 'worker.mjs');
  const imports = `import { parentPort } from 'node:worker_threads';\nimport { serveTasks } from '${serve}';`;
  writeFileSync(file, `${imports}\n${script}\n`);
  return file;
}
