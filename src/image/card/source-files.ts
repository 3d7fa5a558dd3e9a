import { closeSync, constants, openSync, readSync } from 'node:fs';
import { quote } from '../../text/escape.ts';
import { changedError } from '../../tree/source-error.ts';

/** A file of this machine that goes into an image. */
export interface HostFile {
  readonly kind: 'host';
  /** With links resolved. */
  readonly path: Uint8Array;
  /** Bytes. */
  readonly size: number;
}

/** A file with contents that are generated for the image. */
export interface GeneratedFile {
  readonly kind: 'generated';
  readonly contents: Uint8Array;
}

/** Where the contents of a file come from. */
export type SourceFile = HostFile | GeneratedFile;

export interface SourceFiles extends Disposable {
  /** Fills `target` from byte `position` of a file on; `file` is its index. */
  read(file: number, position: number, target: Uint8Array): void;
  /** Closes the file that was read last. Reading may go on. */
  close(): void;
}

/**
 * Reads files of this machine and generated ones. Reading throws a `UserError` that names a file which cannot be opened, or
 * is shorter than when it was scanned. The last file stays open, because large ones are read in pieces.
 */
export function openSourceFiles(files: readonly SourceFile[]): SourceFiles {
  let open = -1;
  let descriptor = -1;

  const close = (): void => {
    if (descriptor >= 0) {
      closeSync(descriptor);
    }
    descriptor = -1;
    open = -1;
  };

  return {
    close,
    [Symbol.dispose]: close,
    read(file, position, target) {
      const source = files[file];
      if (source.kind === 'generated') {
        target.set(source.contents.subarray(position, position + target.length));
        return;
      }
      const { path, size } = source;
      if (open !== file) {
        close();
        descriptor = openFile(path);
        open = file;
      }
      let done = 0;
      while (done < target.length) {
        const count = readSync(descriptor, target, done, target.length - done, position + done);
        if (count === 0) {
          throw changedError({
            message: `${quote(path)} became shorter while the image was built: expected ${size} bytes, found ${position + done}.`,
          });
        }
        done += count;
      }
      if (position + target.length === size) {
        close();
      }
    },
  };
}

function openFile(path: Uint8Array): number {
  try {
    return openSync(Buffer.from(path), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (cause) {
    throw changedError({ message: `${quote(path)} cannot be read, but existed when the image was planned.`, cause });
  }
}
