import { accessSync, constants, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../errors/error-code.ts';
import { run } from '../../process/run.ts';
import { HEADLESS, virtioDisk } from './emulator.ts';
import type { Platform } from './platforms.ts';

/** What runs a machine, and why. */
export interface Accelerator {
  readonly name: 'kvm' | 'tcg';
  /** For people, such as `KVM` or `emulation, because /dev/kvm is missing`. */
  readonly description: string;
}

/** Emulation, with the reason for it. */
export function emulation(reason: string): Accelerator {
  return { name: 'tcg', description: `emulation, because ${reason}` };
}

/**
 * Chooses KVM if it works: a program of a few bytes must run to its end, since KVM within a virtual machine can fail.
 * `directory` is for its file.
 */
export async function chooseAccelerator(
  platform: Platform,
  directory: string,
  signal: AbortSignal,
): Promise<Accelerator> {
  const probe = PROBES[platform.architecture];
  if (platform.node !== process.arch || probe === undefined) {
    return emulation(`this machine is ${process.arch}`);
  }
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch (error) {
    const isMissing = errorCode(error) === 'ENOENT';
    return emulation(isMissing ? 'there is no /dev/kvm' : 'this user may not use /dev/kvm');
  }
  const path = join(directory, 'probe');
  writeFileSync(path, probe.program);
  const args = ['-machine', platform.machine, '-accel', 'kvm', '-cpu', 'host', '-m', '128', ...HEADLESS];
  try {
    const options = { allowFailure: true, timeout: PROBE_TIMEOUT, signal };
    const { exitCode } = await run(platform.emulator, [...args, ...probe.load(path)], options);
    return exitCode === probe.exitCode ? { name: 'kvm', description: 'KVM' } : emulation('KVM failed in a short test');
  } catch (error) {
    if (errorCode(error) !== 'PROGRAM_TIMEOUT') {
      throw error;
    }
    return emulation('KVM hung in a short test');
  } finally {
    rmSync(path);
  }
}

const PROBE_TIMEOUT = 15_000;

interface Probe {
  readonly program: Buffer;
  readonly load: (path: string) => readonly string[];
  readonly exitCode: number;
}

const PROBES: Readonly<Partial<Record<Platform['architecture'], Probe>>> = {
  'x86-64': {
    // A boot sector: `mov al, 0x10`, `out 0xf4, al`, which ends QEMU with 2 * 0x10 + 1, and `jmp $`.
    program: bootSector([0xb0, 0x10, 0xe6, 0xf4, 0xeb, 0xfe]),
    load: (path) => [...virtioDisk('probe', path), '-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
    exitCode: 33,
  },
  arm64: {
    // PSCI's SYSTEM_OFF: `movz w0, #8`, `movk w0, #0x8400, lsl #16`, `hvc #0`, `b .`.
    program: littleEndian([0x52800100, 0x72b08000, 0xd4000002, 0x14000000]),
    load: (path) => ['-kernel', path],
    exitCode: 0,
  },
};

/** The first sector of a disk; firmware does not boot one of a few sectors. */
function bootSector(code: readonly number[]): Buffer {
  const sector = Buffer.alloc(1024 * 1024);
  sector.set(code);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

function littleEndian(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [i, word] of words.entries()) {
    bytes.writeUInt32LE(word, i * 4);
  }
  return bytes;
}
