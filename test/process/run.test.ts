import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProgramMissing } from '../../src/process/program-error.ts';
import { run } from '../../src/process/run.ts';
import { isRunning, processesWith } from '../faults/support/processes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until, withTimeLimit } from '../support/until.ts';

const directory = temporaryDirectory();

const shell = (script: string, options: Parameters<typeof run>[2] = {}) => run('sh', ['-c', script], options);

/** The process ID in a file; `undefined` if it is not there yet. */
function processIn(file: string): number | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.endsWith('\n') ? Number(text) : undefined;
}

describe('run', () => {
  it('gives output and exit code', async () => {
    const result = await shell('printf "out\\377\\n"; printf err >&2');
    expect(result.stdout).toEqual(Buffer.from('out\xff\n', 'latin1'));
    expect(result.stderr.toString()).toBe('err');
    expect(result.exitCode).toBe(0);
  });

  it('hands arguments over as they are', async () => {
    const args = ['a b', '', '$HOME', '*', "it's", '"', '-n', 'new\nline', '\\', 'é'];
    const { stdout } = await run('printf', ['%s\\0', ...args]);
    expect(stdout.toString().split('\0').slice(0, -1)).toEqual(args);
  });

  it('sets the locale, the time zone and the given variables', async () => {
    const environment = { LC_ALL: 'de_DE.UTF-8', TZ: 'Asia/Tokyo', MINE: 'x y', HOME: undefined };
    const { stdout } = await shell('echo "$LC_ALL/$TZ/$MINE"; printenv HOME || echo none', { environment });
    expect(stdout.toString()).toBe('C/UTC/x y\nnone\n');
  });

  it('looks the program up in the given PATH', async () => {
    writeFileSync(join(directory, 'my-tool'), '#!/bin/sh\necho mine', { mode: 0o755 });
    const { stdout } = await run('my-tool', [], { environment: { PATH: directory } });
    expect(stdout.toString()).toBe('mine\n');
  });

  it('runs in the given directory', async () => {
    expect((await shell('pwd', { workingDirectory: directory })).stdout.toString()).toBe(
      `${realpathSync(directory)}\n`,
    );
    await expect(shell('pwd', { workingDirectory: join(directory, 'none') })).rejects.toMatchObject({
      code: 'PROGRAM_NOT_STARTED',
      message: expect.stringContaining(`The working directory ${directory}/none does not exist`),
    });
  });

  it('reports how a command failed', async () => {
    const script = 'echo first >&2; printf "\\033[31mlast\\377 ::x\\n::error::y\\n" >&2; exit 3';
    await expect(shell(script)).rejects.toMatchObject({
      code: 'PROGRAM_FAILED',
      message: expect.stringMatching(
        /^A command failed with exit code 3: sh -c '.*'\n {2}first\n {2}\\x1b\[31mlast\\xff ::x\n {2}\\x3a:error::y$/,
      ),
    });
    await expect(shell('exit 1')).rejects.toThrow("sh -c 'exit 1' (nothing on standard error)");
    await expect(shell('kill -9 $$')).rejects.toThrow('was killed by a signal');
  });

  it('gives a failure as a result where that is wanted', async () => {
    expect(await shell('exit 4', { allowFailure: true })).toMatchObject({ exitCode: 4 });
    expect(await shell('kill -15 $$', { allowFailure: true })).toMatchObject({ exitCode: null });
  });

  it('keeps the end of a long standard error only', async () => {
    const { stderr } = await shell('i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done >&2');
    expect(stderr).toHaveLength(64 * 1024);
    expect(stderr.toString()).toMatch(/line 19998\nline 19999\n$/);
  });

  it('shortens a long list of arguments', async () => {
    const args = ['-c', 'exit 1', ...Array.from({ length: 1000 }, (_, index) => `argument-${index}`), 'x'.repeat(5000)];
    await expect(run('sh', args)).rejects.toThrow(
      /^.{0,600}argument-9 .*\.\.\. \(\d+ more\) \(nothing on standard error\)$/,
    );
    await expect(run('sh', ['-c', 'exit 1', 'x'.repeat(5000)])).rejects.toThrow(/ x{200}\.\.\. \(nothing/);
  });

  it('distinguishes a missing program from one that cannot be run', async () => {
    await expect(run('no-such-tool', [])).rejects.toSatisfy(isProgramMissing);
    await expect(run(join(directory, 'none'), [])).rejects.toMatchObject({ code: 'PROGRAM_NOT_STARTED' });
    writeFileSync(join(directory, 'no-interpreter'), '#!/no/such/interpreter\n', { mode: 0o755 });
    await expect(run('no-interpreter', [], { environment: { PATH: directory } })).rejects.toMatchObject({
      code: 'PROGRAM_NOT_STARTED',
      message: expect.stringMatching(
        /^Could not start \(.*no-interpreter.*No such file or directory\): no-interpreter$/,
      ),
    });
    await expect(run('true', ['x'.repeat(300_000)])).rejects.toMatchObject({ code: 'PROGRAM_NOT_STARTED' });
  });

  it('kills a hung command and all it started', async () => {
    const [child, grandchild] = [join(directory, 'child'), join(directory, 'grandchild')];
    const script = `trap '' TERM INT; echo $$ >${child}; sh -c 'trap "" TERM; echo $$ >${grandchild}; sleep 7200; true'; true`;
    await withTimeLimit(500, async (timeout) => {
      const words = `^Killed because it was still running after ${timeout / 1000} s: sh -c `;
      await expect(shell(script, { timeout })).rejects.toMatchObject({
        code: 'PROGRAM_TIMEOUT',
        message: expect.stringMatching(new RegExp(words)),
      });
      return processIn(grandchild) !== undefined;
    });
    expect(isRunning(processIn(child) ?? 0)).toBe(false);
    expect(isRunning(processIn(grandchild) ?? 0)).toBe(false);
  });

  it('kills a process that left its process group', async () => {
    const file = join(directory, 'left');
    const script = `setsid sh -c 'echo $$ >${file}; exec sleep 7200' & wait`;
    await withTimeLimit(500, async (timeout) => {
      await expect(shell(script, { timeout })).rejects.toMatchObject({ code: 'PROGRAM_TIMEOUT' });
      return processIn(file) !== undefined;
    });
    expect(isRunning(processIn(file) ?? 0)).toBe(false);
  });

  it('keeps its deadline when this process is killed', { tags: ['slow'] }, async () => {
    const file = join(directory, 'orphan');
    const script = `cat /proc/$PPID/cmdline >${file}.new; mv ${file}.new ${file}; exec sleep 7200`;
    await withTimeLimit(1000, async (timeout) => {
      // The process is killed before any timer of its own can expire: as soon as the program is started.
      const source = `import { subscribe } from 'node:diagnostics_channel';
        import { run } from ${JSON.stringify(join(import.meta.dirname, '../../src/process/run.ts'))};
        subscribe('child_process', ({ process: program }) => {
          program.once('spawn', () => process.kill(process.pid, 'SIGKILL'));
        });
        await run('sh', ['-c', ${JSON.stringify(script)}], { timeout: ${timeout} });`;
      const parent = spawn(process.execPath, ['--input-type=module', '--eval', source], {
        env: { ...process.env, STARTED_BY: file },
      });
      expect(await once(parent, 'exit')).toEqual([null, 'SIGKILL']);
      const hasEnded = () => processesWith(file).length === 0;
      await until(() => existsSync(file) || hasEnded(), 'the program');
      if (!existsSync(file)) {
        return false;
      }
      const [, ...args] = readFileSync(file, 'latin1').split('\0');
      expect(args.slice(0, 3)).toEqual(['-k', '5', `${timeout / 1000 + 10}`]);
      await until(hasEnded, 'the deadline');
      return true;
    });
  });

  it('ends a command that is cancelled, before or after it began', async () => {
    const reason = new Error('The job was cancelled.');
    await expect(shell('true', { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: 'PROGRAM_CANCELLED',
      cause: reason,
    });
    const controller = new AbortController();
    const file = join(directory, 'cancelled');
    const running = shell(`echo $$ >${file}; sleep 7200; true`, { signal: controller.signal });
    const cancelled = expect(running).rejects.toMatchObject({ code: 'PROGRAM_CANCELLED', cause: reason });
    await until(() => processIn(file) !== undefined, 'the process');
    controller.abort(reason);
    await cancelled;
    expect(isRunning(processIn(file) ?? 0)).toBe(false);
  });

  it('ends a command that writes without end', async () => {
    await expect(run('yes', [], { outputLimit: 1_000_000 })).rejects.toMatchObject({
      code: 'PROGRAM_OUTPUT',
      message: 'Killed because it wrote more than 1000000 bytes: yes',
    });
  });
});
