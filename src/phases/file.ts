import { type WrittenImage, writeImage } from '../image/write.ts';
import type { Context } from './context.ts';
import type { PlannedImage } from './plan.ts';

/** Writes the image under a name that is not yet its own. */
export function writeFile(context: Context, image: PlannedImage): Promise<WrittenImage> {
  const { inputs, log, pool, output } = context;
  const { size } = image;
  return log.phase('Write the image', (progress) => {
    const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
    return writeImage(pool, image.description, size, target, (done) => progress(done, size));
  });
}
