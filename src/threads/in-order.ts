/**
 * Runs `work` for each item with up to `window` under way at once, and yields the results in the order of the items.
 * An error ends it; work that is under way by then is left to the pool.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  window: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Its error is seen when its turn comes; until then it must not count as unhandled.
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
