import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registerForAttestation } from '../../src/companions/attestation.ts';
import { attestationProblem } from '../../src/companions/attestation-problem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const SHA256 = '1'.repeat(64);

/** An image, and the files of the runner. */
function job({ name = 'nixos.img', before, list }: { name?: string; before?: string; list?: string } = {}) {
  const directory = realpathSync(temporaryDirectory());
  const path = join(directory, 'out', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'image');
  const file = join(directory, 'artifacts');
  const listFile = join(directory, 'artifacts-list');
  if (before !== undefined) {
    writeFileSync(file, before);
  }
  if (list !== undefined) {
    writeFileSync(listFile, list);
  }
  return {
    directory,
    image: { path, sha256: SHA256 },
    environment: { GITHUB_ARTIFACTS: file, GITHUB_ARTIFACTS_LIST: list === undefined ? undefined : listFile },
    read: () => readFileSync(file, 'utf8'),
  };
}

/** What the runner writes to GITHUB_ARTIFACTS_LIST. */
function artifactList(...subjects: readonly (readonly [string, string])[]): string {
  return JSON.stringify({
    version: 1,
    subjects: subjects.map(([name, digest]) => ({ name, digest: `sha256:${digest}`, kind: 'file' })),
  });
}

function others(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, index) => [`other-${index}`, SHA256]);
}

describe('registerForAttestation', () => {
  it.each([
    ['', ''],
    ['first\n', 'first\n'],
    ['first', 'first\n'],
  ])('adds a line to %j', (before, lines) => {
    const { image, environment, read } = job({ before });
    expect(registerForAttestation(image, environment)).toBeUndefined();
    expect(read()).toBe(`${lines}${image.path}\n`);
  });

  it('creates the file', () => {
    const { image, environment, read } = job({ name: 'with space.img' });
    expect(registerForAttestation(image, environment)).toBeUndefined();
    expect(read()).toBe(`${image.path}\n`);
  });

  it.each([undefined, ''])('does nothing on a runner without the list: %j', (value) => {
    const { image } = job({ name: 'a=b.img' });
    expect(registerForAttestation(image, { GITHUB_ARTIFACTS: value })).toBeUndefined();
  });

  it.each([
    ['no list', undefined],
    ['a runner that ignores registrations', ''],
    ['other artifacts', artifactList(['other.img', '2'.repeat(64)])],
    ['the same image', artifactList(['nixos.img', SHA256])],
    ['one artifact less than allowed', artifactList(...others(499))],
    ['the same image among as many as allowed', artifactList(...others(499), ['nixos.img', SHA256])],
  ])('registers an image beside %s', (_, list) => {
    const { image, environment, read } = job(list === undefined ? {} : { list });
    expect(registerForAttestation(image, environment)).toBeUndefined();
    expect(read()).toBe(`${image.path}\n`);
  });

  it.each([
    ['a=b.img', 'contains an equals sign'],
    ['o=t/a.img', 'contains an equals sign'],
    ['a\nb.img', 'contains an equals sign or a control character'],
    ['a\rb.img', 'contains an equals sign or a control character'],
    ['a.img ', "a.img ' ends with white space"],
    ['a.img\u3000', 'ends with white space'],
    [`a.img@sha256:${'a'.repeat(64)}`, 'ends with a digest'],
    [`a.img@sha512:${'A'.repeat(128)}`, 'ends with a digest'],
  ])('warns about %j, which would fail the step, and adds nothing', (name, reason) => {
    const { image, environment, read } = job({ name, before: 'first\n' });
    const warning = registerForAttestation(image, environment);
    expect(warning?.title).toBe('Could not register the image for attestation');
    expect(warning?.text).toContain(reason);
    expect(warning?.text).toMatch(
      /^The path [^\n\r]*\. Set image-name and output-directory to [^\n\r]*, or set subject-checksums of actions\/attest to the output checksums-path\.$/,
    );
    expect(read()).toBe('first\n');
  });

  it('accepts what only looks like a digest', () => {
    const { image, environment } = job({ name: `a.img@sha256:${'a'.repeat(63)}` });
    expect(registerForAttestation(image, environment)).toBeUndefined();
  });

  it.each([
    [
      'the same name with another digest',
      artifactList(['nixos.img', '2'.repeat(64)]),
      /^Another file with the name nixos\.img is registered already\. Set image-name to .*, or set subject-checksums/,
    ],
    [
      'as many as the runner allows',
      artifactList(...others(500)),
      /^500 artifacts are registered already, and the runner allows 500 in a job\. Instead, set subject-checksums/,
    ],
    [
      'a list of another version',
      '{"version":2,"subjects":[]}',
      /GITHUB_ARTIFACTS_LIST cannot be used \(.*version 1\)\. Instead, set/,
    ],
    [
      'a list without names',
      '{"version":1,"subjects":[{}]}',
      /GITHUB_ARTIFACTS_LIST cannot be used \(.*without a name/,
    ],
    ['a list that is not JSON', '{', /GITHUB_ARTIFACTS_LIST cannot be used \(/],
  ])('warns beside %s, and adds nothing', (_, list, text) => {
    const { image, environment, read } = job({ before: '', list });
    expect(registerForAttestation(image, environment)?.text).toMatch(text);
    expect(read()).toBe('');
  });

  it('warns if the list is missing', () => {
    const { image, environment } = job();
    const missing = { ...environment, GITHUB_ARTIFACTS_LIST: '/missing/list' };
    expect(registerForAttestation(image, missing)?.text).toMatch(/ENOENT.*subject-checksums/);
  });

  it('warns if the file cannot be written', () => {
    const { directory, image } = job();
    expect(registerForAttestation(image, { GITHUB_ARTIFACTS: directory })?.text).toMatch(/EISDIR.*subject-checksums/);
  });

  it('registers the path without links: the runner sees other directories than a container', () => {
    const { directory, image, environment, read } = job();
    symlinkSync(join(directory, 'out'), join(directory, 'link'));
    expect(registerForAttestation({ ...image, path: join(directory, 'link/nixos.img') }, environment)).toBeUndefined();
    expect(read()).toBe(`${image.path}\n`);
  });
});

describe('attestationProblem in a job with a container', () => {
  const problem = (path: string, file = '/__w/_temp/_runner_file_commands/artifacts_1') =>
    attestationProblem({ path, sha256: SHA256 }, { file, registered: [] });

  it.each(['/__w/repository/repository/out/nixos.img', '/__w/_temp/nixos.img', '/github/home/nixos.img'])(
    'accepts %s, which is in a mount of the runner',
    (path) => {
      expect(problem(path)).toBeUndefined();
    },
  );

  it.each(['/tmp/nixos.img', '/__work/nixos.img', '/data/__w/nixos.img'])('refuses %s, which is not', (path) => {
    expect(problem(path)).toEqual({
      what: `The path ${path} exists only in the container of this job, where the runner cannot read it`,
      remedy: expect.stringContaining('RUNNER_TEMP'),
    });
    expect(problem(path, '/home/runner/work/_temp/_runner_file_commands/artifacts_1')).toBeUndefined();
  });
});
