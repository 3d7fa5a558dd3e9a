import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { devicesOfFirmware, imagerDevice } from '../../src/companions/imager-devices.ts';
import { encodeImagerManifest, type ImagerItem } from '../../src/companions/imager-manifest.ts';
import type { FatTree } from '../../src/fat/tree.ts';
import { validate } from '../support/json-schema.ts';

/**
 * Of Raspberry Pi Imager, under the Apache License 2.0, reformatted: github.com/raspberrypi/rpi-imager at 72ad117,
 * doc/json-schema/os-list-schema.json. Copyright Raspberry Pi Ltd.
 */
const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'rpi-imager/os-list-schema.json'), 'utf8'));

const item: ImagerItem = {
  label: 'NixOS "25.11"',
  devices: ['pi5-64bit', 'pi4-64bit'],
  url: 'https://example.org/nixos%20pi.img.zst',
  blockMapUrl: 'https://example.org/nixos%20pi.img.bmap',
  website: 'https://example.org/',
  image: {
    path: '/output/nixos pi.img.zst',
    size: 12345,
    sha256: '01'.repeat(32),
    uncompressedSize: 2 ** 40,
    uncompressedSha256: 'ab'.repeat(32),
  },
  releaseDate: new Date(Date.UTC(2026, 1, 3, 23, 59)),
};

describe('encodeImagerManifest', () => {
  it("encodes a list that is valid by Imager's own schema", () => {
    const text = encodeImagerManifest(item);
    expect(text.endsWith('}\n')).toBe(true);
    const manifest = JSON.parse(text);
    expect(validate(schema, manifest)).toEqual([]);
    expect(manifest).toEqual({
      imager: {
        devices: [
          {
            name: 'Raspberry Pi 5',
            description: 'Raspberry Pi 5, 500, 500+ and Compute Module 5',
            tags: ['pi5-64bit'],
            matching_type: 'exclusive',
            architecture: 'armv8',
          },
          expect.objectContaining({ name: 'Raspberry Pi 4', tags: ['pi4-64bit'] }),
        ],
      },
      os_list: [
        {
          name: 'NixOS "25.11"',
          description: 'nixos pi.img.zst: NixOS for Raspberry Pi 5 and Raspberry Pi 4',
          icon: 'https://nixos.org/favicon.png',
          url: 'https://example.org/nixos%20pi.img.zst',
          extract_size: 1099511627776,
          extract_sha256: 'ab'.repeat(32),
          image_download_size: 12345,
          image_download_sha256: '01'.repeat(32),
          release_date: '2026-02-03',
          init_format: 'none',
          devices: ['pi5-64bit', 'pi4-64bit'],
          architecture: 'armv8',
          bmap_url: 'https://example.org/nixos%20pi.img.bmap',
          website: 'https://example.org/',
        },
      ],
    });
  });

  it.each(['imager.devices.0.tags', 'os_list.0.devices', 'os_list.0.url', 'os_list.0.release_date'])(
    'writes %s, which the schema requires',
    (path) => {
      const without = JSON.parse(encodeImagerManifest(item), function remove(key, value) {
        return value !== null && typeof value === 'object' && key === path.split('.').at(-2)
          ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== path.split('.').at(-1)))
          : value;
      });
      expect(validate(schema, without)).not.toEqual([]);
    },
  );

  it('is named after its file where the image has no system, and for both architectures without one', () => {
    const text = encodeImagerManifest({
      ...item,
      label: undefined,
      website: undefined,
      devices: ['pi4-64bit', 'pi4-32bit'],
    });
    const manifest = JSON.parse(text);
    expect(validate(schema, manifest)).toEqual([]);
    expect(manifest.imager.devices).toMatchObject([{ name: 'Raspberry Pi 4', tags: ['pi4-64bit', 'pi4-32bit'] }]);
    expect(manifest.os_list).toMatchObject([
      { name: 'nixos pi.img.zst', description: 'NixOS for Raspberry Pi 4', devices: ['pi4-64bit', 'pi4-32bit'] },
    ]);
    expect(manifest.os_list[0]).not.toHaveProperty('architecture');
    expect(manifest.os_list[0]).not.toHaveProperty('website');
  });
});

describe('devicesOfFirmware', () => {
  it.each([
    [['bcm2711-rpi-4-b.dtb', 'bcm2711-rpi-400.dtb'], undefined, ['pi4-64bit']],
    [['BCM2710-rpi-3-b.DTB', 'bcm2712d0-rpi-5-b.dtb'], undefined, ['pi5-64bit', 'pi3-64bit']],
    [['nixos/default/bcm2712-rpi-5-b.dtb'], 'nixos/default', ['pi5-64bit']],
    [['nixos/default/bcm2712-rpi-5-b.dtb'], undefined, []],
    [['nixos/linux-dtbs/broadcom/bcm2711-rpi-4-b.dtb', 'overlays/bcm2711-x.dtbo'], undefined, []],
    [['config.txt', 'rk3588-orangepi-5.dtb', 'bcm2711-notes.txt'], undefined, []],
  ])('of %j with the prefix %s are %j', (paths, prefix, tags) => {
    expect(devicesOfFirmware(treeOf(paths), prefix, 'aarch64-linux')).toEqual(tags);
    expect(devicesOfFirmware(treeOf(paths), prefix, undefined)).toEqual(tags);
  });

  it('are those of the platform', () => {
    const tree = treeOf(['bcm2711-rpi-4-b.dtb']);
    expect(devicesOfFirmware(tree, undefined, 'armv7l-linux')).toEqual(['pi4-32bit']);
    expect(devicesOfFirmware(tree, undefined, 'x86_64-linux')).toEqual([]);
  });
});

it('names devices that are newer than this list', () => {
  expect(imagerDevice('pi6-64bit')).toEqual({ name: 'Raspberry Pi 6', description: 'Models of the Raspberry Pi 6' });
});

function treeOf(paths: readonly string[]): FatTree {
  const entries: FatTree['entries'][number][] = [{ kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 }];
  for (const path of paths) {
    const names = path.split('/');
    let parent = 0;
    for (const [i, name] of names.entries()) {
      const kind = i === names.length - 1 ? 'file' : 'directory';
      parent = entries.push({ kind, parent, name: Buffer.from(name), size: kind === 'file' ? 100 : 0 }) - 1;
    }
  }
  return { entries };
}
