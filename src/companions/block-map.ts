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

/**
 * Writes the block map of a card for `bmaptool copy`, with the hashes of the finished file's own bytes. `onProgress` is
 * called with the bytes that have been hashed, and those that there are.
 */
export async function writeBlockMap(
  pool: Pool<ImageTasks>,
  access: AccessDescription,
  card: Card,
  filesystem: Filesystem,
  path: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const free = {
    firmware: card.firmware === undefined ? [] : fatFreeRanges(card.firmware.plan),
    filesystem: filesystem.plan.freeRuns.map(({ start, length }) => ({
      offset: start * BLOCK_SIZE,
      length: length * BLOCK_SIZE,
    })),
  };
  const written = bmapRanges(access.size, writtenRanges(card.layout, free), PIECE_BYTES);
  const ranges = rangesByPiece(written, PIECE_BYTES);
  pool.share(access);
  const total = totalLength(ranges.flat());
  let done = 0;
  const hashed = await Promise.all(
    ranges.map(async (part) => {
      const hashes = await pool.run('hashRanges', { access, ranges: part });
      done += totalLength(part);
      onProgress(done, total);
      return part.map((range, i) => ({ ...range, sha256: hashes[i] }));
    }),
  );
  writeSmallFile(path, encodeBmap(access.size, hashed.flat()));
}

/**
 * Ranges end at multiples of this, as all frames do: none is decompressed for two ranges at different times. The same
 * whatever the compression, and so is the map.
 */
const PIECE_BYTES = 16 * 1024 * 1024;
