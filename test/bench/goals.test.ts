import { describe, expect, it } from 'vitest';
import type { CompetitorName } from '../../bench/competitor-names.ts';
import { buildSeconds, evaluateGoals } from '../../bench/report/goals.ts';
import { competitorsTable, peerCharts, phasesTable, sizeTable } from '../../bench/report/peers.ts';
import { growthTable, scalingChart, scalingTable } from '../../bench/report/scaling.ts';
import type { PeerResults, Run, ScalingPoint } from '../../bench/results.ts';

const machine = {
  processor: 'p',
  cores: 2,
  memoryBytes: 8e9,
  kernel: '6',
  filesystem: 'ext2/ext3',
  node: 'v24',
  tools: {},
  commit: 'abc',
  date: '2026-01-01T00:00Z',
};

const account = {
  files: 900,
  directories: 50,
  symlinks: 1,
  tables: 30,
  journal: 10,
  free: 9,
  needed: 1000,
  actual: 1005,
  freeInodes: 0,
};

describe('evaluateGoals', () => {
  it('meets every goal just at its limit', () => {
    const goals = evaluateGoals(
      results({ raw: 1.3, build: 0.7, zstd: 5.6, recipe: 4.5 * 5.6, memory: 280e6, disk: 60e6, cpu: 1.25 }),
    );
    expect(goals.map(({ met }) => met)).toEqual(Array(10).fill(true));
  });

  it('misses every goal a little beyond', () => {
    const missed = { raw: 1.31, build: 0.71, zstd: 5.7, recipe: 4.5 * 5.6, memory: 281e6, disk: 61e6, cpu: 1.26 };
    const found = results({ ...missed, zstdBytes: 0.99, actual: 1011 });
    expect(evaluateGoals(found).map(({ met }) => met)).toEqual(Array(10).fill(false));
  });

  it('leaves out what was not measured', () => {
    const { image: _, ...rest } = results({ raw: 1, build: 0.5, zstd: 4, recipe: 10, memory: 1, disk: 1 });
    const alone = { ...rest, competitors: rest.competitors.filter(({ name }) => name === 'action-raw') };
    expect(evaluateGoals(alone).map(({ what }) => what)).toEqual(['memory of the largest process']);
  });

  it('does not take a log without phases for a fast one', () => {
    expect(() => buildSeconds(run(1))).toThrow('no phase Write the image');
  });
});

describe('tables and charts of the peers', () => {
  const whole = results({ raw: 2.6, build: 1.4, zstd: 6, recipe: 20, memory: 2e8, disk: 4e7 });
  const failed = { name: 'genext2fs', runs: [], failure: 'exit code 1; the end\nof it' } as const;
  const withFailure = { ...whole, competitors: [...whole.competitors, failed] };

  it('has a row for each competitor, also for one that failed, all of the same length', () => {
    const [head, ...rows] = competitorsTable(withFailure);
    expect(rows.map((row) => row[0])).toContain('genext2fs alone, staged');
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => head.length));
    expect(rows.find((row) => row[0] === 'this action, raw')?.slice(1, 4)).toEqual([
      '2.60 s',
      '2.60 s to 2.60 s',
      '2.60',
    ]);
  });

  it('shows phases and the size', () => {
    expect(phasesTable(whole)).toContainEqual(['this action, raw: Write the image', '1.40 s', '100 MB']);
    expect(sizeTable(whole)).toContainEqual(['over the sum', '1.00 %', '']);
  });

  it('draws a chart of each measure with those that did not fail', () => {
    const charts = peerCharts(withFailure);
    expect([...charts.keys()]).toEqual(['time.svg', 'memory.svg', 'size.svg', 'disk.svg']);
    for (const chart of charts.values()) {
      expect(chart).toContain('recipe in use today');
      expect(chart).not.toMatch(/NaN|Infinity|undefined|genext2fs/);
    }
  });
});

describe('tables and the chart of scaling', () => {
  const points: readonly ScalingPoint[] = [1e3, 1e4, 1e5].map((entries) => ({
    kind: 'entries',
    entries,
    narBytes: entries * 1300,
    storePaths: entries / 1000,
    competitors: [
      { name: 'action-raw', runs: [{ ...run(entries / 1e4), largestProcessBytes: 1e8 * (entries / 1e3) ** 0.5 }] },
      { name: 'tar', runs: [], failure: 'no' },
    ],
  }));
  const found = { machine, rounds: 1, points };

  it('reports the growth over the last decade', () =>
    expect(growthTable(found)[1]).toEqual(['10,000 to 100,000', 'this action, raw', '1.00', '0.50']));

  it('has a row for each size and competitor', () => {
    expect(scalingTable(found)).toHaveLength(7);
    expect(scalingTable(found)[1]).toEqual([
      '1,000 entries, 1.30 MB',
      'this action, raw',
      '0.10 s',
      '100 µs',
      '100 MB',
    ]);
  });

  it('draws the sizes that were measured', () => {
    expect(scalingChart(found)).not.toMatch(/NaN|Infinity|undefined/);
    expect(scalingChart(found).match(/<polyline/g)).toHaveLength(4);
  });
});

interface Figures {
  readonly raw: number;
  readonly build: number;
  readonly zstd: number;
  readonly recipe: number;
  readonly memory: number;
  readonly disk: number;
  /** CPU time of the action, to that of the plain loop. */
  readonly cpu?: number;
  readonly zstdBytes?: number;
  readonly actual?: number;
}

/** One round in which tar takes a second and tar with zstd four. */
function results(figures: Figures): PeerResults {
  const { raw, build, zstd, recipe, memory, disk, cpu = 2, zstdBytes = 1, actual = 1010 } = figures;
  const written = { name: 'Write the image', start: 0, seconds: build, peakBytes: 1e8 };
  const runs: readonly (readonly [CompetitorName, Run])[] = [
    ['tar', run(1)],
    ['floor-raw', { ...run(3), cpuSeconds: 1 }],
    ['action-raw', { ...run(raw), cpuSeconds: cpu, phases: [written], largestProcessBytes: memory }],
    ['tar-zstd', run(4)],
    ['floor-zstd', { ...run(3), cpuSeconds: 1 }],
    ['action-zstd', { ...run(zstd), cpuSeconds: cpu, phases: [written], extraDiskBytes: disk }],
    ['recipe', run(recipe)],
  ];
  return {
    machine,
    closure: { storePaths: 3, entries: 10, narBytes: 1e6 },
    rounds: 1,
    loads: [0, 0],
    competitors: runs.map(([name, only]) => ({ name, runs: [only] })),
    image: { account: { ...account, actual }, zstdBytes: zstdBytes * 1e6 },
  };
}

function run(seconds: number): Run {
  return {
    seconds,
    cpuSeconds: seconds,
    largestProcessBytes: 1e6,
    allProcessesBytes: 1e6,
    result: { bytes: 1e6, diskBytes: 1e6 },
    extraDiskBytes: 0,
    phases: [],
  };
}
