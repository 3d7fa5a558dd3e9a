import { closeSync, constants, openSync, readSync } from 'node:fs';
import { quote } from '../../text/quote.ts';

/** A file of this machine that goes into an image. */
export interface HostFile {
  /** Without links. */
  readonly path: Uint8Array;
  /** Bytes. */
  readonly size: number;
}

export interface HostFiles {
  /** Fills `target` from a byte of a file on; `file` is its index. */
  read(file: number, position: number, target: Uint8Array): void;
  /** Closes the file that was read last. */
  close(): void;
}

/**
 * Reads files of this machine, as they are asked for. One that cannot be opened, or has become shorter since it was
 * looked at, is an error naming it. The last file stays open: large ones are read in pieces.
 */
export function openHostFiles(files: readonly HostFile[]): HostFiles {
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
    read(file, position, target) {
      if (open !== file) {
        close();
        descriptor = openFile(files[file]);
        open = file;
      }
      for (let done = 0; done < target.length; ) {
        const count = readSync(descriptor, target, done, target.length - done, position + done);
        if (count === 0) {
          throw shortened(files[file], position + done);
        }
        done += count;
      }
      if (position + target.length === files[file].size) {
        close();
      }
    },
  };
}

function openFile({ path }: HostFile): number {
  try {
    return openSync(Buffer.from(path), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (cause) {
    throw new Error(
      `${quote(path)} cannot be read, though it was there when the image was planned. Keep it as it is while the image is built, ` +
        'and run the step again.',
      { cause },
    );
  }
}

function shortened({ path, size }: HostFile, found: number): Error {
  return new Error(
    `${quote(path)} has become shorter while the image was built: ${size} bytes were expected, ${found} found. ` +
      'Keep it as it is while the image is built, and run the step again.',
  );
}
