import { describe, expect, it } from 'vitest';
import { createProgress, progressText } from '../../src/runner/progress.ts';

const MIB = 2 ** 20;
/** Back to the start of the line, and away with what is on it. */
const REDRAW = '\r\u001b[K';

/** Reports `steps` equal steps of 1 GiB over `seconds`, and returns what was written. */
function run(seconds: number, steps: number, terminal = false): string[] {
  const written: string[] = [];
  let time = 100;
  const output = { write: (text: string) => written.push(text), isTTY: terminal, columns: 80 };
  const progress = createProgress(output, () => time);
  for (let step = 1; step <= steps; step++) {
    time = 100 + (seconds * step) / steps;
    progress.report((1024 * MIB * step) / steps, 1024 * MIB);
  }
  progress.clear();
  return written;
}

describe('progress in a log', () => {
  it('is silent in a short phase', () => expect(run(4.9, 1000)).toEqual([]));

  it('shows share, rate and time left every few seconds', () => {
    expect(run(20, 1000)).toEqual([
      ' 25 %, 256 MiB of 1.00 GiB, 51.2 MiB/s, 15.0 s left\n',
      ' 50 %, 512 MiB of 1.00 GiB, 51.2 MiB/s, 10.0 s left\n',
      ' 75 %, 768 MiB of 1.00 GiB, 51.2 MiB/s, 5.0 s left\n',
    ]);
  });

  it.each([60, 100, 600, 36_000])('shows twenty lines at most in %i s', (seconds) => {
    const lines = run(seconds, 20_000);
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines.length).toBeGreaterThanOrEqual(10);
  });

  it('accepts a total of zero, and more than the total', () => {
    expect(progressText(0, 0, 0)).toBe('  0 %, 0 B of 0 B');
    expect(progressText(20, 10, 1)).toBe('100 %, 20 B of 10 B, 20 B/s, 0.0 s left');
  });
});

describe('progress in a terminal', () => {
  it('draws one bar again and again, and takes it away', () => {
    const written = run(20, 1000, true);
    expect(written.length).toBeGreaterThan(150);
    expect(written.length).toBeLessThanOrEqual(201);
    expect(written.some((text) => text.startsWith(`${REDRAW}[============            ]  50 %, `))).toBe(true);
    expect(written.every((text) => text.startsWith(REDRAW) && !text.includes('\n'))).toBe(true);
    expect(written.at(-1)).toBe(REDRAW);
  });

  it('never fills the line', () => {
    const written: string[] = [];
    let time = 0;
    const progress = createProgress({ write: (text) => written.push(text), isTTY: true, columns: 30 }, () => time);
    time = 1;
    progress.report(5, 10);
    expect(written.map((text) => text.slice(REDRAW.length).length)).toEqual([29]);
  });
});
