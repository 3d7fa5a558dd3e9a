/** An entry of the boot menu. Paths are relative to the directory of the configuration. */
export interface ExtlinuxEntry {
  readonly kernel: string;
  readonly initrd: string;
  /** Kernel parameters, one line. */
  readonly parameters: Uint8Array;
  readonly deviceTree: { readonly kind: 'directory' | 'file'; readonly path: string } | undefined;
}

/**
 * Encodes an `extlinux.conf` with one entry, the default, byte for byte as NixOS writes it into an image (nixpkgs,
 * nixos/modules/system/boot/loader/generic-extlinux-compatible/extlinux-conf-builder.sh). `timeout` is in seconds: a
 * negative one waits for ever, 0 shows no menu.
 */
export function encodeExtlinux(entry: ExtlinuxEntry, timeout: number): Buffer {
  const { kernel, initrd, parameters, deviceTree } = entry;
  const head = [
    '# Generated file, all changes will be lost on nixos-rebuild!',
    '',
    '# Change this to e.g. nixos-42 to temporarily boot to an older configuration.',
    'DEFAULT nixos-default',
    '',
    `TIMEOUT ${tenths(timeout)}`,
    ...(timeout === 0 ? [] : [`MENU TITLE ${'-'.repeat(60)}`]),
    '',
    'LABEL nixos-default',
    '  MENU LABEL NixOS - Default',
    `  LINUX ${kernel}`,
    `  INITRD ${initrd}`,
    '  APPEND ',
  ];
  const tree = deviceTree && `  ${deviceTree.kind === 'file' ? 'FDT' : 'FDTDIR'} ${deviceTree.path}\n`;
  return Buffer.concat([Buffer.from(head.join('\n')), parameters, Buffer.from(`\n${tree ?? ''}`)]);
}

/** U-Boot counts tenths of a second, and waits for ever at 0. */
function tenths(timeout: number): number {
  if (timeout < 0) {
    return 0;
  }
  return timeout === 0 ? 1 : timeout * 10;
}
