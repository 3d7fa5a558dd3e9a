import type { Companion } from '../companions/companion.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type PublishedRelease, publishRelease } from '../release/publish.ts';
import { releaseTarget } from '../release/target.ts';
import { renderReleaseNotes } from '../report/release-notes.ts';
import type { ChangesReport, ImageReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';

/** Attaches the image and the files beside it to a release; `undefined` if `release-tag` is not set. */
export async function attachToRelease({
  inputs,
  image,
  changes,
  companions,
  log,
  signal,
}: {
  readonly inputs: Pick<Inputs, 'release' | 'overwrite'>;
  readonly image: ImageReport;
  readonly changes: ChangesReport | undefined;
  readonly companions: readonly Companion[];
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<PublishedRelease | undefined> {
  const { release, overwrite } = inputs;
  if (release === undefined) {
    return undefined;
  }
  const { owner, repository: name } = releaseTarget();
  const repository = `${owner}/${name}`;
  return log.phase('Attach to the release', (progress) =>
    publishRelease({
      ...release,
      image,
      others: companions,
      notes: (join) => renderReleaseNotes({ image, changes, release: { tag: release.tag, repository } }, join),
      overwrite,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
