import { EMULATION, HEADLESS, quoteValue, virtioDisk } from './emulator.ts';
import type { Platform } from './platforms.ts';

/** A machine with a card in it. */
export interface Machine {
  readonly platform: Platform;
  /** What loads the kernel, as options of QEMU. */
  readonly load: readonly string[];
  readonly accelerator: 'kvm' | 'tcg';
  /** Bytes, a whole number of MiB. */
  readonly memory: number;
  readonly cpus: number;
  /** Path of the card's contents, which the machine changes. */
  readonly card: string;
  /** Path of the socket for commands to the machine; none if left out. */
  readonly monitor?: string;
}

const MIB = 1024 * 1024;

/** QEMU's arguments for a machine. Its variables of EFI are lost at the end. */
export function machineArguments(machine: Machine): readonly string[] {
  const { platform, load, accelerator, memory, cpus, card, monitor } = machine;
  const processor = accelerator === 'kvm' ? 'host' : platform.processor;
  return [
    ...['-machine', platform.machine],
    ...(accelerator === 'kvm' ? ['-accel', 'kvm'] : EMULATION),
    ...(processor === undefined ? [] : ['-cpu', processor]),
    ...['-smp', String(cpus), '-m', String(memory / MIB)],
    ...HEADLESS,
    ...virtioDisk('card', card, DISK),
    ...NETWORK,
    // Without it a system waits long for random numbers.
    ...['-device', 'virtio-rng-pci'],
    ...(monitor === undefined ? [] : ['-qmp', `unix:${quoteValue(monitor)},server=on,wait=off`]),
    ...load,
  ];
}

/** Nobody needs the card after a crash of this machine; it should take no more space than what is on it. */
const DISK = { cache: 'unsafe', discard: 'unmap', 'detect-zeroes': 'unmap' } as const;

/** A network that gives an address and leads nowhere. Without an option ROM, which another package has. */
const NETWORK = ['-netdev', 'user,id=network,restrict=on', '-device', 'virtio-net-pci,netdev=network,romfile='];
