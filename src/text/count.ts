/** Writes a number of things: `1 store path`, `10,000 store paths`. The noun is one that takes an s. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
