import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { closingLine, createLog } from '../../src/runner/log.ts';
import { setEnvironment } from '../support/environment.ts';

let printed: MockInstance<typeof process.stdout.write>;
beforeEach(() => {
  printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => printed.mockRestore());
const lines = (): string[] => printed.mock.calls.map(([text]) => String(text));

/** A log whose time goes on by a second whenever it is asked. */
function createTestLog() {
  let time = 0;
  return createLog(process.stdout, () => time++);
}

describe('createLog', () => {
  it('puts a phase into a group, and keeps its time and result', async () => {
    const log = createTestLog();
    expect(await log.phase('Plan', () => 42)).toBe(42);
    expect(await log.phase('Write', async () => 'done')).toBe('done');
    expect(log.phases).toEqual([
      { name: 'Plan', seconds: 2 },
      { name: 'Write', seconds: 2 },
    ]);
    expect(lines()).toEqual([
      '::group::Plan\n',
      'Plan: 2.0 s\n',
      '::endgroup::\n',
      '::group::Write\n',
      'Write: 2.0 s\n',
      '::endgroup::\n',
    ]);
  });

  it('ends the group of a phase that fails, and keeps its time', async () => {
    const log = createTestLog();
    await expect(log.phase('Verification', () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    await expect(
      log.phase('Upload', () => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    expect(log.phases.map(({ name }) => name)).toEqual(['Verification', 'Upload']);
    expect(lines().filter((line) => line === '::endgroup::\n')).toHaveLength(2);
  });

  it('escapes whatever it prints', () => {
    setEnvironment({ RUNNER_DEBUG: '1' });
    const log = createTestLog();
    log.info('a\n::set-output name=x::y\u001b[2J');
    log.detail('##[group]b');
    log.warning('t\n::x::', 'w\u202e');
    expect(lines()).toEqual([
      'a\n\\x3a:set-output name=x::y\\x1b[2J\n',
      '::debug::\\x23#[group]b\n',
      '::warning title=t%0A\\x3a%3Ax%3A%3A::w\\u{202e}\n',
    ]);
  });

  it('shows details with debug logging alone', () => {
    setEnvironment({ RUNNER_DEBUG: undefined });
    createTestLog().detail('much');
    expect(lines()).toEqual([]);
  });

  it('takes the bar away before it prints', async () => {
    setEnvironment({ GITHUB_ACTIONS: undefined });
    const written: string[] = [];
    let time = 0;
    const terminal = { write: (text: string) => written.push(text), isTTY: true, columns: 80 };
    const log = createLog(terminal, () => time++);
    await log.phase('Write', (progress) => {
      progress(1, 2);
      log.info('note');
      expect(written).toEqual([expect.stringContaining('50 %'), '\r\u001b[K']);
      progress(2, 2);
    });
    expect(written).toHaveLength(4);
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('draws no bar in the terminal of a runner, which would not see a command after it', async () => {
    setEnvironment({ GITHUB_ACTIONS: 'true' });
    const written: string[] = [];
    let time = 0;
    const terminal = { write: (text: string) => written.push(text), isTTY: true, columns: 80 };
    const log = createLog(terminal, () => time++);
    await log.phase('Write', (progress) => {
      progress(1, 2);
      log.warning('title', 'text');
    });
    expect(written).toEqual([]);
  });
});

it('closingLine has name, size, ratio and time', () => {
  expect(closingLine({ fileName: 'a.img.zst', size: 2 ** 20, uncompressedSize: 2 ** 22, seconds: 3 })).toBe(
    'a.img.zst: 1.00 MiB (25.0 % of 4.00 MiB) in 3.0 s',
  );
  expect(closingLine({ fileName: 'a.img', size: 512, uncompressedSize: 512, seconds: 61 })).toBe(
    'a.img: 512 B in 1 min 01 s',
  );
});
