import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { RunningProgram } from '../../process/start.ts';

/** A program's output and input, as someone has them who sits at a serial console. */
export interface Console {
  /**
   * Waits for a text after all that was waited for before, and returns the match. Throws when it has not come in `seconds`,
   * when the program ends without it, and when `failure` comes first.
   */
  waitFor(text: RegExp, seconds: number, failure?: RegExp): Promise<RegExpExecArray>;
  /** Waits until `find` finds something, which is asked after each output; `undefined` if the program ends, or after `seconds`. */
  waitUntil<T>(find: () => T | undefined, seconds: number): Promise<T | undefined>;
  type(text: string): void;
  /** Waits for the program to end by itself. Throws if it has not in `seconds`, or ends with an error. */
  waitForEnd(seconds: number): Promise<void>;
  /** Whether the program has ended. */
  hasEnded(): boolean;
  /** All that was written so far, without carriage returns and control sequences. */
  text(): string;
  /** The end of that which is no whole line yet, such as a prompt. */
  openLine(): string;
  /** Ends the program. */
  close(): void;
}

/** @param onLine is called with each whole line. */
export function openConsole(program: RunningProgram, onLine: (line: string) => void): Console {
  let whole = '';
  let open = '';
  let read = 0;
  let ended = false;
  let wake = (): void => {};
  const openLine = (): string => plain(open);
  const text = (): string => whole + openLine();
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      const lines = (open + piece).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines.map(plain)) {
        whole += `${line}\n`;
        onLine(line);
      }
      wake();
    });
  }
  const end = once(program, 'close').then(() => {
    ended = true;
    wake();
  });
  // What is typed as the program ends is lost; its output shows that it ended.
  program.stdin.on('error', () => {});

  const waitUntil = async <T>(find: () => T | undefined, seconds: number): Promise<T | undefined> => {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      // First, so that what was written before the end is seen.
      const isLast = ended;
      const found = find();
      const left = deadline - Date.now();
      if (found !== undefined || isLast || left <= 0) {
        return found;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    text,
    openLine,
    hasEnded: () => ended,
    waitUntil,
    type: (typed) => program.stdin.write(typed),
    close: () => program.kill('SIGKILL'),
    async waitFor(wanted, seconds, failure) {
      const find = (): RegExpExecArray | undefined => {
        const rest = text().slice(read);
        const match = wanted.exec(rest);
        const failed = failure?.exec(rest);
        if (failed && (match === null || failed.index < match.index)) {
          throw new Error(`Instead of ${wanted} the console has: ${failed[0].trim()}`);
        }
        if (match !== null) {
          read += match.index + match[0].length;
        }
        return match ?? undefined;
      };
      const found = await waitUntil(find, seconds);
      if (found !== undefined) {
        return found;
      }
      throw new Error(
        ended ? `The console closed before ${wanted} came.` : `${wanted} did not come within ${seconds} s.`,
      );
    },
    async waitForEnd(seconds) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const error = new Error(`The program was still running after ${seconds} s.`);
        timer = setTimeout(() => reject(error), seconds * 1000);
      });
      await Promise.race([end, late]).finally(() => clearTimeout(timer));
      if (program.exitCode === 0) {
        return;
      }
      throw new Error(`The program ended with ${program.signalCode ?? `exit code ${program.exitCode}`}.`);
    },
  };
}

/** A line as a person would read it. */
function plain(line: string): string {
  return stripVTControlCharacters(line).replaceAll('\r', '');
}
