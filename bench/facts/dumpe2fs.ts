/** What dumpe2fs says of a filesystem. */
export interface Filesystem {
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly journalBlocks: number;
  /** Superblocks, descriptors, reserved descriptor blocks, bitmaps and inode tables, of all groups. */
  readonly tableBlocks: number;
  readonly inodes: number;
  readonly freeInodes: number;
}

/**
 * Reads the output of dumpe2fs, in English, of a filesystem with a journal.
 *
 * @throws Error naming the line that is missing.
 */
export function parseDumpe2fs(text: string): Filesystem {
  const field = (name: string): number => {
    const value = new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(text)?.[1];
    if (value === undefined) {
      throw new Error(`dumpe2fs printed no line "${name}: <number>"`);
    }
    return Number(value);
  };
  return {
    blocks: field('Block count'),
    freeBlocks: field('Free blocks'),
    journalBlocks: field('Total journal blocks'),
    tableBlocks: tableBlocks(text),
    inodes: field('Inode count'),
    freeInodes: field('Free inodes'),
  };
}

/** Each group lists where its structures stand: "Primary superblock at 0, Group descriptors at 1-1", and so on. */
const STRUCTURE =
  /\b(?:superblock|Group descriptors?|Reserved GDT blocks|Block bitmap|Inode bitmap|Inode table) at (\d+)(?:-(\d+))?/g;

function tableBlocks(text: string): number {
  const places = text.matchAll(STRUCTURE);
  return [...places].reduce((sum, [, first, last = first]) => sum + Number(last) - Number(first) + 1, 0);
}
