import { realpathSync } from 'node:fs';
import { quote } from '../text/quote.ts';

/** Where the store is: in the system that is read, on this machine and in the image. */
export const STORE = '/nix/store';

/** Follows all links of a path; throws where they lead out of the store. `what` names it in the error. */
export function resolveInStore(path: string, what: string): string {
  let resolved: string;
  try {
    resolved = realpathSync(path);
  } catch (cause) {
    throw new Error(`${what} ${quote(path)} is not there, or leads to nothing.`, { cause });
  }
  if (!resolved.startsWith(`${STORE}/`)) {
    throw new Error(`${what} ${quote(path)} leads to ${quote(resolved)}, which is not in ${STORE}.`);
  }
  return resolved;
}
