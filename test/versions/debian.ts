import { execFileSync } from 'node:child_process';

/** The keys that come with the package `debian-archive-keyring`, as on every Debian. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** A Packages index that apt is configured with. */
export interface IndexTarget {
  /** URI of the repository. */
  readonly repository: string;
  /** As the sources name it: `bookworm`. */
  readonly release: string;
  readonly component: string;
}

/** The Debian packages' name of this machine's architecture. */
export function debianArchitecture(): string {
  return execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
}

/**
 * The text of a file of apt's sources for one suite of Debian, from the mirror that this machine has its own packages from.
 *
 * @throws Error if this machine's packages are not Debian's.
 */
export function sourcesOf(suite: string): string {
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)';
  const printed = execFileSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const codename = execFileSync('sh', ['-c', '. /etc/os-release && echo "$ID $VERSION_CODENAME"'], {
    encoding: 'utf8',
  });
  const mirror = findMirror(parseIndexTargets(printed), codename.trim());
  return `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${KEYRING}\n`;
}

/** Reads what `apt-get indextargets` prints. */
export function parseIndexTargets(text: string): readonly IndexTarget[] {
  return [...text.matchAll(/^(\S+) (\S+) (\S+)$/gm)].map(([, repository, release, component]) => ({
    repository,
    release,
    component,
  }));
}

/**
 * The URI of the repository that the packages of a machine are from.
 *
 * @param system ID and VERSION_CODENAME of os-release(5).
 * @throws Error if there is none, or it is not Debian's.
 */
export function findMirror(targets: readonly IndexTarget[], system: string): string {
  const mirror = targets.find(
    ({ release, component }) => `debian ${release}` === system && component === 'main',
  )?.repository;
  if (mirror === undefined) {
    throw new Error(`No source of apt's has the packages of Debian: run this on Debian, or in a container of it.`);
  }
  return mirror;
}
