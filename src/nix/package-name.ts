/** The package that a store path belongs to, according to its name. */
export interface PackageName {
  readonly name: string;
  /** Empty for a name without a version. */
  readonly version: string;
}

/**
 * Splits a name such as `openssl-3.0.14-dev` into package and version. The version begins at the first dash that no
 * letter follows (Nix, `builtins.parseDrvName`; src/libstore/names.cc). The name of an output at its end, letters only or
 * lib32 or lib64, is not part of it (Nix, src/nix/diff-closures.cc).
 */
export function parsePackageName(storePathName: string): PackageName {
  const dash = /-[^A-Za-z]/.exec(storePathName)?.index;
  if (dash === undefined) {
    return { name: storePathName, version: '' };
  }
  const version = storePathName.slice(dash + 1);
  const withoutOutput = /^(.+)-(?:[a-z]+|lib32|lib64)$/.exec(version)?.[1];
  return { name: storePathName.slice(0, dash), version: withoutOutput ?? version };
}

/** The package of a store path. A hash, which stands before the name, has no dash. */
export function packageOf(path: string): PackageName {
  const baseName = path.slice(path.lastIndexOf('/') + 1);
  return parsePackageName(baseName.slice(baseName.indexOf('-') + 1));
}
