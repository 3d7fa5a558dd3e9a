/** Decodes a GUID partition table. It shares the constants of the format with the writer and nothing else. */
import { crc32 } from 'node:zlib';
import { SECTOR_SIZE } from '../bytes/source.ts';
import {
  ENTRIES_SECTORS,
  ENTRY,
  ENTRY_BYTES,
  GPT_PARTITIONS,
  type Gpt,
  type GptBytes,
  type GptPartition,
  HEADER,
  type HeaderPlaces,
  LEGACY_BIOS_BOOTABLE,
  PROTECTIVE,
  placesOf,
  REVISION,
  SIGNATURE,
  UNUSED_TYPE,
  usableSectors,
} from './gpt-format.ts';
import { decodeGuid } from './guid.ts';
import { MAX_SECTORS } from './mbr.ts';

/**
 * Decodes a table on a disk of `sectors` sectors. Both copies, their checksums and the protective MBR must be right, and
 * everything that is reserved must be zero, except for boot code. Throws an error that names what is wrong.
 */
export function decodeGpt({ primary, backup }: GptBytes, sectors: number): Gpt {
  checkProtectiveMbr(viewOf(primary, 0, 1), sectors);
  const places = placesOf(sectors);
  const header = viewOf(primary, 1, 1);
  const entries = viewOf(primary, 2, ENTRIES_SECTORS);
  const backupEntries = viewOf(backup, 0, ENTRIES_SECTORS);
  const backupHeader = viewOf(backup, ENTRIES_SECTORS, 1);
  checkHeader({ name: 'the primary header', header, entries, places: places.primary, sectors });
  checkHeader({
    name: 'the backup header',
    header: backupHeader,
    entries: backupEntries,
    places: places.backup,
    sectors,
  });
  const diskGuid = decodeGuid(header.subarray(HEADER.diskGuid));
  expectEqual('the disk GUID of the backup header', decodeGuid(backupHeader.subarray(HEADER.diskGuid)), diskGuid);
  if (!backupEntries.equals(entries)) {
    throw new Error('The partition table is damaged: the backup entries differ from the primary ones.');
  }
  return { diskGuid, sectors, partitions: decodeEntries(entries) };
}

function viewOf(bytes: Uint8Array, sector: number, count: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + sector * SECTOR_SIZE, count * SECTOR_SIZE);
}

/** A header with its entries, and where they are. */
interface HeaderCopy {
  readonly name: string;
  readonly header: Buffer;
  readonly entries: Buffer;
  readonly places: HeaderPlaces;
  readonly sectors: number;
}

function checkHeader({ name, header, entries, places, sectors }: HeaderCopy): void {
  const u32 = (offset: number): number => header.readUInt32LE(offset);
  const sector = (offset: number): number => Number(header.readBigUInt64LE(offset));
  const usable = usableSectors(sectors);
  expectEqual(`the signature of ${name}`, header.toString('latin1', 0, SIGNATURE.length), SIGNATURE);
  expectEqual(`the revision of ${name}`, u32(HEADER.revision), REVISION);
  expectEqual(`the size of ${name}`, u32(HEADER.size), HEADER.end);
  const checked = Buffer.from(header.subarray(0, HEADER.end));
  checked.writeUInt32LE(0, HEADER.checksum);
  expectEqual(`the checksum of ${name}`, u32(HEADER.checksum), crc32(checked));
  expectEqual(`a reserved field of ${name}`, u32(HEADER.reserved), 0);
  expectEqual(`the sector of ${name}`, sector(HEADER.own), places.own);
  expectEqual(`the sector of the other header in ${name}`, sector(HEADER.alternate), places.alternate);
  expectEqual(`the first usable sector in ${name}`, sector(HEADER.firstUsable), usable.first);
  expectEqual(`the last usable sector in ${name}`, sector(HEADER.lastUsable), usable.last);
  expectEqual(`the sector of the entries in ${name}`, sector(HEADER.entries), places.entries);
  expectEqual(`the number of entries in ${name}`, u32(HEADER.count), GPT_PARTITIONS);
  expectEqual(`the size of an entry in ${name}`, u32(HEADER.entrySize), ENTRY_BYTES);
  expectEqual(`the checksum of the entries in ${name}`, u32(HEADER.entriesChecksum), crc32(entries));
  expectZeros(`the rest of the sector of ${name}`, header.subarray(HEADER.end));
}

function decodeEntries(entries: Buffer): readonly GptPartition[] {
  const partitions: GptPartition[] = [];
  for (let number = 1; number <= GPT_PARTITIONS; number++) {
    const entry = entries.subarray((number - 1) * ENTRY_BYTES, number * ENTRY_BYTES);
    const type = decodeGuid(entry.subarray(ENTRY.type));
    if (type === UNUSED_TYPE) {
      expectZeros(`the unused entry ${number}`, entry);
    } else {
      partitions.push(decodeEntry(entry, number, type));
    }
  }
  return partitions;
}

function decodeEntry(entry: Buffer, number: number, type: string): GptPartition {
  const start = Number(entry.readBigUInt64LE(ENTRY.first));
  const attributes = entry.readBigUInt64LE(ENTRY.attributes);
  expectEqual(`other attributes of partition ${number}`, attributes & ~LEGACY_BIOS_BOOTABLE, 0n);
  return {
    number,
    type,
    guid: decodeGuid(entry.subarray(ENTRY.guid)),
    name: entry.toString('utf16le', ENTRY.name).replace(/\0+$/, ''),
    bootable: attributes === LEGACY_BIOS_BOOTABLE,
    start,
    length: Number(entry.readBigUInt64LE(ENTRY.last)) - start + 1,
  };
}

/** Everything of the sector after the boot code: UEFI specification 2.10, table 5.3 and 5.4. */
function checkProtectiveMbr(sector: Buffer, sectors: number): void {
  const what = (name: string): string => `${name} of the protective MBR`;
  expectZeros(what('the disk signature'), sector.subarray(440, 446));
  expectEqual(what('the boot flag'), sector.readUInt8(446), 0);
  expectEqual(what('the first CHS address'), sector.toString('hex', 447, 450), PROTECTIVE.firstChs);
  expectEqual(what('the partition type'), sector.readUInt8(450), PROTECTIVE.type);
  expectEqual(what('the last CHS address'), sector.toString('hex', 451, 454), PROTECTIVE.lastChs);
  expectEqual(what('the first sector'), sector.readUInt32LE(454), 1);
  expectEqual(what('the number of sectors'), sector.readUInt32LE(458), Math.min(sectors - 1, MAX_SECTORS));
  expectZeros(what('an unused entry'), sector.subarray(462, 510));
  expectEqual(what('the signature'), sector.readUInt16LE(510), 0xaa55);
}

function expectZeros(what: string, bytes: Uint8Array): void {
  const position = bytes.findIndex((byte) => byte !== 0);
  if (position >= 0) {
    expectEqual(`byte ${position} of ${what}`, bytes[position], 0);
  }
}

function expectEqual<T extends string | number | bigint>(what: string, found: T, expected: T): void {
  if (found !== expected) {
    throw new Error(`The partition table is damaged: expected ${expected} as ${what}, found ${found}.`);
  }
}
