import { readFileSync } from 'node:fs';
import { runAsRoot } from './run-tool.ts';

const COMPLAINT =
  /error|warning|invalid|fail|corrupt|bad |unable|recover|too many credits|not properly|unsupported|inconsisten|BUG|oops/i;

/** A UUID, which can end with "bad". */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * The lines of a kernel log in which ext4 (or another filesystem), its journal or the block layer complains about a device.
 *
 * @param device the device's name as the kernel prints it, "loop0" say.
 */
export function kernelComplaints(log: string, device: string): readonly string[] {
  const aboutDevice = new RegExp(`\\b${device}\\b|JBD2`);
  return log.split('\n').filter((line) => aboutDevice.test(line) && COMPLAINT.test(line.replaceAll(UUID, '')));
}

/** Seconds since the machine started, as time stamps in the kernel's log count them. */
export function kernelTime(): number {
  return Number.parseFloat(readFileSync('/proc/uptime', 'latin1'));
}

/** This machine's kernel log from a time on (see kernelTime). */
export async function kernelLogSince(time: number): Promise<string> {
  const { stdout } = await runAsRoot('dmesg', ['--color=never']);
  const lines = stdout.toString('latin1').split('\n');
  const stamp = (line: string): number => Number(/^\[ *(\d+\.\d+)\]/.exec(line)?.[1] ?? Number.NaN);
  return lines.filter((line) => stamp(line) >= time).join('\n');
}
