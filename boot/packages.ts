import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, run } from '../src/process/run.ts';

/** A package of Debian's, as the file of it that was downloaded. */
export interface PackageFile {
  readonly name: string;
  /** Absolute path. */
  readonly archive: string;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

/** Which packages of a name are meant. */
export interface PackageOrigin {
  /** As Debian names it; `arm64` if left out. */
  readonly architecture?: string;
  /** Absolute path of a file of apt's, `*.sources`; the sources of this machine if left out. */
  readonly sources?: string;
}

/**
 * Downloads Debian packages, and all that they depend on, into `directory`. apt is given a state of its own, in which
 * nothing is installed: this machine's list of architectures and its package index stay as they are. The sources are those
 * of this machine, unless others are given, and apt checks what it gets against their signatures.
 *
 * @returns all packages, those depended on first.
 */
export async function downloadPackages(
  names: readonly string[],
  directory: string,
  { architecture = 'arm64', sources }: PackageOrigin = {},
): Promise<readonly PackageFile[]> {
  const configuration = await writeConfiguration(directory, architecture, sources);
  const apt = (...args: readonly string[]): Promise<RunResult> =>
    run('apt-get', ['--quiet=2', ...args], { environment: { APT_CONFIG: configuration }, timeout: 600_000 });
  const install = (mode: string): Promise<RunResult> => apt('install', '--yes', mode, ...names);
  try {
    await install('--download-only');
  } catch {
    // The index is not there yet, or is so old that what it names is no longer to be had.
    await apt('update');
    await install('--download-only').catch((cause) => {
      const remedy = "Their source is Debian's archive: run this on Debian, or in a container of it.";
      throw new Error(`The ${architecture} packages ${names.join(', ')} could not be had from apt. ${remedy}`, {
        cause,
      });
    });
  }
  const { stdout } = await install('--simulate');
  return parseSimulation(stdout.toString()).map(({ name, fileName }) => {
    const archive = join(directory, 'archives', fileName);
    return { name, archive, sha256: createHash('sha256').update(readFileSync(archive)).digest('hex') };
  });
}

/** Reads what `apt-get install --simulate` prints: the packages that would be installed, and the names of their files. */
export function parseSimulation(text: string): readonly { readonly name: string; readonly fileName: string }[] {
  return [...text.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) .*\[(\S+)\]\)/gm)].map(
    ([, name, version, architecture]) => ({
      name,
      // apt's own rule: name, version with its colon escaped, architecture.
      fileName: `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`,
    }),
  );
}

async function writeConfiguration(directory: string, architecture: string, sources?: string): Promise<string> {
  for (const name of ['state/lists/partial', 'archives/partial']) {
    mkdirSync(join(directory, name), { recursive: true });
  }
  const status = join(directory, 'status');
  writeFileSync(status, '');
  const settings = {
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Install-Recommends': 'false',
    // As root apt would drop its privileges to a user who cannot write here.
    'APT::Sandbox::User': 'root',
    'Dir::State': join(directory, 'state'),
    'Dir::State::status': status,
    'Dir::Cache': directory,
    'Dir::Cache::archives': 'archives/',
    // What else this machine has configured, such as the hooks that clean up in containers, is not for these files.
    'Dir::Etc::parts': '/dev/null',
    'Dir::Etc::main': '/dev/null',
    ...(sources === undefined ? {} : { 'Dir::Etc::sourcelist': sources, 'Dir::Etc::sourceparts': '/dev/null' }),
  };
  // But for how it reaches its sources, which may be a proxy.
  const { stdout: acquire } = await run('apt-config', ['dump', 'Acquire']);
  const lines = Object.entries(settings).map(([key, value]) => `${key} "${value}";`);
  const path = join(directory, 'apt.conf');
  const languages = ['#clear Acquire::Languages;', 'Acquire::Languages "none";'];
  writeFileSync(path, [acquire.toString(), ...languages, ...lines, ''].join('\n'));
  return path;
}
