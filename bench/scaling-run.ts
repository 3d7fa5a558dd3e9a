import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompetitorName } from './competitor-names.ts';
import { openClosure } from './facts/closure.ts';
import { describeMachine } from './facts/machine.ts';
import { walkStore } from './facts/store-walk.ts';
import type { Options } from './options.ts';
import { bytes } from './report/units.ts';
import type { ScalingPoint, ScalingResults } from './results.ts';
import { runRounds } from './rounds.ts';
import { type Amount, generatePaths } from './scaling/generate.ts';

const AMOUNTS: readonly Amount[] = [
  ...[1e3, 1e4, 1e5, 1e6].map((amount): Amount => ({ kind: 'entries', amount })),
  ...[1e8, 1e9, 1e10].map((amount): Amount => ({ kind: 'bytes', amount })),
];

/** The largest amounts of a quick run. */
const QUICK: Readonly<Record<Amount['kind'], number>> = { entries: 1e4, bytes: 1e8 };

/** Those that take part; `tar` shows what is due to the machine's own reading and writing. */
const COMPETITORS: readonly CompetitorName[] = ['action-raw', 'action-zstd', 'tar'];

/** Measures time and memory on generated store paths of growing size. What the disk has no room for is left out. */
export async function runScaling(options: Options, checkout: string): Promise<ScalingResults> {
  const { work: base, runs, quick } = options;
  const points: ScalingPoint[] = [];
  for (const amount of AMOUNTS.filter((each) => !quick || each.amount <= QUICK[each.kind])) {
    const needed = roomFor(amount);
    const { bavail, bsize } = statfsSync(base);
    if (bavail * bsize < needed) {
      console.error(`${amount.amount} ${amount.kind}: left out, for it needs ${bytes(needed)} on disk`);
      continue;
    }
    points.push(await measurePoint(amount, options));
  }
  return { machine: describeMachine(base, checkout), rounds: runs, points };
}

async function measurePoint(amount: Amount, { work: base, competitors, runs, bundle }: Options): Promise<ScalingPoint> {
  const { kind } = amount;
  console.error(`making ${amount.amount} ${kind}`);
  const generated = generatePaths(amount, base);
  try {
    const closure = openClosure(generated.storePaths, join(base, 'closure'));
    const place = { work: join(base, 'work'), closure, staged: '', bundle };
    const names = COMPETITORS.filter((name) => competitors.includes(name));
    const rounds = await runRounds(names, runs, place, base);
    return {
      kind,
      entries: walkStore(closure.storePaths).entries,
      narBytes: closure.narBytes,
      storePaths: closure.storePaths.length,
      competitors: rounds.competitors,
    };
  } finally {
    generated.remove();
  }
}

/** Bytes for the store paths, a part of them twice, and for an image; small files take a block and an inode each. */
function roomFor({ kind, amount }: Amount): number {
  return (kind === 'bytes' ? amount * 2.5 : amount * 12_000) + 1e9;
}
