import { formatSize } from '../text/size.ts';
import { htmlCode } from './html.ts';
import type { Report } from './report.ts';
import { renderChanges } from './summary-changes.ts';

/** Bytes for the changes: release notes can have 125,000, which all images of a matrix share. */
const CHANGES_BYTES = 15_000;

/**
 * The section of an image in the release notes, as Markdown with HTML. `join` is the command that joins the parts of a
 * split image; `undefined` if it is whole.
 */
export function renderReleaseNotes(report: Pick<Report, 'image' | 'changes'>, join: string | undefined): string {
  const { image, changes } = report;
  const uncompressed =
    image.size === image.uncompressedSize ? '' : `, ${formatSize(image.uncompressedSize)} uncompressed`;
  const sections = [
    `<h3>${htmlCode(image.fileName)}</h3>`,
    `${formatSize(image.size)}${uncompressed}, SHA-256 ${htmlCode(image.sha256)}`,
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
  'The image is in parts, because a release asset must be smaller than 2 GiB. Join them in the directory of the download:';
/** SHA256SUMS lists the whole image and its parts. */
const CHECK_COMMAND = 'sha256sum --check --ignore-missing SHA256SUMS';
