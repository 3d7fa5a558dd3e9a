import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/process/run.ts';
import { downloadPackages } from './packages.ts';

/** Kept from run to run, and the same for every user, so that the store paths are the same as well. */
const DIRECTORY = '/var/tmp/nix-ext4-image/arm64';

/** What the system's first boot runs. */
const PROGRAMS = ['bash-static', 'busybox-static', 'e2fsprogs', 'fdisk', 'mount', 'nix-bin', 'parted', 'util-linux'];
/** The kernel for machines that are emulated: the same kernel with fewer modules. */
const KERNEL = 'linux-image-cloud-arm64';

/** For the serial port of QEMU's board, with warnings; a panic restarts at once, which ends the emulator. */
const PARAMETERS = ['console=ttyAMA0', 'loglevel=5', 'panic=-1'];

/**
 * Builds the system that is booted, from Debian's packages for arm64, in the Nix store of this machine.
 *
 * @param link where nix-build leaves the link that keeps it from the garbage collector.
 * @returns its store path.
 */
export async function buildSystem(link: string): Promise<string> {
  mkdirSync(DIRECTORY, { recursive: true, mode: 0o755 });
  const packages = await downloadPackages([KERNEL, ...PROGRAMS], DIRECTORY);
  const kernel = packages.find(({ name }) => name.startsWith('linux-image-') && name !== KERNEL);
  if (kernel === undefined) {
    throw new Error(`apt named no kernel package that ${KERNEL} depends on.`);
  }
  const userLand = packages.filter(({ name }) => !name.startsWith('linux-image-'));
  const description = join(DIRECTORY, 'system.json');
  writeFileSync(description, JSON.stringify({ userLand, kernel, parameters: PARAMETERS }));
  const expression = join(import.meta.dirname, 'system/system.nix');
  // The builders use the machine's own tools. Without a daemon root needs no build users, and may not have any.
  const options = { substitute: 'false', sandbox: 'false', 'build-users-group': '' };
  const given = Object.entries(options).flatMap(([name, value]) => ['--option', name, value]);
  const args = [expression, '--argstr', 'description', description, '--out-link', link, '--quiet', ...given];
  const { stdout } = await run('nix-build', args);
  return stdout.toString().trim();
}
