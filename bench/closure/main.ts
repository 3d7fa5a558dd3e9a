// Makes a Nix closure from Debian packages; script/closure-from-packages says how it is called.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClosure } from './build.ts';
import { choosePackages, parseSelection } from './choose.ts';
import { downloadPackages } from './download.ts';
import { type DebianPackage, lookUpPackages, parsePackageList } from './packages.ts';

// Readable for Nix's build users, and the same for every user, so that the store paths are the same as well.
const DIRECTORY = '/var/tmp/nix-ext4-image';

try {
  main();
} catch (error) {
  console.error(`closure-from-packages: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function main(): void {
  const { values } = parseArgs({
    options: { packages: { type: 'string' }, bytes: { type: 'string' }, output: { type: 'string' } },
  });
  const selection = parseSelection(values.packages, values.bytes);
  const packages = choosePackages(availablePackages(), selection);
  const archives = downloadPackages(packages, join(DIRECTORY, 'packages'));
  const link = values.output ?? join(DIRECTORY, `closure-${packages.length}`);
  const top = buildClosure(packages, archives, link);
  console.error(`${describeClosure(top)}; kept by ${link}`);
  console.log(top);
}

function availablePackages(): readonly DebianPackage[] {
  const list = parsePackageList(readFileSync(new URL('packages.txt', import.meta.url), 'utf8'));
  const found = lookUpPackages(list);
  if (found.length === 0) {
    throw new Error(`apt knows none of the ${list.length} packages of packages.txt: run apt-get update first`);
  }
  const names = new Set(found.map(({ name }) => name));
  const unknown = list.filter(({ name }) => !names.has(name));
  if (unknown.length > 0) {
    console.error(`left out, for apt cannot download them: ${unknown.map(({ name }) => name).join(' ')}`);
  }
  return found;
}

function describeClosure(top: string): string {
  const paths = queryStore('--requisites', top);
  const narSize = queryStore('--size', ...paths).reduce((sum, size) => sum + Number(size), 0);
  const entries = paths.reduce((sum, path) => sum + 1 + readdirSync(path, { recursive: true }).length, 0);
  return `${paths.length} store paths, ${entries} entries, ${narSize} bytes as NAR`;
}

function queryStore(...query: readonly string[]): readonly string[] {
  const printed = execFileSync('nix-store', ['--query', ...query], { maxBuffer: 1 << 28 });
  return printed.toString().trim().split('\n');
}
