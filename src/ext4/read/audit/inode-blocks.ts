import { isZero } from '../../../bytes/zero.ts';
import { BLOCK_EXTENTS, INODE, INODE_FLAG, SECTORS_PER_BLOCK } from '../../format/constants.ts';
import { EXTENT, EXTENT_HEADER, EXTENT_TAIL_OFFSET } from '../../format/offsets.ts';
import { walkExtents } from '../extents.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import type { BlockSet } from './block-set.ts';
import type { Findings } from './findings.ts';
import { doubleIndirectBlock } from './resize-inode.ts';

/**
 * Gives all blocks of an inode their owner, those of its extent tree too. Ends at the first block that has one
 * already, which bounds the work by the size of the filesystem; returns whether there was none.
 */
export function claimInodeBlocks(reader: Ext4Reader, inode: Inode, owned: BlockSet, findings: Findings): boolean {
  let taken = -1;
  let blocks = 0;
  const claim = (start: number, length: number): void => {
    blocks += length;
    const block = owned.claim(start, length);
    if (taken < 0) {
      taken = block;
    }
  };
  const shared = (): boolean => {
    if (taken >= 0) {
      findings.report('ownership', `block ${taken} of inode ${inode.number} has another owner too`);
    }
    return taken >= 0;
  };

  if (inode.number === INODE.resize) {
    claim(doubleIndirectBlock(reader, inode), 1);
    return !shared();
  }
  if ((inode.flags & INODE_FLAG.extents) !== 0) {
    expectUnusedZero(inode.block, `inode ${inode.number}`, findings);
    const onNode = (block: number, bytes: Uint8Array): void => {
      claim(block, 1);
      expectUnusedZero(bytes.subarray(0, EXTENT_TAIL_OFFSET), `block ${block} of inode ${inode.number}`, findings);
    };
    for (const { physical, length } of walkExtents(reader, inode, { onNode })) {
      if (taken < 0) {
        claim(physical, length);
      }
      if (taken >= 0) {
        break;
      }
    }
  }
  if (shared()) {
    return false;
  }
  if (inode.sectors !== blocks * SECTORS_PER_BLOCK) {
    findings.report(
      'inode',
      `inode ${inode.number}: i_blocks is ${inode.sectors}, its ${blocks} blocks make ${blocks * SECTORS_PER_BLOCK}`,
    );
  }
  return true;
}

/** Checks that the room for further entries of an extent node is zero. */
function expectUnusedZero(node: Uint8Array, place: string, findings: Findings): void {
  const view = new DataView(node.buffer, node.byteOffset, node.byteLength);
  const entries = Math.min(view.getUint16(EXTENT_HEADER.entries, true), BLOCK_EXTENTS);
  if (!isZero(node.subarray(EXTENT_HEADER.size + entries * EXTENT.size))) {
    findings.report('extent-tree', `${place}: room after the last extent is not zero`);
  }
}
