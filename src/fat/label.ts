import { quote } from '../text/quote.ts';
import { SHORT_NAME_BYTES } from './constants.ts';

/**
 * A volume label as the boot sector and the root directory have it: 11 bytes padded with spaces. Throws where it is
 * empty, too long, or has characters that a label cannot have or that systems read differently. Lowercase is kept, as
 * mkfs.vfat does; Windows shows it in uppercase.
 */
export function encodeLabel(label: string): Uint8Array {
  if (!LABEL.test(label)) {
    throw new Error(
      `A FAT volume cannot be labelled ${quote(label)}: a label has 1 to ${SHORT_NAME_BYTES} characters, which may be ` +
        "letters without accents, digits, spaces inside, and !#$%&'()-@^_`{}~. Change the input firmware-label.",
    );
  }
  return Buffer.from(label.padEnd(SHORT_NAME_BYTES, ' '), 'latin1');
}

const LABEL = /^(?=.{1,11}$)[A-Za-z0-9!#$%&'()\-@^_`{}~]+( +[A-Za-z0-9!#$%&'()\-@^_`{}~]+)*$/;
