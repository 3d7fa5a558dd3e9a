import { type PublishedArtifact, uploadArtifact } from '../artifact/upload.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { ImageReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';

/** Uploads the verified file as an artifact; `undefined` if `upload` is false. */
export async function uploadImage({
  inputs,
  image,
  log,
  signal,
}: {
  readonly inputs: Pick<Inputs, 'upload' | 'overwrite' | 'retentionDays'>;
  readonly image: ImageReport;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<PublishedArtifact | undefined> {
  if (!inputs.upload) {
    return undefined;
  }
  return log.phase('Upload the artifact', (progress) =>
    uploadArtifact({
      file: image,
      overwrite: inputs.overwrite,
      retentionDays: inputs.retentionDays,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
