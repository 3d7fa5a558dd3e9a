// Measures the action against its peers; script/bench says how it is called.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Options, parseOptions } from './options.ts';
import { runPeers } from './peers-run.ts';
import { runProfile } from './profile-run.ts';
import { competitorsTable, goalsTable, phasesTable, sizeTable } from './report/peers.ts';
import { growthTable, scalingTable } from './report/scaling.ts';
import { plainTable, type Table } from './report/table.ts';
import { savePeers, saveScaling, writeReport } from './report.ts';
import type { CompetitorResult } from './results.ts';
import { removeDirectory } from './rounds.ts';
import { runScaling } from './scaling-run.ts';

const checkout = join(import.meta.dirname, '..');
/** The first packages of the list: a closure that is made in seconds. */
const QUICK_PACKAGES = 40;

try {
  await main(parseOptions(process.argv.slice(2), checkout));
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  const { mode, work, output } = options;
  if (mode === 'report') {
    writeReport(output, join(checkout, 'docs/performance.md'));
    return;
  }
  mkdirSync(work, { recursive: true });
  mkdirSync(output, { recursive: true });
  try {
    if (mode === 'scaling') {
      await scale(options);
    } else if (mode === 'profile') {
      await runProfile(options, storePathsOf(options));
    } else {
      await compare(options);
    }
  } finally {
    removeDirectory(work);
  }
}

async function compare(options: Options): Promise<void> {
  const results = await runPeers(options, storePathsOf(options), checkout);
  savePeers(results, options.output);
  print(competitorsTable(results), phasesTable(results), sizeTable(results), goalsTable(results));
  tellWhere(options.output);
  failIfAny(results.competitors);
}

async function scale(options: Options): Promise<void> {
  const results = await runScaling(options, checkout);
  saveScaling(results, options.output);
  print(scalingTable(results), growthTable(results));
  tellWhere(options.output);
  failIfAny(results.points.flatMap((point) => point.competitors));
}

function storePathsOf({ storePaths, quick }: Options): readonly string[] {
  if (storePaths.length > 0) {
    return storePaths;
  }
  const selection = quick ? ['--packages', String(QUICK_PACKAGES)] : [];
  const script = join(checkout, 'script/closure-from-packages');
  return [execFileSync(script, selection, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()];
}

function print(...tables: readonly Table[]): void {
  // A head alone: nothing of this was measured.
  for (const table of tables) {
    if (table.length > 1) {
      console.log(`${plainTable(table)}\n`);
    }
  }
}

function tellWhere(output: string): void {
  console.log(`Results and charts: ${output}`);
}

/** A competitor that failed is shown as such; the bench has then not done all that it was asked to. */
function failIfAny(competitors: readonly CompetitorResult[]): void {
  if (competitors.some(({ failure }) => failure !== undefined)) {
    process.exitCode = 1;
  }
}
