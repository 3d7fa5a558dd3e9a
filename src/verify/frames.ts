import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { FrameAccess } from '../image/access.ts';
import { readSeekTable } from '../image/frames/seek-table.ts';

/**
 * Checks that the frames of a compressed file are all there is in it: they follow one another from its start to its
 * end, or to the table that a zstd file has there, which must list just these. Then what is verified frame by frame is
 * what any tool decompresses from the file.
 */
export function checkFrames({ path, codec, frames }: FrameAccess): void {
  const last = frames.at(-1);
  const end = last === undefined ? 0 : last.offset + last.compressedBytes;
  const isContiguous = frames.every((frame, i) => {
    const before = frames[i - 1];
    return frame.offset === (before === undefined ? 0 : before.offset + before.compressedBytes);
  });
  const isWhole = codec === 'zstd' ? isDeepStrictEqual(readSeekTable(path), frames) : statSync(path).size === end;
  if (isContiguous && isWhole) {
    return;
  }
  throw new Error(
    `${path} is not just the ${frames.length} ${codec} frames that were written: another process changed it.`,
  );
}
