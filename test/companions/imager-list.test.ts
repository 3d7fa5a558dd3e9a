import { expect, it } from 'vitest';
import { encodeImagerList } from '../../src/companions/imager-list.ts';

it('writes a list as rpi-imager --repo takes it', () => {
  const text = encodeImagerList({
    name: 'NixOS "pi"',
    description: 'aarch64-linux',
    url: 'https://example.org/nixos.img.zst',
    icon: 'https://example.org/icon.svg',
    extractSize: 2 ** 40,
    extractSha256: Buffer.alloc(32, 0xab),
    downloadSize: 12345,
    downloadSha256: Buffer.alloc(32, 0x01),
    releaseDate: new Date(Date.UTC(2026, 1, 3, 23, 59)),
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
