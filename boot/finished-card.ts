import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type FoundPartition, readPartitions } from '../src/boot/card/partitions.ts';
import { run } from '../src/process/run.ts';
import { formatSize } from '../src/text/size.ts';
import { parseFields } from '../test/support/e2fsprogs-output.ts';
import { e2fsck } from '../test/support/image-check.ts';
import type { Fact } from './fact.ts';
import { LARGE_FILE, type Surroundings } from './files.ts';
import type { Kind } from './kinds.ts';

/** A card, and how it was booted. */
export interface BootedCard {
  readonly kind: Kind;
  readonly card: string;
  /** Bytes. */
  readonly cardSize: number;
}

/**
 * Checks a card after its boots: the last partition goes to the end of the card, its filesystem to the end of the
 * partition, and e2fsck has nothing to say of it; nothing has touched the boot loader.
 */
export async function checkCard(
  { kind, card, cardSize }: BootedCard,
  { blob, blobOffset }: Surroundings,
): Promise<readonly Fact[]> {
  const partitions = await readPartitions(card);
  const root = partitions[partitions.length - 1];
  const bootable = partitions.map((partition) => partition.bootable);
  const expected = [kind.bootPartition === 'firmware', kind.bootPartition === 'root'];
  const isGrown = cardSize - (root.offset + root.length) <= ALIGNMENT;
  if (!isDeepStrictEqual(bootable, expected) || !isGrown) {
    throw new Error(
      `The root partition does not go to the end of the card, or the boot flag is elsewhere: ${JSON.stringify(partitions)}.`,
    );
  }
  if (!readBytes(card, blobOffset, readFileSync(blob).length).equals(readFileSync(blob))) {
    throw new Error('The boot loader on the card is not what it was.');
  }

  const image = `${card}?offset=${root.offset}`;
  const { stdout: fields } = await run('debugfs', ['-R', 'show_super_stats -h', image]);
  const filesystem = parseFields(fields.toString());
  const blocks = Number(filesystem.get('Block count'));
  if (blocks !== Math.floor(root.length / BLOCK_SIZE)) {
    throw new Error(`The filesystem has ${blocks} blocks in a partition of ${root.length} bytes.`);
  }
  const features = filesystem.get('Filesystem features') ?? '';
  if (/meta_bg/.test(features)) {
    throw new Error(`The filesystem could not grow without meta_bg: ${features}.`);
  }
  return [
    [`partition 2 after growth, of a card of ${formatSize(cardSize)}`, describe(root)],
    ['filesystem after growth', `${blocks} blocks, without meta_bg`],
    [`extent tree of ${LARGE_FILE}`, await describeExtents(image)],
    ['e2fsck -fn of the partition', await checkClean(image)],
  ];
}

/** sfdisk ends partitions on a whole MiB. */
const ALIGNMENT = 1024 * 1024;
const BLOCK_SIZE = 4096;

async function checkClean(image: string): Promise<string> {
  const { faults, summary } = await e2fsck(image);
  if (faults.length > 0) {
    throw new Error(`e2fsck does not find the filesystem clean:\n${faults.join('\n')}`);
  }
  return summary;
}

/** Checks that U-Boot has read a file whose inode cannot hold its extents. */
async function describeExtents(image: string): Promise<string> {
  const { stdout } = await run('debugfs', ['-R', `dump_extents ${LARGE_FILE}`, image]);
  const lines = stdout.toString().trim().split('\n');
  const [, depth] = /^ *(?:\d+)\/ *(\d+) /.exec(lines.at(-1) ?? '') ?? [];
  if (!(Number(depth) > 0)) {
    throw new Error(`${LARGE_FILE} has no tree of extents:\n${stdout}`);
  }
  const leaves = lines.filter((line) => new RegExp(`^ *${depth}/ *${depth} `).test(line));
  return `${leaves.length} extents below the inode, depth ${depth}`;
}

function describe({ offset, length, type, bootable }: FoundPartition): string {
  return `${formatSize(length)} at ${formatSize(offset)}, type ${type}${bootable ? ', bootable' : ''}`;
}

function readBytes(path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const file = openSync(path, 'r');
  readSync(file, bytes, 0, length, offset);
  closeSync(file);
  return bytes;
}
