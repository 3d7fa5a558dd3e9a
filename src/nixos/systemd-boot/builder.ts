import type { UserError } from '../../errors/user-error.ts';
import { readSmallFile } from '../../host/small-file.ts';
import { quote } from '../../text/escape.ts';
import { resolveInStore } from '../store.ts';
import { systemError } from '../system-error.ts';

/**
 * How a system's own installer writes the ESP, read from the text of its `systemd-boot-builder.py`, because the form of
 * its entries has changed over the years, and its settings stand nowhere else (nixpkgs,
 * nixos/modules/system/boot/loader/systemd-boot/systemd-boot-builder.py).
 */
export interface SystemdBootBuilder {
  /** `boot.loader.efi.efiSysMountPoint` */
  readonly mountPoint: string;
  /** Directory of kernels and initrds on the ESP, without a slash at its ends: `EFI/nixos`. */
  readonly nixosDirectory: string;
  /** Seconds or a word such as `menu-force`; empty for none. */
  readonly timeout: string;
  readonly editor: boolean;
  readonly consoleMode: string;
  readonly rebootForBitlocker: boolean;
  readonly distroName: string;
  readonly entries: EntryForm;
  /** Whether initrds with secrets have names of their own. */
  readonly namesInitrdsBySecrets: boolean;
  /** The script that adds files of the configuration, such as Memtest86+. */
  readonly copyExtraFiles: string;
}

/** The form of a builder's entries. */
export type EntryForm =
  /** `nixos-generation-1.conf`, with the text of Python's `str.format`, which stands in the builder. */
  | {
      readonly kind: 'numbered';
      readonly template: string;
      /** What is before the path of a device tree; `undefined` for a builder without device trees. */
      readonly deviceTreePrefix: string | undefined;
    }
  /** `nixos-<SHA-256 of the contents>.conf` (NixOS/nixpkgs#447173) */
  | {
      readonly kind: 'hashed';
      readonly hasExtraInitrds: boolean;
      /** Whether loader.conf names the entry, not `nixos-*`. */
      readonly namesDefault: boolean;
      /** How often an entry is tried until it is taken as bad; `undefined` without boot counting. */
      readonly tries: string | undefined;
      /** What follows `init=...` where there are no kernel parameters. */
      readonly afterInit: '' | ' ';
    };

/**
 * Reads the builder at a path in the store. Throws a `UserError` if it has another form than those since NixOS 24.05, or
 * makes an ESP of a kind that this action does not.
 */
export function readSystemdBootBuilder(path: string): SystemdBootBuilder {
  const text = readSmallFile(resolveInStore(path, 'The installer of systemd-boot')).toString();
  const builder = { path, text };
  checkSupported(builder);
  return {
    mountPoint: constant(builder, 'EFI_SYS_MOUNT_POINT'),
    nixosDirectory: constant(builder, 'NIXOS_DIR').replace(/^\/+|\/+$/g, ''),
    timeout: constant(builder, 'TIMEOUT'),
    editor: constant(builder, 'EDITOR') === '1',
    consoleMode: constant(builder, 'CONSOLE_MODE'),
    rebootForBitlocker: (optionalConstant(text, 'REBOOT_FOR_BITLOCKER') ?? '') !== '',
    distroName: constant(builder, 'DISTRO_NAME'),
    entries: entryForm(builder),
    namesInitrdsBySecrets: text.includes('-initrd.efi"'),
    copyExtraFiles: constant(builder, 'COPY_EXTRA_FILES'),
  };
}

interface BuilderText {
  readonly path: string;
  readonly text: string;
}

function entryForm(builder: BuilderText): EntryForm {
  const { text } = builder;
  if (text.includes('hashlib.sha256(')) {
    return {
      kind: 'hashed',
      hasExtraInitrds: text.includes('extraInitrdPaths'),
      namesDefault: text.includes('default {default_entry_id}'),
      tries: optionalConstant(text, 'BOOT_COUNTING') === 'True' ? constant(builder, 'BOOT_COUNTING_TRIES') : undefined,
      afterInit: text.includes('"init=%s "') ? ' ' : '',
    };
  }
  const template = /^BOOT_ENTRY = """([^"]*)"""$/m.exec(text)?.[1];
  if (template === undefined || !KNOWN_FIELDS.test(template)) {
    throw unknownForm(builder, 'BOOT_ENTRY');
  }
  return { kind: 'numbered', template, deviceTreePrefix: deviceTreePrefix(text) };
}

/** Text with fields that `encodeEntry` fills in, and no other braces. */
const KNOWN_FIELDS = /^(?:[^{}]|\{(?:title|sort_key|generation|description|kernel|initrd|kernel_params)\})*$/;

function deviceTreePrefix(text: string): string | undefined {
  if (text.includes('"devicetree %s\\n"')) {
    return '';
  }
  return text.includes('"devicetree /{devicetree}\\n"') ? '/' : undefined;
}

function checkSupported(builder: BuilderText): void {
  const { path, text } = builder;
  const esp = constant(builder, 'EFI_SYS_MOUNT_POINT');
  const boot = constant(builder, 'BOOT_MOUNT_POINT');
  if (boot !== esp) {
    throw systemError({
      message:
        `The system keeps its kernels on ${quote(boot)}, a partition beside the ESP, ${quote(esp)} ` +
        '(boot.loader.systemd-boot.xbootldrMountPoint). An image of this action has them on the ESP.',
      remedy: 'Remove boot.loader.systemd-boot.xbootldrMountPoint from the configuration.',
    });
  }
  const uki = /^UKI_CONFIG = json\.loads\(Path\("([^"]*)"\)/m.exec(text)?.[1];
  if (uki !== undefined && /"enable"\s*:\s*true/.test(readSmallFile(resolveInStore(uki, 'The file')).toString())) {
    throw systemError({
      message: `The system boots unified kernel images, which its installer ${quote(path)} makes on the device.`,
      remedy: 'Disable unified kernel images for the image, and enable them on the device.',
    });
  }
}

function constant(builder: BuilderText, name: string): string {
  const value = optionalConstant(builder.text, name);
  if (value === undefined) {
    throw unknownForm(builder, name);
  }
  return value;
}

/** The string in the assignment to a name of the module: `NAME = "a"`, `NAME = Path("a")`, `NAME = "a" == "1"`. */
function optionalConstant(text: string, name: string): string | undefined {
  return new RegExp(`^${name} = (?:\\w+\\(\\s*)?"([^"\\\\]*)"`, 'm').exec(text)?.[1];
}

function unknownForm({ path }: BuilderText, what: string): UserError {
  return systemError({
    message: `The installer of systemd-boot ${quote(path)} has a form that this action does not know: it has no ${what}.`,
    remedy: 'Build the system with NixOS 24.05 or later, and with the systemd-boot module of nixpkgs.',
  });
}
