import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompetitorName } from './competitor-names.ts';
import { openClosure } from './facts/closure.ts';
import { describeMachine } from './facts/machine.ts';
import { countEntries } from './facts/store-walk.ts';
import type { Options } from './options.ts';
import { bytes } from './report/units.ts';
import type { ScalingPoint, ScalingResults } from './results.ts';
import { runRounds } from './rounds.ts';
import { type Amount, type GeneratedPaths, generatePaths } from './scaling/generate.ts';

const AMOUNTS: readonly Amount[] = [
  ...[1e3, 1e4, 1e5, 1e6].map((amount): Amount => ({ kind: 'entries', amount })),
  ...[1e8, 1e9, 1e10].map((amount): Amount => ({ kind: 'bytes', amount })),
];

/** The largest amounts of a quick run. */
const QUICK: Readonly<Record<Amount['kind'], number>> = { entries: 1e4, bytes: 1e8 };

/** Those that take part; `tar` shows what is due to the machine's own reading and writing. */
const COMPETITORS: readonly CompetitorName[] = ['action-raw', 'action-zstd', 'tar'];

/** Measures time and memory on generated store paths of growing size. Sizes that do not fit on the disk are left out. */
export async function runScaling(options: Options, checkout: string): Promise<ScalingResults> {
  const { work: base, runs, quick } = options;
  const made: Made[] = [];
  const points: ScalingPoint[] = [];
  try {
    // All are made first, and removed at the end: see `generatePaths`.
    for (const amount of AMOUNTS.filter((each) => !quick || each.amount <= QUICK[each.kind])) {
      if (!hasRoom(amount, base)) {
        continue;
      }
      console.error(`making ${amount.amount} ${amount.kind}`);
      made.push({ amount, paths: generatePaths(amount, join(base, `${amount.kind}-${amount.amount}`)) });
    }
    for (const each of made) {
      points.push(await measurePoint(each, options));
    }
  } finally {
    for (const { paths } of made) {
      paths.remove();
    }
  }
  return { machine: describeMachine(base, checkout), rounds: runs, points };
}

interface Made {
  readonly amount: Amount;
  readonly paths: GeneratedPaths;
}

async function measurePoint({ amount, paths }: Made, options: Options): Promise<ScalingPoint> {
  const { work: base, competitors, runs, bundle } = options;
  console.error(`${amount.amount} ${amount.kind}:`);
  const closure = openClosure(paths.storePaths, join(base, 'closure'));
  const place = { work: join(base, 'work'), closure, staged: '', bundle };
  const names = COMPETITORS.filter((name) => competitors.includes(name));
  const rounds = await runRounds(names, runs, place, base);
  return {
    kind: amount.kind,
    entries: countEntries(closure.storePaths),
    narBytes: closure.narBytes,
    storePaths: closure.storePaths.length,
    competitors: rounds.competitors,
  };
}

function hasRoom(amount: Amount, directory: string): boolean {
  const needed = roomFor(amount);
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= needed) {
    return true;
  }
  console.error(`${amount.amount} ${amount.kind}: left out, for it needs ${bytes(needed)} on disk`);
  return false;
}

/** Bytes for the store paths, what they are made of, and an image; small files take a block and an inode each. */
function roomFor({ kind, amount }: Amount): number {
  return (kind === 'bytes' ? amount * 2.5 : amount * 16_000) + 1e9;
}
