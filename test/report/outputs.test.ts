import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { announceImage, outputsOf, setOutputs } from '../../src/report/outputs.ts';
import { setEnvironment } from '../support/environment.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exampleReport } from './example-report.ts';

it('has an output for every fact about an uploaded image', () => {
  expect(outputsOf(exampleReport)).toEqual({
    'image-path': '/tmp/out/nixos.img.zst',
    'image-name': 'nixos.img.zst',
    'image-size': '851771392',
    'image-sha256': '1'.repeat(64),
    'uncompressed-size': '2576980377',
    'uncompressed-sha256': '2'.repeat(64),
    uuid: '44444444-4444-4444-8888-888888888888',
    'closure-paths': '3',
    'closure-size': '931500000',
    'artifact-id': '4711',
    'artifact-url': 'https://github.com/o/r/actions/runs/99/artifacts/4711',
    'artifact-digest': '1'.repeat(64),
    'manifest-path': '/tmp/out/nixos.img.manifest.json',
    'sbom-path': '/tmp/out/nixos.img.cdx.json',
    'checksums-path': '/tmp/out/SHA256SUMS',
    'block-map-path': '/tmp/out/nixos.img.bmap',
    'imager-manifest-path': '/tmp/out/nixos.img.rpi-imager-manifest',
    files: expect.any(String),
    'release-url': 'https://github.com/o/r/releases/tag/untagged-0123',
  });
});

it('lists every file that is left', () => {
  const files: unknown = JSON.parse(outputsOf(exampleReport).files ?? '');
  expect(files).toEqual([
    {
      path: '/tmp/out/nixos.img.zst',
      name: 'nixos.img.zst',
      size: 851_771_392,
      sha256: '1'.repeat(64),
      kind: 'image',
    },
    ...exampleReport.companions.map((companion) => ({ ...companion, name: companion.path.slice('/tmp/out/'.length) })),
  ]);
});

it('leaves out outputs without a value', () => {
  const companions = exampleReport.companions.filter(({ kind }) => kind === 'manifest' || kind === 'checksums');
  const names = Object.keys(outputsOf({ ...exampleReport, companions, artifact: undefined, release: undefined }));
  expect(names).toHaveLength(12);
  expect(names.filter((name) => /^(artifact|release|block-map|imager)/.test(name))).toEqual([]);
});

it('writes them so that no value can pass for another output', () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'output');
  writeFileSync(file, '');
  setEnvironment({ GITHUB_OUTPUT: file });
  const path = '/tmp/out\nuuid=forged\nimage-name<<EOF\nforged\nEOF\n/nixos.img';
  const report = { ...exampleReport, image: { ...exampleReport.image, path } };
  setOutputs(outputsOf(report));
  const read = readOutputs(readFileSync(file, 'utf8'));
  expect(read).toEqual({ ...outputsOf(exampleReport), 'image-path': path, files: outputsOf(report).files });
});

it('tells later steps where the image is, on runners that have a file for it', () => {
  const file = join(temporaryDirectory(), 'env');
  writeFileSync(file, '');
  announceImage('/tmp/nowhere.img', {});
  expect(readFileSync(file, 'utf8')).toBe('');
  setEnvironment({ GITHUB_ENV: file, NIX_EXT4_IMAGE_PATH: undefined });
  announceImage('/tmp/a\nX=forged.img');
  expect(readOutputs(readFileSync(file, 'utf8'))).toEqual({ NIX_EXT4_IMAGE_PATH: '/tmp/a\nX=forged.img' });
});

/** Reads an output file as the runner does: `name=value`, or `name<<delimiter`, lines, and the delimiter. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 1) {
    const line = lines.shift() ?? '';
    const [, name, delimiter] = /^([^=]*?)<<(.+)$/.exec(line) ?? [];
    if (name === undefined) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
      continue;
    }
    const end = lines.indexOf(delimiter);
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return outputs;
}
