/** Whose firmware loads the kernel; `kernel` for none: the emulator has the kernel in memory when it is switched on. */
export type Firmware = 'u-boot' | 'uefi' | 'kernel';

export type Architecture = 'arm64' | 'riscv64' | 'x86-64';

/** Firmware of a platform, as Debian and Ubuntu package it. */
export interface FirmwareFile {
  readonly package: string;
  /** Where the releases of the distributions have it; the first that exists is taken. */
  readonly paths: readonly string[];
  /** The option of QEMU that takes it. */
  readonly option: '-bios' | '-kernel';
}

/** A machine of QEMU without a board's peculiarities: a serial port, PCI, and what is attached. */
export interface Platform {
  readonly architecture: Architecture;
  /** As Nix names it. */
  readonly system: string;
  /** As Node names it. */
  readonly node: string;
  /** QEMU's program, and the package that has it. */
  readonly emulator: string;
  readonly package: string;
  readonly machine: string;
  /** The processor of QEMU's own emulation; `undefined` for the default of the machine. */
  readonly processor: string | undefined;
  /** The serial port, as Linux names it. */
  readonly serialPort: string;
  /** The last part of the name of an EFI program. */
  readonly efi: string;
  readonly firmware: Readonly<Partial<Record<Firmware, FirmwareFile>>>;
}

export const PLATFORMS: Readonly<Record<Architecture, Platform>> = {
  arm64: {
    architecture: 'arm64',
    system: 'aarch64-linux',
    node: 'arm64',
    emulator: 'qemu-system-aarch64',
    package: 'qemu-system-arm',
    machine: 'virt',
    processor: 'cortex-a57',
    serialPort: 'ttyAMA0',
    efi: 'AA64',
    firmware: {
      'u-boot': { package: 'u-boot-qemu', paths: ['/usr/lib/u-boot/qemu_arm64/u-boot.bin'], option: '-bios' },
      uefi: { package: 'qemu-efi-aarch64', paths: ['/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'], option: '-bios' },
    },
  },
  riscv64: {
    architecture: 'riscv64',
    system: 'riscv64-linux',
    node: 'riscv64',
    emulator: 'qemu-system-riscv64',
    package: 'qemu-system-misc',
    machine: 'virt',
    processor: undefined,
    serialPort: 'ttyS0',
    efi: 'RISCV64',
    firmware: {
      // Started by OpenSBI, which QEMU has itself.
      'u-boot': { package: 'u-boot-qemu', paths: ['/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf'], option: '-kernel' },
    },
  },
  'x86-64': {
    architecture: 'x86-64',
    system: 'x86_64-linux',
    node: 'x64',
    emulator: 'qemu-system-x86_64',
    package: 'qemu-system-x86',
    machine: 'q35',
    processor: 'max',
    serialPort: 'ttyS0',
    efi: 'X64',
    firmware: {
      uefi: { package: 'ovmf', paths: ['/usr/share/ovmf/OVMF.fd', '/usr/share/qemu/OVMF.fd'], option: '-bios' },
    },
  },
};
