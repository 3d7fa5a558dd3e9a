/**
 * Runs `work` for each item, at most `window` of them at a time, and yields the results in the order of the items.
 * The first error ends the iteration; work that is still running then is left to the pool.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  window: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Its error is handled when its turn comes. Until then it must not count as unhandled.
    result.catch(() => undefined);
    running.push(result);
    if (running.length < window) {
      continue;
    }
    const first = running.shift();
    if (first !== undefined) {
      yield await first;
    }
  }
  for (const result of running) {
    yield await result;
  }
}
