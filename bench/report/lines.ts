import { picture, round, text } from './svg.ts';

export interface Series {
  readonly label: string;
  readonly shade: 'peer' | 'first' | 'third';
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LinePanel {
  readonly title: string;
  readonly xLabel: string;
  readonly series: readonly Series[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

const PANEL_WIDTH = 380;
const PANEL_HEIGHT = 250;
const COLUMNS = 2;
const HEAD = 62;
const MARGIN = 16;
/** Space in a panel around its plot, for the title above, ticks to the left and below. */
const AROUND = { left: 58, right: 32, top: 28, bottom: 44 };

/** Draws panels side by side, both axes logarithmic: what is linear is a straight line along the diagonal of the grid. */
export function drawLines(title: string, subtitle: string, panels: readonly LinePanel[]): string {
  const width = COLUMNS * PANEL_WIDTH;
  const height = HEAD + Math.ceil(panels.length / COLUMNS) * PANEL_HEIGHT + 4;
  const legend = panels[0]?.series.map((series, i) => drawLegend(series, MARGIN + i * 140)) ?? [];
  return picture(width, height, `${title}. ${subtitle}`, [
    text(MARGIN, 26, 'text title', title, 'start'),
    ...legend,
    text(width - MARGIN, 45, 'muted small', subtitle, 'end'),
    ...panels.map((panel, i) => {
      const x = (i % COLUMNS) * PANEL_WIDTH;
      const y = HEAD + Math.floor(i / COLUMNS) * PANEL_HEIGHT;
      return `<g transform="translate(${x} ${y})">${drawPanel(panel)}</g>`;
    }),
  ]);
}

function drawLegend({ label, shade }: Series, x: number): string {
  return `<circle class="${shade}" cx="${x + 5}" cy="41" r="4"/>${text(x + 14, 45, 'text small', label, 'start')}`;
}

function drawPanel({ title, xLabel, series, formatX, formatY }: LinePanel): string {
  const left = AROUND.left;
  const right = PANEL_WIDTH - AROUND.right;
  const bottom = PANEL_HEIGHT - AROUND.bottom;
  const points = series.flatMap((line) => line.points);
  const x = logScale(
    points.map((point) => point[0]),
    left,
    right,
  );
  const y = logScale(
    points.map((point) => point[1]),
    bottom,
    AROUND.top,
  );
  return [
    text(left, 14, 'text strong', title, 'start'),
    ...y.ticks.map((tick) => {
      const at = round(y.place(tick));
      const grid = `<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/>`;
      return grid + text(left - 6, at + 4, 'muted small', formatY(tick), 'end');
    }),
    ...x.ticks.map((tick) => {
      const at = round(x.place(tick));
      const grid = `<line class="grid" x1="${at}" x2="${at}" y1="${AROUND.top}" y2="${bottom}"/>`;
      return grid + text(at, bottom + 16, 'muted small', formatX(tick), 'middle');
    }),
    text((left + right) / 2, bottom + 33, 'muted small', xLabel, 'middle'),
    ...series.map((line) => drawSeries(line, x.place, y.place)),
  ].join('');
}

function drawSeries({ shade, points }: Series, x: (value: number) => number, y: (value: number) => number): string {
  const places = points.map((point) => [round(x(point[0])), round(y(point[1]))]);
  const line = `<polyline class="line ${shade}-line" points="${places.map((place) => place.join(',')).join(' ')}"/>`;
  return line + places.map(([cx, cy]) => `<circle class="${shade}" cx="${cx}" cy="${cy}" r="3"/>`).join('');
}

interface LogScale {
  /** Powers of ten, from the last one below all values to the first one above. */
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** A scale from `start` to `end` on the picture for whole powers of ten around the values. */
export function logScale(values: readonly number[], start: number, end: number): LogScale {
  const logs = values.map(Math.log10);
  const low = Math.floor(Math.min(...logs) + ROUNDING);
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs) - ROUNDING));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { ticks, place: (value) => start + ((Math.log10(value) - low) / (high - low)) * (end - start) };
}

/** A thousand may have a logarithm a little off 3; a value a little over a power of ten need not have a decade more. */
const ROUNDING = 0.02;
