import { misunderstood, type NixStoreOptions, nixStoreInBatches, parsePathLines } from './nix-store.ts';
import { parseRegistration, type StorePathInfo } from './registration.ts';
import { compareStorePaths, storeDirectory } from './store-path.ts';

/**
 * The closure of `roots` with what Nix has registered of each path, ascending by the bytes of their base names.
 *
 * Asks nix-store for no more than what has stayed the same in all its versions: `--query --requisites` and
 * `--dump-db`. Throws the error of `run` if nix-store fails, and an `Error` if what it says is not a closure: a path asked
 * for is missing, one was not asked for, or a reference leads out of it.
 */
export async function queryClosure(roots: readonly string[], options: NixStoreOptions = {}): Promise<StorePathInfo[]> {
  const directory = options.directory ?? storeDirectory();
  const requisites = await nixStoreInBatches(['--query', '--requisites'], roots, options);
  const paths = [...new Set(parsePathLines(requisites, directory))];
  const registration = await nixStoreInBatches(['--dump-db'], paths, options);
  try {
    const infos = parseRegistration(registration, directory).sort((a, b) => compareStorePaths(a.path, b.path));
    checkClosure(roots, paths, infos);
    return infos;
  } catch (error) {
    throw misunderstood(error);
  }
}

function checkClosure(roots: readonly string[], paths: readonly string[], infos: readonly StorePathInfo[]): void {
  const asked = new Set(paths);
  const registered = new Set(infos.map((info) => info.path));
  const unregistered = [...roots, ...paths].find((path) => !registered.has(path));
  if (unregistered !== undefined) {
    throw new Error(`nix-store gave no registration of '${unregistered}', which it was asked for.`);
  }
  const unasked = infos.find((info) => !asked.has(info.path));
  if (unasked !== undefined) {
    throw new Error(`nix-store gave a registration of '${unasked.path}', which it was not asked for.`);
  }
  for (const { path, references } of infos) {
    const missing = references.find((reference) => !registered.has(reference));
    if (missing !== undefined) {
      throw new Error(`'${path}' refers to '${missing}', which nix-store left out of the closure.`);
    }
  }
}
