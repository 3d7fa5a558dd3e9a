import { quote } from '../../text/quote.ts';
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
import { fatError } from './format-error.ts';

/** An entry of a directory, its name put together from its pieces. */
export interface ReadEntry {
  readonly name: string;
  readonly attributes: number;
  /** First cluster; 0 for none. */
  readonly cluster: number;
  /** Bytes. */
  readonly size: number;
}

/** The volume label, where a directory has one, and its other entries in the order they stand in. */
export interface ReadDirectory {
  readonly label: string | undefined;
  readonly entries: readonly ReadEntry[];
}

/** Reads the bytes of a directory. `place` names it in errors. */
export function readDirectory(bytes: Buffer, bits: 16 | 32, place: string): ReadDirectory {
  const entries: ReadEntry[] = [];
  let label: string | undefined;
  let pieces: Buffer[] = [];
  for (let at = 0; at + ENTRY_SIZE <= bytes.length && bytes[at] !== END_OF_DIRECTORY; at += ENTRY_SIZE) {
    const entry = bytes.subarray(at, at + ENTRY_SIZE);
    const where = `${place}, entry ${at / ENTRY_SIZE}`;
    const attributes = entry[ENTRY.attributes];
    if (entry[0] !== DELETED && (attributes & KIND_MASK) === ATTRIBUTE.longName) {
      pieces.push(entry);
      continue;
    }
    if (entry[0] === DELETED) {
      if (pieces.length > 0) {
        throw nameFault(where, 'the entry that a long name belongs to', 'a deleted one');
      }
      continue;
    }
    const shortName = entry.subarray(0, SHORT_NAME_BYTES);
    if ((attributes & ATTRIBUTE.volumeLabel) !== 0) {
      if (label !== undefined || pieces.length > 0) {
        throw nameFault(where, 'one label, without a long name', 'another');
      }
      label = ascii(shortName, where).trimEnd();
      continue;
    }
    const name = pieces.length > 0 ? joinPieces(pieces, shortName, where) : readShortName(entry, where);
    pieces = [];
    const high = bits === 32 ? entry.readUInt16LE(ENTRY.clusterHigh) * 0x10000 : 0;
    const cluster = high + entry.readUInt16LE(ENTRY.clusterLow);
    entries.push({ name, attributes, cluster, size: entry.readUInt32LE(ENTRY.size) });
  }
  if (pieces.length > 0) {
    throw nameFault(place, 'the entry that a long name belongs to', 'the end');
  }
  return { label, entries };
}

/** The upper two bits have no meaning. */
const KIND_MASK = 0x3f;

/** Pieces stand in descending order, the first marked as the last; all carry the checksum of the short name. */
function joinPieces(pieces: readonly Buffer[], shortName: Buffer, place: string): string {
  const checksum = shortName.reduce((sum, byte) => (((sum >> 1) | ((sum & 1) << 7)) + byte) & 0xff, 0);
  const units: number[] = [];
  pieces.toReversed().forEach((piece, i) => {
    const isLast = i === pieces.length - 1;
    const order = (i + 1) | (isLast ? LAST_LONG_ENTRY : 0);
    if (piece[LONG_ENTRY.order] !== order) {
      throw nameFault(place, `piece ${order} of a long name`, String(piece[LONG_ENTRY.order]));
    }
    if (piece[LONG_ENTRY.checksum] !== checksum) {
      throw nameFault(place, `checksum ${checksum} in a long name`, String(piece[LONG_ENTRY.checksum]));
    }
    if (piece[LONG_ENTRY.type] !== 0 || piece.readUInt16LE(LONG_ENTRY.cluster) !== 0) {
      throw nameFault(place, 'a long name of type 0 without a cluster', piece.toString('hex'));
    }
    for (const offset of LONG_ENTRY_UNITS) {
      units.push(piece.readUInt16LE(offset));
    }
  });
  const end = units.indexOf(0);
  const length = end < 0 ? units.length : end;
  const isFilled = units.slice(length + 1).every((unit) => unit === 0xffff);
  // No piece may hold nothing but what follows the name.
  if (!isFilled || length <= units.length - LONG_ENTRY_UNITS.length || length > MAX_NAME_UNITS) {
    throw nameFault(place, 'a long name that ends in its last piece', `${length} units`);
  }
  const name = String.fromCharCode(...units.slice(0, length));
  if (!name.isWellFormed()) {
    throw nameFault(place, 'a name in UTF-16', 'half a surrogate pair');
  }
  return checkName(name, place);
}

/** Windows NT keeps short names that are all lower case, in either part, by these flags. */
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

/** What is outside ASCII would depend on a code page; names that have it are long ones. */
function ascii(bytes: Buffer, place: string): string {
  const odd = bytes.find((byte) => byte < 0x20 || byte > 0x7e);
  if (odd !== undefined) {
    throw nameFault(place, 'a short name in ASCII', `byte 0x${odd.toString(16)}`);
  }
  return bytes.toString('latin1');
}

function checkName(name: string, place: string): string {
  if (name === '' || /^\.\.?$/.test(name) || /[/\\\0]/.test(name)) {
    throw nameFault(place, 'a name', quote(name));
  }
  return name;
}

function nameFault(place: string, expected: string, found: string): Error {
  return fatError({ structure: 'directory', place, expected, found });
}
