// @module-tag system
/** The whole step when the upload fails; test/artifact has every way in which it can fail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault, Operation } from '../support/artifact-faults.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { until } from '../support/until.ts';
import { expectCleanFailure, expectNothingLeft, runFaulty } from './support/faults.ts';

let service: ArtifactService;
beforeAll(async () => {
  service = await startArtifactService({ forgetsUnfinished: true });
});
afterAll(() => service.stop());

const inputs = (name: string): Record<string, string> => ({
  'store-paths': sampleClosure().root,
  upload: 'true',
  'image-name': name,
});

const names = (): readonly string[] => service.artifacts().map(({ name }) => name);

describe('the step fails and leaves neither file nor artifact', () => {
  const CASES: readonly (readonly [string, Operation, Fault, RegExp])[] = [
    ['refused', 'CreateArtifact', { kind: 'status', status: 403 }, /refused it[\s\S]*token of a job/],
    [
      'quota',
      'CreateArtifact',
      { kind: 'status', status: 403, message: 'insufficient usage' },
      /artifact storage is full/,
    ],
    ['expired', 'CreateArtifact', { kind: 'expired' }, /valid for about an hour/],
    ['page', 'PutBlock', { kind: 'html', status: 200 }, /a proxy or a login page/],
    ['unfinished', 'FinalizeArtifact', { kind: 'status', status: 403 }, /refused it/],
    [
      'digest',
      'ListArtifacts',
      { kind: 'altered', properties: { digest: `sha256:${'0'.repeat(64)}` } },
      /differs from the verified image[\s\S]*It was deleted again/,
    ],
  ];
  test.each(CASES)('%s, at %s', async (name, operation, fault, words) => {
    const injected = service.inject(operation, fault, 1);
    const run = await runFaulty(inputs(`${name}.img`), { environment: service.environment });
    expect(injected.hits).toBe(1);
    const text = expectCleanFailure(run);
    expect(text).toMatch(/The artifact (was not uploaded|differs from)/);
    expect(text).toMatch(words);
    expect(names()).toEqual([]);
  });

  test('when the name is taken, with overwrite as the remedy', async () => {
    const environment = service.environment;
    const first = await runFaulty(inputs('taken.img'), { environment });
    expect(first).toMatchObject({
      exitCode: 0,
      files: ['SHA256SUMS', 'taken.img.cdx.json', 'taken.img.manifest.json', 'taken.img.zst'],
      leftRunning: [],
    });
    const before = await service.read('taken.img.zst');
    const text = expectCleanFailure(
      await runFaulty({ ...inputs('taken.img'), 'free-space': '20MiB' }, { environment }),
    );
    expect(text).toMatch(/already has an artifact with that name[\s\S]*Set overwrite to true/);
    // The first artifact is unchanged.
    expect((await service.read('taken.img.zst')).equals(before)).toBe(true);
  });

  test('when it is cancelled while the service does not answer', async () => {
    const stall = service.inject('PutBlock', { kind: 'stall' }, 1);
    const run = await runFaulty(inputs('stall.img'), {
      environment: service.environment,
      async during({ pid }) {
        await until(() => stall.hits === 1, 'the first block');
        process.kill(pid, 'SIGINT');
      },
    });
    expect(expectNothingLeft(run)).toContain('cancelled (SIGINT)');
    expect(names()).not.toContain('stall.img.zst');
  });
});
