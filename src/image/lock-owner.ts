import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../errors/error-code.ts';

/** The process that holds a lock. Texts are empty where the system does not provide them. */
export interface LockOwner {
  readonly processId: number;
  /** Ticks from the start of the system to that of the process: process ids are used again. */
  readonly start: string;
  /** Identifies the machine. */
  readonly machine: string;
  /** Identifies the start of the system. */
  readonly boot: string;
  /** Identifies the PID namespace, in which the process id counts. */
  readonly namespace: string;
  /** Of the lock itself. */
  readonly id: string;
}

/** Describes this process as the owner of a new lock. */
export function ownerHere(id: string): LockOwner {
  const machineId = readText('/etc/machine-id');
  return {
    processId: process.pid,
    start: statusOf(process.pid)?.start ?? '',
    // Not the machine's ID itself, which must not get out (machine-id(5)).
    machine:
      machineId === '' ? '' : createHash('sha256').update(`${machineId} ${hostname()}`).digest('hex').slice(0, 16),
    boot: readText('/proc/sys/kernel/random/boot_id'),
    namespace: /\d+/.exec(readLink('/proc/self/ns/pid'))?.[0] ?? '',
    id,
  };
}

/** Encodes an owner in fewer than 128 characters, which a symlink on tmpfs stores without a block. */
export function encodeOwner({ processId, start, machine, boot, namespace, id }: LockOwner): string {
  return [processId, start, machine, boot, namespace, id].join(':');
}

/** Parses what `encodeOwner` returns; `undefined` for anything else. */
export function parseOwner(text: string): LockOwner | undefined {
  const match = /^(\d{1,10}):(\d*):([0-9a-f]*):([0-9a-f-]*):(\d*):([0-9a-f]{16})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, processId = '', start = '', machine = '', boot = '', namespace = '', id = ''] = match;
  return { processId: Number(processId), start, machine, boot, namespace, id };
}

/** Whether the owner of a lock still runs; `unknown` for one in another container, or on another machine. */
export function stateOf(owner: LockOwner, here: LockOwner): 'running' | 'ended' | 'unknown' {
  if (owner.boot === '' || here.boot === '') {
    return 'unknown';
  }
  if (owner.boot !== here.boot) {
    return owner.machine !== '' && owner.machine === here.machine ? 'ended' : 'unknown';
  }
  if (owner.namespace === '' || owner.namespace !== here.namespace) {
    return 'unknown';
  }
  return isRunning(owner) ? 'running' : 'ended';
}

function isRunning({ processId, start }: LockOwner): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') {
      return false;
    }
  }
  // Systems can hide the processes of other users.
  const status = statusOf(processId);
  return status === undefined || (status.start === start && !ENDED_STATES.includes(status.state));
}

/** A zombie, and one that is being removed (proc_pid_stat(5)). */
const ENDED_STATES = ['Z', 'X', 'x'];

function statusOf(processId: number): { readonly state: string; readonly start: string } | undefined {
  const text = readText(`/proc/${processId}/stat`);
  // The name of the program, in parentheses, may have anything in it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[START_FIELD]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

/** Field 22 of proc_pid_stat(5), counted from the state, field 3. */
const START_FIELD = 19;

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
