import { posix } from 'node:path';
import { PLATFORMS, type Platform } from '../machine/platforms.ts';
import type { Volume } from './volume.ts';

/** What a boot loader would load of a card. */
export interface BootFiles {
  readonly loader: 'extlinux' | 'systemd-boot' | 'raspberry-pi';
  readonly volume: Volume;
  /** The file that names the kernel, for messages. */
  readonly configuration: string;
  /** On the volume; `undefined` if the configuration names none. */
  readonly kernel: string | undefined;
  readonly initrds: readonly string[];
  readonly parameters: string;
}

/** What was found on a card that something could boot. */
export interface Bootable {
  /** Platforms for which the card has an EFI program. */
  readonly efi: readonly Platform[];
  readonly files: BootFiles | undefined;
}

/** Looks for what a boot loader would load, in the order in which the firmware of boards does. */
export async function findBootable(volumes: readonly Volume[]): Promise<Bootable> {
  const efi: Platform[] = [];
  let files: BootFiles | undefined;
  for (const volume of volumes) {
    if (volume.kind === 'fat') {
      efi.push(...(await efiPlatforms(volume)));
    }
    files ??= (await readExtlinux(volume)) ?? (await readSystemdBoot(volume)) ?? (await readRaspberryPi(volume));
  }
  return { efi, files };
}

/** UEFI specification, section 3.5.1.1: the program that removable media are booted with. */
async function efiPlatforms(volume: Volume): Promise<readonly Platform[]> {
  const names = (await volume.list('/EFI/BOOT')).map((name) => name.toUpperCase());
  return Object.values(PLATFORMS).filter(({ efi }) => names.includes(`BOOT${efi}.EFI`));
}

/** The files that U-Boot looks for (doc/develop/distro.rst). */
const EXTLINUX = ['/extlinux/extlinux.conf', '/boot/extlinux/extlinux.conf'];

async function readExtlinux(volume: Volume): Promise<BootFiles | undefined> {
  for (const configuration of EXTLINUX) {
    const text = await volume.read(configuration);
    if (text !== undefined) {
      const parsed = parseExtlinux(text.toString('latin1'));
      const absolute = (path: string): string => posix.resolve(posix.dirname(configuration), path);
      return {
        loader: 'extlinux',
        volume,
        configuration,
        kernel: parsed.kernel === undefined ? undefined : absolute(parsed.kernel),
        initrds: parsed.initrds.map(absolute),
        parameters: parsed.parameters,
      };
    }
  }
  return undefined;
}

/** What an entry of a boot loader names. */
export interface BootEntry {
  readonly kernel: string | undefined;
  readonly initrds: readonly string[];
  readonly parameters: string;
}

/** Reads the entry of an extlinux.conf that is booted by default. A value goes to the end of its line. */
export function parseExtlinux(text: string): BootEntry {
  const lines = [...text.matchAll(/^[ \t]*([A-Za-z]+)[ \t]+(.*?)[ \t]*\r?$/gm)];
  const wanted = lines.find(([, key]) => key.toUpperCase() === 'DEFAULT')?.[2];
  const starts = lines.flatMap(([, key], i) => (key.toUpperCase() === 'LABEL' ? [i] : []));
  const start = starts.find((i) => lines[i][2] === wanted) ?? starts[0] ?? 0;
  const end = starts.find((i) => i > start) ?? lines.length;
  const entry = new Map(lines.slice(start, end).map(([, key, value]) => [key.toUpperCase(), value]));
  return {
    kernel: entry.get('LINUX') ?? entry.get('KERNEL'),
    initrds: entry.get('INITRD')?.split(',') ?? [],
    parameters: entry.get('APPEND') ?? '',
  };
}

async function readSystemdBoot(volume: Volume): Promise<BootFiles | undefined> {
  const names = (await volume.list('/loader/entries')).filter((name) => name.endsWith('.conf')).sort();
  const name = names.at(-1);
  if (name === undefined) {
    return undefined;
  }
  const configuration = `/loader/entries/${name}`;
  const text = (await volume.read(configuration))?.toString('utf8') ?? '';
  return { loader: 'systemd-boot', volume, configuration, ...parseSystemdBoot(text) };
}

/** Reads an entry of systemd-boot (The Boot Loader Specification, type 1). */
export function parseSystemdBoot(text: string): BootEntry {
  const values = (key: string): readonly string[] =>
    [...text.matchAll(/^([a-z-]+)[ \t]+(.*?)[ \t]*\r?$/gm)].flatMap(([, name, value]) => (name === key ? [value] : []));
  return { kernel: values('linux')[0], initrds: values('initrd'), parameters: values('options').join(' ') };
}

/** The firmware of a Raspberry Pi, as nixos-raspberrypi writes its partition: config.txt names a directory. */
async function readRaspberryPi(volume: Volume): Promise<BootFiles | undefined> {
  const configuration = '/config.txt';
  const text = (await volume.read(configuration))?.toString('latin1');
  if (text === undefined) {
    return undefined;
  }
  const { prefix, kernel, initrd } = parseConfigTxt(text);
  const parameters = await volume.read(`/${prefix}cmdline.txt`);
  const names = await volume.list(`/${prefix}`);
  const name = [kernel, 'kernel_2712.img', 'kernel8.img', 'kernel.img'].find((one) => one && names.includes(one));
  if (parameters === undefined && name === undefined) {
    return undefined;
  }
  return {
    loader: 'raspberry-pi',
    volume,
    configuration,
    kernel: name && `/${prefix}${name}`,
    initrds: [initrd, 'initrd']
      .filter((one) => one !== undefined && names.includes(one))
      .slice(0, 1)
      .map((one) => `/${prefix}${one}`),
    parameters: parameters?.toString('latin1').trim() ?? '',
  };
}

/** Reads what config.txt says of the kernel (raspberrypi.com/documentation/computers/config_txt.html). */
export function parseConfigTxt(text: string): {
  readonly prefix: string;
  readonly kernel: string | undefined;
  readonly initrd: string | undefined;
} {
  const last = (pattern: RegExp): string | undefined => [...text.matchAll(pattern)].at(-1)?.[1];
  return {
    prefix: last(/^[ \t]*os_prefix=(\S+)/gm)?.replace(/^\/+/, '') ?? '',
    kernel: last(/^[ \t]*kernel=(\S+)/gm),
    initrd: last(/^[ \t]*initramfs[ \t]+(\S+)/gm),
  };
}
