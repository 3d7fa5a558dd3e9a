import { truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publishRelease } from '../../src/release/publish.ts';
import { failure } from '../artifact/fixture.ts';
import { openFiles } from '../support/open-files.ts';
import type { ReleaseFault, ReleaseOperation } from '../support/release-answers.ts';
import { until } from '../support/until.ts';
import { releaseFixture, sha256 } from './fixture.ts';

const status = (code: number, message?: string, headers?: Readonly<Record<string, string>>): ReleaseFault => {
  return { kind: 'status', status: code, ...(message === undefined ? {} : { message }), ...(headers && { headers }) };
};

/** The titles of errors by their code or, for a request that fails, by its operation. */
const TITLES: Readonly<Record<string, RegExp>> = {
  UNKNOWN: /^GitHub could not be reached$/,
  NAME_TAKEN: /^A release file already exists$/,
  MISMATCH: /^A release file differs from the verified file$/,
  getByTag: /^The release could not be looked up$/,
  list: /^The release could not be looked up$/,
  create: /^The release could not be created$/,
  listAssets: /^An earlier image could not be deleted from the release$/,
  upload: /^A release file could not be uploaded$/,
  update: /^The release notes could not be changed$/,
};

/** A fault, the number of requests that it affects, and the code, message and remedy that the user gets. */
type FaultCase = readonly [ReleaseOperation, ReleaseFault, number, string, RegExp, RegExp];

/** A port on which no process listens: the system gives it to no process that asks for a free port. */
const CLOSED_PORT = 2;
/** Milliseconds after which fetch itself gives up waiting for a response. */
const FETCH_LIMIT = 300_000;

const LIMITED = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' };

describe('a release that fails', () => {
  const cases: readonly FaultCase[] = [
    [
      'getByTag',
      status(401, 'Bad credentials'),
      1,
      'TOKEN',
      /look up the release v1\.0: the token is not valid \(401\)/,
      /github\.token/,
    ],
    ['list', status(403), 1, 'PERMISSION', /the token does not have the permission \(403\)/, /contents: write/],
    ['list', status(404), 1, 'NOT_FOUND', /it does not exist, or the token does not have access/, /contents: write/],
    [
      'create',
      status(403, 'Resource not accessible by integration'),
      1,
      'PERMISSION',
      /create a draft/,
      /contents: write/,
    ],
    ['create', status(404), 1, 'NOT_FOUND', /create a draft/, /contents: write/],
    [
      'create',
      status(422, 'tag_name was used by an immutable release'),
      1,
      'IMMUTABLE',
      /never takes again/,
      /a new tag/,
    ],
    [
      'create',
      status(422, 'Repository rule violations found'),
      1,
      'REFUSED',
      /GitHub refused the request \(422\)/,
      /release-tag/,
    ],
    ['create', status(403, 'API rate limit exceeded', LIMITED), 1, 'RATE_LIMIT', /too many requests/, /in an hour/],
    ['create', status(429, 'slow down', { 'retry-after': '3600' }), 1, 'RATE_LIMIT', /too many requests/, /in an hour/],
    ['create', status(503), 3, 'SERVICE', /GitHub reported a server error \(503\)/, /githubstatus/],
    ['getByTag', { kind: 'reset' }, 3, 'NETWORK', /the network failed/, /uploads\.github\.com/],
    ['getByTag', { kind: 'html' }, 1, 'UNKNOWN', /not from GitHub's REST API/, /GITHUB_API_URL/],
    ['listAssets', status(500), 3, 'SERVICE', /GitHub reported a server error/, /githubstatus/],
    ['upload', status(403), 1, 'PERMISSION', /upload nixos\.img\.zst/, /contents: write/],
    ['upload', status(404), 1, 'NOT_FOUND', /upload nixos\.img\.zst/, /contents: write/],
    ['upload', status(422, 'Cannot upload assets to an immutable release.'), 1, 'IMMUTABLE', /upload nixos/, /draft/],
    [
      'upload',
      status(422, 'Validation Failed: already_exists'),
      1,
      'NAME_TAKEN',
      /another file named nixos\.img\.zst/,
      /overwrite/,
    ],
    [
      'upload',
      status(502),
      3,
      'SERVICE',
      /upload nixos\.img\.zst to the release: GitHub reported a server error \(502\)/,
      /githubstatus/,
    ],
    ['upload', { kind: 'fail-at-end', status: 500 }, 3, 'SERVICE', /upload nixos\.img\.zst/, /githubstatus/],
    [
      'upload',
      { kind: 'reset' },
      3,
      'NETWORK',
      /upload nixos\.img\.zst to the release: the network failed/,
      /uploads\.github\.com/,
    ],
    [
      'upload',
      { kind: 'reset-midway' },
      3,
      'NETWORK',
      /upload nixos\.img\.zst to the release: the network failed/,
      /uploads\.github\.com/,
    ],
    ['upload', { kind: 'html' }, 1, 'UNKNOWN', /does not describe a release asset/, /login page/],
    [
      'upload',
      { kind: 'altered', properties: { digest: `sha256:${'0'.repeat(64)}` } },
      1,
      'MISMATCH',
      /stored bytes with the SHA-256 0000/,
      /re-run/,
    ],
    ['upload', { kind: 'altered', properties: { size: 1 } }, 1, 'MISMATCH', /GitHub stored 1 bytes/, /re-run/],
    [
      'upload',
      { kind: 'altered', properties: { name: 'default.img' } },
      1,
      'MISMATCH',
      /named it default\.img/,
      /re-run/,
    ],
    ['update', status(503), 3, 'SERVICE', /change the notes/, /githubstatus/],
  ];
  it.each(cases)('at %s with %o: %i requests, %s', async (operation, fault, hits, code, message, remedy) => {
    const { service, upload, infos } = await releaseFixture({ size: 2_000_000 });
    if (operation === 'update') {
      service.store.create('v1.0', { draft: true });
    }
    const injected = service.inject(operation, fault);
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({ code, title: expect.stringMatching(TITLES[code] ?? TITLES[operation] ?? /^$/) });
    expect(error).toMatchObject({ message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) });
    expect(injected.hits).toBe(hits);
    expect(openFiles()).not.toContain(upload.image.path);
    expect(infos.filter((line) => line.includes('Trying again'))).toHaveLength(hits - 1);
    const reported = JSON.stringify([error.message, String(error.cause), error, infos]);
    expect(reported).not.toContain(upload.token);
    const [release] = service.store.releases();
    const left = release === undefined ? [] : service.store.assetsOf(release.id);
    if (operation === 'upload') {
      expect(left.filter(({ isComplete }) => isComplete)).toEqual([]);
    }
  });

  it('because the token may only read', async () => {
    const { service, upload } = await releaseFixture();
    const error = await failure(publishRelease({ ...upload, token: service.readToken }));
    expect(error).toMatchObject({ code: 'PERMISSION', cause: { message: expect.stringContaining('not accessible') } });
  });

  it('because nothing listens there', async () => {
    const { upload } = await releaseFixture();
    const environment = { ...upload.environment, GITHUB_API_URL: `http://127.0.0.1:${CLOSED_PORT}` };
    const error = await failure(publishRelease({ ...upload, environment }));
    expect(error).toMatchObject({ code: 'NETWORK', cause: { message: expect.stringContaining('ECONNREFUSED') } });
  });

  it('because the file has changed since it was verified', async () => {
    const { service, upload, bytes, files } = await releaseFixture();
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    writeFileSync(upload.image.path, bytes);
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({ code: 'MISMATCH', message: expect.stringContaining(sha256(bytes)) });
    expect(error.message).toContain('It was deleted again.');
    expect(files()).toEqual({});
    expect(service.requests.filter(({ operation }) => operation === 'upload')).toHaveLength(1);
  });

  it('because the file has changed, although GitHub does not report a hash', async () => {
    const { service, upload, bytes, files } = await releaseFixture();
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    writeFileSync(upload.image.path, bytes);
    service.inject('upload', { kind: 'altered', properties: { digest: null } });
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({ code: 'MISMATCH', message: expect.stringContaining('were sent, but') });
    expect(files()).toEqual({});
  });

  it.each(['nixos.img.zst', 'nixos.img.bmap'])('because %s has been truncated, before any request', async (name) => {
    const { service, upload } = await releaseFixture();
    const { path } = [upload.image, ...upload.others].find((file) => file.path.endsWith(`/${name}`)) ?? upload.image;
    truncateSync(path, 300);
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({ code: 'FILE', message: expect.stringContaining(`${name} has 300 bytes; `) });
    expect(service.requests).toEqual([]);
  });

  it('because the file shrinks while it is sent', async () => {
    const { service, upload } = await releaseFixture({ size: 5_000_000 });
    const before = () => truncateSync(upload.image.path, 1_000_000);
    const failing = service.inject('listAssets', { kind: 'status', status: 503, before }, 1);
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({
      code: 'FILE',
      cause: { message: 'The file ends at byte 1000000; 5000000 bytes were expected.' },
    });
    expect(failing.hits).toBe(1);
    expect(service.requests.filter(({ operation }) => operation === 'upload')).toHaveLength(1);
  });

  it('and the uploaded file cannot be deleted either', async () => {
    const { service, upload } = await releaseFixture();
    service.inject('upload', { kind: 'altered', properties: { size: 1 } }, 1);
    const refused = service.inject('deleteAsset', status(503));
    const error = await failure(publishRelease(upload));
    expect(error).toMatchObject({
      code: 'MISMATCH',
      remedy: expect.stringContaining('manually'),
      cause: expect.any(Error),
    });
    expect(error.message).toContain('It could not be deleted.');
    expect(refused.hits).toBe(1);
  });

  it('because it is cancelled, at once', async () => {
    const { service, upload } = await releaseFixture();
    const stall = service.inject('upload', { kind: 'stall' });
    const controller = new AbortController();
    const publishing = failure(publishRelease({ ...upload, signal: controller.signal, delays: [] }));
    await until(() => stall.hits === 1, 'the upload');
    const cancelled = performance.now();
    controller.abort(new Error('The step was cancelled.'));
    expect((await publishing).message).toBe('The step was cancelled.');
    expect(performance.now() - cancelled).toBeLessThan(FETCH_LIMIT / 2);
    expect(stall.hits).toBe(1);
  });

  it('because it is cancelled while it waits', async () => {
    const { service, upload, infos } = await releaseFixture();
    service.inject('create', status(503));
    const controller = new AbortController();
    const publishing = failure(publishRelease({ ...upload, signal: controller.signal, delays: [7_200_000] }));
    await until(() => infos.length === 1, 'the first attempt');
    expect(infos[0]).toContain('Trying again in 7200 s.');
    controller.abort(new Error('The step was cancelled.'));
    expect((await publishing).message).toBe('The step was cancelled.');
  });
});

describe('a release that succeeds', () => {
  it.each<readonly [ReleaseOperation, ReleaseFault, number]>([
    ['getByTag', status(502), 4],
    ['getByTag', { kind: 'reset' }, 4],
    ['list', status(500), 4],
    ['create', status(503), 4],
    // The draft exists and is found.
    ['create', { kind: 'reset-after' }, 4],
    ['create', status(403, 'You have exceeded a secondary rate limit', { 'retry-after': '1' }), 4],
    ['listAssets', status(503), 4],
    ['upload', status(502), 5],
    ['upload', { kind: 'reset' }, 5],
    ['upload', { kind: 'reset-midway' }, 5],
    ['upload', { kind: 'fail-at-end', status: 500 }, 5],
    // The file has been uploaded and is kept.
    ['upload', { kind: 'reset-after' }, 4],
  ])('although %s fails once with %o', async (operation, fault, uploads) => {
    const { service, upload, bytes, infos, files, checksums } = await releaseFixture({ size: 2_000_000 });
    const injected = service.inject(operation, fault, 1);
    await publishRelease(upload);
    expect(injected.hits).toBe(1);
    expect(infos[0]).toMatch(/Trying again in 1 s\.$/);
    expect(service.store.releases()).toHaveLength(1);
    expect(Object.keys(files())).toHaveLength(4);
    expect(files()['nixos.img.zst']?.equals(bytes)).toBe(true);
    expect(Object.keys(checksums())).toHaveLength(3);
    expect(service.requests.filter((request) => request.operation === 'upload')).toHaveLength(uploads);
  });

  it('although the release is published while the files are sent: its notes stay', async () => {
    const { service, upload } = await releaseFixture();
    const { id } = service.store.create('v1.0', { draft: true, body: 'By hand.' });
    const publishing = publishRelease({ ...upload, onProgress: () => service.store.publish(id) });
    expect(await publishing).toMatchObject({ joinCommand: undefined });
    expect(service.store.releases()).toMatchObject([{ body: 'By hand.', isDraft: false }]);
    expect(service.store.assetsOf(id)).toHaveLength(4);
  });

  it('although another job is uploading the list of checksums: it waits for its line', async () => {
    const { service, upload, checksums } = await releaseFixture();
    const { id } = service.store.create('v1.0', { draft: true });
    const asset = service.store.startAsset(id, 'SHA256SUMS');
    const publishing = publishRelease(upload);
    await until(() => service.store.assetsOf(id).filter(({ isComplete }) => isComplete).length === 3, 'three files');
    const requests = () => service.requests.filter(({ operation }) => operation === 'listAssets').length;
    const before = requests();
    await until(() => requests() >= before + 3, 'repeated requests for the list');
    const list = Buffer.from(`${'3'.repeat(64)}  third.img.zst\n`);
    service.store.finishAsset(asset?.id ?? 0, list, sha256(list));
    await publishing;
    expect(Object.keys(checksums())).toHaveLength(4);
    expect(checksums()['third.img.zst']).toBe('3'.repeat(64));
  });

  it('although the checksums fail after the old list is deleted, and another job adds a list: no line is lost', async () => {
    const first = await releaseFixture({ name: 'first.img.zst' });
    await publishRelease(first.upload);
    const { service } = first;
    const [release] = service.store.releases();
    const second = await releaseFixture({ service, name: 'second.img.zst' });
    // The three files, and then the list.
    const failing = service.inject('upload', status(502), 1, 3);
    await publishRelease({
      ...second.upload,
      log: {
        info() {
          const asset = service.store.startAsset(release?.id ?? 0, 'SHA256SUMS');
          const list = Buffer.from(`${'3'.repeat(64)}  third.img.zst\n`);
          service.store.finishAsset(asset?.id ?? 0, list, sha256(list));
        },
      },
    });
    expect(failing.hits).toBe(1);
    const names = ['first', 'second'].flatMap((name) => [
      `${name}.img.bmap`,
      `${name}.img.manifest.json`,
      `${name}.img.zst`,
    ]);
    expect(Object.keys(second.checksums())).toEqual([...names, 'third.img.zst']);
  });
});
