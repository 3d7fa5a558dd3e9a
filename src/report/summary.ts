import { shorten } from '../text/escape.ts';
import { formatCount, formatDuration } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import { htmlCode, htmlDetails, htmlLink, htmlTable, htmlText } from './html.ts';
import { writeJobSummary } from './job-summary.ts';
import type { ReleaseReport, Report } from './report.ts';
import { renderChanges } from './summary-changes.ts';
import { byNarSize, renderPie, renderStorePaths } from './summary-closure.ts';

/** Bytes of a summary: GitHub refuses more than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;
/** Bytes of these that the changes can take. */
const CHANGES_BYTES = 300_000;

/** Writes the job summary, if the runner has a file for it. A failure to write is a warning. */
export async function writeSummary(report: Report, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  await writeJobSummary(() => renderSummary(report, environment.GITHUB_RUN_ID), environment);
}

/**
 * The job summary as Markdown with HTML tables. Everything from outside is escaped, and the size stays below GitHub's
 * limit for any closure. `runId` is the ID of the workflow run, for the link to the artifact.
 */
export function renderSummary(report: Report, runId?: string): string {
  const { closure, filesystem, changes, release } = report;
  const paths = byNarSize(closure.storePaths);
  const sections = [
    renderHeadline(report, runId),
    renderResult(report),
    release?.joinCommand === undefined ? '' : renderJoinCommand(release.joinCommand),
    renderFacts(report),
    htmlTable(
      ['Verification', 'Result'],
      report.checks.map(({ name, result }) => [htmlText(name), htmlText(result)]),
    ),
    changes === undefined ? '' : renderChanges(changes.changes, changes.baseline, CHANGES_BYTES),
    renderPie(paths, filesystem),
    renderSettings(report.settings ?? []),
    renderTimes(report),
    release === undefined ? '' : renderReleasedFiles(release),
  ];
  const head = sections.filter((section) => section !== '').join('\n\n');
  const space = SUMMARY_BYTES - Buffer.byteLength(head);
  return `${head}\n\n${renderStorePaths(paths, closure.narBytes, space)}\n`;
}

function renderHeadline({ image, artifact }: Report, runId: string | undefined): string {
  const link = artifact === undefined ? undefined : artifactLink(artifact.id, runId);
  const name = htmlCode(image.fileName);
  const title = link === undefined ? name : `<a href="${link}">${name}</a>`;
  return `<h3>${title}: ${formatSize(image.size)}, verified</h3>`;
}

/** Relative to the page of the run: the runner masks secrets, and a full URL breaks if one occurs in it. */
function artifactLink(id: number, runId: string | undefined): string | undefined {
  return runId !== undefined && /^\d+$/.test(runId) ? `./${runId}/artifacts/${id}` : undefined;
}

function renderResult({ closure, seconds, release }: Report): string {
  const paths = `${formatCount(closure.storePaths.length, 'store path')} of ${formatSize(closure.narBytes)}`;
  const made = `${paths}, built and verified in ${formatDuration(seconds)}.`;
  if (release === undefined) {
    return `<p>${made}</p>`;
  }
  const what = `${release.isDraft ? 'the draft of ' : ''}the release ${htmlText(release.tag)}`;
  return `<p>${made} Attached to ${htmlLink(release.url, what)}.</p>`;
}

function renderJoinCommand(command: string): string {
  return `<p>The release has the image in parts, because an asset must be smaller than 2 GiB. Join them with ${htmlCode(command)}.</p>`;
}

function renderFacts({ image, filesystem, boot, closure, deduplicatedBytes }: Report): string {
  const rows: (readonly [string, string])[] = [
    ['Size', exactSize(image.size)],
    ['SHA-256', htmlCode(image.sha256)],
  ];
  if (image.uncompressedSha256 !== image.sha256) {
    rows.push(['Uncompressed size', exactSize(image.uncompressedSize)]);
    rows.push(['Uncompressed SHA-256', htmlCode(image.uncompressedSha256)]);
  }
  rows.push(['Label', htmlCode(filesystem.label)], ['UUID', htmlCode(filesystem.uuid)]);
  if (boot !== undefined) {
    rows.push(['Boot loader', htmlText(boot)]);
  }
  rows.push(['Closure size', exactSize(closure.narBytes)]);
  if (deduplicatedBytes !== undefined) {
    rows.push(['Saved by storing equal files once', exactSize(deduplicatedBytes)]);
  }
  rows.push(['Filesystem structures', exactSize(filesystem.structureBytes)]);
  rows.push(['Free space', exactSize(filesystem.freeBytes)]);
  const lines = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
  return `<table>\n${lines.join('\n')}\n</table>`;
}

/** All other inputs are as the step gives them, or have their defaults. */
function renderSettings(settings: NonNullable<Report['settings']>): string {
  if (settings.length === 0) {
    return '';
  }
  const rows = settings.map(([name, value]) => [htmlCode(name), htmlCode(firstLine(value))]);
  return htmlDetails(
    `${formatCount(settings.length, 'input')} from <code>parts</code>`,
    htmlTable(['Input', 'Value'], rows),
  );
}

/** The first line of a list, at a length that fits in a table. */
function firstLine(value: string): string {
  const [first = '', ...others] = value.split('\n');
  const line = shorten(first, LONGEST_VALUE);
  return others.length === 0 ? line : `${line} and ${formatCount(others.length, 'other')}`;
}

const LONGEST_VALUE = 200;

function renderTimes({ phases, seconds }: Report): string {
  const rows = phases.map((phase) => [htmlText(phase.name), formatDuration(phase.seconds)]);
  return htmlDetails(`Where the ${formatDuration(seconds)} went`, htmlTable(['Phase', 'Time'], rows));
}

function renderReleasedFiles({ tag, files }: ReleaseReport): string {
  const rows = files.map(({ name, url, size }) => [htmlLink(url, htmlCode(name)), formatSize(size)]);
  return htmlDetails(`${files.length} files of the release ${htmlText(tag)}`, htmlTable(['File', 'Size'], rows));
}

function exactSize(bytes: number): string {
  return bytes < 1024 ? formatSize(bytes) : `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`;
}
