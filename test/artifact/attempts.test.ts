// @module-tag slow
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { uploadArtifact } from '../../src/artifact/upload.ts';
import { type Azurite, startAzurite } from '../support/artifact-azurite.ts';
import { withTimeLimit } from '../support/until.ts';
import { answer, type FaultCase, testFault, withService } from './fixture.ts';

// The client's own retries take half a minute: the cases run at the same time.
vi.setConfig({ maxConcurrency: 20 });

const MIB = 2 ** 20;
const html = { kind: 'html', status: 200 } as const;
const empty = { kind: 'empty', status: 500 } as const;

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await azurite.stop();
});

describe.concurrent('an upload that fails after several attempts', () => {
  const cases: readonly FaultCase[] = [
    ['CreateArtifact', answer(429), 5, 'RATE_LIMIT', /too many requests/, /Re-run the job later/],
    ['CreateArtifact', answer(503), 5, 'SERVICE', /reported a server error/, /githubstatus/],
    ['CreateArtifact', html, 5, 'OTHER_SERVER', /a proxy or a login page/, /actions\.githubusercontent\.com/],
    ['CreateArtifact', empty, 5, 'SERVICE', /an empty or incomplete response/, /not zipped/],
    ['PutBlock', answer(503), 4, 'SERVICE', /reported a server error/, /githubstatus/],
    ['PutBlock', { kind: 'reset' }, 4, 'NETWORK', /the network failed.*keeps the name/, /blob\.core\.windows\.net/],
    ['PutBlockList', answer(500), 4, 'SERVICE', /reported a server error/, /githubstatus/],
    ['FinalizeArtifact', answer(500), 5, 'SERVICE', /reported a server error/, /githubstatus/],
  ];
  it.each(cases)('at %s with %o: %i requests, %s', (...given) => testFault(azurite, given));
});

describe.concurrent('an upload that succeeds at the second attempt', () => {
  it.each([
    ['CreateArtifact', { kind: 'status', status: 503 }, 'Attempt 1 of 5 failed'],
    ['CreateArtifact', { kind: 'reset' }, 'Trying again with 5 connections.'],
    ['CreateArtifact', { kind: 'html', status: 502 }, 'Attempt 1 of 5 failed'],
    ['PutBlock', { kind: 'status', status: 503 }, undefined],
    ['PutBlock', { kind: 'reset' }, undefined],
    ['FinalizeArtifact', { kind: 'status', status: 429 }, 'Attempt 1 of 5 failed'],
  ] as const)('although %s fails once with %o', (operation, fault, said) =>
    withService(azurite, async ({ service, upload, bytes, log }) => {
      const injected = service.inject(operation, fault, 1);
      await uploadArtifact(upload);
      expect(injected.hits).toBe(1);
      expect((await service.read('nixos.img.zst')).equals(bytes)).toBe(true);
      expect(log.infos).toEqual(said === undefined ? [] : [expect.stringContaining(said)]);
    }),
  );
});

// Not at the same time as the others: all connections must stall before the client gives up, or it starts again.
it('an upload succeeds with five connections after many connections stalled', () =>
  withTimeLimit(3000, async (limit) => {
    let peak = 0;
    await withService(
      azurite,
      async ({ service, upload, bytes, log }) => {
        const stall = service.inject('PutBlock', { kind: 'stall' });
        const environment = { ...upload.environment, ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS: `${limit}` };
        const info = (text: string): void => {
          upload.log.info(text);
          // The first attempt has failed. The second has as much time as it needs.
          stall.end();
          peak = service.takePeak('PutBlock');
          environment.ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS = `${inject('hang')}`;
        };
        await uploadArtifact({ ...upload, environment, log: { ...upload.log, info } });
        if (peak < 8) {
          return;
        }
        expect(service.takePeak('PutBlock')).toBeLessThanOrEqual(5);
        expect(log.infos).toEqual([expect.stringContaining('Trying again with 5 connections.')]);
        expect((await service.read('nixos.img.zst')).equals(bytes)).toBe(true);
      },
      { size: 64 * MIB, forgetsUnfinished: true },
    );
    return peak === 8;
  }));
