import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/process/run.ts';
import { HASHED_BUILDER } from '../test/nixos/systemd-boot/support/builders.ts';
import { fillIn } from '../test/nixos/systemd-boot/support/uefi-system.ts';
import type { Kind, Platform } from './kinds.ts';
import { downloadPackages } from './packages.ts';

/** Kept from run to run, and the same for every user, so that the store paths are the same as well. */
const DIRECTORY = '/var/tmp/nix-ext4-image';

/** What the system's first boot runs. */
const PROGRAMS = ['bash-static', 'busybox-static', 'e2fsprogs', 'fdisk', 'mount', 'nix-bin', 'parted', 'util-linux'];
/** What it boots with on EFI. */
const EFI_PROGRAMS = 'systemd-boot-efi';

/**
 * Builds the system that is booted, from Debian's packages for its platform, in the Nix store of this machine.
 *
 * @param link where nix-build leaves the link that keeps it from the garbage collector.
 * @returns its store path.
 */
export async function buildSystem({ platform, loader }: Kind, link: string): Promise<string> {
  const { architecture } = platform;
  const directory = join(DIRECTORY, architecture);
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  // The kernel for machines that are emulated: the same kernel with fewer modules.
  const kernelPackage = `linux-image-cloud-${architecture}`;
  const names = [kernelPackage, EFI_PROGRAMS, ...PROGRAMS];
  const packages = await downloadPackages(names, directory, { architecture });
  const kernel = packages.find(({ name }) => name.startsWith('linux-image-') && name !== kernelPackage);
  if (kernel === undefined) {
    throw new Error(`apt named no kernel package that ${kernelPackage} depends on.`);
  }
  const userLand = packages.filter(({ name }) => !name.startsWith('linux-image-'));
  const description = join(directory, 'system.json');
  const parameters = parametersFor(platform);
  const efiBuilder = fillIn(HASHED_BUILDER, { timeout: '1' });
  writeFileSync(description, JSON.stringify({ userLand, kernel, platform, parameters, loader, efiBuilder }));
  const expression = join(import.meta.dirname, 'system/system.nix');
  // The builders use the machine's own tools. Without a daemon root needs no build users, and may not have any.
  const options = { substitute: 'false', sandbox: 'false', 'build-users-group': '' };
  const given = Object.entries(options).flatMap(([name, value]) => ['--option', name, value]);
  const args = [expression, '--argstr', 'description', description, '--out-link', link, '--quiet', ...given];
  const { stdout } = await run('nix-build', args);
  return stdout.toString().trim();
}

/** For the serial port, with warnings; a panic restarts at once, which ends the emulator. */
function parametersFor(platform: Platform): readonly string[] {
  return [`console=${platform.console}`, 'loglevel=5', 'panic=-1'];
}
