import { hashFinishedFile } from '../image/finished-file.ts';
import type { WrittenImage } from '../image/write.ts';
import { type PublishedRelease, publishRelease } from '../release/publish.ts';
import { renderReleaseNotes } from '../report/release-notes.ts';
import type { Report } from '../report/report.ts';
import type { Context } from './context.ts';
import type { Companions } from './describe.ts';

/** Attaches the image and the files beside it to a release; `undefined` where that is not asked for. */
export async function releaseFiles(
  { inputs, log, signal }: Pick<Context, 'inputs' | 'log' | 'signal'>,
  report: Report,
  { access }: WrittenImage,
  companions: Companions,
): Promise<PublishedRelease | undefined> {
  const { release, overwrite } = inputs;
  if (release === undefined) {
    return undefined;
  }
  const frames = access.kind === 'frames' ? access.frames : [];
  return log.phase('Attach to the release', (progress) =>
    publishRelease({
      ...release,
      image: report.image,
      frameEnds: frames.map(({ offset, compressedBytes }) => offset + compressedBytes),
      others: companions.paths.map(hashFinishedFile),
      notes: (join) => renderReleaseNotes(report, join),
      overwrite,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
