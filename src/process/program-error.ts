import { errorCode } from '../errors/error-code.ts';
import { type UserError, userError } from '../errors/user-error.ts';

/** Why a program gave no result. */
export type ProgramErrorCode = keyof typeof REMEDIES;

const REMEDIES = {
  PROGRAM_MISSING: 'Install the program in a step before this one, or add its directory to PATH.',
  PROGRAM_NOT_STARTED: 'Check that this machine can run the program, and that the user of this step may run it.',
  PROGRAM_FAILED: 'Fix the problem that the program reports. To see more, run it by itself in a step before this one.',
  PROGRAM_TIMEOUT:
    'Check what the program waits for: a lock, a daemon or a disk that does not answer. Then re-run the job.',
  PROGRAM_CANCELLED: 'Re-run the job.',
  PROGRAM_OUTPUT: 'Check that the program in PATH is the one that its name says.',
  PROGRAM_UNSUITABLE: 'Install the program that the message names.',
} as const;

/** Creates the error of a program that could not be run, or failed. The texts must be safe to print. */
export function programError({
  code,
  message,
  remedy = REMEDIES[code],
  cause,
}: {
  readonly code: ProgramErrorCode;
  readonly message: string;
  readonly remedy?: string;
  readonly cause?: unknown;
}): UserError {
  return userError({ title: TITLES[code], message, remedy, code, cause });
}

const TITLES: Readonly<Record<ProgramErrorCode, string>> = {
  PROGRAM_MISSING: 'A program is missing',
  PROGRAM_NOT_STARTED: 'A program could not be started',
  PROGRAM_FAILED: 'A program failed',
  PROGRAM_TIMEOUT: 'A program did not finish',
  PROGRAM_CANCELLED: 'The step was cancelled',
  PROGRAM_OUTPUT: 'A program printed too much',
  PROGRAM_UNSUITABLE: 'A program is not suitable',
};

/** Whether `error` says that a program is not installed, so that the caller can name the package to install. */
export function isProgramMissing(error: unknown): boolean {
  return errorCode(error) === 'PROGRAM_MISSING';
}
