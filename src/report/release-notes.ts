import { escapeHtml } from '../text/escape.ts';
import { formatSize } from '../text/size.ts';
import type { Report } from './report.ts';
import { renderChanges } from './summary-changes.ts';

/** Bytes for what changed: the notes of a release have 125,000, and the images of a matrix share them. */
const CHANGES_BYTES = 15_000;

/**
 * What the notes of a release say of an image, as Markdown with HTML. `join` is the command that joins the parts of one
 * that is too large for a file of a release; `undefined` if it is whole.
 */
export function renderReleaseNotes(report: Pick<Report, 'image' | 'changes'>, join: string | undefined): string {
  const { image, changes } = report;
  const uncompressed =
    image.size === image.uncompressedSize ? '' : `, ${formatSize(image.uncompressedSize)} uncompressed`;
  const sections = [
    `<h3><code>${escapeHtml(image.fileName)}</code></h3>`,
    `${formatSize(image.size)}${uncompressed}, SHA-256 <code>${image.sha256}</code>`,
  ];
  if (join !== undefined) {
    sections.push(JOIN_TEXT, ['```sh', join, CHECK_COMMAND, '```'].join('\n'));
  }
  if (changes !== undefined) {
    sections.push(renderChanges(changes.changes, changes.baseline, CHANGES_BYTES));
  }
  return sections.join('\n\n');
}

const JOIN_TEXT =
  'The image is in parts, since a file of a release must be smaller than 2 GiB. Join them where they were downloaded:';
/** Names the whole image as well as its parts, whichever are there. */
const CHECK_COMMAND = 'sha256sum --check --ignore-missing SHA256SUMS';
