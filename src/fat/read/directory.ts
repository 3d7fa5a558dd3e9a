import { quote } from '../../text/escape.ts';
import { formatHex } from '../../text/format.ts';
import {
  ATTRIBUTE,
  DELETED,
  END_OF_DIRECTORY,
  ENTRY,
  ENTRY_SIZE,
  LAST_LONG_ENTRY,
  LONG_ENTRY,
  LONG_ENTRY_UNITS,
  MAX_NAME_UNITS,
  SHORT_NAME_BYTES,
} from '../constants.ts';
import { FatFormatError } from './format-error.ts';

/** An entry of a directory, with its long name if it has one. */
export interface ReadEntry {
  readonly name: string;
  readonly attributes: number;
  /** First cluster; 0 for none. */
  readonly cluster: number;
  /** Bytes. */
  readonly size: number;
}

/** The volume label of a directory, and its other entries in order. */
export interface ReadDirectory {
  readonly label: string | undefined;
  readonly entries: readonly ReadEntry[];
}

/** Decodes a directory. `place` names it in errors. Throws a `FatFormatError`. */
export function readDirectory(bytes: Buffer, bits: 16 | 32, place: string): ReadDirectory {
  const entries: ReadEntry[] = [];
  let label: string | undefined;
  let longEntries: Buffer[] = [];
  for (let at = 0; at + ENTRY_SIZE <= bytes.length && bytes[at] !== END_OF_DIRECTORY; at += ENTRY_SIZE) {
    const entry = bytes.subarray(at, at + ENTRY_SIZE);
    const where = `${place}, entry ${at / ENTRY_SIZE}`;
    const attributes = entry[ENTRY.attributes];
    if (entry[0] !== DELETED && (attributes & KIND_MASK) === ATTRIBUTE.longName) {
      longEntries.push(entry);
      continue;
    }
    if (entry[0] === DELETED) {
      if (longEntries.length > 0) {
        throw nameFault(where, 'the short entry of a long name', 'a deleted entry');
      }
      continue;
    }
    const shortName = entry.subarray(0, SHORT_NAME_BYTES);
    if ((attributes & ATTRIBUTE.volumeLabel) !== 0) {
      if (label !== undefined || longEntries.length > 0) {
        throw nameFault(where, 'at most one label, without a long name', 'another one');
      }
      label = ascii(shortName, where).trimEnd();
      continue;
    }
    const name = longEntries.length > 0 ? joinLongName(longEntries, shortName, where) : readShortName(entry, where);
    longEntries = [];
    const high = bits === 32 ? entry.readUInt16LE(ENTRY.clusterHigh) * 0x10000 : 0;
    const cluster = high + entry.readUInt16LE(ENTRY.clusterLow);
    entries.push({ name, attributes, cluster, size: entry.readUInt32LE(ENTRY.size) });
  }
  if (longEntries.length > 0) {
    throw nameFault(place, 'the short entry of a long name', 'the end of the directory');
  }
  return { label, entries };
}

/** The bits of the attributes that have a meaning. */
const KIND_MASK = 0x3f;

/** Joins the long name entries, which are in descending order, the first marked as the last, with a checksum. */
function joinLongName(longEntries: readonly Buffer[], shortName: Buffer, place: string): string {
  const checksum = shortName.reduce((sum, byte) => (((sum >> 1) | ((sum & 1) << 7)) + byte) & 0xff, 0);
  const units: number[] = [];
  for (const [i, entry] of longEntries.toReversed().entries()) {
    const isLast = i === longEntries.length - 1;
    const order = (i + 1) | (isLast ? LAST_LONG_ENTRY : 0);
    if (entry[LONG_ENTRY.order] !== order) {
      throw nameFault(place, `order ${order} of a long name entry`, String(entry[LONG_ENTRY.order]));
    }
    if (entry[LONG_ENTRY.checksum] !== checksum) {
      throw nameFault(place, `checksum ${checksum} in a long name`, String(entry[LONG_ENTRY.checksum]));
    }
    if (entry[LONG_ENTRY.type] !== 0 || entry.readUInt16LE(LONG_ENTRY.cluster) !== 0) {
      throw nameFault(place, 'a long name of type 0 without a cluster', entry.toString('hex'));
    }
    for (const offset of LONG_ENTRY_UNITS) {
      units.push(entry.readUInt16LE(offset));
    }
  }
  const end = units.indexOf(0);
  const length = end < 0 ? units.length : end;
  const isFilled = units.slice(length + 1).every((unit) => unit === 0xffff);
  // The last entry must have a part of the name.
  if (!isFilled || length <= units.length - LONG_ENTRY_UNITS.length || length > MAX_NAME_UNITS) {
    throw nameFault(place, 'a long name that ends in its last entry', `${length} units`);
  }
  const name = String.fromCharCode(...units.slice(0, length));
  if (!name.isWellFormed()) {
    throw nameFault(place, 'a name in UTF-16', 'an unpaired surrogate');
  }
  return checkName(name, place);
}

/** Flags of Windows NT for a base or an extension in lower case. */
const LOWER_BASE = 0x08;
const LOWER_EXTENSION = 0x10;

function readShortName(entry: Buffer, place: string): string {
  const text = ascii(entry.subarray(0, SHORT_NAME_BYTES), place);
  const flags = entry[ENTRY.caseFlags];
  const part = (from: number, to: number, flag: number): string => {
    const characters = text.slice(from, to).trimEnd();
    return (flags & flag) === 0 ? characters : characters.toLowerCase();
  };
  const base = part(0, 8, LOWER_BASE);
  const extension = part(8, SHORT_NAME_BYTES, LOWER_EXTENSION);
  if (base === '.' || base === '..') {
    return base;
  }
  return checkName(extension === '' ? base : `${base}.${extension}`, place);
}

/** Characters outside ASCII would depend on a code page; names with them have long name entries. */
function ascii(bytes: Buffer, place: string): string {
  const odd = bytes.find((byte) => byte < 0x20 || byte > 0x7e);
  if (odd !== undefined) {
    throw nameFault(place, 'a short name in ASCII', `byte ${formatHex(odd)}`);
  }
  return bytes.toString('latin1');
}

function checkName(name: string, place: string): string {
  if (name === '' || /^\.\.?$/.test(name) || /[/\\\0]/.test(name)) {
    throw nameFault(place, 'a valid name', quote(name));
  }
  return name;
}

function nameFault(place: string, expected: string, found: string): Error {
  return new FatFormatError({ structure: 'directory', place, expected, found });
}
