// @module-tag system
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let service: ArtifactService;
beforeAll(async () => {
  service = await startArtifactService();
});
afterAll(() => service.stop());

test('uploads the verified file unchanged, and reports it', async () => {
  const { environment } = service;
  const run = await runAction(
    { 'store-paths': sampleClosure().root, upload: 'true', 'image-name': 'card.img' },
    { directory: temporaryDirectory(), environment },
  );
  expect(run).toMatchObject({
    exitCode: 0,
    files: ['SHA256SUMS', 'card.img.cdx.json', 'card.img.manifest.json', 'card.img.zst'],
  });
  const stored = await service.read('card.img.zst');
  expect(stored.equals(readFileSync(run.outputs['image-path']))).toBe(true);
  const sha256 = createHash('sha256').update(stored).digest('hex');
  expect(run.outputs).toMatchObject({ 'artifact-digest': sha256, 'image-sha256': sha256, 'artifact-id': '1' });
  expect(run.outputs['artifact-url']).toMatch(/\/actions\/runs\/.*\/artifacts\/1$/);
  expect(run.summary).toContain('artifacts/1');
  expect(run.summary).toContain(sha256);
});

test('a name that is taken is refused, and replaced with overwrite', async () => {
  const inputs = { 'store-paths': sampleClosure().root, upload: 'true', 'image-name': 'twice.img' };
  const { environment } = service;
  expect(await runAction(inputs, { directory: temporaryDirectory(), environment })).toMatchObject({ exitCode: 0 });
  const refused = await runAction(inputs, { directory: temporaryDirectory(), environment });
  expect(refused).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [] });
  expect(refused.log).toContain('overwrite');
  const replaced = await runAction(
    { ...inputs, overwrite: 'true', 'free-space': '20MiB' },
    { directory: temporaryDirectory(), environment },
  );
  expect(replaced).toMatchObject({ exitCode: 0 });
  const stored = await service.read('twice.img.zst');
  expect(createHash('sha256').update(stored).digest('hex')).toBe(replaced.outputs['image-sha256']);
});
