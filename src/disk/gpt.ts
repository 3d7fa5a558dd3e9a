/**
 * Encodes a GUID partition table: a protective MBR, the header and the entries at the start of a disk, and a backup at its
 * end. The same bytes that `sfdisk` of util-linux writes to a file for `label: gpt` and `first-lba: 34`.
 */
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
  NAME_UNITS,
  PROTECTIVE,
  placesOf,
  REVISION,
  SIGNATURE,
  usableSectors,
} from './gpt-format.ts';
import { encodeGuid } from './guid.ts';
import { encodeMbr, MAX_SECTORS } from './mbr.ts';

/** Encodes a table, with zeros in place of boot code. */
export function encodeGpt(gpt: Gpt): GptBytes {
  const { diskGuid, sectors, partitions } = gpt;
  const entries = Buffer.alloc(ENTRIES_SECTORS * SECTOR_SIZE);
  for (const partition of partitions) {
    encodeEntry(entries.subarray((partition.number - 1) * ENTRY_BYTES), partition);
  }
  const { primary, backup } = placesOf(sectors);
  const header = (places: HeaderPlaces): Buffer => encodeHeader({ ...places, diskGuid, sectors }, entries);
  return {
    primary: Buffer.concat([encodeProtectiveMbr(sectors), header(primary), entries]),
    backup: Buffer.concat([entries, header(backup)]),
  };
}

/** The name of a partition as an entry can have it: a longer one is cut. */
export function gptName(name: string): string {
  return name.slice(0, NAME_UNITS).replace(/[\ud800-\udbff]$/, '');
}

function encodeHeader(
  { own, alternate, entries, diskGuid, sectors }: HeaderPlaces & Pick<Gpt, 'diskGuid' | 'sectors'>,
  entryBytes: Buffer,
): Buffer {
  const header = Buffer.alloc(SECTOR_SIZE);
  const usable = usableSectors(sectors);
  header.write(SIGNATURE, HEADER.signature, 'latin1');
  header.writeUInt32LE(REVISION, HEADER.revision);
  header.writeUInt32LE(HEADER.end, HEADER.size);
  writeSector(header, own, HEADER.own);
  writeSector(header, alternate, HEADER.alternate);
  writeSector(header, usable.first, HEADER.firstUsable);
  writeSector(header, usable.last, HEADER.lastUsable);
  header.set(encodeGuid(diskGuid), HEADER.diskGuid);
  writeSector(header, entries, HEADER.entries);
  header.writeUInt32LE(GPT_PARTITIONS, HEADER.count);
  header.writeUInt32LE(ENTRY_BYTES, HEADER.entrySize);
  header.writeUInt32LE(crc32(entryBytes), HEADER.entriesChecksum);
  header.writeUInt32LE(crc32(header.subarray(0, HEADER.end)), HEADER.checksum);
  return header;
}

function encodeEntry(entry: Buffer, { type, guid, name, bootable, start, length }: GptPartition): void {
  entry.set(encodeGuid(type), ENTRY.type);
  entry.set(encodeGuid(guid), ENTRY.guid);
  writeSector(entry, start, ENTRY.first);
  writeSector(entry, start + length - 1, ENTRY.last);
  entry.writeBigUInt64LE(bootable ? LEGACY_BIOS_BOOTABLE : 0n, ENTRY.attributes);
  entry.write(name, ENTRY.name, ENTRY_BYTES - ENTRY.name, 'utf16le');
}

function writeSector(target: Buffer, sector: number, offset: number): void {
  target.writeBigUInt64LE(BigInt(sector), offset);
}

/** One partition that covers the disk as far as an MBR can address it, so that old tools do not see it as empty. */
function encodeProtectiveMbr(sectors: number): Buffer {
  const length = Math.min(sectors - 1, MAX_SECTORS);
  const partition = { number: 1, type: PROTECTIVE.type, bootable: false, start: 1, length };
  const sector = encodeMbr({ diskId: 0, partitions: [partition] });
  sector.write(PROTECTIVE.firstChs, FIRST_CHS, 'hex');
  sector.write(PROTECTIVE.lastChs, LAST_CHS, 'hex');
  return sector;
}

/** Offsets of the CHS addresses of the first partition in an MBR. */
const FIRST_CHS = 447;
const LAST_CHS = 451;
