import { inputError, type UserError, userError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import type { Directory } from '../../tree/compose.ts';
import { directory, directoryAt } from '../../tree/directory.ts';
import type { BootNote, BootOptions } from '../boot-options.ts';
import { type FatIdentity, isFat } from '../extlinux/place.ts';
import type { BootLoader } from '../loader/boot-loader.ts';
import { mountOf, readMounts } from '../mounts/fstab.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { readSystemdBootBuilder, type SystemdBootBuilder } from './builder.ts';
import { type SystemdBootFiles, systemdBootFiles } from './esp.ts';

/** The files of systemd-boot on the partitions of an image. */
export interface SystemdBoot {
  /** The mount point of the ESP. */
  readonly root: Directory;
  /** `undefined` for an image that cannot have an ESP. */
  readonly esp: Directory | undefined;
  readonly notes: readonly BootNote[];
}

/**
 * Makes what the installer of a system with systemd-boot would write to a new ESP. Errors as in `readSystemdBootBuilder` and
 * `systemdBootFiles`; and a `UserError` if the system does not have this boot loader, or mounts another partition in place of
 * the ESP.
 */
export function systemdBoot(system: NixosSystem, loader: BootLoader, options: BootOptions): SystemdBoot {
  const { toplevel } = system;
  if (loader.kind !== 'systemd-boot' || loader.builder === undefined) {
    throw noInstaller(toplevel);
  }
  const builder = readSystemdBootBuilder(loader.builder);
  const root = directoryAt(builder.mountPoint, directory({}));
  if (options.fat === undefined) {
    return { root, esp: undefined, notes: [NO_ESP] };
  }
  if (options.bootPartition === 'root') {
    throw inputError({
      input: 'boot-partition',
      message: 'The input boot-partition is root, but systemd-boot has its files on the EFI system partition.',
      remedy: 'Remove boot-partition.',
    });
  }
  checkMount(toplevel, builder, options.fat);
  const files = systemdBootFiles(toplevel, builder);
  return {
    root,
    esp: files.esp,
    notes: [describe(files), ...commandNotes(loader.hasMoreCommands), ...initrdNotes(files)],
  };
}

const NO_ESP: BootNote = {
  title: undefined,
  text: 'systemd-boot is on an EFI system partition, which an image with format: ext4 does not have',
};

function noInstaller(toplevel: string): UserError {
  return inputError({
    input: 'boot-loader',
    message: `The system ${quote(toplevel)} has no installer for systemd-boot, from which this action reads what to write.`,
    remedy: 'Set boot.loader.systemd-boot.enable in the configuration, or boot-loader to another boot loader.',
  });
}

/** The installer on the device writes to the mount point: it must be the ESP of the image. */
function checkMount(toplevel: string, { mountPoint }: SystemdBootBuilder, fat: FatIdentity): void {
  const mount = mountOf(readMounts(toplevel), mountPoint);
  if (mount === undefined || mount.directory !== mountPoint || isFat(mount, fat)) {
    return;
  }
  throw userError({
    title: 'The system mounts another EFI system partition',
    message:
      `The fstab of the system mounts ${quote(mount.device)} at ${quote(mountPoint)}, but the FAT partition of the image ` +
      `has the label ${quote(fat.label)}.`,
    remedy: 'Set firmware-label or disk-id to what the system mounts.',
  });
}

function describe({ specialisations }: SystemdBootFiles): BootNote {
  const others = specialisations.length === 0 ? '' : `, and its specialisations ${specialisations.join(', ')}`;
  const text =
    `systemd-boot on the EFI system partition has the system on its menu as generation 1${others}; nixos-rebuild on the ` +
    'device writes to the same partition';
  return { title: undefined, text };
}

function commandNotes(hasMoreCommands: boolean): readonly BootNote[] {
  const text =
    'The installer of the system runs more commands after it has written the EFI system partition ' +
    '(boot.loader.systemd-boot.extraInstallCommands): what they do is not in the image.';
  return hasMoreCommands ? [{ title: 'Commands of the installer were not run', text }] : [];
}

function initrdNotes({ missingInitrds }: SystemdBootFiles): readonly BootNote[] {
  const text =
    `The boot menu names initrds that neither the system nor its extra files have: ${missingInitrds.map(quote).join(', ')}. ` +
    'The image has them only if firmware-files has.';
  return missingInitrds.length === 0 ? [] : [{ title: 'Initrds are not from the system', text }];
}
