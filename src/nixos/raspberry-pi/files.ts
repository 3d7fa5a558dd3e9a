import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inputError, userError } from '../../errors/user-error.ts';
import { readSmallFileIfAny } from '../../host/small-file.ts';
import { quote } from '../../text/escape.ts';
import type { Directory, Node } from '../../tree/compose.ts';
import { directory, directoryAt, file, graft } from '../../tree/directory.ts';
import type { RaspberryPiLoader } from '../loader/boot-loader.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { readOsPrefix } from './config.ts';

/** How the firmware partition of a Raspberry Pi gets the files that boot a system. */
export type RaspberryPiFiles =
  /** `files` overlay the firmware files; `prefix` is the directory of the generation. */
  | { readonly kind: 'added'; readonly files: Directory; readonly prefix: string }
  /** The firmware files have the system already, or have it in a way that is not known. */
  | { readonly kind: 'as-given' };

/**
 * Returns the files that the firmware of a Raspberry Pi boots a system with, as an overlay of the firmware files: a
 * directory for the generation with kernel, initrd, parameters and device trees, as the loader `kernel` of
 * nixos-raspberrypi writes it (nvmd/nixos-raspberrypi, modules/system/boot/loader/raspberrypi/generational). Its place is
 * the `os_prefix` in the `config.txt` of the firmware files; without one the firmware files are taken as they are.
 *
 * Throws a `UserError` if there are no firmware files, and if they have the files of another system.
 */
export function raspberryPiFiles(
  system: NixosSystem,
  loader: Pick<RaspberryPiLoader, 'hasGenerations' | 'firmwareDeviceTrees'>,
  firmwareFiles: string | undefined,
): RaspberryPiFiles {
  if (firmwareFiles === undefined) {
    throw inputError({
      input: 'firmware-files',
      message: 'A Raspberry Pi boots from the files of its firmware, and firmware-files is not set.',
      remedy: 'Set firmware-files to a directory with the firmware and config.txt, or set boot-loader to none.',
    });
  }
  const prefix = readOsPrefix(firmwareFiles);
  checkParameters(system, join(firmwareFiles, prefix ?? ''));
  const isPopulated = prefix !== undefined && existsSync(join(firmwareFiles, prefix, 'kernel.img'));
  if (prefix === undefined || isPopulated || !loader.hasGenerations) {
    return { kind: 'as-given' };
  }
  const deviceTrees = loader.firmwareDeviceTrees ?? system.deviceTrees;
  return { kind: 'added', prefix, files: directoryAt(prefix, generation(system, deviceTrees)) };
}

/** The files of one generation, as kernelboot-gen-builder.sh and install-device-tree.sh write them. */
function generation(system: NixosSystem, deviceTrees: string | undefined): Directory {
  const parameters = Buffer.concat([system.kernelParams, Buffer.from(` init=${system.toplevel}/init\n`)]);
  const trees = deviceTrees === undefined ? {} : deviceTreeFiles(deviceTrees);
  return directory({
    ...trees,
    overlays: directory(deviceTrees === undefined ? {} : filesOf(join(deviceTrees, 'overlays'), '')),
    'kernel.img': graft(system.kernel),
    initrd: graft(system.initrd),
    'cmdline.txt': file(parameters),
    'system-link': file(Buffer.from(`${system.toplevel}\n`)),
    'kernel-link': file(Buffer.from(`${system.kernel}\n`)),
  });
}

/** The firmware has its device trees in one directory, a kernel has them in `broadcom/`, which comes last. */
function deviceTreeFiles(path: string): Record<string, Node> {
  return { ...filesOf(path, '.dtb'), ...filesOf(join(path, 'broadcom'), '.dtb') };
}

/** The files of a directory whose names end in `suffix`, as the shell lists them: those that begin with a dot are hidden. */
function filesOf(path: string, suffix: string): Record<string, Node> {
  if (!existsSync(path)) {
    return {};
  }
  const names = readdirSync(path).filter((name) => name.endsWith(suffix) && !name.startsWith('.'));
  const files = names.map((name) => join(path, name)).filter((entry) => statSync(entry).isFile());
  return Object.fromEntries(files.map((entry) => [basename(entry), graft(entry)]));
}

/** Throws a `UserError` if `cmdline.txt` of a directory starts another system. */
function checkParameters(system: NixosSystem, directoryPath: string): void {
  const path = join(directoryPath, 'cmdline.txt');
  const text = readSmallFileIfAny(path)?.toString('latin1') ?? '';
  const [, init] = /(?:^|\s)init=(\S+)\/init(?:\s|$)/.exec(text) ?? [];
  if (init === undefined || init === system.toplevel) {
    return;
  }
  throw userError({
    title: 'The firmware files boot another system',
    message: `${quote(path)} of the firmware files starts ${quote(init)}, but the input system is ${quote(system.toplevel)}.`,
    remedy: 'Make firmware-files from this system, or leave the directory of the generation out of them.',
  });
}
