import type { AccessDescription } from '../image/access.ts';
import { filesystemRange, type ImageDescription } from '../image/description.ts';
import type { FileRecord } from '../image/write.ts';
import type { Pool } from '../threads/pool.ts';
import { checkRegistration } from './check-registration.ts';
import { checkFilesystem, type E2fsck, isUncertain } from './e2fsck.ts';
import { type Skeleton, type VerificationAccess, writeSkeleton } from './skeleton.ts';
import { checkStoreHashes, type ExpectedStore } from './store-hashes.ts';
import { imageMismatch, verificationError } from './verification-error.ts';
import type { OnFilesystem, VerifyTasks } from './verify-tasks.ts';
import { checkFrames, checkSize, type FileHash } from './written-file.ts';

/** The finished file, and what it must hold. */
export interface VerificationInput extends ExpectedStore {
  readonly access: AccessDescription;
  readonly record: FileRecord;
  /** What the image was made from. Everything outside the store is compared with it. */
  readonly image: ImageDescription;
  /** Where the metadata of a compressed image is unpacked; the caller removes the file. Not used for a raw image. */
  readonly skeleton: Skeleton;
  /** A directory for temporary files if the image has the database of Nix; `undefined` if it has none. */
  readonly databaseScratch: string | undefined;
  readonly e2fsck: E2fsck;
  readonly signal: AbortSignal;
}

/** What was verified. */
export interface Verification {
  /** Summary of e2fsck: inodes and blocks in use. */
  readonly e2fsckSummary: string;
  /** Store paths whose hash, computed from the finished file, is the registered one. */
  readonly storePaths: number;
  /** Bytes and SHA-256 of the finished file. */
  readonly fileSize: number;
  readonly fileSha256: Uint8Array;
}

/**
 * Verifies a finished image file from its own bytes: they are those that were written, e2fsck finds the filesystem clean,
 * the audit finds what e2fsck does not check as planned, the image holds the closure and the root files and nothing else,
 * and every store path has the registered hash. Throws a `UserError` otherwise; e2fsck has ended then as well.
 */
export async function verifyImage(pool: Pool<VerifyTasks>, input: VerificationInput): Promise<Verification> {
  const stop = new AbortController();
  const signal = AbortSignal.any([input.signal, stop.signal]);
  const opened = openImageFile(pool, input);
  const checks = Promise.all([checkFile(pool, input), opened.then((access) => checkContents(pool, access, input))]);
  const summary = opened.then((access) => runE2fsck(access, input, signal));
  try {
    const [e2fsckSummary, [{ size, sha256 }]] = await Promise.all([preferring(summary, checks), checks]);
    return { e2fsckSummary, storePaths: input.closure.length, fileSize: size, fileSha256: sha256 };
  } catch (error) {
    // The caller stops the pool. e2fsck is a process, and would go on.
    stop.abort();
    await Promise.allSettled([summary]);
    throw input.signal.aborted ? error : verificationError(error);
  }
}

/** Rejects with the error of another check, if any, when e2fsck leaves open whether the filesystem is damaged. */
async function preferring(summary: Promise<string>, checks: Promise<unknown>): Promise<string> {
  try {
    return await summary;
  } catch (error) {
    if (isUncertain(error)) {
      await checks;
    }
    throw error;
  }
}

/** Sends the threads how to read the file, with its skeleton if it is compressed. */
async function openImageFile(
  pool: Pool<VerifyTasks>,
  { access, skeleton }: VerificationInput,
): Promise<VerificationAccess> {
  pool.share(access);
  if (access.kind === 'raw') {
    checkSize(access);
    return access;
  }
  checkFrames(access);
  return pool.share(await writeSkeleton(pool, access, skeleton));
}

function runE2fsck(
  access: VerificationAccess,
  { e2fsck, image, skeleton }: VerificationInput,
  signal: AbortSignal,
): Promise<string> {
  const path = access.kind === 'raw' ? access.path : skeleton.path;
  return checkFilesystem(e2fsck, { path, offset: filesystemRange(image).offset, signal });
}

/** Returns the size and hash of the file, whose bytes must be those that were written. */
async function checkFile(pool: Pool<VerifyTasks>, { access, record }: VerificationInput): Promise<FileHash> {
  const { path, size } = access;
  if (record.kind === 'in-order') {
    return await pool.run('hashWrittenFile', { path, crc32: record.crc32 });
  }
  return { size, sha256: await record.sha256 };
}

async function checkContents(
  pool: Pool<VerifyTasks>,
  access: VerificationAccess,
  input: VerificationInput,
): Promise<void> {
  const { closure, attributes, image } = input;
  const { tree } = image.filesystem;
  const onFilesystem: OnFilesystem = { access, filesystem: filesystemRange(image) };
  await Promise.all([
    audit(pool, onFilesystem),
    pool.run('listStore', onFilesystem).then((listing) => checkRegistration(listing, closure)),
    pool.run('compareOutsideStore', { ...onFilesystem, outside: { tree, time: attributes.time } }),
    checkOutsideFilesystem(pool, access, image),
    checkStoreHashes(pool, onFilesystem, input),
    checkDatabase(pool, onFilesystem, input),
  ]);
}

async function checkDatabase(
  pool: Pool<VerifyTasks>,
  onFilesystem: OnFilesystem,
  { closure, databaseScratch: scratch }: VerificationInput,
): Promise<void> {
  if (scratch !== undefined) {
    await pool.run('checkDatabase', { ...onFilesystem, expected: { closure, scratch } });
  }
}

async function audit(pool: Pool<VerifyTasks>, onFilesystem: OnFilesystem): Promise<void> {
  const findings = await pool.run('auditImage', onFilesystem);
  if (findings.length > 0) {
    throw imageMismatch(`The filesystem is not as planned, in what e2fsck does not check:\n  ${findings.join('\n  ')}`);
  }
}

async function checkOutsideFilesystem(
  pool: Pool<VerifyTasks>,
  access: VerificationAccess,
  image: ImageDescription,
): Promise<void> {
  const { card } = image;
  if (card === undefined) {
    return;
  }
  await pool.run('checkCard', { access, card });
  await pool.run('compareOutsideFilesystem', { access, image });
}
