import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

/** A program's output and input, as someone has them who sits at a serial console. */
export interface Console {
  /**
   * Waits for a text after all that was waited for before, and returns the match. Throws when it has not come in `seconds`,
   * when the program ends without it, and when `failure` comes first.
   */
  waitFor(text: RegExp, seconds: number, failure?: RegExp): Promise<RegExpExecArray>;
  type(text: string): void;
  /** Waits for the program to end by itself. Throws if it has not in `seconds`, or ends with an error. */
  waitForEnd(seconds: number): Promise<void>;
  /** All that was written so far, without carriage returns and control sequences. */
  text(): string;
  /** Ends the program. */
  close(): void;
}

/** @param onLine is called with each whole line. */
export function openConsole(program: ChildProcessWithoutNullStreams, onLine: (line: string) => void): Console {
  let raw = '';
  let read = 0;
  let shownLines = 0;
  let ended = false;
  let wake = (): void => {};
  const text = (): string => stripVTControlCharacters(raw).replaceAll('\r', '');
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      raw += piece;
      const lines = text().split('\n').slice(0, -1);
      for (const line of lines.slice(shownLines)) {
        onLine(line);
      }
      shownLines = lines.length;
      wake();
    });
  }
  const end = once(program, 'close').then(() => {
    ended = true;
    wake();
  });
  // What is typed as the program ends is lost; its output shows that it ended.
  program.stdin.on('error', () => {});

  const waitUntil = async <T>(find: () => T | undefined, seconds: number, what: string): Promise<T> => {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const found = find();
      if (found !== undefined) {
        return found;
      }
      if (ended) {
        throw new Error(`The console closed before ${what} came.`);
      }
      const left = deadline - Date.now();
      if (left <= 0) {
        throw new Error(`${what} did not come within ${seconds} s.`);
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
    type: (typed) => program.stdin.write(typed),
    close: () => program.kill('SIGKILL'),
    waitFor(wanted, seconds, failure) {
      return waitUntil(
        () => {
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
        },
        seconds,
        `${wanted}`,
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
