import { parseRegistration, type StorePathInfo } from '../nix/registration.ts';
import type { StoreListing } from './store.ts';

const STORE = '/nix/store';

/**
 * Compares what the image says of its store with the closure: the registration must hold the closure's records, and
 * /nix/store must hold these paths and nothing else. Throws naming the first path that differs.
 */
export function checkRegistration(listing: StoreListing, closure: readonly StorePathInfo[]): void {
  const expected = closure.map((info) => info.path);
  compareLists(
    '/nix/store',
    listing.names.map((name) => `${STORE}/${name}`),
    expected,
  );

  const registered = parseRegistration(listing.registration, STORE);
  compareLists(
    '/nix-path-registration',
    registered.map((info) => info.path),
    expected,
  );
  const byPath = new Map(registered.map((info) => [info.path, info]));
  for (const info of closure) {
    const found = byPath.get(info.path);
    if (found === undefined || !isSame(found, info)) {
      throw new Error(`/nix-path-registration in the image has another record of ${info.path} than Nix.`);
    }
  }
}

function isSame(a: StorePathInfo, b: StorePathInfo): boolean {
  return (
    a.size === b.size &&
    Buffer.compare(a.hash, b.hash) === 0 &&
    a.references.toSorted().join('\n') === b.references.toSorted().join('\n')
  );
}

function compareLists(where: string, found: readonly string[], expected: readonly string[]): void {
  const foundSet = new Set(found);
  const expectedSet = new Set(expected);
  const missing = expected.find((path) => !foundSet.has(path));
  if (missing !== undefined) {
    throw new Error(`${where} in the image lacks ${missing}, which is in the closure.`);
  }
  const extra = found.find((path) => !expectedSet.has(path));
  if (extra !== undefined) {
    throw new Error(`${where} in the image has ${extra}, which is not in the closure.`);
  }
}
