import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type CompetitorName, TITLES } from './competitor-names.ts';
import { type Command, commandOf, type Place } from './competitors.ts';
import { seconds } from './report/units.ts';
import type { CompetitorResult, Run } from './results.ts';
import { measure } from './run/measure.ts';
import { touchFreeMemory } from './run/touch.ts';

export interface Rounds {
  readonly competitors: readonly CompetitorResult[];
  /** One-minute load averages at the start of the rounds, the warm-up's first. */
  readonly loads: readonly number[];
}

/**
 * Runs all competitors in turn, again and again: one round to warm up, which fills the page cache and does not count,
 * and `rounds` that do. One that fails takes no further part.
 *
 * @param scratch directory for files of the bench's own.
 */
export async function runRounds(
  names: readonly CompetitorName[],
  rounds: number,
  place: Place,
  scratch: string,
): Promise<Rounds> {
  const runs = new Map<CompetitorName, Run[]>(names.map((name) => [name, []]));
  const failures = new Map<CompetitorName, string>();
  const loads: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    loads.push(loadavg()[0]);
    for (const name of names) {
      if (failures.has(name)) {
        continue;
      }
      try {
        const run = await runAlone(commandOf(name, place), place.work, scratch);
        if (round > 0) {
          runs.get(name)?.push(run);
        }
        console.error(`${round === 0 ? 'warm-up' : `round ${round}`}: ${TITLES[name]}: ${seconds(run.seconds)}`);
      } catch (error) {
        failures.set(name, error instanceof Error ? error.message : String(error));
        console.error(`${TITLES[name]} failed: ${failures.get(name)}`);
      }
    }
  }
  const competitors = names.map((name): CompetitorResult => {
    const failure = failures.get(name);
    return failure === undefined ? { name, runs: runs.get(name) ?? [] } : { name, runs: [], failure };
  });
  return { competitors, loads };
}

async function runAlone(command: Command, work: string, scratch: string): Promise<Run> {
  prepareWork(work);
  // What earlier runs left to be written must not be written during this one.
  execFileSync('sync', ['--file-system', work]);
  touchFreeMemory();
  try {
    return await measure(command, scratch);
  } finally {
    // For some minutes after ext4 has removed many files it is slow to make others, so a staging directory, which the next
    // round makes again, stays until the end.
    if (command.staging !== undefined && existsSync(command.staging)) {
      renameSync(command.staging, join(mkdtempSync(join(scratch, 'staging-')), 'kept'));
    }
    removeDirectory(work);
  }
}

/** Makes an empty directory for a run, with the files that the runner has for an action. */
export function prepareWork(work: string): void {
  removeDirectory(work);
  mkdirSync(work, { recursive: true });
  for (const name of ['outputs', 'summary']) {
    writeFileSync(join(work, name), '');
  }
}

/** Removes a directory even where a copy of the store in it is write-protected. */
export function removeDirectory(directory: string): void {
  if (existsSync(directory) && process.getuid?.() !== 0) {
    execFileSync('chmod', ['--recursive', 'u+w', directory]);
  }
  rmSync(directory, { recursive: true, force: true });
}
