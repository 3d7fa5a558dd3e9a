import { firstAfter } from '../bytes/search.ts';
import type { ByteRange, ImageSource } from '../bytes/source.ts';
import { encodeDirectory } from './directory/blocks.ts';
import { type LinearLayout, LOST_AND_FOUND_BLOCKS, layOutDirectory } from './directory/pack.ts';
import { BLOCK_SIZE, INODE, MODE } from './format/constants.ts';
import type { Ext4Plan } from './plan/plan.ts';
import { metadataRegions, type Region } from './regions.ts';
import { inodeChecksumSeed, symlinkTarget } from './structures/inode.ts';
import { encodeJournalSuperblock } from './structures/journal.ts';
import type { FileTree, ReadContents } from './tree.ts';

/** A planned filesystem as bytes. */
export interface Ext4Source extends ImageSource {
  /** As `dataRanges`, without file data but that of the inodes in `files`: what e2fsck reads, and these. */
  metadataRanges(within: ByteRange, files: ReadonlySet<number>): Iterable<ByteRange>;
}

/**
 * Produces any range of a planned filesystem, on demand: metadata from the plan, file data through `readContents`.
 * Ranges that start and end on a block are the fast ones.
 */
export function createExt4Source(plan: Ext4Plan, tree: FileTree, readContents: ReadContents): Ext4Source {
  const regions = metadataRegions(plan, tree);
  const { extents } = plan;
  const directory = lastOnly((entry: number) => encodeDirectoryOf(plan, tree, entry));

  /** Goes through regions and extents in the order of the disk, and fills what lies between them with zeros. */
  const readBlocks = (target: Uint8Array, firstBlock: number): void => {
    const end = firstBlock + target.length / BLOCK_SIZE;
    const blocks = (from: number, to: number): Uint8Array =>
      target.subarray((from - firstBlock) * BLOCK_SIZE, (to - firstBlock) * BLOCK_SIZE);
    let region = firstAfter(regions.length, (at) => regions[at].start + regions[at].length, firstBlock);
    let extent = firstAfter(extents.count, (at) => extents.physical[at] + extents.length[at], firstBlock);
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
        readRegion(blocks(from, done), regions[region++], from - regionStart);
      } else {
        done = Math.min(extentStart + extents.length[extent], end);
        const logical = extents.logical[extent] + from - extentStart;
        readExtent(blocks(from, done), extents.inode[extent++], logical);
      }
    }
  };

  const readExtent = (target: Uint8Array, inode: number, firstBlock: number): void => {
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

  const size = plan.blocks * BLOCK_SIZE;
  return {
    size,
    read(target, offset) {
      if (offset < 0 || offset + target.length > size) {
        throw new RangeError(`Bytes ${offset} to ${offset + target.length} are outside a filesystem of ${size} bytes.`);
      }
      if (offset % BLOCK_SIZE === 0 && target.length % BLOCK_SIZE === 0) {
        return readBlocks(target, offset / BLOCK_SIZE);
      }
      const firstBlock = Math.floor(offset / BLOCK_SIZE);
      const blocks = Buffer.alloc((Math.ceil((offset + target.length) / BLOCK_SIZE) - firstBlock) * BLOCK_SIZE);
      readBlocks(blocks, firstBlock);
      target.set(blocks.subarray(offset - firstBlock * BLOCK_SIZE).subarray(0, target.length));
    },
    dataRanges: (within) => ranges(plan, regions, within, () => true),
    metadataRanges: (within, files) => {
      const isMetadata = (inode: number): boolean => {
        const entry = plan.inodes.entryOf[inode];
        const isFile = inode !== INODE.journal && (tree.mode[entry] & MODE.typeMask) === MODE.regular;
        return !isFile || files.has(inode);
      };
      return ranges(plan, regions, within, isMetadata);
    },
  };
}

function readRegion(target: Uint8Array, region: Region, firstBlock: number): void {
  for (let at = 0; at < target.length; at += BLOCK_SIZE) {
    const bytes = region.encode(firstBlock + at / BLOCK_SIZE);
    target.set(bytes, at);
    target.fill(0, at + bytes.length, at + BLOCK_SIZE);
  }
}

type Run = Pick<Region, 'start' | 'length'>;

/** Joins the runs of blocks within a range that stand side by side, and cuts them to it. */
function* ranges(
  plan: Ext4Plan,
  regions: readonly Region[],
  within: ByteRange,
  wanted: (inode: number) => boolean,
): Generator<ByteRange> {
  const limit = within.offset + within.length;
  let offset = within.offset;
  let end = offset;
  for (const run of runsFrom(plan, regions, Math.floor(offset / BLOCK_SIZE), wanted)) {
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

/** Merges regions and the extents of the inodes wanted, from a block on. Of the journal only the first block counts. */
function* runsFrom(
  { extents }: Ext4Plan,
  regions: readonly Region[],
  block: number,
  wanted: (inode: number) => boolean,
): Generator<Run> {
  let region = firstAfter(regions.length, (at) => regions[at].start + regions[at].length, block);
  for (let i = firstAfter(extents.count, (at) => extents.physical[at] + extents.length[at], block); ; i++) {
    const start = i < extents.count ? extents.physical[i] : Number.POSITIVE_INFINITY;
    while (region < regions.length && regions[region].start < start) {
      yield regions[region++];
    }
    if (i >= extents.count) {
      return;
    }
    if (!wanted(extents.inode[i])) {
      continue;
    }
    const isJournal = extents.inode[i] === INODE.journal;
    if (isJournal && extents.logical[i] > 0) {
      continue;
    }
    yield { start, length: isJournal ? 1 : extents.length[i] };
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

/** Remembers the result for the last argument: a large directory is asked for piece by piece. */
function lastOnly<T>(make: (argument: number) => T): (argument: number) => T {
  let last: { readonly argument: number; readonly value: T } | undefined;
  return (argument) => {
    if (last?.argument !== argument) {
      last = { argument, value: make(argument) };
    }
    return last.value;
  };
}
