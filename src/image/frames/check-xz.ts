import { programError } from '../../process/program-error.ts';
import { run } from '../../process/run.ts';
import { printable } from '../../text/printable.ts';
import { findXz, INSTALL_XZ } from './xz.ts';

/**
 * Checks, before any work, that the xz in PATH is that of XZ Utils; the one of BusyBox only decompresses. Throws a
 * `UserError` that says how to install it. In a file of its own: worker threads must not load what runs programs.
 */
export async function checkXz(signal?: AbortSignal): Promise<void> {
  const path = findXz();
  const { exitCode, stdout, stderr } = await run(path, ['--version'], { allowFailure: true, signal, timeout: 60_000 });
  if (exitCode === 0 && stdout.toString('latin1').startsWith('xz (XZ Utils) ')) {
    return;
  }
  const isBusyBox = /\bBusyBox\b/.test(`${stdout.toString('latin1')}${stderr.toString('latin1')}`);
  throw programError({
    code: 'PROGRAM_UNSUITABLE',
    message: isBusyBox
      ? `compression: xz needs the xz of XZ Utils, but ${printable(path)} is that of BusyBox, which only decompresses.`
      : `compression: xz needs the xz of XZ Utils, but ${printable(path)} is another program.`,
    remedy: INSTALL_XZ,
  });
}
