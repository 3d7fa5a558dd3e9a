/** Throws a `RangeError` if `length` bytes at `offset` are not all within `size` bytes. `what` names the whole. */
export function checkBounds(
  { offset, length }: { readonly offset: number; readonly length: number },
  size: number,
  what: string,
): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) {
    return;
  }
  throw new RangeError(`Bytes ${offset} to ${offset + length} are outside ${what} of ${size} bytes.`);
}
