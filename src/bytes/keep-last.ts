/** What was made for the last few keys. */
export interface Kept<Value extends object> {
  /** What was made for a key, or is made for it now. What this throws away must not be used any more. */
  get(key: number): Value;
  /** Throws all away. */
  clear(): void;
}

/** Keeps what `make` gives for the `count` keys that were asked for last; `discard` gets what is thrown away. */
export function keepLast<Value extends object>(
  count: number,
  make: (key: number) => Value,
  discard: (value: Value) => void,
): Kept<Value> {
  // A map keeps the order of insertion: its first entry is the one that is longest out of use.
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
