import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { devicesOfFirmware } from '../companions/imager-devices.ts';
import { encodeImagerManifest } from '../companions/imager-manifest.ts';
import { writeSmallFile } from '../image/write-error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import { readOsPrefix } from '../nixos/raspberry-pi/config.ts';
import { LARGEST_ASSET } from '../release/split.ts';
import { assetUrl, pageUrl } from '../release/target.ts';
import type { ImageReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';
import type { CardParts } from './prepare/card-parts.ts';

/** The devices of Raspberry Pi Imager that a card is for: those of the input, or of its firmware. */
export function imagerDevicesOf(
  { imagerDevices, firmwareFiles }: Pick<Inputs, 'imagerDevices' | 'firmwareFiles'>,
  cardParts: CardParts | undefined,
  system: Pick<BootableSystem, 'platform'> | undefined,
): readonly string[] {
  const tree = cardParts?.firmware?.tree;
  if (imagerDevices.length > 0 || tree === undefined) {
    return imagerDevices;
  }
  const prefix = firmwareFiles === undefined ? undefined : readOsPrefix(firmwareFiles);
  return devicesOfFirmware(tree, prefix, system?.platform);
}

/**
 * Writes the manifest for Raspberry Pi Imager to `path`. Its URLs are those of the release, or of the files on this machine
 * without one. Returns whether it did: a release has no URL for the whole of an image that is attached in parts. Errors as
 * in `writeError`.
 */
export function writeImagerManifest({
  path,
  blockMap,
  image,
  inputs: { release },
  system,
  devices,
  log,
}: {
  readonly path: string;
  readonly blockMap: string;
  readonly image: ImageReport;
  readonly inputs: Pick<Inputs, 'release'>;
  readonly system: Pick<BootableSystem, 'label'> | undefined;
  readonly devices: readonly string[];
  readonly log: Pick<Log, 'warning'>;
}): boolean {
  if (release !== undefined && image.size > LARGEST_ASSET) {
    log.warning(
      'No manifest for Raspberry Pi Imager',
      `The release has ${image.fileName} in parts, which Imager cannot join. Set compression to xz, or compression-level ` +
        'to a higher level, to make the image smaller than 2 GiB.',
    );
    return false;
  }
  const urlOf = (file: string): string =>
    release === undefined ? pathToFileURL(file).href : assetUrl(release.tag, basename(file));
  const manifest = encodeImagerManifest({
    label: system?.label,
    devices,
    url: urlOf(image.path),
    blockMapUrl: urlOf(blockMap),
    website: pageUrl(release?.tag),
    image,
    releaseDate: releaseDate(),
  });
  writeSmallFile(path, manifest);
  return true;
}

/** Today, or SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch). */
function releaseDate(): Date {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
  return Number.isSafeInteger(epoch) ? new Date(epoch * 1000) : new Date();
}
