import { formatSize } from '../text/size.ts';
import { htmlCode } from './html.ts';
import type { Report } from './report.ts';
import { renderChanges } from './summary-changes.ts';

/** Bytes for the changes: release notes can have 125,000, which all images of a matrix share. */
const CHANGES_BYTES = 15_000;

/** What the notes say about an image. */
export interface NotesFacts extends Pick<Report, 'image' | 'changes'> {
  readonly release: {
    readonly tag: string;
    /** OWNER/NAME. */
    readonly repository: string;
  };
}

/**
 * The section of an image in the release notes, as Markdown with HTML. `join` is the command that joins the parts of a
 * split image; `undefined` if it is whole.
 */
export function renderReleaseNotes(report: NotesFacts, join: string | undefined): string {
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
  sections.push(VERIFY_TEXT, ['```sh', ...verifyCommands(report, join), '```'].join('\n'));
  if (changes !== undefined) {
    sections.push(renderChanges(changes.changes, changes.baseline, CHANGES_BYTES));
  }
  return sections.join('\n\n');
}

const JOIN_TEXT =
  'The image is in parts, because a release asset must be smaller than 2 GiB. Join them in the directory of the download:';
/** SHA256SUMS lists the whole image and its parts. */
const CHECK_COMMAND = 'sha256sum --check --ignore-missing SHA256SUMS';

const VERIFY_TEXT =
  'Verify a download with the GitHub CLI: `gh release` if the release is immutable, `gh attestation` if the image was attested.';

/** Whole images are attested, but a release has the parts of a split one. */
function verifyCommands({ image, release: { tag, repository } }: NotesFacts, join: string | undefined): string[] {
  const [quotedTag, name] = [quoteForShell(tag), quoteForShell(image.fileName)];
  const verifyAsset = (file: string): string => `gh release verify-asset ${quotedTag} ${file} --repo ${repository}`;
  return [
    `gh release verify ${quotedTag} --repo ${repository}`,
    join === undefined ? verifyAsset(name) : `for part in ${name}.[0-9]*; do ${verifyAsset('"$part"')}; done`,
    `gh attestation verify ${name} --repo ${repository}`,
  ];
}

function quoteForShell(text: string): string {
  return /^[\w./+@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
