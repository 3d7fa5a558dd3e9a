import { writeBlockMap } from '../companions/block-map.ts';
import { CHECKSUMS_NAME } from '../companions/checksums.ts';
import { writeImagerManifest } from '../companions/imager-manifest.ts';
import { VERSION, writeManifest } from '../companions/manifest.ts';
import type { WrittenImage } from '../image/write.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { formatUuid } from '../text/uuid.ts';
import type { Verification } from '../verify/verify-image.ts';
import type { Context } from './context.ts';
import type { PlannedImage } from './plan.ts';

/** The files that are left beside the image. Absolute paths. */
export interface Companions {
  readonly manifest: string;
  /** All of them, the manifest too. */
  readonly paths: readonly string[];
}

/** Names of all files that are left beside an image, the list of checksums too. */
export function namesBeside({ imageName, format }: Pick<Inputs, 'imageName' | 'format'>): readonly string[] {
  const { manifest, blockMap, imagerEntry } = namesOf(imageName);
  return [CHECKSUMS_NAME, manifest, ...(format === 'sd-card' ? [blockMap, imagerEntry] : [])];
}

/** Writes the image's manifest and, for a card, its block map and its entry for Raspberry Pi Imager. */
export function writeCompanions(
  context: Context,
  closure: readonly StorePathInfo[],
  image: PlannedImage,
  { access, uncompressedSha256 }: WrittenImage,
  verification: Verification,
): Promise<Companions> {
  const { inputs, log, pool, output, e2fsck, nixVersion } = context;
  const { card, filesystem } = image.description;
  const names = namesOf(inputs.imageName);
  const fileSha256 = Buffer.from(verification.fileSha256);
  const finished = {
    path: output.path,
    size: verification.fileSize,
    sha256: fileSha256.toString('hex'),
    uncompressedSize: image.size,
    uncompressedSha256: (uncompressedSha256 ?? fileSha256).toString('hex'),
  };
  return log.phase('Describe the image', async (progress) => {
    const manifest = output.beside(names.manifest);
    writeManifest(manifest, {
      image: { ...finished, format: inputs.format, compression: inputs.compression },
      filesystem: {
        uuid: formatUuid(filesystem.plan.uuid),
        label: inputs.volumeLabel,
        freeBytes: image.usage.freeBytes,
      },
      card: card && { layout: card.layout, firmwareLabel: inputs.firmwareLabel },
      storePaths: closure,
      tools: { 'nix-ext4-image': VERSION, e2fsck: e2fsck.version, nix: nixVersion },
    });
    if (card === undefined) {
      return { manifest, paths: [manifest] };
    }
    const blockMap = output.beside(names.blockMap);
    const imagerEntry = output.beside(names.imagerEntry);
    await writeBlockMap(pool, {
      access: { ...access, path: output.path },
      card,
      filesystem,
      path: blockMap,
      onProgress: progress,
    });
    writeImagerManifest(finished, releaseDate(), imagerEntry);
    return { manifest, paths: [manifest, blockMap, imagerEntry] };
  });
}

/** They go by the image's name without the suffix of its compression. */
function namesOf(imageName: string) {
  return {
    manifest: `${imageName}.manifest.json`,
    blockMap: `${imageName}.bmap`,
    imagerEntry: `${imageName}.json`,
  } as const;
}

/** Today, or the time that a reproducible build is given (reproducible-builds.org/specs/source-date-epoch). */
function releaseDate(): Date {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
  return Number.isSafeInteger(epoch) ? new Date(epoch * 1000) : new Date();
}
