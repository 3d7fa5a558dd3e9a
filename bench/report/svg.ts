/** Escapes text for the contents of an SVG element. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A line of text; `style` is a list of the classes below. */
export function text(
  x: number,
  y: number,
  style: string,
  contents: string,
  anchor: 'start' | 'middle' | 'end',
): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${style}" text-anchor="${anchor}">${escapeText(contents)}</text>`;
}

/** A coordinate, to a hundredth. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * A picture of the given size on a card of its own, so that it can be read on any page, with colours for a light and a
 * dark one (those of GitHub's).
 *
 * @param description for those who cannot see it.
 */
export function picture(width: number, height: number, description: string, contents: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeText(description)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...contents,
    '</svg>',
    '',
  ].join('\n');
}

const LIGHT = {
  card: '#ffffff',
  edge: '#d1d9e0',
  text: '#1f2328',
  muted: '#59636e',
  peer: '#afb8c1',
  first: '#0969da',
  second: '#80b3f0',
  third: '#bc4c00',
};

const DARK: typeof LIGHT = {
  card: '#0d1117',
  edge: '#3d444d',
  text: '#f0f6fc',
  muted: '#9198a1',
  peer: '#656c76',
  first: '#4493f8',
  second: '#1f4f8f',
  third: '#f0883e',
};

const STYLE = `${colours(LIGHT)}@media(prefers-color-scheme:dark){${colours(DARK)}}text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif}.title{font-size:15px;font-weight:600}.small{font-size:11px}.strong{font-weight:600}.line{fill:none;stroke-width:2}.grid{stroke-width:1}.dashed{stroke-dasharray:3 3}`;

function colours(theme: typeof LIGHT): string {
  return [
    `.card{fill:${theme.card};stroke:${theme.edge}}`,
    `.text{fill:${theme.text}}`,
    `.muted{fill:${theme.muted}}`,
    `.grid{stroke:${theme.edge}}`,
    ...(['peer', 'first', 'second', 'third'] as const).flatMap((name) => [
      `.${name}{fill:${theme[name]}}`,
      `.${name}-line{stroke:${theme[name]}}`,
    ]),
  ].join('');
}
