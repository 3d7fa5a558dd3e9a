/** Writes a number of things: `1 store path`, `10,000 store paths`. The noun is one that takes an s. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Writes a time for people: `0.4 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    return `${minutes} min ${pad(whole % 60)} s`;
  }
  const roundedMinutes = Math.round(seconds / 60);
  return `${Math.floor(roundedMinutes / 60)} h ${pad(roundedMinutes % 60)} min`;
}

/** Writes a number in hexadecimal: `0x1f`. It has leading zeros up to `digits`. */
export function formatHex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The usual form of a UUID of 16 bytes: groups of 4, 2, 2, 2 and 6 bytes in hexadecimal (RFC 9562, section 4). */
export function formatUuid(uuid: Uint8Array): string {
  return Buffer.from(uuid)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
