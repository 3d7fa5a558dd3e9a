import type { ByteRange } from '../bytes/source.ts';
import { windowOf } from '../bytes/window.ts';
import { auditExt4 } from '../ext4/read/audit/audit.ts';
import { type Ext4Reader, openExt4 } from '../ext4/read/reader.ts';
import { type AccessDescription, type FrameAccess, withAccess } from '../image/access.ts';
import type { Card, ImageDescription } from '../image/description.ts';
import type { TaskResult } from '../threads/messages.ts';
import { differenceAround } from './around.ts';
import { checkCard } from './card.ts';
import { type FileHash, hashFile } from './hash-file.ts';
import { explainMismatch, type Mismatch, type Verdict } from './mismatch.ts';
import { compareOutsideStore, type OutsideStore } from './outside-store.ts';
import { writeSkeletonPart } from './skeleton.ts';
import { hashStorePaths, type ImageHash, listStore, type StoreAttributes, type StoreListing } from './store.ts';

export interface OnFilesystem {
  readonly access: AccessDescription;
  /** Where the filesystem is in the image. */
  readonly filesystem: ByteRange;
}

/** What worker threads do for this room. */
export const verifyTasks = {
  hashFile({ path, withCrc32 }: { readonly path: string; readonly withCrc32: boolean }): TaskResult<FileHash> {
    return { value: hashFile(path, withCrc32) };
  },

  writeSkeletonPart(input: {
    readonly access: FrameAccess;
    readonly skeletonPath: string;
    readonly ranges: readonly ByteRange[];
  }): TaskResult<undefined> {
    withAccess(input.access, (image) => writeSkeletonPart(image, input.skeletonPath, input.ranges));
    return { value: undefined };
  },

  listStore(input: OnFilesystem): TaskResult<StoreListing> {
    return { value: withFilesystem(input, listStore) };
  },

  /** Everything that neither e2fsck nor the hashes look at; gives what is wrong. */
  auditImage(input: OnFilesystem): TaskResult<readonly string[]> {
    const findings = withFilesystem(input, (reader) => auditExt4(reader, { fileTails: false }));
    return { value: findings.map((finding) => finding.message) };
  },

  hashStorePaths(
    input: OnFilesystem & {
      readonly names: readonly string[];
      readonly attributes: StoreAttributes;
    },
  ): TaskResult<readonly ImageHash[]> {
    const { names, attributes } = input;
    return { value: withFilesystem(input, (reader) => hashStorePaths(reader, names, attributes)) };
  },

  checkCard(input: { readonly access: AccessDescription; readonly card: Card }): TaskResult<readonly string[]> {
    return { value: withAccess(input.access, (image) => checkCard(image, input.card)) };
  },

  /** The first byte around the filesystem that is not as planned. */
  differenceAround(input: {
    readonly access: AccessDescription;
    readonly image: ImageDescription;
  }): TaskResult<number | undefined> {
    return { value: withAccess(input.access, (image) => differenceAround(image, input.image)) };
  },

  compareOutsideStore(input: OnFilesystem & { readonly outside: OutsideStore }): TaskResult<undefined> {
    withFilesystem(input, (reader) => compareOutsideStore(reader, input.outside));
    return { value: undefined };
  },

  explainMismatch(input: OnFilesystem & { readonly mismatch: Mismatch }): TaskResult<Verdict> {
    return { value: withFilesystem(input, (reader) => explainMismatch(reader, input.mismatch)) };
  },
};

export type VerifyTasks = typeof verifyTasks;

function withFilesystem<T>({ access, filesystem }: OnFilesystem, work: (reader: Ext4Reader) => T): T {
  return withAccess(access, (image) => work(openExt4(windowOf(image, filesystem))));
}
