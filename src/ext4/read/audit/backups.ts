import { BLOCK_SIZE, BLOCKS_PER_GROUP, SUPERBLOCK_SIZE } from '../../format/constants.ts';
import { SUPERBLOCK } from '../../format/offsets.ts';
import { superblockChecksum } from '../checksum.ts';
import type { Ext4Reader } from '../reader.ts';
import { backupGroups, superblockRun } from '../volume/group-layout.ts';
import { difference, nonZero, nonZeroInVolume } from './difference.ts';
import type { Findings } from './findings.ts';

/** `s_state` bit of a cleanly unmounted filesystem; mke2fs does not set it in backups. */
const STATE_VALID = 1;

/**
 * Compares every backup of the superblock and the descriptor table with the primary one, byte for byte: e2fsck reads the
 * backups only if the primary ones are lost. The reserved blocks after a backup must be zero.
 */
export function auditBackups(reader: Ext4Reader, findings: Findings): void {
  const { blocks, descriptorBlocks, reservedDescriptorBlocks } = reader.superblock;
  const primary = new Uint8Array(descriptorBlocks * BLOCK_SIZE);
  const backup = new Uint8Array(primary.length);
  reader.read(primary, BLOCK_SIZE);

  for (const group of backupGroups(reader.superblock)) {
    const start = group * BLOCKS_PER_GROUP;
    const needed = superblockRun(reader.superblock);
    if (start + needed > blocks) {
      findings.report('superblock-copy', `group ${group}: expected at least ${needed} blocks, found ${blocks - start}`);
      continue;
    }
    auditSuperblockBackup(reader, group, findings);
    reader.read(backup, (start + 1) * BLOCK_SIZE);
    const different = difference(primary, backup);
    if (different !== undefined) {
      findings.report('descriptor-copy', `group ${group}: ${different}`);
    }
    const reserved = {
      offset: (start + 1 + descriptorBlocks) * BLOCK_SIZE,
      length: reservedDescriptorBlocks * BLOCK_SIZE,
    };
    const used = nonZeroInVolume(reader, reserved);
    if (used !== undefined) {
      findings.report('padding', `reserved descriptor blocks of group ${group}: ${used}`);
    }
  }
}

function auditSuperblockBackup(reader: Ext4Reader, group: number, findings: Findings): void {
  const block = Buffer.alloc(BLOCK_SIZE);
  reader.read(block, group * BLOCKS_PER_GROUP * BLOCK_SIZE);
  const found = block.subarray(0, SUPERBLOCK_SIZE);

  const expected = Buffer.from(reader.superblock.bytes);
  expected.writeUInt16LE(group, SUPERBLOCK.blockGroupNr);
  const valid = found.readUInt16LE(SUPERBLOCK.state) & STATE_VALID;
  expected.writeUInt16LE((expected.readUInt16LE(SUPERBLOCK.state) & ~STATE_VALID) | valid, SUPERBLOCK.state);
  expected.writeUInt32LE(superblockChecksum(expected), SUPERBLOCK.checksum);

  const different = difference(expected, found);
  if (different !== undefined) {
    findings.report('superblock-copy', `group ${group}: ${different}`);
  }
  const padding = nonZero(block.subarray(SUPERBLOCK_SIZE), SUPERBLOCK_SIZE);
  if (padding !== undefined) {
    findings.report('padding', `block of the superblock of group ${group}: ${padding}`);
  }
}
