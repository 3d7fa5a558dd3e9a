const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const STEP = 1024;

/**
 * Reads a size as inputs have it: whole bytes (`4096`), or a number with a binary unit (`512KiB`, `16MiB`, `1.5GiB`,
 * `2TiB`). Returns the bytes, rounded up to a whole number, or `undefined` for anything else.
 */
export function parseSize(text: string): number | undefined {
  const match = /^(\d{1,16})(?:\.(\d{1,9}))?(B|KiB|MiB|GiB|TiB)?$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, whole, fraction = '', unit = 'B'] = match;
  if (unit === 'B' && fraction !== '') {
    return undefined;
  }
  // In whole numbers: a fraction such as 0.1 has no exact binary form.
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * BigInt(STEP ** UNITS.indexOf(unit));
  const bytes = Number((product + scale - 1n) / scale);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Writes a size exactly, as `parseSize` reads it: in the largest unit of which it is a whole number. */
export function writeSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value > 0 && value % STEP === 0 && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  return unit === 0 ? String(value) : `${value}${UNITS[unit]}`;
}

/** Writes a size for people, rounded to four digits at most: `812 B`, `16.0 MiB`, `2.35 GiB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 1023.5 would round to 1024 of its unit.
  while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
