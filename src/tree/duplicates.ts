import { createHash, hash } from 'node:crypto';
import { PIECE_BYTES } from '../bytes/source.ts';
import { LINK_MAX, MODE } from '../ext4/format/constants.ts';
import { createContentsReader } from './contents.ts';
import type { ImageTree } from './image-tree.ts';
import { storeDirectoryOf } from './store/store-directory.ts';

/** Bytes of a digest of a file's contents. */
export const DIGEST_BYTES = 32;

/**
 * Returns the files of the store that may have duplicates: those whose size and executable bit occur more than once. Files
 * outside the store are left out, because users may change them.
 */
export function duplicateCandidates(tree: ImageTree): Uint32Array {
  const store = storeDirectoryOf(tree);
  const seen = new Map<number, number>();
  const files: number[] = [];
  for (let entry = store + 1; entry < tree.end[store]; entry++) {
    if ((tree.mode[entry] & MODE.typeMask) !== MODE.regular) {
      continue;
    }
    files.push(entry);
    const key = kindOf(tree, entry);
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return Uint32Array.from(files.filter((entry) => (seen.get(kindOf(tree, entry)) ?? 0) > 1));
}

/** Returns the SHA-256 of the contents of each of the given files, in their order. */
export function digestFiles(tree: ImageTree, entries: Uint32Array): Uint8Array<ArrayBuffer> {
  const digests = new Uint8Array(entries.length * DIGEST_BYTES);
  using reader = createContentsReader(tree);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const readPiece = (entry: number, position: number): Buffer => {
    const bytes = piece.subarray(0, Math.min(PIECE_BYTES, tree.size[entry] - position));
    if (bytes.length > 0) {
      reader.read(entry, position, bytes);
    }
    return bytes;
  };
  const digest = (entry: number): Buffer => {
    // Most files are small, for which a single call takes a fraction of the time.
    if (tree.size[entry] <= PIECE_BYTES) {
      return hash('sha256', readPiece(entry, 0), 'buffer');
    }
    const pieces = createHash('sha256');
    for (let position = 0; position < tree.size[entry]; position += PIECE_BYTES) {
      pieces.update(readPiece(entry, position));
    }
    return pieces.digest();
  };
  entries.forEach((entry, i) => {
    digests.set(digest(entry), i * DIGEST_BYTES);
  });
  return digests;
}

/**
 * Makes equal files share the inode of the first of them, and returns how many bytes that saves. A file with more
 * duplicates than an inode may have links gets another inode for each `LINK_MAX` of them.
 */
export function shareDuplicates(tree: ImageTree, candidates: Uint32Array, digests: Uint8Array): number {
  const digest = (i: number): Uint8Array => digests.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES);
  const order = Uint32Array.from(candidates.keys()).sort(
    (a, b) =>
      kindOf(tree, candidates[a]) - kindOf(tree, candidates[b]) || Buffer.compare(digest(a), digest(b)) || a - b,
  );
  let saved = 0;
  let first = 0;
  order.forEach((index, i) => {
    const entry = candidates[index];
    const isDuplicate =
      i > 0 &&
      i - first < LINK_MAX &&
      kindOf(tree, entry) === kindOf(tree, candidates[order[first]]) &&
      Buffer.compare(digest(index), digest(order[first])) === 0;
    if (!isDuplicate) {
      first = i;
      return;
    }
    tree.original[entry] = candidates[order[first]];
    saved += tree.size[entry];
  });
  return saved;
}

/** Size and executable bit as one number; sizes are below 2^52. */
function kindOf(tree: ImageTree, entry: number): number {
  return tree.size[entry] * 2 + ((tree.mode[entry] & 0o111) === 0 ? 0 : 1);
}
