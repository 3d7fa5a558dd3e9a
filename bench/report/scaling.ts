import { type CompetitorName, TITLES } from '../competitor-names.ts';
import type { Run, ScalingPoint, ScalingResults } from '../results.ts';
import { drawLines, type LinePanel, type Series } from './lines.ts';
import { growthExponent, median } from './statistics.ts';
import type { Table } from './table.ts';
import { bytes, count, ratio, seconds } from './units.ts';

type Kind = ScalingPoint['kind'];
type Measure = (run: Run) => number;

const KINDS: readonly Kind[] = ['entries', 'bytes'];
const SHADES: Partial<Record<CompetitorName, Series['shade']>> = { 'action-raw': 'first', 'action-zstd': 'third' };
const timeOf: Measure = (run) => run.seconds;
const memoryOf: Measure = (run) => run.largestProcessBytes;

/** Time and memory of every competitor at every size. */
export function scalingTable({ points }: ScalingResults): Table {
  const rows = points.flatMap((point) =>
    point.competitors.map(({ name, runs }) => {
      const size = [`${count(point.entries)} entries, ${bytes(point.narBytes)}`, TITLES[name]];
      if (runs.length === 0) {
        return [...size, 'failed', '', ''];
      }
      const time = median(runs.map(timeOf));
      const perEntry = `${((time / point.entries) * 1e6).toFixed(0)} µs`;
      const rate = point.kind === 'entries' ? perEntry : `${bytes(point.narBytes / time)}/s`;
      return [...size, seconds(time), rate, bytes(median(runs.map(memoryOf)))];
    }),
  );
  return [['', '', 'time', 'an entry, or rate', 'memory'], ...rows];
}

/** With which power of the size time and memory grow over the last decade that was measured. */
export function growthTable({ points }: ScalingResults): Table {
  const rows = KINDS.flatMap((kind) =>
    namesIn(points).flatMap((name) => {
      const time = pointsOf(points, kind, name, timeOf).slice(-2);
      const memory = pointsOf(points, kind, name, memoryOf).slice(-2);
      if (time.length < 2) {
        return [];
      }
      const steps = `${sizeText(kind, time[0][0])} to ${sizeText(kind, time[1][0])}`;
      return [
        [steps, TITLES[name], ratio(growthExponent(time[0], time[1])), ratio(growthExponent(memory[0], memory[1]))],
      ];
    }),
  );
  return [['', '', 'time', 'memory'], ...rows];
}

/** The chart of time and memory against size. */
export function scalingChart(results: ScalingResults): string {
  const { points, rounds, machine } = results;
  const panels = KINDS.flatMap((kind): LinePanel[] => {
    const xLabel = kind === 'entries' ? 'entries, of 1.3 kB on average' : 'bytes in four files';
    const formatX = (value: number): string => withoutFraction(sizeText(kind, value));
    const formatBytes = (value: number): string => withoutFraction(bytes(value));
    const panel = (title: string, measure: Measure, formatY: (value: number) => string): LinePanel => ({
      title,
      xLabel,
      formatX,
      formatY,
      series: namesIn(points).map((name) => ({
        label: TITLES[name],
        shade: SHADES[name] ?? 'peer',
        points: pointsOf(points, kind, name, measure),
      })),
    });
    if (!points.some((point) => point.kind === kind)) {
      return [];
    }
    return [
      panel('Time', timeOf, (value) => `${value} s`),
      panel('Memory of the largest process', memoryOf, formatBytes),
    ];
  });
  return drawLines('Time and memory against size', `${machine.cores} cores; median of ${rounds}`, panels);
}

function namesIn(points: readonly ScalingPoint[]): readonly CompetitorName[] {
  return points[0]?.competitors.map(({ name }) => name) ?? [];
}

function pointsOf(
  points: readonly ScalingPoint[],
  kind: Kind,
  name: CompetitorName,
  measure: Measure,
): readonly (readonly [number, number])[] {
  return points
    .filter((point) => point.kind === kind)
    .flatMap((point) => {
      const runs = point.competitors.find((competitor) => competitor.name === name)?.runs ?? [];
      const size = kind === 'entries' ? point.entries : point.narBytes;
      return runs.length === 0 ? [] : [[size, median(runs.map(measure))] as const];
    });
}

/** Ticks are whole numbers. */
function withoutFraction(size: string): string {
  return size.replace(/\.0+ /, ' ');
}

function sizeText(kind: Kind, size: number): string {
  return kind === 'entries' ? count(size) : bytes(size);
}
