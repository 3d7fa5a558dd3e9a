// @module-tag slow
import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  onTestFinished,
  vi,
} from 'vitest';
import { askClient, ClientError } from '../../src/artifact/client-thread.ts';
import { uploadArtifact } from '../../src/artifact/upload.ts';
import { type Azurite, startAzurite } from '../support/artifact-azurite.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { until } from '../support/until.ts';
import { failure, fileToUpload } from './fixture.ts';

let printed: MockInstance<typeof process.stdout.write>;
beforeEach(() => {
  printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => printed.mockRestore());

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

async function startService(forgetsUnfinished = false): Promise<ArtifactService> {
  const service = await startArtifactService({ azurite, forgetsUnfinished });
  onTestFinished(() => service.stop());
  return service;
}

const MIB = 2 ** 20;

describe('uploadArtifact', () => {
  it('stores the bytes of the file under its name, and returns ID, URL and hash', async () => {
    const service = await startService();
    const { upload, bytes } = fileToUpload(service, 3_000_001, 'name with spaces +-._=é.img');
    const artifact = await uploadArtifact(upload);
    expect(artifact).toEqual({
      id: 1,
      name: 'name with spaces +-._=é.img',
      url: 'https://github.com/example/example/actions/runs/1/artifacts/1',
      digest: createHash('sha256').update(bytes).digest('hex'),
    });
    expect((await service.read(artifact.name)).equals(bytes)).toBe(true);
    expect(service.artifacts()).toMatchObject([{ size: bytes.length, digest: `sha256:${upload.file.sha256}` }]);
  });

  it('sends many blocks at once, and reports progress instead of a line for each block', async () => {
    const service = await startService();
    const { upload, bytes, log, progress } = fileToUpload(service, 64 * MIB);
    service.inject('PutBlock', { kind: 'gather', count: 64 / 8 });
    await uploadArtifact(upload);
    const lines = printed.mock.calls.map(([text]) => String(text));
    expect((await service.read('nixos.img.zst')).equals(bytes)).toBe(true);
    expect(service.requests('PutBlock')).toBe(64 / 8);
    expect(service.takePeak('PutBlock')).toBe(64 / 8);
    expect(service.takePeak('PutBlock')).toBe(0);
    expect(progress.at(-1)).toBe(bytes.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(log).toMatchObject({ infos: [], warnings: [] });
    expect(log.details).toContain('Finalizing artifact upload');
    // The signature in the URL is a secret, which the runner must mask.
    expect(lines.filter((line) => line.startsWith('::add-mask::')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
  });

  it('passes on the retention, and warns that the repository allows less', async () => {
    const service = await startService();
    const { upload, log } = fileToUpload(service);
    const environment = { ...upload.environment, GITHUB_RETENTION_DAYS: '3' };
    await uploadArtifact({ ...upload, retentionDays: 10, environment });
    const days = (Date.parse(service.artifacts().at(0)?.expiresAt ?? '') - Date.now()) / (24 * 60 * 60 * 1000);
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3.1);
    expect(log.warnings).toEqual([expect.stringContaining('Using 3 instead')]);
  });

  it('returns no URL if the runner does not name the repository, and treats undefined variables as unset', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    // As the text `undefined`, the second would be an error.
    const unset = { GITHUB_REPOSITORY: undefined, ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS: undefined };
    const environment = { ...upload.environment, ...unset };
    expect(await uploadArtifact({ ...upload, environment })).toMatchObject({ id: 1, url: undefined });
  });

  it('refuses a name that is taken, and leaves that artifact as it is', async () => {
    const service = await startService();
    const first = fileToUpload(service, 1000);
    const second = fileToUpload(service, 2000);
    await uploadArtifact(first.upload);
    const error = await failure(uploadArtifact(second.upload));
    expect(error).toMatchObject({ code: 'NAME_TAKEN', title: 'The artifact was not uploaded' });
    expect(error.message).toContain(
      'The artifact nixos.img.zst was not uploaded: this run already has an artifact with that name',
    );
    expect(error).toHaveProperty('remedy', expect.stringMatching(/overwrite.*image-name/));
    expect(service.requests('CreateArtifact')).toBe(2);
    expect((await service.read('nixos.img.zst')).equals(first.bytes)).toBe(true);
  });

  it('replaces an artifact of the same name with overwrite, whether there is one or not', async () => {
    const service = await startService();
    const first = fileToUpload(service, 1000);
    const second = fileToUpload(service, 2000);
    expect(await uploadArtifact({ ...first.upload, overwrite: true })).toMatchObject({ id: 1 });
    expect(await uploadArtifact({ ...second.upload, overwrite: true })).toMatchObject({ id: 2 });
    expect(service.requests('DeleteArtifact')).toBe(1);
    expect(service.artifacts()).toHaveLength(1);
    expect((await service.read('nixos.img.zst')).equals(second.bytes)).toBe(true);
  });

  it('explains what keeps the name if overwrite does not help', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const expired = service.inject('CreateArtifact', { kind: 'expired' }, 1);
    await failure(uploadArtifact(upload));
    const error = await failure(uploadArtifact({ ...upload, overwrite: true }));
    expect(expired.hits).toBe(1);
    expect(error).toMatchObject({ code: 'NAME_TAKEN', remedy: expect.stringContaining('an interrupted upload') });
  });

  it('uploads no file that has changed since it was verified', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service, 1000);
    const { file } = upload;
    const directory = join(dirname(file.path), 'directory');
    mkdirSync(directory);
    const empty = join(directory, 'empty.img');
    writeFileSync(empty, '');
    const cases = [
      [{ ...file, size: 999 }, 'An output file has changed', 'has 1000 bytes; 999 were expected'],
      [{ ...file, path: directory }, 'An output file has changed', 'is no longer a regular file'],
      [{ ...file, path: `${directory}/none` }, 'An output file is missing', 'no longer exists'],
      [{ ...file, path: empty, size: 0 }, 'An output file is empty', 'has 0 bytes'],
    ] as const;
    for (const [wrong, title, message] of cases) {
      const error = await failure(uploadArtifact({ ...upload, file: wrong }));
      expect(error).toMatchObject({ code: 'FILE', title, message: expect.stringContaining(message) });
    }
    expect(service.requests('CreateArtifact')).toBe(0);
  });

  it('deletes the artifact again if the file changed while it was uploaded', async () => {
    const service = await startService();
    const { upload, bytes } = fileToUpload(service);
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    writeFileSync(upload.file.path, bytes);
    const error = await failure(uploadArtifact(upload));
    expect(error).toMatchObject({ code: 'MISMATCH', message: expect.stringContaining('It was deleted again.') });
    expect(error.message).toContain(upload.file.sha256);
    expect(error.message).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(service.requests('DeleteArtifact')).toBe(1);
    expect(service.artifacts()).toEqual([]);
  });

  it('ends the thread when it is cancelled, and continues nothing', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const stall = service.inject('PutBlock', { kind: 'stall' });
    const stop = new AbortController();
    const uploading = failure(uploadArtifact({ ...upload, signal: stop.signal }));
    await until(() => stall.hits === 1, 'the first block');
    stop.abort(new Error('stopped by a test'));
    expect((await uploading).message).toBe('stopped by a test');
    expect((await failure(uploadArtifact({ ...upload, signal: stop.signal }))).message).toBe('stopped by a test');
    expect(service.requests('CreateArtifact')).toBe(1);
  });

  it('survives an error that the client throws outside of its promises', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const directory = join(dirname(upload.file.path), 'directory.img');
    mkdirSync(directory);
    const options = {
      environment: upload.environment ?? {},
      log: upload.log,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    };
    const task = { kind: 'upload', file: directory, name: 'directory.img', directory } as const;
    const error = await failure(askClient({ ...task, overwrite: false, retentionDays: undefined }, options));
    expect(error).toBeInstanceOf(ClientError);
    expect(error.message).toMatch(/file read|EISDIR/);
    expect(service.requests('CreateArtifact')).toBe(1);
    expect(service.artifacts()).toEqual([]);
  });

  it('reports a file that shrinks before the client reads it', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service, 50_000);
    const before = () => truncateSync(upload.file.path, 1000);
    const failing = service.inject('CreateArtifact', { kind: 'status', status: 503, before }, 1);
    expect(await failure(uploadArtifact(upload))).toMatchObject({ code: 'MISMATCH' });
    expect(failing.hits).toBe(1);
    expect(service.artifacts()).toEqual([]);
  });
});
