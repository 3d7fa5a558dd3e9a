import { parseRegistration, type StorePathInfo } from '../nix/registration.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { printable } from '../text/printable.ts';
import type { StoreListing } from './store-paths.ts';
import { imageMismatch } from './verification-error.ts';

const REGISTRATION = '/nix-path-registration';

/**
 * Compares the store of an image with the closure: /nix/store must hold these paths and nothing else, and the registration
 * must have the record of each. Throws naming the first path that differs.
 */
export function checkRegistration({ names, registration }: StoreListing, closure: readonly StorePathInfo[]): void {
  const expected = closure.map(({ path }) => path);
  compareLists(
    STORE_DIRECTORY,
    names.map((name) => `${STORE_DIRECTORY}/${name}`),
    expected,
  );

  const records = parseRecords(registration);
  compareLists(
    REGISTRATION,
    records.map(({ path }) => path),
    expected,
  );
  const byPath = new Map(records.map((record) => [record.path, record]));
  for (const info of closure) {
    const found = byPath.get(info.path);
    if (found === undefined || !isSame(found, info)) {
      throw imageMismatch(`${REGISTRATION} in the image has another record of ${info.path} than Nix.`);
    }
  }
}

function parseRecords(registration: Uint8Array): readonly StorePathInfo[] {
  try {
    return parseRegistration(registration, STORE_DIRECTORY);
  } catch (cause) {
    throw imageMismatch(`${REGISTRATION} in the image cannot be parsed.`, { cause });
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
  const missing = expected.find((path) => !foundSet.has(path));
  if (missing !== undefined) {
    throw imageMismatch(`${where} in the image lacks ${printable(missing)}, which is in the closure.`);
  }
  const expectedSet = new Set(expected);
  const extra = found.find((path) => !expectedSet.has(path));
  if (extra !== undefined) {
    throw imageMismatch(`${where} in the image has ${extra}, which is not in the closure.`);
  }
}
