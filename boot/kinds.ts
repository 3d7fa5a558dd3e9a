/** A platform that is emulated. */
export interface Platform {
  /** As Debian names it. */
  readonly architecture: 'arm64' | 'amd64';
  /** As Nix names it. */
  readonly system: 'aarch64-linux' | 'x86_64-linux';
  /** The serial port, as Linux names it. */
  readonly console: 'ttyAMA0' | 'ttyS0';
  /** The last part of the names of EFI programs. */
  readonly efi: 'aa64' | 'x64';
  /** The program that starts programs with their libraries, in a directory of packages with Debian's /usr for its top. */
  readonly interpreter: string;
  /** The directory of the libraries there. */
  readonly libraries: string;
}

const ARM64: Platform = {
  architecture: 'arm64',
  system: 'aarch64-linux',
  console: 'ttyAMA0',
  efi: 'aa64',
  interpreter: 'lib/ld-linux-aarch64.so.1',
  libraries: 'lib/aarch64-linux-gnu',
};

const AMD64: Platform = {
  architecture: 'amd64',
  system: 'x86_64-linux',
  console: 'ttyS0',
  efi: 'x64',
  interpreter: 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  libraries: 'lib/x86_64-linux-gnu',
};

/** A way to boot. */
export interface Kind {
  readonly platform: Platform;
  readonly table: 'mbr' | 'gpt';
  readonly loader: 'extlinux' | 'systemd-boot';
  /** The partition with the kernel. */
  readonly bootPartition: 'root' | 'firmware';
  /** Whether the image has the database of Nix. */
  readonly nixDatabase?: boolean;
}

/** The ways to boot that script/boot takes. */
export const KINDS: Readonly<Record<string, Kind>> = {
  extlinux: { platform: ARM64, table: 'mbr', loader: 'extlinux', bootPartition: 'root' },
  'extlinux-database': { platform: ARM64, table: 'mbr', loader: 'extlinux', bootPartition: 'root', nixDatabase: true },
  'extlinux-gpt': { platform: ARM64, table: 'gpt', loader: 'extlinux', bootPartition: 'root' },
  'extlinux-firmware': { platform: ARM64, table: 'mbr', loader: 'extlinux', bootPartition: 'firmware' },
  'systemd-boot-arm64': { platform: ARM64, table: 'gpt', loader: 'systemd-boot', bootPartition: 'firmware' },
  'systemd-boot-x86-64': { platform: AMD64, table: 'gpt', loader: 'systemd-boot', bootPartition: 'firmware' },
};
