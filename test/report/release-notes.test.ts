import { describe, expect, it } from 'vitest';
import { compareClosures } from '../../src/report/changes.ts';
import { renderReleaseNotes } from '../../src/report/release-notes.ts';
import { exampleReport } from './example-report.ts';

const report = { image: exampleReport.image };

describe('renderReleaseNotes', () => {
  it('show size and hash', () => {
    expect(renderReleaseNotes(report, undefined)).toBe(
      `<h3><code>nixos.img.zst</code></h3>\n\n812 MiB, 2.40 GiB uncompressed, SHA-256 <code>${'1'.repeat(64)}</code>`,
    );
    const raw = { ...report.image, size: report.image.uncompressedSize };
    expect(renderReleaseNotes({ image: raw }, undefined)).not.toContain('uncompressed');
  });

  it('lets no name become structure', () => {
    const notes = renderReleaseNotes({ image: { ...report.image, fileName: 'a</code>_b_.img' } }, undefined);
    expect(notes).toContain('<h3><code>a&#60;/code&#62;&#95;b&#95;.img</code></h3>');
  });

  it('show how to join the parts', () => {
    const notes = renderReleaseNotes(report, 'cat nixos.img.zst.[0-9][0-9] > nixos.img.zst');
    expect(notes).toContain(
      '```sh\ncat nixos.img.zst.[0-9][0-9] > nixos.img.zst\nsha256sum --check --ignore-missing SHA256SUMS\n```',
    );
  });

  it('show the changes, within the limit of release notes', () => {
    const closure = (version: number) =>
      Array.from({ length: 3000 }, (_, i) => ({ path: `/nix/store/0-p${i}-${version}`, narSize: 1 }));
    const changes = { baseline: 'old.json', changes: compareClosures(closure(1), closure(2)) };
    const notes = renderReleaseNotes({ ...report, changes }, undefined);
    expect(notes).toContain('<h4>What changed since <code>old.json</code></h4>');
    expect(Buffer.byteLength(notes)).toBeLessThan(16_000);
    expect(Buffer.byteLength(notes)).toBeGreaterThan(10_000);
  });
});
