import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadPackages, type PackageFile } from '../../boot/packages.ts';
import { debianArchitecture, sourcesOf } from './debian.ts';

/** The programs of each package that the action, the tests and Nix start. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  'nix-bin': [
    'build-remote',
    'nix',
    'nix-build',
    'nix-collect-garbage',
    'nix-env',
    'nix-hash',
    'nix-instantiate',
    'nix-store',
  ],
  e2fsprogs: ['debugfs', 'dumpe2fs', 'e2fsck', 'e2label', 'fsck.ext4', 'mke2fs', 'mkfs.ext4', 'resize2fs', 'tune2fs'],
};

/** The tools of a Debian suite, ready to run. */
export interface SuiteTools {
  readonly suite: string;
  /** Directory of the programs, by their usual names. */
  readonly directory: string;
  /** Such as `2.26.3`. */
  readonly nix: string;
  /** Such as `1.47.2`. */
  readonly e2fsprogs: string;
}

/** Downloads and unpacks the tools of a suite into `directory`, unless they are there. */
export async function installTools(suite: string, directory: string): Promise<SuiteTools> {
  mkdirSync(directory, { recursive: true });
  const sources = join(directory, 'debian.sources');
  writeFileSync(sources, sourcesOf(suite));
  const packages = await downloadPackages(Object.keys(TOOLS), directory, {
    architecture: debianArchitecture(),
    sources,
  });
  const root = join(directory, 'root');
  unpack(packages, root);
  const programs = join(directory, 'bin');
  rmSync(programs, { recursive: true, force: true });
  mkdirSync(programs);
  for (const tool of Object.values(TOOLS).flat()) {
    writeFileSync(join(programs, tool), starter(root, programs, tool), { mode: 0o755 });
  }
  return {
    suite,
    directory: programs,
    nix: versionOf(join(programs, 'nix-store'), '--version', /^nix-store \(.*\) (\S+)$/m),
    e2fsprogs: versionOf(join(programs, 'e2fsck'), '-V', /^e2fsck (\S+) /m),
  };
}

/** Unpacks packages into `root`, unless the same ones are there. */
function unpack(packages: readonly PackageFile[], root: string): void {
  const list = `${root}.packages`;
  const wanted = packages.map(({ sha256, archive }) => `${sha256}  ${archive}\n`).join('');
  if (existsSync(list) && readFileSync(list, 'utf8') === wanted) {
    return;
  }
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  for (const { archive } of packages) {
    execFileSync('dpkg-deb', ['--extract', archive, root]);
  }
  writeFileSync(list, wanted);
}

/**
 * A script that runs a program below `root` with the loader, libraries and settings below `root`. It passes on its own name,
 * by which Nix and mke2fs choose what to do, and sets Nix' build hook.
 */
function starter(root: string, directory: string, tool: string): string {
  // Debian 12 has programs and libraries outside of /usr too.
  const find = (pattern: string): readonly string[] => globSync([pattern, `usr/${pattern}`], { cwd: root }).sort();
  const [loader] = find('lib/*/ld-linux-*.so.*');
  const [program] = find(`{bin,sbin,libexec/nix}/${tool}`);
  if (loader === undefined || program === undefined) {
    throw new Error(`${root} has no ${tool}, or no loader for it.`);
  }
  const libraries = [...find('lib/*-linux-gnu'), 'usr/lib/nix'].map((path) => join(root, path)).join(':');
  return `#!/bin/sh
export NIX_CONFIG="build-hook = ${directory}/build-remote
$NIX_CONFIG"
export MKE2FS_CONFIG="\${MKE2FS_CONFIG:-${join(root, 'etc/mke2fs.conf')}}"
exec ${join(root, loader)} --library-path ${libraries} --argv0 "\${0##*/}" ${join(root, program)} "$@"
`;
}

function versionOf(program: string, option: string, pattern: RegExp): string {
  const printed = execFileSync('sh', ['-c', '"$0" "$1" 2>&1', program, option], { encoding: 'utf8' });
  const version = pattern.exec(printed)?.[1];
  if (version === undefined) {
    throw new Error(`${program} ${option} does not print its version, but: ${printed}`);
  }
  return version;
}
