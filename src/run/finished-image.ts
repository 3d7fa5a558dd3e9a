import { basename } from 'node:path';
import type { WrittenImage } from '../image/write.ts';
import type { ImageReport } from '../report/report.ts';
import type { Verification } from '../verify/verify-image.ts';
import type { PlannedImage } from './plan.ts';

/** Describes the verified file under its final name. */
export function finishedImage({
  output,
  plan,
  written,
  verification,
}: {
  readonly output: { readonly path: string };
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  readonly verification: Verification;
}): ImageReport {
  const sha256 = toHex(verification.fileSha256);
  return {
    path: output.path,
    fileName: basename(output.path),
    size: verification.fileSize,
    sha256,
    uncompressedSize: plan.size,
    uncompressedSha256: written.uncompressedSha256 === undefined ? sha256 : toHex(written.uncompressedSha256),
  };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
