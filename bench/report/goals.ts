import type { CompetitorName } from '../competitor-names.ts';
import type { PeerResults, Run } from '../results.ts';
import { median, pairedRatio } from './statistics.ts';
import { bytes, percent, ratio } from './units.ts';

/** A goal of the project, and what was found. */
export interface Goal {
  readonly what: string;
  readonly limit: string;
  readonly found: string;
  readonly met: boolean;
}

/** Holds the results against the goals; those for which something was not measured are left out. */
export function evaluateGoals(results: PeerResults): readonly Goal[] {
  const runs = (name: CompetitorName): readonly Run[] =>
    results.competitors.find((competitor) => competitor.name === name)?.runs ?? [];
  const raw = runs('action-raw');
  const zstd = runs('action-zstd');
  const recipe = runs('recipe');
  const tar = runs('tar');
  const memory = Math.max(...[...raw, ...zstd].map((run) => run.largestProcessBytes));
  const disk = median(zstd.map((run) => run.extraDiskBytes));
  const { image } = results;
  const goals = [
    atMost('raw image, checks included, to `tar cf`', pairedRatio(seconds(raw), seconds(tar)), 1.3, ratio),
    atMost(
      'raw image, built and not verified, to `tar cf`',
      pairedRatio(raw.map(buildSeconds), seconds(tar)),
      0.7,
      ratio,
    ),
    atMost(
      'zstd image, checks included, to `tar | zstd -3 -T0`',
      pairedRatio(seconds(zstd), seconds(runs('tar-zstd'))),
      1.4,
      ratio,
    ),
    atMost(
      'CPU time of the raw image, to that of a plain loop',
      pairedRatio(cpuSeconds(raw), cpuSeconds(runs('floor-raw'))),
      1.25,
      ratio,
    ),
    atMost(
      'CPU time of the zstd image, to that of a plain loop',
      pairedRatio(cpuSeconds(zstd), cpuSeconds(runs('floor-zstd'))),
      1.25,
      ratio,
    ),
    atLeast('the recipe, to this zstd image', pairedRatio(seconds(recipe), seconds(zstd)), 4.5, ratio),
    atMost('memory of the largest process', memory, 280e6, bytes),
    atMost('disk used beyond the file, zstd', disk, SKELETON_BYTES, bytes),
  ];
  if (image !== undefined) {
    const file = median(zstd.map((run) => run.result.bytes));
    const { actual, needed } = image.account;
    goals.push(
      atMost('zstd file, to what `zstd -3` makes of the raw image', file / image.zstdBytes, 1, (value) =>
        value.toFixed(4),
      ),
      atMost('size of the image over what must be in it', (actual - needed) / needed, 0.01, percent),
    );
  }
  return goals.filter((goal) => goal !== undefined);
}

/** "A few dozen MB". */
const SKELETON_BYTES = 60e6;

/** Until the image is written, before it is verified. */
export function buildSeconds(run: Run): number {
  return endOf(run, 'Write the image');
}

function endOf({ phases }: Run, name: string): number {
  const phase = phases.find((candidate) => candidate.name === name);
  if (phase === undefined) {
    throw new Error(`the log of a run has no phase ${name}, only: ${phases.map((known) => known.name).join(', ')}`);
  }
  return phase.start + phase.seconds;
}

function seconds(runs: readonly Run[]): readonly number[] {
  return runs.map((run) => run.seconds);
}

function cpuSeconds(runs: readonly Run[]): readonly number[] {
  return runs.map((run) => run.cpuSeconds);
}

type Format = (value: number) => string;

function atMost(what: string, value: number, limit: number, format: Format): Goal | undefined {
  if (!Number.isFinite(value)) {
    return undefined;
  }
  return { what, limit: `at most ${format(limit)}`, found: format(value), met: value <= limit };
}

function atLeast(what: string, value: number, limit: number, format: Format): Goal | undefined {
  if (!Number.isFinite(value)) {
    return undefined;
  }
  return { what, limit: `at least ${format(limit)}`, found: format(value), met: value >= limit };
}
