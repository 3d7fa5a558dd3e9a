import { statSync } from 'node:fs';
import { rangesByPiece } from '../bytes/pieces.ts';
import type { ByteRange } from '../bytes/source.ts';
import type { AccessDescription, FrameAccess } from '../image/access.ts';
import { filesystemRange, type ImageDescription } from '../image/description.ts';
import { createSparseFile } from '../image/raw.ts';
import { printable } from '../text/printable.ts';
import type { Pool } from '../threads/pool.ts';
import { checkFilesystem, type E2fsck, isUncertain } from './e2fsck.ts';
import { imageFault } from './fault.ts';
import { checkFrames } from './frames.ts';
import { checkRegistration } from './registration.ts';
import { type ContentsClaim, checkContents } from './store-contents.ts';
import type { OnFilesystem, VerifyTasks } from './verify-tasks.ts';

/** What is to be verified, and against what. */
export interface Claim extends ContentsClaim {
  readonly access: AccessDescription;
  /** CRC-32 of the bytes of the file as they were written; `undefined` where that is not known. */
  readonly fileCrc32: number | undefined;
  /** What the image was made from: what is outside of the store, and around the filesystem, is compared with it. */
  readonly image: ImageDescription;
  /** The ranges of the image that e2fsck reads, and what else is worth having at hand uncompressed. */
  readonly atHand: readonly ByteRange[];
  readonly e2fsck: E2fsck;
  /** Where a compressed image's ranges at hand may be unpacked, as a sparse file; removed by the caller. */
  readonly skeletonPath: string;
  readonly signal: AbortSignal;
}

export interface Verification {
  /** Summary of e2fsck: inodes and blocks in use. */
  readonly e2fsckSummary: string;
  /** Store paths whose hash, recomputed from the finished file, is the registered one. */
  readonly storePaths: number;
  /** Bytes and SHA-256 of the finished file. */
  readonly fileSize: number;
  readonly fileSha256: Uint8Array;
}

/**
 * Verifies a finished image file from its own bytes: they are those that were written, e2fsck finds the filesystem clean,
 * what e2fsck does not look at is as it must be, it holds the closure and what was laid over its root and nothing else,
 * and every store path has the registered hash. Throws otherwise; e2fsck has ended then as well.
 */
export async function verifyImage(pool: Pool<VerifyTasks>, claim: Claim): Promise<Verification> {
  const stop = new AbortController();
  const filesystem = withPartsAtHand(pool, claim);
  const others = Promise.all([
    checkFile(pool, claim),
    filesystem.then((access) => verifyFilesystem(pool, access, claim)),
  ]);
  const check = filesystem
    .then((access) => checkByTool(access, claim, AbortSignal.any([claim.signal, stop.signal])))
    .catch(async (error) => {
      // Where e2fsck is not clear, the others are: what they find wrong is what is told.
      if (isUncertain(error)) {
        await others;
      }
      throw error;
    });
  try {
    const [e2fsckSummary, [file]] = await Promise.all([check, others]);
    return { e2fsckSummary, storePaths: claim.closure.length, ...file };
  } catch (error) {
    // The pool is the caller's to stop; e2fsck is a process of its own, and would go on.
    stop.abort();
    await Promise.allSettled([check]);
    throw claim.signal.aborted ? error : imageFault(error);
  }
}

function checkByTool(access: AccessDescription, claim: Claim, signal: AbortSignal): Promise<string> {
  const unpacked = access.kind === 'frames' && access.skeleton !== undefined ? access.skeleton.path : access.path;
  return checkFilesystem(claim.e2fsck, { path: unpacked, offset: filesystemRange(claim.image).offset, signal });
}

/** The bytes of the file itself: that they are those that were written, and their hash. */
async function checkFile(
  pool: Pool<VerifyTasks>,
  { access, fileCrc32 }: Claim,
): Promise<Pick<Verification, 'fileSize' | 'fileSha256'>> {
  const found = await pool.run('hashFile', { path: access.path, withCrc32: fileCrc32 !== undefined });
  if (found.crc32 !== fileCrc32) {
    throw new Error(
      `${printable(access.path)} is not what was written: its CRC-32 is ${found.crc32}, and was ${fileCrc32}.`,
    );
  }
  return { fileSize: statSync(access.path).size, fileSha256: found.sha256 };
}

async function verifyFilesystem(pool: Pool<VerifyTasks>, access: AccessDescription, claim: Claim): Promise<void> {
  const { closure, attributes } = claim;
  const { tree } = claim.image.filesystem;
  const image: OnFilesystem = { access, filesystem: filesystemRange(claim.image) };
  await Promise.all([
    audit(pool, image),
    pool.run('listStore', image).then((listing) => checkRegistration(listing, closure)),
    pool.run('compareOutsideStore', { ...image, outside: { tree, time: attributes.time } }),
    verifyAround(pool, access, claim.image),
    checkContents(pool, image, claim),
  ]);
}

/** Unpacks parts of a compressed image into a sparse file, for e2fsck and for the reader. */
async function withPartsAtHand(pool: Pool<VerifyTasks>, claim: Claim): Promise<AccessDescription> {
  const { access, skeletonPath: path, atHand } = claim;
  pool.share(access);
  if (access.kind === 'raw') {
    return access;
  }
  checkFrames(access);
  createSparseFile(path, access.size);
  const parts = rangesByPiece(atHand, access.frames[0]?.uncompressedBytes ?? access.size);
  await Promise.all(parts.map((ranges) => pool.run('writeSkeletonPart', { access, skeletonPath: path, ranges })));
  return pool.share({ ...access, skeleton: { path, ranges: atHand } } satisfies FrameAccess);
}

async function audit(pool: Pool<VerifyTasks>, image: OnFilesystem): Promise<void> {
  const findings = await pool.run('auditImage', image);
  if (findings.length === 0) {
    return;
  }
  throw new Error(`The image is not as it was planned, in what e2fsck does not check:\n  ${findings.join('\n  ')}`);
}

/** What stands around the filesystem of a card: as a reader sees it, then every byte. */
async function verifyAround(
  pool: Pool<VerifyTasks>,
  access: AccessDescription,
  image: ImageDescription,
): Promise<void> {
  const { card } = image;
  if (card === undefined) {
    return;
  }
  const problems = await pool.run('checkCard', { access, card });
  if (problems.length > 0) {
    throw new Error(`The card is not as it was planned:\n  ${problems.join('\n  ')}`);
  }
  const at = await pool.run('differenceAround', { access, image });
  if (at !== undefined) {
    throw new Error(`The card is not as it was planned at byte ${at}, which is not part of its ext4 filesystem.`);
  }
}
