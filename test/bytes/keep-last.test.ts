import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepLast } from '../../src/bytes/keep-last.ts';

it('makes the value of a key once while it is among the last keys, and discards the least recently used', () => {
  const keys = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 100 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), keys, (count, asked) => {
      const alive: { readonly key: number }[] = [];
      let made = 0;
      const kept = keepLast(
        count,
        (key) => {
          made++;
          const value = { key };
          alive.push(value);
          return value;
        },
        (value) => {
          expect(alive).toContain(value);
          alive.splice(alive.indexOf(value), 1);
        },
      );
      let misses = 0;
      // The keys that must be cached, most recently used first.
      let last: readonly number[] = [];
      for (const key of asked) {
        if (!last.includes(key)) {
          misses++;
        }
        last = [key, ...last.filter((other) => other !== key)].slice(0, count);
        expect(alive).toContain(kept.get(key));
        expect(kept.get(key).key).toBe(key);
        expect(alive.map((value) => value.key).sort()).toEqual([...last].sort());
      }
      expect(made).toBe(misses);
      kept.clear();
      expect(alive).toEqual([]);
    }),
  );
});

it('caches nothing if making a value fails, and can make it later', () => {
  let works = false;
  const kept = keepLast(
    2,
    (key) => {
      if (!works) {
        throw new Error('not now');
      }
      return { key };
    },
    () => undefined,
  );
  expect(() => kept.get(1)).toThrow('not now');
  works = true;
  expect(kept.get(1)).toEqual({ key: 1 });
});
