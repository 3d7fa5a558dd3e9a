import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DebianPackage } from './packages.ts';

/**
 * Downloads the packages that are not yet in the directory, by `apt-get download`, which checks them against apt's signed index.
 *
 * @returns the path of each package's file, in the order given.
 */
export function downloadPackages(packages: readonly DebianPackage[], directory: string): readonly string[] {
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const missing = packages.filter((wanted) => !isWhole(wanted, directory));
  if (missing.length > 0) {
    process.stderr.write(`downloading ${missing.length} packages to ${directory}\n`);
    // As root apt would drop its privileges to a user who cannot write here, and warn that it did not.
    const unsandboxed = ['-o', 'APT::Sandbox::User=root'];
    const exactly = missing.map(({ name, version }) => `${name}=${version}`);
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    execFileSync('apt-get', ['download', '--quiet=2', ...unsandboxed, ...exactly], {
      cwd: directory,
      stdio: [...stdio],
    });
  }
  const absent = packages.find((wanted) => !isWhole(wanted, directory));
  if (absent !== undefined) {
    throw new Error(`apt-get left no whole ${fileName(absent)} (${absent.archiveSize} bytes) in ${directory}`);
  }
  return packages.map((wanted) => join(directory, fileName(wanted)));
}

function isWhole(wanted: DebianPackage, directory: string): boolean {
  return statSync(join(directory, fileName(wanted)), { throwIfNoEntry: false })?.size === wanted.archiveSize;
}

// apt's own rule: name, version with its colon escaped, architecture.
function fileName({ name, version, architecture }: DebianPackage): string {
  return `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`;
}
