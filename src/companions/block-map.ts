import { rangesByPiece } from '../bytes/pieces.ts';
import { totalLength } from '../bytes/source.ts';
import { bmapRanges, encodeBmap } from '../disk/bmap.ts';
import { writtenRanges } from '../disk/written.ts';
import { BLOCK_SIZE } from '../ext4/format/constants.ts';
import { fatFreeRanges } from '../fat/source.ts';
import type { AccessDescription } from '../image/access.ts';
import type { Card, Filesystem } from '../image/description.ts';
import type { ImageTasks } from '../image/image-tasks.ts';
import { writeSmallFile } from '../image/write-error.ts';
import type { Pool } from '../threads/pool.ts';

export interface BlockMapOptions {
  /** How the finished image is read. */
  readonly access: AccessDescription;
  readonly card: Card;
  readonly filesystem: Filesystem;
  /** The file to write. */
  readonly path: string;
  /** Called with the bytes of the image that have been hashed, and their total. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes the block map of a card for `bmaptool copy`, with hashes of the bytes of the finished file. Errors as in
 * `writeError`.
 */
export async function writeBlockMap(pool: Pool<ImageTasks>, options: BlockMapOptions): Promise<void> {
  const { access, card, filesystem, path, onProgress } = options;
  const free = {
    firmware: card.firmware === undefined ? [] : fatFreeRanges(card.firmware.plan),
    filesystem: filesystem.plan.freeRuns.map(({ start, length }) => ({
      offset: start * BLOCK_SIZE,
      length: length * BLOCK_SIZE,
    })),
  };
  const written = bmapRanges(access.size, writtenRanges(card.layout, free), STEP);
  const pieces = rangesByPiece(written, STEP);
  pool.share(access);
  const total = totalLength(pieces.flat());
  let done = 0;
  const hashed = await Promise.all(
    pieces.map(async (ranges) => {
      const hashes = await pool.run('hashRanges', { access, ranges });
      done += totalLength(ranges);
      onProgress(done, total);
      return ranges.map((range, i) => ({ ...range, sha256: hashes[i] }));
    }),
  );
  writeSmallFile(path, encodeBmap(access.size, hashed.flat()));
}

/**
 * Bytes. Ranges end at multiples of it, as all frames do, so that each frame is decompressed once. It does not depend on the
 * compression, and neither does the map.
 */
const STEP = 16 * 1024 * 1024;
