import { basename } from 'node:path';
import type { OutputFile } from '../image/output-file.ts';
import type { WrittenImage } from '../image/write.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { STORE_TIME } from '../nix/store-path.ts';
import type { ImageReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';
import type { Pool } from '../threads/pool.ts';
import { type Verification, verifyImage } from '../verify/verify-image.ts';
import type { WorkerTasks } from '../worker.ts';
import type { PlannedImage } from './plan.ts';
import type { Tools } from './prepare/tools.ts';

/** Verifies the finished file from its own bytes. */
export function verifyFile({
  inputs,
  closure,
  plan,
  written: { access, record },
  output,
  tools: { e2fsck },
  temporaryDirectory,
  pool,
  log,
  signal,
}: {
  readonly inputs: Pick<Inputs, 'storeGid' | 'nixDatabase'>;
  readonly closure: readonly StorePathInfo[];
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  readonly output: Pick<OutputFile, 'skeletonPath'>;
  readonly tools: Pick<Tools, 'e2fsck'>;
  readonly temporaryDirectory: string;
  readonly pool: Pool<WorkerTasks>;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<Verification> {
  return log.phase('Verify the image', async (progress) => {
    const total = closure.reduce((sum, info) => sum + info.size, 0);
    const verification = await verifyImage(pool, {
      access,
      record,
      image: plan.description,
      skeleton: { path: output.skeletonPath, ranges: plan.skeletonRanges },
      closure,
      attributes: { gid: inputs.storeGid, time: STORE_TIME },
      databaseScratch: inputs.nixDatabase ? temporaryDirectory : undefined,
      e2fsck,
      signal,
      onProgress: (done) => progress(done, total),
    });
    log.info(`e2fsck ${e2fsck.version}: clean, ${verification.e2fsckSummary}`);
    log.info(`${verification.storePaths} of ${closure.length} store paths have the registered NAR hash`);
    if (inputs.nixDatabase) {
      log.info('The database of Nix is sound, and has the rows of the closure');
    }
    return verification;
  });
}

/** Describes the verified file under its final name. */
export function finishedImage({
  output,
  plan,
  written,
  verification,
}: {
  readonly output: { readonly path: string };
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  readonly verification: Verification;
}): ImageReport {
  const sha256 = toHex(verification.fileSha256);
  return {
    path: output.path,
    fileName: basename(output.path),
    size: verification.fileSize,
    sha256,
    uncompressedSize: plan.size,
    uncompressedSha256: written.uncompressedSha256 === undefined ? sha256 : toHex(written.uncompressedSha256),
  };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
