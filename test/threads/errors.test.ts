import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packError, unpackError } from '../../src/threads/pack-error.ts';

interface Layer {
  readonly message: string;
  readonly code: string | undefined;
}

it('an error is the same on the other side of a thread: message, stack, code, and so all its causes', () => {
  const layer = fc.record({ message: fc.string(), code: fc.option(fc.string(), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(layer, { minLength: 1, maxLength: 5 }), (layers) => {
      const error = layers.reduceRight<Error | undefined>((cause, { message, code }) => {
        const made = new TypeError(message, cause === undefined ? {} : { cause });
        return code === undefined ? made : Object.assign(made, { code });
      }, undefined);
      const sent = unpackError(structuredClone(packError(error)));
      expect(layersOf(sent)).toEqual(layers);
      expect(sent.stack).toBe(error?.stack);
    }),
  );
});

it.each([
  ['a text', 'just a text', 'just a text'],
  ['nothing', undefined, 'undefined'],
  ['a number', 5, '5'],
  ['an object', { toString: () => 'described' }, 'described'],
])('%s becomes an error that says it', (_, thrown, message) => {
  const sent = unpackError(structuredClone(packError(thrown)));
  expect(sent).toBeInstanceOf(Error);
  expect(sent.message).toBe(message);
});

it('a code that is no text, as of some libraries, is left out', () => {
  const sent = unpackError(structuredClone(packError(Object.assign(new Error('x'), { code: () => 1 }))));
  expect(sent).not.toHaveProperty('code');
});

it.each([1, 2, 5])('an error that is among its own causes, %i steps on, is told once', (steps) => {
  const errors = Array.from({ length: steps }, (_, i) => new Error(`${i}`));
  errors.forEach((error, i) => {
    error.cause = errors[(i + 1) % steps];
  });
  const sent = unpackError(structuredClone(packError(errors[0])));
  expect(layersOf(sent).map(({ message }) => message)).toEqual(errors.map(({ message }) => message));
});

function layersOf(error: unknown): readonly Layer[] {
  if (!(error instanceof Error)) {
    return [];
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return [{ message: error.message, code }, ...layersOf(error.cause)];
}
