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
   * error of the boot if it fails instead; `what` is to happen, for the message.
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
  const fail = (kind: FailureKind, seen: string, seconds = elapsed()): Error =>
    bootError({ kind, boot: goal.name, seconds, seen });
  const problemIn = (line: string): FailureKind | undefined => {
    if (KVM_FAILED.test(line)) {
      throw kvmFailed(line);
    }
    if (goal.failOn.test(line)) {
      return kindOf(line);
    }
    const isFirmware = marks.kernel === undefined && marks.userSpace === undefined;
    return isFirmware && NOTHING_TO_BOOT.test(line) ? 'nothing-to-boot' : undefined;
  };
  const look = (wanted: RegExp, number: number): Found | undefined => {
    const line = lines[number] ?? serial.openLine();
    const match = wanted.exec(line);
    if (match !== null) {
      return { match };
    }
    const problem = problemIn(line);
    return problem === undefined ? undefined : { problem, line: number, seconds: elapsed() };
  };
  const find = (wanted: RegExp): Found | undefined => {
    if (lines.length > MOST_LINES) {
      throw fail('console-flood', `it has more than ${MOST_LINES} lines`);
    }
    while (next < lines.length) {
      const line = next;
      next++;
      const found = look(wanted, line);
      if (found !== undefined) {
        return found;
      }
    }
    // The line that is not complete is looked at again.
    return look(wanted, next);
  };
  const within = async (wanted: RegExp, seconds: number): Promise<RegExpExecArray | undefined> => {
    const found = await serial.waitUntil(() => find(wanted), seconds);
    if (found === undefined || 'match' in found) {
      return found?.match;
    }
    // The rest of the line, and what follows it for the reader of the console.
    await serial.waitUntil(() => undefined, SECONDS_AFTER_FAILURE);
    throw fail(found.problem, (lines[found.line] ?? serial.openLine()).trim(), found.seconds);
  };
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
        ? fail('machine-ended', `it was off before ${what}; ${end}`)
        : fail('timeout', `${goal.timeout} s passed before ${what}; ${end}`);
    },
  };
}

/** What a line of the console shows: what is wanted, or a failure in the line of that number. */
type Found =
  | { readonly match: RegExpExecArray }
  | { readonly problem: FailureKind; readonly line: number; readonly seconds: number };

/** A system that prints without end would fill the memory. */
const MOST_LINES = 500_000;
const SECONDS_AFTER_FAILURE = 1;
/** What QEMU says when KVM cannot run a machine any more. */
const KVM_FAILED = /KVM internal error|error: kvm run failed/;

function kvmFailed(line: string): Error {
  return userError({
    title: 'KVM failed',
    message: `KVM could not run the machine any more: ${line}`,
    remedy: 'Re-run the job on a runner whose KVM works, or on one without KVM.',
    code: 'KVM_FAILED',
  });
}
