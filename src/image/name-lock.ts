import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errorCode } from '../errors/error-code.ts';
import { type UserError, userError } from '../errors/user-error.ts';
import { readSmallFile } from '../host/small-file.ts';
import { printable } from '../text/printable.ts';
import { encodeOwner, type LockOwner, ownerHere, parseOwner, stateOf } from './lock-owner.ts';
import { writingTo } from './write-error.ts';

/** The right to write files of a name in a directory that several runs may share. */
export interface NameLock {
  /** Returns the path of a hidden file in the directory that only this run uses. */
  temporaryPath(kind: 'partial' | 'skeleton'): string;
  /** Lets other runs write. Further calls have no effect. */
  release(): void;
}

/**
 * Takes the lock of a name, also from a run that was killed, and deletes the temporary files that such a run left.
 *
 * The lock is a symlink to nothing whose target describes the process: it is created in one step with what it says, and
 * takes no space on a full disk. Filesystems without symlinks have a file instead.
 *
 * Throws a `UserError` with the code `NAME_LOCKED` if another run has the lock; of one in another container or on another
 * machine it is not known whether it still runs. Other errors as in `writeError`.
 */
export function lockName(directory: string, name: string): NameLock {
  const owner = ownerHere(randomBytes(8).toString('hex'));
  // Not derived from the name itself, which may already be as long as names can be.
  const hidden = `.nix-ext4-image-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  const path = join(directory, `${hidden}.lock`);
  take(path, owner, name);
  const release = (): void => {
    if (ownerOf(path)?.id === owner.id) {
      remove(path);
    }
  };
  try {
    removeLeftovers(directory, hidden, owner);
  } catch (error) {
    release();
    throw error;
  }
  return { temporaryPath: (kind) => join(directory, `${hidden}.${owner.id}.${kind}`), release };
}

/** As `lockName`, but waits for a while until another run has released the lock: for work of a moment. */
export async function waitForName(directory: string, name: string): Promise<NameLock> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return lockName(directory, name);
    } catch (error) {
      if (errorCode(error) !== NAME_LOCKED || performance.now() > end) {
        throw error;
      }
    }
    await setTimeout(INTERVAL * (1 + Math.random()));
  }
}

/** Milliseconds. */
const PATIENCE = 60_000;
const INTERVAL = 10;

const NAME_LOCKED = 'NAME_LOCKED';

function take(path: string, owner: LockOwner, name: string): void {
  while (!create(path, encodeOwner(owner))) {
    const text = readLock(path);
    if (text === undefined) {
      continue;
    }
    const other = parseOwner(text);
    const state = other === undefined ? 'unknown' : stateOf(other, owner);
    if (other === undefined || state !== 'ended') {
      throw lockedError(path, name, state === 'running' ? other : undefined);
    }
    removeEnded(path, other, owner, name);
  }
}

/**
 * Removes the lock of a process that has ended. Only one run may do so at a time: a second one could remove the lock that
 * the first has taken in the meantime.
 */
function removeEnded(path: string, ended: LockOwner, owner: LockOwner, name: string): void {
  const right = `${path}.${ended.id}`;
  take(right, owner, name);
  try {
    if (ownerOf(path)?.id === ended.id) {
      writingTo(path, () => rmSync(path, { force: true }));
    }
  } finally {
    remove(right);
  }
}

/** Returns whether the lock was created: `false` if there is one. */
function create(path: string, text: string): boolean {
  return writingTo(path, () => {
    try {
      symlinkSync(text, path);
      return true;
    } catch (error) {
      if (NO_SYMLINKS.includes(errorCode(error))) {
        return createFile(path, text);
      }
      return refuseOthers(error);
    }
  });
}

/** Codes of symlink(2) on filesystems without symlinks. */
const NO_SYMLINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function createFile(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    return refuseOthers(error);
  }
}

function refuseOthers(error: unknown): false {
  if (errorCode(error) === 'EEXIST') {
    return false;
  }
  throw error;
}

function ownerOf(path: string): LockOwner | undefined {
  return parseOwner(readLock(path) ?? '');
}

/** `undefined` if there is no lock; an empty text if it cannot be read. */
function readLock(path: string): string | undefined {
  for (const read of [() => readlinkSync(path), () => readSmallFile(path, { noFollow: true }).toString('latin1')]) {
    try {
      return read();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') {
        return undefined;
      }
    }
  }
  return '';
}

/** Deletes the temporary files of runs that had the lock, and what runs left that were killed while they took it over. */
function removeLeftovers(directory: string, hidden: string, owner: LockOwner): void {
  for (const file of readdirSync(directory).filter((one) => one.startsWith(`${hidden}.`))) {
    const path = join(directory, file);
    const rest = file.slice(hidden.length);
    const isTemporary = /^\.[0-9a-f]{16}\.(partial|skeleton)$/.test(rest);
    const takenBy = rest.startsWith('.lock.') ? ownerOf(path) : undefined;
    if (isTemporary || (takenBy !== undefined && stateOf(takenBy, owner) === 'ended')) {
      writingTo(path, () => rmSync(path, { force: true }));
    }
  }
}

/** A lock that cannot be removed is found to be that of a process that has ended. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function lockedError(path: string, name: string, running: LockOwner | undefined): UserError {
  const what = `Another run is writing ${printable(name)} there`;
  return userError({
    title: 'Another run writes to the output directory',
    message:
      running === undefined
        ? `${what}, or was killed: ${printable(path)} is the lock of a process in another container or on another machine, which cannot be seen from here.`
        : `${what}: process ${running.processId} has the lock ${printable(path)}.`,
    remedy:
      'Give runs at the same time different image-names or output-directories, or wait for the other run.' +
      (running === undefined ? ` If no other run writes there any more, delete the lock: rm ${shellWord(path)}` : ''),
    code: NAME_LOCKED,
  });
}

function shellWord(path: string): string {
  return `'${printable(path).replaceAll("'", "'\\''")}'`;
}
