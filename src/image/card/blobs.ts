import { lstatSync } from 'node:fs';
import type { ImageSource } from '../../bytes/source.ts';
import type { BootBlob } from '../../disk/blobs.ts';
import { inputError, type UserError } from '../../errors/user-error.ts';
import { identityOf } from '../../host/identity.ts';
import { kindOf } from '../../host/kind-of.ts';
import { followLinks } from '../../nix/follow.ts';
import { quote } from '../../text/escape.ts';
import { openSourceFiles } from './source-files.ts';

/** Checks that a boot loader file exists, and returns its size and its path with links resolved. Throws a `UserError`. */
export function scanBlob({ path, offset, partitionType }: Omit<BootBlob, 'size'>): BootBlob {
  let file: string;
  try {
    file = followLinks(path).toString();
  } catch (cause) {
    throw bootloaderError(`The boot loader file ${quote(path)} does not exist, or cannot be reached.`, cause);
  }
  const stats = lstatSync(file);
  if (!stats.isFile()) {
    throw bootloaderError(`The boot loader file ${quote(path)} is ${kindOf(stats)}; a regular file was expected.`);
  }
  return { path: file, offset, size: stats.size, partitionType, identity: identityOf(stats) };
}

function bootloaderError(message: string, cause?: unknown): UserError {
  const remedy = 'Set bootloader to a file and its offset on the card, such as ./u-boot.bin@8KiB.';
  return inputError({ input: 'bootloader', message, remedy, cause });
}

/** Boot loader files that are open for reading. */
export interface OpenBlobs extends Disposable {
  /** One for each blob, in their order. */
  readonly sources: readonly ImageSource[];
  close(): void;
}

/** Opens the blobs of a card as sources; all of their bytes are data. */
export function openBlobs(blobs: readonly BootBlob[]): OpenBlobs {
  const { read, close } = openSourceFiles(
    blobs.map(({ path, size, identity }) => ({ kind: 'host', path: Buffer.from(path), size, identity })),
  );
  const sources = blobs.map(
    ({ size }, i): ImageSource => ({
      size,
      read: (target, offset) => read(i, offset, target),
      dataRanges: (within) => [within],
    }),
  );
  return { sources, close, [Symbol.dispose]: close };
}
