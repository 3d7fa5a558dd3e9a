import type { ByteRange } from './source.ts';

/** Throws a `RangeError` if a range is not within `size` bytes. `what` names the whole in the message. */
export function checkBounds({ offset, length }: ByteRange, size: number, what: string): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) {
    return;
  }
  throw new RangeError(`Bytes ${offset} to ${offset + length} are outside ${what} of ${size} bytes.`);
}
