import type { ByteRange } from '../bytes/source.ts';

/** Bytes of the largest file that a release of GitHub takes: it must be smaller than 2 GiB. */
export const LARGEST_ASSET = 2 ** 31 - 1;

/** A piece of a file, under a name of its own. */
export interface FilePart extends ByteRange {
  readonly name: string;
}

/**
 * Parts a file of `size` bytes into as few as possible of at most `limit` bytes each, as equal as the places allow where it
 * may be cut: at the given ends of compressed frames, ascending, or, where there are none, at blocks of 4 KiB. So each part
 * of a compressed image can be decompressed by itself. A file within the limit is one part under its own name; others are
 * named `<name>.00`, `<name>.01` and so on.
 *
 * Throws an `Error` if the places leave a part that is too large.
 */
export function planParts(
  name: string,
  size: number,
  frameEnds: readonly number[],
  limit: number = LARGEST_ASSET,
): readonly FilePart[] {
  if (size <= limit) {
    return [{ name, offset: 0, length: size }];
  }
  const most = frameEnds.length > 0 ? frameEnds.length : Math.ceil(size / BLOCK);
  for (let count = Math.ceil(size / limit); count <= most; count++) {
    const cuts = equalCuts(size, count, frameEnds);
    const ranges = cuts.map((end, i) => ({ offset: cuts[i - 1] ?? 0, length: end - (cuts[i - 1] ?? 0) }));
    if (ranges.every(({ length }) => length > 0 && length <= limit)) {
      return nameParts(name, ranges);
    }
  }
  throw new Error(`A file of ${size} bytes cannot be parted into pieces of at most ${limit} bytes.`);
}

/**
 * The command by which a shell joins the parts of a file; `undefined` if there is but one. The name must be one that a
 * release keeps, which no shell takes for anything else.
 */
export function joinCommand(name: string, parts: number): string | undefined {
  return parts < 2 ? undefined : `cat ${name}.${'[0-9]'.repeat(digits(parts))} > ${name}`;
}

/** Whether a file is, or was, a part of the file `name`. */
export function isPartOf(name: string, other: string): boolean {
  return other.startsWith(`${name}.`) && /^\d{2,}$/.test(other.slice(name.length + 1));
}

const BLOCK = 4096;

/** Ends of `count` pieces, the last being that of the file. */
function equalCuts(size: number, count: number, frameEnds: readonly number[]): readonly number[] {
  const wanted = Array.from({ length: count - 1 }, (_, i) => (size * (i + 1)) / count);
  const cuts = wanted.map((place) =>
    frameEnds.length > 0 ? nearest(frameEnds, place) : Math.ceil(place / BLOCK) * BLOCK,
  );
  return [...cuts, size];
}

function nearest(places: readonly number[], wanted: number): number {
  return places.reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best));
}

function nameParts(name: string, ranges: readonly ByteRange[]): readonly FilePart[] {
  const width = digits(ranges.length);
  return ranges.map((range, i) => ({ name: `${name}.${String(i).padStart(width, '0')}`, ...range }));
}

/** Digits that the numbers of so many parts need; two at least. */
function digits(count: number): number {
  return Math.max(2, String(count - 1).length);
}
