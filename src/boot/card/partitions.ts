import type { ByteRange } from '../../bytes/source.ts';
import { findSystemProgram } from '../../process/find-program.ts';
import { run } from '../../process/run.ts';

/** A partition as sfdisk reads it. */
export interface FoundPartition extends ByteRange {
  /** Hexadecimal, or a GUID. */
  readonly type: string;
  readonly bootable: boolean;
}

/** Has sfdisk read the partition table of a card. */
export async function readPartitions(card: string): Promise<readonly FoundPartition[]> {
  const { stdout } = await run(findSystemProgram('sfdisk'), ['--json', card]);
  return parseTable(stdout.toString());
}

/** Reads what `sfdisk --json` prints. */
export function parseTable(json: string): readonly FoundPartition[] {
  const { partitiontable: table }: { readonly partitiontable: Table } = JSON.parse(json);
  return table.partitions.map(({ start, size, type, bootable = false, attrs = '' }) => {
    const isBootable = bootable || /\bLegacyBIOSBootable\b/.test(attrs);
    return { offset: start * table.sectorsize, length: size * table.sectorsize, type, bootable: isBootable };
  });
}

interface Table {
  readonly sectorsize: number;
  readonly partitions: readonly {
    /** Sectors. */
    readonly start: number;
    /** Sectors. */
    readonly size: number;
    readonly type: string;
    /** In an MBR. */
    readonly bootable?: boolean;
    /** In a GPT, by names. */
    readonly attrs?: string;
  }[];
}
