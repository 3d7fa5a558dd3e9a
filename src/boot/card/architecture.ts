import { closeSync, openSync, readSync } from 'node:fs';
import { type Architecture, PLATFORMS, type Platform } from '../machine/platforms.ts';
import type { Bootable, BootFiles } from './boot-files.ts';
import type { Volume } from './volume.ts';

/**
 * The platform that a card is for: that of its EFI program, of the NixOS system that is booted, or of the kernel.
 * `undefined` if nothing tells.
 *
 * @param scratch path of a file for the kernel.
 */
export async function platformOf(
  { efi, files }: Bootable,
  root: Volume | undefined,
  scratch: string,
): Promise<Platform | undefined> {
  if (efi.length === 1) {
    return efi[0];
  }
  return (await platformOfSystem(root, files?.parameters ?? '')) ?? (await platformOfKernel(files, scratch));
}

/** The file `system` of a NixOS system, by the parameter `init`, else of the first system in the store. */
async function platformOfSystem(root: Volume | undefined, parameters: string): Promise<Platform | undefined> {
  if (root === undefined) {
    return undefined;
  }
  const named = /(?:^| )init=(\/nix\/store\/[^/ ]+)\/init(?: |$)/.exec(parameters)?.[1];
  const systems = (await root.list('/nix/store')).filter((name) => /^[a-z0-9]{32}-nixos-system-/.test(name));
  const toplevel = named ?? (systems.length === 0 ? undefined : `/nix/store/${systems[0]}`);
  const text = toplevel === undefined ? undefined : await root.read(`${toplevel}/system`);
  return Object.values(PLATFORMS).find(({ system }) => system === text?.toString('latin1').trim());
}

async function platformOfKernel(files: BootFiles | undefined, scratch: string): Promise<Platform | undefined> {
  if (files?.kernel === undefined || !(await files.volume.extract(files.kernel, scratch))) {
    return undefined;
  }
  using stack = new DisposableStack();
  const file = stack.adopt(openSync(scratch, 'r'), closeSync);
  const start = Buffer.alloc(HEADER_BYTES);
  readSync(file, start);
  const architecture = architectureOfKernel(start);
  return architecture === undefined ? undefined : PLATFORMS[architecture];
}

const HEADER_BYTES = 4096;

/**
 * The architecture of an uncompressed kernel by its first bytes (Linux, Documentation/arch/arm64/booting.rst,
 * Documentation/arch/riscv/boot-image-header.rst, Documentation/arch/x86/boot.rst). `undefined` if they do not tell.
 */
export function architectureOfKernel(start: Buffer): Architecture | undefined {
  const text = (offset: number): string => start.toString('latin1', offset, offset + 4);
  if (text(56) === 'ARM\x64') {
    return 'arm64';
  }
  if (text(48) === 'RISC' || text(56) === 'RSC\x05') {
    return 'riscv64';
  }
  return text(0x202) === 'HdrS' ? 'x86-64' : undefined;
}
