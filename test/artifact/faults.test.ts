// @module-tag slow
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { uploadArtifact } from '../../src/artifact/upload.ts';
import { type Azurite, startAzurite } from '../support/artifact-azurite.ts';
import { withTimeLimit } from '../support/until.ts';
import { answer, type FaultCase, failure, testFault, withService } from './fixture.ts';

/** Where nothing listens: the system gives it to no program that asks for any free port. */
const CLOSED_PORT = 2;

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await azurite.stop();
});

describe('an upload that fails', () => {
  const cases: readonly FaultCase[] = [
    ['CreateArtifact', answer(401), 1, 'REFUSED', /refused it/, /token of a job/],
    ['CreateArtifact', answer(403), 1, 'REFUSED', /refused it/, /upload to false/],
    ['CreateArtifact', answer(403, 'insufficient usage'), 1, 'QUOTA', /artifact storage is full/, /retention-days/],
    ['CreateArtifact', { kind: 'reset' }, 2, 'NETWORK', /the network failed/, /blob\.core\.windows\.net/],
    ['CreateArtifact', { kind: 'expired' }, 1, 'EXPIRED', /valid for about an hour/, /Re-run the job/],
    ['PutBlock', answer(403), 1, 'OTHER_SERVER', /a proxy or a login page/, /blob\.core\.windows\.net/],
    [
      'PutBlock',
      { kind: 'html', status: 200 },
      1,
      'OTHER_SERVER',
      /a proxy or a login page/,
      /blob\.core\.windows\.net/,
    ],
    ['FinalizeArtifact', answer(403), 1, 'REFUSED', /refused it/, /token of a job/],
  ];
  it.each(cases)('at %s with %o: %i requests, %s', (...given) => testFault(azurite, given));

  it('because nothing listens there', () =>
    withService(azurite, async ({ upload, log }) => {
      const environment = { ...upload.environment, ACTIONS_RESULTS_URL: `http://127.0.0.1:${CLOSED_PORT}/` };
      const error = await failure(uploadArtifact({ ...upload, environment }));
      expect(error).toMatchObject({ code: 'NETWORK', cause: { message: expect.stringContaining('ECONNREFUSED') } });
      expect(log.infos).toEqual([expect.stringContaining('Trying again with 5 connections.')]);
    }));

  it('because the storage does not respond', () =>
    withTimeLimit(1500, async (limit) => {
      let hits = 0;
      await withService(azurite, async ({ service, upload }) => {
        const stall = service.inject('PutBlock', { kind: 'stall' });
        const environment = { ...upload.environment, ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS: `${limit}` };
        const error = await failure(uploadArtifact({ ...upload, environment }));
        expect(error).toMatchObject({ code: 'STALLED', message: expect.stringContaining('keeps the name') });
        expect(service.requests('CreateArtifact')).toBe(2);
        hits = stall.hits;
      });
      expect(hits).toBeLessThanOrEqual(1);
      return hits === 1;
    }));

  it('because the service does not respond before the time limit', () =>
    withTimeLimit(5000, async (timeLimit) => {
      let hits = 0;
      await withService(azurite, async ({ service, upload }) => {
        const stall = service.inject('CreateArtifact', { kind: 'stall' });
        const error = await failure(uploadArtifact({ ...upload, timeLimit }));
        const message = expect.stringContaining(`after ${timeLimit / 1000} s`);
        expect(error).toMatchObject({ code: 'TIME_LIMIT', message });
        hits = stall.hits;
      });
      expect(hits).toBeLessThanOrEqual(1);
      return hits === 1;
    }));

  it.each([
    ['the hash', { digest: `sha256:${'0'.repeat(64)}` }],
    ['the size', { size: '99999' }],
  ])('because the service stored %s of another file', (_, properties) =>
    withService(azurite, async ({ service, upload }) => {
      const altered = service.inject('ListArtifacts', { kind: 'altered', properties }, 1);
      const error = await failure(uploadArtifact(upload));
      expect(error).toMatchObject({ code: 'MISMATCH', message: expect.stringContaining('were stored') });
      expect(error.message).toContain('It was deleted again.');
      expect(altered.hits).toBe(1);
      expect(service.requests('DeleteArtifact')).toBe(1);
      expect(service.artifacts()).toEqual([]);
    }),
  );

  it('and whose artifact cannot be deleted either', () =>
    withService(azurite, async ({ service, upload }) => {
      const altered = service.inject('ListArtifacts', { kind: 'altered', properties: { size: '1' } }, 1);
      const refused = service.inject('DeleteArtifact', answer(403));
      const error = await failure(uploadArtifact(upload));
      expect(error).toMatchObject({ code: 'MISMATCH', remedy: expect.stringContaining('manually') });
      expect(error.message).toContain('It could not be deleted.');
      expect([altered.hits, refused.hits]).toEqual([1, 1]);
    }));

  it.each([
    ['UNSUPPORTED_SERVER', { GITHUB_SERVER_URL: 'https://github.example.com' }],
    ['TOKEN', { ACTIONS_RUNTIME_TOKEN: 'no-token' }],
    ['TOKEN', { ACTIONS_RUNTIME_TOKEN: undefined }],
  ])('before anything is sent: %s', (code, variables) =>
    withService(azurite, async ({ service, upload }) => {
      const environment = { ...upload.environment, ...variables };
      expect(await failure(uploadArtifact({ ...upload, environment }))).toMatchObject({ code });
      expect(service.requests('CreateArtifact')).toBe(0);
    }),
  );
});

describe('an upload that succeeds', () => {
  it('although the response to its last request was lost', () =>
    withService(azurite, async ({ service, upload, bytes, log }) => {
      const lost = service.inject('FinalizeArtifact', { kind: 'reset-after' });
      const artifact = await uploadArtifact(upload);
      expect(lost.hits).toBe(1);
      expect(service.requests('CreateArtifact')).toBe(2);
      expect(artifact).toMatchObject({ id: 1, digest: upload.file.sha256 });
      expect((await service.read('nixos.img.zst')).equals(bytes)).toBe(true);
      expect(log.infos).toHaveLength(1);
    }));

  it('although the service does not confirm what it stored, which is logged', () =>
    withService(azurite, async ({ service, upload, log }) => {
      const refused = service.inject('ListArtifacts', answer(403));
      expect(await uploadArtifact(upload)).toMatchObject({ id: 1 });
      expect(refused.hits).toBe(1);
      expect(log.infos).toEqual([expect.stringContaining('did not confirm the size and hash')]);
    }));
});
