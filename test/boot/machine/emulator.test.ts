// @module-tag system
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { virtioDisk, withEmulator } from '../../../src/boot/machine/emulator.ts';

// A program that writes its own process number, and would go on for an hour.
const SCRIPT = 'echo $$; exec sleep 3600';
const FOREVER = ['-c', SCRIPT];

test('ends the emulator when its user has what it wants, and when it throws', async () => {
  const lines: string[] = [];
  const onLine = (line: string): number => lines.push(line);
  await withEmulator('sh', FOREVER, onLine, (serial) => serial.waitFor(/\n/, 60));
  const failing = withEmulator('sh', FOREVER, onLine, async (serial) => {
    await serial.waitFor(/\n/, 60);
    throw new Error('no use');
  });
  await expect(failing).rejects.toThrow('no use');
  expect(lines).toHaveLength(2);
  for (const pid of lines) {
    await ended(pid);
  }
});

test('ends the emulator when its user is killed', async () => {
  const program = `
    import { withEmulator } from ${JSON.stringify(new URL('../../../src/boot/machine/emulator.ts', import.meta.url).href)};
    await withEmulator('sh', ['-c', ${JSON.stringify(SCRIPT)}], console.log, (serial) => serial.waitForEnd(3600));
  `;
  const user = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(user.stdout, 'data');
  expect(isRunning(String(pid).trim())).toBe(true);
  user.kill('SIGKILL');
  await ended(String(pid).trim());
});

test('accepts any name of a file', () => {
  expect(virtioDisk('vda', '/tmp/a,b', { cache: 'unsafe' })).toEqual([
    '-drive',
    'cache=unsafe,if=none,id=vda,format=raw,file=/tmp/a,,b',
    '-device',
    'virtio-blk-pci,drive=vda,serial=vda',
  ]);
});

/** Waits until a process has ended, though nobody may have asked for its status; the test's time-out is for those that stay. */
async function ended(pid: string): Promise<void> {
  while (isRunning(pid)) {
    await setTimeout(50);
  }
}

function isRunning(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
