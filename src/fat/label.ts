import { inputError } from '../errors/user-error.ts';
import { quote } from '../text/escape.ts';
import { SHORT_NAME_BYTES, SHORT_NAME_PUNCTUATION } from './constants.ts';

/**
 * Whether a text can be a volume label: 1 to 11 characters of A-Z, a-z, 0-9, `SHORT_NAME_PUNCTUATION` and spaces, which must
 * not be at the start or the end. Systems read other characters differently.
 */
export function isFatLabel(label: string): boolean {
  return label.length <= SHORT_NAME_BYTES && LABEL.test(label);
}

/**
 * Encodes a volume label as in the boot sector and the root directory: 11 bytes, padded with spaces. Throws a `UserError` if
 * it cannot be a label. Lower case stays, as with mkfs.vfat; Windows shows it in upper case.
 */
export function encodeLabel(label: string): Uint8Array {
  if (!isFatLabel(label)) {
    throw inputError({
      input: 'firmware-label',
      message:
        `Expected a FAT label of 1 to ${SHORT_NAME_BYTES} characters, which can be letters without accents, digits, ` +
        `${SHORT_NAME_PUNCTUATION} and spaces between others; found ${quote(label)}.`,
      remedy: 'Change the input firmware-label.',
    });
  }
  return Buffer.from(label.padEnd(SHORT_NAME_BYTES, ' '), 'latin1');
}

const WORD = `[A-Za-z0-9${SHORT_NAME_PUNCTUATION}]+`;
const LABEL = new RegExp(`^${WORD}( +${WORD})*$`);
