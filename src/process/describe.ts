import { printable } from '../text/printable.ts';

const SHOWN_CHARACTERS = 400;
const SHOWN_STDERR = 4 * 1024;

/** A command line for a message: control characters escaped, arguments with blanks quoted, a long tail left out. */
export function describeCommand(tool: string, args: readonly string[]): string {
  let shown = printable(tool);
  for (const [index, argument] of args.entries()) {
    const next = shorten(quote(argument));
    if (shown.length + next.length > SHOWN_CHARACTERS) {
      return `${shown} ... (${args.length - index} more)`;
    }
    shown += ` ${next}`;
  }
  return shown;
}

/** How a command ended, with the last of what it wrote to standard error, each line made safe to print. */
export function describeEnd(
  command: string,
  end: { readonly exitCode: number | null; readonly signal: string | null; readonly stderr: Buffer },
): string {
  const how = end.exitCode === null ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
  const lines = printableLines(end.stderr.subarray(Math.max(0, end.stderr.length - SHOWN_STDERR)));
  const said = lines.length === 0 ? ', which wrote nothing to standard error' : `\n${lines.join('\n')}`;
  return `A command ${how}: ${command}${said}`;
}

function printableLines(bytes: Buffer): string[] {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '').map((line) => `  ${printable(Buffer.from(line, 'latin1'))}`);
}

function quote(argument: string): string {
  const safe = printable(argument);
  return safe === '' || /[ '"]/.test(safe) ? `'${safe}'` : safe;
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS / 2 ? `${text.slice(0, SHOWN_CHARACTERS / 2)}...` : text;
}
