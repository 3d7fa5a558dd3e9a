import { spawnSync } from 'node:child_process';
import { describeCommand, describeEnd } from '../../process/describe.ts';
import { isToolMissing, toolError } from '../../process/errors.ts';
import { findTool } from '../../process/find-tool.ts';
import type { FrameCodec } from './frame.ts';

/** xz streams (The .xz File Format, section 2), made and read by the xz tool: Node has no LZMA of its own. */
export const xzFrames: FrameCodec = {
  defaultLevel: 6,
  // The dictionary of the default level has 8 MiB.
  frameBytes: () => 16 * 1024 * 1024,
  compress: (bytes, level) => xz([`-${level}`, '--check=crc64'], bytes, bytes.length + SLACK),
  decompress: (frame, limit) => xz(['--decompress'], frame, limit + SLACK),
};

/** Finds xz, or throws an error that says how to get it. */
export function findXz(): string {
  try {
    return findTool('xz');
  } catch (cause) {
    if (!isToolMissing(cause)) throw cause;
    throw Object.assign(new Error('compression: xz needs the program xz, which was not found.', { cause }), {
      remedy: 'Install it before this step: `sudo apt-get install xz-utils`. Or set compression to zstd.',
    });
  }
}

/** What cannot be compressed becomes a little larger. */
const SLACK = 1024 * 1024;

/** Runs xz over bytes in memory. Synchronous: worker threads call it, each frame being a second's work and more. */
function xz(options: readonly string[], input: Uint8Array, limit: number): Buffer<ArrayBuffer> {
  const args = [...options, '--format=xz', '--threads=1', '--quiet', '--stdout'];
  // XZ_OPT and XZ_DEFAULTS would change what is made.
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  const { stdout, stderr, status, signal, error } = spawnSync(findXz(), args, { input, maxBuffer: limit, env });
  // Who ends before all is read says why.
  const endedEarly = error !== undefined && 'code' in error && error.code === 'EPIPE';
  if (error !== undefined && !endedEarly) throw error;
  if (status === 0 && !endedEarly) return Buffer.from(stdout);
  throw toolError('TOOL_FAILED', 'xz', describeEnd(describeCommand('xz', args), { exitCode: status, signal, stderr }));
}
