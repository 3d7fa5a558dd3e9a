import { escapeHtml, shorten } from '../text/escape.ts';

/**
 * HTML that GitHub's Markdown accepts too. Tables are HTML: a cell of a Markdown table cannot hold every name.
 */

/** A value from outside as text, shortened to `limit` characters. */
export function htmlText(value: string, limit: number = LONGEST_VALUE): string {
  return escapeHtml(shorten(value, limit));
}

const LONGEST_VALUE = 300;

/** A value from outside in the font of code. */
export function htmlCode(value: string, limit?: number): string {
  return `<code>${htmlText(value, limit)}</code>`;
}

/** A link to a page that GitHub named; any other URL stays plain text. `html` is HTML. */
export function htmlLink(url: string, html: string): string {
  return /^https?:\/\/[\w.:/@%+~-]+$/.test(url) ? `<a href="${url}">${html}</a>` : html;
}

/** A section that readers can expand. Title and contents are HTML. */
export function htmlDetails(title: string, contents: string): string {
  return `<details><summary>${title}</summary>\n${contents}\n</details>`;
}

/** A table with a head. Cells are HTML. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return ['<table>', row(head, 'th'), ...rows.map((cells) => row(cells, 'td')), '</table>'].join('\n');
}

function row(cells: readonly string[], tag: 'th' | 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag} align="left">${cell}</${tag}>`).join('')}</tr>`;
}
