import { shorten } from '../text/escape.ts';
import { formatCount } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import { CHANGE_KINDS, type Changes, type PackageChange } from './changes.ts';

/** The changes in a few lines for the log: counts, and the first packages with other versions. */
export function listChanges(changes: Changes, baseline: string): readonly string[] {
  const shown = changes.packages.filter(({ kind }) => kind !== 'rebuilt');
  const lines = shown.slice(0, SHOWN_PACKAGES).map((change) => `  ${describePackage(change)}`);
  const left = shown.length - lines.length;
  return [
    `Since ${baseline}: ${countChanges(changes)}; ${describeSizes(changes)}`,
    ...lines,
    ...(left > 0 ? [`  and ${left} more, see the job summary`] : []),
  ];
}

const SHOWN_PACKAGES = 10;
/** Characters. Some packages have thousands of names that look like versions. */
const LONGEST_VERSIONS = 100;

/** `3 packages changed, 1 added, 14 rebuilt`, or `the same store paths`. */
export function countChanges({ packages }: Changes): string {
  const counts = CHANGE_KINDS.map((kind) => [kind, packages.filter((change) => change.kind === kind).length] as const);
  const nonzero = counts.filter(([, count]) => count > 0);
  if (nonzero.length === 0) {
    return 'the same store paths';
  }
  const [[kind, count], ...rest] = nonzero;
  const first = `${formatCount(count, 'package')} ${kind}`;
  return [first, ...rest.map(([other, number]) => `${number} ${other}`)].join(', ');
}

/** `480 -> 482 store paths, 2.10 GiB -> 2.12 GiB (+20.1 MiB)`. */
export function describeSizes({ before, after }: Changes, arrow = '->'): string {
  const difference = formatSizeChange(after.narBytes - before.narBytes);
  return (
    `${before.paths.toLocaleString('en')} ${arrow} ${formatCount(after.paths, 'store path')}, ` +
    `${formatSize(before.narBytes)} ${arrow} ${formatSize(after.narBytes)} (${difference})`
  );
}

/** `+1.20 MiB`, `-300 KiB`, or `+0 B`. */
export function formatSizeChange(bytes: number): string {
  return `${bytes < 0 ? '-' : '+'}${formatSize(Math.abs(bytes))}`;
}

/** `2.39, 2.40`; a dash stands for a name without a version. */
export function listVersions(versions: readonly string[]): string {
  return versions.map((version) => version || '-').join(', ');
}

function describePackage({ kind, name, before, after, sizeChange }: PackageChange): string {
  const [old, now] = [before, after].map((versions) => shorten(listVersions(versions), LONGEST_VERSIONS));
  const versions = {
    changed: `${old} -> ${now}`,
    added: `${now} added`,
    removed: `${old} removed`,
    rebuilt: 'rebuilt',
  };
  return `${name}: ${versions[kind]}, ${formatSizeChange(sizeChange)}`;
}
