import { summary, warning } from '@actions/core';
import { formatCount } from '../text/count.ts';
import { formatDuration } from '../text/duration.ts';
import { escapeHtml, printableText, shorten } from '../text/escape.ts';
import { formatSize } from '../text/size.ts';
import { fold } from './fold.ts';
import type { ReleaseReport, Report } from './report.ts';
import { renderChanges } from './summary-changes.ts';
import { byNarSize, renderPie, renderStorePaths } from './summary-closure.ts';

/** Bytes of a summary: GitHub refuses what has more than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;
/** Of these, what changed may take up so many. */
const CHANGES_BYTES = 300_000;

/** Writes the job summary. Where the runner has no place for one, nothing is written; a failure to write is a warning. */
export async function writeSummary(report: Report, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) {
    return;
  }
  try {
    await summary.addRaw(renderSummary(report, environment.GITHUB_RUN_ID), true).write();
  } catch (error) {
    summary.emptyBuffer();
    warning(printableText(`The job summary could not be written: ${error instanceof Error ? error.message : error}`));
  }
}

/**
 * The job summary as Markdown with HTML tables. Everything from outside is escaped, and however large the closure, it
 * stays below GitHub's limit. `runId` is that of the workflow's run, for the link to the artifact.
 */
export function renderSummary(report: Report, runId?: string): string {
  const { closure, filesystem, changes, release } = report;
  const paths = byNarSize(closure.storePaths);
  const sections = [
    renderHeadline(report, runId),
    renderTelling(report),
    release?.joinCommand === undefined ? '' : renderJoining(release.joinCommand),
    renderFacts(report),
    renderTable(
      ['Verification', 'Result'],
      report.checks.map(({ name, result }) => [text(name), text(result)]),
    ),
    changes === undefined ? '' : renderChanges(changes.changes, changes.baseline, CHANGES_BYTES),
    renderPie(paths, filesystem),
    renderTimes(report),
    release === undefined ? '' : renderReleasedFiles(release),
  ];
  const head = sections.filter((section) => section !== '').join('\n\n');
  const room = SUMMARY_BYTES - Buffer.byteLength(head);
  return `${head}\n\n${renderStorePaths(paths, closure.narBytes, room)}\n`;
}

function renderHeadline({ image, artifact }: Report, runId: string | undefined): string {
  const link = artifact === undefined ? undefined : artifactLink(artifact.id, runId);
  const name = code(image.fileName);
  const title = link === undefined ? name : `<a href="${link}">${name}</a>`;
  return `<h3>${title}: ${formatSize(image.size)}, verified</h3>`;
}

/**
 * Relative to the page of the run: a full address breaks where a secret happens to be part of the repository's name,
 * since the runner masks it.
 */
function artifactLink(id: number, runId: string | undefined): string | undefined {
  return runId !== undefined && /^\d+$/.test(runId) ? `./${runId}/artifacts/${id}` : undefined;
}

function renderTelling({ closure, seconds, release }: Report): string {
  const paths = `${formatCount(closure.storePaths.length, 'store path')} of ${formatSize(closure.narBytes)}`;
  const made = `${paths}, made into an image and verified in ${formatDuration(seconds)}.`;
  if (release === undefined) {
    return `<p>${made}</p>`;
  }
  const what = `${release.isDraft ? 'the draft of ' : ''}the release ${text(release.tag)}`;
  return `<p>${made} Attached to ${webLink(release.url, what)}.</p>`;
}

function renderJoining(command: string): string {
  return `<p>In the release it is in parts, since a file there must be smaller than 2 GiB. They are joined by ${code(command)}.</p>`;
}

function renderFacts({ image, filesystem, closure, deduplicatedBytes }: Report): string {
  const rows: (readonly [string, string])[] = [
    ['Size', exactSize(image.size)],
    ['SHA-256', code(image.sha256)],
  ];
  if (image.uncompressedSha256 !== image.sha256) {
    rows.push(['Uncompressed size', exactSize(image.uncompressedSize)]);
    rows.push(['Uncompressed SHA-256', code(image.uncompressedSha256)]);
  }
  rows.push(['Label', code(filesystem.label)], ['UUID', code(filesystem.uuid)]);
  rows.push(['Closure size', exactSize(closure.narBytes)]);
  if (deduplicatedBytes !== undefined) {
    rows.push(['Saved by storing equal files once', exactSize(deduplicatedBytes)]);
  }
  rows.push(['Filesystem structures', exactSize(filesystem.structureBytes)]);
  rows.push(['Free space', exactSize(filesystem.freeBytes)]);
  const lines = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
  return `<table>\n${lines.join('\n')}\n</table>`;
}

function renderTimes({ phases, seconds }: Report): string {
  const rows = phases.map((phase) => [text(phase.name), formatDuration(phase.seconds)]);
  return fold(`Where the ${formatDuration(seconds)} went`, renderTable(['Phase', 'Time'], rows));
}

function renderReleasedFiles({ tag, files }: ReleaseReport): string {
  const rows = files.map(({ name, url, size }) => [webLink(url, code(name)), formatSize(size)]);
  return fold(`${files.length} files of the release ${text(tag)}`, renderTable(['File', 'Size'], rows));
}

/** A table with a head. Cells are HTML; the second column holds what is short. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag} align="left">${cell}</${tag}>`).join('')}</tr>`;
  return ['<table>', line(head, 'th'), ...rows.map((row) => line(row, 'td')), '</table>'].join('\n');
}

/** A link to a page that GitHub named; nothing else becomes one. */
function webLink(url: string, html: string): string {
  return /^https?:\/\/[\w.:/@%+~-]+$/.test(url) ? `<a href="${url}">${html}</a>` : html;
}

function exactSize(bytes: number): string {
  return bytes < 1024 ? formatSize(bytes) : `${formatSize(bytes)} (${bytes.toLocaleString('en')} bytes)`;
}

function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

function text(value: string): string {
  return escapeHtml(shorten(value, LONGEST_VALUE));
}

const LONGEST_VALUE = 300;
