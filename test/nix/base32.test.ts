import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32Length, decodeBase32, encodeBase32 } from '../../src/nix/base32.ts';
import { nix } from '../support/nix-store.ts';

/** Lengths in bytes of md5, sha1, sha256, sha512. */
const TYPES = [
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
  ['sha512', 64],
] as const;

describe('Nix base 32', () => {
  it.each(TYPES)('is what nix-hash prints for a %s', { tags: ['system'] }, (type, length) => {
    const hashes = ['', 'a', 'b', 'c'].map((text) => createHash(type).update(text).digest());
    for (const hash of [...hashes, Buffer.alloc(length), Buffer.alloc(length, 0xff)]) {
      const text = nix('nix-hash', ['--type', type, '--to-base32', hash.toString('hex')])
        .toString()
        .trim();
      expect(encodeBase32(hash)).toBe(text);
      expect(decodeBase32(text)).toEqual(hash);
      expect(base32Length(length)).toBe(text.length);
    }
  });

  it('decodes to the bytes that were encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('has only one text for the same bytes', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789abcdfghijklmnpqrsvwxyz'), maxLength: 30 });
    fc.assert(
      fc.property(text, (digits) => {
        const bytes = decodeOrUndefined(digits);
        fc.pre(bytes !== undefined);
        expect(bytes === undefined ? '' : encodeBase32(bytes)).toBe(digits);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['e', 'o', 'u', 't', 'A', ' ', '=', '\n', 'é'])('refuses %j as a digit', (character) => {
    const text = `${'0'.repeat(51)}${character}`;
    expect(() => decodeBase32(text)).toThrow('Digit 52 is not one of Nix base 32');
  });

  it('refuses digits that do not encode whole bytes, as nix-hash does', { tags: ['system'] }, () => {
    expect(() => decodeBase32('0'.repeat(51))).toThrow('51 digits');
    expect(() => decodeBase32('0')).toThrow('1 digits');
    const tooLarge = `z${'0'.repeat(51)}`;
    expect(() => decodeBase32(tooLarge)).toThrow('bits beyond its last byte');
    expect(() => nix('nix-hash', ['--type', 'sha256', '--to-base16', tooLarge])).toThrow(
      /invalid (base-32|nix32) hash/,
    );
  });
});

function decodeOrUndefined(text: string): Buffer | undefined {
  try {
    return decodeBase32(text);
  } catch {
    return undefined;
  }
}
