/** A cache of values by key. */
export interface Kept<Value extends object> {
  /** The value of a key. May discard another value, which must not be used any more. */
  get(key: number): Value;
  /** Discards all values. */
  clear(): void;
}

/**
 * Caches the values of the `count` keys that were used last. `make` creates the value of a key; `discard` receives each
 * value that leaves the cache.
 */
export function keepLast<Value extends object>(
  count: number,
  make: (key: number) => Value,
  discard: (value: Value) => void,
): Kept<Value> {
  // A map iterates in the order of insertion, so its first entry is the least recently used.
  const values = new Map<number, Value>();
  const drop = ([key, value]: readonly [number, Value]): void => {
    values.delete(key);
    discard(value);
  };
  return {
    get(key) {
      const known = values.get(key);
      if (known !== undefined) {
        values.delete(key);
        values.set(key, known);
        return known;
      }
      const [oldest] = values.size < count ? [] : values;
      if (oldest !== undefined) {
        drop(oldest);
      }
      const value = make(key);
      values.set(key, value);
      return value;
    },
    clear() {
      for (const entry of [...values]) {
        drop(entry);
      }
    },
  };
}
