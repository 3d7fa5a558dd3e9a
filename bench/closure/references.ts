import type { DebianPackage } from './packages.ts';

/**
 * The references of each package: the packages among those given that it depends on, by name, in the order of the list.
 *
 * A package refers only to packages ahead of it in the list. The list is in dependency order, so this leaves out nothing but the last
 * link of each cycle (libc6 and libgcc-s1 depend on each other; store paths cannot), and the first N packages of a list have the same
 * references, so the same store paths, whatever follows them.
 */
export function referencesOf(packages: readonly DebianPackage[]): ReadonlyMap<string, readonly string[]> {
  const providers = new Map<string, number>();
  const references = new Map<string, readonly string[]>();
  for (const [position, { name, dependencies, provides }] of packages.entries()) {
    const found = dependencies.flatMap((dependency) => providers.get(dependency) ?? []);
    const ordered = [...new Set(found)].sort((a, b) => a - b);
    references.set(
      name,
      ordered.flatMap((index) => packages[index]?.name ?? []),
    );
    providers.set(name, position);
    for (const provided of provides) {
      if (!providers.has(provided)) {
        providers.set(provided, position);
      }
    }
  }
  return references;
}
