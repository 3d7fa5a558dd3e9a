import { packageOf } from '../nix/package-name.ts';

/** A store path and the bytes of its NAR. */
export interface StorePathSize {
  /** Such as `/nix/store/<hash>-<name>`. */
  readonly path: string;
  readonly narSize: number;
}

/** `changed` in its versions; `rebuilt` with the same versions, but other store paths. */
export type ChangeKind = 'changed' | 'added' | 'removed' | 'rebuilt';

/** How a package differs between two closures. */
export interface PackageChange {
  readonly kind: ChangeKind;
  readonly name: string;
  /** Its versions in the earlier closure, ascending; an empty string for a name without a version. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Difference of the sizes of its NARs, in bytes; negative if it has become smaller. */
  readonly sizeChange: number;
}

export interface ClosureSize {
  readonly paths: number;
  /** Bytes. */
  readonly narBytes: number;
}

/** How one closure differs from an earlier one, by packages. */
export interface Changes {
  /** By kind, then by name. Packages with the same store paths are left out. */
  readonly packages: readonly PackageChange[];
  readonly before: ClosureSize;
  readonly after: ClosureSize;
}

/** Kinds in the order in which they are reported. */
export const CHANGE_KINDS = ['changed', 'added', 'removed', 'rebuilt'] as const satisfies readonly ChangeKind[];

/** Compares two closures by the names of their store paths, like `nvd diff` and `nix store diff-closures`. */
export function compareClosures(before: readonly StorePathSize[], after: readonly StorePathSize[]): Changes {
  const [old, now] = [groupByName(before), groupByName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const changes = names.flatMap((name) => comparePackage(name, old.get(name) ?? NOTHING, now.get(name) ?? NOTHING));
  const byKind = CHANGE_KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind));
  return { packages: byKind, before: sizeOf(before), after: sizeOf(after) };
}

/** The store paths of one package. */
interface Package {
  readonly paths: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  readonly narBytes: number;
}

const NOTHING: Package = { paths: new Set(), versions: new Set(), narBytes: 0 };

function groupByName(paths: readonly StorePathSize[]): ReadonlyMap<string, Package> {
  const groups = new Map<string, { paths: Set<string>; versions: Set<string>; narBytes: number }>();
  for (const { path, narSize } of paths) {
    const { name, version } = packageOf(path);
    const group = groups.get(name) ?? { paths: new Set(), versions: new Set(), narBytes: 0 };
    groups.set(name, group);
    group.paths.add(path);
    group.versions.add(version);
    group.narBytes += narSize;
  }
  return groups;
}

function comparePackage(name: string, old: Package, now: Package): readonly PackageChange[] {
  if (equalSets(old.paths, now.paths)) {
    return [];
  }
  const [before, after] = [ascending(old.versions), ascending(now.versions)];
  return [{ kind: kindOfChange(old, now), name, before, after, sizeChange: now.narBytes - old.narBytes }];
}

function kindOfChange(old: Package, now: Package): ChangeKind {
  if (old.paths.size === 0) {
    return 'added';
  }
  if (now.paths.size === 0) {
    return 'removed';
  }
  return equalSets(old.versions, now.versions) ? 'rebuilt' : 'changed';
}

function equalSets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

/** Runs of digits compare as numbers: 1.9 is before 1.10. */
function ascending(versions: ReadonlySet<string>): readonly string[] {
  return [...versions].sort(new Intl.Collator('en', { numeric: true }).compare);
}

function sizeOf(paths: readonly StorePathSize[]): ClosureSize {
  return { paths: paths.length, narBytes: paths.reduce((sum, { narSize }) => sum + narSize, 0) };
}
