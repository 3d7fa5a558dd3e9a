import {
  ATTRIBUTE,
  ENTRY,
  ENTRY_SIZE,
  LAST_LONG_ENTRY,
  LONG_ENTRY,
  LONG_ENTRY_UNITS,
  SHORT_NAME_BYTES,
} from '../constants.ts';
import { showShortName } from '../short-names.ts';

/** A file or directory in a directory. */
export interface DirectoryChild {
  readonly name: string;
  /** 11 bytes, from `shortNamesOf`. */
  readonly shortName: Uint8Array;
  readonly isDirectory: boolean;
  /** First cluster; 0 for an empty file. */
  readonly cluster: number;
  /** Bytes of a file; 0 for a directory. */
  readonly size: number;
}

/** The first entries of a directory: the volume label in the root, `.` and `..` in others. */
export type DirectoryHead =
  | { readonly kind: 'root'; readonly label: Uint8Array }
  /** First clusters of the directory and of its parent; 0 if the parent is the root. */
  | { readonly kind: 'directory'; readonly own: number; readonly parent: number };

/** The number of entries of a directory: its head, and for each child its long name entries and its short entry. */
export function countEntries(head: DirectoryHead['kind'], children: Iterable<Named>): number {
  let count = head === 'root' ? 1 : 2;
  for (const child of children) {
    count += countLongEntries(child) + 1;
  }
  return count;
}

type Named = Pick<DirectoryChild, 'name' | 'shortName'>;

/** Encodes a directory at the start of `target`, which must be zero. */
export function encodeDirectory(target: Buffer, head: DirectoryHead, children: Iterable<DirectoryChild>): void {
  let at = encodeHead(target, head);
  for (const child of children) {
    at = encodeLongEntries(target, at, child);
    const attributes = child.isDirectory ? ATTRIBUTE.directory : ATTRIBUTE.archive;
    at = encodeEntry(target, at, child.shortName, { ...child, attributes, stamp: STAMP });
  }
}

/** Date and time of an entry: years since 1980, seconds in steps of two, in local time. */
interface Stamp {
  readonly date: number;
  readonly time: number;
}

/** 2000-01-01 00:00:00, as in the sd-image module of nixpkgs. */
const STAMP: Stamp = { date: ((2000 - 1980) << 9) | (1 << 5) | 1, time: 0 };
/** 2015-03-14 09:26:52: the time of the label with `mkfs.vfat --invariant`, which the sd-image module uses. */
const LABEL_STAMP: Stamp = { date: ((2015 - 1980) << 9) | (3 << 5) | 14, time: (9 << 11) | (26 << 5) | (52 / 2) };

const DOT = Buffer.from('.'.padEnd(SHORT_NAME_BYTES));
const DOT_DOT = Buffer.from('..'.padEnd(SHORT_NAME_BYTES));

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
  const at = encodeEntry(target, 0, DOT, { ...common, cluster: head.own });
  return encodeEntry(target, at, DOT_DOT, { ...common, cluster: head.parent });
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

/** Long name entries are needed if the short name differs from the name, also in case only. */
function countLongEntries({ name, shortName }: Named): number {
  return name === showShortName(shortName) ? 0 : Math.ceil(name.length / UNITS);
}

/** The entry with the end of the name is the first. If the name does not fill it, a zero and then 0xffff follow the name. */
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
    for (const [i, offset] of LONG_ENTRY_UNITS.entries()) {
      const unit = (order - 1) * UNITS + i;
      const fill = unit === name.length ? 0 : 0xffff;
      entry.writeUInt16LE(unit < name.length ? name.charCodeAt(unit) : fill, offset);
    }
    at += ENTRY_SIZE;
  }
  return at;
}

/** The checksum of a short name in its long name entries. */
function checksumOf(shortName: Uint8Array): number {
  let sum = 0;
  for (const byte of shortName) {
    sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  }
  return sum;
}
