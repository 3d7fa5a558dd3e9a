import { followLinks } from '../nix/follow.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { quote } from '../text/escape.ts';
import { systemError } from './system-error.ts';

type ErrorOf = (options: { readonly message: string; readonly cause?: unknown }) => Error;

/**
 * Resolves all links of a path. If they lead nowhere, or out of the store, throws what `errorOf` returns, a `systemError`
 * by default. `what` names the path in the message.
 */
export function resolveInStore(path: string, what: string, errorOf: ErrorOf = systemError): string {
  let resolved: string;
  try {
    resolved = followLinks(path).toString();
  } catch (cause) {
    throw errorOf({ message: `${what} ${quote(path)} does not exist, or is a link to nothing.`, cause });
  }
  if (!resolved.startsWith(`${STORE_DIRECTORY}/`)) {
    throw errorOf({
      message: `${what} ${quote(path)} leads to ${quote(resolved)}, which is not in ${STORE_DIRECTORY}.`,
    });
  }
  return resolved;
}
