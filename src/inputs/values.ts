import { parseSize, writeSize } from '../text/size.ts';

/** A type of input value. */
export interface ValueKind<T> {
  /** What is accepted; completes the sentence "Set this input to". */
  readonly accepted: string;
  /** Parses a value; `undefined` if it is invalid. */
  readonly parse: (text: string) => T | undefined;
}

/** Any text. */
export const anyText: ValueKind<string> = { accepted: 'a text', parse: (text) => text };

/** Booleans of YAML's core schema, as `getBooleanInput` of @actions/core accepts them. */
export const yesOrNo: ValueKind<boolean> = {
  accepted: 'true or false',
  parse(text) {
    if (/^(true|True|TRUE)$/.test(text)) {
      return true;
    }
    return /^(false|False|FALSE)$/.test(text) ? false : undefined;
  },
};

/** One of the given words. */
export function oneOf<const Word extends string>(words: readonly Word[]): ValueKind<Word> {
  return {
    accepted: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): ValueKind<number> {
  return {
    accepted: `a whole number from ${least} to ${most}`,
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), least, most) : undefined),
  };
}

/** A size in bytes, at least `least` and less than `limit`, and a multiple of `unit` bytes. */
export function size(least: number, limit: number, unit = 1): ValueKind<number> {
  const multiple = unit === 1 ? '' : `, a multiple of ${unit} bytes`;
  return {
    accepted: `a size from ${writeSize(least)} to less than ${writeSize(limit)}${multiple}, such as 16MiB, 1GiB, 512KiB or 4096`,
    parse(text) {
      const bytes = parseSize(text);
      return bytes === undefined || bytes % unit !== 0 ? undefined : within(bytes, least, limit - 1);
    },
  };
}

/** A number of 32 bits other than 0, decimal or hexadecimal. */
export const identifier: ValueKind<number> = {
  accepted: 'a number from 0x1 to 0xffffffff, such as 0x2178694e',
  parse: (text) => (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? within(Number(text), 1, 0xffff_ffff) : undefined),
};

function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined;
}

/** Splits a text into words: one a line, or separated by spaces. */
export function splitWords(text: string): readonly string[] {
  return text.split(/[ \t\r\n]+/).filter((word) => word !== '');
}

/** Splits a text into lines without surrounding spaces; empty lines are dropped. */
export function splitLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
