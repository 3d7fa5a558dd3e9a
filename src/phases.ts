/** The phases of the action: each is a group in the log, and hands what it made to the next. */
import { basename } from 'node:path';
import type { Inputs } from './action/inputs.ts';
import type { Log } from './action/log.ts';
import { formatSize } from './action/size.ts';
import { type CardParts, placeOnCard } from './card.ts';
import type { CardLayout } from './disk/card.ts';
import { planExt4 } from './ext4/plan/plan.ts';
import { type Usage, usageOf } from './ext4/plan/usage.ts';
import { filesystemRange, type ImageDescription, imageSize } from './image/description.ts';
import type { OutputFile } from './image/output-file.ts';
import { type WrittenImage, writeImage } from './image/write.ts';
import { queryClosure } from './nix/closure.ts';
import { closureUuid } from './nix/closure-uuid.ts';
import { holdGarbageRoots } from './nix/garbage-root.ts';
import { encodeRegistration, type StorePathInfo } from './nix/registration.ts';
import { resolveStorePaths } from './nix/resolve.ts';
import { rangesAtHand } from './proof/at-hand.ts';
import { type Proof, proveImage } from './proof/prove.ts';
import { type PublishedArtifact, uploadArtifact } from './publish/artifact.ts';
import { writeBlockMap } from './publish/block-map.ts';
import { writeImagerEntry } from './publish/imager-entry.ts';
import type { BootableSystem } from './system/bootable.ts';
import type { Pool } from './threads/pool.ts';
import { deduplicate, scanStorePaths } from './tree/build.ts';
import type { ImageTree } from './tree/image-tree.ts';
import { layOutImage } from './tree/layout.ts';
import { scanRootFiles } from './tree/root-files.ts';
import type { WorkerTasks } from './worker.ts';

/** What every phase has at hand. */
export interface Context {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly pool: Pool<WorkerTasks>;
  readonly signal: AbortSignal;
  readonly output: OutputFile;
  /** Path of the program. */
  readonly e2fsck: string;
  readonly temporaryFolder: string;
  /** What the image is to boot, with its boot loader's files; `undefined` where it is not asked for. */
  readonly system: BootableSystem | undefined;
  /** What a card has beside its filesystem; `undefined` for a bare filesystem. */
  readonly cardParts: CardParts | undefined;
  /** Has something done when the action ends, however it ends. */
  readonly atEnd: (action: () => void) => void;
}

/** Where the store is in an image, and so must be here: its paths are at home nowhere else. */
const STORE = '/nix/store';

/** Every time stamp of an image, as Nix gives it to all files of a store: one second past 1970. */
const TIME = 1;

/** The closure with what Nix registered of each path; held against garbage collection until the action ends. */
export function resolveClosure(context: Context): Promise<readonly StorePathInfo[]> {
  const { inputs, log, signal, system, temporaryFolder, atEnd } = context;
  return log.phase('Resolve the closure', async () => {
    const wanted = system === undefined ? inputs.storePaths : [...inputs.storePaths, system.toplevel];
    const roots = await resolveStorePaths(wanted, { signal });
    const held = await holdGarbageRoots(roots, temporaryFolder, { signal });
    atEnd(held.release);
    if (held.warning !== undefined) log.detail(held.warning);
    const closure = await queryClosure(roots, { signal });
    const narBytes = closure.reduce((sum, info) => sum + info.size, 0);
    log.info(`${closure.length} store paths, ${formatSize(narBytes)}`);
    return closure;
  });
}

/** The file tree of the image. */
export interface Contents {
  readonly tree: ImageTree;
  /** What sharing equal files saves; `undefined` where it was not asked for. */
  readonly deduplicatedBytes: number | undefined;
}

export function readContents(context: Context, closure: readonly StorePathInfo[]): Promise<Contents> {
  const { inputs, log, pool, system } = context;
  return log.phase('Read the tree', async () => {
    const bootFiles = system === undefined ? [] : [system.bootFiles];
    const rootFolders = [...bootFiles, ...inputs.rootFiles.map(scanRootFiles)];
    const storePaths = await scanStorePaths(
      pool,
      closure.map((info) => info.path),
    );
    const registration = encodeRegistration(closure, STORE);
    const tree = layOutImage({ storePaths, registration, storeGid: inputs.storeGid, rootFolders });
    const deduplicatedBytes = inputs.deduplicate ? await deduplicate(pool, tree) : undefined;
    const saved =
      deduplicatedBytes === undefined ? '' : `; equal files stored once save ${formatSize(deduplicatedBytes)}`;
    log.info(`${tree.count} entries${saved}`);
    return { tree, deduplicatedBytes };
  });
}

/** The planned image. */
export interface PlannedImage {
  readonly description: ImageDescription;
  /** Of its filesystem. */
  readonly usage: Usage;
  /** Bytes of the whole. */
  readonly size: number;
}

export function planImage(context: Context, closure: readonly StorePathInfo[], tree: ImageTree): Promise<PlannedImage> {
  const { inputs, log, cardParts } = context;
  return log.phase('Plan the image', () => {
    const uuid = inputs.uuid === 'from-closure' ? closureUuid(closure) : inputs.uuid;
    const label = Buffer.from(inputs.volumeLabel);
    const plan = planExt4(tree, { uuid, label, freeSpace: inputs.freeSpace, time: TIME });
    const usage = usageOf(plan, tree);
    const card = cardParts === undefined ? undefined : placeOnCard(inputs, cardParts, usage.size);
    const description = { filesystem: { plan, tree }, card };
    const size = imageSize(description);
    if (card !== undefined) log.info(`Card of ${formatSize(size)}: ${describeLayout(card.layout)}`);
    log.info(
      `Filesystem of ${formatSize(usage.size)}: files ${formatSize(usage.fileBytes)}, ` +
        `structure ${formatSize(usage.structureBytes)}, free ${formatSize(usage.freeBytes)}`,
    );
    return { description, usage, size };
  });
}

function describeLayout({ firmware, filesystem, blobs }: CardLayout): string {
  const parts = [
    ...blobs.map(({ path, offset }) => `${basename(path)} at ${formatSize(offset)}`),
    ...(firmware === undefined ? [] : [`FAT at ${formatSize(firmware.offset)}`]),
    `ext4 at ${formatSize(filesystem.offset)}`,
  ];
  return parts.join(', ');
}

/** Writes the image under a name that is not yet its own. */
export function writeFile(context: Context, image: PlannedImage): Promise<WrittenImage> {
  const { inputs, log, pool, output } = context;
  const { size } = image;
  return log.phase('Write the image', (progress) => {
    const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
    return writeImage(pool, image.description, size, target, (done) => progress(done, size));
  });
}

export function proveFile(
  context: Context,
  closure: readonly StorePathInfo[],
  image: PlannedImage,
  { access }: WrittenImage,
): Promise<Proof> {
  const { inputs, log, pool, output, e2fsck, signal } = context;
  return log.phase('Prove the image', async (progress) => {
    const total = closure.reduce((sum, info) => sum + info.size, 0);
    const proof = await proveImage(pool, {
      access,
      filesystem: filesystemRange(image.description),
      card: image.description.card,
      atHand: rangesAtHand(image.description),
      closure,
      attributes: { gid: inputs.storeGid, time: TIME },
      e2fsck,
      skeletonPath: output.skeletonPath,
      signal,
      onProgress: (done) => progress(done, total),
    });
    log.info(`e2fsck ${proof.check.version}: clean, ${proof.check.summary}`);
    log.info(`${proof.storePaths} of ${closure.length} store paths have the registered NAR hash`);
    return proof;
  });
}

/** Leaves the files that go with a card beside it: its block map, and its entry for Raspberry Pi Imager. */
export async function describeCard(
  context: Context,
  image: PlannedImage,
  { access, uncompressedSha256 }: WrittenImage,
  proof: Proof,
): Promise<void> {
  const { inputs, log, pool, output } = context;
  const { card, filesystem } = image.description;
  if (card === undefined) return;
  await log.phase('Describe the card', async () => {
    const fileSha256 = Buffer.from(proof.fileSha256);
    const finished = {
      fileName: basename(output.path),
      size: proof.fileSize,
      sha256: fileSha256.toString('hex'),
      uncompressedSize: image.size,
      uncompressedSha256: (uncompressedSha256 ?? fileSha256).toString('hex'),
    };
    await writeBlockMap(
      pool,
      { ...access, path: output.path },
      card,
      filesystem,
      output.beside(`${inputs.imageName}.bmap`),
    );
    await writeImagerEntry(finished, releaseDate(), output.beside(`${inputs.imageName}.json`));
  });
}

/** Today, or the time that a reproducible build is given (reproducible-builds.org/specs/source-date-epoch). */
function releaseDate(): Date {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
  return Number.isSafeInteger(epoch) ? new Date(epoch * 1000) : new Date();
}

/** Uploads the proved file; `undefined` where that is not asked for. */
export async function publishFile(context: Context, proof: Proof): Promise<PublishedArtifact | undefined> {
  const { inputs, log, output, signal } = context;
  if (!inputs.upload) return undefined;
  return log.phase('Upload the artifact', (progress) =>
    uploadArtifact({
      file: output.path,
      size: proof.fileSize,
      sha256: Buffer.from(proof.fileSha256).toString('hex'),
      overwrite: inputs.overwrite,
      retentionDays: inputs.retentionDays,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
