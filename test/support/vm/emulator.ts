import { spawn } from 'node:child_process';
import { findProgram } from '../../../src/process/find-program.ts';
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
  const bound = ['--pdeathsig', 'KILL', '--', findProgram(program), ...args];
  const serial = openConsole(spawn(findProgram('setpriv'), bound), onLine);
  try {
    return await use(serial);
  } finally {
    serial.close();
  }
}

/**
 * QEMU's arguments for a machine with a serial console and nothing else, in its own emulation: KVM needs a processor of the same
 * kind and fails in some virtual machines. A restart of the machine ends the emulator.
 */
export const HEADLESS: readonly string[] = [
  '-accel',
  'tcg',
  '-nodefaults',
  '-display',
  'none',
  '-serial',
  'stdio',
  '-no-reboot',
];

/** Settings of a disk, as QEMU names them. */
export interface DiskSettings {
  /** The machine cannot write to the disk. */
  readonly readonly?: 'on';
  /** A flush of the machine does not flush the file. */
  readonly cache?: 'unsafe';
}

/**
 * QEMU's arguments for a disk.
 *
 * @param name also its serial number, at most 20 characters.
 * @param path the file with its contents.
 */
export function virtioDisk(name: string, path: string, settings: DiskSettings = {}): readonly string[] {
  // A comma in a value would begin another setting.
  const drive = { ...settings, if: 'none', id: name, format: 'raw', file: path.replaceAll(',', ',,') };
  const text = Object.entries(drive).map(([key, value]) => `${key}=${value}`);
  return ['-drive', text.join(), '-device', `virtio-blk-pci,drive=${name},serial=${name}`];
}
