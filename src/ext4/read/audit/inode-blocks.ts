import { BLOCK_EXTENTS, INODE, INODE_FLAG, SECTORS_PER_BLOCK } from '../../format/constants.ts';
import { EXTENT, EXTENT_HEADER, EXTENT_TAIL_OFFSET } from '../../format/offsets.ts';
import { walkExtents } from '../extents.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import type { BlockSet } from './block-set.ts';
import { nonZero } from './difference.ts';
import type { Findings } from './findings.ts';
import { doubleIndirectBlock } from './resize-inode.ts';

/**
 * Claims all blocks of an inode, including those of its extent tree. Stops at the first block that has an owner already,
 * which bounds the work by the size of the filesystem. Returns whether no block had another owner.
 */
export function claimInodeBlocks(reader: Ext4Reader, inode: Inode, owned: BlockSet, findings: Findings): boolean {
  const { number, sectors } = inode;
  const { taken, blocks } = claimBlocks(reader, inode, owned, findings);
  if (taken !== undefined) {
    findings.report('ownership', `block ${taken} of inode ${number}: expected one owner, found another`);
    return false;
  }
  // The resize inode also counts the reserved descriptor blocks, which belong to the groups.
  if (number !== INODE.resize && sectors !== blocks * SECTORS_PER_BLOCK) {
    findings.report('inode', `inode ${number}: expected i_blocks ${blocks * SECTORS_PER_BLOCK}, found ${sectors}`);
  }
  return true;
}

interface Claims {
  /** The first block that has another owner. */
  readonly taken: number | undefined;
  /** Number of blocks. */
  readonly blocks: number;
}

function claimBlocks(reader: Ext4Reader, inode: Inode, owned: BlockSet, findings: Findings): Claims {
  if (inode.number === INODE.resize) {
    return { taken: owned.claim(doubleIndirectBlock(reader, inode), 1), blocks: 1 };
  }
  if ((inode.flags & INODE_FLAG.extents) === 0) {
    return { taken: undefined, blocks: 0 };
  }
  auditUnusedEntries(inode.block, inode, undefined, findings);
  let taken: number | undefined;
  let blocks = 0;
  const onNode = (block: number, bytes: Uint8Array): void => {
    blocks++;
    const owner = owned.claim(block, 1);
    taken ??= owner;
    auditUnusedEntries(bytes.subarray(0, EXTENT_TAIL_OFFSET), inode, block, findings);
  };
  for (const { physical, length } of walkExtents(reader, inode, { onNode })) {
    if (taken === undefined) {
      blocks += length;
      taken = owned.claim(physical, length);
    }
    if (taken !== undefined) {
      break;
    }
  }
  return { taken, blocks };
}

/** Checks that the space for further entries of an extent node is zero; `block` is `undefined` for the root. */
function auditUnusedEntries(node: Uint8Array, inode: Inode, block: number | undefined, findings: Findings): void {
  const view = new DataView(node.buffer, node.byteOffset, node.byteLength);
  const entries = Math.min(view.getUint16(EXTENT_HEADER.entries, true), BLOCK_EXTENTS);
  const end = EXTENT_HEADER.size + entries * EXTENT.size;
  const used = nonZero(node.subarray(end), end);
  if (used !== undefined) {
    const place = block === undefined ? `inode ${inode.number}` : `block ${block} of inode ${inode.number}`;
    findings.report('extent-tree', `space after the last entry of ${place}: ${used}`);
  }
}
