/**
 * The first of `count` things that stands after `position`; `count` when there is none. `positionOf` gives where each
 * stands, ascending.
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
