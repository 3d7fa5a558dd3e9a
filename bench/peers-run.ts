import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_NAMES } from './competitor-names.ts';
import { commandOf, needsStaging, type Place } from './competitors.ts';
import { openClosure } from './facts/closure.ts';
import { describeMachine } from './facts/machine.ts';
import { accountSize } from './facts/size.ts';
import { countEntries } from './facts/store-walk.ts';
import type { Options } from './options.ts';
import type { PeerResults } from './results.ts';
import { prepareWork, removeDirectory, runRounds } from './rounds.ts';
import { measure } from './run/measure.ts';
import { waitUntilSettled } from './run/settle.ts';

/** Measures the competitors on a closure. */
export async function runPeers(options: Options, paths: readonly string[], checkout: string): Promise<PeerResults> {
  const { work: base, competitors, runs, bundle } = options;
  const closure = openClosure(paths, join(base, 'closure'));
  const place: Place = { work: join(base, 'work'), closure, staged: join(base, 'staged'), bundle };
  const entries = countEntries(closure.storePaths);
  console.error(`${closure.storePaths.length} store paths, ${entries} entries, ${closure.narBytes} bytes as NAR`);
  if (competitors.some((name) => needsStaging(name) || name === 'recipe')) {
    await waitUntilSettled(base);
  }
  if (competitors.some(needsStaging)) {
    stage(place);
  }
  const rounds = await runRounds(competitors, runs, place, base);
  return {
    machine: describeMachine(base, checkout),
    closure: { storePaths: closure.storePaths.length, entries, narBytes: closure.narBytes },
    rounds: runs,
    ...rounds,
    ...(competitors.some((name) => ACTION_NAMES.includes(name)) ? { image: await inspectImage(place, base) } : {}),
  };
}

function stage({ staged, closure }: Place): void {
  removeDirectory(staged);
  mkdirSync(staged, { recursive: true });
  execFileSync('bash', [join(import.meta.dirname, 'peers/stage.sh'), staged, closure.directory]);
}

/** Makes the raw image once more, to look at its size. */
async function inspectImage(place: Place, scratch: string): Promise<NonNullable<PeerResults['image']>> {
  prepareWork(place.work);
  const command = commandOf('action-raw', place);
  await measure(command, scratch);
  const account = accountSize(command.result, place.closure.storePaths, join(place.closure.directory, 'registration'));
  const zstdBytes = compressedSize(command.result, join(scratch, 'compressed'));
  rmSync(place.work, { recursive: true });
  return { account, zstdBytes };
}

/** Bytes that `zstd -3` makes of a file. */
function compressedSize(path: string, output: string): number {
  const file = openSync(output, 'w');
  try {
    execFileSync('zstd', ['-3', '-q', '--stdout', path], { stdio: ['ignore', file, 'inherit'] });
    return statSync(output).size;
  } finally {
    closeSync(file);
    rmSync(output);
  }
}
