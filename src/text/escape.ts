import { printable } from './printable.ts';

/**
 * Makes a text of one or more lines safe to print: what a terminal or the runner would act on is shown as an escape.
 * Backslashes are kept, because names within the text can be escaped already.
 */
export function printableText(text: string): string {
  return text.split(/\r?\n/).map(printableLine).join('\n');
}

function printableLine(line: string): string {
  return line.split('\\').map(printable).join('\\');
}

/** The first `limit` characters of a text, followed by `...` if there are more. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const end = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}...`;
}

/** A surrogate pair is one character and must not be cut. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** A name or path from outside for a message: in quotes, and safe to print. */
export function quote(name: Uint8Array | string): string {
  return `"${printable(name)}"`;
}

/** An input's value for a message: in quotes, safe to print, and shortened. */
export function quoteValue(value: string): string {
  return `'${printable(shorten(value, SHOWN_CHARACTERS))}'`;
}

const SHOWN_CHARACTERS = 120;

/**
 * Makes a value from outside safe in HTML and Markdown. Characters with a meaning in Markdown become entities too: a
 * decoded entity is text, never structure (CommonMark, section 6.2).
 */
export function escapeHtml(value: string): string {
  return printable(value).replace(/[&<>"'`*_~[\]()!|#@$\\:{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Makes a value from outside safe in a quoted label of a Mermaid chart. The only escape of Mermaid is `#code;`, which
 * replaces every character that store paths cannot have.
 */
export function escapeMermaid(value: string): string {
  return printable(value).replace(/[^A-Za-z0-9 .,+_?=()-]/gu, (character) => `#${character.codePointAt(0)};`);
}
