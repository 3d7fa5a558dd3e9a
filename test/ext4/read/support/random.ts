/** A generator of random numbers with a seed (mulberry32), so that failures can be reproduced. */
export interface Random {
  /** An integer from 0 to `end - 1`. */
  below(end: number): number;
  /** A random item. */
  pick<T>(items: readonly T[]): T;
}

/** Creates a generator. Its numbers depend on the seed only. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { below, pick: (items) => items[below(items.length)] };
}
