import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registerForAttestation } from '../../src/companions/attestation.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function list(contents?: string) {
  const path = join(temporaryDirectory(), 'artifacts');
  if (contents !== undefined) {
    writeFileSync(path, contents);
  }
  return { path, environment: { GITHUB_ARTIFACTS: path }, read: () => readFileSync(path, 'utf8') };
}

describe('registerForAttestation', () => {
  it.each([
    ['', '/out/nixos.img\n'],
    ['first\n', 'first\n/out/nixos.img\n'],
    ['first', 'first\n/out/nixos.img\n'],
  ])('adds a line to %j', (before, after) => {
    const { environment, read } = list(before);
    expect(registerForAttestation('/out/nixos.img', environment)).toBeUndefined();
    expect(read()).toBe(after);
  });

  it('creates the file, and makes the path absolute', () => {
    const { environment, read } = list();
    expect(registerForAttestation('out/with space.img', environment)).toBeUndefined();
    expect(read()).toBe(`${resolve('out/with space.img')}\n`);
  });

  it.each([undefined, ''])('does nothing on a runner without the list: %j', (value) => {
    expect(registerForAttestation('/out/a=b', { GITHUB_ARTIFACTS: value })).toBeUndefined();
  });

  it.each(['/out/a=b.img', '/o=t/a.img', '/out/a\nb.img', '/out/a\rb.img'])(
    'warns about %j, which would fail the step, and adds nothing',
    (path) => {
      const { environment, read } = list('first\n');
      const warning = registerForAttestation(path, environment);
      expect(warning?.title).toBe('Could not register the image for attestation');
      expect(warning?.text).toMatch(
        /^The path [^\n\r]*Set image-name and output-directory.*subject-path of actions\/attest to the output image-path\.$/,
      );
      expect(read()).toBe('first\n');
    },
  );

  it('warns if the list cannot be written', () => {
    const { path, environment } = list();
    mkdirSync(path);
    expect(registerForAttestation('/out/a.img', environment)?.text).toMatch(/EISDIR.*subject-path/);
  });
});
