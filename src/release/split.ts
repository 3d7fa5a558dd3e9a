import type { ByteRange } from '../bytes/source.ts';

/** Bytes of the largest file that a GitHub release accepts: less than 2 GiB. */
export const LARGEST_ASSET = 2 ** 31 - 1;

/** A part of a file, with its own name. */
export interface FilePart extends ByteRange {
  readonly name: string;
}

/**
 * Splits a file of `size` bytes into the fewest parts of at most `limit` bytes each, as equal as possible, at multiples of
 * 4 KiB. A file within the limit is one part under its own name; otherwise the parts are named `<name>.00`, `<name>.01` and
 * so on. Throws an `Error` if the limit is less than that.
 */
export function planParts(name: string, size: number, limit: number = LARGEST_ASSET): readonly FilePart[] {
  if (size <= limit) {
    return [{ name, offset: 0, length: size }];
  }
  const most = Math.ceil(size / BLOCK);
  for (let count = Math.ceil(size / limit); count <= most; count++) {
    const ranges = rangesBetween(equalCuts(size, count));
    if (ranges.every(({ length }) => length > 0 && length <= limit)) {
      return nameParts(name, ranges);
    }
  }
  throw new Error(`A file of ${size} bytes cannot be split into parts of at most ${limit} bytes.`);
}

/**
 * The shell command that joins the parts of a file; `undefined` for a single part. `name` must be one that GitHub keeps
 * for a release file: it needs no quotes.
 */
export function joinCommand(name: string, parts: number): string | undefined {
  return parts < 2 ? undefined : `cat ${name}.${'[0-9]'.repeat(digits(parts))} > ${name}`;
}

/** Whether `other` has the name of a part of the file `name`. */
export function isPartOf(name: string, other: string): boolean {
  return other.startsWith(`${name}.`) && /^\d{2,}$/.test(other.slice(name.length + 1));
}

const BLOCK = 4096;

/** The ends of `count` parts; the last one is the end of the file. */
function equalCuts(size: number, count: number): readonly number[] {
  const cuts = Array.from({ length: count - 1 }, (_, i) => Math.ceil((size * (i + 1)) / count / BLOCK) * BLOCK);
  return [...cuts, size];
}

/** The ranges that end at these offsets, from 0 on. */
function rangesBetween(ends: readonly number[]): readonly ByteRange[] {
  let offset = 0;
  return ends.map((end) => {
    const range = { offset, length: end - offset };
    offset = end;
    return range;
  });
}

function nameParts(name: string, ranges: readonly ByteRange[]): readonly FilePart[] {
  const width = digits(ranges.length);
  return ranges.map((range, i) => ({ name: `${name}.${String(i).padStart(width, '0')}`, ...range }));
}

/** Digits that the numbers of `count` parts need, at least two. */
function digits(count: number): number {
  return Math.max(2, String(count - 1).length);
}
