import { escapeHtml, escapeMermaid, shorten } from './escape.ts';
import type { Report, StorePathSize } from './report.ts';
import { formatSize } from './size.ts';

const SHOWN_PATHS = 10;
const LONGEST_PATH = 300;

/** Store paths, the largest first; those of one size in the order of their names. */
export function byNarSize(paths: readonly StorePathSize[]): readonly StorePathSize[] {
  return paths.toSorted((a, b) => b.narSize - a.narSize || (a.path < b.path ? -1 : 1));
}

/** A Mermaid pie of where the bytes go: the largest store paths, the rest of them, and what is no store path. */
export function renderPie(paths: readonly StorePathSize[], filesystem: Report['filesystem']): string {
  const largest = paths.slice(0, SHOWN_PATHS);
  const rest = paths.slice(SHOWN_PATHS);
  const labels = pieLabels(largest);
  const slices: (readonly [string, number])[] = largest.map(({ narSize }, i) => [labels[i], narSize]);
  if (rest.length > 0) slices.push([`${rest.length} more store paths`, sum(rest)]);
  slices.push(['filesystem structures', filesystem.structureBytes], ['free space', filesystem.freeBytes]);
  // Mermaid refuses slices of nothing.
  const lines = slices.flatMap(([label, bytes]) => {
    const mebibytes = (bytes / 2 ** 20).toFixed(2);
    return Number(mebibytes) > 0 ? [`    "${escapeMermaid(label)}" : ${mebibytes}`] : [];
  });
  if (lines.length === 0) return '';
  return ['```mermaid', 'pie showData title Where the bytes go (MiB)', ...lines, '```'].join('\n');
}

/** Names without hashes; a hash's first letters follow where two are alike, since Mermaid shows only one of these. */
function pieLabels(paths: readonly StorePathSize[]): readonly string[] {
  const names = paths.map(({ path }) => shorten(splitPath(path).name, LONGEST_PATH));
  return names.map((name, i) => {
    const isOnly = names.indexOf(name) === names.lastIndexOf(name);
    return isOnly ? name : `${name} (${splitPath(paths[i].path).hash.slice(0, 7)})`;
  });
}

/** `/nix/store/<hash>-<name>` in its parts. */
function splitPath(path: string): { readonly hash: string; readonly name: string } {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dash = base.indexOf('-');
  return dash < 0 ? { hash: base, name: base } : { hash: base.slice(0, dash), name: base.slice(dash + 1) };
}

/** The largest store paths and the rest of them, with their shares of the closure. */
export function renderLargest(paths: readonly StorePathSize[], narBytes: number): string {
  const row = (name: string, bytes: number): string =>
    `<tr><td>${name}</td><td align="right">${formatSize(bytes)}</td><td align="right">${share(bytes, narBytes)}</td></tr>`;
  const rest = paths.slice(SHOWN_PATHS);
  const rows = paths.slice(0, SHOWN_PATHS).map(({ path, narSize }) => row(code(splitPath(path).name), narSize));
  if (rest.length > 0) rows.push(row(`${rest.length} more`, sum(rest)));
  const head = '<tr><th align="left">Largest store paths</th><th>NAR size</th><th>Share</th></tr>';
  return ['<table>', head, ...rows, '</table>'].join('\n');
}

/** All store paths, to be unfolded; those that would exceed `limit` bytes are left out, and that is said. */
export function renderStorePaths(paths: readonly StorePathSize[], limit: number): string {
  const start = `<details><summary>All ${paths.length} store paths</summary>\n<table>`;
  const end = '</table>\n</details>';
  const rows: string[] = [];
  let room = limit - Buffer.byteLength(start) - Buffer.byteLength(end) - NOTE_BYTES;
  for (const { path, narSize } of paths) {
    const row = `<tr><td>${code(path)}</td><td align="right">${formatSize(narSize)}</td></tr>`;
    room -= Buffer.byteLength(row) + 1;
    if (room < 0) break;
    rows.push(row);
  }
  const left = paths.slice(rows.length);
  const note = `<tr><td>${left.length} smaller ones are left out here</td><td align="right">${formatSize(sum(left))}</td></tr>`;
  return [start, ...rows, ...(left.length > 0 ? [note] : []), end].join('\n');
}

/** Room that is kept for line ends and the line that says what is missing. */
const NOTE_BYTES = 200;

function code(value: string): string {
  return `<code>${escapeHtml(shorten(value, LONGEST_PATH))}</code>`;
}

function share(part: number, whole: number): string {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '';
}

function sum(paths: readonly StorePathSize[]): number {
  return paths.reduce((total, { narSize }) => total + narSize, 0);
}
