import { basename } from 'node:path';
import type { WrittenImage } from '../image/write.ts';
import type { Proof } from '../proof/prove.ts';
import { writeBlockMap } from '../publish/block-map.ts';
import { writeImagerEntry } from '../publish/imager-entry.ts';
import type { Context } from './context.ts';
import type { PlannedImage } from './plan.ts';

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
