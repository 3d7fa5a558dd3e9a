import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sampleClosure } from '../support/nix-store.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { expectNothingLeft, type FaultyRun, inject, namesIn, runFaulty, until } from './support/faults.ts';
import { ownPaths } from './support/own-paths.ts';

const PHASES = [
  'Resolve the closure',
  'Read the tree',
  'Plan the image',
  'Write the image',
  'Verify the image',
] as const;
const COMPRESSIONS = ['none', 'zstd', 'xz'] as const;

/** Milliseconds; longer than any phase takes with so small a closure. */
const LONGEST_DELAY = 120;
/** How often each signal must hit each phase, and how many attempts there are. */
const HITS = 2;
const ATTEMPTS = 12;

/** Runs the action and sends it a signal at a random moment after a phase has begun. */
async function interrupt(signal: NodeJS.Signals, phase: string, directory = temporaryDirectory()): Promise<FaultyRun> {
  const compression = COMPRESSIONS[Math.floor(Math.random() * COMPRESSIONS.length)] ?? 'none';
  return await runFaulty(
    { 'store-paths': sampleClosure().root, compression },
    {
      directory,
      patience: 20_000,
      async during({ pid, log }) {
        await until(() => log().includes(`::group::${phase}`), phase);
        await setTimeout(Math.random() * LONGEST_DELAY);
        sendTo(pid, signal);
      },
    },
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
    for (let attempt = 0; hits < HITS && attempt < ATTEMPTS; attempt++) {
      const run = await interrupt(signal, phase);
      if (run.exitCode === 0) {
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
    for (let attempt = 0; hits < HITS && attempt < ATTEMPTS; attempt++) {
      const run = await interrupt('SIGKILL', phase, directory);
      if (run.exitCode !== null) {
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
          patience: 20_000,
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
        files: ['SHA256SUMS', 'nixos.img.manifest.json', 'nixos.img.zst'],
        leftRunning: [],
      });
    }
  });
});

test('the files are removed at once, though a thread cannot be stopped while it compresses', async () => {
  const { slow = '' } = ownPaths({ slow: { script: 'head -c 20000000 /dev/urandom > $out' } });
  const directory = temporaryDirectory();
  let gone = Number.POSITIVE_INFINITY;
  let ended = 0;
  const run = await runFaulty(
    { 'store-paths': slow, compression: 'xz', 'compression-level': '1' },
    {
      directory,
      async during({ pid, log }) {
        await until(() => log().includes('::group::Write the image'), 'the image is written');
        await setTimeout(300);
        expect(namesIn(join(directory, 'output'))).toHaveLength(2);
        const sent = performance.now();
        sendTo(pid, 'SIGINT');
        const left = () => [...namesIn(join(directory, 'output')), ...namesIn(join(directory, 'temporary'))];
        await until(() => left().length === 0, 'no file');
        gone = performance.now() - sent;
        ended = sent;
      },
    },
  );
  ended = performance.now() - ended;
  expect(expectNothingLeft(run)).toContain('The step was cancelled (SIGINT)');
  expect(gone).toBeLessThan(2000);
  // Otherwise the test would show nothing.
  expect(ended).toBeGreaterThan(gone + 200);
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
