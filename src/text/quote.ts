import { printable } from './printable.ts';

/** A name or path from outside for a message: in quotes, and safe to print. */
export function quote(name: Uint8Array | string): string {
  return `"${printable(name)}"`;
}
