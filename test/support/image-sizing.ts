import { mostlyZero } from './image-contents.ts';
import { type PlannedSample, planSample, type SampleImageOptions } from './image-files.ts';
import { file, makeSample, type SampleChild } from './image-sample.ts';

/** Bytes in a block, and blocks in a group. */
export const BLOCK = 4096;
export const GROUP = 32_768;

/** An image whose one file has so many blocks; none of them need be written. */
export function planFilled(
  blocks: number,
  options: SampleImageOptions = {},
  others: readonly SampleChild[] = [],
): PlannedSample {
  return planSample(makeSample([['filler', file(mostlyZero(blocks * BLOCK))], ...others]), options);
}

/** The most blocks that a file can have in a filesystem of `groups` groups. */
export function mostFillIn(groups: number, options: SampleImageOptions = {}): number {
  let fits = 0;
  let tooMuch = groups * GROUP;
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (planFilled(middle, options).plan.geometry.groups <= groups) {
      fits = middle;
    } else {
      tooMuch = middle;
    }
  }
  return fits;
}
