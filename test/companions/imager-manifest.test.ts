import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeImagerManifest, writeImagerManifest } from '../../src/companions/imager-manifest.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const image = {
  path: '/output/nixos pi.img.zst',
  size: 12345,
  sha256: '01'.repeat(32),
  uncompressedSize: 2 ** 40,
  uncompressedSha256: 'ab'.repeat(32),
};
const releaseDate = new Date(Date.UTC(2026, 1, 3, 23, 59));

describe('encodeImagerManifest', () => {
  it('encodes a list for rpi-imager --repo', () => {
    const text = encodeImagerManifest({
      name: 'NixOS "pi"',
      description: 'aarch64-linux',
      url: 'https://example.org/nixos.img.zst',
      icon: 'https://example.org/icon.svg',
      image,
      releaseDate,
    });
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      os_list: [
        {
          name: 'NixOS "pi"',
          description: 'aarch64-linux',
          icon: 'https://example.org/icon.svg',
          url: 'https://example.org/nixos.img.zst',
          extract_size: 1099511627776,
          extract_sha256: 'ab'.repeat(32),
          image_download_size: 12345,
          image_download_sha256: '01'.repeat(32),
          release_date: '2026-02-03',
        },
      ],
    });
  });
});

describe('writeImagerManifest', () => {
  it('names the image after its file, with a placeholder for its URL', () => {
    const path = join(temporaryDirectory(), 'nixos.img.json');
    writeImagerManifest(image, releaseDate, path);
    expect(JSON.parse(readFileSync(path, 'utf8')).os_list).toMatchObject([
      { name: 'nixos pi.img.zst', url: 'https://example.com/nixos%20pi.img.zst', image_download_size: 12345 },
    ]);
  });
});
