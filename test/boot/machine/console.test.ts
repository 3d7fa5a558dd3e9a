import { spawn } from 'node:child_process';
import { expect, inject, it } from 'vitest';
import { openConsole } from '../../../src/boot/machine/console.ts';

/** Seconds after which what is waited for is given up. */
const HANG = inject('hang') / 1000;

function consoleOf(script: string) {
  const lines: string[] = [];
  return { serial: openConsole(spawn('sh', ['-c', script]), (line) => lines.push(line)), lines };
}

it('waits for one text after the other, without what terminals want', async () => {
  const { serial, lines } = consoleOf("printf 'one\\r\\n'; sleep 0.1; printf '\\033[7mtwo\\033[0m one'; printf '\\n'");
  expect((await serial.waitFor(/o(n)e/, HANG))[1]).toBe('n');
  await serial.waitFor(/two/, HANG);
  await serial.waitFor(/ one/, HANG);
  await serial.waitForEnd(HANG);
  expect(serial.text()).toBe('one\ntwo one\n');
  expect(lines).toEqual(['one', 'two one']);
});

it('types', async () => {
  const { serial } = consoleOf('read line; echo "got $line"');
  serial.type('a key\n');
  await serial.waitFor(/got a key/, HANG);
  await serial.waitForEnd(HANG);
});

it('reports a text that does not come, and a program that ends first', async () => {
  const { serial } = consoleOf('echo here; exec sleep 7200');
  await expect(serial.waitFor(/there/, 0.2)).rejects.toThrow('did not come within 0.2 s');
  serial.close();
  await expect(serial.waitFor(/there/, HANG)).rejects.toThrow('closed before');
  await expect(serial.waitForEnd(HANG)).rejects.toThrow('SIGKILL');
});

it('reports what came instead', async () => {
  const { serial } = consoleOf("printf 'Kernel panic - not syncing\\nlogin:\\n'");
  await expect(serial.waitFor(/login:/, HANG, /Kernel panic.*/)).rejects.toThrow('Kernel panic - not syncing');
  const { serial: sound } = consoleOf("printf 'login:\\nKernel panic - not syncing\\n'");
  await sound.waitFor(/login:/, HANG, /Kernel panic.*/);
});

it('reports a program that goes on, and one that fails', async () => {
  const { serial } = consoleOf('exec sleep 7200');
  await expect(serial.waitForEnd(0.2)).rejects.toThrow('still running after 0.2 s');
  serial.close();
  await expect(consoleOf('exit 3').serial.waitForEnd(HANG)).rejects.toThrow('exit code 3');
});
