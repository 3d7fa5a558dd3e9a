import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeImagerManifest } from '../../src/run/imager.ts';
import { exampleReport } from '../report/example-report.ts';
import { setEnvironment } from '../support/environment.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { image } = exampleReport;

function write(options: { readonly tag?: string; readonly size?: number }) {
  const directory = temporaryDirectory();
  const path = join(directory, 'nixos.img.rpi-imager-manifest');
  const warnings: string[] = [];
  const isWritten = writeImagerManifest({
    path,
    blockMap: '/tmp/out/nixos.img.bmap',
    image: { ...image, size: options.size ?? image.size },
    inputs: { release: options.tag === undefined ? undefined : { tag: options.tag, token: 'ghs_0123' } },
    system: { label: 'NixOS' },
    devices: ['pi5-64bit'],
    log: { warning: (_, text) => void warnings.push(text) },
  });
  const { os_list: [item] = [undefined] } = isWritten ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return { isWritten, item, warnings };
}

it('has the URLs of a release of any tag and server', () => {
  setEnvironment({ GITHUB_REPOSITORY: 'o/r', GITHUB_SERVER_URL: 'https://octo.ghe.com/' });
  expect(write({ tag: 'pi/v1#é' }).item).toMatchObject({
    url: 'https://octo.ghe.com/o/r/releases/download/pi/v1%23%C3%A9/nixos.img.zst',
    bmap_url: 'https://octo.ghe.com/o/r/releases/download/pi/v1%23%C3%A9/nixos.img.bmap',
    website: 'https://octo.ghe.com/o/r/releases/tag/pi/v1%23%C3%A9',
  });
});

it('has the URLs of the files without a release, and the page of the repository if there is one', () => {
  setEnvironment({ GITHUB_REPOSITORY: 'o/r', GITHUB_SERVER_URL: undefined });
  const urls = { url: 'file:///tmp/out/nixos.img.zst', bmap_url: 'file:///tmp/out/nixos.img.bmap' };
  expect(write({}).item).toMatchObject({ ...urls, website: 'https://github.com/o/r' });
  setEnvironment({ GITHUB_REPOSITORY: 'nothing' });
  expect(write({}).item).toMatchObject(urls);
  expect(write({}).item).not.toHaveProperty('website');
});

it('is not written for an image that a release has in parts', () => {
  setEnvironment({ GITHUB_REPOSITORY: 'o/r' });
  expect(write({ tag: 'v1', size: 2 ** 31 - 1 })).toMatchObject({ isWritten: true, warnings: [] });
  expect(write({ size: 2 ** 31 })).toMatchObject({ isWritten: true, warnings: [] });
  expect(write({ tag: 'v1', size: 2 ** 31 })).toEqual({
    isWritten: false,
    item: undefined,
    warnings: [expect.stringContaining('smaller than 2 GiB')],
  });
});
