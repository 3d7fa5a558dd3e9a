// @module-tag system
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram } from '../../src/process/find-program.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { afterVersion, type FakeTool, fakeTool as fake } from './support/fake-tool.ts';
import { expectCleanFailure, expectNothingLeft, type FaultyRun, inject, runFaulty } from './support/faults.ts';
import { flipBit, ownVictim } from './support/own-paths.ts';
import { processesWith, programOf } from './support/processes.ts';

async function runWith(
  { environment, calls }: FakeTool,
  inputs: Readonly<Record<string, string>> = {},
): Promise<FaultyRun> {
  const run = await runFaulty({ 'store-paths': sampleClosure().root, ...inputs }, { environment });
  // The action used it.
  expect(existsSync(calls)).toBe(true);
  return run;
}

/** Expects a run to have ended before any of its phases. Returns the text of the error. */
function expectRefused(run: FaultyRun): string {
  expect(run.log).not.toContain('::group::');
  return expectCleanFailure(run);
}

/** A directory for PATH with these tools alone. */
function onlyTools(...tools: readonly string[]): string {
  const directory = temporaryDirectory();
  for (const tool of tools) {
    symlinkSync(findProgram(tool), join(directory, tool));
  }
  return directory;
}

/** Milliseconds after which the action itself kills nix-store. */
const NIX_STORE_LIMIT = 10 * 60_000;

describe('nix-store', () => {
  test('that is missing: how to install Nix', async () => {
    const run = await runFaulty({ 'store-paths': sampleClosure().root }, { environment: { PATH: onlyTools('sh') } });
    const text = expectRefused(run);
    expect(text).toContain('Nix is not installed');
    expect(text).toContain('install-nix-action');
  });

  test('that does not start: its own words, before any work', async () => {
    const text = expectRefused(await runWith(fake('nix-store', 'echo no libnixstore.so >&2; exit 127')));
    expect(text).toMatch(/exit code 127: .*nix-store --version/);
    expect(text).toContain('no libnixstore.so');
  });

  test('that is another program: is refused before any work', async () => {
    const text = expectRefused(await runWith(fake('nix-store', 'echo nix-store 1.0')));
    expect(text).toContain('does not print the version of Nix');
    expect(text).toContain('install Nix');
  });

  test('that fails: its own words', async () => {
    const locked = fake('nix-store', afterVersion("echo 'error: database is locked' >&2; exit 1"));
    const text = expectCleanFailure(await runWith(locked));
    expect(text).toMatch(/exit code 1: .*nix-store/);
    expect(text).toContain('error: database is locked');
  });

  test('that warns on standard error: is believed', async () => {
    const warning = 'echo \'warning: unknown setting\' >&2; exec $real "$@"';
    expect(await runWith(fake('nix-store', warning))).toMatchObject({ exitCode: 0, errors: [], leftRunning: [] });
  });

  test('that prints a warning among its answers: is not believed', async () => {
    const text = expectCleanFailure(await runWith(fake('nix-store', 'echo \'::error::x\'; exec $real "$@"')));
    expect(text).toContain("a line that is not a store path: '\\x3a:error::x'");
  });

  test('that prints half of an answer: is not believed', async () => {
    const script = 'if [ $1 = --dump-db ]; then $real "$@" | head -n -1; else $real "$@"; fi';
    expect(expectCleanFailure(await runWith(fake('nix-store', script)))).toContain('Registration, line ');
  });

  test('that cannot hold the paths: the image is still built', async () => {
    const script = 'case "$*" in *--add-root*) echo error: read-only >&2; exit 1;; esac; exec $real "$@"';
    const run = await runWith(fake('nix-store', script));
    expect(run).toMatchObject({ exitCode: 0, temporaryFiles: [], leftRunning: [] });
  });

  test('that hangs: ends with the step', async () => {
    const { environment } = fake('nix-store', afterVersion('sleep 7200'));
    let running: readonly number[] = [];
    let sent = 0;
    const run = await runFaulty(
      { 'store-paths': sampleClosure().root },
      {
        environment,
        async during({ pid }) {
          await until(() => processesWith(environment.PATH).map(programOf).includes('sleep'), 'sleep to run');
          running = processesWith(environment.PATH);
          sent = performance.now();
          process.kill(pid, 'SIGINT');
        },
      },
    );
    expect(performance.now() - sent).toBeLessThan(NIX_STORE_LIMIT / 2);
    expect(expectNothingLeft(run)).toContain('cancelled (SIGINT)');
    // Node, the script and sleep.
    expect(running.length).toBeGreaterThanOrEqual(3);
  });
});

describe('e2fsck', () => {
  test('that is missing: how to get it, before any work', async () => {
    const program = findProgram('e2fsck', { extraDirectories: ['/usr/sbin', '/sbin'] });
    const hide = 'mount --bind /dev/null "$1" && shift && exec "$@"';
    // In a mount namespace of its own, the program is no program.
    const startedBy = ['unshare', '--mount', 'bash', '-euc', hide, 'bash', program];
    const run = await runFaulty({ 'store-paths': sampleClosure().root }, { startedBy });
    const text = expectRefused(run);
    expect(text).toContain('e2fsck was not found');
    expect(text).toMatch(/apt-get install e2fsprogs.*apk add e2fsprogs.*nixpkgs#e2fsprogs/);
  });

  test.each([
    ['does not print its version', '$real "$@" 2> /dev/null', 'ended with exit code 0'],
    ['is another program', 'echo "fsck 1.0 (2020)"', 'fsck 1.0 (2020)'],
    ['cannot be loaded', 'echo no libext2fs.so.2 >&2; exit 127', 'no libext2fs.so.2'],
    ['is killed', 'kill -9 $$', 'was killed by a signal'],
  ])('that %s: is refused before any work', async (_, script, words) => {
    const text = expectRefused(await runWith(fake('e2fsck', script)));
    expect(text).toContain('did not print the version of e2fsprogs');
    expect(text).toContain(words);
    expect(text).toContain('apt-get install e2fsprogs');
  });

  test.each([
    ['prints more than usual, though its exit code is 0', '$real "$@"; echo Hm', 'Hm', 'e2fsprogs 1.47'],
    ['prints more in the middle', '$real "$@" | sed \'/^Pass 5/a Hm\'', 'Hm', 'e2fsprogs 1.47'],
    ['prints less than usual', '$real "$@" | head -n 3', 'Pass 3', 'e2fsprogs 1.47'],
    ['finds errors', '$real "$@"; exit 4', 'exit code 4', 'the memory of this machine'],
    ['fails when it is used', 'echo no memory >&2; exit 127', 'no memory', 'e2fsck -V'],
    ['is killed', 'kill -9 $$', 'it was killed by a signal', 'enough memory'],
  ])('that %s: the image is not verified', async (_, script, words, remedy) => {
    const text = expectCleanFailure(await runWith(fake('e2fsck', afterVersion(script))));
    expect(text).toContain('e2fsck -fn does not find the filesystem clean');
    expect(text).toContain(words);
    expect(text).toContain(remedy);
  });

  test('of another version that prints the same: is believed', async () => {
    const older = fake(
      'e2fsck',
      '$real "$@" 2> /dev/null; code=$?; echo "e2fsck 1.45.5 (07-Jan-2020)" >&2; exit $code',
    );
    const run = await runWith(older);
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('e2fsck 1.45.5: clean');
  });

  test('in another language: is run in the language that the action parses', async () => {
    const german = 'if [ "$LC_ALL" != C ]; then echo "Durchgang 1"; exit 0; fi; exec $real "$@"';
    const { environment, ...rest } = fake('e2fsck', german);
    const languages = { LANG: 'de_DE.UTF-8', LANGUAGE: 'de', LC_ALL: 'de_DE.UTF-8', LC_MESSAGES: 'de_DE.UTF-8' };
    expect(await runWith({ environment: { ...environment, ...languages }, ...rest })).toMatchObject({ exitCode: 0 });
  });

  test('that prints more than usual, before another check fails: the other check names the fault', async () => {
    const { root, file } = ownVictim();
    flipBit(file);
    const ended = join(temporaryDirectory(), 'ended');
    const script = `$real "$@"; echo Hm; echo $$ $PPID > ${ended}.new; exec mv ${ended}.new ${ended}`;
    const { environment } = fake('e2fsck', afterVersion(script));
    const hold = inject('hold', 'hashStorePaths');
    const run = await runFaulty(
      { 'store-paths': root },
      {
        environment: { ...environment, ...hold.environment },
        async during({ pid }) {
          await hold.untilHit();
          await until(() => existsSync(ended), 'the end of e2fsck');
          // The action waits for the script, or for `timeout` in front of it. It has noticed the end when no zombie is left.
          const [own = '', parent = ''] = readFileSync(ended, 'utf8').trim().split(' ');
          const awaited = parent === `${pid}` ? own : parent;
          await until(() => !existsSync(join('/proc', awaited)), 'the action to notice it');
          hold.go();
        },
      },
    );
    expect(expectCleanFailure(run)).toContain('The store of this machine is at fault');
  });

  test('that still runs when another check fails: ends with the step', async () => {
    const { root, file } = ownVictim();
    flipBit(file);
    const { environment, calls } = fake('e2fsck', afterVersion('sleep 7200'));
    const hold = inject('hold', 'hashStorePaths');
    const run = await runFaulty(
      { 'store-paths': root },
      {
        environment: { ...environment, ...hold.environment },
        async during() {
          await hold.untilHit();
          await until(() => readFileSync(calls, 'utf8').includes('-fn'), 'e2fsck to run');
          hold.go();
        },
      },
    );
    expect(expectCleanFailure(run)).toContain('The store of this machine is at fault');
  });
});

describe('xz', () => {
  test('that is missing: how to get it, before any work', async () => {
    const environment = { PATH: onlyTools('nix-store') };
    const run = await runFaulty({ 'store-paths': sampleClosure().root, compression: 'xz' }, { environment });
    expect(expectRefused(run)).toMatch(/needs the program xz[\s\S]*apt-get install xz-utils/);
  });

  test('of BusyBox, which only decompresses: is refused before any work', async () => {
    const directory = temporaryDirectory();
    symlinkSync(findProgram('busybox'), join(directory, 'xz'));
    const environment = { PATH: `${directory}:${process.env.PATH}` };
    const run = await runFaulty({ 'store-paths': sampleClosure().root, compression: 'xz' }, { environment });
    const text = expectRefused(run);
    expect(text).toContain(`${directory}/xz is that of BusyBox, which only decompresses`);
    expect(text).toMatch(/apt-get install xz-utils.*apk add xz.*compression to zstd/);
  });

  test.each([
    ['is another program', 'echo xz 1.0', /xz is another program\./],
    ['does not run', 'echo no liblzma.so.5 >&2; exit 127', /xz does not run\. .* exit code 127: .*no liblzma\.so\.5/s],
  ])('that %s: is refused before any work', async (_, script, expected) => {
    const text = expectRefused(await runWith(fake('xz', script), { compression: 'xz' }));
    expect(text).toMatch(/compression: xz needs the xz of XZ Utils[\s\S]*apt-get install xz-utils/);
    expect(text).toMatch(expected);
  });

  test('for another processor: is refused before any work', async () => {
    const directory = temporaryDirectory();
    // The start of an ELF file for a machine that does not exist.
    const elf = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(8), Buffer.alloc(48, 0xee)]);
    writeFileSync(join(directory, 'xz'), elf, { mode: 0o755 });
    const environment = { PATH: `${directory}:${process.env.PATH}` };
    const run = await runFaulty({ 'store-paths': sampleClosure().root, compression: 'xz' }, { environment });
    const text = expectRefused(run);
    // coreutils' timeout passes such a file to the shell; that of BusyBox reports that it cannot be run.
    expect(text).toMatch(/xz does not run\. .* exit code 127: .*\/xz --version|Could not start .*\/xz --version/s);
  });

  test('that fails: its own words', async () => {
    const failing = fake('xz', afterVersion('echo "xz: Cannot allocate memory" >&2; exit 1'));
    const run = await runWith(failing, { compression: 'xz' });
    expect(expectCleanFailure(run)).toContain('xz: Cannot allocate memory');
  });

  test('that writes something else: is not believed', async () => {
    const script = 'case "$*" in *--decompress*) exec $real "$@";; esac; $real "$@" | head -c 300';
    const text = expectCleanFailure(await runWith(fake('xz', script), { compression: 'xz' }));
    expect(text).toContain('A program is not suitable');
    expect(text).toMatch(/xz does not write what the xz of XZ Utils writes\..*Install XZ Utils/s);
  });

  test('that writes other bytes: the verification fails', async () => {
    // The last bytes of the file are those of the index, which are the action's own.
    const damage = String.raw`head -c 100; printf '\377\377\377\377'; tail -c +5`;
    const script = `case "$*" in *--decompress*) exec $real "$@";; esac; $real "$@" | { ${damage}; }`;
    const text = expectCleanFailure(await runWith(fake('xz', script), { compression: 'xz' }));
    expect(text).toMatch(/cannot be decompressed to \d+ bytes: the file is damaged/);
  });

  test('that never stops writing: its own words', async () => {
    const script = 'case "$*" in *--version*) exec $real "$@";; esac; exec cat /dev/zero';
    const text = expectCleanFailure(await runWith(fake('xz', script), { compression: 'xz' }));
    expect(text).toMatch(/Killed because it wrote more than \d+ bytes: xz /);
  });
});

test('tools are not searched in the working directory', async () => {
  const workingDirectory = temporaryDirectory();
  mkdirSync(join(workingDirectory, 'bin'));
  const trap = join(workingDirectory, 'trap');
  for (const tool of ['nix-store', 'e2fsck']) {
    writeFileSync(join(workingDirectory, 'bin', tool), `#!/bin/sh\ntouch ${trap}\nexit 1\n`);
    chmodSync(join(workingDirectory, 'bin', tool), 0o755);
  }
  const environment = { PATH: `bin:.:${process.env.PATH}` };
  const run = await runFaulty({ 'store-paths': sampleClosure().root }, { environment, workingDirectory });
  expect(run.exitCode).toBe(0);
  expect(existsSync(trap)).toBe(false);
});
