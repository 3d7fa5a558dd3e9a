import { startProgram } from '../../process/start.ts';
import { type Console, openConsole } from './console.ts';

/**
 * Starts an emulator and calls `use` with its serial console. Whatever happens, the emulator is off afterwards, even if this
 * process is killed.
 *
 * @param program such as `qemu-system-x86_64`.
 * @param args of the program, among them those of HEADLESS.
 * @param onLine is called with each whole line of the console.
 */
export async function withEmulator<T>(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void,
  use: (serial: Console) => Promise<T>,
): Promise<T> {
  const serial = openConsole(startProgram(program, args), onLine);
  try {
    return await use(serial);
  } finally {
    serial.close();
  }
}

/** QEMU's arguments for a machine with a serial console and nothing else. A restart of the machine ends the emulator. */
export const HEADLESS: readonly string[] = ['-nodefaults', '-display', 'none', '-serial', 'stdio', '-no-reboot'];

/**
 * QEMU's arguments for its own emulation, which works everywhere: KVM needs a processor of the same kind, and fails in some
 * virtual machines.
 */
export const EMULATION: readonly string[] = ['-accel', 'tcg'];

/** Settings of a disk, as QEMU names them. */
export interface DiskSettings {
  /** The machine cannot write to the disk. */
  readonly readonly?: 'on';
  /** A flush of the machine does not flush the file. */
  readonly cache?: 'unsafe';
  /** What the machine discards becomes a hole of the file. */
  readonly discard?: 'unmap';
  /** Zeros that the machine writes become a hole of the file. */
  readonly 'detect-zeroes'?: 'unmap';
}

/**
 * QEMU's arguments for a disk.
 *
 * @param name also its serial number, at most 20 characters.
 * @param path the file with its contents.
 */
export function virtioDisk(name: string, path: string, settings: DiskSettings = {}): readonly string[] {
  const drive = { ...settings, if: 'none', id: name, format: 'raw', file: quoteValue(path) };
  const text = Object.entries(drive).map(([key, value]) => `${key}=${value}`);
  return ['-drive', text.join(), '-device', `virtio-blk-pci,drive=${name},serial=${name}`];
}

/** A path within the value of an option of QEMU: a comma would begin another setting. */
export function quoteValue(path: string): string {
  return path.replaceAll(',', ',,');
}
