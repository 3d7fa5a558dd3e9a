/** A word of a command; `undefined` if its text depends on something that only running the script would show. */
export type Word = string | undefined;

/** Gives the words that a parameter of the shell stands for (`1`, `@` or a name); `undefined` if they are not known. */
export type Expand = (parameter: string) => readonly Word[] | undefined;

/**
 * Reads the words of a command in a shell script, from `start` up to the end of the command: quotes, backslashes and
 * parameters as in POSIX (Shell Command Language, sections 2.2 and 2.6.2), nothing else. A word with a substitution of
 * another kind is not known.
 */
export function readWords(text: string, start: number, expand: Expand): readonly Word[] {
  const words: Word[] = [];
  let rest = text.slice(start);
  for (;;) {
    rest = rest.replace(SPACE, '');
    if (rest === '' || END.test(rest)) {
      return words;
    }
    const { length, parts } = readWord(rest);
    const [only] = parts;
    if (parts.length === 1 && only.kind === 'parameter') {
      words.push(...(expand(only.name) ?? [undefined]));
    } else {
      words.push(joinParts(parts, expand));
    }
    rest = rest.slice(length);
  }
}

const SPACE = /^(?:[ \t]|\\\n)+/;
/** Operators, and a comment. */
const END = /^[\n;&|()<>#]/;

const LINE_CONTINUATION = '\\\n';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'unknown' };

function readWord(text: string): { readonly length: number; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length && !/[\s;&|()<>]/.test(text.charAt(at))) {
    const part = readPart(text.slice(at));
    parts.push(...part.parts);
    at += part.length;
  }
  return { length: at, parts };
}

function readPart(text: string): { readonly length: number; readonly parts: readonly Part[] } {
  const [single] = /^'[^']*'/.exec(text) ?? [];
  if (single !== undefined) {
    return { length: single.length, parts: [{ kind: 'text', text: single.slice(1, -1) }] };
  }
  const [double] = /^"(?:[^"\\]|\\.)*"/s.exec(text) ?? [];
  if (double !== undefined) {
    return { length: double.length, parts: splitQuoted(double.slice(1, -1)) };
  }
  const [plain] = /^(?:\\.|\$(?:[@*]|\d|[A-Za-z_]\w*|\{\w+\})|.)/s.exec(text) ?? [''];
  return { length: plain.length, parts: [partOf(plain, /^\\(?=.)/s)] };
}

/** Splits what is between double quotes, where a backslash is one except in front of `$`, `` ` ``, `"` and itself. */
function splitQuoted(text: string): readonly Part[] {
  const pieces = text.match(/\\.|\$(?:[@*]|\d|[A-Za-z_]\w*|\{\w+\})|./gs) ?? [];
  const parts = pieces.map((piece) => partOf(piece, /^\\(?=[$`"\\])/));
  return parts.length === 0 ? [{ kind: 'text', text: '' }] : parts;
}

function partOf(piece: string, escaped: RegExp): Part {
  if (piece === LINE_CONTINUATION) {
    return { kind: 'text', text: '' };
  }
  if (escaped.test(piece)) {
    return { kind: 'text', text: piece.slice(1) };
  }
  if (piece === '$' || piece === '`') {
    return { kind: 'unknown' };
  }
  return piece.startsWith('$')
    ? { kind: 'parameter', name: piece.replace(/[${}]/g, '') }
    : { kind: 'text', text: piece };
}

function joinParts(parts: readonly Part[], expand: Expand): Word {
  let word = '';
  for (const part of parts) {
    const text = part.kind === 'parameter' ? soleWord(expand(part.name)) : part.kind === 'text' ? part.text : undefined;
    if (text === undefined) {
      return undefined;
    }
    word += text;
  }
  return word;
}

function soleWord(words: readonly Word[] | undefined): Word {
  return words?.length === 1 ? words[0] : undefined;
}

/** The options of a command, each with its arguments in order; that of a flag is empty. */
export type Options = ReadonlyMap<string, readonly Word[]>;

/**
 * Parses options as `getopts` of the shell does: `letters` has a colon after each one with an argument. Returns `undefined`
 * for a letter that it does not have.
 */
export function parseOptions(words: readonly Word[], letters: string): Options | undefined {
  const options = new Map<string, Word[]>();
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === undefined || !/^-[^-]/.test(word)) {
      return options;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      const index = letters.indexOf(letter);
      if (index < 0 || letter === ':') {
        return undefined;
      }
      const hasArgument = letters.charAt(index + 1) === ':';
      const argument = at + 1 < word.length ? word.slice(at + 1) : rest[0];
      options.set(letter, [...(options.get(letter) ?? []), hasArgument ? argument : '']);
      if (hasArgument) {
        if (at + 1 === word.length) {
          rest.shift();
        }
        break;
      }
    }
  }
  return options;
}
