import {
  ATTRIBUTE,
  ENTRY,
  ENTRY_SIZE,
  LAST_LONG_ENTRY,
  LONG_ENTRY,
  LONG_ENTRY_UNITS,
  SHORT_NAME_BYTES,
} from './constants.ts';
import { showShortName } from './short-names.ts';

/** What is in a directory, as its directory tells it. */
export interface DirectoryChild {
  readonly name: string;
  /** 11 bytes, as `shortNamesOf` gives them. */
  readonly shortName: Uint8Array;
  readonly isDirectory: boolean;
  /** First cluster; 0 for an empty file. */
  readonly cluster: number;
  /** Bytes of a file; 0 for a directory. */
  readonly size: number;
}

/** A directory's first entries: the volume label in the root, otherwise itself and the directory above. */
export type DirectoryHead =
  | { readonly kind: 'root'; readonly label: Uint8Array }
  /** First clusters; the root as the directory above is told by 0. */
  | { readonly kind: 'directory'; readonly own: number; readonly above: number };

/** Entries of a directory: of its head, and of each child a short one and, before it, its name in pieces. */
export function countEntries(head: DirectoryHead['kind'], children: Iterable<Named>): number {
  let count = head === 'root' ? 1 : 2;
  for (const child of children) {
    count += countLongEntries(child) + 1;
  }
  return count;
}

type Named = Pick<DirectoryChild, 'name' | 'shortName'>;

/** Encodes a directory at the start of `target`, whose rest must be zero. */
export function encodeDirectory(target: Buffer, head: DirectoryHead, children: Iterable<DirectoryChild>): void {
  let at = encodeHead(target, head);
  for (const child of children) {
    at = encodeLongEntries(target, at, child);
    const attributes = child.isDirectory ? ATTRIBUTE.directory : ATTRIBUTE.archive;
    at = encodeEntry(target, at, child.shortName, { ...child, attributes, stamp: STAMP });
  }
}

/** A date and time as an entry has them: years from 1980, and seconds by twos, in whatever time zone the reader is in. */
interface Stamp {
  readonly date: number;
  readonly time: number;
}

/** 2000-01-01 00:00:00, as nixpkgs' sd-image module has it. */
const STAMP: Stamp = { date: ((2000 - 1980) << 9) | (1 << 5) | 1, time: 0 };
/** 2015-03-14 09:26:52: what `mkfs.vfat --invariant` gives the label, and with it the sd-image module. */
const LABEL_STAMP: Stamp = { date: ((2015 - 1980) << 9) | (3 << 5) | 14, time: (9 << 11) | (26 << 5) | (52 / 2) };

const OWN = Buffer.from('.'.padEnd(SHORT_NAME_BYTES));
const ABOVE = Buffer.from('..'.padEnd(SHORT_NAME_BYTES));

function encodeHead(target: Buffer, head: DirectoryHead): number {
  if (head.kind === 'root') {
    return encodeEntry(target, 0, head.label, {
      attributes: ATTRIBUTE.volumeLabel,
      stamp: LABEL_STAMP,
      cluster: 0,
      size: 0,
    });
  }
  const common = { attributes: ATTRIBUTE.directory, stamp: STAMP, size: 0 };
  const at = encodeEntry(target, 0, OWN, { ...common, cluster: head.own });
  return encodeEntry(target, at, ABOVE, { ...common, cluster: head.above });
}

interface EntryFields extends Pick<DirectoryChild, 'cluster' | 'size'> {
  readonly attributes: number;
  readonly stamp: Stamp;
}

function encodeEntry(target: Buffer, at: number, name: Uint8Array, fields: EntryFields): number {
  const { attributes, stamp, cluster, size } = fields;
  const entry = target.subarray(at, at + ENTRY_SIZE);
  entry.set(name, ENTRY.name);
  entry[ENTRY.attributes] = attributes;
  entry.writeUInt16LE(stamp.time, ENTRY.createdTime);
  entry.writeUInt16LE(stamp.date, ENTRY.createdDate);
  entry.writeUInt16LE(stamp.date, ENTRY.accessedDate);
  entry.writeUInt16LE(stamp.time, ENTRY.writtenTime);
  entry.writeUInt16LE(stamp.date, ENTRY.writtenDate);
  entry.writeUInt16LE(cluster >>> 16, ENTRY.clusterHigh);
  entry.writeUInt16LE(cluster & 0xffff, ENTRY.clusterLow);
  entry.writeUInt32LE(size, ENTRY.size);
  return at + ENTRY_SIZE;
}

const UNITS = LONG_ENTRY_UNITS.length;

/** Long entries are needed where the short name is not all of the name: a name in lower case has them too. */
function countLongEntries({ name, shortName }: Named): number {
  return name === showShortName(shortName) ? 0 : Math.ceil(name.length / UNITS);
}

/** The end of the name comes first; it is ended by a zero and filled with 0xffff where it does not fill its entry. */
function encodeLongEntries(target: Buffer, start: number, child: Named): number {
  const { name, shortName } = child;
  const count = countLongEntries(child);
  const checksum = checksumOf(shortName);
  let at = start;
  for (let order = count; order > 0; order--) {
    const entry = target.subarray(at, at + ENTRY_SIZE);
    entry[LONG_ENTRY.order] = order === count ? order | LAST_LONG_ENTRY : order;
    entry[LONG_ENTRY.attributes] = ATTRIBUTE.longName;
    entry[LONG_ENTRY.checksum] = checksum;
    LONG_ENTRY_UNITS.forEach((offset, i) => {
      const unit = (order - 1) * UNITS + i;
      const fill = unit === name.length ? 0 : 0xffff;
      entry.writeUInt16LE(unit < name.length ? name.charCodeAt(unit) : fill, offset);
    });
    at += ENTRY_SIZE;
  }
  return at;
}

/** Ties long entries to their short one. */
function checksumOf(shortName: Uint8Array): number {
  let sum = 0;
  for (const byte of shortName) {
    sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  }
  return sum;
}
