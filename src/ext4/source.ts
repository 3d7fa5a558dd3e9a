import { checkBounds } from '../bytes/bounds.ts';
import { firstAfter } from '../bytes/search.ts';
import type { ByteRange, ImageSource } from '../bytes/source.ts';
import { encodeDirectory } from './directory/blocks.ts';
import { type LinearLayout, LOST_AND_FOUND_BLOCKS, layOutDirectory } from './directory/pack.ts';
import { BLOCK_SIZE, INODE, MODE } from './format/constants.ts';
import type { ExtentTable } from './plan/extents.ts';
import type { Ext4Plan } from './plan/plan.ts';
import { metadataRegions, type Region } from './regions.ts';
import { inodeChecksumSeed, symlinkTarget } from './structures/inode.ts';
import { encodeJournalSuperblock } from './structures/journal.ts';
import type { FileTree, ReadContents } from './tree.ts';

/** A planned filesystem as bytes. */
export interface Ext4Source extends ImageSource {
  /** Like `dataRanges`, but with file contents only for the inodes in `files`. e2fsck reads the rest of these ranges. */
  metadataRanges(within: ByteRange, files: ReadonlySet<number>): Iterable<ByteRange>;
}

/**
 * Creates the bytes of a planned filesystem: metadata from the plan, file contents from `readContents`. Reads of whole
 * blocks are the fastest.
 */
export function createExt4Source(plan: Ext4Plan, tree: FileTree, readContents: ReadContents): Ext4Source {
  const regions = metadataRegions(plan, tree);
  const size = plan.blocks * BLOCK_SIZE;
  const readBlocks = createBlockReader(plan, regions, createExtentReader(plan, tree, readContents));
  return {
    size,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, size, 'a filesystem');
      if (offset % BLOCK_SIZE === 0 && target.length % BLOCK_SIZE === 0) {
        return readBlocks(target, offset / BLOCK_SIZE);
      }
      const firstBlock = Math.floor(offset / BLOCK_SIZE);
      const blocks = Buffer.alloc((Math.ceil((offset + target.length) / BLOCK_SIZE) - firstBlock) * BLOCK_SIZE);
      readBlocks(blocks, firstBlock);
      target.set(blocks.subarray(offset - firstBlock * BLOCK_SIZE).subarray(0, target.length));
    },
    dataRanges: (within) => rangesOf(plan, regions, within, () => true),
    metadataRanges: (within, files) => {
      const isWanted = (inode: number): boolean => {
        const entry = plan.inodes.entryOf[inode];
        const isFile = inode !== INODE.journal && (tree.mode[entry] & MODE.typeMask) === MODE.regular;
        return !isFile || files.has(inode);
      };
      return rangesOf(plan, regions, within, isWanted);
    },
  };
}

/** Fills `target` with whole blocks, from a block of the filesystem or of a file on. */
type ReadBlocks = (target: Uint8Array, firstBlock: number) => void;
type ReadExtent = (target: Uint8Array, inode: number, firstBlock: number) => void;

/** Reads blocks of the filesystem: those of regions and extents in ascending order, and zeros between them. */
function createBlockReader({ extents }: Ext4Plan, regions: readonly Region[], readExtent: ReadExtent): ReadBlocks {
  return (target, firstBlock) => {
    const end = firstBlock + target.length / BLOCK_SIZE;
    const blocks = (from: number, to: number): Uint8Array =>
      target.subarray((from - firstBlock) * BLOCK_SIZE, (to - firstBlock) * BLOCK_SIZE);
    let region = firstRegionAfter(regions, firstBlock);
    let extent = firstExtentAfter(extents, firstBlock);
    let done = firstBlock;
    while (done < end) {
      const regionStart = region < regions.length ? regions[region].start : Number.POSITIVE_INFINITY;
      const extentStart = extent < extents.count ? extents.physical[extent] : Number.POSITIVE_INFINITY;
      const from = Math.max(Math.min(regionStart, extentStart), done);
      blocks(done, Math.min(from, end)).fill(0);
      if (from >= end) {
        return;
      }
      if (regionStart < extentStart) {
        done = Math.min(regionStart + regions[region].length, end);
        readRegion(blocks(from, done), regions[region], from - regionStart);
        region++;
      } else {
        done = Math.min(extentStart + extents.length[extent], end);
        const logical = extents.logical[extent] + from - extentStart;
        readExtent(blocks(from, done), extents.inode[extent], logical);
        extent++;
      }
    }
  };
}

/** Reads blocks that extents map: the journal, directories, symlinks and files. */
function createExtentReader(plan: Ext4Plan, tree: FileTree, readContents: ReadContents): ReadExtent {
  const directory = keepLastResult((entry: number) => encodeDirectoryOf(plan, tree, entry));
  return (target, inode, firstBlock) => {
    if (inode === INODE.journal) {
      target.fill(0);
      if (firstBlock === 0) {
        target.set(encodeJournalSuperblock(plan.geometry.journalBlocks, plan.uuid));
      }
      return;
    }
    const entry = plan.inodes.entryOf[inode];
    const position = firstBlock * BLOCK_SIZE;
    const type = tree.mode[entry] & MODE.typeMask;
    if (type === MODE.directory) {
      target.set(directory(entry).subarray(position, position + target.length));
      return;
    }
    const length = Math.min(target.length, tree.size[entry] - position);
    if (type === MODE.symlink) {
      target.set(symlinkTarget(tree, entry));
    } else {
      readContents(entry, position, target.subarray(0, length));
    }
    target.fill(0, length);
  };
}

function readRegion(target: Uint8Array, region: Region, firstBlock: number): void {
  for (let at = 0; at < target.length; at += BLOCK_SIZE) {
    const bytes = region.encode(firstBlock + at / BLOCK_SIZE);
    target.set(bytes, at);
    target.fill(0, at + bytes.length, at + BLOCK_SIZE);
  }
}

function firstRegionAfter(regions: readonly Region[], block: number): number {
  return firstAfter(regions.length, (at) => regions[at].start + regions[at].length, block);
}

function firstExtentAfter(extents: ExtentTable, block: number): number {
  return firstAfter(extents.count, (at) => extents.physical[at] + extents.length[at], block);
}

type Run = Pick<Region, 'start' | 'length'>;

/** The bytes of the runs within a range, with adjacent runs merged. */
function* rangesOf(
  plan: Ext4Plan,
  regions: readonly Region[],
  within: ByteRange,
  isWanted: (inode: number) => boolean,
): Generator<ByteRange> {
  const limit = within.offset + within.length;
  let offset = within.offset;
  let end = offset;
  for (const run of runsFrom(plan, regions, Math.floor(offset / BLOCK_SIZE), isWanted)) {
    const start = Math.max(run.start * BLOCK_SIZE, within.offset);
    if (start >= limit) {
      break;
    }
    if (start > end) {
      if (end > offset) {
        yield { offset, length: end - offset };
      }
      offset = start;
    }
    end = Math.min((run.start + run.length) * BLOCK_SIZE, limit);
  }
  if (end > offset) {
    yield { offset, length: end - offset };
  }
}

/** The regions, and the extents of the wanted inodes, from a block on, ascending. The journal has data in its first block. */
function* runsFrom(
  { extents }: Ext4Plan,
  regions: readonly Region[],
  block: number,
  isWanted: (inode: number) => boolean,
): Generator<Run> {
  let region = firstRegionAfter(regions, block);
  for (let i = firstExtentAfter(extents, block); i < extents.count; i++) {
    const start = extents.physical[i];
    while (region < regions.length && regions[region].start < start) {
      yield regions[region];
      region++;
    }
    const isJournal = extents.inode[i] === INODE.journal;
    if (isWanted(extents.inode[i]) && !(isJournal && extents.logical[i] > 0)) {
      yield { start, length: isJournal ? 1 : extents.length[i] };
    }
  }
  while (region < regions.length) {
    yield regions[region];
    region++;
  }
}

function encodeDirectoryOf(plan: Ext4Plan, tree: FileTree, entry: number): Buffer {
  const { inodeOf } = plan.inodes;
  const isLostAndFound = inodeOf[entry] === INODE.lostAndFound;
  const layout = isLostAndFound ? EMPTY_LOST_AND_FOUND : layOutDirectory(tree, entry, plan.hashSeed);
  return encodeDirectory(layout, {
    tree,
    inodeOf,
    directory: entry,
    checksumSeed: inodeChecksumSeed(plan, inodeOf[entry]),
  });
}

const EMPTY_LOST_AND_FOUND: LinearLayout = {
  kind: 'linear',
  blocks: LOST_AND_FOUND_BLOCKS,
  children: new Uint32Array(0),
};

/** Keeps the result for the last argument: large directories are read in several pieces. */
function keepLastResult<T>(make: (argument: number) => T): (argument: number) => T {
  let last: { readonly argument: number; readonly value: T } | undefined;
  return (argument) => {
    if (last?.argument !== argument) {
      last = { argument, value: make(argument) };
    }
    return last.value;
  };
}
