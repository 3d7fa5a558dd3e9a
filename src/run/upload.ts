import { type PublishedArtifact, uploadArtifact } from '../artifact/upload.ts';
import type { Verification } from '../verify/verify-image.ts';
import type { Context } from './context.ts';

/** Uploads the verified file; `undefined` where that is not asked for. */
export async function publishFile(
  context: Context,
  verification: Verification,
): Promise<PublishedArtifact | undefined> {
  const { inputs, log, output, signal } = context;
  if (!inputs.upload) {
    return undefined;
  }
  return log.phase('Upload the artifact', (progress) =>
    uploadArtifact({
      file: {
        path: output.path,
        size: verification.fileSize,
        sha256: Buffer.from(verification.fileSha256).toString('hex'),
      },
      overwrite: inputs.overwrite,
      retentionDays: inputs.retentionDays,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
