import { existsSync } from 'node:fs';
import { userError } from '../../errors/user-error.ts';
import { findSystemProgram } from '../../process/find-program.ts';
import { isProgramMissing } from '../../process/program-error.ts';
import { run } from '../../process/run.ts';
import type { Firmware, Platform } from './platforms.ts';

/** Something that a boot test needs, and the package of Debian and Ubuntu that has it. */
export interface Need {
  readonly what: string;
  readonly package: string;
  readonly isThere: () => boolean;
}

/** What the boot of a platform with a firmware needs. */
export function needsOfMachine(platform: Platform, firmware: Firmware): readonly Need[] {
  const file = platform.firmware[firmware];
  const emulator = programNeed(platform.emulator, platform.package);
  return file === undefined
    ? [emulator]
    : [
        emulator,
        { what: file.paths[0], package: file.package, isThere: () => file.paths.some((path) => existsSync(path)) },
      ];
}

/** What reading a card and checking it needs; `compression` is that of the image. */
export function needsOfCard(compression: string): readonly Need[] {
  return [
    programNeed('debugfs', 'e2fsprogs'),
    programNeed('e2fsck', 'e2fsprogs'),
    programNeed('sfdisk', 'fdisk'),
    ...(compression === 'xz' ? [programNeed('xz', 'xz-utils')] : []),
  ];
}

function programNeed(name: string, packageName: string): Need {
  return { what: name, package: packageName, isThere: () => hasProgram(name) };
}

function hasProgram(name: string): boolean {
  try {
    findSystemProgram(name);
    return true;
  } catch (error) {
    if (isProgramMissing(error)) {
      return false;
    }
    throw error;
  }
}

/**
 * Makes sure that everything is there that is needed: installs what is not with apt-get if `install` is set, and throws a
 * `UserError` that names the packages otherwise.
 */
export async function provide(
  needs: readonly Need[],
  { install, signal }: { readonly install: boolean; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const missing = needs.filter((need) => !need.isThere());
  const packages = [...new Set(missing.map((need) => need.package))];
  if (packages.length === 0) {
    return [];
  }
  if (!install) {
    throw missingError(missing, packages);
  }
  await aptGet(['update', '--quiet=2'], signal);
  await aptGet(['install', '--yes', '--no-install-recommends', '--quiet=2', ...packages], signal);
  const still = needs.filter((need) => !need.isThere());
  if (still.length > 0) {
    throw missingError(still, [...new Set(still.map((need) => need.package))]);
  }
  return packages;
}

function missingError(missing: readonly Need[], packages: readonly string[]): Error {
  return userError({
    title: 'The boot test needs packages',
    message: `These are not on this machine: ${missing.map(({ what }) => what).join(', ')}.`,
    remedy: `Run \`sudo apt-get install ${packages.join(' ')}\` in a step before this one, or set install to true.`,
    code: 'PACKAGES_MISSING',
  });
}

/** As root, or with sudo without a password, as runners of GitHub have it. */
async function aptGet(args: readonly string[], signal: AbortSignal): Promise<void> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const isRoot = process.getuid?.() === 0;
  const command = isRoot
    ? ['apt-get', ...args]
    : ['sudo', '--non-interactive', '--preserve-env=DEBIAN_FRONTEND', 'apt-get', ...args];
  const [program, ...rest] = command;
  await run(program, rest, { environment, timeout: INSTALL_TIMEOUT, signal });
}

const INSTALL_TIMEOUT = 20 * 60 * 1000;
