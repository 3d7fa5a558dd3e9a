import { Ext4FormatError } from '../../../../src/ext4/read/format-error.ts';
import { type Ext4Reader, openExt4 } from '../../../../src/ext4/read/reader.ts';
import type { SmallImage } from './small-image.ts';
import { le32, type Structure, type StructureKind } from './structures.ts';

/** A change of an image: bytes at an offset within a structure. */
export interface Fault {
  readonly kind: StructureKind;
  /** The path of the file that the structure belongs to, if any. */
  readonly of?: string;
  /** The index among several such structures; 0 by default. */
  readonly nth?: number;
  readonly at: number;
  readonly put: readonly number[] | Buffer;
  /** Whether to keep the checksums as they are. */
  readonly unsealed?: boolean;
}

/** A number as 2 bytes, little-endian. */
export const u16 = (value: number): Buffer => le32(value).subarray(0, 2);
/** A number as 4 bytes, little-endian. */
export const u32 = le32;

/** Applies faults to the image, updates the checksums, calls `run`, and restores the image. */
export function withFaults<T>(small: SmallImage, faults: readonly Fault[], run: (reader: () => Ext4Reader) => T): T {
  const changed: Structure[] = [];
  try {
    for (const fault of faults) {
      const structure = structureOf(small, fault);
      small.image.write(structure.offset + fault.at, Uint8Array.from(fault.put));
      if (fault.unsealed !== true) {
        changed.push(structure);
      }
    }
    for (const structure of changed) {
      structure.seal();
    }
    return run(() => openExt4(small.image));
  } finally {
    small.image.restore();
  }
}

/** The message of the format error that `run` throws. Throws an error on any other outcome. */
export function formatErrorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Ext4FormatError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('expected a format error, found none');
}

/** The number of the inode at a path; that of the root is empty. */
export function inodeOf(small: SmallImage, path: string): number {
  const inode = path === '' ? 2 : small.inodes.get(path);
  if (inode === undefined) {
    throw new Error(`${path} is not in the image`);
  }
  return inode;
}

function structureOf(small: SmallImage, { kind, of, nth = 0 }: Fault): Structure {
  const inode = of === undefined ? undefined : inodeOf(small, of);
  const found = small.structures.filter((one) => one.kind === kind && (inode === undefined || one.inode === inode));
  if (found[nth] === undefined) {
    throw new Error(`structure ${kind} ${nth} of ${of} is not in the image`);
  }
  return found[nth];
}
