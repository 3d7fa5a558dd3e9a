import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RandomAccess } from '../../../../src/bytes/source.ts';
import { isZero } from '../../../../src/bytes/zero.ts';

const PAGE = 4096;

/** A writable image in memory. Pages of zeros use no memory. */
export interface MemoryImage extends RandomAccess {
  /** Writes bytes at an offset. */
  write(offset: number, bytes: Uint8Array): void;
  /** A copy of a range. */
  slice(offset: number, length: number): Buffer;
  /** Reverts all writes since the image was loaded or committed. */
  restore(): void;
  /** Keeps all writes. */
  commit(): void;
}

/** Loads an image file without its pages of zeros. */
export function loadImage(path: string): MemoryImage {
  const file = openFileSource(path);
  try {
    return copyToMemory(file);
  } finally {
    file.close();
  }
}

/** Copies an image without its pages of zeros. */
export function copyToMemory(source: RandomAccess): MemoryImage {
  const pages = new Map<number, Uint8Array>();
  const chunk = Buffer.alloc(256 * PAGE);
  for (let offset = 0; offset < source.size; offset += chunk.length) {
    const piece = chunk.subarray(0, Math.min(chunk.length, source.size - offset));
    source.read(piece, offset);
    if (isZero(piece)) {
      continue;
    }
    for (let at = 0; at < piece.length; at += PAGE) {
      const page = piece.subarray(at, at + PAGE);
      if (!isZero(page)) {
        pages.set((offset + at) / PAGE, Uint8Array.from(page));
      }
    }
  }
  return memoryImage(source.size, pages);
}

function memoryImage(size: number, pages: Map<number, Uint8Array>): MemoryImage {
  const changed = new Map<number, Uint8Array>();
  const zeros = new Uint8Array(PAGE);
  const page = (number: number): Uint8Array => changed.get(number) ?? pages.get(number) ?? zeros;

  const read = (target: Uint8Array, offset: number): void => {
    if (!(offset >= 0 && offset + target.length <= size)) {
      throw new RangeError(`${target.length} bytes at ${offset} leave the image of ${size}`);
    }
    for (let done = 0; done < target.length; ) {
      const within = (offset + done) % PAGE;
      const length = Math.min(PAGE - within, target.length - done);
      target.set(page(Math.floor((offset + done) / PAGE)).subarray(within, within + length), done);
      done += length;
    }
  };

  return {
    size,
    read,
    slice(offset, length) {
      const bytes = Buffer.alloc(length);
      read(bytes, offset);
      return bytes;
    },
    write(offset, bytes) {
      bytes.forEach((byte, i) => {
        const number = Math.floor((offset + i) / PAGE);
        const copy = changed.get(number) ?? Uint8Array.from(page(number));
        copy[(offset + i) % PAGE] = byte;
        changed.set(number, copy);
      });
    },
    restore: () => changed.clear(),
    commit() {
      for (const [number, bytes] of changed) {
        pages.set(number, bytes);
      }
      changed.clear();
    },
  };
}

/** A file as a source, which stays open until the process ends or `close` is called. */
export function openFileSource(path: string): RandomAccess & { close(): void } {
  const fd = openSync(path, 'r');
  return {
    size: fstatSync(fd).size,
    read(target, offset) {
      const length = readSync(fd, target, 0, target.length, offset);
      if (length !== target.length) {
        throw new RangeError(`${target.length} bytes at ${offset} leave the file`);
      }
    },
    close: () => closeSync(fd),
  };
}
