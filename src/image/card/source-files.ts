import { closeSync, readSync } from 'node:fs';
import { changeOf, type FileIdentity } from '../../host/identity.ts';
import { openWithoutLinks } from '../../host/open.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/escape.ts';
import { changedError, changedFileError } from '../../tree/source-error.ts';

/** A file of this machine that goes into an image. */
export interface HostFile {
  readonly kind: 'host';
  /** With links resolved. */
  readonly path: Uint8Array;
  /** Bytes. */
  readonly size: number;
  /** As it was scanned; `undefined` if only its size is known. */
  readonly identity?: FileIdentity | undefined;
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
 * is not as it was scanned: when it is opened, and again after its last byte was read. The last file stays open, because
 * large ones are read in pieces.
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
        checkUnchanged(descriptor, source);
      }
      let done = 0;
      while (done < target.length) {
        const count = readSync(descriptor, target, done, target.length - done, position + done);
        if (count === 0) {
          throw changedFileError(quote(path), `had ${size} bytes and now ends at byte ${position + done}`);
        }
        done += count;
      }
      if (position + target.length === size) {
        checkUnchanged(descriptor, source);
        close();
      }
    },
  };
}

function openFile(path: Uint8Array): number {
  try {
    return openWithoutLinks(Buffer.from(path), STORE_DIRECTORY);
  } catch (cause) {
    throw changedError({ message: `${quote(path)} cannot be read, but existed when the image was planned.`, cause });
  }
}

function checkUnchanged(descriptor: number, { path, size, identity }: HostFile): void {
  const how = changeOf(descriptor, identity ?? { size });
  if (how !== undefined) {
    throw changedFileError(quote(path), how);
  }
}
