import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkRelease, publishRelease } from '../../src/release/publish.ts';
import { failure } from '../artifact/fixture.ts';
import { startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { releaseFixture, sha256 } from './fixture.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes in buffers that are still referenced. */
function heldInBuffers(): number {
  // The first collects them, and the second waits until they are freed.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describe('publishRelease', () => {
  it('creates a draft on the commit of the run, with the files, their checksums and the notes', async () => {
    const { service, upload, bytes, infos, progress, files, checksums } = await releaseFixture();
    const release = await publishRelease(upload);
    expect(service.store.releases()).toMatchObject([
      { tag: 'v1.0', name: 'v1.0', isDraft: true, commit: service.environment.GITHUB_SHA },
    ]);
    expect(Object.keys(files()).sort()).toEqual([
      'SHA256SUMS',
      'nixos.img.bmap',
      'nixos.img.manifest.json',
      'nixos.img.zst',
    ]);
    expect(files()['nixos.img.zst']?.equals(bytes)).toBe(true);
    const [manifest, map] = upload.others;
    expect(checksums()).toEqual({
      'nixos.img.bmap': map?.sha256,
      'nixos.img.manifest.json': manifest?.sha256,
      'nixos.img.zst': sha256(bytes),
    });
    expect(service.store.releases()[0]?.body).toBe(
      '<!-- start of nixos.img.zst -->\nThe image nixos.img.zst.\n<!-- end of nixos.img.zst -->\n',
    );
    expect(release).toMatchObject({ tag: 'v1.0', isDraft: true, joinCommand: undefined });
    expect(release.url).toMatch(/^https:\/\/github\.com\/example\/images\/releases\//);
    expect(release.files.map(({ name }) => name)).toEqual([
      'nixos.img.zst',
      'nixos.img.manifest.json',
      'nixos.img.bmap',
      'SHA256SUMS',
    ]);
    expect(release.files[0]).toEqual({
      name: 'nixos.img.zst',
      size: bytes.length,
      url: expect.stringContaining('/nixos.img.zst'),
    });
    expect(progress.at(-1)).toBe(bytes.length + 1000);
    expect(infos).toEqual([]);
  });

  it('sends the length first, and the file as it reads it', async () => {
    const { service, upload, bytes, progress, files } = await releaseFixture({ size: 3_000_001 });
    await publishRelease(upload);
    const headers = service.requests.find(({ operation }) => operation === 'upload')?.headers;
    expect(headers?.['content-length']).toBe('3000001');
    expect(headers?.['transfer-encoding']).toBeUndefined();
    expect(progress.length).toBeGreaterThan(10);
    expect(files()['nixos.img.zst']?.equals(bytes)).toBe(true);
  });

  it('keeps little of what it sends in memory', async () => {
    const size = 200_000_000;
    const { service, upload, progress } = await releaseFixture();
    truncateSync(upload.image.path, size);
    // Reads the whole body and keeps nothing of it.
    service.inject('upload', { kind: 'stall' });
    const controller = new AbortController();
    const before = heldInBuffers();
    const publishing = failure(
      publishRelease({ ...upload, image: { ...upload.image, size }, signal: controller.signal }),
    );
    await until(() => progress.at(-1) === size, 'all of the file');
    const held = heldInBuffers() - before;
    controller.abort(new Error('Enough.'));
    expect((await publishing).message).toBe('Enough.');
    expect(held).toBeLessThan(size / 2);
  });

  it('uses the published release of the tag, and does not change its notes', async () => {
    const { service, upload, files } = await releaseFixture();
    const { id } = service.store.create('v1.0', { name: 'One', body: 'By hand.', draft: false });
    const release = await publishRelease(upload);
    expect(release).toMatchObject({ isDraft: false, url: 'https://github.com/example/images/releases/tag/v1.0' });
    expect(service.store.releases()).toMatchObject([{ id, body: 'By hand.', name: 'One' }]);
    expect(Object.keys(files())).toHaveLength(4);
    expect(service.requests.map(({ operation }) => operation)).not.toContain('create');
  });

  it('uses the draft of the tag, on whatever page it is listed, and adds to its notes', async () => {
    const { service, upload } = await releaseFixture();
    service.store.create('v0.9', { name: 'Earlier', draft: true });
    const { id } = service.store.create('v1.0', { name: 'One', body: 'By hand.', draft: true });
    for (let i = 0; i < 150; i++) {
      service.store.create(`v2.${i}`, { name: 'Later', draft: true });
    }
    await publishRelease(upload);
    const drafts = service.store.releases().filter(({ tag }) => tag === 'v1.0');
    expect(drafts).toMatchObject([{ id, name: 'One', body: expect.stringMatching(/^By hand\.\n\n<!-- start of/) }]);
    expect(service.store.assetsOf(id)).toHaveLength(4);
  });

  it('does not change the notes of a draft that would get too long', async () => {
    const { service, upload, files, infos } = await releaseFixture();
    const body = 'x'.repeat(124_990);
    service.store.create('v1.0', { draft: true, body });
    await publishRelease(upload);
    expect(service.store.releases()).toMatchObject([{ body }]);
    expect(Object.keys(files())).toHaveLength(4);
    expect(infos).toEqual([expect.stringContaining('would exceed the length')]);
  });

  it('changes nothing when it is run again, and sends nothing twice', async () => {
    const { service, upload, files, infos } = await releaseFixture();
    await publishRelease(upload);
    const before = files();
    const uploads = () => service.requests.filter(({ operation }) => operation === 'upload').length;
    expect(uploads()).toBe(4);
    const release = await publishRelease(upload);
    expect(uploads()).toBe(4);
    expect(files()).toEqual(before);
    expect(release.files).toHaveLength(4);
    expect(infos).toContain('nixos.img.zst is already in the release, with the same contents.');
    expect(service.store.releases()).toHaveLength(1);
    expect(service.requests.map(({ operation }) => operation)).not.toContain('update');
  });

  it('refuses to replace another file of the same name, and leaves it as it is', async () => {
    const { service, upload, bytes, files } = await releaseFixture();
    await publishRelease(upload);
    const other = await releaseFixture({ service, size: 5000 });
    const error = await failure(publishRelease(other.upload));
    expect(error).toMatchObject({
      code: 'NAME_TAKEN',
      title: 'A release file already exists',
      message: 'The release has another file named nixos.img.zst.',
      remedy: expect.stringMatching(/overwrite.*image-name/),
    });
    expect(files()['nixos.img.zst']?.equals(bytes)).toBe(true);
  });

  it('with overwrite, replaces files of the same names, their checksums and their section of the notes', async () => {
    const { service, upload } = await releaseFixture();
    await publishRelease(upload);
    const other = await releaseFixture({ service, size: 5000 });
    await publishRelease({ ...other.upload, overwrite: true, notes: () => 'New.' });
    expect(Object.keys(other.files())).toHaveLength(4);
    expect(other.files()['nixos.img.zst']?.equals(other.bytes)).toBe(true);
    expect(other.checksums()['nixos.img.zst']).toBe(sha256(other.bytes));
    expect(service.store.releases()[0]?.body).toBe(
      '<!-- start of nixos.img.zst -->\nNew.\n<!-- end of nixos.img.zst -->\n',
    );
  });

  it('deletes the remains of an interrupted upload', async () => {
    const { service, upload, bytes, files } = await releaseFixture();
    const { id } = service.store.create('v1.0', { draft: true });
    service.store.startAsset(id, 'nixos.img.zst');
    service.store.startAsset(id, 'SHA256SUMS');
    await publishRelease(upload);
    expect(files()['nixos.img.zst']?.equals(bytes)).toBe(true);
    expect(service.store.assetsOf(id).every(({ isComplete }) => isComplete)).toBe(true);
  });

  it('with overwrite, replaces a file whose hash GitHub does not have', async () => {
    const { service, upload, bytes } = await releaseFixture();
    const { id } = service.store.create('v1.0', { draft: true });
    const old = service.store.startAsset(id, 'nixos.img.zst');
    service.store.finishAsset(old?.id ?? 0, bytes, undefined);
    expect(await failure(publishRelease(upload))).toMatchObject({ code: 'NAME_TAKEN' });
    await publishRelease({ ...upload, overwrite: true });
    expect(service.store.assetsOf(id).find(({ name }) => name === 'nixos.img.zst')?.sha256).toBe(sha256(bytes));
  });

  it('sends no token to the file storage', async () => {
    // The storage of the service refuses requests with a token.
    const { service, upload } = await releaseFixture();
    await publishRelease(upload);
    const other = await releaseFixture({ service, name: 'other.img.zst' });
    await publishRelease(other.upload);
    expect(Object.keys(other.checksums())).toHaveLength(6);
  });
});

describe('an image that is too large for a release', () => {
  const LIMIT = 40_000;

  it('is sent in equal parts that join to the same bytes, with checksums of the parts and the whole', async () => {
    const { service, upload, bytes, files, checksums } = await releaseFixture({ size: 100_001, limit: LIMIT });
    const release = await publishRelease({ ...upload, limit: LIMIT - 1 });
    expect(Object.entries(files()).map(([name, { length }]) => [name, length])).toEqual([
      ['nixos.img.zst.00', 36_864],
      ['nixos.img.zst.01', 32_768],
      ['nixos.img.zst.02', 30_369],
      ['nixos.img.manifest.json', 500],
      ['nixos.img.bmap', 500],
      ['SHA256SUMS', expect.any(Number)],
    ]);
    expect(release.joinCommand).toBe('cat nixos.img.zst.[0-9][0-9] > nixos.img.zst');
    expect(checksums()['nixos.img.zst']).toBe(sha256(bytes));
    expect(service.store.releases()[0]?.body).toContain('cat nixos.img.zst.[0-9][0-9] > nixos.img.zst');

    const directory = temporaryDirectory();
    for (const [name, contents] of Object.entries(files())) {
      writeFileSync(join(directory, name), contents);
    }
    const run = (command: string): string =>
      execFileSync('sh', ['-euc', command], { cwd: directory, encoding: 'utf8' });
    expect(run('sha256sum --check --strict --ignore-missing SHA256SUMS').match(/: OK/g)).toHaveLength(5);
    run(release.joinCommand ?? '');
    expect(run('sha256sum --check --strict SHA256SUMS').match(/: OK/g)).toHaveLength(6);
    expect(run('sha256sum nixos.img.zst').slice(0, 64)).toBe(sha256(bytes));
  });

  it('replaces the parts of an earlier image of its name, and is replaced by a whole image', async () => {
    const { service, upload, files } = await releaseFixture({ limit: LIMIT });
    await publishRelease({ ...upload, limit: 20_480 });
    expect(Object.keys(files()).filter((name) => name.startsWith('nixos.img.zst.'))).toHaveLength(5);
    const smaller = await releaseFixture({ service, size: 50_000 });
    const refused = await failure(publishRelease({ ...smaller.upload, limit: 30_000 }));
    expect(refused).toMatchObject({ code: 'NAME_TAKEN', message: expect.stringContaining('nixos.img.zst.0') });
    expect(Object.keys(files())).toHaveLength(8);
    await publishRelease({ ...smaller.upload, limit: 30_000, overwrite: true });
    expect(Object.keys(files()).filter((name) => name.startsWith('nixos.img.zst'))).toEqual([
      'nixos.img.zst.00',
      'nixos.img.zst.01',
    ]);
    expect(Object.keys(smaller.checksums()).sort()).toEqual([
      'nixos.img.bmap',
      'nixos.img.manifest.json',
      'nixos.img.zst',
      'nixos.img.zst.00',
      'nixos.img.zst.01',
    ]);
    const whole = await releaseFixture({ service, size: 30_000 });
    await publishRelease({ ...whole.upload, overwrite: true });
    expect(Object.keys(files()).filter((name) => name.startsWith('nixos.img.zst'))).toEqual(['nixos.img.zst']);
    expect(Object.keys(whole.checksums())).toHaveLength(3);
  });

  it('has its join command in the log if the release is published and its notes are not changed', async () => {
    const { service, upload, infos } = await releaseFixture({ limit: LIMIT });
    service.store.create('v1.0', { draft: false });
    await publishRelease({ ...upload, limit: LIMIT - 1 });
    expect(infos).toEqual([expect.stringContaining('cat nixos.img.zst.[0-9][0-9] > nixos.img.zst')]);
  });

  it('is not sent if it has changed since it was verified', async () => {
    const { service, upload, bytes } = await releaseFixture({ limit: LIMIT });
    bytes[50_000] = (bytes[50_000] ?? 0) ^ 1;
    writeFileSync(upload.image.path, bytes);
    const error = await failure(publishRelease({ ...upload, limit: LIMIT - 1 }));
    expect(error).toMatchObject({
      code: 'FILE',
      title: 'An output file has changed',
      message: expect.stringContaining(sha256(bytes)),
    });
    expect(service.requests).toEqual([]);
  });
});

describe('the jobs of a matrix', () => {
  it('add their images to one draft, with one list of checksums, even if all start at once', async () => {
    const service = await startReleaseService();
    const boards = ['pi', 'pine', 'rock', 'visionfive', 'beagle', 'odroid'];
    const jobs = await Promise.all(boards.map((board) => releaseFixture({ service, name: `${board}.img.zst` })));
    const releases = await Promise.all(jobs.map(({ upload }) => publishRelease(upload)));
    expect(service.store.releases()).toHaveLength(1);
    expect(new Set(releases.map(({ url }) => url)).size).toBe(1);
    expect(Object.keys(jobs[0]?.files() ?? {})).toHaveLength(3 * boards.length + 1);
    const expected = jobs.flatMap(({ upload: { image, others } }) => [image, ...others].map((file) => file.sha256));
    expect(Object.values(jobs[0]?.checksums() ?? {}).sort()).toEqual(expected.sort());
    await service.stop();
  });
});

describe('checkRelease', () => {
  it('writes nothing', async () => {
    const { service, check } = await releaseFixture();
    await checkRelease({ ...check, token: service.readToken });
    expect(service.requests.map(({ operation }) => operation)).toEqual(['getByTag', 'list']);
    expect(service.store.releases()).toEqual([]);
  });

  it('rejects an invalid token, and an immutable release', async () => {
    const { service, check } = await releaseFixture({ isImmutable: true });
    expect(await failure(checkRelease({ ...check, token: 'ghs_old' }))).toMatchObject({ code: 'TOKEN' });
    const { id } = service.store.create('v1.0', { draft: true });
    await checkRelease(check);
    service.store.publish(id);
    expect(await failure(checkRelease(check))).toMatchObject({
      code: 'IMMUTABLE',
      remedy: expect.stringContaining('draft'),
    });
  });

  it('rejects a release that would have more than 1000 files', async () => {
    const { service, check, upload } = await releaseFixture();
    const { id } = service.store.create('v1.0', { draft: true });
    const add = (name: string) => service.store.startAsset(id, name);
    for (let i = 0; i < 996; i++) {
      add(`file-${i}`);
    }
    // Parts of an earlier image are replaced.
    add('nixos.img.zst.00');
    add('nixos.img.zst.01');
    await checkRelease(check);
    add('nixos.img.bmap');
    await checkRelease(check);
    add('one-more');
    const full = {
      code: 'FULL',
      message: 'The release v1.0 has 998 files, and 3 files would be added: GitHub allows 1,000 files.',
      remedy: expect.stringContaining('another tag'),
    };
    expect(await failure(checkRelease(check))).toMatchObject(full);
    expect(await failure(publishRelease({ ...upload, overwrite: true }))).toMatchObject({ ...full, code: 'FULL' });
    expect(service.requests.map(({ operation }) => operation)).not.toContain('upload');
  });

  it.each([
    [{ GITHUB_REPOSITORY: undefined }, "GITHUB_REPOSITORY is not OWNER/NAME: ''"],
    [{ GITHUB_REPOSITORY: 'a/b/c' }, "GITHUB_REPOSITORY is not OWNER/NAME: 'a/b/c'"],
    [{ GITHUB_API_URL: 'nowhere' }, "GITHUB_API_URL is not a URL: 'nowhere'"],
  ])('rejects a runner without a valid repository and API URL: %o', async (variables, message) => {
    const { service, check } = await releaseFixture();
    const environment = { ...service.environment, ...variables };
    const error = await failure(checkRelease({ ...check, environment }));
    expect(error).toMatchObject({ code: 'ENVIRONMENT', message: expect.stringContaining(message) });
  });
});
