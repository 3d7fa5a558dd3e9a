import { userError } from '../../errors/user-error.ts';
import type { Console } from '../machine/console.ts';
import { bootError, type FailureKind, kindOf, NOTHING_TO_BOOT } from './failures.ts';
import type { BootMarks } from './times.ts';

/** What a boot must come to. */
export interface BootGoal {
  /** Such as `boot 1 of 2`, for messages. */
  readonly name: string;
  /** The boot has succeeded when a line matches, whole or not. */
  readonly waitFor: RegExp;
  /** It has failed when a line matches. */
  readonly failOn: RegExp;
  /** Seconds. */
  readonly timeout: number;
  /** Lines for a root login. */
  readonly commands: readonly string[];
  readonly signal: AbortSignal;
  /** Called with each line of the console, and the seconds since the machine was switched on. */
  readonly onLine: (line: string, seconds: number) => void;
}

/** Watches the console of a boot. */
export interface Watch {
  /**
   * Waits for a line that matches, whole or not, after all that was expected before, and returns the match. Throws the
   * error of the boot if it fails instead; `what` is expected, for the message.
   */
  expect(wanted: RegExp, what: string): Promise<RegExpExecArray>;
  /** The same, but `undefined` if it has not come after `seconds`. */
  expectWithin(wanted: RegExp, seconds: number): Promise<RegExpExecArray | undefined>;
  fail(kind: FailureKind, seen: string): Error;
}

/** Creates the watch of a machine's console. `lines` are its whole lines, `elapsed` the seconds since it was switched on. */
export function createWatch({
  serial,
  lines,
  goal,
  elapsed,
  marks,
}: {
  readonly serial: Console;
  readonly lines: readonly string[];
  readonly goal: BootGoal;
  readonly elapsed: () => number;
  readonly marks: BootMarks;
}): Watch {
  let next = 0;
  const fail = (kind: FailureKind, seen: string): Error =>
    bootError({ kind, boot: goal.name, seconds: elapsed(), seen });
  const check = (line: string): void => {
    if (KVM_FAILED.test(line)) {
      throw kvmFailed(line);
    }
    if (goal.failOn.test(line)) {
      throw fail(kindOf(line), line.trim());
    }
    if (marks.kernel === undefined && marks.userSpace === undefined && NOTHING_TO_BOOT.test(line)) {
      throw fail('nothing-to-boot', line.trim());
    }
  };
  const find = (wanted: RegExp): RegExpExecArray | undefined => {
    while (next < lines.length) {
      const line = lines[next];
      next++;
      const match = wanted.exec(line);
      if (match !== null) {
        return match;
      }
      check(line);
    }
    if (lines.length > MOST_LINES) {
      throw fail('console-flood', `it has more than ${MOST_LINES} lines`);
    }
    const open = serial.openLine();
    const match = wanted.exec(open);
    if (match === null) {
      check(open);
    }
    return match ?? undefined;
  };
  const settle = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // What follows the failure is for the reader of the console.
      await serial.waitUntil(() => undefined, SECONDS_AFTER_FAILURE);
      throw error;
    }
  };
  const within = (wanted: RegExp, seconds: number): Promise<RegExpExecArray | undefined> =>
    settle(() => serial.waitUntil(() => find(wanted), seconds));
  return {
    fail,
    expectWithin: within,
    async expect(wanted, what) {
      const found = await within(wanted, Math.max(0, goal.timeout - elapsed()));
      if (found !== undefined) {
        return found;
      }
      const last = lines.findLast((line) => line.trim() !== '') ?? '';
      const end = last === '' ? 'the console is empty' : `the last line is: ${last.trim()}`;
      throw serial.hasEnded()
        ? fail('machine-ended', `without ${what}; ${end}`)
        : fail('timeout', `no ${what.replace(/^an? /, '')} within ${goal.timeout} s; ${end}`);
    },
  };
}

/** A system that prints without end would fill the memory. */
const MOST_LINES = 500_000;
const SECONDS_AFTER_FAILURE = 1;
/** What QEMU says when KVM cannot run a machine any more. */
const KVM_FAILED = /^KVM internal error|^error: kvm run failed/;

function kvmFailed(line: string): Error {
  return userError({
    title: 'KVM failed',
    message: `KVM could not run the machine any more: ${line}`,
    remedy: 'Re-run the job on a runner whose KVM works, or on one without KVM.',
    code: 'KVM_FAILED',
  });
}
