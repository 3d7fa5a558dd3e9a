/** The middle value; of an even number of values, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of the ratios of values with the same index, that is of the same round: what disturbs a round disturbs both.
 * Values without a counterpart are left out.
 */
export function pairedRatio(values: readonly number[], references: readonly number[]): number {
  const pairs = Math.min(values.length, references.length);
  return median(values.slice(0, pairs).map((value, i) => value / references[i]));
}

/**
 * The exponent with which `y` grows from one point to another: 1 where it is linear, 2 where it is quadratic, less
 * than 1 where a constant part still counts.
 */
export function growthExponent(from: readonly [x: number, y: number], to: readonly [x: number, y: number]): number {
  return Math.log(to[1] / from[1]) / Math.log(to[0] / from[0]);
}
