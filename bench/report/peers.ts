import { ACTION_NAMES, TITLES } from '../competitor-names.ts';
import type { CompetitorResult, PeerResults, Run } from '../results.ts';
import { type Bar, drawBars } from './bars.ts';
import { buildSeconds, evaluateGoals } from './goals.ts';
import { median, pairedRatio } from './statistics.ts';
import type { Table } from './table.ts';
import { bytes, count, percent, ratio, seconds } from './units.ts';

/** Time, memory, size and disk of each competitor, with ratios to `tar cf`. */
export function competitorsTable({ competitors }: PeerResults): Table {
  const tar = runsOf(competitors, 'tar');
  const rows = competitors.map(({ name, runs }) => {
    if (runs.length === 0) {
      return [TITLES[name], 'failed', ...Array(8).fill('')];
    }
    const times = runs.map((run) => run.seconds);
    const timeRatio = pairedRatio(
      times,
      tar.map((run) => run.seconds),
    );
    const sizeRatio = pairedRatio(
      runs.map((run) => run.result.bytes),
      tar.map((run) => run.result.bytes),
    );
    const middle = (value: (run: Run) => number): number => median(runs.map(value));
    return [
      TITLES[name],
      seconds(median(times)),
      `${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}`,
      ratio(timeRatio),
      seconds(middle((run) => run.cpuSeconds)),
      bytes(middle((run) => run.largestProcessBytes)),
      bytes(middle((run) => run.allProcessesBytes)),
      bytes(middle((run) => run.result.bytes)),
      ratio(sizeRatio),
      bytes(middle((run) => run.extraDiskBytes)),
    ];
  });
  const head = ['', 'time', 'range', 'to tar', 'CPU time', 'largest process', 'all processes'];
  return [[...head, 'result', 'to tar', 'disk beyond it'], ...rows];
}

/** Time of each phase, for competitors that report phases, and the peak memory of all processes in it. */
export function phasesTable({ competitors }: PeerResults): Table {
  const rows = competitors.flatMap(({ name, runs }) =>
    (runs[0]?.phases ?? []).map((phase, i) => {
      const each = runs.flatMap((run) => run.phases[i] ?? []);
      const time = seconds(median(each.map((found) => found.seconds)));
      // A phase that is over before anybody looks has none.
      const peak = median(each.map((found) => found.peakBytes));
      return [`${TITLES[name]}: ${phase.name}`, time, peak === 0 ? '' : bytes(peak)];
    }),
  );
  return [['', 'time', 'memory'], ...rows];
}

/** The goals and whether they are met. */
export function goalsTable(results: PeerResults): Table {
  const rows = evaluateGoals(results).map((goal) => [goal.what, goal.limit, goal.found, goal.met ? 'met' : 'missed']);
  return [['', 'goal', 'found', ''], ...rows];
}

/** What must be in the image, and how large it is. */
export function sizeTable({ image }: PeerResults): Table {
  if (image === undefined) {
    return [['', 'blocks', 'bytes']];
  }
  const { account } = image;
  const row = (what: string, blocks: number): readonly string[] => [what, count(blocks), bytes(blocks * 4096)];
  return [
    ['', 'blocks', 'bytes'],
    row('distinct files', account.files),
    row('directories', account.directories),
    row('symlinks of 60 bytes and more', account.symlinks),
    row('superblocks, descriptors, bitmaps, inode tables', account.tables),
    row('journal', account.journal),
    row('free space, and what the kernel keeps of it', account.free),
    row('sum of what must be in it', account.needed),
    row('the image', account.actual),
    ['over the sum', percent(account.actual / account.needed - 1), ''],
  ];
}

/** One chart of each measure, by file name. */
export function peerCharts(results: PeerResults): ReadonlyMap<string, string> {
  const competitors = results.competitors.filter(({ runs }) => runs.length > 0);
  const tar = runsOf(competitors, 'tar');
  const { closure, rounds, machine } = results;
  const where =
    `${count(closure.storePaths)} store paths, ${count(closure.entries)} entries, ${bytes(closure.narBytes)}; ` +
    `${machine.cores} cores; median of ${rounds}; dashed: tar cf`;

  const chart = (title: string, subtitle: string, measure: (run: Run) => number, format: (value: number) => string) => {
    const reference = tar.map(measure);
    const bars = competitors.map((competitor): Bar => {
      const value = median(competitor.runs.map(measure));
      const toTar = pairedRatio(competitor.runs.map(measure), reference);
      const strong = ACTION_NAMES.includes(competitor.name);
      return {
        label: TITLES[competitor.name],
        pieces: strong && title === TIME ? buildAndProof(competitor) : [{ value, shade: strong ? 'first' : 'peer' }],
        note: Number.isFinite(toTar) ? `${format(value)} · ${ratio(toTar)} ×` : format(value),
        strong,
      };
    });
    return drawBars({ title, subtitle, bars, reference: tar.length > 0 ? median(reference) : undefined });
  };

  return new Map([
    ['time.svg', chart(TIME, `${where}; pale: the verification`, (run) => run.seconds, seconds)],
    ['memory.svg', chart('Memory of the largest process at its peak', where, (run) => run.largestProcessBytes, bytes)],
    ['size.svg', chart('Size of the result', where, (run) => run.result.bytes, bytes)],
    [
      'disk.svg',
      chart('Disk used at the peak, result included', where, (run) => run.extraDiskBytes + run.result.diskBytes, bytes),
    ],
  ]);
}

const TIME = 'Time';

function buildAndProof({ runs }: CompetitorResult): Bar['pieces'] {
  const build = median(runs.map(buildSeconds));
  const rest = median(runs.map((run) => run.seconds)) - build;
  return [
    { value: build, shade: 'first' },
    { value: rest, shade: 'second' },
  ];
}

function runsOf(competitors: readonly CompetitorResult[], name: CompetitorResult['name']): readonly Run[] {
  return competitors.find((competitor) => competitor.name === name)?.runs ?? [];
}
