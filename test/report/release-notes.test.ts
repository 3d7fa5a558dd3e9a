import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareClosures } from '../../src/report/changes.ts';
import { renderReleaseNotes } from '../../src/report/release-notes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exampleReport } from './example-report.ts';

const report = { image: exampleReport.image, release: { tag: 'v1.0', repository: 'o/r' } };

/** The commands that verify a download. */
function commandsOf(notes: string): readonly string[] {
  const [, commands = ''] = /attested\.\n\n```sh\n([^`]*(?:`id`[^`]*)*)\n```/.exec(notes) ?? [];
  return commands.split('\n');
}

describe('renderReleaseNotes', () => {
  it('show size and hash', () => {
    const start = `<h3><code>nixos.img.zst</code></h3>\n\n812 MiB, 2.40 GiB uncompressed, SHA-256 <code>${'1'.repeat(64)}</code>\n`;
    expect(renderReleaseNotes(report, undefined).slice(0, start.length)).toBe(start);
    const raw = { ...report.image, size: report.image.uncompressedSize };
    expect(renderReleaseNotes({ ...report, image: raw }, undefined)).not.toContain('uncompressed');
  });

  it('lets no name become structure', () => {
    const image = { ...report.image, fileName: 'a</code>_b_.img' };
    const notes = renderReleaseNotes({ ...report, image }, undefined);
    expect(notes).toContain('<h3><code>a&#60;/code&#62;&#95;b&#95;.img</code></h3>');
  });

  it('show how to join the parts', () => {
    const notes = renderReleaseNotes(report, 'cat nixos.img.zst.[0-9][0-9] > nixos.img.zst');
    expect(notes).toContain(
      '```sh\ncat nixos.img.zst.[0-9][0-9] > nixos.img.zst\nsha256sum --check --ignore-missing SHA256SUMS\n```',
    );
  });

  it('show how to verify a download', () => {
    expect(commandsOf(renderReleaseNotes(report, undefined))).toEqual([
      'gh release verify v1.0 --repo o/r',
      'gh release verify-asset v1.0 nixos.img.zst --repo o/r',
      'gh attestation verify nixos.img.zst --repo o/r',
    ]);
  });

  it('show how to verify the parts of an image and any tag, in commands that the shell reads so', () => {
    const directory = temporaryDirectory();
    for (const name of ['nixos.img.zst', 'nixos.img.zst.00', 'nixos.img.zst.01', 'nixos.img.zst.sig']) {
      writeFileSync(join(directory, name), '');
    }
    const tag = "v1'$(touch x)`id`;&é";
    const notes = renderReleaseNotes({ ...report, release: { tag, repository: 'o/r' } }, 'cat parts > nixos.img.zst');
    const script = `gh() { printf '<%s>' "$@"; echo; }\n${commandsOf(notes).join('\n')}\n`;
    const said = execFileSync('sh', ['-eu', '-c', script], { cwd: directory, encoding: 'utf8' });
    expect(said.trim().split('\n')).toEqual([
      `<release><verify><${tag}><--repo><o/r>`,
      `<release><verify-asset><${tag}><nixos.img.zst.00><--repo><o/r>`,
      `<release><verify-asset><${tag}><nixos.img.zst.01><--repo><o/r>`,
      '<attestation><verify><nixos.img.zst><--repo><o/r>',
    ]);
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
