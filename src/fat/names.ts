import { isUtf8 } from 'node:buffer';
import { printable } from '../text/printable.ts';
import { quote } from '../text/quote.ts';
import { MAX_NAME_UNITS } from './constants.ts';
import { type FatTree, fatPathOf } from './tree.ts';

/**
 * The name of an entry as text, whose UTF-16 units are what FAT stores. Throws where FAT cannot hold it, or cannot give
 * it back as it was, naming the path.
 */
export function fatNameOf(tree: FatTree, entry: number): string {
  const { name } = tree.entries[entry];
  const text = Buffer.from(name).toString();
  const reason = isUtf8(name) ? whyNotHeld(text) : 'it is not UTF-8';
  if (reason !== undefined) {
    throw cannotHold(tree, entry, `${reason}. Rename it`);
  }
  return text;
}

/** Refuses names of one directory that FAT takes for the same: case is kept, and does not count. */
export function refuseSameNames(tree: FatTree, entries: readonly number[], names: readonly string[]): void {
  const seen = new Map<string, number>();
  names.forEach((name, i) => {
    const folded = foldCase(name);
    const other = seen.get(folded);
    if (other !== undefined) {
      throw cannotHold(
        tree,
        entries[i],
        `${quote(tree.entries[other].name)} is in the same directory, and upper and lower case are the ` +
          'same there. Rename one of them',
      );
    }
    seen.set(folded, entries[i]);
  });
}

/** Refuses an entry of the firmware files, with the reason and what to do. */
export function cannotHold(tree: FatTree, entry: number, reason: string): Error {
  return new Error(
    `${quote(fatPathOf(tree, entry))} of the firmware files cannot be stored on a FAT partition: ${reason}.`,
  );
}

/** Each UTF-16 unit in upper case where that is one unit too, as Windows' own table has it. */
export function foldCase(name: string): string {
  let folded = '';
  for (let i = 0; i < name.length; i++) {
    const upper = name[i].toUpperCase();
    folded += upper.length === 1 ? upper : name[i];
  }
  return folded;
}

const RESERVED = /["*/:<>?\\|]/;

function whyNotHeld(name: string): string | undefined {
  const reserved = RESERVED.exec(name);
  if (reserved !== null) {
    return `a name there must not contain ${reserved[0]}`;
  }
  // The last character is what the unused end of a name is filled with.
  const control = [...name].find((character) => character < ' ' || character === '\uffff');
  if (control !== undefined) {
    return `a name there must not contain the character ${printable(control)}`;
  }
  if (name.endsWith('.') || name.endsWith(' ')) {
    return 'a name there must not end with a dot or a space';
  }
  if (name.length > MAX_NAME_UNITS) {
    return `a name there has at most ${MAX_NAME_UNITS} UTF-16 units, and this one has ${name.length}`;
  }
  return undefined;
}
