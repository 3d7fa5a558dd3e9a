/**
 * Changes structures of an image at random, updates their checksums, and calls all functions of the reader. Each must return
 * a result or throw a format error, in bounded time.
 */
import type { RandomAccess } from '../../../../src/bytes/source.ts';
import { auditExt4 } from '../../../../src/ext4/read/audit/audit.ts';
import { Ext4FormatError } from '../../../../src/ext4/read/format-error.ts';
import type { Inode } from '../../../../src/ext4/read/inode.ts';
import { type Ext4Reader, openExt4 } from '../../../../src/ext4/read/reader.ts';
import { cpuTime, cpuTimeSince } from '../../../support/cpu-time.ts';
import { createRandom, type Random } from './random.ts';
import type { SmallImage } from './small-image.ts';
import { le32, type Structure, type StructureKind } from './structures.ts';

/** `refused`: not opened; `wrong`: opened, with errors or findings; `unnoticed`: the same as the valid image. */
export type Outcome = 'refused' | 'wrong' | 'unnoticed';

/** The results of a run. */
export interface FuzzReport {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Number of errors of the reader by their messages without numbers. */
  readonly errors: ReadonlyMap<string, number>;
  /** Processor time. */
  readonly slowestMilliseconds: number;
  readonly peakBytes: number;
  /** Outcomes that must not occur, each with its seed. */
  readonly failures: readonly string[];
}

/** What reading a mutated image of a few MiB can take: processor time as a multiple of that of the valid image, reads, bytes. */
const MAX_FACTOR = 200;
const MAX_READS = 200_000;
const MAX_READ_BYTES = 2 ** 30;
const MAX_FAILURES = 10;

/** Tries `count` mutations. Mutation `i` depends on `seed + i` only. */
export function fuzzReader(small: SmallImage, count: number, seed: number): FuzzReport {
  const outcomes = { refused: 0, wrong: 0, unnoticed: 0 };
  const errors = new Map<string, number>();
  const failures: string[] = [];
  const sound = exercise(small.image).join('\n');
  const limit = MAX_FACTOR * cpuTime(() => exercise(small.image));
  let slowestMilliseconds = 0;
  let peakBytes = 0;

  for (let i = 0; i < count && failures.length < MAX_FAILURES; i++) {
    mutate(small, createRandom(seed + i));
    const start = process.threadCpuUsage();
    try {
      const notes = exercise(small.image);
      const outcome = notes[0]?.startsWith(REFUSED) ? 'refused' : notes.join('\n') === sound ? 'unnoticed' : 'wrong';
      outcomes[outcome]++;
      for (const note of new Set(notes.map(shapeOf))) {
        errors.set(note, (errors.get(note) ?? 0) + 1);
      }
    } catch (error) {
      failures.push(`seed ${seed + i}: ${error instanceof Error ? error.stack : error}`);
    }
    small.image.restore();
    const milliseconds = cpuTimeSince(start);
    if (milliseconds > limit) {
      failures.push(`seed ${seed + i}: took ${Math.round(milliseconds)} ms`);
    }
    slowestMilliseconds = Math.max(slowestMilliseconds, milliseconds);
    if (i % 100 === 0) {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }
  }
  return { outcomes, errors, slowestMilliseconds, peakBytes, failures };
}

/** Structures that point to others are chosen more often. */
const OFTEN = ['inode', 'extent-node', 'directory-leaf', 'directory-index'] as const;
const SELDOM = [
  'superblock',
  'descriptor',
  'block-bitmap',
  'inode-bitmap',
  'symlink',
  'journal',
  'resize-map',
] as const;
const KINDS: readonly StructureKind[] = [...OFTEN, ...OFTEN, ...OFTEN, 'inode', 'inode', ...SELDOM];

function mutate({ image, structures }: SmallImage, random: Random): void {
  const changed = new Set<Structure>();
  for (let rest = 1 + random.below(3); rest > 0; rest--) {
    const kind = random.pick(KINDS);
    const structure = random.pick(structures.filter((one) => one.kind === kind));
    const anywhere = random.below(structure.length);
    const at = structure.fields.length > 0 && random.below(4) > 0 ? random.pick(structure.fields) : anywhere;
    const bytes = random.below(12) === 0 ? copyOfAnother(image, structures, structure, random) : fieldValue();
    image.write(structure.offset + at, bytes.subarray(0, structure.length - at));
    if (random.below(10) > 0) {
      changed.add(structure);
    }

    function fieldValue(): Uint8Array {
      const old = image.slice(structure.offset + at, Math.min(4, structure.length - at));
      const width = Math.min(old.length, random.pick([1, 2, 4]));
      switch (random.below(4)) {
        case 0:
          old[random.below(width)] ^= 1 << random.below(8);
          return old.subarray(0, width);
        case 1:
          return le32(old.readUIntLE(0, width) + random.pick([-1, 1])).subarray(0, width);
        case 2:
          return le32(random.below(2 ** 32)).subarray(0, width);
        default:
          return le32(notableValue(structures, random)).subarray(0, width);
      }
    }
  }
  const ordered = [...changed].sort((a, b) => Number(a.kind === 'superblock') - Number(b.kind === 'superblock'));
  for (const structure of ordered) {
    structure.seal();
  }
}

/** Numbers at limits, and those of existing blocks and inodes. */
function notableValue(structures: readonly Structure[], random: Random): number {
  const edges = [0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 255, 340, 341, 507, 510, 4095, 4096, 4097, 0x7fff, 0x8000, 0x8001];
  const wide = [0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x81000, 0x80000, 0x1000];
  const { offset, inode } = random.pick(structures);
  return random.pick([random.pick(edges), random.pick(wide), Math.floor(offset / 4096), inode]);
}

/** A part of another structure of the same kind. */
function copyOfAnother(
  image: SmallImage['image'],
  structures: readonly Structure[],
  structure: Structure,
  random: Random,
): Uint8Array {
  const other = random.pick(structures.filter(({ kind }) => kind === structure.kind));
  const from = random.pick([0, random.below(other.length)]);
  return image.slice(other.offset + from, other.length - from);
}

const REFUSED = 'refused: ';

/** Calls all functions of the reader, and returns their format errors and the findings of the audit. Throws other errors. */
function exercise(image: RandomAccess): readonly string[] {
  const notes: string[] = [];
  const attempt = (run: () => void, prefix = ''): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof Ext4FormatError)) {
        throw error;
      }
      notes.push(prefix + error.message);
    }
  };
  attempt(() => {
    const reader = openExt4(countReads(image));
    walk(reader, attempt);
    for (let number = 1; number <= Math.min(reader.superblock.inodes, 1000); number++) {
      attempt(() => useInode(reader, reader.inode(number), attempt));
    }
    attempt(() => reader.lookup([Buffer.from('two-levels'), Buffer.from('absent')]));
    for (const { message } of auditExt4(reader)) {
      notes.push(message);
    }
  }, REFUSED);
  return notes;
}

/** Walks the tree, and enters each directory once, even if several entries point to it. */
function walk(reader: Ext4Reader, attempt: (run: () => void) => void): void {
  const entered = new Set<number>();
  const waiting = [2];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (entered.has(number)) {
      continue;
    }
    entered.add(number);
    const directory = number;
    attempt(() => {
      for (const { inode, type } of reader.directory(reader.inode(directory))) {
        if (type === 'directory') {
          waiting.push(inode);
        }
      }
    });
  }
}

function useInode(reader: Ext4Reader, inode: Inode, attempt: (run: () => void) => void): void {
  attempt(() => reader.symlink(inode));
  attempt(() => [...reader.directory(inode)]);
  attempt(() => {
    const file = reader.file(inode);
    file.tailIsZero();
    const { paddedSize } = file;
    const extents = [...reader.extents(inode)];
    // A sparse file can have any size, so only its start, its end and around its first extents.
    const places = [0, paddedSize - 70_000, ...extents.slice(0, 20).map(({ logical }) => logical * 4096 - 5000)];
    for (const place of places) {
      const position = Math.max(0, place);
      file.read(position, Buffer.alloc(Math.min(70_000, paddedSize - position)));
    }
  });
}

/** Throws an error other than a format error after too many reads. */
function countReads(image: RandomAccess): RandomAccess {
  let reads = 0;
  let bytes = 0;
  return {
    size: image.size,
    read(target, offset) {
      reads++;
      bytes += target.length;
      if (reads > MAX_READS || bytes > MAX_READ_BYTES) {
        throw new Error(`${reads} reads of ${bytes} bytes are too many`);
      }
      image.read(target, offset);
    },
  };
}

function shapeOf(note: string): string {
  return note.replace(/"[^"]*"/g, '""').replace(/(0x)?[0-9a-f]*\d[0-9a-f]*/g, '#');
}
