import { closeSync, existsSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { type Expand, readWords, type Word } from './shell.ts';

/** A call of a program of the store in an installer, or in a script that it calls. */
export interface Call {
  /** Path of the program. */
  readonly program: string;
  /** The text of the program if it is a script that can be read. */
  readonly script: string | undefined;
  readonly words: readonly Word[];
  /** The calls in its own script. */
  readonly calls: readonly Call[];
}

/**
 * Lists the calls of a command, and those in the scripts that it calls, up to `MAX_SCRIPTS` scripts deep. Nothing is run:
 * arguments that a script passes on are followed, as `"$@"`, `$1` and by the variables of its `getopts`.
 */
export function listCalls(command: string, positional: readonly Word[]): readonly Call[] {
  return callsIn(command, { positional, appended: positional, depth: 0 });
}

/** Installers of NixOS call their builder by one or two scripts; wrappers of other projects add one. */
const MAX_SCRIPTS = 3;

interface Context {
  /** What `"$@"` stands for. */
  readonly positional: readonly Word[];
  /** Words that follow the command. */
  readonly appended: readonly Word[];
  /** Number of scripts around the text. */
  readonly depth: number;
}

function callsIn(text: string, { positional, appended, depth }: Context): readonly Call[] {
  const code = text.replace(/^[ \t]*#.*$/gm, '');
  const expand = expanderOf(code, positional);
  return [...code.matchAll(PROGRAM)].map((match) => {
    const [, program] = match;
    const words = [...readWords(code, match.index + match[0].length, expand), ...appended];
    const script = readScript(program);
    const calls =
      script === undefined || depth >= MAX_SCRIPTS
        ? []
        : callsIn(script, { positional: words, appended: [], depth: depth + 1 });
    return { program, script, words, calls };
  });
}

/** A path of the store, in quotes or not. */
const PROGRAM = new RegExp(`["']?(${STORE_DIRECTORY}/[0-9a-df-np-sv-z]{32}-[\\w+./?=-]+)["']?`, 'g');

function expanderOf(code: string, positional: readonly Word[]): Expand {
  return (parameter) => {
    if (parameter === '@' || parameter === '*') {
      return positional;
    }
    return /^\d+$/.test(parameter) ? [positional[Number(parameter) - 1]] : [variableOf(code, parameter, positional)];
  };
}

/** The value of a variable: an argument that the script takes by `getopts`, or a plain assignment. */
function variableOf(code: string, name: string, positional: readonly Word[]): Word {
  const [, letter] = new RegExp(`^[ \\t]*(\\w)\\)[ \\t]*${name}="?\\$\\{?OPTARG\\b`, 'm').exec(code) ?? [];
  const at = letter === undefined ? -1 : positional.indexOf(`-${letter}`);
  if (at >= 0) {
    return positional[at + 1];
  }
  const [, value] = new RegExp(`^[ \\t]*${name}=["']?([\\w./-]+)["']?[ \\t]*(?:$|[;#])`, 'm').exec(code) ?? [];
  return value;
}

/** No installer is as large. */
const MAX_SCRIPT_BYTES = 2 ** 20;

function readScript(path: string): string | undefined {
  if (!existsSync(path) || !statSync(path).isFile()) {
    return undefined;
  }
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size > MAX_SCRIPT_BYTES) {
      return undefined;
    }
    const text = readFileSync(file, 'utf8');
    return text.startsWith('#!') ? text : undefined;
  } finally {
    closeSync(file);
  }
}
