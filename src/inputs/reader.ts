import { getInput } from '@actions/core';
import { inputError } from '../errors/user-error.ts';
import { quoteValue } from '../text/escape.ts';
import { INPUT_DEFAULTS, type InputName } from './names.ts';
import { type Parts, readParts } from './parts.ts';
import type { ValueKind } from './values.ts';

/** Reads inputs from the step and from its input `parts`. */
export interface InputReader {
  /** The directory of the input `parts`; `undefined` if it is not given. */
  readonly parts: Parts | undefined;
  /** The text of an input, or its default. */
  readonly textOf: (name: InputName) => string;
  /** Parses an input. Throws a `UserError` if its value is invalid. */
  readonly read: <T>(name: InputName, kind: ValueKind<T>) => T;
  /** Parses an input; `undefined` if it is empty. */
  readonly readOptional: <T>(name: InputName, kind: ValueKind<T>) => T | undefined;
  /** Parses a part of an input, such as one line of it. */
  readonly check: <T>(name: InputName, text: string, kind: ValueKind<T>) => T;
  /** The inputs whose values are from `parts`, with these values. */
  readonly fromParts: () => readonly (readonly [InputName, string])[];
}

/** Inputs to which those of `parts` are added. All others replace what `parts` says. */
const ADDED: readonly InputName[] = ['store-paths', 'root-files'];

/** Creates a reader. Throws a `UserError` if `parts` cannot be read. */
export function createReader(): InputReader {
  const path = getInput('parts');
  const parts = path === '' ? undefined : readParts(path);
  const textOf = (name: InputName): string => {
    const part = parts?.values.get(name);
    if (part === undefined) {
      return givenText(name) || INPUT_DEFAULTS[name];
    }
    if (ADDED.includes(name)) {
      return `${part}\n${givenText(name)}`;
    }
    return givenText(name) || part;
  };
  const read = <T>(name: InputName, kind: ValueKind<T>): T => checkValue(name, textOf(name), kind);
  return {
    parts,
    textOf,
    read,
    readOptional: (name, kind) => (textOf(name) === '' ? undefined : read(name, kind)),
    check: checkValue,
    fromParts: () => [...(parts?.values ?? [])].filter(([name]) => ADDED.includes(name) || givenText(name) === ''),
  };
}

/**
 * The value that a step gives; empty if it is the default, which the runner sets where the step gives none. An empty value
 * is the same as none: workflows pass on inputs that their caller left out.
 */
function givenText(name: InputName): string {
  const text = getInput(name);
  return text === INPUT_DEFAULTS[name] ? '' : text;
}

/** Parses the value of an input of any action. Throws a `UserError` that names the input if it is invalid. */
export function checkValue<T>(name: string, text: string, kind: ValueKind<T>): T {
  const value = kind.parse(text);
  if (value === undefined) {
    throw inputError({
      input: name,
      message: `The input ${name} cannot be ${quoteValue(text)}.`,
      remedy: `Set ${name} to ${kind.accepted}.`,
    });
  }
  return value;
}
