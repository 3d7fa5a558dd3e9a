import { picture, round, text } from './svg.ts';

export interface Bar {
  readonly label: string;
  /** The pieces of the bar from left to right. */
  readonly pieces: readonly { readonly value: number; readonly shade: 'peer' | 'first' | 'second' }[];
  /** What stands after it. */
  readonly note: string;
  /** Whether it is one of those that the picture is about. */
  readonly strong: boolean;
}

export interface BarChart {
  readonly title: string;
  readonly subtitle: string;
  readonly bars: readonly Bar[];
  /** Where a dashed line stands, to compare with. */
  readonly reference: number | undefined;
}

const WIDTH = 760;
const MARGIN = 16;
const LABEL_WIDTH = 176;
const NOTE_WIDTH = 130;
const HEAD = 62;
const ROW = 28;
const THICKNESS = 16;

/** Draws horizontal bars on a scale that starts at zero. */
export function drawBars({ title, subtitle, bars, reference }: BarChart): string {
  const left = MARGIN + LABEL_WIDTH;
  // Where all is nothing any scale will do.
  const longest = Math.max(...bars.map(lengthOf), reference ?? 0) || 1;
  const scale = (WIDTH - MARGIN - NOTE_WIDTH - left) / longest;
  const bottom = HEAD + bars.length * ROW;
  const x = reference === undefined ? 0 : round(left + reference * scale);
  const line = `<line class="grid dashed" x1="${x}" x2="${x}" y1="${HEAD - 4}" y2="${bottom}"/>`;
  return picture(WIDTH, bottom + MARGIN, `${title}. ${bars.map(({ label, note }) => `${label}: ${note}`).join('; ')}`, [
    text(MARGIN, 26, 'text title', title, 'start'),
    text(MARGIN, 45, 'muted small', subtitle, 'start'),
    ...(reference === undefined ? [] : [line]),
    ...bars.map((bar, i) => drawBar(bar, HEAD + i * ROW, left, scale)),
  ]);
}

function drawBar(bar: Bar, top: number, left: number, scale: number): string {
  const middle = top + THICKNESS / 2 + 4.5;
  const style = bar.strong ? 'text strong' : 'text';
  const parts = [text(left - 10, middle, style, bar.label, 'end')];
  let x = left;
  for (const { value, shade } of bar.pieces) {
    const width = value * scale;
    parts.push(
      `<rect class="${shade}" x="${round(x)}" y="${top}" width="${round(width)}" height="${THICKNESS}" rx="2"/>`,
    );
    x += width;
  }
  parts.push(text(x + 8, middle, style, bar.note, 'start'));
  return parts.join('');
}

function lengthOf(bar: Bar): number {
  return bar.pieces.reduce((sum, { value }) => sum + value, 0);
}
