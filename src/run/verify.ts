import type { WrittenImage } from '../image/write.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { type Verification, verifyImage } from '../verify/verify-image.ts';
import { type Context, TIME } from './context.ts';
import type { PlannedImage } from './plan.ts';

/** Verifies the file that was written, from its own bytes. */
export function verifyFile(
  context: Context,
  closure: readonly StorePathInfo[],
  { description, skeletonRanges }: PlannedImage,
  { access, fileCrc32 }: WrittenImage,
): Promise<Verification> {
  const { inputs, log, pool, output, e2fsck, signal } = context;
  return log.phase('Verify the image', async (progress) => {
    const total = closure.reduce((sum, info) => sum + info.size, 0);
    const verification = await verifyImage(pool, {
      access,
      fileCrc32,
      image: description,
      skeleton: { path: output.skeletonPath, ranges: skeletonRanges },
      closure,
      attributes: { gid: inputs.storeGid, time: TIME },
      e2fsck,
      signal,
      onProgress: (done) => progress(done, total),
    });
    log.info(`e2fsck ${e2fsck.version}: clean, ${verification.e2fsckSummary}`);
    log.info(`${verification.storePaths} of ${closure.length} store paths have the registered NAR hash`);
    return verification;
  });
}
