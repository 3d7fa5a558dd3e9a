import { INODE, LINK_MAX, MODE } from '../format/constants.ts';
import type { FileTree } from '../tree.ts';

/** The inodes of a filesystem: the entry of each, and its number of links. */
export interface Inodes {
  /** The highest inode number in use. All lower ones are marked as used. */
  readonly last: number;
  /** The inode number of each entry of the tree. */
  readonly inodeOf: Uint32Array;
  /** The first entry of each inode, by inode number; `NO_ENTRY` for reserved inodes. */
  readonly entryOf: Uint32Array;
  /** `i_links_count` of each inode, by inode number. */
  readonly links: Uint16Array;
}

/** The entry of an inode that has none. */
export const NO_ENTRY = 0xffffffff;

const LOST_AND_FOUND = Buffer.from('lost+found');

/**
 * Numbers the inodes: 2 for the root, 11 for /lost+found, and from 12 on for the other entries, in the order of the tree.
 * Throws an error if the tree has no empty directory /lost+found, or a file has more than `LINK_MAX` names.
 */
export function numberInodes(tree: FileTree): Inodes {
  const lostAndFound = findLostAndFound(tree);
  const inodeOf = new Uint32Array(new SharedArrayBuffer(tree.count * 4));
  inodeOf[0] = INODE.root;
  inodeOf[lostAndFound] = INODE.lostAndFound;
  let last: number = INODE.lostAndFound;
  for (let entry = 1; entry < tree.count; entry++) {
    if (entry === lostAndFound) {
      continue;
    }
    const original = tree.original[entry];
    inodeOf[entry] = original === entry ? ++last : inodeOf[original];
  }

  const entryOf = new Uint32Array(new SharedArrayBuffer((last + 1) * 4)).fill(NO_ENTRY);
  for (let entry = tree.count - 1; entry >= 0; entry--) {
    entryOf[inodeOf[entry]] = entry;
  }
  return { last, inodeOf, entryOf, links: countLinks(tree, inodeOf, last) };
}

/** A directory has a link from its parent, one from itself, and one from each subdirectory. */
function countLinks(tree: FileTree, inodeOf: Uint32Array, last: number): Uint16Array {
  const links = new Uint32Array(last + 1);
  for (let entry = 0; entry < tree.count; entry++) {
    links[inodeOf[entry]]++;
    if ((tree.mode[entry] & MODE.typeMask) !== MODE.directory) {
      continue;
    }
    links[inodeOf[entry]]++;
    if (entry > 0) {
      links[inodeOf[tree.parent[entry]]]++;
    }
  }
  const stored = new Uint16Array(new SharedArrayBuffer((last + 1) * 2));
  links.forEach((count, inode) => {
    stored[inode] = count;
  });
  for (let entry = 0; entry < tree.count; entry++) {
    const count = links[inodeOf[entry]];
    if (count <= LINK_MAX) {
      continue;
    }
    if ((tree.mode[entry] & MODE.typeMask) !== MODE.directory) {
      throw new Error(`A file has ${count} names, but an ext4 inode has at most ${LINK_MAX} links.`);
    }
    // dir_nlink: the count 1 means that a directory has more subdirectories than can be counted.
    stored[inodeOf[entry]] = 1;
  }
  return stored;
}

function findLostAndFound(tree: FileTree): number {
  for (let child = 1; child < tree.count; child = tree.end[child]) {
    const name = tree.names.subarray(tree.nameStart[child], tree.nameStart[child + 1]);
    if (!LOST_AND_FOUND.equals(name)) {
      continue;
    }
    const isDirectory = (tree.mode[child] & MODE.typeMask) === MODE.directory;
    if (!isDirectory || tree.end[child] !== child + 1) {
      throw new Error('/lost+found must be an empty directory.');
    }
    return child;
  }
  throw new Error('The tree must have a directory /lost+found.');
}
