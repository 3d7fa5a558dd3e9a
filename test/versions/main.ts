// Runs tests against several versions of Nix and e2fsprogs; script/test-versions says how it is called.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTests, formatResults, isGood, type SuiteResult } from './results.ts';
import { installTools, type SuiteTools } from './tools.ts';

const CHECKOUT = join(import.meta.dirname, '../..');
/** Keeps the packages of each suite between runs. */
const DIRECTORY = '/var/tmp/nix-ext4-image/versions';
const SUITES = ['bookworm', 'trixie', 'sid'];

/** The tests that depend on the output or the files of the tools. */
const TESTS = [
  'test/e2e',
  'test/nix',
  'test/nixos/module',
  'test/faults/store.test.ts',
  'test/faults/tools.test.ts',
  'test/ext4/mke2fs.test.ts',
  'test/ext4/read/audit.test.ts',
  'test/ext4/read/inode.test.ts',
];

/** These boot a kernel with the e2fsprogs of this machine, which the scripts in front of those of a suite hide. */
const LEFT_OUT = ['test/e2e/boot-test.test.ts', 'test/e2e/gpt.test.ts'];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}
try {
  await main(process.argv.length > 2 ? process.argv.slice(2) : SUITES);
} catch (error) {
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    console.error(`script/test-versions: ${cause instanceof Error ? cause.message : cause}`);
  }
  process.exitCode = 1;
}

async function main(suites: readonly string[]): Promise<void> {
  // vitest ignores a path without tests if others have some.
  const missing = TESTS.find((path) => !existsSync(join(CHECKOUT, path)));
  if (missing !== undefined) {
    throw new Error(`There is no ${missing}.`);
  }
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    console.log(`== Get the tools of Debian ${suite}`);
    const tools = await installTools(suite, join(DIRECTORY, suite));
    console.log(`== Tests with Nix ${tools.nix} and e2fsprogs ${tools.e2fsprogs}`);
    results.push(runTests(tools));
  }
  console.log(`\n${formatResults(results)}`);
  if (!results.every(isGood)) {
    process.exitCode = 1;
  }
}

/** Runs the tests with the tools of a suite, in a Nix store and a temporary directory of their own. */
function runTests(tools: SuiteTools): SuiteResult {
  const start = performance.now();
  const directory = mkdtempSync(join(DIRECTORY, 'run-'));
  const [store, temporary] = [join(directory, 'nix'), join(directory, 'temporary')];
  for (const path of [store, temporary]) {
    mkdirSync(path);
  }
  const report = join(directory, 'report.json');
  writeFileSync(report, '');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const leftOut = LEFT_OUT.flatMap((path) => ['--exclude', path]);
  const vitest = ['vitest', 'run', ...reporters, ...leftOut, ...TESTS];
  const namespace = ['bash', join(import.meta.dirname, 'namespace.sh'), store, tools.directory];
  const { error } = spawnSync('unshare', ['--mount', ...namespace, ...vitest], {
    cwd: CHECKOUT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) {
    throw error;
  }
  const counts = countTests(readFileSync(report, 'utf8'));
  rmSync(directory, { recursive: true, force: true });
  return { tools, ...counts, seconds: (performance.now() - start) / 1000 };
}
