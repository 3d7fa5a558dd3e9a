import { writeSmallFile } from '../image/write-error.ts';
import { encodeImagerList } from './imager-list.ts';

/** A finished image as Raspberry Pi Imager is told of it. Sizes in bytes, SHA-256 in hexadecimal. */
export interface FinishedImage {
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly uncompressedSize: number;
  readonly uncompressedSha256: string;
}

/** Writes a list of one image for Raspberry Pi Imager. Where the image will be had is left to be filled in. */
export function writeImagerEntry(image: FinishedImage, releaseDate: Date, path: string): void {
  const list = encodeImagerList({
    name: image.fileName,
    description: 'NixOS SD card image',
    url: `https://example.com/${encodeURIComponent(image.fileName)}`,
    icon: 'https://nixos.org/favicon.png',
    extractSize: image.uncompressedSize,
    extractSha256: Buffer.from(image.uncompressedSha256, 'hex'),
    downloadSize: image.size,
    downloadSha256: Buffer.from(image.sha256, 'hex'),
    releaseDate,
  });
  writeSmallFile(path, list);
}
