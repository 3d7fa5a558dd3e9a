import { writeBlockMap } from '../companions/block-map.ts';
import { CHECKSUMS_NAME } from '../companions/checksums.ts';
import { writeImagerManifest } from '../companions/imager-manifest.ts';
import { VERSION, writeManifest } from '../companions/manifest.ts';
import { writeSbom } from '../companions/sbom.ts';
import type { OutputFile } from '../image/output-file.ts';
import type { WrittenImage } from '../image/write.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { ImageReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';
import { formatUuid } from '../text/format.ts';
import type { Pool } from '../threads/pool.ts';
import type { WorkerTasks } from '../worker.ts';
import type { PlannedImage } from './plan.ts';
import type { Tools } from './tools.ts';

/** The files that are left beside the image. Absolute paths. */
export interface Companions {
  readonly manifest: string;
  readonly sbom: string;
  /** All of them, including the manifest and the SBOM. */
  readonly paths: readonly string[];
}

/** Names of all files that are left beside an image, including the list of checksums. */
export function companionNames({ imageName, format }: Pick<Inputs, 'imageName' | 'format'>): readonly string[] {
  const { manifest, sbom, blockMap, imagerEntry } = namesFor(imageName);
  return [CHECKSUMS_NAME, manifest, sbom, ...(format === 'sd-card' ? [blockMap, imagerEntry] : [])];
}

/** Writes the image's manifest, its SBOM and, for a card, its block map and its entry for Raspberry Pi Imager. */
export function writeCompanions({
  inputs,
  system,
  closure,
  plan,
  written,
  image,
  output,
  tools,
  pool,
  log,
}: {
  readonly inputs: Pick<Inputs, 'imageName' | 'format' | 'compression' | 'volumeLabel' | 'firmwareLabel'>;
  readonly system: BootableSystem | undefined;
  readonly closure: readonly StorePathInfo[];
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  readonly image: ImageReport;
  readonly output: OutputFile;
  readonly tools: Tools;
  readonly pool: Pool<WorkerTasks>;
  readonly log: Log;
}): Promise<Companions> {
  const { card, filesystem } = plan.description;
  const names = namesFor(inputs.imageName);
  return log.phase('Describe the image', async (progress) => {
    const manifest = output.beside(names.manifest);
    const sbom = output.beside(names.sbom);
    const versions = { 'nix-ext4-image': VERSION, e2fsck: tools.e2fsck.version, nix: tools.nixVersion };
    writeManifest(manifest, {
      image: { ...image, format: inputs.format, compression: inputs.compression },
      filesystem: {
        uuid: formatUuid(filesystem.plan.uuid),
        label: inputs.volumeLabel,
        freeBytes: plan.usage.freeBytes,
      },
      card: card && { layout: card.layout, firmwareLabel: inputs.firmwareLabel },
      storePaths: closure,
      tools: versions,
    });
    writeSbom(sbom, { image, hasSystem: system !== undefined, storePaths: closure, tools: versions });
    if (card === undefined) {
      return { manifest, sbom, paths: [manifest, sbom] };
    }
    const blockMap = output.beside(names.blockMap);
    const imagerEntry = output.beside(names.imagerEntry);
    await writeBlockMap(pool, {
      access: { ...written.access, path: output.path },
      card,
      filesystem,
      path: blockMap,
      onProgress: progress,
    });
    writeImagerManifest(image, releaseDate(), imagerEntry);
    return { manifest, sbom, paths: [manifest, sbom, blockMap, imagerEntry] };
  });
}

/** They start with the name of the image without the suffix of its compression. */
function namesFor(imageName: string) {
  return {
    manifest: `${imageName}.manifest.json`,
    sbom: `${imageName}.cdx.json`,
    blockMap: `${imageName}.bmap`,
    imagerEntry: `${imageName}.json`,
  } as const;
}

/** Today, or SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch). */
function releaseDate(): Date {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
  return Number.isSafeInteger(epoch) ? new Date(epoch * 1000) : new Date();
}
