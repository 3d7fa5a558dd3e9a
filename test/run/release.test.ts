// @module-tag slow
import { writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Companion } from '../../src/companions/companion.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { attachToRelease } from '../../src/run/release.ts';
import { createLog, type Log } from '../../src/runner/log.ts';
import { failure } from '../artifact/fixture.ts';
import { exampleReport } from '../report/example-report.ts';
import { startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** The smallest file that GitHub refuses, of zeros. */
const SIZE = 2 ** 31;
const SHA256 = 'a7c744c13cc101ed66c29f672f92455547889cc586ce6d44fe76ae824958ea51';

it('an image of 2 GiB is sent in parts', async () => {
  const service = await startReleaseService();
  onTestFinished(() => service.stop());
  const path = join(temporaryDirectory(), 'nixos.img.zst');
  writeFileSync(path, '');
  await truncate(path, SIZE);
  const inputs = { 'store-paths': 'any', 'release-tag': 'v1', 'github-token': service.token };
  for (const [name, value] of Object.entries(inputs)) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  }
  for (const [name, value] of Object.entries(service.environment)) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  const log: Log = { ...createLog(), phase: async (_, work) => await work(() => {}) };

  // Nothing need be sent to see how much would be.
  service.inject('upload', { kind: 'status', status: 403 });
  const image = { ...exampleReport.image, path, size: SIZE, sha256: SHA256 };
  const companions: readonly Companion[] = [];
  const signal = new AbortController().signal;
  const error = await failure(
    attachToRelease({ inputs: readInputs(), image, changes: undefined, companions, log, signal }),
  );
  expect(error).toMatchObject({ code: 'PERMISSION', message: expect.stringContaining('upload nixos.img.zst.00') });
  const upload = service.requests.find(({ operation }) => operation === 'upload');
  expect(upload?.headers['content-length']).toBe(String(SIZE / 2));
});
