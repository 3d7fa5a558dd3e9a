import { writeBlockMap } from '../companions/block-map.ts';
import { CHECKSUMS_NAME } from '../companions/checksums.ts';
import type { Companion, CompanionKind } from '../companions/companion.ts';
import { VERSION, writeManifest } from '../companions/manifest.ts';
import { writeSbom } from '../companions/sbom.ts';
import { hashFinishedFile } from '../image/finished-file.ts';
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
import { writeImagerManifest } from './imager.ts';
import type { PlannedImage } from './plan.ts';
import type { Tools } from './prepare/tools.ts';

/** Names of all files that are left beside an image, including the list of checksums. */
export function companionNames(
  { imageName, format }: Pick<Inputs, 'imageName' | 'format'>,
  imagerDevices: readonly string[],
): readonly string[] {
  const { manifest, sbom, blockMap, imagerManifest } = namesFor(imageName);
  return [
    CHECKSUMS_NAME,
    manifest,
    sbom,
    ...(format === 'sd-card' ? [blockMap] : []),
    ...(imagerDevices.length > 0 ? [imagerManifest] : []),
  ];
}

/** What the files beside the image depend on. */
export interface CompanionsOptions {
  readonly inputs: Pick<Inputs, 'imageName' | 'format' | 'compression' | 'volumeLabel' | 'firmwareLabel' | 'release'>;
  readonly system: Pick<BootableSystem, 'label'> | undefined;
  readonly imagerDevices: readonly string[];
  readonly closure: readonly StorePathInfo[];
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  readonly image: ImageReport;
  readonly output: OutputFile;
  readonly tools: Tools;
  readonly pool: Pool<WorkerTasks>;
  readonly log: Log;
}

/** Writes the image's manifest, its SBOM and, for a card, its block map and its manifest for Raspberry Pi Imager. */
export function writeCompanions({
  inputs,
  system,
  imagerDevices,
  closure,
  plan,
  written,
  image,
  output,
  tools,
  pool,
  log,
}: CompanionsOptions): Promise<readonly Companion[]> {
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
    const always = [finished('manifest', manifest), finished('sbom', sbom)];
    if (card === undefined) {
      return always;
    }
    const blockMap = output.beside(names.blockMap);
    await writeBlockMap(pool, {
      access: { ...written.access, path: output.path },
      card,
      filesystem,
      path: blockMap,
      onProgress: progress,
    });
    const companions = [...always, finished('block-map', blockMap)];
    if (imagerDevices.length === 0) {
      return companions;
    }
    const path = output.beside(names.imagerManifest);
    const isWritten = writeImagerManifest({ path, blockMap, image, inputs, system, devices: imagerDevices, log });
    return isWritten ? [...companions, finished('imager-manifest', path)] : companions;
  });
}

/** They start with the name of the image without the suffix of its compression. */
function namesFor(imageName: string) {
  return {
    manifest: `${imageName}.manifest.json`,
    sbom: `${imageName}.cdx.json`,
    blockMap: `${imageName}.bmap`,
    imagerManifest: `${imageName}.rpi-imager-manifest`,
  } as const;
}

function finished(kind: CompanionKind, path: string): Companion {
  return { kind, ...hashFinishedFile(path) };
}
