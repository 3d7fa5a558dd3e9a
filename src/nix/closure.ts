import { type NixStoreOptions, nixStoreInBatches, parsePathLines, unexpectedOutput } from './nix-store.ts';
import { parseRegistration, type StorePathInfo } from './registration.ts';
import { databaseError } from './store-error.ts';
import { compareStorePaths, storeDirectory } from './store-path.ts';

/**
 * Returns the closure of `roots` with what Nix registered of each path, ascending by the bytes of their base names.
 *
 * Uses only commands of nix-store that are the same in all its versions: `--query --requisites` and `--dump-db`. Throws
 * the error of `run` if nix-store fails, and a `UserError` if its output is not a closure: if a path that was asked for
 * is missing, if one was not asked for, or if a reference leads out of the closure. A path without a hash is one, too.
 */
export async function queryClosure(roots: readonly string[], options: NixStoreOptions = {}): Promise<StorePathInfo[]> {
  const directory = options.directory ?? storeDirectory();
  const requisites = await nixStoreInBatches(['--query', '--requisites'], roots, options);
  const paths = [...new Set(parsePathLines(requisites, directory))];
  const registration = await nixStoreInBatches(['--dump-db'], paths, options);
  const infos = parseDump(registration, directory).sort((a, b) => compareStorePaths(a.path, b.path));
  checkClosure(roots, paths, infos);
  return infos;
}

function parseDump(registration: Uint8Array, directory: string): StorePathInfo[] {
  try {
    return parseRegistration(registration, directory);
  } catch (cause) {
    throw unexpectedOutput(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function checkClosure(roots: readonly string[], paths: readonly string[], infos: readonly StorePathInfo[]): void {
  const requested = new Set(paths);
  const registered = new Set(infos.map((info) => info.path));
  const unregistered = [...roots, ...paths].find((path) => !registered.has(path));
  if (unregistered !== undefined) {
    throw unexpectedOutput(`nix-store printed no registration of '${unregistered}', which it was asked for.`);
  }
  const unrequested = infos.find((info) => !requested.has(info.path));
  if (unrequested !== undefined) {
    throw unexpectedOutput(`nix-store printed a registration of '${unrequested.path}', which it was not asked for.`);
  }
  for (const { path, hash, references } of infos) {
    // Nix has it where it does not know the hash (src/libutil/hash.cc, `Hash::dummy`).
    if (hash.every((byte) => byte === 0)) {
      throw databaseError(`The database of Nix is at fault: it has zeros in place of the hash of ${path}.`);
    }
    const missing = references.find((reference) => !registered.has(reference));
    if (missing !== undefined) {
      throw unexpectedOutput(`'${path}' refers to '${missing}', which nix-store left out of the closure.`);
    }
  }
}
