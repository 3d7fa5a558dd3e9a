import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError, userError } from '../../src/errors/user-error.ts';
import { packError, unpackError } from '../../src/threads/pack-error.ts';

const send = (error: unknown): Error => unpackError(structuredClone(packError(error)));

interface Layer {
  readonly message: string;
  readonly code: string | undefined;
  readonly user: { readonly title: string; readonly remedy: string } | undefined;
}

it('an error is the same on the other side of a thread: message, stack, code, title, remedy and all its causes', () => {
  const layer = fc.record({
    message: fc.string(),
    code: fc.option(fc.string(), { nil: undefined }),
    user: fc.option(fc.record({ title: fc.string(), remedy: fc.string() }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(layer, { minLength: 1, maxLength: 5 }), (layers) => {
      const error = layers.reduceRight<Error | undefined>((cause, layer) => makeError(layer, cause), undefined);
      const sent = send(error);
      expect(layersOf(sent)).toEqual(layers);
      expect(sent.stack).toBe(error?.stack);
    }),
  );
});

it('a user error is one again on the other side, also as the cause of another error', () => {
  const error = userError({ title: 'T', message: 'm', remedy: 'R', code: 'C', cause: new Error('why') });
  expect(send(error)).toBeInstanceOf(UserError);
  expect(send(error)).toMatchObject({ title: 'T', message: 'm', remedy: 'R', code: 'C', cause: { message: 'why' } });
  expect(send(new Error('outer', { cause: error })).cause).toBeInstanceOf(UserError);
  expect(send(new Error('outer'))).not.toBeInstanceOf(UserError);
});

it.each([
  ['a text', 'just a text', 'just a text'],
  ['nothing', undefined, 'undefined'],
  ['a number', 5, '5'],
  ['an object', { toString: () => 'described' }, 'described'],
])('%s becomes an error with its text', (_, thrown, message) => {
  const sent = send(thrown);
  expect(sent).toBeInstanceOf(Error);
  expect(sent.message).toBe(message);
});

it('a code that is not a string, as some libraries set it, is left out', () => {
  expect(send(Object.assign(new Error('x'), { code: () => 1 }))).not.toHaveProperty('code');
});

it.each([1, 2, 5])('an error that is among its own causes, %i steps away, is reported once', (steps) => {
  const errors = Array.from({ length: steps }, (_, i) => new Error(`${i}`));
  errors.forEach((error, i) => {
    error.cause = errors[(i + 1) % steps];
  });
  expect(layersOf(send(errors[0])).map(({ message }) => message)).toEqual(errors.map(({ message }) => message));
});

function makeError({ message, code, user }: Layer, cause: Error | undefined): Error {
  if (user !== undefined) {
    return userError({ ...user, message, code, cause });
  }
  const error = new TypeError(message, cause === undefined ? {} : { cause });
  return code === undefined ? error : Object.assign(error, { code });
}

function layersOf(error: unknown): readonly Layer[] {
  if (!(error instanceof Error)) {
    return [];
  }
  const { message, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const user = error instanceof UserError ? { title: error.title, remedy: error.remedy } : undefined;
  return [{ message, code, user }, ...layersOf(cause)];
}
