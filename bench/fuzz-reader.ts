/**
 * Fuzzes the ext4 reader: `node bench/fuzz-reader.ts [count] [seed]`, 100,000 images from seed 1 by default.
 * Ends with 1 when an image brought about anything but a result or the reader's own error in bounded time and memory.
 */
import { fuzzReader } from '../test/ext4/read/support/fuzz.ts';
import { makeSmallImage } from '../test/ext4/read/support/small-image.ts';

const MAX_BYTES = 512 * 2 ** 20;

const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  throw new Error(`Expected a count of at least 1 and a seed, found ${process.argv.slice(2).join(' ')}`);
}

const start = performance.now();
const report = fuzzReader(makeSmallImage(), count, seed);
const seconds = (performance.now() - start) / 1000;

console.log(`${count} images from seed ${seed} in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`);
console.log(`outcomes: ${JSON.stringify(report.outcomes)}, ${report.errors.size} kinds of errors and findings`);
console.log(
  `slowest: ${report.slowestMilliseconds.toFixed(0)} ms, memory: ${Math.round(report.peakBytes / 2 ** 20)} MiB`,
);
for (const failure of report.failures) {
  console.log(failure);
}
if (report.failures.length > 0 || report.peakBytes > MAX_BYTES) {
  process.exitCode = 1;
}
