import { basename } from 'node:path';
import type { PublishedArtifact } from '../artifact/upload.ts';
import type { WrittenImage } from '../image/write.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import type { ChangesReport, Report } from '../report/report.ts';
import { formatUuid } from '../text/uuid.ts';
import type { Verification } from '../verify/verify-image.ts';
import type { Context } from './context.ts';
import type { Companions } from './describe.ts';
import type { PlannedImage } from './plan.ts';
import type { Contents } from './read.ts';

export interface Results {
  readonly closure: readonly StorePathInfo[];
  readonly contents: Contents;
  readonly image: PlannedImage;
  readonly written: WrittenImage;
  readonly verification: Verification;
  readonly artifact: PublishedArtifact | undefined;
  readonly companions: Companions;
  readonly changes: ChangesReport | undefined;
}

/** Puts together what outputs and summary tell of a run. */
export function makeReport({ inputs, log, output, e2fsck }: Context, results: Results): Report {
  const { closure, contents, image, written, verification, artifact, companions, changes } = results;
  const sha256 = hex(verification.fileSha256);
  return {
    image: {
      path: output.path,
      fileName: basename(output.path),
      size: verification.fileSize,
      sha256,
      uncompressedSize: image.size,
      uncompressedSha256: written.uncompressedSha256 === undefined ? sha256 : hex(written.uncompressedSha256),
    },
    filesystem: {
      uuid: formatUuid(image.description.filesystem.plan.uuid),
      label: inputs.volumeLabel,
      freeBytes: image.usage.freeBytes,
      structureBytes: image.usage.structureBytes,
    },
    closure: {
      storePaths: closure.map((info) => ({ path: info.path, narSize: info.size })),
      narBytes: closure.reduce((sum, info) => sum + info.size, 0),
    },
    deduplicatedBytes: contents.deduplicatedBytes,
    checks: [
      { name: `e2fsck ${e2fsck.version}`, result: `clean, ${verification.e2fsckSummary}` },
      {
        name: 'NAR hashes',
        result: `${verification.storePaths} of ${closure.length} store paths as Nix registered them`,
      },
      { name: 'Registration', result: 'lists exactly these store paths' },
      { name: 'Audit', result: 'copies, resize inode, journal, padding and free blocks as planned' },
    ],
    phases: log.phases,
    seconds: log.elapsed(),
    artifact,
    manifestPath: companions.manifest,
    changes,
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
