/**
 * Nix's own base 32 (Nix32): no e, o, t and u, no padding, and digits in reverse order, the lowest five bits of the first
 * byte last. Format: Nix, src/libutil/base-nix-32.cc.
 */
const ALPHABET = '0123456789abcdfghijklmnpqrsvwxyz';

/** The number of digits that encode so many bytes. */
export function base32Length(bytes: number): number {
  return Math.ceil((bytes * 8) / 5);
}

/** Encodes bytes in Nix base 32. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  for (let digit = base32Length(bytes.length) - 1; digit >= 0; digit--) {
    const index = (digit * 5) >> 3;
    const shift = (digit * 5) & 7;
    const pair = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8);
    text += ALPHABET[(pair >> shift) & 31];
  }
  return text;
}

/** Decodes Nix base 32. Throws an `Error` for any other character, and for digits that do not encode whole bytes. */
export function decodeBase32(text: string): Buffer {
  const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8));
  if (base32Length(bytes.length) !== text.length) {
    throw new Error(`${text.length} digits of Nix base 32 do not encode whole bytes.`);
  }
  for (let digit = 0; digit < text.length; digit++) {
    const value = ALPHABET.indexOf(text.charAt(text.length - 1 - digit));
    const index = (digit * 5) >> 3;
    const shifted = value << ((digit * 5) & 7);
    if (value < 0) {
      throw new Error(`Digit ${text.length - digit} is not one of Nix base 32 (${ALPHABET}).`);
    }
    bytes[index] = (bytes[index] ?? 0) | (shifted & 0xff);
    if (index + 1 < bytes.length) {
      bytes[index + 1] = shifted >> 8;
    } else if (shifted >> 8 !== 0) {
      throw new Error('A number in Nix base 32 has bits beyond its last byte.');
    }
  }
  return bytes;
}
