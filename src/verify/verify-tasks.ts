import type { ByteRange } from '../bytes/source.ts';
import { windowOf } from '../bytes/window.ts';
import { auditExt4 } from '../ext4/read/audit/audit.ts';
import { type Ext4Reader, openExt4 } from '../ext4/read/reader.ts';
import type { Card, ImageDescription } from '../image/description.ts';
import type { TaskResult } from '../threads/messages.ts';
import { checkDatabase, type ExpectedDatabase } from './database.ts';
import { explainMismatch, type Mismatch, type StoreState } from './explain-mismatch.ts';
import { checkCard, compareOutsideFilesystem } from './outside-filesystem.ts';
import { compareOutsideStore, type OutsideStore } from './outside-store.ts';
import { skeletonTasks, type VerificationAccess, withImage } from './skeleton.ts';
import {
  type FoundStorePath,
  hashStorePaths,
  listStore,
  type StoreAttributes,
  type StoreListing,
} from './store-paths.ts';
import { type FileHash, hashWrittenFile, type WrittenFile } from './written-file.ts';

export interface OnFilesystem {
  readonly access: VerificationAccess;
  /** Where the filesystem is in the image. */
  readonly filesystem: ByteRange;
}

/** What worker threads do to verify an image. */
export const verifyTasks = {
  ...skeletonTasks,

  hashWrittenFile(file: WrittenFile): TaskResult<FileHash> {
    return { value: hashWrittenFile(file) };
  },

  listStore(input: OnFilesystem): TaskResult<StoreListing> {
    return { value: withFilesystem(input, listStore) };
  },

  /** Checks everything that neither e2fsck nor the hashes cover. Returns a sentence for each finding. */
  auditImage(input: OnFilesystem): TaskResult<readonly string[]> {
    const findings = withFilesystem(input, (reader) => auditExt4(reader, { fileTails: false }));
    return { value: findings.map(({ message }) => message) };
  },

  hashStorePaths(
    input: OnFilesystem & { readonly names: readonly string[]; readonly attributes: StoreAttributes },
  ): TaskResult<readonly FoundStorePath[]> {
    const { names, attributes } = input;
    return { value: withFilesystem(input, (reader) => hashStorePaths(reader, names, attributes)) };
  },

  explainMismatch(input: OnFilesystem & { readonly mismatch: Mismatch }): TaskResult<StoreState> {
    return { value: withFilesystem(input, (reader) => explainMismatch(reader, input.mismatch)) };
  },

  compareOutsideStore(input: OnFilesystem & { readonly outside: OutsideStore }): TaskResult<undefined> {
    withFilesystem(input, (reader) => compareOutsideStore(reader, input.outside));
    return { value: undefined };
  },

  checkDatabase(input: OnFilesystem & { readonly expected: ExpectedDatabase }): TaskResult<undefined> {
    withFilesystem(input, (reader) => checkDatabase(reader, input.expected));
    return { value: undefined };
  },

  checkCard({ access, card }: { readonly access: VerificationAccess; readonly card: Card }): TaskResult<undefined> {
    withImage(access, (image) => checkCard(image, card));
    return { value: undefined };
  },

  compareOutsideFilesystem(input: {
    readonly access: VerificationAccess;
    readonly image: ImageDescription;
  }): TaskResult<undefined> {
    withImage(input.access, (image) => compareOutsideFilesystem(image, input.image));
    return { value: undefined };
  },
};

export type VerifyTasks = typeof verifyTasks;

function withFilesystem<T>({ access, filesystem }: OnFilesystem, work: (reader: Ext4Reader) => T): T {
  return withImage(access, (image) => work(openExt4(windowOf(image, filesystem))));
}
