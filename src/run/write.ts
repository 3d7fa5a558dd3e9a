import { totalLength } from '../bytes/source.ts';
import { type ImageDescription, openImage } from '../image/description.ts';
import { checkSpace, type SpaceNeeded } from '../image/space.ts';
import { type WrittenImage, writeImage } from '../image/write.ts';
import { rangesAtHand } from '../verify/at-hand.ts';
import type { Context } from './context.ts';
import type { PlannedImage } from './plan.ts';

/** Writes the image under a name that is not yet its own, if there is room for it. */
export function writeFile(context: Context, image: PlannedImage): Promise<WrittenImage> {
  const { inputs, log, pool, output } = context;
  const { size } = image;
  return log.phase('Write the image', (progress) => {
    checkSpace(output.partialPath, spaceNeeded(image.description, inputs.compression === 'none'));
    const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
    return writeImage(pool, image.description, target, (done) => progress(done, size));
  });
}

/** How small a compressed image will be is not known before; what its verification unpacks of it is. */
function spaceNeeded(description: ImageDescription, isRaw: boolean): SpaceNeeded {
  if (!isRaw) {
    return { what: 'What the verification unpacks of the image', bytes: totalLength(rangesAtHand(description)) };
  }
  const image = openImage(description);
  const bytes = totalLength(image.dataRanges({ offset: 0, length: image.size }));
  image.close();
  return { what: 'The image', bytes };
}
