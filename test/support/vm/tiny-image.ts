import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashNar } from '../../../src/nix/nar/nar.ts';
import { narNodeOfPath } from '../../../src/nix/nar/of-path.ts';
import { encodeRegistration } from '../../../src/nix/registration.ts';
import { STORE_DIRECTORY } from '../../../src/nix/store-path.ts';
import { runTool } from '../run-tool.ts';
import { cpioArchive } from './cpio.ts';
import { BUSYBOX, readKernel, readModules } from './guest.ts';
import { programWithLibraries } from './initrd.ts';
import { PARAMETERS } from './machine.ts';

const NAME = '0123456789abcdfghijklmnpqrsvwxyz-hello';

/** A system that boots: what its kernel gets as a parameter. */
export interface TinyImage {
  readonly mode?: 'panic' | 'hang';
}

/**
 * Makes the image of a small system that boots in an emulator: an ext4 filesystem, without a partition table, with a kernel of
 * this machine's kind, boot files of extlinux, and a store with a registration. Its files are left in `directory`.
 *
 * @throws Error if script/setup has not unpacked the kernel.
 */
export async function makeTinyImage(directory: string, { mode }: TinyImage = {}): Promise<string> {
  const root = join(directory, 'root');
  const storePath = join(root, STORE_DIRECTORY, NAME);
  for (const path of [join(root, 'boot/extlinux'), join(root, 'boot/nixos'), join(storePath, 'bin')]) {
    mkdirSync(path, { recursive: true });
  }
  writeFileSync(join(storePath, 'bin/hello'), '#!/bin/sh\necho hello\n', { mode: 0o555 });
  const { hash, size } = hashNar(narNodeOfPath(Buffer.from(storePath)));
  const info = { path: `${STORE_DIRECTORY}/${NAME}`, hash, size, references: [] };
  writeFileSync(join(root, 'nix-path-registration'), encodeRegistration([info], STORE_DIRECTORY));
  writeFileSync(join(root, 'boot/nixos/kernel'), readKernel());
  writeFileSync(join(root, 'boot/nixos/initrd'), await initrd());
  const append = [mode === undefined ? '' : `tiny.mode=${mode}`, PARAMETERS, 'no_timer_check'].join(' ');
  writeFileSync(
    join(root, 'boot/extlinux/extlinux.conf'),
    `LABEL tiny\n  LINUX ../nixos/kernel\n  INITRD ../nixos/initrd\n  APPEND ${append}\n`,
  );
  const image = join(directory, 'tiny.img');
  await runTool('mkfs.ext4', ['-q', '-b', '4096', '-d', root, image, '128M']);
  return image;
}

async function initrd(): Promise<Buffer> {
  return cpioArchive([
    { path: 'init', data: readFileSync(join(import.meta.dirname, 'tiny-system.sh')) },
    { path: 'bin/busybox', data: readFileSync(BUSYBOX) },
    ...readModules().map(({ name, data }) => ({ path: `modules/${name}`, data })),
    ...(await programWithLibraries('resize2fs')),
  ]);
}
