import { execFileSync } from 'node:child_process';

/** A Debian package as apt's index describes it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Size of the package file, bytes. */
  readonly archiveSize: number;
  /** SHA-256 of the package file, hex. */
  readonly sha256: string;
  /** Installed size in bytes, as in the package's metadata (rounded up to 1 KiB for each file). */
  readonly installedSize: number;
  /** Names from Depends and Pre-Depends, alternatives included, in the order they stand there. */
  readonly dependencies: readonly string[];
  /** Names that it also answers to. */
  readonly provides: readonly string[];
}

/** One line of packages.txt. */
export interface ListedPackage {
  readonly name: string;
  /** Whether what it depends on goes in as well, ahead of it. */
  readonly withDependencies: boolean;
}

/** Parses the text of packages.txt: one name a line, " +" after it for "with its dependencies", "#" for comments. */
export function parsePackageList(text: string): readonly ListedPackage[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => ({ name: line.replace(/\s+\+$/, ''), withDependencies: /\s\+$/.test(line) }));
}

/**
 * Asks apt about the packages of the list, in the list's order. Packages that apt does not know, or that it cannot download (another
 * distribution, another architecture), are left out.
 */
export function lookUpPackages(list: readonly ListedPackage[]): readonly DebianPackage[] {
  const known = askApt(list.map(({ name }) => name));
  const expanded = list.flatMap(({ name, withDependencies }) =>
    withDependencies ? [...(known.get(name)?.dependencies ?? []), name] : [name],
  );
  const added = askApt(expanded.filter((name) => !known.has(name)));
  return [...new Set(expanded)].flatMap((name) => known.get(name) ?? added.get(name) ?? []);
}

/** Parses what `apt-cache show` prints (deb-control paragraphs); packages without a file in an archive are left out. */
export function parsePackages(text: string): ReadonlyMap<string, DebianPackage> {
  const packages = text.split(/\n\n+/).flatMap((paragraph) => {
    const fields = new Map([...paragraph.matchAll(/^([A-Za-z0-9-]+): (.*)$/gm)].map(([, key, value]) => [key, value]));
    const field = (key: string): string => fields.get(key) ?? '';
    if (field('Filename') === '' || field('SHA256') === '') {
      return [];
    }
    const found: DebianPackage = {
      name: field('Package'),
      version: field('Version'),
      architecture: field('Architecture'),
      archiveSize: Number(field('Size')),
      sha256: field('SHA256'),
      installedSize: Number(field('Installed-Size')) * 1024,
      dependencies: parseRelations(`${field('Pre-Depends')},${field('Depends')}`),
      provides: parseRelations(field('Provides')),
    };
    return [found];
  });
  return new Map(packages.map((found) => [found.name, found]));
}

function askApt(names: readonly string[]): ReadonlyMap<string, DebianPackage> {
  // A name that apt-cache show does not know it takes for a pattern ("g++", "libc.").
  const existing = new Set(runApt('pkgnames').split('\n'));
  const wanted = names.filter((name) => existing.has(name));
  return wanted.length === 0 ? new Map() : parsePackages(runApt('show', '--no-all-versions', ...wanted));
}

function runApt(...command: readonly string[]): string {
  try {
    return execFileSync('apt-cache', command, { maxBuffer: 1 << 28 }).toString();
  } catch (cause) {
    throw new Error(`apt-cache ${command[0]} failed: this closure is made of Debian packages and needs apt`, { cause });
  }
}

// "a (>= 1) | b:any, c" is a list of alternatives; versions and architectures do not matter here.
function parseRelations(text: string): readonly string[] {
  return text
    .split(/[,|]/)
    .map((relation) => relation.trim().replace(/[ (:].*$/s, ''))
    .filter((name) => name !== '');
}
