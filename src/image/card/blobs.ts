import { realpathSync, statSync } from 'node:fs';
import type { ImageSource } from '../../bytes/source.ts';
import type { BootBlob } from '../../disk/blobs.ts';
import { quote } from '../../text/quote.ts';
import { openHostFiles } from './host-files.ts';

/** Looks at a boot loader file of this machine; links are followed. Throws where there is none. */
export function scanBlob(path: string, offset: number): BootBlob {
  let file: string;
  try {
    file = realpathSync(path);
  } catch (cause) {
    throw new Error(`The boot loader file ${quote(path)} is not there. Correct the input bootloader.`, { cause });
  }
  const stats = statSync(file);
  if (!stats.isFile()) {
    throw new Error(`The boot loader file ${quote(path)} is not a file. Correct the input bootloader.`);
  }
  return { path: file, offset, size: stats.size };
}

/** Boot loader files opened for reading. */
export interface OpenBlobs {
  /** Of each blob, in order. */
  readonly sources: readonly ImageSource[];
  close(): void;
}

/** Opens the blobs of a card as sources, all of their bytes data. */
export function openBlobs(blobs: readonly BootBlob[]): OpenBlobs {
  const { read, close } = openHostFiles(blobs.map(({ path, size }) => ({ path: Buffer.from(path), size })));
  const sources = blobs.map(
    ({ size }, i): ImageSource => ({
      size,
      read: (target, offset) => read(i, offset, target),
      dataRanges: (within) => [within],
    }),
  );
  return { sources, close };
}
