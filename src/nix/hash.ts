import { printable } from '../text/printable.ts';
import { base32Length, decodeBase32, encodeBase32 } from './base32.ts';

const SHA256_BYTES = 32;

/**
 * Parses a SHA-256 in any form that Nix accepts (src/libutil/hash.cc, Hash::parseAny): base 16, Nix base 32 or base 64,
 * with or without `sha256:`, or SRI, which is `sha256-` and base 64. Throws an `Error` that shows the text.
 */
export function parseSha256(text: string): Buffer {
  const bytes = text.startsWith('sha256-') ? decodeBase64(text.slice(7)) : decode(text.replace(/^sha256:/, ''));
  if (bytes === undefined) {
    throw new Error(`'${printable(text)}' is not a SHA-256 hash in base 16, Nix base 32, base 64 or SRI form.`);
  }
  return bytes;
}

/** Formats a SHA-256 as Nix prints it: `sha256:` and 52 digits of Nix base 32. */
export function formatSha256(bytes: Uint8Array): string {
  if (bytes.length !== SHA256_BYTES) {
    throw new Error(`A SHA-256 hash has ${SHA256_BYTES} bytes, not ${bytes.length}.`);
  }
  return `sha256:${encodeBase32(bytes)}`;
}

/** Formats a SHA-256 in SRI form, as `nix path-info --json` does: `sha256-` and base 64. */
export function formatSri(bytes: Uint8Array): string {
  return `sha256-${Buffer.from(bytes).toString('base64')}`;
}

function decode(digits: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(digits)) {
    return Buffer.from(digits, 'hex');
  }
  if (digits.length === base32Length(SHA256_BYTES)) {
    return decodeBase32(digits);
  }
  return digits.endsWith('=') ? decodeBase64(digits) : undefined;
}

/** Nix accepts an SRI hash without its padding. */
function decodeBase64(digits: string): Buffer | undefined {
  const bytes = Buffer.from(digits, 'base64');
  const canonical = bytes.length === SHA256_BYTES && bytes.toString('base64') === `${digits.replace(/=$/, '')}=`;
  return canonical ? bytes : undefined;
}
