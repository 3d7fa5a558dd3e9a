import type { Boot } from '../boot/run/boot.ts';
import { escapeMermaid } from '../text/escape.ts';
import { formatDuration } from '../text/format.ts';

/** Boots as a Mermaid chart: a bar for each part of each boot, along the seconds since the machine was switched on. */
export function renderBootTimes(boots: readonly Pick<Boot, 'parts'>[]): string {
  if (boots.length === 0) {
    return '';
  }
  const sections = boots.flatMap(({ parts }, i) => {
    let start = 0;
    const bars = parts.map(({ name, seconds }) => {
      const [from, to] = [milliseconds(start), milliseconds(start + seconds)];
      start += seconds;
      return `    ${escapeMermaid(`${name}, ${formatDuration(seconds)}`)} :${from}, ${to}`;
    });
    return [`    section Boot ${i + 1}`, ...bars];
  });
  return ['```mermaid', ...HEAD, ...sections, '```'].join('\n');
}

/** The axis has seconds: those since 1970, as the chart knows times only. */
const HEAD = ['gantt', '    title Where the boots spent their seconds', '    dateFormat x', '    axisFormat %s'];

/** Mermaid draws no bar without a length. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}
