import { totalLength } from '../bytes/source.ts';
import { openImage } from '../image/description.ts';
import type { OutputFile } from '../image/output-file.ts';
import { checkSpace, type SpaceNeeded } from '../image/space.ts';
import { type WrittenImage, writeImage } from '../image/write.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Log } from '../runner/log.ts';
import type { Pool } from '../threads/pool.ts';
import type { WorkerTasks } from '../worker.ts';
import type { PlannedImage } from './plan.ts';

/** Writes the image under a temporary name, if the disk has space for it. */
export function writeFile({
  inputs,
  plan,
  output,
  pool,
  log,
}: {
  readonly inputs: Pick<Inputs, 'compression' | 'compressionLevel'>;
  readonly plan: PlannedImage;
  readonly output: Pick<OutputFile, 'partialPath'>;
  readonly pool: Pool<WorkerTasks>;
  readonly log: Log;
}): Promise<WrittenImage> {
  const { size } = plan;
  return log.phase('Write the image', async (progress) => {
    checkSpace(output.partialPath, spaceNeeded(plan, inputs.compression === 'none'));
    const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
    const written = await writeImage(pool, plan.description, target, (done) => progress(done, size));
    if (written.access.kind === 'frames' && written.access.format === 'zstd-apart') {
      log.info(SEVERAL_FRAMES);
    }
    return written;
  });
}

const SEVERAL_FRAMES =
  'The zstd of this Node.js cannot compress on all cores to one frame, so the file has many. Some programs read only the first one: see docs/writing-a-card.md.';

/** The compressed size is not known in advance, but that of what the verification unpacks is. */
function spaceNeeded({ description, size, skeletonRanges }: PlannedImage, isRaw: boolean): SpaceNeeded {
  if (!isRaw) {
    return { what: 'The part of the image that is unpacked to verify it', bytes: totalLength(skeletonRanges) };
  }
  using image = openImage(description);
  return { what: 'The image', bytes: totalLength(image.dataRanges({ offset: 0, length: size })) };
}
