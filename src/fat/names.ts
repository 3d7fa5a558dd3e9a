import { isUtf8 } from 'node:buffer';
import { inputError, type UserError } from '../errors/user-error.ts';
import { quote } from '../text/escape.ts';
import { printable } from '../text/printable.ts';
import { MAX_NAME_UNITS } from './constants.ts';
import { type FatTree, fatPathOf } from './tree.ts';

/**
 * The name of an entry as text, whose UTF-16 units are what FAT stores. Throws a `UserError` if FAT cannot store the name, or
 * not exactly.
 */
export function fatNameOf(tree: FatTree, entry: number): string {
  const { name } = tree.entries[entry];
  const text = Buffer.from(name).toString();
  const reason = isUtf8(name) ? reasonAgainst(text) : 'its name is not UTF-8';
  if (reason !== undefined) {
    throw fatFileError(tree, entry, { reason, remedy: 'Rename it.' });
  }
  return text;
}

/** Checks that the names of a directory differ in more than case, which FAT keeps but ignores. Throws a `UserError`. */
export function checkSameNames(tree: FatTree, entries: readonly number[], names: readonly string[]): void {
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const folded = foldCase(name);
    const other = seen.get(folded);
    if (other !== undefined) {
      throw fatFileError(tree, entries[i], {
        reason: `${quote(tree.entries[other].name)} is in the same directory, and FAT ignores upper and lower case`,
        remedy: 'Rename one of them.',
      });
    }
    seen.set(folded, entries[i]);
  }
}

/** Creates the error for a firmware file or directory that FAT cannot store. `reason` is a clause. */
export function fatFileError(
  tree: FatTree,
  entry: number,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
): UserError {
  return inputError({
    input: 'firmware-files',
    message: `${quote(fatPathOf(tree, entry))} of the firmware files cannot be stored on a FAT partition: ${reason}.`,
    remedy,
  });
}

/** Converts each UTF-16 unit to upper case if that is one unit too, like the table of Windows. */
export function foldCase(name: string): string {
  let folded = '';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    folded += upper.length === 1 ? upper : unit;
  }
  return folded;
}

const RESERVED = /["*/:<>?\\|]/;

/** Why FAT cannot store a name, as a clause; `undefined` if it can. */
function reasonAgainst(name: string): string | undefined {
  const reserved = RESERVED.exec(name);
  if (reserved !== null) {
    return `FAT names must not contain ${reserved[0]}`;
  }
  // 0xffff fills the rest of the last long name entry.
  const control = [...name].find((character) => character < ' ' || character === '\uffff');
  if (control !== undefined) {
    return `FAT names must not contain the character ${printable(control)}`;
  }
  if (name.endsWith('.') || name.endsWith(' ')) {
    return 'FAT names must not end with a dot or a space';
  }
  if (name.length > MAX_NAME_UNITS) {
    return `FAT names have at most ${MAX_NAME_UNITS} UTF-16 units, but this one has ${name.length}`;
  }
  return undefined;
}
