import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPETITOR_NAMES, type CompetitorName } from './competitor-names.ts';

/** What the bench is to do. */
export type Mode = 'peers' | 'scaling' | 'profile' | 'report';

export interface Options {
  readonly mode: Mode;
  /** Store paths, or links to them; none for the closure made of Debian packages. */
  readonly storePaths: readonly string[];
  /** Rounds that count. */
  readonly runs: number;
  readonly quick: boolean;
  /** The competitors that take part. */
  readonly competitors: readonly CompetitorName[];
  /** Directory of the built action. */
  readonly bundle: string;
  /** Directory for temporary files; it is made, and removed at the end. */
  readonly work: string;
  /** Directory for the results. */
  readonly output: string;
}

/**
 * Reads the options that script/bench describes.
 *
 * @param checkout directory of the project, for what is not given.
 * @throws Error naming the option, its value and what it may be.
 */
export function parseOptions(args: readonly string[], checkout: string): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      scaling: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      bundle: { type: 'string', default: join(checkout, 'dist') },
      work: { type: 'string', default: '/var/tmp/nix-ext4-image/bench' },
      output: { type: 'string', default: join(checkout, 'bench/results') },
    },
  });
  const { quick, bundle, work, output } = values;
  const modes = (['scaling', 'profile', 'report'] as const).filter((mode) => values[mode]);
  if (modes.length > 1) {
    throw new Error(`--${modes[0]} and --${modes[1]} exclude each other`);
  }
  const mode = modes[0] ?? 'peers';
  if (mode === 'scaling' && positionals.length > 0) {
    throw new Error(`--scaling makes store paths of its own, but ${positionals[0]} is given`);
  }
  return {
    mode,
    storePaths: positionals,
    runs: values.runs === undefined ? (quick ? 1 : DEFAULT_RUNS) : parseRuns(values.runs),
    quick,
    competitors: parseNames(values.only),
    bundle,
    work,
    output,
  };
}

const DEFAULT_RUNS = 3;

function parseRuns(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) {
    return Number(text);
  }
  throw new Error(`--runs ${text}: expected a number of rounds, 1 or more`);
}

/** In the order of a round, whatever the order in which they are given; none for all. */
function parseNames(texts: readonly string[]): readonly CompetitorName[] {
  const given = texts.map(parseName);
  return given.length === 0 ? COMPETITOR_NAMES : COMPETITOR_NAMES.filter((name) => given.includes(name));
}

function parseName(text: string): CompetitorName {
  const name = COMPETITOR_NAMES.find((known) => known === text);
  if (name !== undefined) {
    return name;
  }
  throw new Error(`--only ${text}: expected one of ${COMPETITOR_NAMES.join(', ')}`);
}
