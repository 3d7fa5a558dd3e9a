import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthExponent, median, pairedRatio } from '../../bench/report/statistics.ts';

const positive = double({ min: 1e-3, max: 1e6, noNaN: true });

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 3], 3],
    [[1, 2, 30, 4], 3],
    [[5, 5, 5, 1], 5],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('of none is not a number', () => expect(median([])).toBeNaN());

  it('has as many values below it as above, whatever their order', () => {
    assert(
      property(array(positive, { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        return below <= values.length / 2 && above <= values.length / 2 && middle === median(values.toReversed());
      }),
    );
  });

  it('leaves its argument as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('pairedRatio', () => {
  it('compares within a round, so that a slow round does not count', () =>
    expect(pairedRatio([2, 20, 4], [1, 10, 2])).toBe(2));

  it('takes the middle of the ratios, not the ratio of the middles', () =>
    expect(pairedRatio([1, 2, 9], [1, 4, 3])).toBe(1));

  it('leaves out rounds that the other has not', () => expect(pairedRatio([2, 100], [1])).toBe(2));

  it('is not a number without a counterpart', () => expect(pairedRatio([1], [])).toBeNaN());
});

describe('growthExponent', () => {
  it('is the power with which y follows x', () => {
    assert(
      property(double({ min: 0, max: 4, noNaN: true }), positive, (power, factor) => {
        const found = growthExponent([1000, factor * 1000 ** power], [10_000, factor * 10_000 ** power]);
        return Math.abs(found - power) < 1e-6;
      }),
    );
  });

  it('is below 1 where a constant part still counts', () =>
    expect(growthExponent([10, 5 + 10], [100, 5 + 100])).toBeCloseTo(0.845, 3));
});
