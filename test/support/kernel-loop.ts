import { runAsRoot } from './run-tool.ts';

/** Where in a file a loop device lies. */
export interface LoopRange {
  /** Bytes from the start of the file; 0 if left out. */
  readonly offset?: number;
  /** Bytes; up to the end of the file if left out. */
  readonly size?: number;
}

/**
 * Attaches a file, or a range of it, to a loop device while `use` runs.
 *
 * @param write whether the device can be written; if not, the kernel cannot change a byte of the file.
 */
export async function withLoopDevice<T>(
  path: string,
  { offset = 0, size = 0, write }: LoopRange & { readonly write: boolean },
  use: (device: string) => Promise<T>,
): Promise<T> {
  const range = ['--offset', String(offset), '--sizelimit', String(size)];
  const mode = write ? [] : ['--read-only'];
  const { stdout } = await runAsRoot('losetup', ['--find', '--show', ...range, ...mode, '--', path]);
  const device = stdout.toString().trim();
  try {
    return await use(device);
  } finally {
    await runAsRoot('losetup', ['--detach', device]);
  }
}
