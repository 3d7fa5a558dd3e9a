import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Console } from '../../../src/boot/machine/console.ts';
import { EMULATION, HEADLESS, virtioDisk, withEmulator } from '../../../src/boot/machine/emulator.ts';
import { kernelComplaints } from '../kernel-log.ts';
import { runTool } from '../run-tool.ts';
import { readKernel } from './guest.ts';
import { makeInitrd } from './initrd.ts';

/** A disk of the virtual machine. */
export interface Disk {
  /** The file with its contents. */
  readonly path: string;
  /** The virtual machine cannot write to it. */
  readonly readOnly?: boolean;
}

/** The result of the script on one disk. */
export interface DiskRun {
  /** Exit status of the script. */
  readonly status: number;
  /** What the script and its tools printed. */
  readonly log: string;
  /** What the kernel logged meanwhile. */
  readonly kernelLog: string;
  /** Lines of it in which the kernel complains about the disk. */
  readonly complaints: readonly string[];
  /** A directory with the files that the script left in its working directory. */
  readonly files: string;
}

/** Milliseconds for a test that uses a virtual machine: emulation is slow, and this machine may be busy. */
export const MACHINE_TIMEOUT = 25 * 60 * 1000;

/** Seconds for the virtual machine, fewer than for the test: its error has the text of the console. */
const DEADLINE = 20 * 60;

/**
 * Boots a kernel of this machine's distribution in an emulator, which needs neither root nor KVM, and runs a shell script on one
 * disk after the other. The script's argument is the device of the disk; it has the tools of busybox, and resize2fs.
 *
 * @param directory for the files of this run; it is created.
 * @returns the results, one for each disk.
 * @throws Error with the text of the console if the virtual machine does not finish.
 */
export async function runOnDisks(
  script: string,
  disks: readonly Disk[],
  directory: string,
): Promise<readonly DiskRun[]> {
  mkdirSync(directory);
  const devices = disks.map((_, i) => deviceName(i));
  const results = { device: deviceName(disks.length), path: join(directory, 'results') };
  const [kernel, initrd] = [join(directory, 'kernel'), join(directory, 'initrd')];
  writeFileSync(kernel, readKernel());
  writeFileSync(initrd, await makeInitrd({ script, disks: devices, results: results.device }));
  writeFileSync(results.path, '');
  truncateSync(results.path, RESULTS_BYTES);

  const drives = [
    ...disks.flatMap(({ path, readOnly = false }, i) =>
      virtioDisk(devices[i], path, { cache: 'unsafe', ...(readOnly ? { readonly: 'on' } : {}) }),
    ),
    ...virtioDisk(results.device, results.path, { cache: 'unsafe' }),
  ];
  const { emulator, options, parameters } = machineOf(process.arch);
  const boot = ['-kernel', kernel, '-initrd', initrd, '-append', `${parameters} ${PARAMETERS}`];
  const args = [...options, '-m', '1024', ...EMULATION, ...HEADLESS, ...boot, ...drives];
  const text = await withEmulator(emulator, args, () => {}, expectEnd);

  const files = join(directory, 'files');
  mkdirSync(files);
  await runTool('tar', ['--extract', '--file', results.path, '--directory', files], { allowFailure: true });
  if (!existsSync(join(files, 'complete'))) {
    throw new Error(`The virtual machine stopped before it had written its results; its console:\n${text}`);
  }
  return devices.map((device) => readResult(join(files, device), device));
}

/** Of a sparse file: more than the virtual machine's memory, which has the results first. */
const RESULTS_BYTES = 2 * 1024 ** 3;

/**
 * A panic restarts at once, which ends the emulator. Mitigations of the processor's faults only cost time here. Where the emulator
 * waits long for processor time, the kernel must not take itself for locked up.
 */
export const PARAMETERS = 'quiet panic=-1 mitigations=off nowatchdog';

/** A type of machine. Its processor is like this machine's, so that programs of this machine run there. */
interface Machine {
  readonly emulator: string;
  readonly options: readonly string[];
  /** Parameters of the kernel. */
  readonly parameters: string;
}

function machineOf(architecture: NodeJS.Architecture): Machine {
  switch (architecture) {
    case 'x64':
      return {
        emulator: 'qemu-system-x86_64',
        options: ['-machine', 'pc', '-cpu', 'max'],
        // The kernel's test of its timer interrupt fails, and the kernel panics, where the emulator waits for processor time.
        parameters: 'console=ttyS0 no_timer_check',
      };
    case 'arm64':
      return {
        emulator: 'qemu-system-aarch64',
        options: ['-machine', 'virt', '-cpu', 'cortex-a57'],
        parameters: 'console=ttyAMA0',
      };
    default:
      throw new Error(`The tests have virtual machines for x64 and arm64, not for ${architecture}.`);
  }
}

/** As the kernel names them, in the order in which they are attached. */
function deviceName(index: number): string {
  if (index >= 26) {
    throw new Error('A virtual machine of the tests has at most 25 disks.');
  }
  return `vd${String.fromCharCode('a'.charCodeAt(0) + index)}`;
}

/** Waits until the virtual machine is off, and returns the text of its console. */
async function expectEnd(serial: Console): Promise<string> {
  try {
    await serial.waitForEnd(DEADLINE);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new Error(`The virtual machine did not finish: ${reason} Its console:\n${serial.text()}`, { cause });
  }
  return serial.text();
}

function readResult(directory: string, device: string): DiskRun {
  const read = (name: string): string => readFileSync(join(directory, name), 'latin1');
  const kernelLog = read('kernel-log');
  return {
    status: Number(read('status')),
    log: read('log'),
    kernelLog,
    complaints: kernelComplaints(kernelLog, device),
    files: join(directory, 'files'),
  };
}
