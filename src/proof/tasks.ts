import type { ByteRange, RandomAccess } from '../bytes/source.ts';
import { auditExt4 } from '../ext4/read/audit/audit.ts';
import { openExt4 } from '../ext4/read/reader.ts';
import { type AccessDescription, type FrameAccess, openAccess } from '../image/access.ts';
import type { TaskResult } from '../threads/tasks.ts';
import { hashFile } from './hash-file.ts';
import { explainMismatch, type Mismatch } from './mismatch.ts';
import { writeSkeletonPart } from './skeleton.ts';
import { hashStorePath, type ImageHash, listStore, type StoreAttributes, type StoreListing } from './store.ts';

interface OnImage {
  readonly access: AccessDescription;
}

/** What worker threads do for this room. */
export const proofTasks = {
  hashFile({ path }: { readonly path: string }): TaskResult<Uint8Array> {
    return { value: hashFile(path) };
  },

  writeSkeletonPart(input: {
    readonly access: FrameAccess;
    readonly skeletonPath: string;
    readonly ranges: readonly ByteRange[];
  }): TaskResult<undefined> {
    withImage(input.access, (image) => writeSkeletonPart(image, input.skeletonPath, input.ranges));
    return { value: undefined };
  },

  listStore({ access }: OnImage): TaskResult<StoreListing> {
    return { value: withImage(access, (image) => listStore(openExt4(image))) };
  },

  /** Everything that neither e2fsck nor the hashes look at; gives what is wrong. */
  auditImage({ access }: OnImage): TaskResult<readonly string[]> {
    const findings = withImage(access, (image) => auditExt4(openExt4(image), { fileTails: false }));
    return { value: findings.map((finding) => finding.message) };
  },

  hashStorePaths(
    input: OnImage & {
      readonly names: readonly string[];
      readonly attributes: StoreAttributes;
    },
  ): TaskResult<readonly ImageHash[]> {
    const hash = (image: RandomAccess): readonly ImageHash[] => {
      const reader = openExt4(image);
      return input.names.map((name) => hashStorePath(reader, name, input.attributes));
    };
    return { value: withImage(input.access, hash) };
  },

  explainMismatch(input: OnImage & { readonly mismatch: Mismatch }): TaskResult<string> {
    return { value: withImage(input.access, (image) => explainMismatch(openExt4(image), input.mismatch)) };
  },
};

export type ProofTasks = typeof proofTasks;

function withImage<T>(access: AccessDescription, work: (image: RandomAccess) => T): T {
  const image = openAccess(access);
  try {
    return work(image);
  } finally {
    image.close();
  }
}
