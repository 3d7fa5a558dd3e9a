/** What Raspberry Pi Imager is told of an image. Sizes in bytes, SHA-256 of the bytes. */
export interface ImagerImage {
  readonly name: string;
  readonly description: string;
  /** Where the image will be had; a placeholder that is still to be replaced will do. */
  readonly url: string;
  /** A picture, 40 by 40. */
  readonly icon: string;
  readonly extractSize: number;
  readonly extractSha256: Uint8Array;
  readonly downloadSize: number;
  readonly downloadSha256: Uint8Array;
  readonly releaseDate: Date;
}

/**
 * A list of one image for Raspberry Pi Imager, as `rpi-imager --repo FILE` takes it; the item can be copied into a longer
 * list. Fields are those of raspberrypi/rpi-imager, doc/json-schema/os-list-schema.json and doc/os-sublist-example.json.
 * `init_format` is left out: it offers settings that are applied in Raspberry Pi OS's or cloud-init's way.
 */
export function encodeImagerList(image: ImagerImage): string {
  const item = {
    name: image.name,
    description: image.description,
    icon: image.icon,
    url: image.url,
    extract_size: image.extractSize,
    extract_sha256: hex(image.extractSha256),
    image_download_size: image.downloadSize,
    image_download_sha256: hex(image.downloadSha256),
    release_date: image.releaseDate.toISOString().slice(0, 'YYYY-MM-DD'.length),
  };
  return `${JSON.stringify({ os_list: [item] }, undefined, 2)}\n`;
}

function hex(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex');
}
