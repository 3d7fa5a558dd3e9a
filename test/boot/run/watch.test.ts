import { spawn } from 'node:child_process';
import { expect, inject, it } from 'vitest';
import { openConsole } from '../../../src/boot/machine/console.ts';
import { type BootMarks, noteLine } from '../../../src/boot/run/times.ts';
import { type BootGoal, createWatch, type Watch } from '../../../src/boot/run/watch.ts';

/** Watches what a shell script prints, as if it were a machine. */
function watchOf(script: string, goal: Partial<BootGoal> = {}): Watch {
  const lines: string[] = [];
  const marks: BootMarks = {};
  const serial = openConsole(spawn('sh', ['-c', script]), (line) => {
    noteLine(marks, line, 0);
    lines.push(line);
  });
  return createWatch({
    serial,
    lines,
    marks,
    elapsed: () => 0,
    goal: {
      name: 'Boot 1 of 1',
      waitFor: /login: /,
      failOn: /panic|prompt>/,
      timeout: inject('hang') / 1000,
      commands: [],
      signal: new AbortController().signal,
      onLine: () => {},
      ...goal,
    },
  });
}

it('finds a line, whole or not, and then the next', async () => {
  const watch = watchOf("printf 'one\\ntwo 2\\nlogin: '; exec sleep 0.5");
  expect((await watch.expect(/^two (\d)/, 'two'))[1]).toBe('2');
  await watch.expect(/^login: $/, 'a login');
});

it('reports the whole line that fails a boot, though it comes in pieces', async () => {
  const watch = watchOf("printf 'a panic'; sleep 0.2; printf ' of the kernel\\nlogin: '; exec sleep 60");
  await expect(watch.expect(/login: /, 'a login')).rejects.toThrow(/: a panic of the kernel$/);
  await expect(watchOf("printf 'prompt> '; exec sleep 60").expect(/x/, 'x')).rejects.toThrow(/: prompt>$/);
});

it('takes what firmware says for a failure only before a kernel starts', async () => {
  const firmware = watchOf("printf 'U-Boot\\n=> '; exec sleep 60");
  await expect(firmware.expect(/login: /, 'a login')).rejects.toMatchObject({ code: 'nothing-to-boot' });
  await watchOf("printf 'Starting kernel ...\\n=> \\nlogin: '").expect(/login: /, 'a login');
});

it('tells a machine that ends from one that takes too long', async () => {
  await expect(watchOf("printf 'off\\n\\n'").expect(/login: /, 'a line matched')).rejects.toThrow(
    'it was off before a line matched; the last line is: off',
  );
  const late = watchOf('exec sleep 60', { timeout: 0.2 });
  await expect(late.expect(/login: /, 'a line matched')).rejects.toThrow(
    '0.2 s passed before a line matched; the console is empty',
  );
});

it('tells that KVM failed', async () => {
  const watch = watchOf("printf 'KVM internal error. Suberror: 1\\n'; exec sleep 60");
  await expect(watch.expect(/login: /, 'a login')).rejects.toMatchObject({ code: 'KVM_FAILED' });
});
