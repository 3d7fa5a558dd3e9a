import { describe, expect, it } from 'vitest';
import { createPhaseReader } from '../../bench/run/phases.ts';
import { descendants, parentIn, residentBytes, residentIn } from '../../bench/run/processes.ts';
import { parseUsage } from '../../bench/run/usage.ts';

describe('createPhaseReader', () => {
  it('reads phases from a log that comes in pieces', () => {
    const reader = createPhaseReader();
    reader.read('node\n::group::Read the tr', 1);
    reader.read('ee\n62692 entries\n', 2);
    reader.read('::endgroup::\n::group::Plan the image\n', 3);
    reader.read('::endgroup::\nnixos.img\n', 4.5);
    expect(reader.finish(5)).toEqual([
      { name: 'Read the tree', start: 2, end: 3 },
      { name: 'Plan the image', start: 3, end: 4.5 },
    ]);
  });

  it('ends a phase where the next begins, and the last where the program ends', () => {
    const reader = createPhaseReader();
    reader.read('::group::Stage\n', 0.5);
    reader.read('::group::fsck\n', 2);
    expect(reader.finish(3)).toEqual([
      { name: 'Stage', start: 0.5, end: 2 },
      { name: 'fsck', start: 2, end: 3 },
    ]);
  });

  it('takes no other line for a phase', () => {
    const reader = createPhaseReader();
    reader.read('text ::group::no\n ::group::no\n::notice::no\n', 1);
    expect(reader.finish(2)).toEqual([]);
  });
});

describe('parseUsage', () => {
  it('reads seconds and kibibytes', () =>
    expect(parseUsage('5.55 3.53 207264\n')).toEqual({
      userSeconds: 5.55,
      systemSeconds: 3.53,
      largestProcessBytes: 207_264 * 1024,
    }));

  it('passes over what time says of the exit', () =>
    expect(parseUsage('Command exited with non-zero status 1\n0.01 0.00 2816\n').userSeconds).toBe(0.01));

  it('refuses anything else', () => expect(() => parseUsage('')).toThrow(/time wrote ""/));
});

describe('processes', () => {
  it('finds all below a process, and no others', () => {
    const parents = new Map([
      [10, 1],
      [11, 10],
      [12, 11],
      [13, 10],
      [20, 1],
      [21, 20],
    ]);
    expect([...descendants(10, parents)].sort()).toEqual([10, 11, 12, 13]);
  });

  it('reads the parent whatever the name of the program', () => {
    expect(parentIn('31 (a) S (b)) R 17 31 31 0 -1')).toBe(17);
    expect(parentIn('')).toBeUndefined();
  });

  it('reads the resident memory, none where there is none', () => {
    expect(residentIn('Name:\tnode\nVmHWM:\t  5000 kB\nVmRSS:\t  4321 kB\n')).toBe(4321 * 1024);
    expect(residentIn('Name:\tkthreadd\n')).toBe(0);
  });

  it('agrees with Node about this very process', () => {
    const own = process.memoryUsage.rss();
    expect(residentBytes(process.pid)).toBeGreaterThan(own / 2);
    expect(residentBytes(process.pid)).toBeLessThan(own * 2 + 500e6);
  });
});
