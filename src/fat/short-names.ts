/**
 * Short names: the eight and three characters that every entry has besides its long name. They are those of Linux's vfat
 * driver (fs/fat/namei_vfat.c, vfat_create_shortname) with two differences, which make them reproducible: characters outside
 * ASCII become `_` with any code page, and numbers from 10 on are consecutive instead of derived from the clock.
 */
import { SHORT_NAME_PUNCTUATION } from './constants.ts';

const BASE_CHARACTERS = 8;
const EXTENSION_CHARACTERS = 3;

/**
 * The short names of all names of a directory, in the same order, in which they are also numbered. The names must differ in
 * more than case. A name that is short except for its case keeps it in upper case; others get a number: `LONGNA~1.TXT`.
 */
export function shortNamesOf(names: readonly string[]): readonly Uint8Array[] {
  const shapes = names.map(shapeOf);
  const taken = new Set(shapes.filter(({ isExact }) => isExact).map(({ base, extension }) => join(base, extension)));
  const nextNumber = new Map<string, number>();
  return shapes.map(({ base, extension, isExact }) => {
    if (isExact) {
      return Buffer.from(join(base, extension), 'latin1');
    }
    const kind = join(base.slice(0, BASE_CHARACTERS - 2), extension);
    let number = nextNumber.get(kind) ?? 1;
    let name = numbered(base, extension, number);
    while (taken.has(name)) {
      name = numbered(base, extension, ++number);
    }
    taken.add(name);
    nextNumber.set(kind, number + 1);
    return Buffer.from(name, 'latin1');
  });
}

/** A short name as text, such as `CONFIG.TXT`. */
export function showShortName(name: Uint8Array): string {
  const text = Buffer.from(name).toString('latin1');
  const base = text.slice(0, BASE_CHARACTERS).trimEnd();
  const extension = text.slice(BASE_CHARACTERS).trimEnd();
  return extension === '' ? base : `${base}.${extension}`;
}

interface Shape {
  readonly base: string;
  readonly extension: string;
  /** Whether the short name differs from the name in case only. */
  readonly isExact: boolean;
}

function shapeOf(name: string): Shape {
  const dot = name.lastIndexOf('.');
  // If only dots and spaces precede the last dot, the base follows it.
  const hasExtension = dot > 0 && !SKIPPED.test(name.slice(0, dot));
  const base = hasExtension ? name.slice(0, dot) : name;
  const extension = hasExtension ? name.slice(dot + 1) : '';
  const shortBase = shorten(base, BASE_CHARACTERS);
  const shortExtension = shorten(extension, EXTENSION_CHARACTERS);
  const isExact = shortBase === base.toUpperCase() && shortExtension === extension.toUpperCase();
  return { base: shortBase, extension: shortExtension, isExact };
}

/** A text of characters that short names leave out. */
const SKIPPED = /^[. ]*$/;
const NOT_ALLOWED = new RegExp(`[^A-Z0-9${SHORT_NAME_PUNCTUATION}]`);

function shorten(text: string, limit: number): string {
  let short = '';
  for (let i = 0; i < text.length && short.length < limit; i++) {
    const unit = text.charAt(i);
    if (unit !== '.' && unit !== ' ') {
      const upper = unit < '\u0080' ? unit.toUpperCase() : unit;
      short += NOT_ALLOWED.test(upper) ? '_' : upper;
    }
  }
  return short;
}

function numbered(base: string, extension: string, number: number): string {
  const tail = `~${number}`;
  return join(base.slice(0, BASE_CHARACTERS - tail.length) + tail, extension);
}

function join(base: string, extension: string): string {
  return base.padEnd(BASE_CHARACTERS, ' ') + extension.padEnd(EXTENSION_CHARACTERS, ' ');
}
