import { basename } from 'node:path';
import type { FinishedImage } from '../image/finished-file.ts';
import { writeSmallFile } from '../image/write-error.ts';

/** An image in the manifest. */
export interface ImagerItem {
  readonly name: string;
  readonly description: string;
  /** URL of the image; may be a placeholder. */
  readonly url: string;
  /** URL of a picture of 40 by 40 pixels. */
  readonly icon: string;
  readonly image: FinishedImage;
  readonly releaseDate: Date;
}

/**
 * Encodes a Raspberry Pi Imager manifest with one image, for `rpi-imager --repo FILE`; the item can be copied into a longer
 * list. Fields: raspberrypi/rpi-imager, doc/json-schema/os-list-schema.json and doc/os-sublist-example.json. It has no
 * `init_format`: that offers settings which only Raspberry Pi OS and cloud-init apply.
 */
export function encodeImagerManifest({ name, description, icon, url, image, releaseDate }: ImagerItem): string {
  const item = {
    name,
    description,
    icon,
    url,
    extract_size: image.uncompressedSize,
    extract_sha256: image.uncompressedSha256,
    image_download_size: image.size,
    image_download_sha256: image.sha256,
    release_date: releaseDate.toISOString().slice(0, 'YYYY-MM-DD'.length),
  };
  return `${JSON.stringify({ os_list: [item] }, undefined, 2)}\n`;
}

/**
 * Writes a Raspberry Pi Imager manifest for a finished image to `path`. Its URL is a placeholder for the user to replace.
 * Errors as in `writeError`.
 */
export function writeImagerManifest(image: FinishedImage, releaseDate: Date, path: string): void {
  const name = basename(image.path);
  const manifest = encodeImagerManifest({
    name,
    description: 'NixOS SD card image',
    icon: 'https://nixos.org/favicon.png',
    url: `https://example.com/${encodeURIComponent(name)}`,
    image,
    releaseDate,
  });
  writeSmallFile(path, manifest);
}
