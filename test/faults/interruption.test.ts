// @module-tag system
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleClosure } from '../support/nix-store.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { afterVersion, fakeTool } from './support/fake-tool.ts';
import { expectNothingLeft, type FaultyRun, inject, injectSignal, namesIn, runFaulty } from './support/faults.ts';
import { isRunning } from './support/processes.ts';

const PHASES = [
  'Resolve the closure',
  'Read the tree',
  'Plan the image',
  'Write the image',
  'Verify the image',
] as const;
const COMPRESSIONS = ['none', 'zstd', 'xz'] as const;

/** Milliseconds; longer than any phase takes with so small a closure on an idle machine. */
const LONGEST_DELAY = 120;
/** How often each signal must hit each phase. */
const HITS = 2;
/** How often the signal may come too late. Each time the delay is halved; after the last there is none. */
const LATE = 7;

/** Runs the action, which gets a signal at a random moment after a phase has begun: the more often `late`, the sooner. */
async function interrupt(
  signal: NodeJS.Signals,
  phase: string,
  late: number,
  directory = temporaryDirectory(),
): Promise<FaultyRun> {
  const compression = COMPRESSIONS[Math.floor(Math.random() * COMPRESSIONS.length)] ?? 'none';
  const delay = late < LATE ? (Math.random() * LONGEST_DELAY) / 2 ** late : 0;
  return await runFaulty(
    { 'store-paths': sampleClosure().root, compression },
    { directory, mayOutlive: signal === 'SIGKILL', environment: injectSignal(signal, phase, delay).environment },
  );
}

/** Files of a run that finished, or whose image was verified before it was interrupted. */
const FINISHED = /^(nixos\.img(\.zst|\.xz)?|nixos\.img\.manifest\.json|SHA256SUMS)$/;

/** Checks images under their final names with the tool of their compression, or with e2fsck. */
async function expectWhole(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(directory, name);
    if (name.endsWith('.img')) {
      await runTool('e2fsck', ['-fn', path]);
    }
    if (name.endsWith('.zst')) {
      await runTool('zstd', ['--test', '--quiet', path]);
    }
    if (name.endsWith('.xz')) {
      await runTool('xz', ['--test', '--quiet', path]);
    }
  }
}

/** The process may have ended before. */
function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves nothing', (signal) => {
  test.each(PHASES)('at a random moment from the phase "%s" on', async (phase) => {
    let hits = 0;
    for (let late = 0; hits < HITS && late <= LATE; ) {
      const run = await interrupt(signal, phase, late);
      if (run.exitCode === 0) {
        late++;
        // The signal came too late: the run was finished.
        for (const name of run.files) {
          expect(name).toMatch(FINISHED);
        }
        expect(run.files).toHaveLength(3);
        expect(run).toMatchObject({ errors: [], temporaryFiles: [], leftRunning: [] });
        continue;
      }
      expect(expectNothingLeft(run)).toContain(`The step was cancelled (${signal}). No image was left.`);
      hits++;
    }
    expect(hits).toBe(HITS);
  });
});

describe('SIGKILL leaves what the next run removes', () => {
  test.each(PHASES)('at a random moment from the phase "%s" on', async (phase) => {
    const directory = temporaryDirectory();
    let hits = 0;
    for (let late = 0; hits < HITS && late <= LATE; ) {
      const run = await interrupt('SIGKILL', phase, late, directory);
      if (run.exitCode !== null) {
        expect(run.exitCode, run.log).toBe(0);
        late++;
        continue;
      }
      hits++;
      expect(run).toMatchObject({ leftRunning: [] });
      const finished = run.files.filter((name) => FINISHED.test(name));
      for (const name of run.files.filter((other) => !finished.includes(other))) {
        expect(name).toMatch(/^\.nix-ext4-image-[0-9a-f]{16}\.(lock|[0-9a-f]{16}\.(partial|skeleton))$/);
      }
      // A file with the final name was verified, though the step did not finish. Without one nothing is reported.
      await expectWhole(join(directory, 'output'), finished);
      if (finished.length === 0) {
        expect(run).toMatchObject({ outputs: {}, summary: '' });
      }
      for (const name of run.temporaryFiles) {
        expect(name).toMatch(/^garbage-roots-/);
      }
    }
    expect(hits).toBe(HITS);
    const next = await runFaulty({ 'store-paths': sampleClosure().root, compression: 'none' }, { directory });
    expect(next.exitCode).toBe(0);
    // Leftovers too, of whatever compression.
    expect(next.files.filter((name) => !FINISHED.test(name))).toEqual([]);
  });

  test('while the image is written, and while its metadata is unpacked', async () => {
    for (const [task, left] of [
      ['compressRange', ['.partial', '.lock']],
      ['hashStorePaths', ['.partial', '.skeleton', '.lock']],
    ] as const) {
      const directory = temporaryDirectory();
      const hold = inject('hold', task);
      const killed = await runFaulty(
        { 'store-paths': sampleClosure().root },
        {
          directory,
          mayOutlive: true,
          environment: hold.environment,
          async during({ pid }) {
            await hold.untilHit();
            await until(() => namesIn(join(directory, 'output')).length === left.length, 'its files');
            sendTo(pid, 'SIGKILL');
          },
        },
      );
      expect(killed).toMatchObject({ exitCode: null, leftRunning: [] });
      expect(killed.files.map((name) => name.slice(name.lastIndexOf('.')))).toEqual(left);
      const next = await runFaulty({ 'store-paths': sampleClosure().root }, { directory });
      expect(next).toMatchObject({
        exitCode: 0,
        files: ['SHA256SUMS', 'nixos.img.cdx.json', 'nixos.img.manifest.json', 'nixos.img.zst'],
        leftRunning: [],
      });
    }
  });
});

test('the files are removed at once, though a thread cannot be stopped while it compresses', async () => {
  const directory = temporaryDirectory();
  const go = join(directory, 'go');
  // A thread that waits for xz does nothing else.
  const script = afterVersion(`while [ ! -e ${go} ]; do sleep 0.05; done; exec $real "$@"`);
  const { environment, calls } = fakeTool('xz', script);
  let wasRunning = false;
  const run = await runFaulty(
    { 'store-paths': sampleClosure().root, compression: 'xz' },
    {
      directory,
      environment,
      async during({ pid }) {
        await until(() => existsSync(calls) && readFileSync(calls, 'utf8').includes('--format=xz'), 'xz to run');
        // The partial file and the lock.
        expect(namesIn(join(directory, 'output'))).toHaveLength(2);
        sendTo(pid, 'SIGINT');
        const left = () => [...namesIn(join(directory, 'output')), ...namesIn(join(directory, 'temporary'))];
        await until(() => left().length === 0, 'no file');
        wasRunning = isRunning(pid);
        writeFileSync(go, '');
      },
    },
  );
  expect(expectNothingLeft(run)).toContain('The step was cancelled (SIGINT)');
  // The process was still running when the files were gone.
  expect(wasRunning).toBe(true);
});

test('a directory that was made for the image is removed with it', async () => {
  const hold = inject('hold', 'compressRange');
  const run = await runFaulty(
    { 'store-paths': sampleClosure().root, 'output-directory': '' },
    {
      environment: hold.environment,
      async during({ pid }) {
        await hold.untilHit();
        sendTo(pid, 'SIGTERM');
      },
    },
  );
  expect(expectNothingLeft(run)).toContain('SIGTERM');
});
