import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DebianPackage } from './packages.ts';
import { referencesOf } from './references.ts';

/**
 * Builds the closure with nix-build, offline, one derivation a package and one that refers to all.
 *
 * @param archives the packages' files, in the packages' order.
 * @param link where nix-build leaves the link that keeps the closure from the garbage collector.
 * @returns the top store path.
 */
export function buildClosure(packages: readonly DebianPackage[], archives: readonly string[], link: string): string {
  const temporary = mkdtempSync(join(tmpdir(), 'closure-'));
  try {
    const description = join(temporary, 'packages.json');
    writeFileSync(description, JSON.stringify(describe(packages, archives)));
    const expression = fileURLToPath(new URL('closure.nix', import.meta.url));
    const options = ['--argstr', 'packages', description, '--max-jobs', '2', '--quiet', '--out-link', link];
    const offline = ['--option', 'substitute', 'false'];
    // The builders use the machine's own dpkg-deb and tar. Without a daemon root needs no build users, and may not have any.
    const unsandboxed = ['--option', 'sandbox', 'false', '--option', 'build-users-group', ''];
    return execFileSync('nix-build', [expression, ...options, ...offline, ...unsandboxed], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
      .toString()
      .trim();
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function describe(packages: readonly DebianPackage[], archives: readonly string[]): readonly object[] {
  const references = referencesOf(packages);
  return packages.map(({ name, version, sha256 }, index) => ({
    name,
    // "~" and ":" are legal in a Debian version, not in the name of a store path.
    storeName: `${name}-${version.replaceAll(/[^0-9a-zA-Z+._-]/g, '-')}`,
    archive: archives[index],
    sha256,
    references: references.get(name) ?? [],
  }));
}
