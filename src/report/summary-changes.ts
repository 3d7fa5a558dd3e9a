import type { Changes, PackageChange } from './changes.ts';
import { countChanges, describeSizes, formatSizeChange, listVersions } from './changes-text.ts';
import { htmlCode, htmlDetails, htmlText } from './html.ts';

/** Packages that are shown without expanding a section, and those shown if there are more. */
const OPEN_ROWS = 20;
const LARGEST_ROWS = 10;
const LONGEST_NAME = 120;
const LONGEST_VERSIONS = 200;

/**
 * The changes since an earlier image as HTML within Markdown: counts, packages with other versions, and packages that
 * were only rebuilt. Of many packages, those whose sizes changed most are shown and all are in a section to expand. Rows
 * beyond `limit` bytes are counted instead. `baseline` is the name of the file that describes the earlier image.
 */
export function renderChanges(changes: Changes, baseline: string, limit: number): string {
  const head =
    `<h4>What changed since ${htmlCode(baseline, LONGEST_NAME)}</h4>\n\n` +
    `<p>${countChanges(changes)}; ${describeSizes(changes, '→')}.</p>`;
  const versions = changes.packages.filter(({ kind }) => kind !== 'rebuilt');
  const rebuilt = changes.packages.filter(({ kind }) => kind === 'rebuilt');
  const isLong = versions.length > OPEN_ROWS;
  let space = limit - Buffer.byteLength(head) - FOLD_BYTES;
  const table = (rows: readonly PackageChange[]): string => {
    const rendered = renderTable(rows, space);
    space -= Buffer.byteLength(rendered);
    return rendered;
  };
  const sections = [
    head,
    table(isLong ? largest(versions) : versions),
    isLong ? htmlDetails(`All ${versions.length} packages with other versions`, table(versions)) : '',
    rebuilt.length > 0 ? htmlDetails(`${rebuilt.length} rebuilt with the same version`, table(rebuilt)) : '',
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function largest(changes: readonly PackageChange[]): readonly PackageChange[] {
  const bySize = changes.toSorted((a, b) => Math.abs(b.sizeChange) - Math.abs(a.sizeChange));
  return bySize.slice(0, LARGEST_ROWS);
}

/** Bytes for what surrounds the tables. */
const FOLD_BYTES = 400;
/** Bytes for a table's head, its end, and the row that counts what is left out. */
const FRAME_BYTES = 400;

function renderTable(changes: readonly PackageChange[], limit: number): string {
  if (changes.length === 0) {
    return '';
  }
  const rows: string[] = [];
  let space = limit - FRAME_BYTES;
  for (const change of changes) {
    const row = renderRow(change);
    space -= Buffer.byteLength(row) + 1;
    if (space < 0) {
      break;
    }
    rows.push(row);
  }
  const left = changes.slice(rows.length);
  if (left.length > 0) {
    rows.push(`<tr><td colspan="4">${left.length} more are left out</td></tr>`);
  }
  const head =
    '<tr><th align="left">Package</th><th align="left">Before</th><th align="left">Now</th><th>NAR size</th></tr>';
  return ['<table>', head, ...rows, '</table>'].join('\n');
}

function renderRow({ kind, name, before, after, sizeChange }: PackageChange): string {
  const cells = [
    htmlCode(name, LONGEST_NAME),
    kind === 'added' ? '<em>added</em>' : cell(before),
    kind === 'removed' ? '<em>removed</em>' : cell(after),
  ];
  return `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}<td align="right">${formatSizeChange(sizeChange)}</td></tr>`;
}

function cell(versions: readonly string[]): string {
  return htmlText(listVersions(versions), LONGEST_VERSIONS);
}
