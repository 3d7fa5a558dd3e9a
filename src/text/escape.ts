import { printable } from './printable.ts';

/**
 * Makes a text of one or more lines safe to print: every line shows what a terminal or the runner would act on as an
 * escape. Backslashes stay, since names within the text may have been escaped already.
 */
export function printableText(text: string): string {
  return text.split(/\r?\n/).map(printableLine).join('\n');
}

function printableLine(line: string): string {
  return line.split('\\').map(printable).join('\\');
}

/** At most `limit` characters of a text, and the mark that there was more. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const end = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}...`;
}

/** A pair of surrogates is one character: half of it is none. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** A value from outside for a message: one line, control characters escaped, a long tail left out. */
export function quoteValue(value: string): string {
  return `'${printable(shorten(value, SHOWN_CHARACTERS))}'`;
}

const SHOWN_CHARACTERS = 120;

/**
 * Makes a value from outside safe within HTML and Markdown. What has a meaning in Markdown becomes an entity too: a
 * decoded entity is text, never structure (CommonMark, section 6.2), so that the result is right in both.
 */
export function escapeHtml(value: string): string {
  return printable(value).replace(/[&<>"'`*_~[\]()!|#@$\\:{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Makes a value from outside safe within a quoted label of a Mermaid drawing. Mermaid has no escapes but `#code;`;
 * whatever store paths cannot hold anyway becomes one.
 */
export function escapeMermaid(value: string): string {
  return printable(value).replace(/[^A-Za-z0-9 .,+_?=()-]/gu, (character) => `#${character.codePointAt(0)};`);
}
