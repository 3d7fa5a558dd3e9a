/**
 * Short names: the eight and three characters that every entry has besides its long name. What Linux's vfat driver
 * makes of a name (fs/fat/namei_vfat.c, vfat_create_shortname) with two differences, so that the same names always give
 * the same: characters outside ASCII become `_` whatever the code page, and from the tenth of a kind on numbers are
 * counted up rather than taken from the clock.
 */

const BASE_CHARACTERS = 8;
const EXTENSION_CHARACTERS = 3;

/**
 * Short names for the names of one directory, which must differ in more than case; in the order given, by which numbers are
 * handed out. Names that are short but for their case keep that one; others get a number, as `LONGNA~1.TXT`.
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
  /** Whether nothing but the case of the name is lost. */
  readonly isExact: boolean;
}

function shapeOf(name: string): Shape {
  const dot = name.lastIndexOf('.');
  // With nothing but dots and spaces before it, what follows the last dot is the base.
  const hasExtension = dot > 0 && SKIPPED.test(name.slice(0, dot)) === false;
  const base = hasExtension ? name.slice(0, dot) : name;
  const extension = hasExtension ? name.slice(dot + 1) : '';
  const shortBase = shorten(base, BASE_CHARACTERS);
  const shortExtension = shorten(extension, EXTENSION_CHARACTERS);
  const isExact = shortBase === base.toUpperCase() && shortExtension === extension.toUpperCase();
  return { base: shortBase, extension: shortExtension, isExact };
}

/** Nothing but what a short name leaves out. */
const SKIPPED = /^[. ]*$/;
const NOT_KEPT = /[^A-Z0-9!#$%&'()\-@^_`{}~]/;

function shorten(text: string, limit: number): string {
  let short = '';
  for (let i = 0; i < text.length && short.length < limit; i++) {
    if (text[i] === '.' || text[i] === ' ') {
      continue;
    }
    const upper = text[i] < '\u0080' ? text[i].toUpperCase() : text[i];
    short += NOT_KEPT.test(upper) ? '_' : upper;
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
