import { statSync } from 'node:fs';
import type { ByteRange } from '../bytes/source.ts';
import { printable } from '../command/printable.ts';
import { type AccessDescription, type FrameAccess, pieceBytes } from '../image/access.ts';
import { filesystemRange, type ImageDescription } from '../image/description.ts';
import { createSparseFile } from '../image/raw.ts';
import { formatSha256 } from '../nix/hash.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import type { Pool } from '../threads/pool.ts';
import { type CleanCheck, checkFilesystem } from './e2fsck.ts';
import { imageFault } from './fault.ts';
import { checkFrames } from './frames.ts';
import { checkRegistration } from './registration.ts';
import { rangesByFrame } from './skeleton.ts';
import type { ImageHash, StoreAttributes } from './store.ts';
import type { OnFilesystem, ProofTasks } from './tasks.ts';

/** What is to be proved, and against what. */
export interface Claim {
  readonly access: AccessDescription;
  /** CRC-32 of the bytes of the file as they were written; `undefined` where that is not known. */
  readonly fileCrc32: number | undefined;
  /** What the image was made from: what is outside of the store, and around the filesystem, is compared with it. */
  readonly image: ImageDescription;
  /** The ranges of the image that e2fsck reads, and what else is worth having at hand uncompressed. */
  readonly atHand: readonly ByteRange[];
  /** What Nix registered, in the order in which the image holds it. */
  readonly closure: readonly StorePathInfo[];
  readonly attributes: StoreAttributes;
  readonly e2fsck: string;
  /** Where a compressed image's ranges at hand may be unpacked, as a sparse file; removed by the caller. */
  readonly skeletonPath: string;
  readonly signal: AbortSignal;
  /** Called with the bytes of Nix archives that have been hashed. */
  readonly onProgress: (bytes: number) => void;
}

export interface Proof {
  readonly check: CleanCheck;
  /** Store paths whose hash, recomputed from the finished file, is the registered one. */
  readonly storePaths: number;
  /** Bytes and SHA-256 of the finished file. */
  readonly fileSize: number;
  readonly fileSha256: Uint8Array;
}

/**
 * Proves a finished image file from its own bytes: they are those that were written, e2fsck finds the filesystem clean,
 * what e2fsck does not look at is as it must be, it holds the closure and what was laid over its root and nothing else,
 * and every store path has the registered hash. Throws otherwise; e2fsck has ended then as well.
 */
export async function proveImage(pool: Pool<ProofTasks>, claim: Claim): Promise<Proof> {
  const stop = new AbortController();
  const filesystem = withPartsAtHand(pool, claim);
  const check = filesystem.then((access) => checkByTool(access, claim, AbortSignal.any([claim.signal, stop.signal])));
  try {
    const [proved, file] = await Promise.all([
      check,
      checkFile(pool, claim),
      filesystem.then((access) => proveFilesystem(pool, access, claim)),
    ]);
    return { check: proved, storePaths: claim.closure.length, ...file };
  } catch (error) {
    // The pool is the caller's to stop; e2fsck is a process of its own, and would go on.
    stop.abort();
    await Promise.allSettled([check]);
    throw claim.signal.aborted ? error : imageFault(error);
  }
}

function checkByTool(access: AccessDescription, claim: Claim, signal: AbortSignal): Promise<CleanCheck> {
  const unpacked = access.kind === 'frames' && access.skeleton !== undefined ? access.skeleton.path : access.path;
  return checkFilesystem(claim.e2fsck, unpacked, filesystemRange(claim.image).offset, signal);
}

/** The bytes of the file itself: that they are those that were written, and their hash. */
async function checkFile(
  pool: Pool<ProofTasks>,
  { access, fileCrc32 }: Claim,
): Promise<Pick<Proof, 'fileSize' | 'fileSha256'>> {
  const found = await pool.run('hashFile', { path: access.path, withCrc32: fileCrc32 !== undefined });
  if (found.crc32 !== fileCrc32)
    throw new Error(
      `${printable(access.path)} is not what was written: its CRC-32 is ${found.crc32}, and was ${fileCrc32}.`,
    );
  return { fileSize: statSync(access.path).size, fileSha256: found.sha256 };
}

async function proveFilesystem(pool: Pool<ProofTasks>, access: AccessDescription, claim: Claim): Promise<void> {
  const { closure, attributes } = claim;
  const { tree } = claim.image.filesystem;
  const image: OnFilesystem = { access, filesystem: filesystemRange(claim.image) };
  await Promise.all([
    audit(pool, image),
    pool.run('listStore', image).then((listing) => checkRegistration(listing, closure)),
    pool.run('compareOutsideStore', { ...image, outside: { tree, time: attributes.time } }),
    proveAround(pool, access, claim.image),
    checkContents(pool, image, claim),
  ]);
}

/** Unpacks parts of a compressed image into a sparse file, for e2fsck and for the reader. */
async function withPartsAtHand(pool: Pool<ProofTasks>, claim: Claim): Promise<AccessDescription> {
  const { access, skeletonPath: path, atHand } = claim;
  pool.share(access);
  if (access.kind === 'raw') return access;
  checkFrames(access);
  createSparseFile(path, access.size);
  const parts = rangesByFrame(atHand, pieceBytes(access));
  await Promise.all(parts.map((ranges) => pool.run('writeSkeletonPart', { access, skeletonPath: path, ranges })));
  return pool.share({ ...access, skeleton: { path, ranges: atHand } } satisfies FrameAccess);
}

async function audit(pool: Pool<ProofTasks>, image: OnFilesystem): Promise<void> {
  const findings = await pool.run('auditImage', image);
  if (findings.length === 0) return;
  throw new Error(`The image is not as it was planned, in what e2fsck does not check:\n  ${findings.join('\n  ')}`);
}

/** What stands around the filesystem of a card: as a reader sees it, then every byte. */
async function proveAround(pool: Pool<ProofTasks>, access: AccessDescription, image: ImageDescription): Promise<void> {
  const { card } = image;
  if (card === undefined) return;
  const problems = await pool.run('checkCard', { access, card });
  if (problems.length > 0) throw new Error(`The card is not as it was planned:\n  ${problems.join('\n  ')}`);
  const at = await pool.run('differenceAround', { access, image });
  if (at !== undefined)
    throw new Error(`The card is not as it was planned at byte ${at}, which is not part of its ext4 filesystem.`);
}

async function checkContents(pool: Pool<ProofTasks>, image: OnFilesystem, claim: Claim): Promise<void> {
  const { attributes, closure } = claim;
  let done = 0;
  await Promise.all(
    batches(closure, pool.threads).map(async (batch) => {
      const names = batch.map((info) => baseName(info));
      const hashes = await pool.run('hashStorePaths', { ...image, names, attributes });
      for (const [i, info] of batch.entries()) {
        if (!isAsRegistered(hashes[i], info)) throw await mismatchError(pool, image, attributes, info, hashes[i]);
        done += info.size;
      }
      claim.onProgress(done);
    }),
  );
}

/**
 * Neighbours on disk are read by one thread, so that it need not decompress a frame for each; there are enough batches
 * for the threads to end at about the same time, the largest first.
 */
function batches(closure: readonly StorePathInfo[], threads: number): readonly (readonly StorePathInfo[])[] {
  const total = closure.reduce((sum, info) => sum + info.size, 0);
  const batchBytes = Math.max(total / (threads * BATCHES_PER_THREAD), LEAST_BATCH_BYTES);
  const cut: { bytes: number; readonly infos: StorePathInfo[] }[] = [];
  for (const info of closure) {
    const last = cut.at(-1);
    if (last === undefined || last.bytes >= batchBytes) {
      cut.push({ bytes: info.size, infos: [info] });
    } else {
      last.bytes += info.size;
      last.infos.push(info);
    }
  }
  return cut.sort((a, b) => b.bytes - a.bytes).map(({ infos }) => infos);
}

const BATCHES_PER_THREAD = 8;
const LEAST_BATCH_BYTES = 16 * 1024 * 1024;

function isAsRegistered(found: ImageHash, { hash, size }: StorePathInfo): boolean {
  return found.hash !== undefined && found.size === size && Buffer.compare(found.hash, hash) === 0;
}

async function mismatchError(
  pool: Pool<ProofTasks>,
  image: OnFilesystem,
  attributes: StoreAttributes,
  info: StorePathInfo,
  found: ImageHash,
): Promise<Error> {
  const mismatch = { name: baseName(info), path: info.path, registered: info.hash, attributes };
  const { atFault, sentence, remedy } = await pool.run('explainMismatch', { ...image, mismatch });
  const what =
    found.hash === undefined
      ? `it cannot be read: ${printable(found.problem ?? '')}`
      : `it has the hash ${formatSha256(found.hash)} and ${found.size} bytes as a Nix archive`;
  const error = new Error(
    `${info.path} in the image is not what Nix registered, ${formatSha256(info.hash)} and ${info.size} bytes: ${what}. ${sentence}`,
  );
  return atFault === 'image' ? error : Object.assign(error, { title: 'The Nix store is damaged', remedy });
}

function baseName(info: StorePathInfo): string {
  return info.path.slice(info.path.lastIndexOf('/') + 1);
}
