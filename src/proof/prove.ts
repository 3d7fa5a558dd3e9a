import { statSync } from 'node:fs';
import type { ByteRange } from '../bytes/source.ts';
import { printable } from '../command/printable.ts';
import type { AccessDescription, FrameAccess } from '../image/access.ts';
import type { Card } from '../image/description.ts';
import { FRAME_BYTES } from '../image/frames/frame.ts';
import { createSparseFile } from '../image/raw.ts';
import { formatSha256 } from '../nix/hash.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import type { Pool } from '../threads/pool.ts';
import { type CleanCheck, checkFilesystem } from './e2fsck.ts';
import { checkFrames } from './frames.ts';
import { checkRegistration } from './registration.ts';
import { rangesByFrame } from './skeleton.ts';
import type { ImageHash, StoreAttributes } from './store.ts';
import type { OnFilesystem, ProofTasks } from './tasks.ts';

/** What is to be proved, and against what. */
export interface Claim {
  readonly access: AccessDescription;
  /** Where the ext4 filesystem is in the image. */
  readonly filesystem: ByteRange;
  /** What stands around it; `undefined` for a bare filesystem. */
  readonly card: Card | undefined;
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
 * Proves a finished image file from its own bytes: e2fsck finds it clean, what e2fsck does not look at is as it must
 * be, it holds the closure and nothing else, and every store path has the registered hash. Throws otherwise.
 */
export async function proveImage(pool: Pool<ProofTasks>, claim: Claim): Promise<Proof> {
  const [fileSha256, check] = await Promise.all([
    pool.run('hashFile', { path: claim.access.path }),
    proveFilesystem(pool, claim),
  ]);
  const fileSize = statSync(claim.access.path).size;
  return { check, storePaths: claim.closure.length, fileSize, fileSha256 };
}

async function proveFilesystem(pool: Pool<ProofTasks>, claim: Claim): Promise<CleanCheck> {
  const access = await withPartsAtHand(pool, claim);
  const image: OnFilesystem = { access, filesystem: claim.filesystem };
  const unpacked = access.kind === 'frames' && access.skeleton !== undefined ? access.skeleton.path : access.path;
  const [check] = await Promise.all([
    checkFilesystem(claim.e2fsck, unpacked, claim.filesystem.offset, claim.signal),
    audit(pool, image),
    pool.run('listStore', image).then((listing) => checkRegistration(listing, claim.closure)),
    checkContents(pool, image, claim),
    proveCard(pool, access, claim.card),
  ]);
  return check;
}

/** Unpacks parts of a compressed image into a sparse file, for e2fsck and for the reader. */
async function withPartsAtHand(pool: Pool<ProofTasks>, claim: Claim): Promise<AccessDescription> {
  const { access, skeletonPath: path, atHand } = claim;
  if (access.kind === 'raw') return access;
  checkFrames(access);
  createSparseFile(path, access.size);
  const parts = rangesByFrame(atHand, FRAME_BYTES);
  await Promise.all(parts.map((ranges) => pool.run('writeSkeletonPart', { access, skeletonPath: path, ranges })));
  return { ...access, skeleton: { path, ranges: atHand } } satisfies FrameAccess;
}

async function audit(pool: Pool<ProofTasks>, image: OnFilesystem): Promise<void> {
  const findings = await pool.run('auditImage', image);
  if (findings.length === 0) return;
  throw new Error(`The image is not as it was planned, in what e2fsck does not check:\n  ${findings.join('\n  ')}`);
}

async function proveCard(pool: Pool<ProofTasks>, access: AccessDescription, card: Card | undefined): Promise<void> {
  const problems = card === undefined ? [] : await pool.run('checkCard', { access, card });
  if (problems.length > 0) throw new Error(`The card is not as it was planned:\n  ${problems.join('\n  ')}`);
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
 * for the threads to end at about the same time.
 */
function batches(closure: readonly StorePathInfo[], threads: number): readonly (readonly StorePathInfo[])[] {
  const total = closure.reduce((sum, info) => sum + info.size, 0);
  const batchBytes = Math.max(total / (threads * BATCHES_PER_THREAD), 2 * FRAME_BYTES);
  const cut: StorePathInfo[][] = [];
  let bytes = batchBytes;
  for (const info of closure) {
    if (bytes >= batchBytes) {
      cut.push([]);
      bytes = 0;
    }
    cut.at(-1)?.push(info);
    bytes += info.size;
  }
  return cut;
}

const BATCHES_PER_THREAD = 8;

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
  const explanation = await pool.run('explainMismatch', { ...image, mismatch });
  const what =
    found.hash === undefined
      ? `it cannot be read: ${printable(found.problem ?? '')}`
      : `it has the hash ${formatSha256(found.hash)} and ${found.size} bytes as a Nix archive`;
  return new Error(
    `${info.path} in the image is not what Nix registered, ${formatSha256(info.hash)} and ${info.size} bytes: ${what}. ` +
      explanation,
  );
}

function baseName(info: StorePathInfo): string {
  return info.path.slice(info.path.lastIndexOf('/') + 1);
}
