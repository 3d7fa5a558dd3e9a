import { escapeMermaid, shorten } from '../text/escape.ts';
import { formatCount } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import type { StorePathSize } from './changes.ts';
import { htmlCode } from './html.ts';
import type { Report } from './report.ts';

const SHOWN_PATHS = 10;
const LONGEST_PATH = 300;

/** Store paths by NAR size, largest first, then by path. */
export function byNarSize(paths: readonly StorePathSize[]): readonly StorePathSize[] {
  return paths.toSorted((a, b) => b.narSize - a.narSize || (a.path < b.path ? -1 : 1));
}

/** A Mermaid pie chart of the largest store paths, the other store paths, and everything else. */
export function renderPie(paths: readonly StorePathSize[], filesystem: Report['filesystem']): string {
  const largest = paths.slice(0, SHOWN_PATHS);
  const rest = paths.slice(SHOWN_PATHS);
  const labels = pieLabels(largest);
  const slices: (readonly [string, number])[] = largest.map(({ narSize }, i) => [labels[i], narSize]);
  if (rest.length > 0) {
    slices.push([formatCount(rest.length, 'more store path'), sum(rest)]);
  }
  slices.push(['filesystem structures and free space', filesystem.structureBytes + filesystem.freeBytes]);
  // Mermaid rejects empty slices.
  const lines = slices.flatMap(([label, bytes]) => {
    const mebibytes = (bytes / 2 ** 20).toFixed(2);
    return Number(mebibytes) > 0 ? [`    "${escapeMermaid(label)}" : ${mebibytes}`] : [];
  });
  if (lines.length === 0) {
    return '';
  }
  return ['```mermaid', PIE_STYLE, 'pie showData title Where the bytes go (MiB)', ...lines, '```'].join('\n');
}

/** Of one lightness, so that dark numbers are readable on all of them, on a light page and on a dark one. */
const PIE_COLOURS = [
  '#7cc4fa',
  '#ffb77c',
  '#8fd694',
  '#f2a3c4',
  '#c3b1f5',
  '#f5d76e',
  '#84dcd2',
  '#f49d90',
  '#b5c7f0',
  '#c8dc78',
  '#c9d1d9',
  '#a3adb8',
];
const PIE_STYLE = `%%{init: ${JSON.stringify({
  pie: { textPosition: 0.85 },
  themeVariables: {
    ...Object.fromEntries(PIE_COLOURS.map((colour, i) => [`pie${i + 1}`, colour])),
    pieOpacity: '1',
    pieSectionTextColor: '#1f2328',
    pieStrokeColor: '#ffffff',
    pieStrokeWidth: '1px',
    pieOuterStrokeWidth: '0px',
    pieTitleTextSize: '18px',
    pieLegendTextSize: '14px',
    pieSectionTextSize: '13px',
  },
})}}%%`;

/** Names without hashes; equal names get the first letters of the hash, since Mermaid merges equal labels. */
function pieLabels(paths: readonly StorePathSize[]): readonly string[] {
  const names = paths.map(({ path }) => shorten(splitPath(path).name, LONGEST_PATH));
  return names.map((name, i) => {
    const isOnly = names.indexOf(name) === names.lastIndexOf(name);
    return isOnly ? name : `${name} (${splitPath(paths[i].path).hash.slice(0, 7)})`;
  });
}

/** The parts of `/nix/store/<hash>-<name>`. */
function splitPath(path: string): { readonly hash: string; readonly name: string } {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dash = base.indexOf('-');
  return dash < 0 ? { hash: base, name: base } : { hash: base.slice(0, dash), name: base.slice(dash + 1) };
}

/** All store paths with their shares of the closure's `narBytes`, in a section to expand. Rows beyond `limit` bytes are counted instead. */
export function renderStorePaths(paths: readonly StorePathSize[], narBytes: number, limit: number): string {
  const title = `<details><summary>${paths.length === 1 ? '' : 'All '}${formatCount(paths.length, 'store path')}, the largest first</summary>`;
  const head = '<tr><th align="left">Store path</th><th>NAR size</th><th>Share</th></tr>';
  const start = `${title}\n<table>\n${head}`;
  const end = '</table>\n</details>';
  const rows: string[] = [];
  let space = limit - Buffer.byteLength(start) - Buffer.byteLength(end) - NOTE_BYTES;
  for (const { path, narSize } of paths) {
    const name = htmlCode(path);
    const row = renderRow(name, narSize, narBytes);
    space -= Buffer.byteLength(row) + 1;
    if (space < 0) {
      break;
    }
    rows.push(row);
  }
  const left = paths.slice(rows.length);
  const note = renderRow(`${left.length} smaller ones are left out`, sum(left), narBytes);
  return [start, ...rows, ...(left.length > 0 ? [note] : []), end].join('\n');
}

/** Bytes for line ends and the row that counts what is left out. */
const NOTE_BYTES = 250;

function renderRow(name: string, bytes: number, narBytes: number): string {
  const numbers = [formatSize(bytes), share(bytes, narBytes)].map((cell) => `<td align="right">${cell}</td>`);
  return `<tr><td>${name}</td>${numbers.join('')}</tr>`;
}

function share(part: number, whole: number): string {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '';
}

function sum(paths: readonly StorePathSize[]): number {
  return paths.reduce((total, { narSize }) => total + narSize, 0);
}
