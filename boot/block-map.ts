import type { ByteRange } from '../src/bytes/source.ts';

/** Reads the ranges of a block map, in bytes, ascending. */
export function parseBlockMap(xml: string): readonly ByteRange[] {
  const blockSize = Number(/<BlockSize> (\d+) <\/BlockSize>/.exec(xml)?.[1]);
  const imageSize = Number(/<ImageSize> (\d+) <\/ImageSize>/.exec(xml)?.[1]);
  return [...xml.matchAll(/<Range chksum="[0-9a-f]+"> (\d+)(?:-(\d+))? <\/Range>/g)].map(([, first, last = first]) => {
    const offset = Number(first) * blockSize;
    return { offset, length: Math.min(imageSize, (Number(last) + 1) * blockSize) - offset };
  });
}

/** What lies between ascending ranges, up to `size`. */
export function rangesBetween(ranges: readonly ByteRange[], size: number): readonly ByteRange[] {
  const between: ByteRange[] = [];
  let end = 0;
  for (const { offset, length } of [...ranges, { offset: size, length: 0 }]) {
    if (offset > end) {
      between.push({ offset: end, length: offset - end });
    }
    end = offset + length;
  }
  return between;
}
