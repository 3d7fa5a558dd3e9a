import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../../host/small-file.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { DEFAULT_BOOT_DIRECTORY, DEFAULT_LOADER_SETTINGS, type LoaderSettings } from '../extlinux/settings.ts';
import { type Call, listCalls } from './calls.ts';
import { type Options, parseOptions } from './shell.ts';

/** The boot loader of a NixOS configuration, as its installer shows it. */
export type BootLoader =
  | ExtlinuxLoader
  | SystemdBootLoader
  | RaspberryPiLoader
  | { readonly kind: 'grub' }
  /** Why nothing installs a boot loader: the system cannot be switched, or has none enabled. */
  | { readonly kind: 'none'; readonly reason: 'no-switch' | 'not-enabled' }
  | { readonly kind: 'unknown' };

export interface ExtlinuxLoader {
  readonly kind: 'extlinux';
  /** One for each directory that the installer writes to, in its order; at least one. */
  readonly menus: readonly ExtlinuxMenu[];
}

/** A boot menu that the installer writes. */
export interface ExtlinuxMenu {
  /** Absolute path on the device, where `extlinux/` and `nixos/` are. */
  readonly directory: string;
  readonly settings: LoaderSettings;
  /** What the installer sets in a way that cannot be read, and is a default here. */
  readonly unread: readonly ('device tree' | 'directory' | 'timeout')[];
}

export interface SystemdBootLoader {
  readonly kind: 'systemd-boot';
  /** Path of the program that writes the ESP; `undefined` if the installer does not name it. */
  readonly builder: string | undefined;
  /** Whether the installer runs commands of the configuration besides. */
  readonly hasMoreCommands: boolean;
}

/** The loader that is the firmware of the Raspberry Pi itself (nvmd/nixos-raspberrypi). */
export interface RaspberryPiLoader {
  readonly kind: 'raspberry-pi';
  /** `kernel` has a directory for each generation; `kernelboot` and those of other projects have one for all. */
  readonly hasGenerations: boolean;
  /** The directory with the device trees of the firmware, if those of the kernel are not used. */
  readonly firmwareDeviceTrees: string | undefined;
}

/**
 * Reads which boot loader a system has, with its settings. No specification has them; they are arguments in the text of its
 * scripts: `bin/switch-to-configuration` names the installer, which calls the builder of the loader, by other scripts or
 * itself. Nothing is run.
 */
export function readBootLoader(toplevel: string): BootLoader {
  const script = join(toplevel, 'bin/switch-to-configuration');
  if (!existsSync(script)) {
    return { kind: 'none', reason: 'no-switch' };
  }
  const commands = installerCommands(readSmallFile(script).toString('latin1'));
  const outer = commands.flatMap((command) => listCalls(command, [toplevel]));
  const menus = outer.flatMap(menusOf);
  if (menus.length > 0) {
    // The last call for a directory replaces what earlier ones wrote.
    return { kind: 'extlinux', menus: [...new Map(menus.map((menu) => [menu.directory, menu])).values()] };
  }
  const calls = allCalls(outer);
  const loader = calls.map(loaderOf).find((found) => found !== undefined);
  if (loader?.kind === 'systemd-boot') {
    return { ...loader, hasMoreCommands: calls.some(hasMoreCommands) };
  }
  if (loader !== undefined) {
    return loader;
  }
  if (calls.some(({ program }) => program.endsWith('-install-systemd-boot.sh'))) {
    return { kind: 'systemd-boot', builder: undefined, hasMoreCommands: false };
  }
  const texts = [...commands, ...calls.map((call) => call.script ?? '')];
  return texts.some((text) => text.includes(NOT_ENABLED))
    ? { kind: 'none', reason: 'not-enabled' }
    : { kind: 'unknown' };
}

/** What the installer of a system without a boot loader prints (nixpkgs, nixos/modules/system/activation/top-level.nix). */
const NOT_ENABLED = 'do not know how to make this configuration bootable';

/**
 * The commands that `bin/switch-to-configuration` installs a boot loader with: the value of `INSTALL_BOOTLOADER` in a
 * wrapper, and of `$installBootLoader` in the Perl script of older systems. Elsewhere, all texts in quotes.
 */
function installerCommands(text: string): readonly string[] {
  for (const pattern of [WRAPPER_VALUE, PERL_VALUE, QUOTED]) {
    const values = [...text.matchAll(pattern)].map(([, value]) => value).filter((value) => value !== '');
    if (values.length > 0) {
      return values.map((value) => value.replaceAll("'\\''", "'"));
    }
  }
  return [];
}

const WRAPPER_VALUE = /\bINSTALL_BOOTLOADER(?:=|['"]? +)['"]?((?:[^'"\n\0]|'\\'')*)/g;
const PERL_VALUE = /\$installBootLoader *= *["']([^"\n]*)["'];/g;
const QUOTED = new RegExp(`["']?(${STORE_DIRECTORY}/[^"'\\n\\0]*)`, 'g');

function allCalls(calls: readonly Call[]): readonly Call[] {
  return calls.flatMap((call) => [call, ...allCalls(call.calls)]);
}

/** The options of extlinux-conf-builder.sh; a fork has `-b`. */
const BUILDER_OPTIONS = 'g:t:n:d:c:b:r';

/** The menus that a call writes: those of the innermost calls of the extlinux builder, or of a copy under another name. */
function menusOf(call: Call): readonly ExtlinuxMenu[] {
  const inner = call.calls.flatMap(menusOf);
  return inner.length > 0 ? inner : menuOf(call);
}

function menuOf(call: Call): readonly ExtlinuxMenu[] {
  const isNamed = /-extlinux-conf-builder[^/]*$/.test(call.program);
  const options = parseOptions(call.words, BUILDER_OPTIONS);
  if (!isNamed && !isBuilder(call.script) && !hasBuilderOptions(options)) {
    return [];
  }
  const argumentOf = (letter: string): string | undefined => options?.get(letter)?.at(-1);
  const timeout = argumentOf('t');
  const isTimeout = timeout !== undefined && /^-?\d+$/.test(timeout);
  const unread: ExtlinuxMenu['unread'][number][] = [];
  if (!isTimeout) {
    unread.push('timeout');
  }
  if (options?.has('n') && argumentOf('n') === undefined) {
    unread.push('device tree');
  }
  if (options?.has('d') && argumentOf('d') === undefined) {
    unread.push('directory');
  }
  const settings = {
    timeout: isTimeout ? Number(timeout) : DEFAULT_LOADER_SETTINGS.timeout,
    deviceTree: argumentOf('n'),
    usesDeviceTrees: !options?.has('r'),
  };
  return [{ directory: argumentOf('d') ?? DEFAULT_BOOT_DIRECTORY, settings, unread }];
}

/** A copy of the builder, whatever its name. */
function isBuilder(script: string | undefined): boolean {
  return (
    script !== undefined && /\bgetopts\b/.test(script) && /extlinux\.conf/.test(script) && /\bAPPEND\b/.test(script)
  );
}

/** NixOS always gives the builder these; no other installer has all of them and no others. */
function hasBuilderOptions(options: Options | undefined): boolean {
  return ['g', 't', 'c'].every((letter) => options?.has(letter));
}

function loaderOf(call: Call): BootLoader | undefined {
  const name = call.program.slice(call.program.lastIndexOf('/') + 1);
  if (/systemd-boot-builder|(?:^|-)systemd-boot$/.test(name)) {
    return { kind: 'systemd-boot', builder: call.program, hasMoreCommands: false };
  }
  if (/-nixos-generations-builder\.sh$/.test(name)) {
    return { kind: 'raspberry-pi', hasGenerations: true, firmwareDeviceTrees: firmwareDeviceTrees(call) };
  }
  if (/-(?:kernelboot-builder|raspberrypi-builder)\.sh$/.test(name)) {
    return { kind: 'raspberry-pi', hasGenerations: false, firmwareDeviceTrees: undefined };
  }
  return /-install-grub(?:\.pl|\.sh)?$/.test(name) ? { kind: 'grub' } : undefined;
}

/** Whether a script has anything beside its call of the builder of systemd-boot. */
function hasMoreCommands({ script, calls }: Call): boolean {
  const builder = calls.find((call) => loaderOf(call)?.kind === 'systemd-boot');
  if (script === undefined || builder === undefined) {
    return false;
  }
  const lines = script.split('\n').map((line) => line.trim());
  return lines.some((line) => !/^(?:#|set |$)/.test(line) && !line.includes(builder.program));
}

/** The directory that install-device-tree.sh of nixos-raspberrypi copies from with its option `-r`. */
function firmwareDeviceTrees(call: Call): string | undefined {
  const installer = allCalls(call.calls).find(({ program }) => program.endsWith('-install-device-tree.sh'));
  if (installer === undefined || !installer.words.includes('-r')) {
    return undefined;
  }
  return new RegExp(`${STORE_DIRECTORY}/\\S+/share/raspberrypi/boot`).exec(installer.script ?? '')?.[0];
}
