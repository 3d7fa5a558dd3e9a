import { printable } from '../text/printable.ts';

const SHOWN_CHARACTERS = 400;
const SHOWN_STDERR = 4 * 1024;

/** A command line for a message: control characters escaped, arguments with spaces quoted, a long tail left out. */
export function describeCommand(program: string, args: readonly string[]): string {
  let shown = printable(program);
  for (const [index, argument] of args.entries()) {
    const next = shorten(quote(argument));
    if (shown.length + next.length > SHOWN_CHARACTERS) {
      return `${shown} ... (${args.length - index} more)`;
    }
    shown += ` ${next}`;
  }
  return shown;
}

/** How a command failed, with the end of its standard error, every line safe to print. */
export function describeFailedCommand(
  command: string,
  { exitCode, stderr }: { readonly exitCode: number | null; readonly stderr: Buffer },
): string {
  const how = exitCode === null ? 'was killed by a signal' : `failed with exit code ${exitCode}`;
  const lines = printableLines(stderr.subarray(Math.max(0, stderr.length - SHOWN_STDERR)));
  const output = lines.length === 0 ? ' (nothing on standard error)' : `\n${lines.join('\n')}`;
  return `A command ${how}: ${command}${output}`;
}

function printableLines(bytes: Buffer): readonly string[] {
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
