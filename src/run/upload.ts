import { type PublishedArtifact, uploadArtifact } from '../artifact/upload.ts';
import type { Proof } from '../verify/verify-image.ts';
import type { Context } from './context.ts';

/** Uploads the proved file; `undefined` where that is not asked for. */
export async function publishFile(context: Context, proof: Proof): Promise<PublishedArtifact | undefined> {
  const { inputs, log, output, signal } = context;
  if (!inputs.upload) return undefined;
  return log.phase('Upload the artifact', (progress) =>
    uploadArtifact({
      file: output.path,
      size: proof.fileSize,
      sha256: Buffer.from(proof.fileSha256).toString('hex'),
      overwrite: inputs.overwrite,
      retentionDays: inputs.retentionDays,
      log,
      onProgress: progress,
      signal,
    }),
  );
}
