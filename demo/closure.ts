import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package as the Nix expression takes it. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly string[];
}

/**
 * Builds a closure of store paths from the npm packages of a checkout, offline, and gives the path that refers to all
 * of them. It is held by the link `result`.
 */
export function buildDemoClosure(checkout: string, result: string): string {
  const modules = join(checkout, 'node_modules');
  const packages = JSON.stringify(readPackages(modules));
  const args = [join(checkout, 'demo/closure.nix'), '--out-link', result, '--option', 'substitute', 'false'];
  const values = ['--option', 'sandbox', 'false', '--argstr', 'modules', modules, '--argstr', 'packages', packages];
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync('nix-build', [...args, ...values], { encoding: 'utf8', stdio }).trim();
}

/** Enough for a closure of thousands of files, and few enough to be built in seconds. */
const PACKAGES = 60;

function readPackages(modules: string): readonly Package[] {
  const names = readdirSync(modules)
    .filter((name) => /^[a-z0-9]/.test(name) && existsSync(join(modules, name, 'package.json')))
    .slice(0, PACKAGES);
  return names.map((name, i) => {
    const { version, dependencies = {} } = readManifest(join(modules, name, 'package.json'));
    // Packages may depend on each other in a circle, which store paths cannot.
    const earlier = names.slice(0, i).filter((other) => other in dependencies);
    return { name, version, dependencies: earlier };
  });
}

function readManifest(path: string): {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(path, 'utf8'));
}
