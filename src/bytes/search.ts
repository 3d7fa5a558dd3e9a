/**
 * Binary search: the first index below `count` whose position is greater than `position`, or `count` if there is none.
 * `positionOf` must be ascending.
 */
export function firstAfter(count: number, positionOf: (index: number) => number, position: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (positionOf(middle) > position) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
