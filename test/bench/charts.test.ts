import { describe, expect, it } from 'vitest';
import { drawBars } from '../../bench/report/bars.ts';
import { drawLines, logScale } from '../../bench/report/lines.ts';

const bars = drawBars({
  title: 'Time <of day> & more',
  subtitle: 'median of 3',
  reference: 2,
  bars: [
    { label: 'tar cf', pieces: [{ value: 2, shade: 'peer' }], note: '2.00 s', strong: false },
    {
      label: 'this action',
      pieces: [
        { value: 3, shade: 'first' },
        { value: 5, shade: 'second' },
      ],
      note: '8.00 s',
      strong: true,
    },
  ],
});

describe('drawBars', () => {
  it('makes bars as long as their values, and its pieces one after the other', () => {
    const [tar, build, verification] = rectangles(bars).filter(({ shade }) => shade !== 'card');
    expect(build.width / tar.width).toBeCloseTo(3 / 2, 3);
    expect(verification.width / tar.width).toBeCloseTo(5 / 2, 3);
    expect([tar.x, build.x]).toEqual([tar.x, tar.x]);
    expect(verification.x).toBeCloseTo(build.x + build.width, 1);
  });

  it('puts the reference where a bar of its value ends', () => {
    const [tar] = rectangles(bars).filter(({ shade }) => shade === 'peer');
    const x = Number(/<line class="grid dashed" x1="([\d.]+)"/.exec(bars)?.[1]);
    expect(x).toBeCloseTo(tar.x + tar.width, 1);
  });

  it('keeps all bars and notes on the card', () => {
    const [card] = rectangles(bars).filter(({ shade }) => shade === 'card');
    const longest = Math.max(...rectangles(bars).map(({ x, width }) => x + width));
    expect(longest).toBeLessThanOrEqual(card.x + card.width);
  });

  it('escapes text, and says all of it in words as well', () => {
    expect(bars).toContain('<title>Time &lt;of day&gt; &amp; more. tar cf: 2.00 s; this action: 8.00 s</title>');
    expect(bars).not.toContain('<of day>');
    expectWellFormed(bars);
  });

  it('has colours for a dark page, with every class that is used', () => {
    expect(bars).toContain('@media(prefers-color-scheme:dark)');
    const defined = new Set([...bars.matchAll(/\.([a-z-]+)\{/g)].map(([, name]) => name));
    const used = [...bars.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names.split(' '));
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });

  it('draws values of nothing', () => {
    const nothing = { label: 'none', pieces: [{ value: 0, shade: 'peer' } as const], note: '0 kB', strong: false };
    expect(drawBars({ title: '', subtitle: '', reference: undefined, bars: [nothing] })).not.toContain('NaN');
  });
});

describe('logScale', () => {
  it('covers the values with whole powers of ten', () =>
    expect(logScale([0.5, 30], 0, 100).ticks).toEqual([0.1, 1, 10, 100]));

  it('adds no power of ten for a value that is one', () =>
    expect(logScale([1000, 1_000_000], 0, 100).ticks).toEqual([1000, 10_000, 100_000, 1_000_000]));

  it('has two ticks for a single value', () => expect(logScale([1000], 0, 100).ticks).toEqual([1000, 10_000]));

  it('places equal ratios at equal distances', () => {
    const { place } = logScale([1, 1000], 40, 340);
    expect([1, 10, 100, 1000].map((value) => Math.round(place(value)))).toEqual([40, 140, 240, 340]);
  });
});

describe('drawLines', () => {
  const linear = { label: 'linear', shade: 'first', points: [10, 100, 1000].map((x) => [x, x] as const) } as const;
  const panel = { title: 'Time', xLabel: 'entries', series: [linear], formatX: String, formatY: String };
  const chart = drawLines('Scaling', 'two cores', [panel, panel, panel]);

  it('draws what is linear as a straight line upwards', () => {
    const points = /<polyline[^>]* points="([^"]+)"/.exec(chart)?.[1].split(' ') ?? [];
    const [a, b, c] = points.map((point) => point.split(',').map(Number));
    expect(b[0] - a[0]).toBeCloseTo(c[0] - b[0], 1);
    expect(b[1] - a[1]).toBeCloseTo(c[1] - b[1], 1);
    expect(c[1]).toBeLessThan(a[1]);
  });

  it('has a legend, and space for every panel', () => {
    expect(chart).toContain('>linear</text>');
    expect(chart.match(/<g transform/g)).toHaveLength(3);
    const height = Number(/ height="(\d+)"/.exec(chart)?.[1]);
    const lowest = Math.max(...[...chart.matchAll(/translate\(\d+ (\d+)\)/g)].map(([, y]) => Number(y)));
    expect(height).toBeGreaterThan(lowest + 200);
    expectWellFormed(chart);
  });
});

function rectangles(svg: string): { readonly shade: string; readonly x: number; readonly width: number }[] {
  return [...svg.matchAll(/<rect class="([a-z]+)" x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map(([, shade, x, width]) => ({
    shade,
    x: Number(x),
    width: Number(width),
  }));
}

/** Every element that is opened is closed, in order. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, own] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (closing === '/') {
      expect(open.pop()).toBe(name);
    } else if (own === '') {
      open.push(name);
    }
  }
  expect(open).toEqual([]);
}
