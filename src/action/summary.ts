import { summary, warning } from '@actions/core';
import { formatDuration } from './duration.ts';
import { escapeHtml, printableText, shorten } from './escape.ts';
import type { Report } from './report.ts';
import { formatSize } from './size.ts';
import { byNarSize, renderLargest, renderPie, renderStorePaths } from './summary-closure.ts';

/** Bytes of a summary: GitHub refuses what has more than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;

/** Writes the job summary. Where the runner has no place for one, nothing is written; a failure to write is a warning. */
export async function writeSummary(report: Report, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) return;
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
  const paths = byNarSize(report.closure.storePaths);
  const head = [
    renderHeadline(report, runId),
    renderFacts(report),
    renderPie(paths, report.filesystem),
    renderLargest(paths, report.closure.narBytes),
  ].join('\n\n');
  return `${head}\n\n${renderStorePaths(paths, SUMMARY_BYTES - Buffer.byteLength(head))}\n`;
}

function renderHeadline({ image, artifact }: Report, runId: string | undefined): string {
  const link = artifact === undefined ? undefined : artifactLink(artifact.id, runId);
  const name = code(image.fileName);
  const title = link === undefined ? name : `<a href="${link}">${name}</a>`;
  return `<h3>${title}: ${formatSize(image.size)}, proved</h3>`;
}

/**
 * Relative to the page of the run: a full address breaks where a secret happens to be part of the repository's name,
 * since the runner masks it.
 */
function artifactLink(id: number, runId: string | undefined): string | undefined {
  return runId !== undefined && /^\d+$/.test(runId) ? `./${runId}/artifacts/${id}` : undefined;
}

function renderFacts(report: Report): string {
  const { image, filesystem, closure, artifact, deduplicatedBytes } = report;
  const rows: (readonly [string, string])[] = [
    ['File', code(image.fileName)],
    ['Size', exactSize(image.size)],
    ['SHA-256', code(image.sha256)],
  ];
  if (image.uncompressedSha256 !== image.sha256) {
    rows.push(['Uncompressed size', exactSize(image.uncompressedSize)]);
    rows.push(['Uncompressed SHA-256', code(image.uncompressedSha256)]);
  }
  rows.push(['UUID', code(filesystem.uuid)], ['Label', code(filesystem.label)]);
  rows.push(['Store paths', closure.storePaths.length.toLocaleString('en')]);
  rows.push(['Closure size', exactSize(closure.narBytes)]);
  if (deduplicatedBytes !== undefined) rows.push(['Saved by storing equal files once', exactSize(deduplicatedBytes)]);
  rows.push(['Free space', exactSize(filesystem.freeBytes)]);
  for (const { name, result } of report.proofs) rows.push([`Proof: ${text(name)}`, text(result)]);
  for (const { name, seconds } of report.phases) rows.push([`Time: ${text(name)}`, formatDuration(seconds)]);
  rows.push(['Time in all', formatDuration(report.seconds)]);
  if (artifact !== undefined) rows.push(['Artifact', String(artifact.id)]);
  const lines = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
  return `<table>\n${lines.join('\n')}\n</table>`;
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
