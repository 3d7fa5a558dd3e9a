import type { ByteRange } from '../bytes/source.ts';
import { inputError } from '../errors/user-error.ts';
import { GPT_PARTITIONS } from './gpt-format.ts';
import { MBR_PARTITIONS } from './mbr.ts';
import type { PartitionKind, PartitionTable } from './partition-types.ts';

/** The most partitions that a table can have, and the largest number of one. */
export const MOST_PARTITIONS: Readonly<Record<PartitionTable, number>> = { mbr: MBR_PARTITIONS, gpt: GPT_PARTITIONS };

/** A partition at its place on a disk. */
export interface PlacedPartition extends ByteRange {
  readonly kind: PartitionKind;
  /** As `sfdisk --json` writes it. */
  readonly type: string;
  /** In a GPT; an MBR has no names. */
  readonly name: string;
  /** Whether U-Boot looks for its configuration there. */
  readonly bootable: boolean;
}

/**
 * The numbers of `count` partitions, of which the last is the root partition: in their order from 1 on, except that the
 * root partition has the number `rootNumber`, from 1 to `MOST_PARTITIONS`, where that is given.
 *
 * Throws a `UserError` if the table has not so many entries.
 */
export function numberPartitions(
  count: number,
  rootNumber: number | undefined,
  table: PartitionTable,
): readonly number[] {
  const most = MOST_PARTITIONS[table];
  if (count > most) {
    throw inputError({
      input: 'bootloader',
      message: `${table === 'mbr' ? 'An MBR' : 'A GPT'} has at most ${most} partitions, but the card would have ${count}.`,
      remedy: 'Leave out partition types in the input bootloader, or set partition-table to gpt.',
    });
  }
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  if (rootNumber === undefined) {
    return numbers;
  }
  const others = numbers.filter((number) => number !== rootNumber);
  return [...others.slice(0, count - 1), rootNumber];
}
