import { closeSync, openSync, writeSync } from 'node:fs';

/** The console of all boots, in a file, with its last lines in memory. */
export interface ConsoleFile extends Disposable {
  /** The last lines of the boot that is on, at most 50. */
  readonly lastLines: readonly string[];
  /** Begins another boot. */
  begin(title: string): void;
  add(line: string): void;
}

/** Creates the file. */
export function createConsoleFile(path: string): ConsoleFile {
  const file = openSync(path, 'w');
  const lastLines: string[] = [];
  return {
    lastLines,
    begin(title) {
      lastLines.length = 0;
      writeSync(file, `== ${title}\n`);
    },
    add(line) {
      writeSync(file, `${line}\n`);
      lastLines.push(line);
      if (lastLines.length > MOST_LINES) {
        lastLines.shift();
      }
    },
    [Symbol.dispose]: () => closeSync(file),
  };
}

const MOST_LINES = 50;
