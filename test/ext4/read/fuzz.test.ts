// @module-tag system
import { expect, it } from 'vitest';
import { fuzzReader } from './support/fuzz.ts';
import { makeSmallImage } from './support/small-image.ts';

// bench/fuzz-reader.ts does the same for any length of time.
it('throws only format errors for 2,000 images with wrong fields and valid checksums, in bounded time', () => {
  const report = fuzzReader(makeSmallImage(), 2000, 1);
  expect(report.failures).toEqual([]);
  expect(report.peakBytes).toBeLessThan(512 * 2 ** 20);
  // Most mutations must pass the checksums, or this would test little else.
  expect(report.outcomes.refused).toBeGreaterThan(100);
  expect(report.outcomes.wrong).toBeGreaterThan(1000);
  expect(report.errors.size).toBeGreaterThan(80);
});
