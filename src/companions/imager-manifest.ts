import { basename } from 'node:path';
import type { FinishedImage } from '../image/finished-file.ts';
import { imagerArchitecture, imagerDevice } from './imager-devices.ts';

/** An image in the manifest. */
export interface ImagerItem {
  /** The label of the NixOS system; `undefined` if there is none. */
  readonly label: string | undefined;
  /** Tags of the devices that it is for, at least one. */
  readonly devices: readonly string[];
  /** Absolute URLs: Imager does not resolve them against that of the list. */
  readonly url: string;
  readonly blockMapUrl: string | undefined;
  readonly website: string | undefined;
  readonly image: FinishedImage;
  readonly releaseDate: Date;
}

/**
 * Encodes a manifest of Raspberry Pi Imager with one image. Format: raspberrypi/rpi-imager,
 * doc/json-schema/os-list-schema.json. Imager 2 needs `imager.devices` for its first step. The `init_format` none turns off
 * settings that only Raspberry Pi OS and cloud-init apply; without it, Imager 1 offers them.
 */
export function encodeImagerManifest(item: ImagerItem): string {
  const architecture = imagerArchitecture(item.devices);
  const byName = Map.groupBy(item.devices, (tag) => imagerDevice(tag).name);
  const devices = [...byName].map(([name, tags]) => ({
    name,
    description: imagerDevice(tags[0]).description,
    tags,
    matching_type: 'exclusive',
    architecture: imagerArchitecture(tags),
  }));
  const manifest = { imager: { devices }, os_list: [describe(item, [...byName.keys()], architecture)] };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function describe(
  { label, devices, url, blockMapUrl, website, image, releaseDate }: ImagerItem,
  deviceNames: readonly string[],
  architecture: string | undefined,
): object {
  const fileName = basename(image.path);
  const purpose = `NixOS for ${LIST.format(deviceNames)}`;
  return {
    name: label ?? fileName,
    description: label === undefined ? purpose : `${fileName}: ${purpose}`,
    icon: 'https://nixos.org/favicon.png',
    url,
    extract_size: image.uncompressedSize,
    extract_sha256: image.uncompressedSha256,
    image_download_size: image.size,
    image_download_sha256: image.sha256,
    release_date: releaseDate.toISOString().slice(0, 'YYYY-MM-DD'.length),
    init_format: 'none',
    devices,
    architecture,
    bmap_url: blockMapUrl,
    website,
  };
}

const LIST = new Intl.ListFormat('en-GB');
