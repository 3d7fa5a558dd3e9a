import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { ByteRange, RandomAccess } from '../../src/bytes/source.ts';
import { type Ext4Plan, planExt4 } from '../../src/ext4/plan/plan.ts';
import { createExt4Source, type Ext4Source } from '../../src/ext4/source.ts';
import type { Sample } from './image-sample.ts';

export interface SampleImageOptions {
  /** Bytes; 0 if left out. */
  readonly freeSpace?: number;
  readonly label?: string;
  readonly uuid?: Uint8Array;
  /** Every time stamp, seconds since 1970; 1 if left out, as in the project's images. */
  readonly time?: number;
}

export interface PlannedSample {
  readonly sample: Sample;
  readonly plan: Ext4Plan;
  readonly source: Ext4Source;
}

export interface SampleImage extends PlannedSample {
  readonly path: string;
}

export const UUID = Buffer.from('44444444444444448888888888888888', 'hex');

/** Plans the image of a sample. */
export function planSample(sample: Sample, options: SampleImageOptions = {}): PlannedSample {
  const { freeSpace = 0, label = 'NIXOS_SD', uuid = UUID, time = 1 } = options;
  const plan = planExt4(sample.tree, { uuid, label: Buffer.from(label), freeSpace, time });
  return { sample, plan, source: createExt4Source(plan, sample.tree, sample.read) };
}

/** Writes all of a planned image to a sparse file. */
export function writeImageFile(path: string, planned: PlannedSample): SampleImage {
  const { source } = planned;
  writeSparse(path, source, source.dataRanges({ offset: 0, length: source.size }));
  return { ...planned, path };
}

/** Writes what e2fsck reads to a sparse file: files have the size they have, and zeros for contents. */
export function writeMetadataFile(path: string, planned: PlannedSample): SampleImage {
  const { source } = planned;
  writeSparse(path, source, source.metadataRanges({ offset: 0, length: source.size }, new Set()));
  return { ...planned, path };
}

/** Plans a sample and writes all of its image. */
export function makeImageFile(path: string, sample: Sample, options: SampleImageOptions = {}): SampleImage {
  return writeImageFile(path, planSample(sample, options));
}

/** Makes a file as long as the source, with the given ranges of it and holes for the rest. */
export function writeSparse(path: string, source: RandomAccess, ranges: Iterable<ByteRange>): void {
  const descriptor = openSync(path, 'w');
  try {
    ftruncateSync(descriptor, source.size);
    for (const range of ranges) {
      for (let done = 0; done < range.length; done += PIECE.length) {
        const bytes = PIECE.subarray(0, Math.min(PIECE.length, range.length - done));
        source.read(bytes, range.offset + done);
        if (!bytes.equals(ZEROS.subarray(0, bytes.length))) {
          writeAll(descriptor, bytes, range.offset + done);
        }
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Puts bytes into a file, in place. */
export function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'r+');
  try {
    writeAll(descriptor, bytes, offset);
  } finally {
    closeSync(descriptor);
  }
}

const PIECE = Buffer.alloc(1 << 20);
const ZEROS = Buffer.alloc(PIECE.length);

function writeAll(descriptor: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
  }
}
