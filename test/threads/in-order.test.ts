import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder } from '../../src/threads/in-order.ts';

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const result of results) {
    collected.push(result);
  }
  return collected;
}

it('yields results in the order of the items, with no more work at a time than the window allows', async () => {
  const delays = fc.array(fc.nat({ max: 5 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (items, window) => {
      let running = 0;
      let most = 0;
      const results = inOrder(items.entries(), window, async ([i, delay]) => {
        most = Math.max(most, ++running);
        await setTimeout(delay);
        running--;
        return i;
      });
      expect(await collect(results)).toEqual([...items.keys()]);
      expect(most).toBeLessThanOrEqual(window);
      // If every item takes time, the window is used in full.
      if (items.length >= window && items.every((delay) => delay > 0)) {
        expect(most).toBe(window);
      }
    }),
    { numRuns: 40 },
  );
});

it('takes an item only when the window has space for it', async () => {
  let taken = 0;
  function* items(): Generator<number> {
    for (let i = 0; i < 100; i++) {
      taken++;
      yield i;
    }
  }
  const results = inOrder(items(), 3, async (item) => item);
  await results.next();
  expect(taken).toBe(3);
  await results.next();
  expect(taken).toBe(4);
});

it('throws an error in its turn, and then ends', async () => {
  const seen: number[] = [];
  let started = 0;
  const failed = Promise.withResolvers<void>();
  const consume = async (): Promise<void> => {
    const results = inOrder([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4, async (item) => {
      started++;
      // The fourth fails before the third has finished.
      if (item === 2) {
        await failed.promise;
      }
      if (item === 3) {
        setImmediate(failed.resolve);
      }
      if (item >= 3) {
        throw new Error(`item ${item}`);
      }
      return item;
    });
    for await (const result of results) {
      seen.push(result);
    }
  };
  // Those that fail after it must not end the process as unhandled rejections.
  await expect(consume()).rejects.toThrow('item 3');
  await new Promise(setImmediate);
  expect(seen).toEqual([0, 1, 2]);
  expect(started).toBeLessThanOrEqual(7);
});

it('yields nothing if there are no items', async () => {
  expect(await collect(inOrder([], 3, async () => 1))).toEqual([]);
});
