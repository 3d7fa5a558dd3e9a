import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, onTestFinished, vi } from 'vitest';
import { compareClosures, type StorePathSize } from '../../src/report/changes.ts';
import type { Report } from '../../src/report/report.ts';
import { renderSummary, writeSummary } from '../../src/report/summary.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exampleReport } from './example-report.ts';

function manyPaths(count: number, name = (i: number) => `package-${i}`): readonly StorePathSize[] {
  const hash = (i: number): string => String(i).padStart(32, '0');
  return Array.from({ length: count }, (_, i) => ({
    path: `/nix/store/${hash(i)}-${name(i)}`,
    narSize: 1_000_000 + i * 1000,
  }));
}

function withPaths(storePaths: readonly StorePathSize[]): Report {
  const narBytes = storePaths.reduce((sum, { narSize }) => sum + narSize, 0);
  return { ...exampleReport, closure: { storePaths, narBytes } };
}

describe('renderSummary', () => {
  const text = renderSummary(exampleReport, '99');

  it('links to the artifact, relative to the page of the run', () => {
    expect(text).toMatch(
      /^<h3><a href="\.\/99\/artifacts\/4711"><code>nixos\.img\.zst<\/code><\/a>: 812 MiB, verified/,
    );
    expect(renderSummary(exampleReport)).toMatch(/^<h3><code>/);
    expect(renderSummary({ ...exampleReport, artifact: undefined }, '99')).toMatch(/^<h3><code>/);
    expect(renderSummary(exampleReport, '9"><script>')).toMatch(/^<h3><code>/);
  });

  it('summarizes the result in a sentence', () => {
    expect(text).toContain(
      '<p>3 store paths of 888 MiB, built and verified in 2 min 11 s. Attached to ' +
        '<a href="https://github.com/o/r/releases/tag/untagged-0123">the draft of the release v1.0</a>.</p>',
    );
    const { release } = exampleReport;
    const published = renderSummary({ ...exampleReport, release: release && { ...release, isDraft: false } });
    expect(published).toContain('>the release v1.0</a>.</p>');
    const alone = renderSummary({ ...exampleReport, release: undefined });
    expect(alone).toContain('verified in 2 min 11 s.</p>');
    expect(alone).not.toContain('release');
  });

  it.each([
    ['Size', '812 MiB (851,771,392 bytes)'],
    ['SHA-256', `<code>${'1'.repeat(64)}</code>`],
    ['Uncompressed size', '2.40 GiB (2,576,980,377 bytes)'],
    ['Uncompressed SHA-256', `<code>${'2'.repeat(64)}</code>`],
    ['UUID', '<code>44444444-4444-4444-8888-888888888888</code>'],
    ['Label', '<code>NIXOS&#95;SD</code>'],
    ['Closure size', '888 MiB (931,500,000 bytes)'],
    ['Saved by storing equal files once', '334 MiB (350,000,000 bytes)'],
    ['Filesystem structures', '80.0 MiB (83,886,080 bytes)'],
    ['Free space', '16.0 MiB (16,777,216 bytes)'],
  ])('has a row for %s', (name, value) => {
    expect(text).toContain(`<tr><th align="left">${name}</th><td>${value}</td></tr>`);
  });

  it.each([
    ['e2fsck', 'clean'],
    ['contents', '3 store paths as registered'],
    ['Closure', '0.4 s'],
    ['Upload', '2 min 05 s'],
  ])('has a row for the verification or phase %s', (name, value) => {
    expect(text).toContain(`<tr><td align="left">${name}</td><td align="left">${value}</td></tr>`);
  });

  it('folds the times, the files of the release and the store paths', () => {
    expect(text.match(/<details><summary>.*<\/summary>/g)).toEqual([
      '<details><summary>Where the 2 min 11 s went</summary>',
      '<details><summary>2 files of the release v1.0</summary>',
      '<details><summary>All 3 store paths, the largest first</summary>',
    ]);
    expect(text).toContain(
      '<td align="left"><a href="https://github.com/o/r/releases/download/v1.0/nixos.img.zst"><code>nixos.img.zst</code></a></td><td align="left">812 MiB</td>',
    );
  });

  it('shows how to join a split image', () => {
    const { release } = exampleReport;
    const joinCommand = 'cat nixos.img.zst.[0-9][0-9] > nixos.img.zst';
    const summary = renderSummary({ ...exampleReport, release: release && { ...release, joinCommand } });
    const [, shown = ''] = /Join them with <code>(.*?)<\/code>/.exec(summary) ?? [];
    expect(shown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))).toBe(joinCommand);
    expect(text).not.toContain('Join them');
  });

  it('links to nothing but web pages', () => {
    const { release } = exampleReport;
    for (const url of ['javascript:alert(1)', 'https://x" onclick="x', 'https://x/<b>', 'ftp://x']) {
      const summary = renderSummary({ ...exampleReport, release: release && { ...release, url, files: [] } });
      expect(summary).toContain('Attached to the draft of the release v1.0.</p>');
    }
  });

  it('shows what changed', () => {
    const [first, ...others] = exampleReport.closure.storePaths;
    const older = [...others, { path: `/nix/store/${'0'.repeat(32)}-glibc-2.39`, narSize: 1 }];
    const changes = {
      baseline: 'v0.9.json',
      changes: compareClosures(older, [...(first === undefined ? [] : [first]), ...others]),
    };
    const summary = renderSummary({ ...exampleReport, changes });
    expect(summary).toContain('<h4>What changed since <code>v0.9.json</code></h4>');
    expect(summary).toContain('<td><code>glibc</code></td><td>2.39</td><td>2.40</td>');
    expect(text).not.toContain('What changed');
  });

  it('shows what boots the system', () => {
    const summary = renderSummary({ ...exampleReport, boot: 'extlinux in /boot of the root partition' });
    expect(summary).toContain('<th align="left">Boot loader</th><td>extlinux in /boot of the root partition</td>');
    expect(text).not.toContain('Boot loader');
  });

  it('leaves out redundant rows', () => {
    const { image } = exampleReport;
    const raw = { ...image, size: image.uncompressedSize, sha256: image.uncompressedSha256 };
    const summary = renderSummary({ ...exampleReport, image: raw, deduplicatedBytes: undefined });
    expect(summary).not.toMatch(/Uncompressed|Saved/);
  });

  it('draws a pie chart, largest slice first', () => {
    const [, style, drawing] = /```mermaid\n%%\{init: (.*)\}%%\n([^`]*)```/.exec(text) ?? [];
    expect(drawing).toBe(
      [
        'pie showData title Where the bytes go (MiB)',
        '    "linux-6.12" : 858.31',
        '    "glibc-2.40" : 28.61',
        '    "bash-5.2" : 1.43',
        '    "filesystem structures and free space" : 96.00',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(style ?? '')).toMatchObject({
      themeVariables: { pie1: expect.any(String), pie12: expect.any(String) },
    });
  });

  it('shows the ten largest and the rest in the drawing, and lists all', () => {
    const summary = renderSummary(withPaths(manyPaths(480)));
    expect(summary.match(/^ {4}"package/gm)).toHaveLength(10);
    expect(summary).toContain('    "470 more store paths" :');
    expect(summary.indexOf('package-479')).toBeLessThan(summary.indexOf('package-478'));
    expect(summary).toContain('All 480 store paths');
    expect(summary.match(/\/nix\/store\//g)).toHaveLength(480);
    expect(summary).toContain(
      '-package-479</code></td><td align="right">1.41 MiB</td><td align="right">0.2 %</td></tr>',
    );
    expect(summary).not.toContain('left out');
  });

  it('distinguishes store paths of one name in the chart', () => {
    const hashes = ['a', 'b'].map((letter) => ({ path: `/nix/store/${letter.repeat(32)}-twin`, narSize: 2 ** 20 }));
    expect(renderSummary(withPaths(hashes))).toContain('"twin (aaaaaaa)" : 1.00\n    "twin (bbbbbbb)" : 1.00');
  });

  it('draws no slices of nothing', () => {
    const nothing = { ...exampleReport.filesystem, freeBytes: 0, structureBytes: 0 };
    const summary = renderSummary({ ...withPaths([]), filesystem: nothing });
    expect(summary).not.toContain('mermaid');
    expect(renderSummary({ ...exampleReport, filesystem: nothing })).not.toContain('free space"');
  });

  it.each([2000, 10_000, 100_000])(
    'stays below the limit with %i store paths, all of them changed',
    { tags: ['slow'] },
    (count) => {
      const paths = manyPaths(count, (i) => `${'_'.repeat(150)}${i}-2`);
      const older = manyPaths(count, (i) => `${'_'.repeat(150)}${i}-1`);
      const changes = { baseline: 'old', changes: compareClosures(older, paths) };
      const summary = renderSummary({ ...withPaths(paths), changes });
      const listed = summary.match(/<code>&#47;|<code>\/nix/g)?.length ?? 0;
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_000);
      expect(Buffer.byteLength(summary)).toBeGreaterThan(900_000);
      expect(summary).toContain(`${count - listed} smaller ones are left out`);
      expect(summary).toMatch(/<\/table>\n<\/details>\n$/);
    },
  );

  it('lets no name become structure', () => {
    const attack = '"];\n```\n\n# x <img src=x onerror=alert(1)>&amp;|**@user**</code></td></table>\u001b[31m';
    const { image, filesystem } = exampleReport;
    const hostile: Report = {
      ...withPaths([{ path: `/nix/store/${'a'.repeat(32)}-${attack}`, narSize: 2 ** 20 }]),
      image: { ...image, fileName: attack },
      filesystem: { ...filesystem, label: attack, uuid: attack },
      checks: [{ name: attack, result: attack.repeat(100) }],
      phases: [{ name: attack, seconds: 1 }],
      release: {
        tag: attack,
        url: attack,
        isDraft: true,
        files: [{ name: attack, url: attack, size: 1 }],
        joinCommand: attack,
      },
    };
    const summary = renderSummary(hostile, '99');
    const plain = renderSummary(
      {
        ...hostile,
        ...withPaths([{ path: `/nix/store/${'a'.repeat(32)}-x`, narSize: 2 ** 20 }]),
        image: { ...image, fileName: 'x' },
        filesystem: { ...filesystem, label: 'x', uuid: 'x' },
        checks: [{ name: 'x', result: 'x' }],
        phases: [{ name: 'x', seconds: 1 }],
        release: { tag: 'x', url: 'x', isDraft: true, files: [{ name: 'x', url: 'x', size: 1 }], joinCommand: 'x' },
      },
      '99',
    );
    // The same tags, lines and fences, whatever the names are.
    const structure = (markdown: string) => markdown.match(/<[^>]*>|\n|```|"/g);
    expect(structure(summary)).toEqual(structure(plain));
    expect(summary).not.toMatch(/\*\*|@user|&amp;|[^\P{Cc}\n]/u);
  });
});

describe('writeSummary', () => {
  let printed: MockInstance<typeof process.stdout.write>;
  beforeEach(() => {
    printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => printed.mockRestore());

  it('writes nothing if the runner has no file for it', async () => {
    await writeSummary(exampleReport, {});
    expect(printed).not.toHaveBeenCalled();
  });

  it('warns, and does not fail, if it cannot be written; later it can', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'summary.md');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    onTestFinished(() => void vi.unstubAllEnvs());
    await writeSummary(exampleReport);
    expect(printed.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringMatching(/^::warning::The job summary could not be written: /),
    ]);
    writeFileSync(file, 'before\n');
    await writeSummary(exampleReport, { ...process.env, GITHUB_RUN_ID: '99' });
    expect(readFileSync(file, 'utf8')).toBe(`before\n${renderSummary(exampleReport, '99')}\n`);
  });
});
