import { quoteValue } from '../text/escape.ts';
import type { InputName } from './names.ts';

/** An error that the user mends by changing an input. */
export interface InputError extends Error {
  readonly input: InputName;
  readonly title: string;
  readonly remedy: string;
}

/** Says that an input has a value that it cannot have, and what it can. */
export function wrongValue(input: InputName, value: string, accepted: string): InputError {
  return inputError(input, `The input ${input} cannot be ${quoteValue(value)}.`, `Set ${input} to ${accepted}.`);
}

/** Makes an `InputError`. The message must be safe to print. */
export function inputError(input: InputName, message: string, remedy: string): InputError {
  return Object.assign(new Error(message), { input, title: `Wrong input ${input}`, remedy });
}
