import { describeCommand, describeFailedCommand } from '../../process/describe.ts';
import { programError } from '../../process/program-error.ts';
import { type RunResult, run } from '../../process/run.ts';
import { printable } from '../../text/printable.ts';
import { findXz, INSTALL_XZ } from './xz.ts';

/**
 * Checks, before any work, that the xz in PATH is that of XZ Utils and runs; the one of BusyBox only decompresses. Throws a
 * `UserError` that says how to install it. In a file of its own: worker threads must not load what runs programs.
 */
export async function checkXz(signal?: AbortSignal): Promise<void> {
  const path = findXz();
  const result = await run(path, ['--version'], { allowFailure: true, signal, timeout: 60_000 });
  if (result.exitCode === 0 && result.stdout.toString('latin1').startsWith('xz (XZ Utils) ')) {
    return;
  }
  throw programError({
    code: 'PROGRAM_UNSUITABLE',
    message: `compression: xz needs the xz of XZ Utils, but ${describeOther(path, result)}`,
    remedy: INSTALL_XZ,
  });
}

function describeOther(path: string, result: RunResult): string {
  const { exitCode, stdout, stderr } = result;
  if (/\bBusyBox\b/.test(`${stdout.toString('latin1')}${stderr.toString('latin1')}`)) {
    return `${printable(path)} is that of BusyBox, which only decompresses.`;
  }
  return exitCode === 0
    ? `${printable(path)} is another program.`
    : `${printable(path)} does not run. ${describeFailedCommand(describeCommand(path, ['--version']), result)}`;
}
