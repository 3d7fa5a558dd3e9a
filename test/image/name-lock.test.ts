import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeOwner, type LockOwner, ownerHere, parseOwner, stateOf } from '../../src/image/lock-owner.ts';
import { lockName, waitForName } from '../../src/image/name-lock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const ID = '0123456789abcdef';

/** Locks a name when its standard input has a line, prints what came of it, and waits. */
const CHILD = `
  import { once } from 'node:events';
  import { writeFileSync } from 'node:fs';
  import { lockName } from '${join(import.meta.dirname, '../../src/image/name-lock.ts')}';
  await once(process.stdin, 'data');
  try {
    const lock = lockName(process.argv[1], 'nixos.img');
    writeFileSync(lock.temporaryPath('partial'), 'half');
    console.log('locked');
  } catch (error) {
    console.log(error.code ?? error);
  }
`;

interface Locker {
  readonly child: ChildProcess;
  /** Has it lock the name, and returns what came of it. */
  lock(): Promise<string>;
  kill(): Promise<void>;
}

function startLocker(directory: string, startedBy: readonly string[] = []): Locker {
  const [program = '', ...args] = [...startedBy, process.execPath, '--input-type=module', '--eval', CHILD, directory];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    child,
    kill,
    async lock() {
      child.stdin?.write('\n');
      const [text] = await once(child.stdout ?? child, 'data');
      return `${text}`.trim();
    },
  };
}

const lockIn = (directory: string): string =>
  join(directory, readdirSync(directory).find((name) => name.endsWith('.lock')) ?? 'none');

/** Replaces a lock by one of another owner. */
function replaceLock(directory: string, changes: Partial<LockOwner>): string {
  lockName(directory, 'nixos.img');
  const path = lockIn(directory);
  rmSync(path);
  symlinkSync(encodeOwner({ ...ownerHere(ID), ...changes }), path);
  return path;
}

describe('the lock of a name', () => {
  it('is for one run at a time, and gone when it is released', () => {
    const directory = temporaryDirectory();
    const first = lockName(directory, 'nixos.img');
    expect(() => lockName(directory, 'nixos.img')).toThrow(
      expect.objectContaining({
        title: 'Another run writes to the output directory',
        message: `Another run is writing nixos.img there: process ${process.pid} has the lock ${lockIn(directory)}.`,
        remedy: expect.stringMatching(/^Give runs at the same time different image-names or output-directories/),
        code: 'NAME_LOCKED',
      }),
    );
    const other = lockName(directory, 'other.img');
    expect(other.temporaryPath('partial')).not.toBe(first.temporaryPath('partial'));
    other.release();
    first.release();
    const second = lockName(directory, 'nixos.img');
    // It is no longer that of the first.
    first.release();
    expect(readdirSync(directory)).toHaveLength(1);
    second.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('takes no space, and says no more than it must', () => {
    const directory = temporaryDirectory();
    lockName(directory, 'nixos.img');
    expect(lstatSync(lockIn(directory)).size).toBeLessThan(128);
    expect(parseOwner(readlinkSync(lockIn(directory)))).toMatchObject({ processId: process.pid });
  });

  it('of a run that was killed is taken over, and its temporary files are deleted', async () => {
    const directory = temporaryDirectory();
    const killed = startLocker(directory);
    expect(await killed.lock()).toBe('locked');
    expect(() => lockName(directory, 'nixos.img')).toThrow(`process ${killed.child.pid} has the lock`);
    const other = lockName(directory, 'other.img').temporaryPath('partial');
    writeFileSync(other, 'other');
    await killed.kill();
    expect(readdirSync(directory)).toHaveLength(4);
    const lock = lockName(directory, 'nixos.img');
    expect(readdirSync(directory)).toHaveLength(3);
    lock.release();
    expect(readdirSync(directory).map((name) => join(directory, name))).toContain(other);
  });

  it('of a run that was killed goes to one of many that want it at once', async () => {
    for (let round = 0; round < 3; round++) {
      const directory = temporaryDirectory();
      const killed = startLocker(directory);
      expect(await killed.lock()).toBe('locked');
      await killed.kill();
      const lockers = Array.from({ length: 6 }, () => startLocker(directory));
      const results = await Promise.all(lockers.map(({ lock }) => lock()));
      expect(results.toSorted()).toEqual([...Array(5).fill('NAME_LOCKED'), 'locked']);
      expect(readdirSync(directory)).toHaveLength(2);
    }
  });

  it('of a process that cannot be seen is not taken over: the error says how to remove it', {
    tags: ['system'],
  }, async () => {
    const directory = temporaryDirectory();
    const isolated = startLocker(directory, ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']);
    expect(await isolated.lock()).toBe('locked');
    const path = lockIn(directory);
    expect(() => lockName(directory, 'nixos.img')).toThrow(
      expect.objectContaining({
        message: `Another run is writing nixos.img there, or was killed: ${path} is the lock of a process in another container or on another machine, which cannot be seen from here.`,
        remedy: expect.stringContaining(`delete the lock: rm '${path}'`),
      }),
    );
    await isolated.kill();
    expect(() => lockName(directory, 'nixos.img')).toThrow('cannot be seen from here');
    rmSync(path);
    lockName(directory, 'nixos.img').release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('whose process id was used again is taken over', () => {
    const directory = temporaryDirectory();
    const path = replaceLock(directory, { start: '1' });
    lockName(directory, 'nixos.img');
    expect(readlinkSync(path)).not.toContain(ID);
  });

  it('on a filesystem without symlinks is a file, which counts as well', () => {
    const directory = temporaryDirectory();
    const path = replaceLock(directory, {});
    rmSync(path);
    writeFileSync(path, encodeOwner(ownerHere(ID)));
    expect(() => lockName(directory, 'nixos.img')).toThrow(`process ${process.pid} has the lock`);
    writeFileSync(path, encodeOwner({ ...ownerHere(ID), start: '1' }));
    lockName(directory, 'nixos.img').release();
    writeFileSync(path, '');
    expect(() => lockName(directory, 'nixos.img')).toThrow('cannot be seen from here');
  });
});

it('stateOf knows only processes of this machine and of this container', () => {
  const here = { ...ownerHere(ID), machine: '01' };
  expect(stateOf(here, here)).toBe('running');
  expect(stateOf({ ...here, start: '1' }, here)).toBe('ended');
  expect(stateOf({ ...here, namespace: '1' }, here)).toBe('unknown');
  expect(stateOf({ ...here, boot: '00' }, here)).toBe('ended');
  expect(stateOf({ ...here, boot: '00', machine: '02' }, here)).toBe('unknown');
  expect(stateOf({ ...here, boot: '00', machine: '' }, { ...here, machine: '' })).toBe('unknown');
  expect(stateOf({ ...here, boot: '' }, { ...here, boot: '' })).toBe('unknown');
});

it('parseOwner accepts what encodeOwner returns, and nothing else', () => {
  const here = ownerHere(ID);
  expect(parseOwner(encodeOwner(here))).toEqual(here);
  for (const text of [
    '',
    'x',
    `${encodeOwner(here)}\n`,
    encodeOwner(here).slice(1).replace(/^\d+/, ''),
    '../../etc/passwd',
  ]) {
    expect(parseOwner(text)).toBeUndefined();
  }
});

it('waitForName waits until the lock is released', async () => {
  const directory = temporaryDirectory();
  const first = lockName(directory, 'SHA256SUMS');
  let isReleased = false;
  setTimeout(() => {
    isReleased = true;
    first.release();
  }, 200);
  const second = await waitForName(directory, 'SHA256SUMS');
  expect(isReleased).toBe(true);
  second.release();
});
