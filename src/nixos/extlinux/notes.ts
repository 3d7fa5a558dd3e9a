import { type BootNote, type BootOptions, NOT_UPDATED } from '../boot-options.ts';
import type { BootLoader, ExtlinuxMenu } from '../loader/boot-loader.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { parametersOf } from './boot-files.ts';
import type { BootPlace } from './place.ts';
import type { LoaderSettings } from './settings.ts';

/** A boot menu at its place on the image. */
export interface PlacedMenu {
  readonly menu: ExtlinuxMenu;
  readonly place: BootPlace;
  /** What the device does with the directory that the installer writes to, if it does not reach the place. */
  readonly notUpdated: string | undefined;
}

/** What was read of the menus of an image, what is a default, and what `nixos-rebuild` on the device will do. */
export function notesOf(
  placed: readonly PlacedMenu[],
  {
    system,
    loader,
    options,
  }: { readonly system: NixosSystem; readonly loader: BootLoader; readonly options: BootOptions },
): readonly BootNote[] {
  return [
    ...placed.map((entry) => describeMenu(entry, loader, options)),
    ...placed.flatMap(unreadNotes),
    ...lengthNotes(system),
  ];
}

/** A phrase, such as `/boot of the root partition`. */
export function describePlace({ partition, path }: BootPlace): string {
  return `/${path} of the ${partition === 'root' ? 'root' : 'FAT'} partition`;
}

function describeMenu({ menu, place, notUpdated }: PlacedMenu, loader: BootLoader, options: BootOptions): BootNote {
  const settings = `${describeTimeout(menu.settings.timeout)}, ${describeDeviceTrees(menu.settings)}`;
  const image = `The image has an extlinux.conf in ${describePlace(place)}: ${settings}`;
  if (loader.kind !== 'extlinux') {
    const text = `${REASONS[reasonOf(loader)]} ${image}, as the inputs set it, or else by default in NixOS.`;
    return { title: NOT_UPDATED, text };
  }
  const isOverridden = options.deviceTree !== undefined || options.bootTimeout !== undefined;
  const origin = isOverridden ? 'as the inputs and the system set it' : 'as the system sets it';
  if (notUpdated !== undefined) {
    const text = `${image}, ${origin}. nixos-rebuild on the device will not update it: ${notUpdated}.`;
    return { title: NOT_UPDATED, text };
  }
  return { title: undefined, text: `${image}, ${origin}. nixos-rebuild on the device writes to ${menu.directory}` };
}

type Reason = Exclude<BootLoader['kind'], 'extlinux' | 'none'> | 'no-switch' | 'not-enabled';

function reasonOf(loader: Exclude<BootLoader, { kind: 'extlinux' }>): Reason {
  return loader.kind === 'none' ? loader.reason : loader.kind;
}

/** What nixos-rebuild does on a device whose image has a menu that is not its own. */
const REASONS: Readonly<Record<Reason, string>> = {
  'no-switch':
    'The system cannot be switched (system.switch.enable is false), so its boot loader cannot be read, and nixos-rebuild on the device updates nothing.',
  'not-enabled':
    'The system has no boot loader enabled: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
  grub: 'The system uses GRUB, which this action does not install: nixos-rebuild on the device will install GRUB, and not update what U-Boot boots.',
  'systemd-boot':
    'The system uses systemd-boot: nixos-rebuild on the device will write to its EFI system partition, and not update what U-Boot boots.',
  'raspberry-pi':
    'The firmware of a Raspberry Pi boots the system: nixos-rebuild on the device will write to its FAT partition, and not update what U-Boot boots.',
  unknown:
    'The system has a boot loader that this action does not know: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
};

function describeTimeout(timeout: number): string {
  if (timeout < 0) {
    return 'a menu that waits for ever';
  }
  return timeout === 0 ? 'no menu' : `a menu for ${timeout} s`;
}

function describeDeviceTrees({ usesDeviceTrees, deviceTree }: LoaderSettings): string {
  if (!usesDeviceTrees) {
    return 'the device tree of the firmware';
  }
  return deviceTree === undefined ? 'a device tree of the kernel that U-Boot chooses' : `the device tree ${deviceTree}`;
}

function unreadNotes({ menu }: PlacedMenu): readonly BootNote[] {
  return menu.unread.map((setting) => ({
    title: 'A setting of the boot loader cannot be read',
    text: `The installer of the system sets the ${setting} in a way that cannot be read without running it; the image has the default of NixOS. Set ${INPUTS[setting]} to override it.`,
  }));
}

const INPUTS = { 'device tree': 'device-tree', directory: 'boot-partition', timeout: 'boot-timeout' } as const;

/** U-Boot's CONFIG_SYS_CBSIZE is 1,024 bytes by default, with the NUL at the end. */
const MAX_PARAMETERS = 1023;

function lengthNotes(system: NixosSystem): readonly BootNote[] {
  const { length } = parametersOf(system);
  if (length <= MAX_PARAMETERS) {
    return [];
  }
  return [
    {
      title: 'The kernel parameters are long',
      text: `The kernel parameters have ${length} bytes. U-Boot skips a menu entry with more than its CONFIG_SYS_CBSIZE allows, ${MAX_PARAMETERS} bytes unless the board raises it. Shorten boot.kernelParams.`,
    },
  ];
}
