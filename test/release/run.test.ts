// @module-tag system
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { validate } from '../support/json-schema.ts';
import { buildPaths, sampleClosure } from '../support/nix-store.ts';
import { type ReleaseService, startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/manifest.schema.json'), 'utf8'));

const sbomValidator = new JsonStrictValidator(Version.v1dot6);

let service: ReleaseService;
beforeAll(async () => {
  service = await startReleaseService();
});
afterAll(() => service.stop());

function checkSums(directory: string): string {
  return execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: directory, encoding: 'utf8' });
}

function released(tag: string): Readonly<Record<string, Buffer>> {
  const release = service.store.releases().find((candidate) => candidate.tag === tag);
  const assets = release === undefined ? [] : service.store.assetsOf(release.id);
  return Object.fromEntries(assets.map(({ name, contents }) => [name, contents]));
}

test('an image has a manifest and checksums, is compared with the last one, added to a draft and registered for attestation', async () => {
  const { root, paths } = sampleClosure();
  const first = await runAction({ 'store-paths': paths['sample-file'] ?? '' }, { directory: temporaryDirectory() });
  expect(first).toMatchObject({
    exitCode: 0,
    files: ['SHA256SUMS', 'nixos.img.cdx.json', 'nixos.img.manifest.json', 'nixos.img.zst'],
  });

  const directory = temporaryDirectory();
  const list = join(directory, 'artifacts');
  writeFileSync(list, '');
  const run = await runAction(
    {
      'store-paths': root,
      baseline: first.outputs['manifest-path'] ?? '',
      'release-tag': 'v1.0',
      'github-token': service.token,
      compression: 'gzip',
    },
    { directory, environment: { ...service.environment, GITHUB_ARTIFACTS: list } },
  );
  expect(run).toMatchObject({
    exitCode: 0,
    files: ['SHA256SUMS', 'nixos.img.cdx.json', 'nixos.img.gz', 'nixos.img.manifest.json'],
  });
  const output = join(directory, 'output');
  expect(run.outputs).toMatchObject({
    'manifest-path': join(output, 'nixos.img.manifest.json'),
    'sbom-path': join(output, 'nixos.img.cdx.json'),
    'checksums-path': join(output, 'SHA256SUMS'),
    'release-url': expect.stringContaining('github.com/example/images/releases'),
  });
  expect(checkSums(output)).toBe('nixos.img.cdx.json: OK\nnixos.img.gz: OK\nnixos.img.manifest.json: OK\n');

  const manifest = JSON.parse(readFileSync(run.outputs['manifest-path'] ?? '', 'utf8'));
  expect(validate(schema, manifest)).toEqual([]);
  expect(manifest.image).toMatchObject({
    fileName: 'nixos.img.gz',
    compression: 'gzip',
    sha256: run.outputs['image-sha256'],
    uncompressedSha256: run.outputs['uncompressed-sha256'],
  });
  expect(manifest.storePaths).toHaveLength(Number(run.outputs['closure-paths']));

  const text = readFileSync(run.outputs['sbom-path'] ?? '', 'utf8');
  expect(await sbomValidator.validate(text)).toBeNull();
  const sbom = JSON.parse(text);
  const hashes = [{ alg: 'SHA-256', content: run.outputs['image-sha256'] }];
  expect(sbom.metadata.component).toMatchObject({ type: 'file', name: 'nixos.img.gz', hashes });
  expect(sbom.components.map(({ properties }: { properties: unknown }) => properties)).toEqual(
    manifest.storePaths.map(({ path, narHash, narSize }: Record<string, unknown>) => [
      { name: 'nix:nar_hash', value: narHash },
      { name: 'nix:nar_size', value: String(narSize) },
      { name: 'nix:store_path', value: path },
    ]),
  );

  expect(Object.keys(released('v1.0')).sort()).toEqual([
    'SHA256SUMS',
    'nixos.img.cdx.json',
    'nixos.img.gz',
    'nixos.img.manifest.json',
  ]);
  expect(released('v1.0')['nixos.img.gz']?.equals(readFileSync(run.outputs['image-path'] ?? ''))).toBe(true);
  expect(service.store.releases()).toMatchObject([
    { isDraft: true, body: expect.stringContaining('What changed since') },
  ]);
  expect(readFileSync(list, 'utf8')).toBe(`${run.outputs['image-path']}\n`);
  expect(run.log).toMatch(/^Since nixos\.img\.manifest\.json: 4 packages added; 3 -> 7 store paths, /m);
  expect(run.summary).toContain('What changed since <code>nixos.img.manifest.json</code>');
  expect(run.summary).toContain(run.outputs['release-url'] ?? 'no URL');
  expect(run.log).not.toContain(service.token);
});

test('a card has a block map, an Imager manifest and a layout in its manifest', async () => {
  const directory = temporaryDirectory();
  const inputs = {
    'store-paths': sampleClosure().root,
    format: 'sd-card',
    compression: 'none',
    'image-name': 'card.img',
    'imager-devices': 'pi5-64bit pi4-64bit',
  };
  const run = await runAction(
    { ...inputs, 'release-tag': 'v2.0', 'github-token': service.token },
    { directory, environment: service.environment },
  );
  const files = [
    'SHA256SUMS',
    'card.img',
    'card.img.bmap',
    'card.img.cdx.json',
    'card.img.manifest.json',
    'card.img.rpi-imager-manifest',
  ];
  expect(run).toMatchObject({ exitCode: 0, files });
  expect(checkSums(join(directory, 'output')).match(/: OK$/gm)).toHaveLength(5);
  const manifest = JSON.parse(readFileSync(run.outputs['manifest-path'] ?? '', 'utf8'));
  expect(validate(schema, manifest)).toEqual([]);
  const sfdisk = execFileSync('sfdisk', ['--json', run.outputs['image-path'] ?? ''], { encoding: 'utf8' });
  const [partition] = JSON.parse(sfdisk).partitiontable.partitions;
  expect(manifest.layout.parts).toMatchObject([{ offset: partition.start * 512, size: partition.size * 512 }]);
  expect(Object.keys(released('v2.0')).sort()).toEqual(files);
  const imager = JSON.parse(released('v2.0')['card.img.rpi-imager-manifest'].toString());
  const download = 'https://github.com/example/images/releases/download/v2.0';
  expect(imager.os_list).toMatchObject([
    {
      name: 'card.img',
      url: `${download}/card.img`,
      bmap_url: `${download}/card.img.bmap`,
      website: 'https://github.com/example/images/releases/tag/v2.0',
      devices: ['pi5-64bit', 'pi4-64bit'],
    },
  ]);
});

test('the same inputs produce the same manifest and SBOM', async () => {
  const inputs = { 'store-paths': sampleClosure().root };
  const runs = [
    await runAction(inputs, { directory: temporaryDirectory() }),
    await runAction(inputs, { directory: temporaryDirectory() }),
  ];
  for (const output of ['manifest-path', 'sbom-path']) {
    const [first, second] = runs.map(({ outputs }) => readFileSync(outputs[output] ?? '', 'utf8'));
    expect(first, output).toBe(second);
  }
});

test('errors of a release or a baseline are reported before any work', async () => {
  const { small } = buildPaths({ small: { script: 'echo small > $out' } });
  const run = (inputs: Readonly<Record<string, string>>) =>
    runAction(
      { 'store-paths': small ?? '', ...inputs },
      { directory: temporaryDirectory(), environment: service.environment },
    );
  const runs = await Promise.all([
    run({ 'release-tag': 'v3.0', 'github-token': 'ghs_wrong' }),
    run({ 'release-tag': 'v3.0' }),
    run({ baseline: small ?? '' }),
  ]);
  for (const { exitCode, files, temporaryFiles, log } of runs) {
    expect({ exitCode, files, temporaryFiles }).toEqual({ exitCode: 1, files: [], temporaryFiles: [] });
    expect(log).not.toContain('::group::');
    expect(log.match(/^::error /gm)).toHaveLength(1);
    expect(log).toContain('What to do: ');
  }
  expect(runs[0]?.log).toContain('title=The release could not be looked up');
  expect(runs[0]?.log).not.toContain('ghs_wrong');
  expect(runs[2]?.log).toContain(`The baseline ${small} cannot be read.`);
  expect(released('v3.0')).toEqual({});
});

test('a failed release leaves no image', async () => {
  const refused = service.inject('create', { kind: 'status', status: 403 }, 1);
  const run = await runAction(
    { 'store-paths': sampleClosure().root, 'release-tag': 'v4.0', 'github-token': service.token },
    { directory: temporaryDirectory(), environment: service.environment },
  );
  expect(refused.hits).toBe(1);
  expect(run).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [] });
  expect(run.log).toContain('contents: write');
  expect(run.outputs).toEqual({});
});
