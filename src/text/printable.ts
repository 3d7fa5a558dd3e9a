import { isUtf8 } from 'node:buffer';

/**
 * Makes a name from outside safe to show in one line of a log: what a terminal or the runner would act on is shown
 * as an escape instead. Bytes that are no UTF-8 and ASCII control characters become `\xNN`, a backslash `\\`, and
 * other characters that do not show (C1 controls, bidirectional overrides, zero-width and odd spaces) `\u{...}`.
 *
 * The runner takes a line as a command if it begins with `::`, or holds `##[` anywhere
 * (actions/runner, ActionCommand.cs): both lose their first character to an escape. No two names look alike.
 */
export function printable(name: Uint8Array | string): string {
  const shown = typeof name === 'string' ? escapeCharacters(name) : escapeBytes(name);
  return shown.replace(/^ *::/, escapeFirstColon).replaceAll('##[', '\\x23#[');
}

function escapeFirstColon(start: string): string {
  return `${start.slice(0, -2)}\\x3a:`;
}

function escapeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) {
    return escapeCharacters(buffer.toString('utf8'));
  }
  let shown = '';
  for (let position = 0; position < buffer.length; ) {
    const length = characterLength(buffer, position);
    shown +=
      length === 0
        ? hex(buffer[position] ?? 0)
        : escapeCharacters(buffer.toString('utf8', position, position + length));
    position += Math.max(length, 1);
  }
  return shown;
}

/** Bytes of the UTF-8 character at `position`, or 0 if none begins there. */
function characterLength(buffer: Buffer, position: number): number {
  for (let length = 1; length <= 4 && position + length <= buffer.length; length++) {
    if (isUtf8(buffer.subarray(position, position + length))) {
      return length;
    }
  }
  return 0;
}

function escapeCharacters(text: string): string {
  return text.replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\\]/gu, (character) => {
    if (character === ' ') {
      return character;
    }
    if (character === '\\') {
      return '\\\\';
    }
    const code = character.codePointAt(0) ?? 0;
    return code < 0x80 ? hex(code) : `\\u{${code.toString(16)}}`;
  });
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
