import { firstNonZero } from '../../../bytes/zero.ts';
import { BLOCK_SIZE, BLOCKS_PER_GROUP, SUPERBLOCK_SIZE } from '../../format/constants.ts';
import { SUPERBLOCK } from '../../format/offsets.ts';
import { superblockChecksum } from '../checksum.ts';
import type { Ext4Reader } from '../reader.ts';
import { backupGroups, superblockRun } from '../volume/group-layout.ts';
import { difference, firstNonZeroByte } from './difference.ts';
import type { Findings } from './findings.ts';

/** `s_state` bit of a filesystem that was unmounted cleanly; mke2fs leaves it out of the copies. */
const STATE_VALID = 1;

/**
 * Compares every copy of the superblock and of the descriptor table with the primary ones, byte for byte: e2fsck
 * reads the copies only when the primary ones are lost. The blocks reserved after a copy must be zero.
 */
export function auditBackups(reader: Ext4Reader, findings: Findings): void {
  const { descriptorBlocks, reservedDescriptorBlocks } = reader.superblock;
  const primary = new Uint8Array(descriptorBlocks * BLOCK_SIZE);
  const copy = new Uint8Array(primary.length);
  reader.read(primary, BLOCK_SIZE);

  for (const group of backupGroups(reader.superblock)) {
    const start = group * BLOCKS_PER_GROUP;
    // A copy that does not fit into the last group would leave the filesystem.
    if (start + superblockRun(reader.superblock) > reader.superblock.blocks) {
      findings.report('superblock-copy', `group ${group}: expected room for the copies, found the end`);
      continue;
    }
    auditSuperblockCopy(reader, group, findings);
    reader.read(copy, (start + 1) * BLOCK_SIZE);
    const where = difference(primary, copy);
    if (where !== undefined) {
      findings.report('descriptor-copy', `group ${group}: ${where}`);
    }

    const reserved = (start + 1 + descriptorBlocks) * BLOCK_SIZE;
    const at = firstNonZeroByte(reader, reserved, reservedDescriptorBlocks * BLOCK_SIZE);
    if (at >= 0) {
      findings.report('padding', `reserved descriptor blocks of group ${group}: not zero at byte ${at}`);
    }
  }
}

function auditSuperblockCopy(reader: Ext4Reader, group: number, findings: Findings): void {
  const block = Buffer.alloc(BLOCK_SIZE);
  reader.read(block, group * BLOCKS_PER_GROUP * BLOCK_SIZE);
  const found = block.subarray(0, SUPERBLOCK_SIZE);

  const expected = Buffer.from(reader.superblock.bytes);
  expected.writeUInt16LE(group, SUPERBLOCK.blockGroupNr);
  const valid = found.readUInt16LE(SUPERBLOCK.state) & STATE_VALID;
  expected.writeUInt16LE((expected.readUInt16LE(SUPERBLOCK.state) & ~STATE_VALID) | valid, SUPERBLOCK.state);
  expected.writeUInt32LE(superblockChecksum(expected), SUPERBLOCK.checksum);

  const where = difference(expected, found);
  if (where !== undefined) {
    findings.report('superblock-copy', `group ${group}: ${where}`);
  }
  const at = firstNonZero(block.subarray(SUPERBLOCK_SIZE));
  if (at >= 0) {
    findings.report('padding', `after the superblock of group ${group}: not zero at ${at}`);
  }
}
