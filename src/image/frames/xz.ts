import { spawnSync } from 'node:child_process';
import { errorCode } from '../../errors/error-code.ts';
import type { UserError } from '../../errors/user-error.ts';
import { describeCommand, describeFailedCommand } from '../../process/describe.ts';
import { findProgram } from '../../process/find-program.ts';
import { isProgramMissing, programError } from '../../process/program-error.ts';
import { printable } from '../../text/printable.ts';
import type { FrameCodec } from './codec.ts';
import { type BlockRecord, blocksOf, encodeStreamEnd, encodeStreamHeader, recordsOf } from './xz-stream.ts';

/**
 * One xz stream (the .xz file format, section 2) whose frames are its blocks, as `xz --threads` makes it. The program xz
 * compresses and decompresses them as streams of one block: Node has no LZMA.
 */
export const xzFrames: FrameCodec = {
  suffix: '.xz',
  levels: { least: 0, most: 9, default: 6 },
  frameBytes: () => FRAME_BYTES,
  leadBytes: () => 0,
  head: encodeStreamHeader,
  compress: (bytes, level) => checkedBlocks(xz([`-${level}`, ...ONE_BLOCK], bytes, bytes.length + SLACK)),
  decompress(frame, size) {
    const stream = Buffer.concat([encodeStreamHeader(), frame, encodeStreamEnd(recordsOf(frame))]);
    return xz(['--decompress', '--threads=1'], stream, size + SLACK);
  },
  startTail() {
    const records: BlockRecord[] = [];
    return {
      add(frame) {
        records.push(...recordsOf(frame));
      },
      end: () => encodeStreamEnd(records),
    };
  },
};

/** Twice the dictionary of the default level. */
const FRAME_BYTES = 16 * 1024 * 1024;

/** With threads, of which a single block uses one, xz states the sizes of a block in its header. */
const ONE_BLOCK = ['--check=crc64', '--threads=2', `--block-size=${FRAME_BYTES}`];

/** Remedy for an xz that is missing or unsuitable. */
export const INSTALL_XZ =
  'Install XZ Utils before this step: `sudo apt-get install xz-utils`, or `apk add xz` on Alpine. Or set compression to zstd.';

/** Returns the path of xz. Throws a `PROGRAM_MISSING` error that says how to install it if there is none. */
export function findXz(): string {
  try {
    return findProgram('xz');
  } catch (cause) {
    if (!isProgramMissing(cause)) {
      throw cause;
    }
    throw programError({
      code: 'PROGRAM_MISSING',
      message: 'compression: xz needs the program xz, which was not found in PATH.',
      remedy: INSTALL_XZ,
      cause,
    });
  }
}

/** The block of a stream that states its sizes. Another program may go by the name xz, or another version may not state them. */
function checkedBlocks(stream: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  try {
    const blocks = blocksOf(stream);
    recordsOf(blocks);
    return blocks;
  } catch (cause) {
    throw programError({
      code: 'PROGRAM_UNSUITABLE',
      message: `${printable(findXz())} does not write what the xz of XZ Utils writes.`,
      remedy: INSTALL_XZ,
      cause,
    });
  }
}

/** Data that xz cannot compress grows by less than this. */
const SLACK = 1024 * 1024;

/**
 * Runs xz over bytes in memory. Not by `run`: worker threads call it, each frame takes a second or more, and
 * @actions/exec has no synchronous form.
 */
function xz(options: readonly string[], input: Uint8Array, limit: number): Buffer<ArrayBuffer> {
  const args = [...options, '--format=xz', '--quiet', '--stdout'];
  // Without XZ_OPT and XZ_DEFAULTS, which would change the result.
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  const { stdout, stderr, status, error } = spawnSync(findXz(), args, { input, maxBuffer: limit, env });
  // A program that ends before it has read all input reports why.
  const endedEarly = errorCode(error) === 'EPIPE';
  if (error !== undefined && !endedEarly) {
    throw errorCode(error) === 'ENOBUFS' ? wroteTooMuch(args, limit, error) : notStarted(error);
  }
  if (status === 0 && !endedEarly) {
    return Buffer.from(stdout);
  }
  const message = describeFailedCommand(describeCommand('xz', args), { exitCode: status, stderr });
  throw programError({ code: 'PROGRAM_FAILED', message });
}

function wroteTooMuch(args: readonly string[], limit: number, cause: Error): UserError {
  const message = `Killed because it wrote more than ${limit} bytes: ${describeCommand('xz', args)}`;
  return programError({ code: 'PROGRAM_OUTPUT', message, cause });
}

function notStarted(cause: Error): UserError {
  const message = `xz could not be started: ${printable(cause.message)}.`;
  return programError({ code: 'PROGRAM_NOT_STARTED', message, cause });
}
