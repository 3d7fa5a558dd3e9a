import { totalLength } from '../bytes/source.ts';
import { openImage } from '../image/description.ts';
import { checkSpace, type SpaceNeeded } from '../image/space.ts';
import { type WrittenImage, writeImage } from '../image/write.ts';
import type { Context } from './context.ts';
import type { PlannedImage } from './plan.ts';

/** Writes the image under a temporary name, if there is enough space for it. */
export function writeFile(context: Context, image: PlannedImage): Promise<WrittenImage> {
  const { inputs, log, pool, output } = context;
  const { description, size } = image;
  return log.phase('Write the image', (progress) => {
    checkSpace(output.partialPath, spaceNeeded(image, inputs.compression === 'none'));
    const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
    return writeImage(pool, description, size, target, (done) => progress(done, size));
  });
}

/** The size of a compressed image is not known in advance, but the size of what its verification unpacks is. */
function spaceNeeded({ description, size, skeletonRanges }: PlannedImage, isRaw: boolean): SpaceNeeded {
  if (!isRaw) {
    return { what: 'The part of the image that is unpacked to verify it', bytes: totalLength(skeletonRanges) };
  }
  const image = openImage(description);
  try {
    return { what: 'The image', bytes: totalLength(image.dataRanges({ offset: 0, length: size })) };
  } finally {
    image.close();
  }
}
