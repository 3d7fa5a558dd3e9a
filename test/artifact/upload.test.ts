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
import { askClient } from '../../src/artifact/client-thread.ts';
import { uploadArtifact } from '../../src/artifact/upload.ts';
import { type Azurite, startAzurite } from '../support/artifact-azurite.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { fileToUpload as createFile, type Fixture, failure } from './fixture.ts';

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

function fileToUpload(...args: Parameters<typeof createFile>): Fixture {
  const fixture = createFile(...args);
  onTestFinished(() => fixture.remove());
  return fixture;
}

const MIB = 2 ** 20;

describe('uploadArtifact', () => {
  it('stores the very bytes of the file under its name, and tells id, address and hash', async () => {
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
    expect(service.artifacts()).toMatchObject([{ size: bytes.length, digest: `sha256:${upload.sha256}` }]);
  });

  it('sends many blocks at once and reports progress, not a line a block', async () => {
    const service = await startService();
    const { upload, bytes, log, progress } = fileToUpload(service, 64 * MIB);
    await uploadArtifact(upload);
    const lines = printed.mock.calls.map(([text]) => String(text));
    expect((await service.read('nixos.img.zst')).equals(bytes)).toBe(true);
    expect(service.requests('PutBlock')).toBe(64 / 8);
    expect(service.takePeak('PutBlock')).toBeGreaterThan(5);
    expect(service.takePeak('PutBlock')).toBe(0);
    expect(progress.at(-1)).toBe(bytes.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(log).toMatchObject({ infos: [], warnings: [] });
    expect(log.details).toContain('Finalizing artifact upload');
    // The signature of the address is a secret, and the runner must be told.
    expect(lines.filter((line) => line.startsWith('::add-mask::')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
  });

  it('passes on how long the artifact is to be kept, and that the repository allows less', async () => {
    const service = await startService();
    const { upload, log } = fileToUpload(service);
    const environment = { ...upload.environment, GITHUB_RETENTION_DAYS: '3' };
    await uploadArtifact({ ...upload, retentionDays: 10, environment });
    const days = (Date.parse(service.artifacts()[0].expiresAt ?? '') - Date.now()) / (24 * 60 * 60 * 1000);
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3.1);
    expect(log.warnings).toEqual([expect.stringContaining('Using 3 instead')]);
  });

  it('gives no address where the runner does not tell the repository, and takes undefined variables for unset', async () => {
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
    expect(error).toMatchObject({ code: 'NAME_TAKEN', title: 'The image was not uploaded' });
    expect(error.message).toContain(
      'The artifact nixos.img.zst was not uploaded: this run has an artifact of that name',
    );
    expect(error).toHaveProperty('remedy', expect.stringMatching(/overwrite.*image-name/));
    expect(service.requests('CreateArtifact')).toBe(2);
    expect((await service.read('nixos.img.zst')).equals(first.bytes)).toBe(true);
  });

  it('replaces an artifact of the same name if told to, whether there is one or not', async () => {
    const service = await startService();
    const first = fileToUpload(service, 1000);
    const second = fileToUpload(service, 2000);
    expect(await uploadArtifact({ ...first.upload, overwrite: true })).toMatchObject({ id: 1 });
    expect(await uploadArtifact({ ...second.upload, overwrite: true })).toMatchObject({ id: 2 });
    expect(service.requests('DeleteArtifact')).toBe(1);
    expect(service.artifacts()).toHaveLength(1);
    expect((await service.read('nixos.img.zst')).equals(second.bytes)).toBe(true);
  });

  it('says what is in the way where replacing cannot help', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const expired = service.inject('CreateArtifact', { kind: 'expired' }, 1);
    await failure(uploadArtifact(upload));
    const error = await failure(uploadArtifact({ ...upload, overwrite: true }));
    expect(expired.hits).toBe(1);
    expect(error).toMatchObject({ code: 'NAME_TAKEN', remedy: expect.stringContaining('an upload broke off') });
  });

  it('uploads nothing that is not the file that was verified', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service, 1000);
    const directory = join(dirname(upload.file), 'directory');
    mkdirSync(directory);
    const empty = join(directory, 'empty.img');
    writeFileSync(empty, '');
    const cases = [
      [{ ...upload, size: 999 }, 'has 1000 bytes, but had 999 when it was verified'],
      [{ ...upload, file: directory }, 'is not a regular file'],
      [{ ...upload, file: `${directory}/none` }, 'is gone'],
      [{ ...upload, file: empty, size: 0 }, 'is empty'],
    ] as const;
    for (const [wrong, message] of cases) {
      const error = await failure(uploadArtifact(wrong));
      expect(error).toMatchObject({ code: 'FILE', message: expect.stringContaining(message) });
    }
    expect(service.requests('CreateArtifact')).toBe(0);
  });

  it('deletes the artifact again if the file changed while it was uploaded', async () => {
    const service = await startService();
    const { upload, bytes } = fileToUpload(service);
    bytes[5000] ^= 1;
    writeFileSync(upload.file, bytes);
    const error = await failure(uploadArtifact(upload));
    expect(error).toMatchObject({ code: 'MISMATCH', message: expect.stringContaining('It was deleted again.') });
    expect(error.message).toContain(upload.sha256);
    expect(error.message).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(service.requests('DeleteArtifact')).toBe(1);
    expect(service.artifacts()).toEqual([]);
  });

  it('ends the thread when told to, and nothing goes on after', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const stall = service.inject('PutBlock', { kind: 'stall' });
    const stop = new AbortController();
    const uploading = failure(uploadArtifact({ ...upload, signal: stop.signal }));
    await vi.waitUntil(() => stall.hits === 1, 10_000);
    stop.abort(new Error('stopped by a test'));
    expect((await uploading).message).toBe('stopped by a test');
    expect((await failure(uploadArtifact({ ...upload, signal: stop.signal }))).message).toBe('stopped by a test');
    expect(service.requests('CreateArtifact')).toBe(1);
  });

  it('survives what the client throws outside of its promises', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service);
    const directory = join(dirname(upload.file), 'directory.img');
    mkdirSync(directory);
    const options = {
      environment: upload.environment ?? {},
      onLine: () => undefined,
      signal: AbortSignal.timeout(20_000),
    };
    const answer = await askClient(
      { kind: 'upload', file: directory, name: 'directory.img', directory, overwrite: false, retentionDays: undefined },
      options,
    );
    expect(answer).toMatchObject({ kind: 'failed', error: { message: expect.stringMatching(/file read|EISDIR/) } });
    expect(service.requests('CreateArtifact')).toBe(1);
    expect(service.artifacts()).toEqual([]);
  });

  it('reports a file that shrinks before the client reads it', async () => {
    const service = await startService();
    const { upload } = fileToUpload(service, 50_000);
    const stall = service.inject('CreateArtifact', { kind: 'status', status: 503 }, 1);
    const uploading = failure(uploadArtifact(upload));
    await vi.waitUntil(() => stall.hits === 1, 10_000);
    truncateSync(upload.file, 1000);
    expect(await uploading).toMatchObject({ code: 'MISMATCH' });
    expect(service.artifacts()).toEqual([]);
  });
});
