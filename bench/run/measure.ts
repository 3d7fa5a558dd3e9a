import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../competitors.ts';
import type { Phase, Run } from '../results.ts';
import { fileSizes, filesOnDisk, treeOnDisk } from './disk.ts';
import { createPhaseReader, type PhaseSpan } from './phases.ts';
import { residentBytes } from './processes.ts';
import { parseUsage, USAGE_FORMAT } from './usage.ts';

/** Milliseconds between two looks at memory and disk. */
const INTERVAL = 100;

/**
 * Runs a command and measures it: by the clock, by wait4(2) through GNU time, and by looking at it ten times a second.
 *
 * @param scratch directory for GNU time's own file, not one of those that are watched.
 * @throws Error with the end of what it printed if it fails.
 */
export async function measure(command: Command, scratch: string): Promise<Run> {
  const usageFile = join(scratch, 'usage');
  const timed = ['--output', usageFile, '--format', USAGE_FORMAT, command.program, ...command.args];
  const phases = createPhaseReader();
  const samples: Sample[] = [];
  let log = '';

  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const child = spawn('time', timed, {
    env: { ...process.env, ...command.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const closed = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      phases.read(text, elapsed());
      log += text;
    });
  }
  const look = (): void => {
    const memory = child.pid === undefined ? 0 : residentBytes(child.pid);
    samples.push({ at: elapsed(), memory, disk: filesOnDisk(command.watched) });
  };
  const timer = setInterval(look, INTERVAL);
  try {
    await ended;
  } finally {
    clearInterval(timer);
  }
  const seconds = elapsed();
  await closed;
  if (child.exitCode !== 0) {
    throw new Error(describeFailure(child.exitCode, log));
  }

  const usage = parseUsage(readFileSync(usageFile, 'utf8'));
  const result = fileSizes(command.result);
  const staged = command.staging === undefined ? 0 : treeOnDisk(command.staging);
  const files = Math.max(result.diskBytes, filesOnDisk(command.watched), ...samples.map(({ disk }) => disk));
  return {
    seconds,
    cpuSeconds: usage.userSeconds + usage.systemSeconds,
    largestProcessBytes: usage.largestProcessBytes,
    allProcessesBytes: Math.max(usage.largestProcessBytes, ...samples.map(({ memory }) => memory)),
    result,
    extraDiskBytes: staged + files - result.diskBytes,
    phases: phases.finish(seconds).map((span) => withMemory(span, samples)),
  };
}

/** What one look saw, in bytes. */
interface Sample {
  /** Seconds since the start. */
  readonly at: number;
  readonly memory: number;
  readonly disk: number;
}

function withMemory({ name, start, end }: PhaseSpan, samples: readonly Sample[]): Phase {
  const within = samples.filter(({ at }) => at >= start && at <= end);
  return { name, start, seconds: end - start, peakBytes: Math.max(0, ...within.map(({ memory }) => memory)) };
}

const SHOWN_CHARACTERS = 2000;

function describeFailure(exitCode: number | null, log: string): string {
  return `exit code ${exitCode}; the end of what was printed:\n${log.trimEnd().slice(-SHOWN_CHARACTERS)}`;
}
