import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_NAMES, TITLES } from './competitor-names.ts';
import { commandOf } from './competitors.ts';
import { openClosure } from './facts/closure.ts';
import type { Options } from './options.ts';
import { seconds } from './report/units.ts';
import { prepareWork, removeDirectory } from './rounds.ts';
import { measure } from './run/measure.ts';

/**
 * Runs the action once for each compression under Node's profiler. The profiles, one for the main thread and one for
 * each worker thread, are left in the output directory; a browser's developer tools show them.
 */
export async function runProfile(options: Options, paths: readonly string[]): Promise<void> {
  const { work: base, bundle, output, competitors } = options;
  const closure = openClosure(paths, join(base, 'closure'));
  const work = join(base, 'work');
  for (const name of competitors.filter((each) => ACTION_NAMES.includes(each))) {
    const directory = join(output, `profile-${name}`);
    removeDirectory(directory);
    prepareWork(work);
    const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${directory}`];
    const run = await measure(commandOf(name, { work, closure, staged: '', bundle, nodeOptions }), base);
    console.log(`${TITLES[name]}: ${seconds(run.seconds)}; ${readdirSync(directory).length} profiles in ${directory}`);
  }
}
