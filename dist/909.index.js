export const id = 909;
export const ids = [909];
export const modules = {

/***/ 777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ keepLast)
/* harmony export */ });
/**
 * Caches the values of the `count` keys that were used last. `make` creates the value of a key; `discard` receives each
 * value that leaves the cache.
 */
function keepLast(count, make, discard) {
    // A map iterates in the order of insertion, so its first entry is the least recently used.
    const values = new Map();
    const drop = ([key, value]) => {
        values.delete(key);
        discard(value);
    };
    return {
        get(key) {
            const known = values.get(key);
            if (known !== undefined) {
                values.delete(key);
                values.set(key, known);
                return known;
            }
            const [oldest] = values.size < count ? [] : values;
            if (oldest !== undefined) {
                drop(oldest);
            }
            const value = make(key);
            values.set(key, value);
            return value;
        },
        clear() {
            for (const entry of [...values]) {
                drop(entry);
            }
        },
    };
}


/***/ }),

/***/ 4594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ rangesByPiece)
/* harmony export */ });
/**
 * Cuts ranges at multiples of `pieceBytes` and groups them by the piece that they are in, so that code that produces or
 * opens bytes in such pieces handles each piece once.
 */
function rangesByPiece(ranges, pieceBytes) {
    const pieces = new Map();
    for (const range of ranges) {
        const end = range.offset + range.length;
        let { offset } = range;
        while (offset < end) {
            const piece = Math.floor(offset / pieceBytes);
            const length = Math.min(end, (piece + 1) * pieceBytes) - offset;
            const known = pieces.get(piece);
            if (known === undefined) {
                pieces.set(piece, [{ offset, length }]);
            }
            else {
                known.push({ offset, length });
            }
            offset += length;
        }
    }
    return [...pieces.values()];
}


/***/ }),

/***/ 2657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ firstAfter)
/* harmony export */ });
/**
 * Binary search: the first index below `count` whose position is greater than `position`, or `count` if there is none.
 * `positionOf` must be ascending.
 */
function firstAfter(count, positionOf, position) {
    let low = 0;
    let high = count;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (positionOf(middle) > position) {
            high = middle;
        }
        else {
            low = middle + 1;
        }
    }
    return low;
}


/***/ }),

/***/ 5395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ blobRanges),
/* harmony export */   r: () => (/* binding */ checkBlobs)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8146);
/* harmony import */ var _mbr_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9912);



/**
 * The ranges of a disk that a file is written to. Of a file at offset 0, which is boot code, the bytes from 440 to 511 are
 * left out: they are the partition table's.
 */
function blobRanges({ offset, size }) {
    if (offset > 0) {
        return [{ offset, length: size }];
    }
    const code = { offset, length: Math.min(size, _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .BOOT_CODE_BYTES */ .Zl) };
    return size > _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4 ? [code, { offset: _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4, length: size - _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4 }] : [code];
}
/**
 * Checks where boot loader files are on a disk. Throws a `UserError` if one does not begin on a sector, is empty, or overlaps
 * another one or one of `areas`: the partition table and the partitions, the last of which takes the rest of the disk.
 */
function checkBlobs(blobs, areas) {
    const taken = [...areas];
    for (const blob of blobs) {
        checkBlob(blob, taken);
        taken.push(...areasOf(blob));
    }
}
function checkBlob(blob, taken) {
    const { path, offset, size } = blob;
    if (offset % _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4 !== 0) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
            input: 'bootloader',
            message: `The offset of the boot loader file ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(path)} must be a multiple of ${_mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4} bytes, but is ${offset}.`,
            remedy: `Set its offset to a multiple of ${_mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4} in the input bootloader.`,
        });
    }
    if (size === 0) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
            input: 'bootloader',
            message: `The boot loader file ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(path)} is empty.`,
            remedy: 'Name a file that holds a boot loader in the input bootloader.',
        });
    }
    const areas = areasOf(blob);
    for (const area of areas) {
        const other = taken.find((candidate) => overlaps(candidate, area));
        if (other !== undefined) {
            throw overlapError(area, other);
        }
    }
}
function areasOf(blob) {
    return blobRanges(blob).map((range) => ({
        ...range,
        what: `the boot loader file ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(blob.path)}`,
        remedy: 'change its offset in the input bootloader',
    }));
}
function overlapError(blob, other) {
    const remedies = [other.remedy, blob.remedy].filter((remedy) => remedy !== undefined);
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
        input: 'bootloader',
        message: `${capitalize(describe(blob))} overlaps ${describe(other)}.`,
        remedy: `${capitalize([...new Set(remedies)].join(', or '))}.`,
    });
}
function overlaps(a, b) {
    return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
function describe({ what, offset, length }) {
    const bytes = Number.isFinite(length)
        ? `bytes ${offset} to ${offset + length - 1}`
        : `from byte ${offset} to the end`;
    return `${what} (${bytes})`;
}
function capitalize(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}


/***/ }),

/***/ 9400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Az: () => (/* binding */ GPT_PARTITIONS),
/* harmony export */   El: () => (/* binding */ HEADER),
/* harmony export */   J2: () => (/* binding */ SIGNATURE),
/* harmony export */   Ko: () => (/* binding */ usableSectors),
/* harmony export */   Py: () => (/* binding */ ENTRY),
/* harmony export */   QB: () => (/* binding */ UNUSED_TYPE),
/* harmony export */   Te: () => (/* binding */ ENTRIES_SECTORS),
/* harmony export */   Vu: () => (/* binding */ GPT_BACKUP_BYTES),
/* harmony export */   WR: () => (/* binding */ NAME_UNITS),
/* harmony export */   Zj: () => (/* binding */ GPT_PRIMARY_BYTES),
/* harmony export */   ek: () => (/* binding */ placesOf),
/* harmony export */   j9: () => (/* binding */ LEGACY_BIOS_BOOTABLE),
/* harmony export */   nC: () => (/* binding */ ENTRY_BYTES),
/* harmony export */   sA: () => (/* binding */ PROTECTIVE),
/* harmony export */   sP: () => (/* binding */ REVISION)
/* harmony export */ });
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9024);
/**
 * Constants of the GUID partition table (GPT) of a disk with sectors of 512 bytes, from the UEFI specification 2.10,
 * sections 5.2.3 and 5.3, and the contents of a table.
 */

/** Entries of the table, each a partition or unused: the least that the specification allows, and what all tools write. */
const GPT_PARTITIONS = 128;
/** Bytes of an entry. */
const ENTRY_BYTES = 128;
/** Sectors of all entries. */
const ENTRIES_SECTORS = (GPT_PARTITIONS * ENTRY_BYTES) / _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4;
/** Bytes at the start of a disk: protective MBR, header, entries. */
const GPT_PRIMARY_BYTES = (2 + ENTRIES_SECTORS) * _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4;
/** Bytes at the end of a disk: entries, header. */
const GPT_BACKUP_BYTES = (ENTRIES_SECTORS + 1) * _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4;
/** Offsets in a header; the rest of its sector is zero. */
const HEADER = {
    signature: 0,
    revision: 8,
    size: 12,
    checksum: 16,
    reserved: 20,
    own: 24,
    alternate: 32,
    firstUsable: 40,
    lastUsable: 48,
    diskGuid: 56,
    entries: 72,
    count: 80,
    entrySize: 84,
    entriesChecksum: 88,
    end: 92,
};
const SIGNATURE = 'EFI PART';
const REVISION = 0x00010000;
/** Offsets in an entry. */
const ENTRY = { type: 0, guid: 16, first: 32, last: 40, attributes: 48, name: 56 };
const LEGACY_BIOS_BOOTABLE = 1n << 2n;
/** UTF-16 units of the longest name. */
const NAME_UNITS = 36;
/** The type of an unused entry. */
const UNUSED_TYPE = '00000000-0000-0000-0000-000000000000';
/** The places of both headers on a disk of `sectors` sectors. */
function placesOf(sectors) {
    const last = sectors - 1;
    return {
        primary: { own: 1, alternate: last, entries: 2 },
        backup: { own: last, alternate: 1, entries: last - ENTRIES_SECTORS },
    };
}
/** The first and the last sector that partitions may have. */
function usableSectors(sectors) {
    return { first: GPT_PRIMARY_BYTES / _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4, last: sectors - GPT_BACKUP_BYTES / _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4 - 1 };
}
/** The type of the one partition of a protective MBR, and its first and last CHS address, as sfdisk writes them. */
const PROTECTIVE = { type: 0xee, firstChs: '000200', lastChs: 'ffffff' };


/***/ }),

/***/ 2686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ gptName),
/* harmony export */   s: () => (/* binding */ encodeGpt)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8522);
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9024);
/* harmony import */ var _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9400);
/* harmony import */ var _guid_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5874);
/* harmony import */ var _mbr_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9912);
/**
 * Encodes a GUID partition table: a protective MBR, the header and the entries at the start of a disk, and a backup at its
 * end. The same bytes that `sfdisk` of util-linux writes to a file for `label: gpt` and `first-lba: 34`.
 */





/** Encodes a table, with zeros in place of boot code. */
function encodeGpt(gpt) {
    const { diskGuid, sectors, partitions } = gpt;
    const entries = Buffer.alloc(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRIES_SECTORS */ .Te * _bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .SECTOR_SIZE */ .t4);
    for (const partition of partitions) {
        encodeEntry(entries.subarray((partition.number - 1) * _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY_BYTES */ .nC), partition);
    }
    const { primary, backup } = (0,_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .placesOf */ .ek)(sectors);
    const header = (places) => encodeHeader({ ...places, diskGuid, sectors }, entries);
    return {
        primary: Buffer.concat([encodeProtectiveMbr(sectors), header(primary), entries]),
        backup: Buffer.concat([entries, header(backup)]),
    };
}
/** The name of a partition as an entry can have it: a longer one is cut. */
function gptName(name) {
    return name.slice(0, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .NAME_UNITS */ .WR).replace(/[\ud800-\udbff]$/, '');
}
function encodeHeader({ own, alternate, entries, diskGuid, sectors }, entryBytes) {
    const header = Buffer.alloc(_bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .SECTOR_SIZE */ .t4);
    const usable = (0,_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .usableSectors */ .Ko)(sectors);
    header.write(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .SIGNATURE */ .J2, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.signature, 'latin1');
    header.writeUInt32LE(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .REVISION */ .sP, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.revision);
    header.writeUInt32LE(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.end, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.size);
    writeSector(header, own, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.own);
    writeSector(header, alternate, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.alternate);
    writeSector(header, usable.first, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.firstUsable);
    writeSector(header, usable.last, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.lastUsable);
    header.set((0,_guid_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeGuid */ .yn)(diskGuid), _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.diskGuid);
    writeSector(header, entries, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.entries);
    header.writeUInt32LE(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .GPT_PARTITIONS */ .Az, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.count);
    header.writeUInt32LE(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY_BYTES */ .nC, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.entrySize);
    header.writeUInt32LE((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(entryBytes), _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.entriesChecksum);
    header.writeUInt32LE((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(header.subarray(0, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.end)), _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .HEADER */ .El.checksum);
    return header;
}
function encodeEntry(entry, { type, guid, name, bootable, start, length }) {
    entry.set((0,_guid_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeGuid */ .yn)(type), _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.type);
    entry.set((0,_guid_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeGuid */ .yn)(guid), _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.guid);
    writeSector(entry, start, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.first);
    writeSector(entry, start + length - 1, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.last);
    entry.writeBigUInt64LE(bootable ? _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .LEGACY_BIOS_BOOTABLE */ .j9 : 0n, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.attributes);
    entry.write(name, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.name, _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY_BYTES */ .nC - _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .ENTRY */ .Py.name, 'utf16le');
}
function writeSector(target, sector, offset) {
    target.writeBigUInt64LE(BigInt(sector), offset);
}
/** One partition that covers the disk as far as an MBR can address it, so that old tools do not see it as empty. */
function encodeProtectiveMbr(sectors) {
    const length = Math.min(sectors - 1, _mbr_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SECTORS */ .jH);
    const partition = { number: 1, type: _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .PROTECTIVE */ .sA.type, bootable: false, start: 1, length };
    const sector = (0,_mbr_js__WEBPACK_IMPORTED_MODULE_3__/* .encodeMbr */ .a5)({ diskId: 0, partitions: [partition] });
    sector.write(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .PROTECTIVE */ .sA.firstChs, FIRST_CHS, 'hex');
    sector.write(_gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .PROTECTIVE */ .sA.lastChs, LAST_CHS, 'hex');
    return sector;
}
/** Offsets of the CHS addresses of the first partition in an MBR. */
const FIRST_CHS = 447;
const LAST_CHS = 451;


/***/ }),

/***/ 5874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GT: () => (/* binding */ decodeGuid),
/* harmony export */   W_: () => (/* binding */ isGuid),
/* harmony export */   r6: () => (/* binding */ deriveGuid),
/* harmony export */   yn: () => (/* binding */ encodeGuid)
/* harmony export */ });
/* unused harmony export GUID_BYTES */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** Bytes of a GUID. */
const GUID_BYTES = 16;
/**
 * A GUID for a part of a disk or a file beside it, in its usual form with capital letters, as `sfdisk --json` writes it. It
 * depends on nothing but `seed`, such as the UUID of the disk's filesystem, and on `part`, such as `disk` or `partition 1`.
 * It has version 8, whose bits an application may choose (RFC 9562, section 5.8).
 */
function deriveGuid(seed, part) {
    const bytes = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(`nix-ext4-image GUID of ${part}\n`).update(seed).digest();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return formatHex(bytes.toString('hex', 0, GUID_BYTES));
}
/** Whether a text is a GUID in its usual form, in capital or small letters. */
function isGuid(text) {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
/**
 * Encodes a GUID as it is on a disk: the first three groups are little-endian numbers (UEFI specification 2.10, appendix A).
 */
function encodeGuid(guid) {
    return swapGroups(Buffer.from(guid.replaceAll('-', ''), 'hex'));
}
/** Decodes a GUID from the first 16 bytes of `bytes`, with capital letters. */
function decodeGuid(bytes) {
    return formatHex(swapGroups(Buffer.from(bytes.subarray(0, GUID_BYTES))).toString('hex'));
}
/** The order of the bytes of a GUID on a disk; it is its own inverse. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
function swapGroups(bytes) {
    return Buffer.from(ORDER.map((from) => bytes[from]));
}
function formatHex(hex) {
    return hex.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}


/***/ }),

/***/ 9912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U4: () => (/* binding */ MBR_PARTITIONS),
/* harmony export */   X$: () => (/* binding */ MAX_DISK_SIZE),
/* harmony export */   Zl: () => (/* binding */ BOOT_CODE_BYTES),
/* harmony export */   a5: () => (/* binding */ encodeMbr),
/* harmony export */   ex: () => (/* binding */ decodeMbr),
/* harmony export */   jH: () => (/* binding */ MAX_SECTORS),
/* harmony export */   t4: () => (/* reexport safe */ _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__.t4)
/* harmony export */ });
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9024);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1622);
/**
 * The master boot record: the first sector of a disk, with up to four partitions. The same bytes that `sfdisk` of
 * util-linux writes to a file for `label: dos`, which is what the sd-image module of nixpkgs runs
 * (nixos/modules/installer/sd-card/sd-image.nix).
 */



/**
 * The largest start and the largest length of a partition, in sectors: both fields of an entry have 32 bits. libfdisk
 * therefore refuses to use this table on a disk of more sectors, although the last one could still be numbered.
 */
const MAX_SECTORS = 2 ** 32 - 1;
/** Bytes of the largest disk with a master boot record: one sector less than 2 TiB. */
const MAX_DISK_SIZE = MAX_SECTORS * _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4;
/** Entries of the table, each a partition or unused. */
const MBR_PARTITIONS = 4;
/** Bytes of boot code at the start of the sector. */
const BOOT_CODE_BYTES = 440;
/** Encodes the sector, with zeros in place of boot code. */
function encodeMbr({ diskId, partitions }) {
    const sector = Buffer.alloc(_bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4);
    sector.writeUInt32LE(diskId, OFFSET.diskId);
    for (const partition of partitions) {
        encodePartition(sector.subarray(OFFSET.partitions + (partition.number - 1) * ENTRY.size), partition);
    }
    sector.writeUInt16LE(SIGNATURE, OFFSET.signature);
    return sector;
}
/**
 * Decodes the sector. Leaves out unused entries, and ignores CHS fields, which nothing uses any more. Throws an error if
 * the signature or the boot flag of an entry has a value that the format does not allow.
 */
function decodeMbr(sector) {
    const bytes = Buffer.from(sector.buffer, sector.byteOffset, _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4);
    const signature = bytes.readUInt16LE(OFFSET.signature);
    if (signature !== SIGNATURE) {
        throw new Error(`The partition table is damaged: expected the signature ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatHex */ .NN)(SIGNATURE)} at byte ${OFFSET.signature}, found ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatHex */ .NN)(signature)}.`);
    }
    const partitions = [];
    for (let number = 1; number <= MBR_PARTITIONS; number++) {
        const entry = bytes.subarray(OFFSET.partitions + (number - 1) * ENTRY.size);
        const status = entry.readUInt8(ENTRY.status);
        if (status !== 0 && status !== BOOTABLE) {
            throw new Error(`The partition table is damaged: expected 0x0 or ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatHex */ .NN)(BOOTABLE)} as the boot flag of partition ${number}, found ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .formatHex */ .NN)(status)}.`);
        }
        const type = entry.readUInt8(ENTRY.type);
        if (type === UNUSED) {
            continue;
        }
        partitions.push({
            number,
            type,
            bootable: status === BOOTABLE,
            start: entry.readUInt32LE(ENTRY.start),
            length: entry.readUInt32LE(ENTRY.length),
        });
    }
    return { diskId: bytes.readUInt32LE(OFFSET.diskId), partitions };
}
const OFFSET = { diskId: BOOT_CODE_BYTES, partitions: 446, signature: 510 };
const ENTRY = { status: 0, firstChs: 1, type: 4, lastChs: 5, start: 8, length: 12, size: 16 };
const SIGNATURE = 0xaa55;
const BOOTABLE = 0x80;
const UNUSED = 0;
function encodePartition(entry, { type, bootable, start, length }) {
    entry.writeUInt8(bootable ? BOOTABLE : 0, ENTRY.status);
    entry.set(encodeChs(start), ENTRY.firstChs);
    entry.writeUInt8(type, ENTRY.type);
    entry.set(encodeChs(start + length - 1), ENTRY.lastChs);
    entry.writeUInt32LE(start, ENTRY.start);
    entry.writeUInt32LE(length, ENTRY.length);
}
const HEADS = 255;
const SECTORS_PER_TRACK = 63;
const MAX_CYLINDER = 1023;
/** The head, the upper two bits of the cylinder with the sector (which counts from 1), the lower bits of the cylinder. */
function encodeChs(sector) {
    const cylinder = Math.floor(sector / (HEADS * SECTORS_PER_TRACK));
    if (cylinder > MAX_CYLINDER) {
        return [0xfe, 0xff, 0xff];
    }
    const head = Math.floor(sector / SECTORS_PER_TRACK) % HEADS;
    return [head, ((cylinder >> 8) << 6) | ((sector % SECTORS_PER_TRACK) + 1), cylinder & 0xff];
}


/***/ }),

/***/ 4864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ tableAreas),
/* harmony export */   W: () => (/* binding */ tableEnd)
/* harmony export */ });
/* harmony import */ var _gpt_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9400);
/* harmony import */ var _mbr_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9912);


/** The end of the table at the start of a disk, bytes. */
function tableEnd(table) {
    return table === 'mbr' ? _mbr_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4 : _gpt_format_js__WEBPACK_IMPORTED_MODULE_0__/* .GPT_PRIMARY_BYTES */ .Zj;
}
/** What the table takes on a disk of `size` bytes. The boot code before it does not belong to it. */
function tableAreas(table, size) {
    const start = { offset: _mbr_js__WEBPACK_IMPORTED_MODULE_1__/* .BOOT_CODE_BYTES */ .Zl, length: tableEnd(table) - _mbr_js__WEBPACK_IMPORTED_MODULE_1__/* .BOOT_CODE_BYTES */ .Zl };
    if (table === 'mbr') {
        return [{ what: 'the partition table', ...start, remedy: undefined }];
    }
    const remedy = 'set the input partition-table to mbr';
    const backup = { offset: size - _gpt_format_js__WEBPACK_IMPORTED_MODULE_0__/* .GPT_BACKUP_BYTES */ .Vu, length: _gpt_format_js__WEBPACK_IMPORTED_MODULE_0__/* .GPT_BACKUP_BYTES */ .Vu };
    return [
        { what: 'the partition table (GPT)', ...start, remedy },
        { what: 'the backup of the partition table (GPT)', ...backup, remedy },
    ];
}


/***/ }),

/***/ 5593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lO: () => (/* binding */ diskGuid),
  Vk: () => (/* binding */ encodeTable),
  rT: () => (/* binding */ hasTable),
  aK: () => (/* binding */ partitionGuid)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./disk/gpt.js
var gpt = __webpack_require__(2686);
// EXTERNAL MODULE: ./disk/gpt-format.js
var gpt_format = __webpack_require__(9400);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./disk/guid.js
var guid = __webpack_require__(5874);
// EXTERNAL MODULE: ./disk/mbr.js
var mbr = __webpack_require__(9912);
;// CONCATENATED MODULE: ./disk/gpt-read.js
/** Decodes a GUID partition table. It shares the constants of the format with the writer and nothing else. */





/**
 * Decodes a table on a disk of `sectors` sectors. Both copies, their checksums and the protective MBR must be right, and
 * everything that is reserved must be zero, except for boot code. Throws an error that names what is wrong.
 */
function decodeGpt({ primary, backup }, sectors) {
    checkProtectiveMbr(viewOf(primary, 0, 1), sectors);
    const places = (0,gpt_format/* placesOf */.ek)(sectors);
    const header = viewOf(primary, 1, 1);
    const entries = viewOf(primary, 2, gpt_format/* ENTRIES_SECTORS */.Te);
    const backupEntries = viewOf(backup, 0, gpt_format/* ENTRIES_SECTORS */.Te);
    const backupHeader = viewOf(backup, gpt_format/* ENTRIES_SECTORS */.Te, 1);
    checkHeader({ name: 'the primary header', header, entries, places: places.primary, sectors });
    checkHeader({
        name: 'the backup header',
        header: backupHeader,
        entries: backupEntries,
        places: places.backup,
        sectors,
    });
    const diskGuid = (0,guid/* decodeGuid */.GT)(header.subarray(gpt_format/* HEADER */.El.diskGuid));
    expectEqual('the disk GUID of the backup header', (0,guid/* decodeGuid */.GT)(backupHeader.subarray(gpt_format/* HEADER */.El.diskGuid)), diskGuid);
    if (!backupEntries.equals(entries)) {
        throw new Error('The partition table is damaged: the backup entries differ from the primary ones.');
    }
    return { diskGuid, sectors, partitions: decodeEntries(entries) };
}
function viewOf(bytes, sector, count) {
    return Buffer.from(bytes.buffer, bytes.byteOffset + sector * source/* SECTOR_SIZE */.t4, count * source/* SECTOR_SIZE */.t4);
}
function checkHeader({ name, header, entries, places, sectors }) {
    const u32 = (offset) => header.readUInt32LE(offset);
    const sector = (offset) => Number(header.readBigUInt64LE(offset));
    const usable = (0,gpt_format/* usableSectors */.Ko)(sectors);
    expectEqual(`the signature of ${name}`, header.toString('latin1', 0, gpt_format/* SIGNATURE */.J2.length), gpt_format/* SIGNATURE */.J2);
    expectEqual(`the revision of ${name}`, u32(gpt_format/* HEADER */.El.revision), gpt_format/* REVISION */.sP);
    expectEqual(`the size of ${name}`, u32(gpt_format/* HEADER */.El.size), gpt_format/* HEADER */.El.end);
    const checked = Buffer.from(header.subarray(0, gpt_format/* HEADER */.El.end));
    checked.writeUInt32LE(0, gpt_format/* HEADER */.El.checksum);
    expectEqual(`the checksum of ${name}`, u32(gpt_format/* HEADER */.El.checksum), (0,external_node_zlib_.crc32)(checked));
    expectEqual(`a reserved field of ${name}`, u32(gpt_format/* HEADER */.El.reserved), 0);
    expectEqual(`the sector of ${name}`, sector(gpt_format/* HEADER */.El.own), places.own);
    expectEqual(`the sector of the other header in ${name}`, sector(gpt_format/* HEADER */.El.alternate), places.alternate);
    expectEqual(`the first usable sector in ${name}`, sector(gpt_format/* HEADER */.El.firstUsable), usable.first);
    expectEqual(`the last usable sector in ${name}`, sector(gpt_format/* HEADER */.El.lastUsable), usable.last);
    expectEqual(`the sector of the entries in ${name}`, sector(gpt_format/* HEADER */.El.entries), places.entries);
    expectEqual(`the number of entries in ${name}`, u32(gpt_format/* HEADER */.El.count), gpt_format/* GPT_PARTITIONS */.Az);
    expectEqual(`the size of an entry in ${name}`, u32(gpt_format/* HEADER */.El.entrySize), gpt_format/* ENTRY_BYTES */.nC);
    expectEqual(`the checksum of the entries in ${name}`, u32(gpt_format/* HEADER */.El.entriesChecksum), (0,external_node_zlib_.crc32)(entries));
    expectZeros(`the rest of the sector of ${name}`, header.subarray(gpt_format/* HEADER */.El.end));
}
function decodeEntries(entries) {
    const partitions = [];
    for (let number = 1; number <= gpt_format/* GPT_PARTITIONS */.Az; number++) {
        const entry = entries.subarray((number - 1) * gpt_format/* ENTRY_BYTES */.nC, number * gpt_format/* ENTRY_BYTES */.nC);
        const type = (0,guid/* decodeGuid */.GT)(entry.subarray(gpt_format/* ENTRY */.Py.type));
        if (type === gpt_format/* UNUSED_TYPE */.QB) {
            expectZeros(`the unused entry ${number}`, entry);
        }
        else {
            partitions.push(decodeEntry(entry, number, type));
        }
    }
    return partitions;
}
function decodeEntry(entry, number, type) {
    const start = Number(entry.readBigUInt64LE(gpt_format/* ENTRY */.Py.first));
    const attributes = entry.readBigUInt64LE(gpt_format/* ENTRY */.Py.attributes);
    expectEqual(`other attributes of partition ${number}`, attributes & ~gpt_format/* LEGACY_BIOS_BOOTABLE */.j9, 0n);
    return {
        number,
        type,
        guid: (0,guid/* decodeGuid */.GT)(entry.subarray(gpt_format/* ENTRY */.Py.guid)),
        name: entry.toString('utf16le', gpt_format/* ENTRY */.Py.name).replace(/\0+$/, ''),
        bootable: attributes === gpt_format/* LEGACY_BIOS_BOOTABLE */.j9,
        start,
        length: Number(entry.readBigUInt64LE(gpt_format/* ENTRY */.Py.last)) - start + 1,
    };
}
/** Everything of the sector after the boot code: UEFI specification 2.10, table 5.3 and 5.4. */
function checkProtectiveMbr(sector, sectors) {
    const what = (name) => `${name} of the protective MBR`;
    expectZeros(what('the disk signature'), sector.subarray(440, 446));
    expectEqual(what('the boot flag'), sector.readUInt8(446), 0);
    expectEqual(what('the first CHS address'), sector.toString('hex', 447, 450), gpt_format/* PROTECTIVE */.sA.firstChs);
    expectEqual(what('the partition type'), sector.readUInt8(450), gpt_format/* PROTECTIVE */.sA.type);
    expectEqual(what('the last CHS address'), sector.toString('hex', 451, 454), gpt_format/* PROTECTIVE */.sA.lastChs);
    expectEqual(what('the first sector'), sector.readUInt32LE(454), 1);
    expectEqual(what('the number of sectors'), sector.readUInt32LE(458), Math.min(sectors - 1, mbr/* MAX_SECTORS */.jH));
    expectZeros(what('an unused entry'), sector.subarray(462, 510));
    expectEqual(what('the signature'), sector.readUInt16LE(510), 0xaa55);
}
function expectZeros(what, bytes) {
    const position = bytes.findIndex((byte) => byte !== 0);
    if (position >= 0) {
        expectEqual(`byte ${position} of ${what}`, bytes[position], 0);
    }
}
function expectEqual(what, found, expected) {
    if (found !== expected) {
        throw new Error(`The partition table is damaged: expected ${expected} as ${what}, found ${found}.`);
    }
}

;// CONCATENATED MODULE: ./disk/table.js







/** The partition table of a card as bytes, without the boot code before it; ascending by offset. */
function encodeTable(layout) {
    const { table, size } = layout;
    if (table.kind === 'mbr') {
        return [{ offset: mbr/* BOOT_CODE_BYTES */.Zl, bytes: (0,mbr/* encodeMbr */.a5)(mbrOf(layout, table.diskId)).subarray(mbr/* BOOT_CODE_BYTES */.Zl) }];
    }
    const { primary, backup } = (0,gpt/* encodeGpt */.s)(gptOf(layout, table.uuid));
    return [
        { offset: mbr/* BOOT_CODE_BYTES */.Zl, bytes: primary.subarray(mbr/* BOOT_CODE_BYTES */.Zl) },
        { offset: size - backup.length, bytes: backup },
    ];
}
/**
 * Whether the partition table of a finished card, as a reader sees it, is the planned one. Throws an error that names what
 * is wrong in a table that cannot be read.
 */
function hasTable(image, layout) {
    const { table, size } = layout;
    if (table.kind === 'mbr') {
        return (0,external_node_util_.isDeepStrictEqual)((0,mbr/* decodeMbr */.ex)(readBytes(image, 0, source/* SECTOR_SIZE */.t4)), mbrOf(layout, table.diskId));
    }
    const primary = readBytes(image, 0, gpt_format/* GPT_PRIMARY_BYTES */.Zj);
    const backup = readBytes(image, size - gpt_format/* GPT_BACKUP_BYTES */.Vu, gpt_format/* GPT_BACKUP_BYTES */.Vu);
    return (0,external_node_util_.isDeepStrictEqual)(decodeGpt({ primary, backup }, size / source/* SECTOR_SIZE */.t4), gptOf(layout, table.uuid));
}
/** The GUID of a disk whose ext4 filesystem has the UUID `uuid`. */
function diskGuid(uuid) {
    return (0,guid/* deriveGuid */.r6)(uuid, 'disk');
}
/** The GUID of a partition of that disk, which is its PARTUUID in Linux. */
function partitionGuid(uuid, number) {
    return (0,guid/* deriveGuid */.r6)(uuid, `partition ${number}`);
}
function mbrOf({ partitions }, diskId) {
    const entries = partitions.map(({ number, type, bootable, offset, length }) => ({
        number,
        type: Number.parseInt(type, 16),
        bootable,
        start: offset / source/* SECTOR_SIZE */.t4,
        length: length / source/* SECTOR_SIZE */.t4,
    }));
    return { diskId, partitions: entries.sort(byNumber) };
}
function gptOf({ partitions, size }, uuid) {
    const entries = partitions.map(({ number, type, name, bootable, offset, length }) => ({
        number,
        type,
        guid: partitionGuid(uuid, number),
        name,
        bootable,
        start: offset / source/* SECTOR_SIZE */.t4,
        length: length / source/* SECTOR_SIZE */.t4,
    }));
    return { diskGuid: diskGuid(uuid), sectors: size / source/* SECTOR_SIZE */.t4, partitions: entries.sort(byNumber) };
}
function byNumber(a, b) {
    return a.number - b.number;
}
function readBytes(image, offset, length) {
    const bytes = Buffer.alloc(length);
    image.read(bytes, offset);
    return bytes;
}


/***/ }),

/***/ 4060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ recordLengthOf),
/* harmony export */   LU: () => (/* binding */ childrenOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   XM: () => (/* binding */ pathOf),
/* harmony export */   YT: () => (/* binding */ recordLength)
/* harmony export */ });
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(786);

/** The children of a directory, in the order of the tree. */
function childrenOf(tree, directory) {
    let count = 0;
    for (let child = directory + 1; child < tree.end[directory]; child = tree.end[child]) {
        count++;
    }
    const children = new Uint32Array(count);
    for (let child = directory + 1, i = 0; i < count; child = tree.end[child], i++) {
        children[i] = child;
    }
    return children;
}
/** The name of an entry. */
function nameOf(tree, entry) {
    return tree.names.subarray(tree.nameStart[entry], tree.nameStart[entry + 1]);
}
/** The path of an entry in the image, safe to print. */
function pathOf(tree, entry) {
    const names = [];
    for (let at = entry; at > 0; at = tree.parent[at]) {
        names.unshift((0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(nameOf(tree, at)));
    }
    return `/${names.join('/')}`;
}
/** Bytes of a directory entry with a name of `nameLength` bytes: 8 and the name, rounded up to 4 (`ext4_dir_rec_len`). */
function recordLength(nameLength) {
    return (8 + nameLength + 3) & ~3;
}
/** Bytes of the directory entry that names `entry`. */
function recordLengthOf(tree, entry) {
    return recordLength(tree.nameStart[entry + 1] - tree.nameStart[entry]);
}


/***/ }),

/***/ 2388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lM: () => (/* binding */ LEAF_BYTES),
  Tz: () => (/* binding */ LOST_AND_FOUND_BLOCKS),
  I4: () => (/* binding */ layOutDirectory)
});

// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./ext4/format/offsets.js
var offsets = __webpack_require__(6527);
// EXTERNAL MODULE: ./ext4/directory/children.js
var directory_children = __webpack_require__(4060);
;// CONCATENATED MODULE: ./ext4/directory/hash.js
/**
 * The half MD4 hash of a name as signed bytes, for indexed directories: `ext4fs_dirhash` of the kernel's
 * `fs/ext4/hash.c` with `DX_HASH_HALF_MD4`. `seed` is `s_hash_seed`; a seed of zeros means the built-in one.
 */
function directoryHash(name, seed) {
    const state = new Int32Array(seed.some((word) => word !== 0) ? seed : BUILT_IN_SEED);
    const words = new Int32Array(8);
    for (let start = 0; start < name.length; start += CHUNK_BYTES) {
        fillWords(words, name, start);
        transform(state, words);
    }
    const major = (state[1] & ~1) >>> 0;
    return { major: major === END_OF_DIRECTORY ? END_OF_DIRECTORY - 2 : major, minor: state[2] >>> 0 };
}
const BUILT_IN_SEED = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const CHUNK_BYTES = 32;
/** The kernel reserves this value for the end of a directory. */
const END_OF_DIRECTORY = 0xfffffffe;
/** `str2hashbuf_signed`: packs the next 32 bytes big-endian, and pads them with the number of bytes that remain. */
function fillWords(words, name, start) {
    const remaining = name.length - start;
    const lengthTwice = remaining | (remaining << 8);
    const padding = lengthTwice | (lengthTwice << 16);
    const taken = Math.min(remaining, CHUNK_BYTES);
    let word = 0;
    let value = padding;
    for (let i = 0; i < taken; i++) {
        value = (((name[start + i] << 24) >> 24) + (value << 8)) | 0;
        if (i % 4 === 3) {
            words[word++] = value;
            value = padding;
        }
    }
    if (word < words.length) {
        words[word++] = value;
    }
    while (word < words.length) {
        words[word++] = padding;
    }
}
/** `half_md4_transform`: three rounds of eight steps. */
function transform(state, x) {
    let [a, b, c, d] = state;
    const step = (sum, shift) => (sum << shift) | (sum >>> (32 - shift));
    const f = (p, q, r) => r ^ (p & (q ^ r));
    const g = (p, q, r) => (p & q) + ((p ^ q) & r);
    for (let i = 0; i < 8; i += 4) {
        a = step((a + f(b, c, d) + x[i]) | 0, 3);
        d = step((d + f(a, b, c) + x[i + 1]) | 0, 7);
        c = step((c + f(d, a, b) + x[i + 2]) | 0, 11);
        b = step((b + f(c, d, a) + x[i + 3]) | 0, 19);
    }
    for (const i of [1, 0]) {
        a = step((a + g(b, c, d) + x[i] + 0x5a827999) | 0, 3);
        d = step((d + g(a, b, c) + x[i + 2] + 0x5a827999) | 0, 5);
        c = step((c + g(d, a, b) + x[i + 4] + 0x5a827999) | 0, 9);
        b = step((b + g(c, d, a) + x[i + 6] + 0x5a827999) | 0, 13);
    }
    for (const i of [3, 1]) {
        a = step((a + (b ^ c ^ d) + x[i] + 0x6ed9eba1) | 0, 3);
        d = step((d + (a ^ b ^ c) + x[i + 4] + 0x6ed9eba1) | 0, 9);
        c = step((c + (d ^ a ^ b) + x[i - 1] + 0x6ed9eba1) | 0, 11);
        b = step((b + (c ^ d ^ a) + x[i + 3] + 0x6ed9eba1) | 0, 15);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

;// CONCATENATED MODULE: ./ext4/directory/pack.js
/**
 * How the entries of a directory are distributed over its blocks. A directory that fits in one block is linear; a larger
 * one is a hash tree: block 0 is the root, then follow the inner blocks (in a tree of two levels) and the leaves.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst` and `fs/ext4/namei.c`.
 */





/** Bytes of a leaf block that entries can use. */
const LEAF_BYTES = constants/* BLOCK_SIZE */.cS - offsets/* DIRECTORY_TAIL */.Bn.size;
/** Blocks of `/lost+found`, allocated in advance as mke2fs does: e2fsck may need them on a full filesystem. */
const LOST_AND_FOUND_BLOCKS = 4;
/** Lays out a directory of the tree. Throws a `UserError` if it needs more leaves than an index of two levels has. */
function layOutDirectory(tree, directory, hashSeed) {
    const children = (0,directory_children/* childrenOf */.LU)(tree, directory);
    let bytes = (0,directory_children/* recordLength */.YT)(1) + (0,directory_children/* recordLength */.YT)(2);
    for (const child of children) {
        bytes += (0,directory_children/* recordLengthOf */.Fg)(tree, child);
    }
    if (bytes <= LEAF_BYTES) {
        return { kind: 'linear', blocks: 1, children };
    }
    const layout = layOutHashTree(tree, children, hashSeed);
    if (layout.innerBlocks > offsets/* DX_LIMIT */.vH.root) {
        throw (0,user_error/* userError */.IF)({
            title: 'A directory is too large',
            message: `${(0,directory_children/* pathOf */.XM)(tree, directory)} has ${children.length} entries, which take ${layout.leafHash.length} blocks, but an ext4 ` +
                `directory has at most ${offsets/* DX_LIMIT */.vH.root * offsets/* DX_LIMIT */.vH.node} blocks of entries.`,
            remedy: 'Distribute its entries over several directories.',
        });
    }
    return layout;
}
/** Leaves are filled to four fifths, as `e2fsck -D` does, so that the first new name does not split one. */
const LEAF_FILL = Math.floor(LEAF_BYTES * 0.8);
function layOutHashTree(tree, children, hashSeed) {
    const hashes = Array.from(children, (child) => directoryHash((0,directory_children/* nameOf */.Vb)(tree, child), hashSeed));
    const order = Uint32Array.from(children.keys()).sort((a, b) => hashes[a].major - hashes[b].major || hashes[a].minor - hashes[b].minor || a - b);
    const leafStart = [0];
    const leafHash = [0];
    let filled = 0;
    for (let i = 0; i < order.length; i++) {
        const length = (0,directory_children/* recordLengthOf */.Fg)(tree, children[order[i]]);
        if (filled + length > LEAF_FILL) {
            const { major } = hashes[order[i]];
            leafStart.push(i);
            leafHash.push(major === hashes[order[i - 1]].major ? major + 1 : major);
            filled = 0;
        }
        filled += length;
    }
    leafStart.push(order.length);
    const leaves = leafHash.length;
    const innerBlocks = leaves > offsets/* DX_LIMIT */.vH.root ? Math.ceil(leaves / offsets/* DX_LIMIT */.vH.node) : 0;
    return {
        kind: 'hash-tree',
        blocks: 1 + innerBlocks + leaves,
        children: order.map((index) => children[index]),
        leafStart: Uint32Array.from(leafStart),
        leafHash: Uint32Array.from(leafHash),
        innerBlocks,
    };
}


/***/ }),

/***/ 5574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ SUPERBLOCK_SIZE),
/* harmony export */   $m: () => (/* binding */ DESCRIPTORS_PER_BLOCK),
/* harmony export */   Ad: () => (/* binding */ LINK_MAX),
/* harmony export */   BR: () => (/* binding */ EXTENT_MAX_BLOCKS),
/* harmony export */   Cw: () => (/* binding */ INCOMPAT),
/* harmony export */   DT: () => (/* binding */ EXTENT_MAGIC),
/* harmony export */   Fx: () => (/* binding */ GROUP_FLAG),
/* harmony export */   GA: () => (/* binding */ LOG_GROUPS_PER_FLEX),
/* harmony export */   Gl: () => (/* binding */ INODE_EXTENTS),
/* harmony export */   JF: () => (/* binding */ INODE_FLAG),
/* harmony export */   Jg: () => (/* binding */ LABEL_BYTES),
/* harmony export */   K0: () => (/* binding */ INODE_SIZE),
/* harmony export */   ND: () => (/* binding */ CHECKSUM_CRC32C),
/* harmony export */   Nr: () => (/* binding */ BLOCKS_PER_GROUP),
/* harmony export */   S2: () => (/* binding */ INODE),
/* harmony export */   Td: () => (/* binding */ SUPERBLOCK_MAGIC),
/* harmony export */   Uv: () => (/* binding */ DESCRIPTOR_SIZE),
/* harmony export */   Zp: () => (/* binding */ FAST_SYMLINK_LIMIT),
/* harmony export */   b6: () => (/* binding */ INODES_PER_BLOCK),
/* harmony export */   bJ: () => (/* binding */ LOG_BLOCK_SIZE),
/* harmony export */   cQ: () => (/* binding */ SECTORS_PER_BLOCK),
/* harmony export */   cS: () => (/* binding */ BLOCK_SIZE),
/* harmony export */   dS: () => (/* binding */ GROUPS_PER_FLEX),
/* harmony export */   fh: () => (/* binding */ SYMLINK_MAX),
/* harmony export */   fu: () => (/* binding */ HASH_HALF_MD4),
/* harmony export */   g: () => (/* binding */ MODE),
/* harmony export */   g$: () => (/* binding */ EXTRA_ISIZE),
/* harmony export */   iq: () => (/* binding */ FILE_SIZE_MAX),
/* harmony export */   lW: () => (/* binding */ FLAG_SIGNED_HASH),
/* harmony export */   nZ: () => (/* binding */ RO_COMPAT),
/* harmony export */   ow: () => (/* binding */ JOURNAL_SUPERBLOCK_V2),
/* harmony export */   oz: () => (/* binding */ JOURNAL_MAGIC),
/* harmony export */   sl: () => (/* binding */ FILE_TYPE),
/* harmony export */   vS: () => (/* binding */ COMPAT),
/* harmony export */   wd: () => (/* binding */ PRIMARY_SUPERBLOCK_OFFSET),
/* harmony export */   wv: () => (/* binding */ BLOCK_EXTENTS)
/* harmony export */ });
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9024);
/**
 * Constants of the ext4 on-disk format, for the one profile this project writes and reads:
 * 4 KiB blocks, 256-byte inodes, 64-byte group descriptors, metadata_csum.
 *
 * Sources: Linux `Documentation/filesystems/ext4/`, `fs/ext4/ext4.h`, `include/linux/jbd2.h`,
 * and e2fsprogs `lib/ext2fs/ext2_fs.h`.
 */

/** Bytes of a block. */
const BLOCK_SIZE = 4096;
/** `s_log_block_size`: the block size is 1024 << this. */
const LOG_BLOCK_SIZE = 2;
/** Blocks in a group: one bitmap block has a bit for each. */
const BLOCKS_PER_GROUP = 8 * BLOCK_SIZE;
/** Bytes of an inode in the table. */
const INODE_SIZE = 256;
const INODES_PER_BLOCK = BLOCK_SIZE / INODE_SIZE;
/** `i_extra_isize`: bytes of the inode used beyond the first 128. */
const EXTRA_ISIZE = 32;
/** Bytes of a group descriptor with the 64bit feature. */
const DESCRIPTOR_SIZE = 64;
const DESCRIPTORS_PER_BLOCK = BLOCK_SIZE / DESCRIPTOR_SIZE;
/** `s_log_groups_per_flex`: the bitmaps and inode tables of 16 groups are stored together. */
const LOG_GROUPS_PER_FLEX = 4;
const GROUPS_PER_FLEX = 1 << LOG_GROUPS_PER_FLEX;
/** Sectors of a block: `i_blocks` counts in sectors. */
const SECTORS_PER_BLOCK = BLOCK_SIZE / _bytes_source_js__WEBPACK_IMPORTED_MODULE_0__/* .SECTOR_SIZE */ .t4;
/** Bytes of block 0 before the primary superblock. A backup is at the start of its block. */
const PRIMARY_SUPERBLOCK_OFFSET = 1024;
const SUPERBLOCK_SIZE = 1024;
const SUPERBLOCK_MAGIC = 0xef53;
const EXTENT_MAGIC = 0xf30a;
/** `h_magic` of a journal block. Integers in the journal are big-endian. */
const JOURNAL_MAGIC = 0xc03b3998;
/** `h_blocktype` of a version 2 journal superblock. */
const JOURNAL_SUPERBLOCK_V2 = 4;
/** Inode numbers with a meaning of their own. */
const INODE = { root: 2, resize: 7, journal: 8, firstFree: 11, lostAndFound: 11 };
/** `EXT4_LINK_MAX`: the most links of an inode. A directory with more subdirectories than that has the link count 1. */
const LINK_MAX = 65_000;
/** Most blocks in one extent; larger values of `ee_len` mean an unwritten extent. */
const EXTENT_MAX_BLOCKS = 32_768;
/** Bytes of the largest file: its blocks have numbers of 32 bits, and the last number stays unused (`EXT_MAX_BLOCKS`). */
const FILE_SIZE_MAX = (2 ** 32 - 1) * BLOCK_SIZE;
/** Extents that fit in the inode, and in a block of an extent tree. */
const INODE_EXTENTS = 4;
const BLOCK_EXTENTS = 340;
/** A symlink target shorter than this is stored in the inode. */
const FAST_SYMLINK_LIMIT = 60;
/** Bytes of the longest symlink target: with its terminating NUL it fills a block (`PATH_MAX`). */
const SYMLINK_MAX = BLOCK_SIZE - 1;
/** Bytes of `s_volume_name`, and so of the longest volume label. */
const LABEL_BYTES = 16;
/** File type bits of `i_mode`. */
const MODE = { typeMask: 0o170000, regular: 0o100000, directory: 0o040000, symlink: 0o120000 };
/** `file_type` of a directory entry; `checksum` marks the tail of a leaf block. */
const FILE_TYPE = { regular: 1, directory: 2, symlink: 7, checksum: 0xde };
/** `i_flags` bits: a directory with a hash index, and a block map made of extents. */
const INODE_FLAG = { index: 0x1000, extents: 0x80000 };
/** `bg_flags` bits. */
const GROUP_FLAG = { inodeUninit: 1, blockUninit: 2, inodeZeroed: 4 };
/** `s_feature_compat` bits written. */
const COMPAT = { hasJournal: 0x4, extAttr: 0x8, resizeInode: 0x10, dirIndex: 0x20 };
/** `s_feature_incompat` bits written. */
const INCOMPAT = { filetype: 0x2, extents: 0x40, bits64: 0x80, flexBg: 0x200 };
/** `s_feature_ro_compat` bits written. */
const RO_COMPAT = {
    sparseSuper: 0x1,
    largeFile: 0x2,
    hugeFile: 0x8,
    dirNlink: 0x20,
    extraIsize: 0x40,
    metadataCsum: 0x400,
};
/** `s_def_hash_version` and `dx_root.hash_version`: half MD4. `s_flags` says whether names are signed bytes. */
const HASH_HALF_MD4 = 1;
/** `s_flags`: directory hashes are of names as signed bytes. */
const FLAG_SIGNED_HASH = 1;
/** `s_checksum_type`: CRC-32C. */
const CHECKSUM_CRC32C = 1;


/***/ }),

/***/ 3507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ crc32c),
/* harmony export */   q: () => (/* binding */ crc32cOfU32)
/* harmony export */ });
/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) as ext4 uses it: the caller passes the initial value, and neither
 * it nor the result is inverted (`ext2fs_crc32c_le` of e2fsprogs, `ext4_chksum` of the kernel). Eight tables process eight
 * bytes at a time, and four process a run of zeros: most of the metadata is zeros.
 */
const TABLES = makeTables();
/** Bytes of a run of zeros. */
const RUN_BYTES = 256;
const RUN_TABLES = makeRunTables();
/** Extends the checksum `crc` by `bytes` and returns it as an unsigned 32-bit number. */
function crc32c(crc, bytes) {
    const { length } = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    let value = crc | 0;
    let at = 0;
    for (; at + RUN_BYTES <= length; at += RUN_BYTES) {
        value = isRun(view, at) ? addRun(value) : add(value, view, at, at + RUN_BYTES);
    }
    return add(value, view, at, length) >>> 0;
}
function isRun(view, start) {
    for (let at = start; at < start + RUN_BYTES; at += 8) {
        if ((view.getInt32(at, true) | view.getInt32(at + 4, true)) !== 0) {
            return false;
        }
    }
    return true;
}
/** Extends a checksum by a run of zeros, which changes each bit of it in a fixed way, whatever the others are. */
function addRun(value) {
    const [t0, t1, t2, t3] = RUN_TABLES;
    return t0[value & 0xff] ^ t1[(value >>> 8) & 0xff] ^ t2[(value >>> 16) & 0xff] ^ t3[value >>> 24];
}
function add(crc, view, start, end) {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
    let value = crc;
    let at = start;
    for (const last = end - 7; at < last; at += 8) {
        value ^= view.getInt32(at, true);
        const next = view.getInt32(at + 4, true);
        value =
            t7[value & 0xff] ^
                t6[(value >>> 8) & 0xff] ^
                t5[(value >>> 16) & 0xff] ^
                t4[value >>> 24] ^
                t3[next & 0xff] ^
                t2[(next >>> 8) & 0xff] ^
                t1[(next >>> 16) & 0xff] ^
                t0[next >>> 24];
    }
    for (; at < end; at++) {
        value = (value >>> 8) ^ t0[(value ^ view.getUint8(at)) & 0xff];
    }
    return value;
}
/** Extends the checksum `crc` by a 32-bit little-endian number, such as an inode number or a generation. */
function crc32cOfU32(crc, number) {
    const [t0] = TABLES;
    let value = crc | 0;
    for (let shift = 0; shift < 32; shift += 8) {
        value = (value >>> 8) ^ t0[(value ^ (number >>> shift)) & 0xff];
    }
    return value >>> 0;
}
function makeTables() {
    const first = new Int32Array(256);
    for (let byte = 0; byte < 256; byte++) {
        let value = byte;
        for (let bit = 0; bit < 8; bit++) {
            value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
        }
        first[byte] = value;
    }
    const next = (table) => table.map((value) => (value >>> 8) ^ first[value & 0xff]);
    const t1 = next(first);
    const t2 = next(t1);
    const t3 = next(t2);
    const t4 = next(t3);
    const t5 = next(t4);
    const t6 = next(t5);
    return [first, t1, t2, t3, t4, t5, t6, next(t6)];
}
/** For each byte of a checksum, what it becomes after a run of zeros. */
function makeRunTables() {
    const zeros = new DataView(new ArrayBuffer(RUN_BYTES));
    const tableOf = (shift) => {
        const table = new Int32Array(256);
        for (let bit = 1; bit < 256; bit *= 2) {
            const changed = add(bit << shift, zeros, 0, RUN_BYTES);
            for (let below = 0; below < bit; below++) {
                table[bit + below] = changed ^ table[below];
            }
        }
        return table;
    };
    return [tableOf(0), tableOf(8), tableOf(16), tableOf(24)];
}


/***/ }),

/***/ 6527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AR: () => (/* binding */ GROUP_DESCRIPTOR),
/* harmony export */   Bn: () => (/* binding */ DIRECTORY_TAIL),
/* harmony export */   CQ: () => (/* binding */ DOUBLE_INDIRECT_WORD),
/* harmony export */   Fn: () => (/* binding */ INODE_FIELD),
/* harmony export */   Fp: () => (/* binding */ DIRECTORY_ENTRY),
/* harmony export */   G$: () => (/* binding */ DX_ROOT),
/* harmony export */   JC: () => (/* binding */ EXTENT),
/* harmony export */   Kn: () => (/* binding */ EXTENT_INDEX),
/* harmony export */   Mg: () => (/* binding */ EXTENT_TAIL_OFFSET),
/* harmony export */   Nq: () => (/* binding */ SUPERBLOCK),
/* harmony export */   Nx: () => (/* binding */ EXTENT_HEADER),
/* harmony export */   W7: () => (/* binding */ DX_NODE),
/* harmony export */   mF: () => (/* binding */ DX_ENTRY),
/* harmony export */   ob: () => (/* binding */ DX_TAIL),
/* harmony export */   vH: () => (/* binding */ DX_LIMIT),
/* harmony export */   xO: () => (/* binding */ JOURNAL_SUPERBLOCK)
/* harmony export */ });
/**
 * Byte offsets of the fields of each ext4 structure, shared by the writer and the reader. Integers are little-endian,
 * except in the journal superblock. Names are those of the kernel's documentation, without the prefix.
 *
 * Sources: Linux `Documentation/filesystems/ext4/{super,group_descr,inodes,ifork,directory,journal}.rst`, and
 * `fs/ext4/namei.c` where those are wrong (`dx_node`).
 */
/** `struct ext4_super_block`, 1024 bytes. */
const SUPERBLOCK = {
    inodesCount: 0x00, // u32
    blocksCountLo: 0x04, // u32
    rBlocksCountLo: 0x08, // u32
    freeBlocksCountLo: 0x0c, // u32
    freeInodesCount: 0x10, // u32
    firstDataBlock: 0x14, // u32
    logBlockSize: 0x18, // u32
    logClusterSize: 0x1c, // u32
    blocksPerGroup: 0x20, // u32
    clustersPerGroup: 0x24, // u32
    inodesPerGroup: 0x28, // u32
    mtime: 0x2c, // u32
    wtime: 0x30, // u32
    mntCount: 0x34, // u16
    maxMntCount: 0x36, // u16
    magic: 0x38, // u16
    state: 0x3a, // u16
    errors: 0x3c, // u16
    minorRevLevel: 0x3e, // u16
    lastcheck: 0x40, // u32
    checkinterval: 0x44, // u32
    creatorOs: 0x48, // u32
    revLevel: 0x4c, // u32
    defResuid: 0x50, // u16
    defResgid: 0x52, // u16
    firstIno: 0x54, // u32
    inodeSize: 0x58, // u16
    blockGroupNr: 0x5a, // u16
    featureCompat: 0x5c, // u32
    featureIncompat: 0x60, // u32
    featureRoCompat: 0x64, // u32
    uuid: 0x68, // 16 bytes
    volumeName: 0x78, // 16 bytes
    reservedGdtBlocks: 0xce, // u16
    journalUuid: 0xd0, // 16 bytes
    journalInum: 0xe0, // u32
    hashSeed: 0xec, // 4 x u32
    defHashVersion: 0xfc, // u8
    jnlBackupType: 0xfd, // u8
    descSize: 0xfe, // u16
    defaultMountOpts: 0x100, // u32
    firstMetaBg: 0x104, // u32
    mkfsTime: 0x108, // u32
    jnlBlocks: 0x10c, // 17 x u32: i_block[15], i_size_high, i_size
    blocksCountHi: 0x150, // u32
    rBlocksCountHi: 0x154, // u32
    freeBlocksCountHi: 0x158, // u32
    minExtraIsize: 0x15c, // u16
    wantExtraIsize: 0x15e, // u16
    flags: 0x160, // u32
    logGroupsPerFlex: 0x174, // u8
    checksumType: 0x175, // u8
    kbytesWritten: 0x178, // u64
    overheadClusters: 0x248, // u32
    checksum: 0x3fc, // u32, over everything before it
};
/** `struct ext4_group_desc`, 64 bytes. */
const GROUP_DESCRIPTOR = {
    blockBitmapLo: 0x00, // u32
    inodeBitmapLo: 0x04, // u32
    inodeTableLo: 0x08, // u32
    freeBlocksCountLo: 0x0c, // u16
    freeInodesCountLo: 0x0e, // u16
    usedDirsCountLo: 0x10, // u16
    flags: 0x12, // u16
    blockBitmapCsumLo: 0x18, // u16
    inodeBitmapCsumLo: 0x1a, // u16
    itableUnusedLo: 0x1c, // u16
    checksum: 0x1e, // u16
    blockBitmapHi: 0x20, // u32
    inodeBitmapHi: 0x24, // u32
    inodeTableHi: 0x28, // u32
    freeBlocksCountHi: 0x2c, // u16
    freeInodesCountHi: 0x2e, // u16
    usedDirsCountHi: 0x30, // u16
    itableUnusedHi: 0x32, // u16
    blockBitmapCsumHi: 0x38, // u16
    inodeBitmapCsumHi: 0x3a, // u16
};
/** `struct ext4_inode`, 256 bytes. */
const INODE_FIELD = {
    mode: 0x00, // u16
    uidLo: 0x02, // u16
    sizeLo: 0x04, // u32
    atime: 0x08, // u32
    ctime: 0x0c, // u32
    mtime: 0x10, // u32
    dtime: 0x14, // u32
    gidLo: 0x18, // u16
    linksCount: 0x1a, // u16
    blocksLo: 0x1c, // u32, in sectors
    flags: 0x20, // u32
    block: 0x28, // 60 bytes: block map, extent root, or symlink target
    generation: 0x64, // u32
    sizeHi: 0x6c, // u32
    blocksHi: 0x74, // u16
    uidHi: 0x78, // u16
    gidHi: 0x7a, // u16
    checksumLo: 0x7c, // u16
    extraIsize: 0x80, // u16
    checksumHi: 0x82, // u16
    crtime: 0x90, // u32
};
/** Index in `i_block` of the double-indirect pointer, in u32 words. */
const DOUBLE_INDIRECT_WORD = 13;
/** `struct ext4_extent_header`, 12 bytes, then entries of 12 bytes each. */
const EXTENT_HEADER = { magic: 0, entries: 2, max: 4, depth: 6, generation: 8, size: 12 };
/** `struct ext4_extent`. */
const EXTENT = { block: 0, len: 4, startHi: 6, startLo: 8, size: 12 };
/** `struct ext4_extent_idx`. */
const EXTENT_INDEX = { block: 0, leafLo: 4, leafHi: 8, size: 12 };
/** `struct ext4_extent_tail`: after the space for entries in an extent block. */
const EXTENT_TAIL_OFFSET = 4092;
/** `struct ext4_dir_entry_2`; `rec_len` is a multiple of 4. */
const DIRECTORY_ENTRY = { inode: 0, recLen: 4, nameLen: 6, fileType: 7, name: 8 };
/** `struct ext4_dir_entry_tail`: the last 12 bytes of a leaf block, of which the last four are the checksum. */
const DIRECTORY_TAIL = { size: 12, checksum: 8 };
/** `struct dx_root`: the entries '.' and '..', the hash information, then limit and count, then entries of 8 bytes. */
const DX_ROOT = { hashVersion: 0x1c, infoLength: 0x1d, indirectLevels: 0x1e, countLimit: 0x20 };
/** `struct dx_node`: one unused entry that spans the block, then limit and count, then entries. */
const DX_NODE = { countLimit: 0x08 };
/** `struct dx_entry`; the first entry of a block has limit and count in place of the hash. */
const DX_ENTRY = { limit: 0, count: 2, hash: 0, block: 4, size: 8 };
/** Entries that fit in a root and in an inner block; e2fsck requires exactly these limits. */
const DX_LIMIT = { root: 507, node: 510 };
/** `struct dx_tail`, right after `limit` entries: a reserved word, then the checksum. */
const DX_TAIL = { checksum: 4 };
/** `journal_superblock_t`, big-endian. */
const JOURNAL_SUPERBLOCK = {
    magic: 0x00,
    blockType: 0x04,
    blockSize: 0x0c,
    maxLen: 0x10,
    first: 0x14,
    sequence: 0x18,
    start: 0x1c,
    uuid: 0x30,
    nrUsers: 0x40,
};


/***/ }),

/***/ 4714:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BH: () => (/* binding */ dataRuns),
/* harmony export */   Tk: () => (/* binding */ dataBlocks),
/* harmony export */   f1: () => (/* binding */ wholeRun),
/* harmony export */   z0: () => (/* binding */ sparseRuns)
/* harmony export */ });
/* harmony import */ var _bytes_search_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2657);
/* harmony import */ var _format_constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5574);


/** The runs of blocks of a regular file that have data, ascending. All other blocks up to its size are holes. */
function dataRuns(tree, entry) {
    return sparseRuns(tree, entry) ?? wholeRun(Math.ceil(tree.size[entry] / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCK_SIZE */ .cS));
}
/** The number of blocks of a regular file that have data. */
function dataBlocks(tree, entry) {
    const runs = sparseRuns(tree, entry);
    return runs === undefined
        ? Math.ceil(tree.size[entry] / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCK_SIZE */ .cS)
        : runs.reduce((sum, { length }) => sum + length, 0);
}
/** As `dataRuns`; `undefined` for an entry without holes. */
function sparseRuns({ sparse }, entry) {
    const { entry: entries, firstRun, start, length } = sparse;
    const at = (0,_bytes_search_js__WEBPACK_IMPORTED_MODULE_1__/* .firstAfter */ .P)(entries.length, (i) => entries[i], entry) - 1;
    if (at < 0 || entries[at] !== entry) {
        return undefined;
    }
    const first = firstRun[at];
    return Array.from({ length: firstRun[at + 1] - first }, (_, i) => ({
        start: start[first + i],
        length: length[first + i],
    }));
}
/** The run of all blocks of an inode without holes. */
function wholeRun(blocks) {
    return blocks === 0 ? [] : [{ start: 0, length: blocks }];
}


/***/ }),

/***/ 6354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g7: () => (/* binding */ treeOf),
/* harmony export */   lj: () => (/* binding */ nodeBlocks),
/* harmony export */   w_: () => (/* binding */ createExtentAllocator)
/* harmony export */ });
/* harmony import */ var _bytes_search_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2657);
/* harmony import */ var _format_constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5574);


/**
 * Creates an allocator that takes the blocks of one inode after the other from `cursor`.
 *
 * @param runs the most runs that blocks are allocated to.
 * @param lastInode the highest inode number.
 * @param breaks the most extents beyond one for each run.
 */
function createExtentAllocator(cursor, runs, lastInode, breaks) {
    const table = createTable(runs + breaks, lastInode);
    const trees = [];
    let count = 0;
    const allocateRun = (inode, { start, length }) => {
        let done = 0;
        while (done < length) {
            const run = cursor.take(Math.min(length - done, _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENT_MAX_BLOCKS */ .BR));
            if (run === undefined) {
                return false;
            }
            table.physical[count] = run.start;
            table.logical[count] = start + done;
            table.length[count] = run.length;
            table.inode[count] = inode;
            count++;
            done += run.length;
        }
        return true;
    };
    return {
        allocate(inode, dataRuns) {
            table.first[inode] = count;
            if (!dataRuns.every((run) => allocateRun(inode, run))) {
                return false;
            }
            table.countOf[inode] = count - table.first[inode];
            if (table.countOf[inode] <= _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE_EXTENTS */ .Gl) {
                return true;
            }
            const levels = allocateTree(cursor, table.first[inode], table.countOf[inode]);
            if (levels === undefined) {
                return false;
            }
            trees.push({ inode, levels });
            return true;
        },
        finish: () => ({ ...table, count, trees: trees.toSorted((a, b) => a.inode - b.inode) }),
    };
}
function createTable(capacity, lastInode) {
    return {
        physical: sharedU32(capacity),
        logical: sharedU32(capacity),
        length: sharedU32(capacity),
        inode: sharedU32(capacity),
        first: sharedU32(lastInode + 1),
        countOf: sharedU32(lastInode + 1),
    };
}
/** The extent tree of an inode; `undefined` if its extents fit in the inode. */
function treeOf(extents, inode) {
    const { countOf, trees } = extents;
    return countOf[inode] <= _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE_EXTENTS */ .Gl
        ? undefined
        : trees[(0,_bytes_search_js__WEBPACK_IMPORTED_MODULE_1__/* .firstAfter */ .P)(trees.length, (at) => trees[at].inode, inode) - 1];
}
/** Number of blocks of a tree. */
function nodeBlocks(tree) {
    return tree === undefined ? 0 : tree.levels.reduce((sum, level) => sum + level.length, 0);
}
/** Allocates the blocks of a tree, right after the data that they map; `undefined` if there is too little space. */
function allocateTree(cursor, first, count) {
    const levels = [];
    let start = first;
    let entries = count;
    while (entries > _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE_EXTENTS */ .Gl) {
        const level = [];
        for (let done = 0; done < entries; done += _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCK_EXTENTS */ .wv) {
            const run = cursor.take(1);
            if (run === undefined) {
                return undefined;
            }
            level.push({ block: run.start, first: start + done, count: Math.min(_format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCK_EXTENTS */ .wv, entries - done) });
        }
        levels.push(level);
        start = 0;
        entries = level.length;
    }
    return levels;
}
function sharedU32(length) {
    return new Uint32Array(new SharedArrayBuffer(length * 4));
}


/***/ }),

/***/ 3887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MW: () => (/* binding */ metadataRuns),
/* harmony export */   Wl: () => (/* binding */ planGeometry),
/* harmony export */   ah: () => (/* binding */ MAX_INODES_PER_GROUP),
/* harmony export */   om: () => (/* binding */ MAX_GROUPS),
/* harmony export */   y6: () => (/* binding */ superblockRunBlocks)
/* harmony export */ });
/* harmony import */ var _format_constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5574);
/**
 * The locations of the metadata of a filesystem with a given number of block groups, in blocks.
 *
 * Sources: Linux `Documentation/filesystems/ext4/{blockgroup,special_inodes}.rst`, e2fsprogs
 * `lib/ext2fs/{initialize,alloc_tables,closefs}.c`.
 */

/** Groups of the largest filesystem that this project writes, and up to which a mounted one can grow: 2 TiB. */
const MAX_GROUPS = 16_384;
/** The most inodes of a group: their bitmap is one block. */
const MAX_INODES_PER_GROUP = _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKS_PER_GROUP */ .Nr;
/**
 * The number of inodes per group never changes, also in groups that are added as the filesystem grows. An image of few
 * files therefore has as many as mke2fs creates by default: one for each 16 KiB.
 */
const MIN_INODES_PER_GROUP = 8192;
/** Computes the geometry of `groups` groups with at least `inodes` inodes in total. */
function planGeometry(groups, inodes) {
    const inodesPerGroup = Math.max(MIN_INODES_PER_GROUP, roundUp(Math.ceil(inodes / groups), _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODES_PER_BLOCK */ .b6));
    const descriptorBlocks = Math.ceil(groups / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .DESCRIPTORS_PER_BLOCK */ .$m);
    const reservedDescriptorBlocks = MAX_GROUPS / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .DESCRIPTORS_PER_BLOCK */ .$m - descriptorBlocks;
    const backupGroups = groupsWithSuperblock(groups);
    const inodeTableBlocks = inodesPerGroup / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODES_PER_BLOCK */ .b6;
    const backupBlocks = 1 + descriptorBlocks + reservedDescriptorBlocks;
    return {
        groups,
        inodesPerGroup,
        inodeTableBlocks,
        descriptorBlocks,
        reservedDescriptorBlocks,
        journalBlocks: journalBlocks(groups),
        backupGroups,
        ...placeTables(groups, inodeTableBlocks, backupGroups, backupBlocks),
    };
}
/** Blocks at the start of a group with a superblock: the superblock, the descriptor table and its reserved blocks. */
function superblockRunBlocks(geometry) {
    return 1 + geometry.descriptorBlocks + geometry.reservedDescriptorBlocks;
}
/** All runs of blocks that hold the metadata of a geometry, ascending. */
function metadataRuns(geometry) {
    const length = superblockRunBlocks(geometry);
    const runs = geometry.backupGroups.map((group) => ({ start: group * _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKS_PER_GROUP */ .Nr, length }));
    for (let group = 0; group < geometry.groups; group++) {
        runs.push({ start: geometry.blockBitmap[group], length: 1 });
        runs.push({ start: geometry.inodeBitmap[group], length: 1 });
        runs.push({ start: geometry.inodeTable[group], length: geometry.inodeTableBlocks });
    }
    return runs.sort((a, b) => a.start - b.start);
}
/** sparse_super: groups 0 and 1 and the powers of 3, 5 and 7 have a superblock. */
function groupsWithSuperblock(groups) {
    const found = new Set([0, 1]);
    for (const base of [3, 5, 7]) {
        for (let power = base; power < groups; power *= base) {
            found.add(power);
        }
    }
    return [...found].filter((group) => group < groups).sort((a, b) => a - b);
}
/**
 * The journal sizes of mke2fs by the size of the filesystem, but between 16 and 128 MiB. Not less: to grow a mounted
 * filesystem, the kernel needs `reservedDescriptorBlocks + 8` credits in one transaction, which may take up to a quarter
 * of the journal.
 */
function journalBlocks(groups) {
    if (groups <= 8) {
        return 4096;
    }
    if (groups <= 16) {
        return 8192;
    }
    return groups <= 128 ? 16_384 : 32_768;
}
/**
 * flex_bg: the bitmaps and inode tables of 16 groups are stored together at the start of the first of these groups, after
 * its superblock if it has one. A table that would overlap the superblock of a later group begins after that.
 */
function placeTables(groups, inodeTableBlocks, backupGroups, backupBlocks) {
    const blockBitmap = new Uint32Array(new SharedArrayBuffer(groups * 4));
    const inodeBitmap = new Uint32Array(new SharedArrayBuffer(groups * 4));
    const inodeTable = new Uint32Array(new SharedArrayBuffer(groups * 4));
    const backups = new Set(backupGroups);
    let cursor = 0;
    /** Where the superblock run ends in the group in which a table of `length` blocks at the cursor would end. */
    const superblockEnd = (length) => {
        const group = Math.floor((cursor + length - 1) / _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKS_PER_GROUP */ .Nr);
        return backups.has(group) ? group * _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKS_PER_GROUP */ .Nr + backupBlocks : 0;
    };
    const place = (length) => {
        while (cursor < superblockEnd(length)) {
            cursor = superblockEnd(length);
        }
        const start = cursor;
        cursor += length;
        return start;
    };
    for (let first = 0; first < groups; first += _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUPS_PER_FLEX */ .dS) {
        cursor = first * _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKS_PER_GROUP */ .Nr;
        const end = Math.min(first + _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUPS_PER_FLEX */ .dS, groups);
        for (let group = first; group < end; group++) {
            blockBitmap[group] = place(1);
        }
        for (let group = first; group < end; group++) {
            inodeBitmap[group] = place(1);
        }
        for (let group = first; group < end; group++) {
            inodeTable[group] = place(inodeTableBlocks);
        }
    }
    return { blockBitmap, inodeBitmap, inodeTable };
}
function roundUp(value, unit) {
    return Math.ceil(value / unit) * unit;
}


/***/ }),

/***/ 5783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ numberInodes),
/* harmony export */   z: () => (/* binding */ NO_ENTRY)
/* harmony export */ });
/* harmony import */ var _format_constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5574);

/** The entry of an inode that has none. */
const NO_ENTRY = 0xffffffff;
const LOST_AND_FOUND = Buffer.from('lost+found');
/**
 * Numbers the inodes: 2 for the root, 11 for /lost+found, and from 12 on for the other entries, in the order of the tree.
 * Throws an error if the tree has no empty directory /lost+found, or a file has more than `LINK_MAX` names.
 */
function numberInodes(tree) {
    const lostAndFound = findLostAndFound(tree);
    const inodeOf = new Uint32Array(new SharedArrayBuffer(tree.count * 4));
    inodeOf[0] = _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE */ .S2.root;
    inodeOf[lostAndFound] = _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE */ .S2.lostAndFound;
    let last = _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .INODE */ .S2.lostAndFound;
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
function countLinks(tree, inodeOf, last) {
    const links = new Uint32Array(last + 1);
    for (let entry = 0; entry < tree.count; entry++) {
        links[inodeOf[entry]]++;
        if ((tree.mode[entry] & _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.typeMask) !== _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.directory) {
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
        if (count <= _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .LINK_MAX */ .Ad) {
            continue;
        }
        if ((tree.mode[entry] & _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.typeMask) !== _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.directory) {
            throw new Error(`A file has ${count} names, but an ext4 inode has at most ${_format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .LINK_MAX */ .Ad} links.`);
        }
        // dir_nlink: the count 1 means that a directory has more subdirectories than can be counted.
        stored[inodeOf[entry]] = 1;
    }
    return stored;
}
function findLostAndFound(tree) {
    for (let child = 1; child < tree.count; child = tree.end[child]) {
        const name = tree.names.subarray(tree.nameStart[child], tree.nameStart[child + 1]);
        if (!LOST_AND_FOUND.equals(name)) {
            continue;
        }
        const isDirectory = (tree.mode[child] & _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.typeMask) === _format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.directory;
        if (!isDirectory || tree.end[child] !== child + 1) {
            throw new Error('/lost+found must be an empty directory.');
        }
        return child;
    }
    throw new Error('The tree must have a directory /lost+found.');
}


/***/ }),

/***/ 5731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ createFatSource),
  e: () => (/* binding */ fatFreeRanges)
});

// EXTERNAL MODULE: ./bytes/bounds.js
var bounds = __webpack_require__(9388);
// EXTERNAL MODULE: ./bytes/search.js
var search = __webpack_require__(2657);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./fat/constants.js
var constants = __webpack_require__(6100);
// EXTERNAL MODULE: ./fat/structures/boot-sector.js
var boot_sector = __webpack_require__(9465);
;// CONCATENATED MODULE: ./fat/structures/table.js


/** Fills `target` with the entries of the table from entry `first` on. */
function encodeTable(target, first, bits, chains) {
    const width = bits / 8;
    const count = target.length / width;
    let chain = (0,search/* firstAfter */.P)(chains.length, (at) => chains[at], first);
    for (let i = 0; i < count; i++) {
        const cluster = first + i;
        while (chain < chains.length && chains[chain] <= cluster) {
            chain++;
        }
        target.writeUIntLE(entryOf(cluster, bits, chains, chain), i * width, width);
    }
}
/** The number of entries of the table that are not zero, which are the first ones. */
function usedEntries(chains) {
    return chains[chains.length - 1];
}
/** The entry of a cluster; `next` is the index of the first chain that begins after it. */
function entryOf(cluster, bits, chains, next) {
    // The two entries before the clusters: the media byte, and flags for a cleanly unmounted volume.
    if (cluster === 0) {
        return constants/* END_OF_CHAIN */.W2[bits] - 0xf8 + constants/* MEDIA_FIXED */.RJ;
    }
    if (cluster < constants/* FIRST_CLUSTER */.g9) {
        return constants/* CLUSTER_MASK */.mX[bits];
    }
    if (next === chains.length) {
        return 0;
    }
    return cluster + 1 === chains[next] ? constants/* END_OF_CHAIN */.W2[bits] : cluster + 1;
}

// EXTERNAL MODULE: ./fat/volume-layout.js
var volume_layout = __webpack_require__(4358);
;// CONCATENATED MODULE: ./fat/source.js







/** Creates the bytes of a planned FAT volume, with file contents from `readContents`. */
function createFatSource(plan, readContents) {
    const areas = listAreas(plan, readContents);
    const { size } = plan;
    return {
        size,
        read(target, offset) {
            (0,bounds/* checkBounds */.M)({ offset, length: target.length }, size, 'a FAT volume');
            const limit = offset + target.length;
            target.fill(0);
            for (const area of areas) {
                const from = Math.max(area.offset, offset);
                const to = Math.min(area.offset + area.length, limit);
                if (from < to) {
                    area.read(target.subarray(from - offset, to - offset), from - area.offset);
                }
            }
        },
        *dataRanges(within) {
            for (const { offset, length } of areas.flatMap(({ data }) => data)) {
                const from = Math.max(offset, within.offset);
                const to = Math.min(offset + length, within.offset + within.length);
                if (from < to) {
                    yield { offset: from, length: to - from };
                }
            }
        },
    };
}
/** The unused clusters and the unused end of the partition, as one range. */
function fatFreeRanges({ size, layout, chains }) {
    const clusterBytes = layout.sectorsPerCluster * source/* SECTOR_SIZE */.t4;
    const offset = dataStartOf(layout) + (usedEntries(chains) - constants/* FIRST_CLUSTER */.g9) * clusterBytes;
    return offset < size ? [{ offset, length: size - offset }] : [];
}
function dataStartOf({ reservedSectors, fatSectors, rootEntries }) {
    return (reservedSectors + volume_layout/* FATS */.vN * fatSectors) * source/* SECTOR_SIZE */.t4 + rootEntries * constants/* ENTRY_SIZE */.RY;
}
function listAreas(plan, readContents) {
    const { layout, reserved, chains, rootDirectory, directories } = plan;
    const tableStart = layout.reservedSectors * source/* SECTOR_SIZE */.t4;
    const tableBytes = layout.fatSectors * source/* SECTOR_SIZE */.t4;
    const dataStart = dataStartOf(layout);
    const rootStart = dataStart - rootDirectory.length;
    const clusterBytes = layout.sectorsPerCluster * source/* SECTOR_SIZE */.t4;
    const filesStart = dataStart + directories.length;
    const usedBytes = (usedEntries(chains) - constants/* FIRST_CLUSTER */.g9) * clusterBytes;
    const area = (offset, length, used, read) => ({
        offset,
        length,
        data: used === 0 ? [] : [{ offset, length: used }],
        read,
    });
    const copy = (bytes) => {
        return (target, position) => target.set(bytes.subarray(position, position + target.length));
    };
    const usedTable = wholeSectors((usedEntries(chains) * layout.bits) / 8);
    return [
        {
            ...area(0, reserved.length, 0, copy(reserved)),
            data: (0,boot_sector/* reservedRanges */.$)(layout),
        },
        ...Array.from({ length: volume_layout/* FATS */.vN }, (_, i) => area(tableStart + i * tableBytes, usedTable, usedTable, (target, position) => readTable(plan, target, position))),
        area(rootStart, rootDirectory.length, usedDirectory(rootDirectory), copy(rootDirectory)),
        area(dataStart, directories.length, directories.length, copy(directories)),
        area(filesStart, usedBytes - directories.length, usedBytes - directories.length, (target, position) => readFiles(plan, readContents, target, directories.length + position)),
    ];
}
/** Fills `target` with the bytes of the table from `position` on. */
function readTable({ layout, chains }, target, position) {
    const width = layout.bits / 8;
    const first = Math.floor(position / width);
    const end = Math.ceil((position + target.length) / width);
    const entries = Buffer.alloc((end - first) * width);
    encodeTable(entries, first, layout.bits, chains);
    target.set(entries.subarray(position - first * width).subarray(0, target.length));
}
/** Fills `target` with the bytes of files from `position` of the data area on. */
function readFiles(plan, readContents, target, position) {
    const { fileEntry, fileCluster, fileSize, layout } = plan;
    const clusterBytes = layout.sectorsPerCluster * source/* SECTOR_SIZE */.t4;
    const startOf = (file) => (fileCluster[file] - constants/* FIRST_CLUSTER */.g9) * clusterBytes;
    const limit = position + target.length;
    // The file before may include the position.
    const first = Math.max(0, (0,search/* firstAfter */.P)(fileCluster.length, startOf, position) - 1);
    for (let file = first; file < fileCluster.length; file++) {
        const start = startOf(file);
        if (start >= limit) {
            return;
        }
        const from = Math.max(start, position);
        const to = Math.min(start + fileSize[file], limit);
        if (from < to) {
            readContents(fileEntry[file], from - start, target.subarray(from - position, to - position));
        }
    }
}
/** Bytes of a directory up to the end of its last used sector. */
function usedDirectory(directory) {
    let end = directory.length;
    while (end > 0 && directory[end - constants/* ENTRY_SIZE */.RY] === 0) {
        end -= constants/* ENTRY_SIZE */.RY;
    }
    return wholeSectors(end);
}
function wholeSectors(bytes) {
    return Math.ceil(bytes / source/* SECTOR_SIZE */.t4) * source/* SECTOR_SIZE */.t4;
}


/***/ }),

/***/ 9465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ reservedRanges),
/* harmony export */   M: () => (/* binding */ encodeReservedSectors)
/* harmony export */ });
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9024);
/* harmony import */ var _constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6100);
/* harmony import */ var _volume_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4358);



/** Reserved sectors of FAT32. The backups of the boot sector and of FSInfo are `BACKUP_BOOT_SECTOR` sectors later. */
const FSINFO_SECTOR = 1;
const BACKUP_BOOT_SECTOR = 6;
const FIRST_HARD_DISK = 0x80;
/**
 * Encodes the boot sector, byte for byte as mkfs.vfat of dosfstools 4.2 writes it to a file, with its program that says that
 * the disk is not bootable.
 */
function encodeBootSector(layout, identity) {
    const sector = Buffer.alloc(_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    const bootCode = _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED_START */ .BF[layout.bits] + _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.bootCode;
    sector.set([JUMP_SHORT, bootCode - 2, NO_OPERATION], _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.jump);
    sector.write('mkfs.fat', _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.oemName, 'latin1');
    writeParameters(sector, layout);
    writeExtended(sector.subarray(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED_START */ .BF[layout.bits]), layout, identity);
    sector.set(BOOT_CODE, bootCode);
    sector.writeUInt16LE(LOAD_ADDRESS + bootCode + MESSAGE_START, bootCode + MESSAGE_ADDRESS);
    sector.write(MESSAGE, bootCode + MESSAGE_START, 'latin1');
    sector.writeUInt16LE(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BOOT_SIGNATURE */ .qk, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.signature);
    return sector;
}
function writeParameters(sector, layout) {
    const { bits, sectors, fatSectors } = layout;
    sector.writeUInt16LE(_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.bytesPerSector);
    sector[_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.sectorsPerCluster] = layout.sectorsPerCluster;
    sector.writeUInt16LE(layout.reservedSectors, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.reservedSectors);
    sector[_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.fats] = _volume_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .FATS */ .vN;
    sector.writeUInt16LE(layout.rootEntries, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.rootEntries);
    if (sectors < 0x10000) {
        sector.writeUInt16LE(sectors, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.totalSectors16);
    }
    else {
        sector.writeUInt32LE(sectors, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.totalSectors32);
    }
    sector[_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.media] = _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MEDIA_FIXED */ .RJ;
    sector.writeUInt16LE(layout.sectorsPerTrack, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.sectorsPerTrack);
    sector.writeUInt16LE(layout.heads, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.heads);
    if (bits === 16) {
        sector.writeUInt16LE(fatSectors, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB */ .ND.fatSectors16);
    }
    else {
        sector.writeUInt32LE(fatSectors, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB32 */ .aD.fatSectors32);
        sector.writeUInt32LE(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FIRST_CLUSTER */ .g9, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB32 */ .aD.rootCluster);
        sector.writeUInt16LE(FSINFO_SECTOR, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB32 */ .aD.fsInfoSector);
        sector.writeUInt16LE(BACKUP_BOOT_SECTOR, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BPB32 */ .aD.backupBootSector);
    }
}
function writeExtended(extended, { bits }, { volumeId, label }) {
    extended[_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.driveNumber] = FIRST_HARD_DISK;
    extended[_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.bootSignature] = _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED_SIGNATURE */ .nt;
    extended.writeUInt32LE(volumeId, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.volumeId);
    extended.set(label, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.label);
    extended.write(bits === 16 ? 'FAT16   ' : 'FAT32   ', _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .EXTENDED */ .Qz.type, 'latin1');
}
/** Encodes the reserved sectors: the boot sector, and for FAT32 also FSInfo and the backups of both. */
function encodeReservedSectors(layout, identity, usedClusters) {
    const reserved = Buffer.alloc(layout.reservedSectors * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    const boot = encodeBootSector(layout, identity);
    reserved.set(boot);
    if (layout.bits === 16) {
        return reserved;
    }
    const info = encodeFsInfo(layout.clusters - usedClusters, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FIRST_CLUSTER */ .g9 + usedClusters - 1);
    reserved.set(info, FSINFO_SECTOR * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    reserved.set(boot, BACKUP_BOOT_SECTOR * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    reserved.set(info, (BACKUP_BOOT_SECTOR + FSINFO_SECTOR) * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    return reserved;
}
/** The ranges of the reserved sectors that are not zero, in bytes. */
function reservedRanges({ bits }) {
    if (bits === 16) {
        return [{ offset: 0, length: _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4 }];
    }
    const length = (FSINFO_SECTOR + 1) * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4;
    return [
        { offset: 0, length },
        { offset: BACKUP_BOOT_SECTOR * _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4, length },
    ];
}
function encodeFsInfo(freeClusters, lastUsed) {
    const sector = Buffer.alloc(_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .SECTOR_SIZE */ .t4);
    sector.writeUInt32LE(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO_LEAD */ .Dp, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO */ .MM.lead);
    sector.writeUInt32LE(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO_STRUCTURE */ .ox, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO */ .MM.structure);
    sector.writeUInt32LE(freeClusters, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO */ .MM.freeClusters);
    sector.writeUInt32LE(lastUsed, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO */ .MM.nextFree);
    sector.writeUInt16LE(_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .BOOT_SIGNATURE */ .qk, _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FSINFO */ .MM.signature);
    return sector;
}
const JUMP_SHORT = 0xeb;
const NO_OPERATION = 0x90;
/** The address to which a BIOS loads the sector. */
const LOAD_ADDRESS = 0x7c00;
/** Offsets within the program: of the address of its message, and of the message. */
const MESSAGE_ADDRESS = 3;
const MESSAGE_START = 29;
const MESSAGE = 'This is not a bootable disk.  Please insert a bootable floppy and\r\npress any key to try again ... \r\n';
/** x86: prints the message with BIOS interrupt 10h, waits for a key with 16h, restarts with 19h. */
const BOOT_CODE = Buffer.from('0e1fbe0000ac22c0740b56b40ebb0700cd105eebf032e4cd16cd19ebfe', 'hex');


/***/ }),

/***/ 8837:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ fatPathOf)
/* harmony export */ });
/** The path of an entry on the volume, as bytes, without a leading slash. */
function fatPathOf({ entries }, entry) {
    const names = [];
    for (let at = entry; at > 0; at = entries[at].parent) {
        names.unshift(SLASH, entries[at].name);
    }
    return Buffer.concat(names.slice(1));
}
const SLASH = Buffer.from('/');


/***/ }),

/***/ 4358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G1: () => (/* binding */ LEAST_SIZE),
/* harmony export */   Vv: () => (/* binding */ FAT_FILESYSTEMS),
/* harmony export */   ce: () => (/* binding */ layOutFat),
/* harmony export */   e4: () => (/* binding */ bitsOf),
/* harmony export */   vN: () => (/* binding */ FATS)
/* harmony export */ });
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9024);
/* harmony import */ var _constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6100);


/** The types of volumes that can be asked for; `auto` is the one that mkfs.vfat chooses by the size. */
const FAT_FILESYSTEMS = ['auto', 'fat16', 'fat32'];
/** Number of copies of the table. */
const FATS = 2;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
/**
 * Lays out a volume of `size` bytes, a multiple of the sector size, as mkfs.vfat of dosfstools 4.2 does (src/mkfs.fat.c,
 * establish_params and setup_tables): FAT16 below 512 MiB, otherwise FAT32, unless one of them is asked for; the smallest
 * clusters that the type allows, and all areas aligned to clusters. Unlike there, no sectors are left over at the end of
 * the partition: boot ROMs compare both sizes.
 *
 * Returns `undefined` if the type cannot have this size. FAT12, which mkfs.vfat would use below 9 MiB, is not used: boot
 * loaders and boot ROMs often do not support it.
 */
function layOutFat(size, filesystem) {
    const sectors = size / _bytes_source_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4;
    const bits = bitsOf(size, filesystem);
    const layout = bits === 32 ? layOutFat32(sectors, size) : layOutFat16(sectors);
    return layout && { ...layout, sectors, ...geometryFor(sectors) };
}
/** The type of a volume of `size` bytes. */
function bitsOf(size, filesystem) {
    if (filesystem === 'auto') {
        return size >= FAT32_FROM ? 32 : 16;
    }
    return filesystem === 'fat32' ? 32 : 16;
}
/** Bytes of the smallest volume of each type, in whole MiB. */
const LEAST_SIZE = { 16: 9 * MIB, 32: 33 * MIB };
const FAT32_FROM = 512 * MIB;
/**
 * The fields for CHS addressing: for small sizes from part 2 of the SD card specification, for others by LBA assist. DOS
 * and mtools require whole tracks, so where these do not divide the volume, a power of two is used that does.
 */
function geometryFor(sectors) {
    const row = GEOMETRIES.find(([most]) => sectors <= most);
    const [, heads, usual] = row ?? LARGEST_GEOMETRY;
    const sectorsPerTrack = [usual, 32, 16, 8, 4, 2].find((track) => sectors % track === 0) ?? 1;
    return { heads, sectorsPerTrack };
}
const LARGEST_GEOMETRY = [Number.POSITIVE_INFINITY, 255, 63];
/** The most sectors, the heads and the sectors per track. */
const GEOMETRIES = [
    [4096, 2, 16],
    [32768, 2, 32],
    [65536, 4, 32],
    [262144, 8, 32],
    [524288, 16, 32],
    [16 * 63 * 1024, 16, 63],
    [32 * 63 * 1024, 32, 63],
    [64 * 63 * 1024, 64, 63],
    [128 * 63 * 1024, 128, 63],
];
const LEAST_CLUSTER = 4;
const LARGEST_CLUSTER = 128;
const FAT16_ROOT_SECTORS = 32;
const FAT12_MOST_CLUSTERS = 4084;
/** Two more than in the specification: Windows treats volumes of 4085 and 4086 clusters as FAT12. */
const FAT16_LEAST_CLUSTERS = 4087;
/** Doubles the cluster size until FAT16 can number the clusters; `undefined` if FAT12 can, or if there are too many. */
function layOutFat16(sectors) {
    for (let sectorsPerCluster = LEAST_CLUSTER; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
        const reservedSectors = roundUp(1, sectorsPerCluster);
        const rootSectors = roundUp(FAT16_ROOT_SECTORS, sectorsPerCluster);
        const available = sectors - reservedSectors - rootSectors;
        if (countClusters(available, sectorsPerCluster, 12).clusters <= FAT12_MOST_CLUSTERS) {
            return undefined;
        }
        const { clusters, fatSectors } = countClusters(available, sectorsPerCluster, 16);
        if (clusters >= FAT16_LEAST_CLUSTERS && clusters < _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FAT32_LEAST_CLUSTERS */ .H8) {
            const rootEntries = rootSectors * (_bytes_source_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4 / _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .ENTRY_SIZE */ .RY);
            return { bits: 16, sectorsPerCluster, reservedSectors, fatSectors, rootEntries, clusters };
        }
    }
    return undefined;
}
const FAT32_RESERVED_SECTORS = 32;
const FAT32_MOST_CLUSTERS = 268435446;
/** The largest size in bytes, and the sectors per cluster that the format command of Windows chooses up to it. */
const WINDOWS_CLUSTERS = [
    [260 * MIB, 1],
    [8 * GIB, 8],
    [16 * GIB, 16],
    [32 * GIB, 32],
];
const LARGEST_WINDOWS_CLUSTER = [Number.POSITIVE_INFINITY, 64];
/**
 * Begins with the cluster size of Windows, and doubles it until FAT32 can number the clusters; `undefined` if there are so
 * few that the volume would be taken for FAT16.
 */
function layOutFat32(sectors, size) {
    const [, smallest] = WINDOWS_CLUSTERS.find(([largest]) => size <= largest) ?? LARGEST_WINDOWS_CLUSTER;
    for (let sectorsPerCluster = smallest; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
        const reservedSectors = roundUp(FAT32_RESERVED_SECTORS, sectorsPerCluster);
        const { clusters, fatSectors } = countClusters(sectors - reservedSectors, sectorsPerCluster, 32);
        if (clusters < _constants_js__WEBPACK_IMPORTED_MODULE_0__/* .FAT32_LEAST_CLUSTERS */ .H8) {
            return undefined;
        }
        if (clusters <= FAT32_MOST_CLUSTERS) {
            return { bits: 32, sectorsPerCluster, reservedSectors, fatSectors, rootEntries: 0, clusters };
        }
    }
    return undefined;
}
/** Divides `available` sectors between the two tables and the clusters. */
function countClusters(available, sectorsPerCluster, bits) {
    const entryBytes = bits / 8;
    const guess = Math.floor((available * _bytes_source_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4 + FATS * 2 * entryBytes) / (sectorsPerCluster * _bytes_source_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4 + FATS * entryBytes));
    const fatSectors = roundUp(Math.ceil(((guess + 2) * entryBytes) / _bytes_source_js__WEBPACK_IMPORTED_MODULE_1__/* .SECTOR_SIZE */ .t4), sectorsPerCluster);
    return { clusters: Math.floor((available - FATS * fatSectors) / sectorsPerCluster), fatSectors };
}
function roundUp(value, unit) {
    return Math.ceil(value / unit) * unit;
}


/***/ }),

/***/ 9568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ changeOf),
/* harmony export */   c: () => (/* binding */ identityOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

/** Returns the identity of a file. */
function identityOf({ dev, ino, size }) {
    return { device: dev, inode: ino, size };
}
/**
 * Compares an open file with what was scanned, of which no more than its size may be known. Returns how it differs, as the end
 * of a sentence about the file; `undefined` if it does not. To be called when it is opened, and again when it has been read:
 * it may grow in between.
 */
function changeOf(descriptor, scanned) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor);
    if (!stats.isFile()) {
        return 'is no longer a regular file';
    }
    if (stats.size !== scanned.size) {
        return `had ${scanned.size} bytes and now has ${stats.size}`;
    }
    const isSame = !('inode' in scanned) || (stats.dev === scanned.device && stats.ino === scanned.inode);
    return isSame ? undefined : 'was replaced by another file';
}


/***/ }),

/***/ 5625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ openAccess),
  l: () => (/* binding */ withAccess)
});

// EXTERNAL MODULE: ./image/file-access.js
var file_access = __webpack_require__(1728);
// EXTERNAL MODULE: ./bytes/bounds.js
var bounds = __webpack_require__(9388);
// EXTERNAL MODULE: ./bytes/keep-last.js
var keep_last = __webpack_require__(777);
// EXTERNAL MODULE: ./bytes/search.js
var search = __webpack_require__(2657);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
// EXTERNAL MODULE: ./image/frames/codecs.js + 1 modules
var codecs = __webpack_require__(8329);
;// CONCATENATED MODULE: ./image/frame-access.js






/** Opens the uncompressed bytes of a compressed file. */
function openFrames({ format, path, size, frames }) {
    const starts = startsOf(frames);
    const file = (0,file_access/* openFile */.T)(path, Number.POSITIVE_INFINITY);
    const compressed = Buffer.allocUnsafeSlow(frames.reduce((most, frame) => Math.max(most, frame.compressedBytes), 0));
    const largest = frames.reduce((most, frame) => Math.max(most, frame.uncompressedBytes), 1);
    const decompress = (index) => {
        const bytes = compressed.subarray(0, frames[index].compressedBytes);
        file.read(bytes, frames[index].offset);
        return (0,codecs/* decompressFrame */.ji)(format, bytes, frames[index], path);
    };
    const kept = (0,keep_last/* keepLast */.A)(Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / largest)), decompress, buffers/* release */._);
    const close = () => {
        kept.clear();
        (0,buffers/* release */._)(compressed);
        file.close();
    };
    return {
        size,
        close,
        [Symbol.dispose]: close,
        read(target, offset) {
            (0,bounds/* checkBounds */.M)({ offset, length: target.length }, size, 'an image');
            let index = (0,search/* firstAfter */.P)(starts.length, (at) => starts[at], offset) - 1;
            let done = 0;
            while (done < target.length) {
                const from = offset + done - starts[index];
                const piece = kept.get(index).subarray(from, from + target.length - done);
                target.set(piece, done);
                done += piece.length;
                index++;
            }
        },
    };
}
/** Offsets of the frames among the uncompressed bytes. */
function startsOf(frames) {
    let start = 0;
    return frames.map(({ uncompressedBytes }) => {
        const own = start;
        start += uncompressedBytes;
        return own;
    });
}
/** Uncompressed bytes of frames that each thread keeps in memory. */
const KEPT_BYTES = 16 * 1024 * 1024;
/**
 * File data is read from front to back at two places at a time: that of a store path's own files, and that of the files
 * that it shares with others.
 */
const LEAST_KEPT = 2;

;// CONCATENATED MODULE: ./image/access.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});


/** Opens the uncompressed bytes of a finished image file. */
function openAccess(description) {
    return description.kind === 'raw' ? (0,file_access/* openFile */.T)(description.path, description.size) : openFrames(description);
}
/** Opens a finished image file, passes it to `work`, and closes it. */
function withAccess(description, work) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const image = __addDisposableResource(env_1, openAccess(description), false);
        return work(image);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}


/***/ }),

/***/ 8306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ openBlobs),
/* harmony export */   z: () => (/* binding */ scanBlob)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _host_identity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9568);
/* harmony import */ var _host_kind_of_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5032);
/* harmony import */ var _nix_follow_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4036);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8146);
/* harmony import */ var _source_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3159);







/** Checks that a boot loader file exists, and returns its size and its path with links resolved. Throws a `UserError`. */
function scanBlob({ path, offset, partitionType }) {
    let file;
    try {
        file = (0,_nix_follow_js__WEBPACK_IMPORTED_MODULE_3__/* .followLinks */ .n)(path).toString();
    }
    catch (cause) {
        throw bootloaderError(`The boot loader file ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path)} does not exist, or cannot be reached.`, cause);
    }
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file);
    if (!stats.isFile()) {
        throw bootloaderError(`The boot loader file ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path)} is ${(0,_host_kind_of_js__WEBPACK_IMPORTED_MODULE_6__/* .kindOf */ .I)(stats)}; a regular file was expected.`);
    }
    return { path: file, offset, size: stats.size, partitionType, identity: (0,_host_identity_js__WEBPACK_IMPORTED_MODULE_2__/* .identityOf */ .c)(stats) };
}
function bootloaderError(message, cause) {
    const remedy = 'Set bootloader to a file and its offset on the card, such as ./u-boot.bin@8KiB.';
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .inputError */ .Xu)({ input: 'bootloader', message, remedy, cause });
}
/** Opens the blobs of a card as sources; all of their bytes are data. */
function openBlobs(blobs) {
    const { read, close } = (0,_source_files_js__WEBPACK_IMPORTED_MODULE_5__/* .openSourceFiles */ .P)(blobs.map(({ path, size, identity }) => ({ kind: 'host', path: Buffer.from(path), size, identity })));
    const sources = blobs.map(({ size }, i) => ({
        size,
        read: (target, offset) => read(i, offset, target),
        dataRanges: (within) => [within],
    }));
    return { sources, close, [Symbol.dispose]: close };
}


/***/ }),

/***/ 3159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ openSourceFiles)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _host_identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9568);
/* harmony import */ var _host_open_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5730);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5074);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8146);
/* harmony import */ var _tree_source_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(962);






/**
 * Reads files of this machine and generated ones. Reading throws a `UserError` that names a file which cannot be opened, or
 * is not as it was scanned: when it is opened, and again after its last byte was read. The last file stays open, because
 * large ones are read in pieces.
 */
function openSourceFiles(files) {
    let open = -1;
    let descriptor = -1;
    const close = () => {
        if (descriptor >= 0) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
        descriptor = -1;
        open = -1;
    };
    return {
        close,
        [Symbol.dispose]: close,
        read(file, position, target) {
            const source = files[file];
            if (source.kind === 'generated') {
                target.set(source.contents.subarray(position, position + target.length));
                return;
            }
            const { path, size } = source;
            if (open !== file) {
                close();
                descriptor = openFile(path);
                open = file;
                checkUnchanged(descriptor, source);
            }
            let done = 0;
            while (done < target.length) {
                const count = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, target, done, target.length - done, position + done);
                if (count === 0) {
                    throw (0,_tree_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .changedFileError */ .Bm)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path), `had ${size} bytes and now ends at byte ${position + done}`);
                }
                done += count;
            }
            if (position + target.length === size) {
                checkUnchanged(descriptor, source);
                close();
            }
        },
    };
}
function openFile(path) {
    try {
        return (0,_host_open_js__WEBPACK_IMPORTED_MODULE_2__/* .openWithoutLinks */ .IP)(Buffer.from(path), _nix_store_path_js__WEBPACK_IMPORTED_MODULE_3__/* .STORE_DIRECTORY */ .Qs);
    }
    catch (cause) {
        throw (0,_tree_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .changedError */ .zi)({ message: `${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path)} cannot be read, but existed when the image was planned.`, cause });
    }
}
function checkUnchanged(descriptor, { path, size, identity }) {
    const how = (0,_host_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .changeOf */ .C)(descriptor, identity ?? { size });
    if (how !== undefined) {
        throw (0,_tree_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .changedFileError */ .Bm)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path), how);
    }
}


/***/ }),

/***/ 7252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  BF: () => (/* binding */ filesystemRange),
  R9: () => (/* binding */ imageSize),
  UY: () => (/* binding */ openImage)
});

// EXTERNAL MODULE: ./bytes/bounds.js
var bounds = __webpack_require__(9388);
;// CONCATENATED MODULE: ./bytes/compose.js

/**
 * Composes parts into one source of `size` bytes; bytes outside all parts are zero. Throws a `RangeError` if the parts are
 * not in ascending order, overlap, or do not fit.
 */
function composeSources(size, parts) {
    let end = 0;
    for (const { offset, source } of parts) {
        if (offset < end) {
            throw new RangeError(`The part at byte ${offset} begins before the end of the previous part, byte ${end}.`);
        }
        end = offset + source.size;
    }
    if (end > size) {
        throw new RangeError(`The last part ends at byte ${end}, but the image has ${size} bytes.`);
    }
    return {
        size,
        read(target, offset) {
            const range = { offset, length: target.length };
            (0,bounds/* checkBounds */.M)(range, size, 'an image');
            const limit = offset + target.length;
            let done = offset;
            for (const part of partsWithin(parts, range)) {
                const from = Math.max(part.offset, offset);
                const to = Math.min(part.offset + part.source.size, limit);
                target.fill(0, done - offset, from - offset);
                part.source.read(target.subarray(from - offset, to - offset), from - part.offset);
                done = to;
            }
            target.fill(0, done - offset);
        },
        dataRanges: (within) => dataRangesOf(parts, within),
    };
}
function* dataRangesOf(parts, within) {
    for (const { offset, source } of partsWithin(parts, within)) {
        const from = Math.max(offset, within.offset);
        const to = Math.min(offset + source.size, within.offset + within.length);
        for (const range of source.dataRanges({ offset: from - offset, length: to - from })) {
            yield { offset: range.offset + offset, length: range.length };
        }
    }
}
function partsWithin(parts, { offset, length }) {
    return parts.filter((part) => part.offset < offset + length && part.offset + part.source.size > offset);
}

// EXTERNAL MODULE: ./bytes/window.js
var bytes_window = __webpack_require__(1485);
// EXTERNAL MODULE: ./disk/blobs.js
var blobs = __webpack_require__(5395);
// EXTERNAL MODULE: ./disk/table.js + 1 modules
var table = __webpack_require__(5593);
;// CONCATENATED MODULE: ./disk/card-source.js




/** A card as bytes. */
function createCardSource(layout, { firmware, filesystem, blobs }) {
    const parts = [
        ...(0,table/* encodeTable */.Vk)(layout).map(({ offset, bytes }) => ({ offset, source: memorySource(bytes) })),
        ...blobs.flatMap((source, i) => placeBlob(source, layout.blobs[i].offset)),
        { offset: layout.filesystem.offset, source: filesystem },
    ];
    if (layout.firmware !== undefined && firmware !== undefined) {
        parts.push({ offset: layout.firmware.offset, source: firmware });
    }
    return composeSources(layout.size, parts.sort((a, b) => a.offset - b.offset));
}
function placeBlob(source, offset) {
    return (0,blobs/* blobRanges */.S)({ offset, size: source.size }).map((range) => {
        const part = (0,bytes_window/* windowOf */.O)(source, { offset: range.offset - offset, length: range.length });
        return { offset: range.offset, source: { ...part, dataRanges: (within) => [within] } };
    });
}
/** Bytes as a source, all of them data. */
function memorySource(bytes) {
    return {
        size: bytes.length,
        read(target, offset) {
            target.set(bytes.subarray(offset, offset + target.length));
        },
        dataRanges: (within) => [within],
    };
}

// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./bytes/search.js
var search = __webpack_require__(2657);
// EXTERNAL MODULE: ./ext4/format/crc32c.js
var crc32c = __webpack_require__(3507);
// EXTERNAL MODULE: ./ext4/format/offsets.js
var offsets = __webpack_require__(6527);
// EXTERNAL MODULE: ./ext4/directory/children.js
var directory_children = __webpack_require__(4060);
// EXTERNAL MODULE: ./ext4/directory/pack.js + 1 modules
var pack = __webpack_require__(2388);
;// CONCATENATED MODULE: ./ext4/directory/blocks.js
/**
 * Encodes the blocks of a directory.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`, and `fs/ext4/namei.c` (`struct dx_node`, `ext4_dx_csum`,
 * `ext4_dirblock_csum`) for `dx_node` and the ranges that checksums cover, where the document is wrong.
 */





/** Encodes all blocks of a directory, with their checksums. */
function encodeDirectory(layout, context) {
    const bytes = Buffer.alloc(layout.blocks * constants/* BLOCK_SIZE */.cS);
    if (layout.kind === 'hash-tree') {
        encodeHashTree(bytes, layout, context);
    }
    else {
        encodeList(bytes, layout.children, context);
    }
    return bytes;
}
function encodeList(bytes, children, context) {
    for (let start = 0; start < bytes.length; start += constants/* BLOCK_SIZE */.cS) {
        const leaf = bytes.subarray(start, start + constants/* BLOCK_SIZE */.cS);
        const dots = start === 0 ? encodeDots(leaf, context, pack/* LEAF_BYTES */.lM) : 0;
        encodeLeaf(leaf, start === 0 ? children : NO_CHILDREN, dots, context);
    }
}
const NO_CHILDREN = new Uint32Array(0);
function encodeHashTree(bytes, layout, context) {
    const { innerBlocks, leafHash, leafStart, children } = layout;
    const firstLeaf = 1 + innerBlocks;
    const block = (index) => bytes.subarray(index * constants/* BLOCK_SIZE */.cS, (index + 1) * constants/* BLOCK_SIZE */.cS);
    encodeRoot(block(0), innerBlocks > 0 ? 1 : 0, context);
    if (innerBlocks === 0) {
        encodeIndex(block(0), { ...ROOT_INDEX, hashes: leafHash, firstBlock: firstLeaf }, context);
    }
    else {
        const groups = Array.from({ length: innerBlocks }, (_, i) => leafHash.subarray(i * offsets/* DX_LIMIT */.vH.node, (i + 1) * offsets/* DX_LIMIT */.vH.node));
        const groupHash = Uint32Array.from(groups, (group) => group[0]);
        encodeIndex(block(0), { ...ROOT_INDEX, hashes: groupHash, firstBlock: 1 }, context);
        for (const [i, hashes] of groups.entries()) {
            block(1 + i).writeUInt16LE(constants/* BLOCK_SIZE */.cS, offsets/* DIRECTORY_ENTRY */.Fp.recLen);
            encodeIndex(block(1 + i), { ...INNER_INDEX, hashes, firstBlock: firstLeaf + i * offsets/* DX_LIMIT */.vH.node }, context);
        }
    }
    for (let leaf = 0; leaf < leafHash.length; leaf++) {
        encodeLeaf(block(firstLeaf + leaf), children.subarray(leafStart[leaf], leafStart[leaf + 1]), 0, context);
    }
}
/** `dx_root`: the entries '.' and '..', of which the latter spans the index, and `dx_root_info`. */
function encodeRoot(block, indirectLevels, context) {
    encodeDots(block, context, constants/* BLOCK_SIZE */.cS);
    block[offsets/* DX_ROOT */.G$.hashVersion] = constants/* HASH_HALF_MD4 */.fu;
    block[offsets/* DX_ROOT */.G$.infoLength] = 8;
    block[offsets/* DX_ROOT */.G$.indirectLevels] = indirectLevels;
}
const ROOT_INDEX = { start: offsets/* DX_ROOT */.G$.countLimit, limit: offsets/* DX_LIMIT */.vH.root };
const INNER_INDEX = { start: offsets/* DX_NODE */.W7.countLimit, limit: offsets/* DX_LIMIT */.vH.node };
/** Writes the entries of an index and its checksum. The first entry has limit and count in place of a hash. */
function encodeIndex(block, { start, limit, hashes, firstBlock }, context) {
    for (const [i, hash] of hashes.entries()) {
        const at = start + i * offsets/* DX_ENTRY */.mF.size;
        block.writeUInt32LE(hash, at + offsets/* DX_ENTRY */.mF.hash);
        block.writeUInt32LE(firstBlock + i, at + offsets/* DX_ENTRY */.mF.block);
    }
    block.writeUInt16LE(limit, start + offsets/* DX_ENTRY */.mF.limit);
    block.writeUInt16LE(hashes.length, start + offsets/* DX_ENTRY */.mF.count);
    const used = (0,crc32c/* crc32c */.d)(context.checksumSeed, block.subarray(0, start + hashes.length * offsets/* DX_ENTRY */.mF.size));
    // The checksum covers the tail, with zero in place of the checksum.
    block.writeUInt32LE((0,crc32c/* crc32c */.d)(used, EMPTY_TAIL), start + limit * offsets/* DX_ENTRY */.mF.size + offsets/* DX_TAIL */.ob.checksum);
}
const EMPTY_TAIL = new Uint8Array(8);
/** Writes '.' and '..', of which the latter ends at `end`. Returns the offset at which further entries can begin. */
function encodeDots(block, context, end) {
    const { tree, inodeOf, directory } = context;
    const own = (0,directory_children/* recordLength */.YT)(1);
    encodeEntryHeader(block, 0, own, inodeOf[directory]);
    encodeEntryName(block, 0, constants/* FILE_TYPE */.sl.directory, DOT);
    encodeEntryHeader(block, own, end - own, inodeOf[tree.parent[directory]]);
    encodeEntryName(block, own, constants/* FILE_TYPE */.sl.directory, DOT_DOT);
    return own + (0,directory_children/* recordLength */.YT)(2);
}
const DOT = Buffer.from('.');
const DOT_DOT = Buffer.from('..');
/** Writes entries from `start` on, of which the last ends at the tail, and the tail with the checksum of the block. */
function encodeLeaf(block, children, start, context) {
    const { tree, inodeOf } = context;
    let at = start;
    let previous = start === 0 ? -1 : (0,directory_children/* recordLength */.YT)(1);
    for (const child of children) {
        if (previous >= 0) {
            block.writeUInt16LE(at - previous, previous + offsets/* DIRECTORY_ENTRY */.Fp.recLen);
        }
        const name = (0,directory_children/* nameOf */.Vb)(tree, child);
        encodeEntryHeader(block, at, pack/* LEAF_BYTES */.lM - at, inodeOf[child]);
        encodeEntryName(block, at, fileType(tree.mode[child]), name);
        previous = at;
        at += (0,directory_children/* recordLength */.YT)(name.length);
    }
    // An empty block has one unused entry: U-Boot recognizes it by its name length of 0, others by its inode number of 0.
    if (previous < 0) {
        block.writeUInt16LE(pack/* LEAF_BYTES */.lM, offsets/* DIRECTORY_ENTRY */.Fp.recLen);
    }
    block.writeUInt16LE(offsets/* DIRECTORY_TAIL */.Bn.size, pack/* LEAF_BYTES */.lM + offsets/* DIRECTORY_ENTRY */.Fp.recLen);
    block[pack/* LEAF_BYTES */.lM + offsets/* DIRECTORY_ENTRY */.Fp.fileType] = constants/* FILE_TYPE */.sl.checksum;
    const checksum = (0,crc32c/* crc32c */.d)(context.checksumSeed, block.subarray(0, pack/* LEAF_BYTES */.lM));
    block.writeUInt32LE(checksum, pack/* LEAF_BYTES */.lM + offsets/* DIRECTORY_TAIL */.Bn.checksum);
}
function encodeEntryHeader(block, at, length, inode) {
    block.writeUInt32LE(inode, at + offsets/* DIRECTORY_ENTRY */.Fp.inode);
    block.writeUInt16LE(length, at + offsets/* DIRECTORY_ENTRY */.Fp.recLen);
}
function encodeEntryName(block, at, type, name) {
    block[at + offsets/* DIRECTORY_ENTRY */.Fp.nameLen] = name.length;
    block[at + offsets/* DIRECTORY_ENTRY */.Fp.fileType] = type;
    block.set(name, at + offsets/* DIRECTORY_ENTRY */.Fp.name);
}
function fileType(mode) {
    const type = mode & constants/* MODE */.g.typeMask;
    if (type === constants/* MODE */.g.directory) {
        return constants/* FILE_TYPE */.sl.directory;
    }
    return type === constants/* MODE */.g.symlink ? constants/* FILE_TYPE */.sl.symlink : constants/* FILE_TYPE */.sl.regular;
}

// EXTERNAL MODULE: ./ext4/plan/geometry.js
var plan_geometry = __webpack_require__(3887);
// EXTERNAL MODULE: ./ext4/plan/inodes.js
var plan_inodes = __webpack_require__(5783);
// EXTERNAL MODULE: ./ext4/plan/extents.js
var plan_extents = __webpack_require__(6354);
;// CONCATENATED MODULE: ./ext4/structures/extents.js
/**
 * Extent trees: a header of 12 bytes, then entries of 12 bytes. The root is in the inode and has no checksum.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`, `fs/ext4/ext4_extents.h`.
 */




/** `i_block` of an inode whose blocks are mapped by extents, 60 bytes. */
function encodeExtentRoot(extents, inode) {
    const bytes = Buffer.alloc(60);
    const levels = (0,plan_extents/* treeOf */.g7)(extents, inode)?.levels ?? [];
    const below = levels.at(-1);
    const count = below?.length ?? extents.countOf[inode];
    writeHeader(bytes, { entries: count, max: constants/* INODE_EXTENTS */.Gl, depth: levels.length });
    if (below === undefined) {
        writeExtents(bytes, extents, extents.first[inode], count);
    }
    else {
        writeIndex(bytes, extents, levels, below);
    }
    return bytes;
}
/** Encodes a block of an extent tree, with its checksum. */
function encodeExtentBlock(extents, { tree, node, level, seed }) {
    const bytes = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    writeHeader(bytes, { entries: node.count, max: constants/* BLOCK_EXTENTS */.wv, depth: level });
    if (level === 0) {
        writeExtents(bytes, extents, node.first, node.count);
    }
    else {
        const levels = tree.levels.slice(0, level);
        writeIndex(bytes, extents, levels, levels[level - 1].slice(node.first, node.first + node.count));
    }
    bytes.writeUInt32LE((0,crc32c/* crc32c */.d)(seed, bytes.subarray(0, offsets/* EXTENT_TAIL_OFFSET */.Mg)), offsets/* EXTENT_TAIL_OFFSET */.Mg);
    return bytes;
}
function writeHeader(bytes, { entries, max, depth }) {
    bytes.writeUInt16LE(constants/* EXTENT_MAGIC */.DT, offsets/* EXTENT_HEADER */.Nx.magic);
    bytes.writeUInt16LE(entries, offsets/* EXTENT_HEADER */.Nx.entries);
    bytes.writeUInt16LE(max, offsets/* EXTENT_HEADER */.Nx.max);
    bytes.writeUInt16LE(depth, offsets/* EXTENT_HEADER */.Nx.depth);
}
// Blocks are below 2^29 (2 TiB), so the high halves of block numbers stay zero.
function writeExtents(bytes, extents, first, count) {
    for (let i = 0; i < count; i++) {
        const at = offsets/* EXTENT_HEADER */.Nx.size + i * offsets/* EXTENT */.JC.size;
        bytes.writeUInt32LE(extents.logical[first + i], at + offsets/* EXTENT */.JC.block);
        bytes.writeUInt16LE(extents.length[first + i], at + offsets/* EXTENT */.JC.len);
        bytes.writeUInt32LE(extents.physical[first + i], at + offsets/* EXTENT */.JC.startLo);
    }
}
/** Writes an index of `nodes`, which are nodes of the last of `levels`. */
function writeIndex(bytes, extents, levels, nodes) {
    for (const [i, node] of nodes.entries()) {
        const at = offsets/* EXTENT_HEADER */.Nx.size + i * offsets/* EXTENT_INDEX */.Kn.size;
        bytes.writeUInt32LE(firstLogical(extents, levels, node), at + offsets/* EXTENT_INDEX */.Kn.block);
        bytes.writeUInt32LE(node.block, at + offsets/* EXTENT_INDEX */.Kn.leafLo);
    }
}
/** The first block of the file that a node of the last of `levels` maps: that of its first leaf. */
function firstLogical(extents, levels, node) {
    let { first } = node;
    for (const level of levels.slice(0, -1).toReversed()) {
        first = level[first].first;
    }
    return extents.logical[first];
}

;// CONCATENATED MODULE: ./ext4/structures/fields.js
/** Writes the lower and the upper 16 bits of a number to two fields: ext4 splits numbers that outgrew their field. */
function writeSplit16(target, value, low, high) {
    target.writeUInt16LE(value & 0xffff, low);
    target.writeUInt16LE(Math.floor(value / 0x10000) & 0xffff, high);
}
/** Writes the lower 32 bits and the upper bits of a number below 2^53 to two fields of 32 bits. */
function writeSplit32(target, value, low, high) {
    target.writeUInt32LE(value % 0x100000000, low);
    target.writeUInt32LE(Math.floor(value / 0x100000000), high);
}

;// CONCATENATED MODULE: ./ext4/structures/groups.js
/**
 * Bitmaps and group descriptors. All blocks are used except those in a free run, and all inodes up to the last numbered one.
 *
 * Source: Linux `Documentation/filesystems/ext4/{bitmaps,group_descr}.rst`, and `fs/ext4/bitmap.c` for the range that the
 * checksum of an inode bitmap covers (not "the entire bitmap").
 */





/** The descriptor table, which follows every superblock: `descriptorBlocks` blocks. */
function encodeDescriptors(plan, tree) {
    const { geometry } = plan;
    const table = Buffer.alloc(geometry.descriptorBlocks * constants/* BLOCK_SIZE */.cS);
    const seed = (0,crc32c/* crc32c */.d)(0xffffffff, plan.uuid);
    const directories = countDirectories(plan, tree);
    for (let group = 0; group < geometry.groups; group++) {
        const descriptor = table.subarray(group * constants/* DESCRIPTOR_SIZE */.Uv, (group + 1) * constants/* DESCRIPTOR_SIZE */.Uv);
        const freeInodes = geometry.inodesPerGroup - usedInodes(plan, group);
        writeSplit32(descriptor, geometry.blockBitmap[group], offsets/* GROUP_DESCRIPTOR */.AR.blockBitmapLo, offsets/* GROUP_DESCRIPTOR */.AR.blockBitmapHi);
        writeSplit32(descriptor, geometry.inodeBitmap[group], offsets/* GROUP_DESCRIPTOR */.AR.inodeBitmapLo, offsets/* GROUP_DESCRIPTOR */.AR.inodeBitmapHi);
        writeSplit32(descriptor, geometry.inodeTable[group], offsets/* GROUP_DESCRIPTOR */.AR.inodeTableLo, offsets/* GROUP_DESCRIPTOR */.AR.inodeTableHi);
        writeSplit16(descriptor, freeBlocks(plan, group), offsets/* GROUP_DESCRIPTOR */.AR.freeBlocksCountLo, offsets/* GROUP_DESCRIPTOR */.AR.freeBlocksCountHi);
        writeSplit16(descriptor, freeInodes, offsets/* GROUP_DESCRIPTOR */.AR.freeInodesCountLo, offsets/* GROUP_DESCRIPTOR */.AR.freeInodesCountHi);
        writeSplit16(descriptor, directories[group], offsets/* GROUP_DESCRIPTOR */.AR.usedDirsCountLo, offsets/* GROUP_DESCRIPTOR */.AR.usedDirsCountHi);
        writeSplit16(descriptor, freeInodes, offsets/* GROUP_DESCRIPTOR */.AR.itableUnusedLo, offsets/* GROUP_DESCRIPTOR */.AR.itableUnusedHi);
        writeSplit16(descriptor, (0,crc32c/* crc32c */.d)(seed, encodeBlockBitmap(plan, group)), offsets/* GROUP_DESCRIPTOR */.AR.blockBitmapCsumLo, offsets/* GROUP_DESCRIPTOR */.AR.blockBitmapCsumHi);
        const inodeBitmap = encodeInodeBitmap(plan, group).subarray(0, geometry.inodesPerGroup / 8);
        writeSplit16(descriptor, (0,crc32c/* crc32c */.d)(seed, inodeBitmap), offsets/* GROUP_DESCRIPTOR */.AR.inodeBitmapCsumLo, offsets/* GROUP_DESCRIPTOR */.AR.inodeBitmapCsumHi);
        // Unused parts of the inode tables are zero, so the kernel does not have to write them on first boot.
        descriptor.writeUInt16LE(constants/* GROUP_FLAG */.Fx.inodeZeroed, offsets/* GROUP_DESCRIPTOR */.AR.flags);
        descriptor.writeUInt16LE((0,crc32c/* crc32c */.d)((0,crc32c/* crc32cOfU32 */.q)(seed, group), descriptor) & 0xffff, offsets/* GROUP_DESCRIPTOR */.AR.checksum);
    }
    return table;
}
/** The block bitmap of a group. Bits after the end of the filesystem are set. */
function encodeBlockBitmap(plan, group) {
    const bitmap = Buffer.alloc(constants/* BLOCK_SIZE */.cS, 0xff);
    const start = group * constants/* BLOCKS_PER_GROUP */.Nr;
    for (const run of plan.freeRuns) {
        const from = Math.max(run.start - start, 0);
        const to = Math.min(run.start + run.length - start, constants/* BLOCKS_PER_GROUP */.Nr);
        if (from < to) {
            clearBits(bitmap, from, to);
        }
    }
    return bitmap;
}
/** The inode bitmap of a group. Bits after its last inode are set. */
function encodeInodeBitmap(plan, group) {
    const bitmap = Buffer.alloc(constants/* BLOCK_SIZE */.cS, 0xff);
    clearBits(bitmap, usedInodes(plan, group), plan.geometry.inodesPerGroup);
    return bitmap;
}
/** Number of inodes in use in a group, which are its first ones. */
function usedInodes({ geometry, inodes }, group) {
    return Math.min(Math.max(inodes.last - group * geometry.inodesPerGroup, 0), geometry.inodesPerGroup);
}
/** Number of blocks of a group's inode table with inodes in use. */
function usedTableBlocks(plan, group) {
    return Math.ceil(usedInodes(plan, group) / constants/* INODES_PER_BLOCK */.b6);
}
function freeBlocks(plan, group) {
    const start = group * constants/* BLOCKS_PER_GROUP */.Nr;
    let free = 0;
    for (const run of plan.freeRuns) {
        const from = Math.max(run.start, start);
        const to = Math.min(run.start + run.length, start + constants/* BLOCKS_PER_GROUP */.Nr);
        if (from < to) {
            free += to - from;
        }
    }
    return free;
}
function countDirectories({ geometry, inodes }, tree) {
    const directories = new Uint32Array(geometry.groups);
    for (let inode = 1; inode <= inodes.last; inode++) {
        const entry = inodes.entryOf[inode];
        if (entry === plan_inodes/* NO_ENTRY */.z || (tree.mode[entry] & constants/* MODE */.g.typeMask) !== constants/* MODE */.g.directory) {
            continue;
        }
        directories[Math.floor((inode - 1) / geometry.inodesPerGroup)]++;
    }
    return directories;
}
/** Clears the bits `from .. to` of a bitmap. */
function clearBits(bitmap, from, to) {
    let bit = from;
    for (; bit < to && bit % 8 !== 0; bit++) {
        bitmap[bit >> 3] &= ~(1 << (bit & 7));
    }
    const bytes = Math.floor((to - bit) / 8);
    bitmap.fill(0, bit >> 3, (bit >> 3) + bytes);
    for (bit += 8 * bytes; bit < to; bit++) {
        bitmap[bit >> 3] &= ~(1 << (bit & 7));
    }
}

;// CONCATENATED MODULE: ./ext4/structures/resize-inode.js
/**
 * The resize inode (7) owns the blocks that are reserved after the group descriptor tables, so that a mounted filesystem
 * can grow. Its double-indirect block points to the reserved blocks of group 0, each of which is an indirect block that
 * points to its copies in the backup groups. e2fsck checks a quarter of this, the kernel all of it when it grows.
 *
 * Source: e2fsprogs `lib/ext2fs/res_gdt.c`, Linux `fs/ext4/resize.c` (`verify_reserved_gdb`, `reserve_backup_gdb`).
 */

const POINTERS = constants/* BLOCK_SIZE */.cS / 4;
/** The size of the resize inode (bytes that a double-indirect map covers), and the number of blocks that it owns. */
function resizeInode(geometry) {
    const size = (POINTERS * POINTERS + POINTERS + 12) * constants/* BLOCK_SIZE */.cS;
    return { size, blocks: 1 + geometry.reservedDescriptorBlocks * geometry.backupGroups.length };
}
/** The double-indirect block. The pointer to a reserved block is at its index as a block of the descriptor table. */
function encodeResizeBlock(geometry) {
    const bytes = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    for (let k = 0; k < geometry.reservedDescriptorBlocks; k++) {
        const descriptorBlock = geometry.descriptorBlocks + k;
        bytes.writeUInt32LE(1 + descriptorBlock, 4 * (descriptorBlock % POINTERS));
    }
    return bytes;
}
/** The `k`-th reserved descriptor block of group 0: pointers to its copies in the backup groups. */
function encodeReservedDescriptorBlock(geometry, k) {
    const bytes = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    for (const [i, group] of geometry.backupGroups.slice(1).entries()) {
        bytes.writeUInt32LE(group * constants/* BLOCKS_PER_GROUP */.Nr + 1 + geometry.descriptorBlocks + k, 4 * i);
    }
    return bytes;
}

;// CONCATENATED MODULE: ./ext4/structures/inode.js
/**
 * Inodes: `struct ext4_inode`, 256 bytes.
 *
 * Source: Linux `Documentation/filesystems/ext4/{inodes,ifork}.rst`, `fs/ext4/ext4.h`.
 */







/** Generation of every inode: no inode number has been used before. */
const GENERATION = 0;
/** The checksum seed of an inode, its directory blocks and its extent blocks. */
function inodeChecksumSeed(plan, inode) {
    return (0,crc32c/* crc32cOfU32 */.q)((0,crc32c/* crc32cOfU32 */.q)((0,crc32c/* crc32c */.d)(0xffffffff, plan.uuid), inode), GENERATION);
}
/** Encodes an inode with its checksum. */
function encodeInode(plan, inode, fields) {
    const bytes = Buffer.alloc(constants/* INODE_SIZE */.K0);
    bytes.writeUInt16LE(fields.mode, offsets/* INODE_FIELD */.Fn.mode);
    writeSplit32(bytes, fields.size, offsets/* INODE_FIELD */.Fn.sizeLo, offsets/* INODE_FIELD */.Fn.sizeHi);
    for (const field of ['atime', 'ctime', 'mtime', 'crtime']) {
        bytes.writeUInt32LE(plan.time, offsets/* INODE_FIELD */.Fn[field]);
    }
    writeSplit16(bytes, fields.gid, offsets/* INODE_FIELD */.Fn.gidLo, offsets/* INODE_FIELD */.Fn.gidHi);
    bytes.writeUInt16LE(fields.links, offsets/* INODE_FIELD */.Fn.linksCount);
    const sectors = fields.blocks * constants/* SECTORS_PER_BLOCK */.cQ;
    bytes.writeUInt32LE(sectors % 0x100000000, offsets/* INODE_FIELD */.Fn.blocksLo);
    bytes.writeUInt16LE(Math.floor(sectors / 0x100000000), offsets/* INODE_FIELD */.Fn.blocksHi);
    bytes.writeUInt32LE(fields.flags, offsets/* INODE_FIELD */.Fn.flags);
    bytes.set(fields.block, offsets/* INODE_FIELD */.Fn.block);
    bytes.writeUInt16LE(constants/* EXTRA_ISIZE */.g$, offsets/* INODE_FIELD */.Fn.extraIsize);
    const checksum = (0,crc32c/* crc32c */.d)(inodeChecksumSeed(plan, inode), bytes);
    writeSplit16(bytes, checksum, offsets/* INODE_FIELD */.Fn.checksumLo, offsets/* INODE_FIELD */.Fn.checksumHi);
    return bytes;
}
/** The fields of the inode of an entry of the tree. */
function entryInodeFields(plan, tree, inode, entry) {
    const { extents, inodes } = plan;
    const mode = tree.mode[entry];
    const type = mode & constants/* MODE */.g.typeMask;
    const common = { mode, gid: tree.gid[entry], links: inodes.links[inode] };
    if (type === constants/* MODE */.g.symlink && tree.size[entry] < constants/* FAST_SYMLINK_LIMIT */.Zp) {
        return { ...common, size: tree.size[entry], flags: 0, blocks: 0, block: symlinkTarget(tree, entry) };
    }
    const dataBlocks = dataBlocksOf(plan, inode);
    const isIndexed = type === constants/* MODE */.g.directory && inode !== constants/* INODE */.S2.lostAndFound && dataBlocks > 1;
    return {
        ...common,
        size: type === constants/* MODE */.g.directory ? dataBlocks * constants/* BLOCK_SIZE */.cS : tree.size[entry],
        flags: constants/* INODE_FLAG */.JF.extents | (isIndexed ? constants/* INODE_FLAG */.JF.index : 0),
        blocks: dataBlocks + (0,plan_extents/* nodeBlocks */.lj)((0,plan_extents/* treeOf */.g7)(extents, inode)),
        block: encodeExtentRoot(extents, inode),
    };
}
/** The fields of the journal inode. */
function journalInodeFields(plan) {
    const blocks = plan.geometry.journalBlocks;
    return {
        mode: constants/* MODE */.g.regular | 0o600,
        gid: 0,
        links: 1,
        size: blocks * constants/* BLOCK_SIZE */.cS,
        flags: constants/* INODE_FLAG */.JF.extents,
        blocks,
        block: encodeExtentRoot(plan.extents, constants/* INODE */.S2.journal),
    };
}
/** The fields of the resize inode, which has a block map instead of extents. */
function resizeInodeFields(plan) {
    const block = Buffer.alloc(60);
    block.writeUInt32LE(plan.resizeBlock, 4 * offsets/* DOUBLE_INDIRECT_WORD */.CQ);
    const { size, blocks } = resizeInode(plan.geometry);
    return { mode: constants/* MODE */.g.regular | 0o600, gid: 0, links: 1, size, flags: 0, blocks, block };
}
/** The target of a symlink. */
function symlinkTarget(tree, entry) {
    const start = tree.targetStart[entry];
    return tree.targets.subarray(start, start + tree.size[entry]);
}
function dataBlocksOf({ extents }, inode) {
    let blocks = 0;
    for (let i = extents.first[inode]; i < extents.first[inode] + extents.countOf[inode]; i++) {
        blocks += extents.length[i];
    }
    return blocks;
}

;// CONCATENATED MODULE: ./ext4/structures/superblock.js
/**
 * The superblock and its backups. All other fields are zero: no quota, no encryption, no RAID geometry, no blocks reserved
 * for root (so that all users can use the free space), no recorded mounts or writes, no external journal, no checksum
 * seed other than the UUID.
 *
 * Source: Linux `Documentation/filesystems/ext4/super.rst`, e2fsprogs `lib/ext2fs/initialize.c`, `misc/mke2fs.c`.
 */






const STATE_VALID = 1;
const ERRORS_CONTINUE = 1;
const REVISION_DYNAMIC = 1;
/** `s_default_mount_opts`: user extended attributes and ACLs, as mke2fs sets them. */
const DEFAULT_MOUNT_OPTIONS = 0xc;
/** `s_max_mnt_count`: no check after a number of mounts. Zero would be replaced by 20. */
const NO_MOUNT_LIMIT = 0xffff;
/** `s_jnl_backup_type`: `s_jnl_blocks` is a copy of the block map and the size of the journal inode. */
const JOURNAL_BACKUP_BLOCKS = 1;
/** The superblock in a group, 1024 bytes. `freeBlocks` and `freeInodes` are those of the whole filesystem. */
function encodeSuperblock(plan, group, freeBlocks, freeInodes) {
    const { geometry, time } = plan;
    const bytes = Buffer.alloc(constants/* SUPERBLOCK_SIZE */.$i);
    const u8 = (field, value) => bytes.writeUInt8(value, offsets/* SUPERBLOCK */.Nq[field]);
    const u16 = (field, value) => bytes.writeUInt16LE(value, offsets/* SUPERBLOCK */.Nq[field]);
    const u32 = (field, value) => bytes.writeUInt32LE(value, offsets/* SUPERBLOCK */.Nq[field]);
    u32('inodesCount', geometry.inodesPerGroup * geometry.groups);
    writeSplit32(bytes, plan.blocks, offsets/* SUPERBLOCK */.Nq.blocksCountLo, offsets/* SUPERBLOCK */.Nq.blocksCountHi);
    writeSplit32(bytes, freeBlocks, offsets/* SUPERBLOCK */.Nq.freeBlocksCountLo, offsets/* SUPERBLOCK */.Nq.freeBlocksCountHi);
    u32('freeInodesCount', freeInodes);
    u32('logBlockSize', constants/* LOG_BLOCK_SIZE */.bJ);
    u32('logClusterSize', constants/* LOG_BLOCK_SIZE */.bJ);
    u32('blocksPerGroup', constants/* BLOCKS_PER_GROUP */.Nr);
    u32('clustersPerGroup', constants/* BLOCKS_PER_GROUP */.Nr);
    u32('inodesPerGroup', geometry.inodesPerGroup);
    u32('wtime', time);
    u16('maxMntCount', NO_MOUNT_LIMIT);
    u16('magic', constants/* SUPERBLOCK_MAGIC */.Td);
    // The state of a backup is never "cleanly unmounted", since only the primary superblock is kept up to date.
    u16('state', group === 0 ? STATE_VALID : 0);
    u16('errors', ERRORS_CONTINUE);
    u32('lastcheck', time);
    u32('revLevel', REVISION_DYNAMIC);
    u32('firstIno', constants/* INODE */.S2.firstFree);
    u16('inodeSize', constants/* INODE_SIZE */.K0);
    u16('blockGroupNr', group);
    u32('featureCompat', bits(constants/* COMPAT */.vS));
    u32('featureIncompat', bits(constants/* INCOMPAT */.Cw));
    u32('featureRoCompat', bits(constants/* RO_COMPAT */.nZ));
    bytes.set(plan.uuid, offsets/* SUPERBLOCK */.Nq.uuid);
    bytes.set(plan.label, offsets/* SUPERBLOCK */.Nq.volumeName);
    u16('reservedGdtBlocks', geometry.reservedDescriptorBlocks);
    u32('journalInum', constants/* INODE */.S2.journal);
    for (const [i, word] of plan.hashSeed.entries()) {
        bytes.writeUInt32LE(word, offsets/* SUPERBLOCK */.Nq.hashSeed + 4 * i);
    }
    u8('defHashVersion', constants/* HASH_HALF_MD4 */.fu);
    u8('jnlBackupType', JOURNAL_BACKUP_BLOCKS);
    u16('descSize', constants/* DESCRIPTOR_SIZE */.Uv);
    u32('defaultMountOpts', DEFAULT_MOUNT_OPTIONS);
    u32('mkfsTime', time);
    writeJournalBackup(bytes, plan);
    u16('minExtraIsize', constants/* EXTRA_ISIZE */.g$);
    u16('wantExtraIsize', constants/* EXTRA_ISIZE */.g$);
    u32('flags', constants/* FLAG_SIGNED_HASH */.lW);
    u8('logGroupsPerFlex', constants/* LOG_GROUPS_PER_FLEX */.GA);
    u8('checksumType', constants/* CHECKSUM_CRC32C */.ND);
    u32('overheadClusters', overheadBlocks(geometry));
    // The checksum of a superblock has no seed; those of other structures are seeded with the UUID.
    u32('checksum', (0,crc32c/* crc32c */.d)(0xffffffff, bytes.subarray(0, offsets/* SUPERBLOCK */.Nq.checksum)));
    return bytes;
}
/** `s_jnl_blocks`: `i_block` of the journal inode, then the upper and the lower half of its size. */
function writeJournalBackup(bytes, plan) {
    const inode = encodeInode(plan, constants/* INODE */.S2.journal, journalInodeFields(plan));
    inode.copy(bytes, offsets/* SUPERBLOCK */.Nq.jnlBlocks, offsets/* INODE_FIELD */.Fn.block, offsets/* INODE_FIELD */.Fn.block + 60);
    inode.copy(bytes, offsets/* SUPERBLOCK */.Nq.jnlBlocks + 60, offsets/* INODE_FIELD */.Fn.sizeHi, offsets/* INODE_FIELD */.Fn.sizeHi + 4);
    inode.copy(bytes, offsets/* SUPERBLOCK */.Nq.jnlBlocks + 64, offsets/* INODE_FIELD */.Fn.sizeLo, offsets/* INODE_FIELD */.Fn.sizeLo + 4);
}
/** `s_overhead_clusters`, as the kernel computes it (`ext4_calculate_overhead`): blocks that no file can use. */
function overheadBlocks(geometry) {
    const superblocks = geometry.backupGroups.length * (0,plan_geometry/* superblockRunBlocks */.y6)(geometry);
    return superblocks + geometry.groups * (2 + geometry.inodeTableBlocks) + geometry.journalBlocks;
}
function bits(features) {
    return Object.values(features).reduce((mask, bit) => mask | bit, 0);
}

;// CONCATENATED MODULE: ./ext4/regions.js








/** The regions of a planned filesystem, ascending. Blocks that are neither in a region nor in an extent are zero. */
function metadataRegions(plan, tree) {
    const { geometry } = plan;
    const regions = [
        ...superblockRegions(plan, tree),
        { start: plan.resizeBlock, length: 1, encode: () => encodeResizeBlock(geometry) },
        ...extentTreeRegions(plan),
    ];
    for (let group = 0; group < geometry.groups; group++) {
        regions.push({ start: geometry.blockBitmap[group], length: 1, encode: () => encodeBlockBitmap(plan, group) }, { start: geometry.inodeBitmap[group], length: 1, encode: () => encodeInodeBitmap(plan, group) });
        const length = usedTableBlocks(plan, group);
        if (length > 0) {
            const encode = (index) => encodeTableBlock(plan, tree, group, index);
            regions.push({ start: geometry.inodeTable[group], length, encode });
        }
    }
    return regions.sort((a, b) => a.start - b.start);
}
/** The superblock, the descriptor table and its reserved blocks, in each group that has them. */
function superblockRegions(plan, tree) {
    const { geometry } = plan;
    const { descriptorBlocks, reservedDescriptorBlocks } = geometry;
    const descriptors = once(() => encodeDescriptors(plan, tree));
    const freeBlocks = plan.freeRuns.reduce((sum, run) => sum + run.length, 0);
    const freeInodes = geometry.groups * geometry.inodesPerGroup - plan.inodes.last;
    return geometry.backupGroups.map((group) => ({
        start: group * constants/* BLOCKS_PER_GROUP */.Nr,
        // The reserved blocks are zero in backup groups.
        length: group === 0 ? (0,plan_geometry/* superblockRunBlocks */.y6)(geometry) : (0,plan_geometry/* superblockRunBlocks */.y6)(geometry) - reservedDescriptorBlocks,
        encode: (index) => {
            if (index > descriptorBlocks) {
                return encodeReservedDescriptorBlock(geometry, index - 1 - descriptorBlocks);
            }
            if (index > 0) {
                return descriptors().subarray((index - 1) * constants/* BLOCK_SIZE */.cS, index * constants/* BLOCK_SIZE */.cS);
            }
            const superblock = encodeSuperblock(plan, group, freeBlocks, freeInodes);
            return group > 0 ? superblock : Buffer.concat([Buffer.alloc(constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd), superblock]);
        },
    }));
}
function extentTreeRegions(plan) {
    const { extents } = plan;
    return extents.trees.flatMap((tree) => tree.levels.flatMap((nodes, level) => nodes.map((node) => ({
        start: node.block,
        length: 1,
        encode: () => encodeExtentBlock(extents, { tree, node, level, seed: inodeChecksumSeed(plan, tree.inode) }),
    }))));
}
/** One block of an inode table. Reserved inodes are zero, except the root, resize and journal inodes. */
function encodeTableBlock(plan, tree, group, index) {
    const block = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    const first = group * plan.geometry.inodesPerGroup + index * constants/* INODES_PER_BLOCK */.b6 + 1;
    const end = Math.min(first + constants/* INODES_PER_BLOCK */.b6, plan.inodes.last + 1);
    for (let inode = first; inode < end; inode++) {
        const bytes = encodeInodeOf(plan, tree, inode);
        if (bytes !== undefined) {
            block.set(bytes, (inode - first) * constants/* INODE_SIZE */.K0);
        }
    }
    return block;
}
function encodeInodeOf(plan, tree, inode) {
    if (inode === constants/* INODE */.S2.resize) {
        return encodeInode(plan, inode, resizeInodeFields(plan));
    }
    if (inode === constants/* INODE */.S2.journal) {
        return encodeInode(plan, inode, journalInodeFields(plan));
    }
    const entry = plan.inodes.entryOf[inode];
    return entry === plan_inodes/* NO_ENTRY */.z ? undefined : encodeInode(plan, inode, entryInodeFields(plan, tree, inode, entry));
}
/** Calls `make` on first use, and returns its result from then on. */
function once(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}

;// CONCATENATED MODULE: ./ext4/structures/journal.js
/**
 * The first block of an empty journal: a version 2 superblock, big-endian, without features and checksum, which the kernel
 * adds when it first mounts the filesystem for writing. The rest of the journal is zero.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, e2fsprogs `lib/ext2fs/mkjournal.c`.
 */


/** Encodes the superblock of a journal of `blocks` blocks in the filesystem with the UUID `uuid`. */
function encodeJournalSuperblock(blocks, uuid) {
    const bytes = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    bytes.writeUInt32BE(constants/* JOURNAL_MAGIC */.oz, offsets/* JOURNAL_SUPERBLOCK */.xO.magic);
    bytes.writeUInt32BE(constants/* JOURNAL_SUPERBLOCK_V2 */.ow, offsets/* JOURNAL_SUPERBLOCK */.xO.blockType);
    bytes.writeUInt32BE(constants/* BLOCK_SIZE */.cS, offsets/* JOURNAL_SUPERBLOCK */.xO.blockSize);
    bytes.writeUInt32BE(blocks, offsets/* JOURNAL_SUPERBLOCK */.xO.maxLen);
    bytes.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.first);
    bytes.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.sequence);
    bytes.set(uuid, offsets/* JOURNAL_SUPERBLOCK */.xO.uuid);
    bytes.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.nrUsers);
    return bytes;
}

;// CONCATENATED MODULE: ./ext4/source.js








/**
 * Creates the bytes of a planned filesystem: metadata from the plan, file contents from `readContents`. Reads of whole
 * blocks are the fastest.
 */
function createExt4Source(plan, tree, readContents) {
    const regions = metadataRegions(plan, tree);
    const size = plan.blocks * constants/* BLOCK_SIZE */.cS;
    const readBlocks = createBlockReader(plan, regions, createExtentReader(plan, tree, readContents));
    return {
        size,
        read(target, offset) {
            (0,bounds/* checkBounds */.M)({ offset, length: target.length }, size, 'a filesystem');
            if (offset % constants/* BLOCK_SIZE */.cS === 0 && target.length % constants/* BLOCK_SIZE */.cS === 0) {
                return readBlocks(target, offset / constants/* BLOCK_SIZE */.cS);
            }
            const firstBlock = Math.floor(offset / constants/* BLOCK_SIZE */.cS);
            const blocks = Buffer.alloc((Math.ceil((offset + target.length) / constants/* BLOCK_SIZE */.cS) - firstBlock) * constants/* BLOCK_SIZE */.cS);
            readBlocks(blocks, firstBlock);
            target.set(blocks.subarray(offset - firstBlock * constants/* BLOCK_SIZE */.cS).subarray(0, target.length));
        },
        dataRanges: (within) => rangesOf(plan, regions, within, () => true),
        metadataRanges: (within, files) => {
            const isWanted = (inode) => {
                const entry = plan.inodes.entryOf[inode];
                const isFile = inode !== constants/* INODE */.S2.journal && (tree.mode[entry] & constants/* MODE */.g.typeMask) === constants/* MODE */.g.regular;
                return !isFile || files.has(inode);
            };
            return rangesOf(plan, regions, within, isWanted);
        },
    };
}
/** Reads blocks of the filesystem: those of regions and extents in ascending order, and zeros between them. */
function createBlockReader({ extents }, regions, readExtent) {
    return (target, firstBlock) => {
        const end = firstBlock + target.length / constants/* BLOCK_SIZE */.cS;
        const blocks = (from, to) => target.subarray((from - firstBlock) * constants/* BLOCK_SIZE */.cS, (to - firstBlock) * constants/* BLOCK_SIZE */.cS);
        let region = firstRegionAfter(regions, firstBlock);
        let extent = firstExtentAfter(extents, firstBlock);
        let done = firstBlock;
        while (done < end) {
            const regionStart = region < regions.length ? regions[region].start : Number.POSITIVE_INFINITY;
            const extentStart = extent < extents.count ? extents.physical[extent] : Number.POSITIVE_INFINITY;
            const from = Math.max(Math.min(regionStart, extentStart), done);
            blocks(done, Math.min(from, end)).fill(0);
            if (from >= end) {
                return;
            }
            if (regionStart < extentStart) {
                done = Math.min(regionStart + regions[region].length, end);
                readRegion(blocks(from, done), regions[region], from - regionStart);
                region++;
            }
            else {
                done = Math.min(extentStart + extents.length[extent], end);
                const logical = extents.logical[extent] + from - extentStart;
                readExtent(blocks(from, done), extents.inode[extent], logical);
                extent++;
            }
        }
    };
}
/** Reads blocks that extents map: the journal, directories, symlinks and files. */
function createExtentReader(plan, tree, readContents) {
    const directory = keepLastResult((entry) => encodeDirectoryOf(plan, tree, entry));
    return (target, inode, firstBlock) => {
        if (inode === constants/* INODE */.S2.journal) {
            target.fill(0);
            if (firstBlock === 0) {
                target.set(encodeJournalSuperblock(plan.geometry.journalBlocks, plan.uuid));
            }
            return;
        }
        const entry = plan.inodes.entryOf[inode];
        const position = firstBlock * constants/* BLOCK_SIZE */.cS;
        const type = tree.mode[entry] & constants/* MODE */.g.typeMask;
        if (type === constants/* MODE */.g.directory) {
            target.set(directory(entry).subarray(position, position + target.length));
            return;
        }
        const length = Math.min(target.length, tree.size[entry] - position);
        if (type === constants/* MODE */.g.symlink) {
            target.set(symlinkTarget(tree, entry));
        }
        else {
            readContents(entry, position, target.subarray(0, length));
        }
        target.fill(0, length);
    };
}
function readRegion(target, region, firstBlock) {
    for (let at = 0; at < target.length; at += constants/* BLOCK_SIZE */.cS) {
        const bytes = region.encode(firstBlock + at / constants/* BLOCK_SIZE */.cS);
        target.set(bytes, at);
        target.fill(0, at + bytes.length, at + constants/* BLOCK_SIZE */.cS);
    }
}
function firstRegionAfter(regions, block) {
    return (0,search/* firstAfter */.P)(regions.length, (at) => regions[at].start + regions[at].length, block);
}
function firstExtentAfter(extents, block) {
    return (0,search/* firstAfter */.P)(extents.count, (at) => extents.physical[at] + extents.length[at], block);
}
/** The bytes of the runs within a range, with adjacent runs merged. */
function* rangesOf(plan, regions, within, isWanted) {
    const limit = within.offset + within.length;
    let offset = within.offset;
    let end = offset;
    for (const run of runsFrom(plan, regions, Math.floor(offset / constants/* BLOCK_SIZE */.cS), isWanted)) {
        const start = Math.max(run.start * constants/* BLOCK_SIZE */.cS, within.offset);
        if (start >= limit) {
            break;
        }
        if (start > end) {
            if (end > offset) {
                yield { offset, length: end - offset };
            }
            offset = start;
        }
        end = Math.min((run.start + run.length) * constants/* BLOCK_SIZE */.cS, limit);
    }
    if (end > offset) {
        yield { offset, length: end - offset };
    }
}
/** The regions, and the extents of the wanted inodes, from a block on, ascending. The journal has data in its first block. */
function* runsFrom({ extents }, regions, block, isWanted) {
    let region = firstRegionAfter(regions, block);
    for (let i = firstExtentAfter(extents, block); i < extents.count; i++) {
        const start = extents.physical[i];
        while (region < regions.length && regions[region].start < start) {
            yield regions[region];
            region++;
        }
        const isJournal = extents.inode[i] === constants/* INODE */.S2.journal;
        if (isWanted(extents.inode[i]) && !(isJournal && extents.logical[i] > 0)) {
            yield { start, length: isJournal ? 1 : extents.length[i] };
        }
    }
    while (region < regions.length) {
        yield regions[region];
        region++;
    }
}
function encodeDirectoryOf(plan, tree, entry) {
    const { inodeOf } = plan.inodes;
    const isLostAndFound = inodeOf[entry] === constants/* INODE */.S2.lostAndFound;
    const layout = isLostAndFound ? EMPTY_LOST_AND_FOUND : (0,pack/* layOutDirectory */.I4)(tree, entry, plan.hashSeed);
    return encodeDirectory(layout, {
        tree,
        inodeOf,
        directory: entry,
        checksumSeed: inodeChecksumSeed(plan, inodeOf[entry]),
    });
}
const EMPTY_LOST_AND_FOUND = {
    kind: 'linear',
    blocks: pack/* LOST_AND_FOUND_BLOCKS */.Tz,
    children: new Uint32Array(0),
};
/** Keeps the result for the last argument: large directories are read in several pieces. */
function keepLastResult(make) {
    let last;
    return (argument) => {
        if (last?.argument !== argument) {
            last = { argument, value: make(argument) };
        }
        return last.value;
    };
}

// EXTERNAL MODULE: ./fat/source.js + 1 modules
var fat_source = __webpack_require__(5731);
// EXTERNAL MODULE: ./tree/contents.js
var tree_contents = __webpack_require__(9618);
// EXTERNAL MODULE: ./image/card/blobs.js
var card_blobs = __webpack_require__(8306);
// EXTERNAL MODULE: ./image/card/source-files.js
var source_files = __webpack_require__(3159);
;// CONCATENATED MODULE: ./image/description.js







/** Opens an image from its description. */
function openImage({ filesystem: { plan, tree }, card }) {
    const contents = (0,tree_contents/* createContentsReader */.G)(tree);
    const filesystem = createExt4Source(plan, tree, contents.read);
    if (card === undefined) {
        return { ...filesystem, filesystem, close: contents.close, [Symbol.dispose]: contents.close };
    }
    const { layout } = card;
    const blobs = (0,card_blobs/* openBlobs */.d)(layout.blobs);
    const firmwareFiles = (0,source_files/* openSourceFiles */.P)(card.firmware?.files ?? []);
    const firmware = card.firmware && (0,fat_source/* createFatSource */.n)(card.firmware.plan, firmwareFiles.read);
    const close = () => {
        contents.close();
        blobs.close();
        firmwareFiles.close();
    };
    const source = createCardSource(layout, { firmware, filesystem, blobs: blobs.sources });
    return { ...source, filesystem, close, [Symbol.dispose]: close };
}
/** Returns the range of the ext4 filesystem in an image. */
function filesystemRange({ filesystem, card }) {
    return card?.layout.filesystem ?? { offset: 0, length: filesystem.plan.blocks * constants/* BLOCK_SIZE */.cS };
}
/** Returns the size of an image in bytes. */
function imageSize(image) {
    return image.card?.layout.size ?? filesystemRange(image).length;
}


/***/ }),

/***/ 9:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ release),
/* harmony export */   j: () => (/* binding */ CHUNK_SLACK)
/* harmony export */ });
/** If the output chunk is larger than all output, zlib allocates one buffer instead of joining many small ones. */
const CHUNK_SLACK = 1024 * 1024;
/**
 * Frees the memory of a large buffer at once; the buffer must not be used after that. The garbage collector sees only the
 * small object that refers to the memory, and would let gigabytes accumulate.
 */
function release(buffer) {
    // A smaller one may be part of Node's pool for small buffers.
    if (buffer.buffer.byteLength >= CHUNK_SLACK) {
        buffer.buffer.transfer(0);
    }
}


/***/ }),

/***/ 5480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ withoutSentinel)
/* harmony export */ });
/** Takes off the byte that a decompressor found after the contents, which shows that more can follow a frame. */
function withoutSentinel(found, sentinel) {
    if (found.at(-1) !== sentinel) {
        throw new Error('Nothing can follow the frame.');
    }
    return found.subarray(0, -1);
}


/***/ }),

/***/ 8329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  QA: () => (/* binding */ CODECS),
  _7: () => (/* binding */ COMPRESSIONS),
  hR: () => (/* binding */ FORMATS),
  ji: () => (/* binding */ decompressFrame),
  vO: () => (/* binding */ imageFileName)
});

// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./threads/uninterrupted.js
var uninterrupted = __webpack_require__(7112);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
// EXTERNAL MODULE: ./image/frames/codec.js
var codec = __webpack_require__(5480);
;// CONCATENATED MODULE: ./image/frames/gzip.js




/**
 * One gzip member (RFC 1952) without a name and a time, as pigz makes it: each frame is DEFLATE blocks (RFC 1951) that refer to
 * nothing before them, up to an empty stored block that ends at a byte (`Z_FULL_FLUSH` of zlib).
 */
const gzipFrames = {
    suffix: '.gz',
    levels: { least: 1, most: 9, default: 6 },
    // Deflate looks back 32 KiB at most, so small frames cost nothing.
    frameBytes: () => 2 * 1024 * 1024,
    leadBytes: () => 0,
    head: (_, level) => Buffer.from([0x1f, 0x8b, DEFLATE, 0, 0, 0, 0, 0, extraFlags(level), UNIX]),
    compress(bytes, level) {
        const options = { level, finishFlush: external_node_zlib_.constants.Z_FULL_FLUSH, chunkSize: bytes.length + buffers/* CHUNK_SLACK */.j };
        return (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.deflateRawSync)(bytes, options));
    },
    decompress(frame, size) {
        const options = { maxOutputLength: size + 1, chunkSize: size + buffers/* CHUNK_SLACK */.j };
        const blocks = Buffer.concat([frame, LAST_BYTE]);
        const found = (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.inflateRawSync)(blocks, options));
        (0,buffers/* release */._)(blocks);
        return (0,codec/* withoutSentinel */.r)(found, SENTINEL);
    },
    startTail() {
        let crc = 0;
        let size = 0;
        return {
            add(_, contents) {
                crc = (0,external_node_zlib_.crc32)(contents, crc);
                size += contents.length;
            },
            end() {
                const sums = Buffer.alloc(8);
                sums.writeUInt32LE(crc, 0);
                sums.writeUInt32LE(size % 2 ** 32, 4);
                return Buffer.concat([EMPTY_LAST_BLOCK, sums]);
            },
        };
    },
};
const DEFLATE = 8;
const UNIX = 3;
/** XFL of RFC 1952, section 2.3.1: the slowest and the fastest algorithm. */
function extraFlags(level) {
    return level === 9 ? 2 : level === 1 ? 4 : 0;
}
/** The last block, without contents: fixed codes, and only the end of the block (RFC 1951, section 3.2.3). */
const EMPTY_LAST_BLOCK = Buffer.from([0x03, 0x00]);
const SENTINEL = 0xa5;
/** A stored last block with the sentinel. */
const LAST_BYTE = Buffer.from([0x01, 0x01, 0x00, 0xfe, 0xff, SENTINEL]);

// EXTERNAL MODULE: ./image/frames/xz.js + 1 modules
var xz = __webpack_require__(127);
// EXTERNAL MODULE: ./image/frames/zstd.js + 1 modules
var zstd = __webpack_require__(3832);
// EXTERNAL MODULE: ./image/frames/zstd-frames.js + 1 modules
var zstd_frames = __webpack_require__(7521);
;// CONCATENATED MODULE: ./image/frames/codecs.js





/** The compressions by name. A compression is listed here and in `COMPRESSIONS`, and nowhere else. */
const CODECS = { zstd: zstd/* zstdFrames */.C, gzip: gzipFrames, xz: xz/* xzFrames */.pe };
/** How a file is made of frames: as its compression wants it or, for zstd, of frames that are apart. */
const FORMATS = { ...CODECS, 'zstd-apart': zstd_frames/* framesApart */.r };
/** Values of the input compression, in the order in which messages list them. */
const COMPRESSIONS = ['zstd', 'gzip', 'xz', 'none'];
/** Returns the name of the image file: the name of the image with the suffix of its compression. */
function imageFileName({ imageName, compression, }) {
    return compression === 'none' ? imageName : imageName + CODECS[compression].suffix;
}
/** Decompresses a frame of the file at `path`. Throws an error that names both if it is damaged, or has another length. */
function decompressFrame(format, bytes, frame, path) {
    const where = `The ${format} frame at byte ${frame.offset} of ${(0,printable/* printable */.g)(path)}`;
    let contents;
    try {
        contents = FORMATS[format].decompress(bytes, frame.uncompressedBytes);
    }
    catch (cause) {
        throw new Error(`${where} cannot be decompressed to ${frame.uncompressedBytes} bytes: the file is damaged.`, {
            cause,
        });
    }
    if (contents.length === frame.uncompressedBytes) {
        return contents;
    }
    throw new Error(`${where} holds ${contents.length} bytes; ${frame.uncompressedBytes} were expected.`);
}


/***/ }),

/***/ 127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rk: () => (/* binding */ INSTALL_XZ),
  wX: () => (/* binding */ findXz),
  pe: () => (/* binding */ xzFrames)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./process/describe.js
var describe = __webpack_require__(3582);
// EXTERNAL MODULE: ./process/find-program.js
var find_program = __webpack_require__(1041);
// EXTERNAL MODULE: ./process/program-error.js
var program_error = __webpack_require__(8492);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./image/frames/xz-stream.js
/**
 * The parts of an xz stream: a header, blocks, an index of the blocks, and a footer.
 *
 * Source: `xz-file-format.txt` of XZ Utils 1.2.1, sections 1.2 and 2 to 4.
 */

/** The check of each block: CRC64. */
const FLAGS = Buffer.from([0x00, 0x04]);
const CHECK_BYTES = 8;
const FOOTER_BYTES = 12;
const BOTH_SIZES = 0xc0;
/** Encodes the header of a stream. */
function encodeStreamHeader() {
    return Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), FLAGS, checksum(FLAGS)]);
}
/** Encodes the index and the footer of a stream. */
function encodeStreamEnd(records) {
    const numbers = records.flatMap(({ unpaddedBytes, uncompressedBytes }) => [unpaddedBytes, uncompressedBytes]);
    const list = Buffer.from([0, ...encodeNumber(records.length), ...numbers.flatMap(encodeNumber)]);
    const padded = Buffer.concat([list, Buffer.alloc(paddingOf(list.length))]);
    const index = Buffer.concat([padded, checksum(padded)]);
    const backwardSize = Buffer.alloc(4);
    backwardSize.writeUInt32LE(index.length / 4 - 1);
    const end = Buffer.concat([backwardSize, FLAGS]);
    return Buffer.concat([index, checksum(end), end, Buffer.from('YZ')]);
}
/** Returns the blocks of a whole stream. Throws if it has no footer. */
function blocksOf(stream) {
    const footer = stream.length - FOOTER_BYTES;
    if (footer < 0 || stream.toString('latin1', stream.length - 2) !== 'YZ') {
        throw new Error('The xz stream has no footer.');
    }
    const indexBytes = (stream.readUInt32LE(footer + 4) + 1) * 4;
    return stream.subarray(encodeStreamHeader().length, footer - indexBytes);
}
/**
 * Decodes the sizes of a block from its header; none for no bytes, which is what xz makes of none. Throws if the header does
 * not state the sizes, or if the block has another length.
 */
function recordsOf(block) {
    if (block.length === 0) {
        return [];
    }
    const headerBytes = (block[0] + 1) * 4;
    if ((block[1] & BOTH_SIZES) !== BOTH_SIZES) {
        throw new Error('The header of the xz block does not state its sizes.');
    }
    const compressed = decodeNumber(block, 2);
    const uncompressed = decodeNumber(block, compressed.end);
    const unpaddedBytes = headerBytes + compressed.value + CHECK_BYTES;
    if (unpaddedBytes + paddingOf(unpaddedBytes) !== block.length) {
        throw new Error(`The xz block has ${block.length} bytes; its header states ${unpaddedBytes} without padding.`);
    }
    return [{ unpaddedBytes, uncompressedBytes: uncompressed.value }];
}
/** Bytes up to the next multiple of 4. */
function paddingOf(length) {
    return (4 - (length % 4)) % 4;
}
function checksum(bytes) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE((0,external_node_zlib_.crc32)(bytes));
    return sum;
}
/** Seven bits a byte, the lowest first; all bytes but the last have the highest bit. */
function encodeNumber(value) {
    return value < 0x80 ? [value] : [0x80 | (value % 0x80), ...encodeNumber(Math.floor(value / 0x80))];
}
function decodeNumber(bytes, start) {
    let value = 0;
    let factor = 1;
    for (let at = start; at < bytes.length; at++) {
        value += (bytes[at] & 0x7f) * factor;
        factor *= 0x80;
        if (bytes[at] < 0x80) {
            return { value, end: at + 1 };
        }
    }
    throw new Error('The xz block ends within its header.');
}

;// CONCATENATED MODULE: ./image/frames/xz.js







/**
 * One xz stream (the .xz file format, section 2) whose frames are its blocks, as `xz --threads` makes it. The program xz
 * compresses and decompresses them as streams of one block: Node has no LZMA.
 */
const xzFrames = {
    suffix: '.xz',
    levels: { least: 0, most: 9, default: 6 },
    frameBytes: () => FRAME_BYTES,
    leadBytes: () => 0,
    head: encodeStreamHeader,
    compress: (bytes, level) => checkedBlocks(xz([`-${level}`, ...ONE_BLOCK], bytes, bytes.length + SLACK)),
    decompress(frame, size) {
        const stream = Buffer.concat([encodeStreamHeader(), frame, encodeStreamEnd(recordsOf(frame))]);
        return xz(['--decompress', '--threads=1'], stream, size + SLACK);
    },
    startTail() {
        const records = [];
        return {
            add(frame) {
                records.push(...recordsOf(frame));
            },
            end: () => encodeStreamEnd(records),
        };
    },
};
/** Twice the dictionary of the default level. */
const FRAME_BYTES = 16 * 1024 * 1024;
/** With threads, of which a single block uses one, xz states the sizes of a block in its header. */
const ONE_BLOCK = ['--check=crc64', '--threads=2', `--block-size=${FRAME_BYTES}`];
/** Remedy for an xz that is missing or unsuitable. */
const INSTALL_XZ = 'Install XZ Utils before this step: `sudo apt-get install xz-utils`, or `apk add xz` on Alpine. Or set compression to zstd.';
/** Returns the path of xz. Throws a `PROGRAM_MISSING` error that says how to install it if there is none. */
function findXz() {
    try {
        return (0,find_program/* findProgram */.K)('xz');
    }
    catch (cause) {
        if (!(0,program_error/* isProgramMissing */.J)(cause)) {
            throw cause;
        }
        throw (0,program_error/* programError */.b)({
            code: 'PROGRAM_MISSING',
            message: 'compression: xz needs the program xz, which was not found in PATH.',
            remedy: INSTALL_XZ,
            cause,
        });
    }
}
/** The block of a stream that states its sizes. Another program may go by the name xz, or another version may not state them. */
function checkedBlocks(stream) {
    try {
        const blocks = blocksOf(stream);
        recordsOf(blocks);
        return blocks;
    }
    catch (cause) {
        throw (0,program_error/* programError */.b)({
            code: 'PROGRAM_UNSUITABLE',
            message: `${(0,printable/* printable */.g)(findXz())} does not write what the xz of XZ Utils writes.`,
            remedy: INSTALL_XZ,
            cause,
        });
    }
}
/** Data that xz cannot compress grows by less than this. */
const SLACK = 1024 * 1024;
/**
 * Runs xz over bytes in memory. Not by `run`: worker threads call it, each frame takes a second or more, and
 * @actions/exec has no synchronous form.
 */
function xz(options, input, limit) {
    const args = [...options, '--format=xz', '--quiet', '--stdout'];
    // Without XZ_OPT and XZ_DEFAULTS, which would change the result.
    const env = { PATH: process.env.PATH, LC_ALL: 'C' };
    const { stdout, stderr, status, error } = (0,external_node_child_process_.spawnSync)(findXz(), args, { input, maxBuffer: limit, env });
    // A program that ends before it has read all input reports why.
    const endedEarly = (0,error_code/* errorCode */.C)(error) === 'EPIPE';
    if (error !== undefined && !endedEarly) {
        throw (0,error_code/* errorCode */.C)(error) === 'ENOBUFS' ? wroteTooMuch(args, limit, error) : notStarted(error);
    }
    if (status === 0 && !endedEarly) {
        return Buffer.from(stdout);
    }
    const message = (0,describe/* describeFailedCommand */.e)((0,describe/* describeCommand */.v)('xz', args), { exitCode: status, stderr });
    throw (0,program_error/* programError */.b)({ code: 'PROGRAM_FAILED', message });
}
function wroteTooMuch(args, limit, cause) {
    const message = `Killed because it wrote more than ${limit} bytes: ${(0,describe/* describeCommand */.v)('xz', args)}`;
    return (0,program_error/* programError */.b)({ code: 'PROGRAM_OUTPUT', message, cause });
}
function notStarted(cause) {
    const message = `xz could not be started: ${(0,printable/* printable */.g)(cause.message)}.`;
    return (0,program_error/* programError */.b)({ code: 'PROGRAM_NOT_STARTED', message, cause });
}


/***/ }),

/***/ 7521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ framesApart)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./threads/uninterrupted.js
var uninterrupted = __webpack_require__(7112);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
;// CONCATENATED MODULE: ./image/frames/seek-table.js
/**
 * The table of the frames of a zstd file: a skippable frame at the end of the file, which decompressors ignore.
 *
 * Source: `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */
const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;
/** Encodes the table of frames that are adjacent from the start of the file on, by their sizes in bytes. */
function encodeSeekTable(frames) {
    const table = Buffer.alloc(SKIPPABLE_HEADER_BYTES + frames.length * ENTRY_BYTES + FOOTER_BYTES);
    table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
    table.writeUInt32LE(table.length - SKIPPABLE_HEADER_BYTES, 4);
    frames.forEach(([compressed, uncompressed], i) => {
        table.writeUInt32LE(compressed, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES);
        table.writeUInt32LE(uncompressed, SKIPPABLE_HEADER_BYTES + i * ENTRY_BYTES + 4);
    });
    const footer = table.length - FOOTER_BYTES;
    table.writeUInt32LE(frames.length, footer);
    // The descriptor byte stays zero: entries have no checksums, because the frames do.
    table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
    return table;
}

;// CONCATENATED MODULE: ./image/frames/zstd-frames.js




/**
 * Zstandard frames (RFC 8878) one after the other, each with a checksum, and a table of them. For a Node.js whose zstd does
 * not make what `zstdFrames` needs.
 */
const framesApart = {
    suffix: '.zst',
    levels: { least: 1, most: 22, default: 3 },
    frameBytes: (level) => (level <= FAST_LEVEL ? 4 : 16) * 1024 * 1024,
    leadBytes: () => 0,
    head: () => Buffer.alloc(0),
    compress(bytes, level) {
        const params = { ...framesApart.params(level), [external_node_zlib_.constants.ZSTD_c_checksumFlag]: 1 };
        return (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdCompressSync)(bytes, { params, chunkSize: bytes.length + buffers/* CHUNK_SLACK */.j }));
    },
    decompress: (frame, size) => (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdDecompressSync)(frame, { maxOutputLength: Math.max(size, 1), chunkSize: size + buffers/* CHUNK_SLACK */.j })),
    startTail() {
        const sizes = [];
        return {
            add(frame, contents) {
                sizes.push([frame.length, contents.length]);
            },
            end: () => encodeSeekTable(sizes),
        };
    },
    params(level) {
        const window = level > WIDE_LEVEL ? { [external_node_zlib_.constants.ZSTD_c_windowLog]: WINDOW_LOG } : {};
        return { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: level, ...window };
    },
};
/**
 * Up to this level zstd looks back 2 MiB at most; above it up to 8 MiB, and a frame should hold a multiple of that
 * (`lib/compress/clevels.h` of zstd).
 */
const FAST_LEVEL = 8;
/** Above this level zstd would look back further than 8 MiB, which not every decompressor can. */
const WIDE_LEVEL = 19;
const WINDOW_LOG = 23;


/***/ }),

/***/ 3832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ keepsContract),
  C: () => (/* binding */ zstdFrames)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./threads/uninterrupted.js
var uninterrupted = __webpack_require__(7112);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
// EXTERNAL MODULE: ./image/frames/codec.js
var codec = __webpack_require__(5480);
;// CONCATENATED MODULE: ./image/frames/zstd-blocks.js
/**
 * The parts of a zstd frame: a header, and blocks of which the last is marked.
 *
 * Source: RFC 8878, sections 3.1.1.1 and 3.1.1.2.
 */
const MAGIC = 0xfd2fb528;
/** Frame_Content_Size of 8 bytes; no Single_Segment, no checksum, no dictionary. */
const SIZED = 0xc0;
const BLOCK_HEADER_BYTES = 3;
const RLE = 1;
/** Bytes of a header without the size of the contents. */
const UNSIZED_HEADER_BYTES = 6;
/** Encodes the header of a frame with contents of `size` bytes. */
function encodeHeader(size, windowLog) {
    const header = Buffer.alloc(14);
    header.writeUInt32LE(MAGIC, 0);
    header[4] = SIZED;
    header[5] = (windowLog - 10) << 3;
    header.writeBigUInt64LE(BigInt(size), 6);
    return header;
}
/** Encodes a raw block of bytes as the last one of a frame. */
function encodeLastBlock(bytes) {
    return Buffer.from([1 | (bytes.length << 3), 0, 0, ...bytes]);
}
/** Marks the last of these blocks as not the last of its frame, in place. Throws if they are not whole, or it is not marked. */
function unmarkLastBlock(blocks) {
    let at = 0;
    while (at + BLOCK_HEADER_BYTES <= blocks.length) {
        const header = blocks.readUIntLE(at, BLOCK_HEADER_BYTES);
        const isRle = ((header >> 1) & 3) === RLE;
        const next = at + BLOCK_HEADER_BYTES + (isRle ? 1 : header >> 3);
        if ((header & 1) === 1) {
            if (next !== blocks.length) {
                break;
            }
            blocks[at] &= 0xfe;
            return;
        }
        at = next;
    }
    throw new Error('The blocks of the zstd frame do not end where they should.');
}

// EXTERNAL MODULE: ./image/frames/zstd-frames.js + 1 modules
var zstd_frames = __webpack_require__(7521);
;// CONCATENATED MODULE: ./image/frames/zstd.js






/**
 * One Zstandard frame (RFC 8878) that states the size of its contents. Each of our frames is blocks that need nothing before
 * them, neither bytes nor repeat offsets nor entropy tables, so that they can be anywhere in it.
 *
 * zstd makes such blocks for every job but the first when it compresses with threads. So the input is a first job of zeros,
 * whose blocks are always the same and are cut off, and the contents are the other job. `overlapLog` 1 is for no overlap.
 * `keepsContract` finds out whether the zstd of Node.js works so.
 *
 * There is no checksum: it would have to be computed over all bytes in order, on one thread.
 */
const zstdFrames = {
    suffix: zstd_frames/* framesApart */.r.suffix,
    levels: zstd_frames/* framesApart */.r.levels,
    // More jobs after the same zeros would take a little less time, and more memory.
    frameBytes: jobBytes,
    leadBytes: jobBytes,
    head: (size, level) => encodeHeader(size, windowLog(level)),
    compress(input, level) {
        const lead = jobBytes(level);
        if (input.length === lead) {
            return Buffer.alloc(0);
        }
        const first = firstJob(level);
        const whole = compressJobs(input, level);
        if (!whole.subarray(0, first.length).equals(first)) {
            throw new Error('zstd did not compress the zeros before a frame as before.');
        }
        const blocks = whole.subarray(first.length);
        unmarkLastBlock(blocks);
        return blocks;
    },
    decompress(frame, size) {
        const { bytes, contents } = primer();
        const whole = contents.length + size + 1;
        // zstd decompresses directly to the output if the header says how much it is, and without a buffer of its own.
        const parts = [encodeHeader(whole, MOST_WINDOW_LOG), bytes, frame, encodeLastBlock([SENTINEL])];
        const options = { maxOutputLength: whole, chunkSize: whole + buffers/* CHUNK_SLACK */.j };
        const file = Buffer.concat(parts);
        const found = (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdDecompressSync)(file, options));
        (0,buffers/* release */._)(file);
        return (0,codec/* withoutSentinel */.r)(found, SENTINEL).subarray(contents.length);
    },
    startTail: () => ({ add: () => undefined, end: () => encodeLastBlock([]) }),
};
/**
 * Whether the zstd of Node.js makes frames that can be anywhere in a file: two of them are compressed, and decompressed
 * together and apart.
 */
function keepsContract(level) {
    const samples = [1, 2].map((seed) => Buffer.concat([Buffer.alloc(100), noise(50_000, seed), noise(9000, seed)]));
    const lead = Buffer.alloc(jobBytes(level));
    try {
        const frames = samples.map((bytes) => zstdFrames.compress(Buffer.concat([lead, bytes]), level));
        const all = Buffer.concat(samples);
        const file = Buffer.concat([zstdFrames.head(all.length, level), ...frames, zstdFrames.startTail().end()]);
        return (firstJob(level)[WINDOW_AT] <= file[WINDOW_AT] &&
            (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdDecompressSync)(file)).equals(all) &&
            samples.every((bytes, i) => zstdFrames.decompress(frames[i], bytes.length).equals(bytes)));
    }
    catch {
        return false;
    }
}
/** Bytes that zstd compresses by themselves: a frame of `framesApart`. */
function jobBytes(level) {
    return zstd_frames/* framesApart */.r.frameBytes(level);
}
/** The largest window, of 8 MiB: every decompressor must have as much (RFC 8878, section 3.1.1.1.2). */
const MOST_WINDOW_LOG = 23;
/** How far back the levels look: 2 MiB at most up to level 8, and above as far as `framesApart` lets them. */
function windowLog(level) {
    return jobBytes(level) < 2 ** MOST_WINDOW_LOG ? 21 : MOST_WINDOW_LOG;
}
/** Where a frame's header has its window. */
const WINDOW_AT = 5;
const SENTINEL = 0xa5;
/** With one, zstd would not wait for a job to end, but ask again and again whether it has. */
const THREADS = 2;
function compressJobs(input, level) {
    const jobSize = jobBytes(level);
    const params = {
        ...zstd_frames/* framesApart */.r.params(level),
        [external_node_zlib_.constants.ZSTD_c_contentSizeFlag]: 0,
        [external_node_zlib_.constants.ZSTD_c_checksumFlag]: 0,
        [external_node_zlib_.constants.ZSTD_c_nbWorkers]: THREADS,
        [external_node_zlib_.constants.ZSTD_c_jobSize]: jobSize,
        [external_node_zlib_.constants.ZSTD_c_overlapLog]: 1,
    };
    return (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdCompressSync)(input, { params, chunkSize: input.length - jobSize + buffers/* CHUNK_SLACK */.j }));
}
/** By level, what zstd makes of the zeros: the header of a frame, and the blocks of the first job. */
const firstJobs = new Map();
function firstJob(level) {
    const known = firstJobs.get(level);
    if (known !== undefined) {
        return known;
    }
    // A single byte more becomes a raw block with a header of three bytes.
    const whole = compressJobs(Buffer.concat([Buffer.alloc(jobBytes(level)), Buffer.of(SENTINEL)]), level);
    const last = encodeLastBlock([SENTINEL]);
    if (!whole.subarray(-last.length).equals(last)) {
        throw new Error('zstd did not compress a single byte as a block of its own.');
    }
    const first = Buffer.from(whole.subarray(0, -last.length));
    firstJobs.set(level, first);
    return first;
}
let madePrimer;
function primer() {
    madePrimer ??= makePrimer();
    return madePrimer;
}
function makePrimer() {
    const text = noise(1500, 3);
    const contents = Buffer.concat([text, text.subarray(0, 90), text.subarray(500, 600), text.subarray(1100, 1220)]);
    const params = { [external_node_zlib_.constants.ZSTD_c_contentSizeFlag]: 0, [external_node_zlib_.constants.ZSTD_c_checksumFlag]: 0 };
    const bytes = (0,uninterrupted/* uninterrupted */.qA)(() => (0,external_node_zlib_.zstdCompressSync)(contents, { params })).subarray(UNSIZED_HEADER_BYTES);
    unmarkLastBlock(bytes);
    return { bytes, contents };
}
/** Bytes of 64 values that do not repeat in any order: the upper bits of a linear congruential generator. */
function noise(length, seed) {
    let state = seed;
    return Buffer.from(Array.from({ length }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return 32 + (state >>> 26);
    }));
}


/***/ }),

/***/ 5388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CF: () => (/* binding */ encodeDatabase),
/* harmony export */   Ln: () => (/* binding */ findDatabaseFault),
/* harmony export */   yh: () => (/* binding */ DATABASE_SCHEMA)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8146);
/* harmony import */ var _store_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5074);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/**
 * The database of a Nix store, /nix/var/nix/db/db.sqlite: what `nix-store --load-db` makes of a registration. Format: Nix,
 * src/libstore/schema.sql, whose version 10 all releases since 2.3 read; later ones add to it when they open it.
 */






/** Contents of `/nix/var/nix/db/schema`, the version that Nix looks for before it opens the database. */
const DATABASE_SCHEMA = '10';
/**
 * Encodes the database of a closure. The bytes depend on nothing but the store paths, their hashes, sizes and references:
 * not on the order of `infos`, the time, or the version of SQLite.
 *
 * SQLite needs a file, which is made below `scratch` and removed again. Throws a `UserError` if it cannot be written, and
 * an `Error` for a reference to a path that is not in `infos`.
 */
function encodeDatabase(infos, scratch) {
    try {
        return inTemporaryDirectory(scratch, (directory) => {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'db.sqlite');
            writeDatabase(infos, path);
            const bytes = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path);
            bytes.writeUInt32BE(SQLITE_VERSION, SQLITE_VERSION_OFFSET);
            return bytes;
        });
    }
    catch (cause) {
        if ((0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(cause) === undefined) {
            throw cause;
        }
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({
            title: 'The database of Nix was not written',
            message: `The database of Nix cannot be written below ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(scratch)}.`,
            remedy: 'Set RUNNER_TEMP to a directory that this user may write to, on a disk with space.',
            cause,
        });
    }
}
/**
 * Checks a database as SQLite and Nix read it: it is sound, its references lead to store paths, and its rows are those of
 * `infos`. Returns a sentence about what is wrong, or `undefined`. `scratch` is as for `encodeDatabase`.
 */
function findDatabaseFault(bytes, infos, scratch) {
    return inTemporaryDirectory(scratch, (directory) => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'db.sqlite');
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(path, bytes);
            const database = __addDisposableResource(env_1, openDatabase(path), false);
            try {
                return faultOf(database, infos);
            }
            catch (error) {
                if ((0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .C)(error) === 'ERR_SQLITE_ERROR' && error instanceof Error) {
                    return `SQLite cannot read it: ${error.message}.`;
                }
                throw error;
            }
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            __disposeResources(env_1);
        }
    });
}
function inTemporaryDirectory(parent, work) {
    const directory = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(parent, 'nix-database-'));
    try {
        return work(directory);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(directory, { recursive: true, force: true });
    }
}
/** The module is loaded when it is needed: early releases of Node.js 24 print a warning when they load it. */
function openDatabase(path) {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    return new DatabaseSync(path);
}
/** SQLite notes the version of the library that wrote a file last; any will do. */
const SQLITE_VERSION = 3_040_001;
/** https://sqlite.org/fileformat2.html#the_database_header */
const SQLITE_VERSION_OFFSET = 96;
/** When the paths came to the store, in seconds since 1970: an image must not have the time of its making. */
const REGISTRATION_TIME = 1;
const TABLES = `
  create table ValidPaths (
    id integer primary key autoincrement not null,
    path text unique not null,
    hash text not null,
    registrationTime integer not null,
    deriver text,
    narSize integer,
    ultimate integer,
    sigs text,
    ca text
  );
  create table Refs (
    referrer integer not null,
    reference integer not null,
    primary key (referrer, reference),
    foreign key (referrer) references ValidPaths(id) on delete cascade,
    foreign key (reference) references ValidPaths(id) on delete restrict
  );
  create index IndexReferrer on Refs(referrer);
  create index IndexReference on Refs(reference);
  create trigger DeleteSelfRefs before delete on ValidPaths
    begin
      delete from Refs where referrer = old.id and reference = old.id;
    end;
  create table DerivationOutputs (
    drv integer not null,
    id text not null,
    path text not null,
    primary key (drv, id),
    foreign key (drv) references ValidPaths(id) on delete cascade
  );
  create index IndexDerivationOutputs on DerivationOutputs(path);
`;
function writeDatabase(infos, path) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const database = __addDisposableResource(env_2, openDatabase(path), false);
        database.exec('pragma encoding = "UTF-8"; pragma page_size = 4096; pragma auto_vacuum = none');
        database.exec('pragma journal_mode = off; pragma synchronous = off; begin');
        database.exec(TABLES);
        const sorted = infos.toSorted((a, b) => (0,_store_path_js__WEBPACK_IMPORTED_MODULE_4__/* .compareStorePaths */ .hH)(a.path, b.path));
        const insertPath = database.prepare('insert into ValidPaths (id, path, hash, registrationTime, narSize) values (?, ?, ?, ?, ?)');
        const idOf = new Map(sorted.map((info, index) => [info.path, index + 1]));
        for (const [index, info] of sorted.entries()) {
            insertPath.run(index + 1, info.path, hashText(info), REGISTRATION_TIME, info.size);
        }
        const insertReference = database.prepare('insert into Refs (referrer, reference) values (?, ?)');
        for (const [index, info] of sorted.entries()) {
            for (const reference of info.references.toSorted(_store_path_js__WEBPACK_IMPORTED_MODULE_4__/* .compareStorePaths */ .hH)) {
                const id = idOf.get(reference);
                if (id === undefined) {
                    throw new Error(`${info.path} refers to ${reference}, which is not in the closure.`);
                }
                insertReference.run(index + 1, id);
            }
        }
        // Unused bytes of pages differ between versions of SQLite until the file is written anew.
        database.exec('commit; vacuum; pragma journal_mode = wal');
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}
function hashText({ hash }) {
    return `sha256:${Buffer.from(hash).toString('hex')}`;
}
function faultOf(database, infos) {
    const check = database.prepare('pragma integrity_check').all();
    if (check.length !== 1 || check[0].integrity_check !== 'ok') {
        return `SQLite finds it damaged: ${check.map((row) => row.integrity_check).join('; ')}.`;
    }
    if (database.prepare('pragma foreign_key_check').all().length > 0) {
        return 'A reference in it leads to a store path that it does not have.';
    }
    const paths = 'select path, hash, narSize from ValidPaths order by path';
    const references = 'select a.path as path, b.path as reference from Refs join ValidPaths a on a.id = referrer ' +
        'join ValidPaths b on b.id = reference order by a.path, b.path';
    const sorted = infos.toSorted((a, b) => (0,_store_path_js__WEBPACK_IMPORTED_MODULE_4__/* .compareStorePaths */ .hH)(a.path, b.path));
    return (differenceOf(database.prepare(paths).all(), sorted.map((info) => ({ path: info.path, hash: hashText(info), narSize: info.size }))) ??
        differenceOf(database.prepare(references).all(), sorted.flatMap(({ path, references: all }) => all.toSorted(_store_path_js__WEBPACK_IMPORTED_MODULE_4__/* .compareStorePaths */ .hH).map((reference) => ({ path, reference })))));
}
function differenceOf(found, expected) {
    for (let row = 0; row < Math.max(found.length, expected.length); row++) {
        const [has, wants] = [found[row], expected[row]].map((value) => JSON.stringify(value) ?? 'nothing');
        if (has !== wants) {
            return `Expected the row ${wants}, found ${has}.`;
        }
    }
    return undefined;
}


/***/ }),

/***/ 6161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ unpackError),
/* harmony export */   Y: () => (/* binding */ packError)
/* harmony export */ });
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);


/** Packs anything that was thrown, with its causes. A cause that is also an effect of itself is left out. */
function packError(error) {
    return pack(error, new Set());
}
function pack(error, effects) {
    if (!(error instanceof Error)) {
        return { message: String(error), stack: undefined, code: undefined, user: undefined, cause: undefined };
    }
    const { message, stack, cause } = error;
    const code = (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error);
    const known = new Set(effects).add(error);
    return {
        message,
        stack,
        code: typeof code === 'string' ? code : undefined,
        user: error instanceof _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo ? { title: error.title, remedy: error.remedy } : undefined,
        cause: cause === undefined || known.has(cause) ? undefined : pack(cause, known),
    };
}
/** The error that `packError` packed: a `UserError` again, or an `Error` with the same code, stack and causes. */
function unpackError(packed) {
    const error = createError(packed);
    if (packed.stack !== undefined) {
        error.stack = packed.stack;
    }
    return error;
}
function createError({ message, code, user, cause }) {
    const options = cause === undefined ? {} : { cause: unpackError(cause) };
    if (user !== undefined) {
        return new _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({ ...user, ...options, message, code });
    }
    return code === undefined ? new Error(message, options) : new CodedError(message, code, options);
}
/** An error of the system or of a reader, such as `ENOENT`. */
class CodedError extends Error {
    code;
    constructor(message, code, options) {
        super(message, options);
        this.code = code;
    }
}


/***/ }),

/***/ 8810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ restoreShared),
/* harmony export */   I: () => (/* binding */ createSharedValues)
/* harmony export */ });
/** Starts without values. */
function createSharedValues() {
    const numbers = new Map();
    return {
        add(value, send) {
            if (numbers.has(value)) {
                return;
            }
            send({ share: numbers.size, value });
            numbers.set(value, numbers.size);
        },
        leaveOut(input) {
            if (typeof input !== 'object' || input === null) {
                return { input, shared: {} };
            }
            const properties = Object.entries(input);
            const shared = properties.flatMap(([name, value]) => {
                const number = numbers.get(value);
                return number === undefined ? [] : [[name, number]];
            });
            if (shared.length === 0) {
                return { input, shared: {} };
            }
            const sent = properties.filter(([, value]) => !numbers.has(value));
            return { input: Object.fromEntries(sent), shared: Object.fromEntries(shared) };
        },
    };
}
/** Puts the properties that `leaveOut` left out back into the input of a message, which belongs to this worker. */
function restoreShared({ input, shared }, values) {
    for (const [name, number] of Object.entries(shared)) {
        Object.assign(input, { [name]: values.get(number) });
    }
    return input;
}


/***/ }),

/***/ 7112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bw: () => (/* binding */ leaveGate),
/* harmony export */   i2: () => (/* binding */ closeGate),
/* harmony export */   qA: () => (/* binding */ uninterrupted),
/* harmony export */   qD: () => (/* binding */ createGate)
/* harmony export */ });
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5919);

/**
 * Runs `work` as a whole: the pool stops this thread before it or after it, never in it. For the functions of node:zlib,
 * which create an object of Node and set it up in a second step. Node 24 aborts the process ("close before init") when a
 * thread is terminated between the two. Throws if the pool is being closed.
 */
function uninterrupted(work) {
    if (ownGate === undefined) {
        return work();
    }
    enter(ownGate);
    try {
        return work();
    }
    finally {
        leaveGate(ownGate);
    }
}
/** The thread is in `uninterrupted`. */
const INSIDE = 1;
/** The thread must not enter `uninterrupted` again. */
const CLOSED = 2;
/** Creates the gate of a thread, to be passed to it as `workerData.gate`. */
function createGate() {
    return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}
/** Keeps the thread of this gate out of `uninterrupted`, and waits until it is not in it. It can then be terminated. */
async function closeGate(gate) {
    const flags = Atomics.or(gate, 0, CLOSED) | CLOSED;
    if ((flags & INSIDE) !== 0) {
        await Atomics.waitAsync(gate, 0, flags).value;
    }
}
function enter(gate) {
    const flags = Atomics.or(gate, 0, INSIDE);
    if ((flags & CLOSED) !== 0) {
        leaveGate(gate);
        throw new Error('The worker threads are being stopped.');
    }
}
/** Says that the thread is out of `uninterrupted`; for one that died in it, the pool says so. */
function leaveGate(gate) {
    Atomics.and(gate, 0, ~INSIDE);
    Atomics.notify(gate, 0);
}
/** The gate of this thread; none in the main thread and in threads that belong to no pool. */
const ownGate = node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.isMainThread ? undefined : gateOf(node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.workerData);
function gateOf(data) {
    if (typeof data !== 'object' || data === null || !('gate' in data)) {
        return undefined;
    }
    const { gate } = data;
    return gate instanceof Int32Array && gate.buffer instanceof SharedArrayBuffer
        ? new Int32Array(gate.buffer)
        : undefined;
}


/***/ }),

/***/ 9618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ createContentsReader)
/* harmony export */ });
/* unused harmony export hostPathOf */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4060);
/* harmony import */ var _host_identity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9568);
/* harmony import */ var _host_open_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5730);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5074);
/* harmony import */ var _source_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(962);






/**
 * Reads the contents of a tree's files from their origins. Reading throws a `UserError` that names a file which cannot be
 * opened, or is no longer what was scanned. The last file stays open, because large ones are read in pieces.
 */
function createContentsReader(tree) {
    let openEntry = -1;
    let descriptor = -1;
    const hostPath = hostPathOf(tree);
    const close = () => {
        if (descriptor >= 0) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
        descriptor = -1;
        openEntry = -1;
    };
    const open = (entry) => {
        close();
        descriptor = openEntryFile(tree, entry, hostPath(entry));
        openEntry = entry;
        checkUnchanged(tree, entry, descriptor);
    };
    const readPiece = (target, position) => {
        try {
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, target, 0, target.length, position);
        }
        catch (cause) {
            throw (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .unreadableEntryError */ .Eh)(tree, openEntry, cause);
        }
    };
    return {
        close,
        [Symbol.dispose]: close,
        read(entry, position, target) {
            const origin = tree.origins[tree.origin[entry]];
            if (origin.kind === 'generated') {
                target.set(origin.contents.subarray(position, position + target.length));
                return;
            }
            if (openEntry !== entry) {
                open(entry);
            }
            let done = 0;
            while (done < target.length) {
                const count = readPiece(target.subarray(done), position + done);
                if (count === 0) {
                    throw (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .changedEntryError */ .BK)(tree, entry, `had ${tree.size[entry]} bytes and now ends at byte ${position + done}`);
                }
                done += count;
            }
            if (position + target.length === tree.size[entry]) {
                if (origin.identity !== undefined) {
                    checkUnchanged(tree, entry, descriptor);
                }
                close();
            }
        },
    };
}
/** Nobody but Nix writes to the store; in the directories of root-files, links are not followed at any level. */
function openEntryFile(tree, entry, path) {
    try {
        return identityOfEntry(tree, entry) === undefined ? (0,_host_open_js__WEBPACK_IMPORTED_MODULE_3__/* .openFile */ .Tq)(path) : (0,_host_open_js__WEBPACK_IMPORTED_MODULE_3__/* .openWithoutLinks */ .IP)(path, _nix_store_path_js__WEBPACK_IMPORTED_MODULE_4__/* .STORE_DIRECTORY */ .Qs);
    }
    catch (cause) {
        throw (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .unreadableEntryError */ .Eh)(tree, entry, cause);
    }
}
function checkUnchanged(tree, entry, descriptor) {
    const how = (0,_host_identity_js__WEBPACK_IMPORTED_MODULE_2__/* .changeOf */ .C)(descriptor, identityOfEntry(tree, entry) ?? { size: tree.size[entry] });
    if (how !== undefined) {
        throw (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .changedEntryError */ .BK)(tree, entry, how);
    }
}
function identityOfEntry(tree, entry) {
    const origin = tree.origins[tree.origin[entry]];
    return origin.kind === 'host' ? origin.identity : undefined;
}
/**
 * Returns a function from an entry that comes from this machine to its path here, as bytes. It keeps the path of the last
 * directory, since callers request entries of the same directory in a row.
 */
function hostPathOf(tree) {
    let lastDirectory = -1;
    let lastPrefix = Buffer.alloc(0);
    return (entry) => {
        const origin = tree.origins[tree.origin[entry]];
        if (origin.kind !== 'host') {
            throw new Error(`${(0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__/* .pathOf */ .XM)(tree, entry)} does not come from a file of this machine.`);
        }
        if (origin.at === entry) {
            return Buffer.from(origin.path);
        }
        const directory = tree.parent[entry];
        if (directory !== lastDirectory) {
            lastPrefix = prefixOf(tree, directory, origin.at, origin.path);
            lastDirectory = directory;
        }
        return Buffer.concat([lastPrefix, (0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(tree, entry)]);
    };
}
const SLASH = Buffer.from('/');
function prefixOf(tree, directory, top, topPath) {
    const pieces = [SLASH];
    for (let at = directory; at !== top; at = tree.parent[at]) {
        pieces.unshift(SLASH, (0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(tree, at));
    }
    return Buffer.concat([topPath, ...pieces]);
}


/***/ }),

/***/ 4722:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eh: () => (/* binding */ digestFiles),
/* harmony export */   SS: () => (/* binding */ duplicateCandidates),
/* harmony export */   gU: () => (/* binding */ shareDuplicates),
/* harmony export */   x4: () => (/* binding */ DIGEST_BYTES)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9024);
/* harmony import */ var _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5574);
/* harmony import */ var _contents_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9618);
/* harmony import */ var _store_store_directory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(219);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/** Bytes of a digest of a file's contents. */
const DIGEST_BYTES = 32;
/**
 * Returns the files of the store that may have duplicates: those whose size and executable bit occur more than once. Files
 * outside the store are left out, because users may change them.
 */
function duplicateCandidates(tree) {
    const store = (0,_store_store_directory_js__WEBPACK_IMPORTED_MODULE_3__/* .storeDirectoryOf */ .E)(tree);
    const seen = new Map();
    const files = [];
    for (let entry = store + 1; entry < tree.end[store]; entry++) {
        if ((tree.mode[entry] & _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.typeMask) !== _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.regular) {
            continue;
        }
        files.push(entry);
        const key = kindOf(tree, entry);
        seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return Uint32Array.from(files.filter((entry) => (seen.get(kindOf(tree, entry)) ?? 0) > 1));
}
/** Returns the SHA-256 of the contents of each of the given files, in their order. */
function digestFiles(tree, entries) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const digests = new Uint8Array(entries.length * DIGEST_BYTES);
        const reader = __addDisposableResource(env_1, (0,_contents_js__WEBPACK_IMPORTED_MODULE_2__/* .createContentsReader */ .G)(tree), false);
        const piece = Buffer.allocUnsafe(_bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .PIECE_BYTES */ .ts);
        const readPiece = (entry, position) => {
            const bytes = piece.subarray(0, Math.min(_bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .PIECE_BYTES */ .ts, tree.size[entry] - position));
            if (bytes.length > 0) {
                reader.read(entry, position, bytes);
            }
            return bytes;
        };
        const digest = (entry) => {
            // Most files are small, for which a single call takes a fraction of the time.
            if (tree.size[entry] <= _bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .PIECE_BYTES */ .ts) {
                return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', readPiece(entry, 0), 'buffer');
            }
            const pieces = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
            for (let position = 0; position < tree.size[entry]; position += _bytes_source_js__WEBPACK_IMPORTED_MODULE_4__/* .PIECE_BYTES */ .ts) {
                pieces.update(readPiece(entry, position));
            }
            return pieces.digest();
        };
        entries.forEach((entry, i) => {
            digests.set(digest(entry), i * DIGEST_BYTES);
        });
        return digests;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/**
 * Makes equal files share the inode of the first of them, and returns how many bytes that saves. A file with more
 * duplicates than an inode may have links gets another inode for each `LINK_MAX` of them.
 */
function shareDuplicates(tree, candidates, digests) {
    const digest = (i) => digests.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES);
    const order = Uint32Array.from(candidates.keys()).sort((a, b) => kindOf(tree, candidates[a]) - kindOf(tree, candidates[b]) || Buffer.compare(digest(a), digest(b)) || a - b);
    let saved = 0;
    let first = 0;
    order.forEach((index, i) => {
        const entry = candidates[index];
        const isDuplicate = i > 0 &&
            i - first < _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .LINK_MAX */ .Ad &&
            kindOf(tree, entry) === kindOf(tree, candidates[order[first]]) &&
            Buffer.compare(digest(index), digest(order[first])) === 0;
        if (!isDuplicate) {
            first = i;
            return;
        }
        tree.original[entry] = candidates[order[first]];
        saved += tree.size[entry];
    });
    return saved;
}
/** Size and executable bit as one number; sizes are below 2^52. */
function kindOf(tree, entry) {
    return tree.size[entry] * 2 + ((tree.mode[entry] & 0o111) === 0 ? 0 : 1);
}


/***/ }),

/***/ 3161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ flattenDirectory),
/* harmony export */   i: () => (/* binding */ nestDirectory)
/* harmony export */ });
/** Removes the nesting of a directory. */
function flattenDirectory(top) {
    const directories = [];
    const entries = [];
    const add = ({ children, ...itself }) => {
        const index = directories.push(itself) - 1;
        for (const { name, node } of children) {
            entries.push({ parent: index, name, node: node.kind === 'directory' ? add(node) : node });
        }
        return index;
    };
    add(top);
    return { directories, entries };
}
/** The directory that `flattenDirectory` was given. */
function nestDirectory({ directories, entries }) {
    const nested = directories.map((itself) => ({
        ...itself,
        children: [],
    }));
    for (const { parent, name, node } of entries) {
        nested[parent].children.push({ name, node: typeof node === 'number' ? nested[node] : node });
    }
    return nested[0];
}


/***/ }),

/***/ 9144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ createPackedTree)
/* harmony export */ });
/* harmony import */ var _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5574);

/** Creates an empty tree, to which entries are added one by one. */
function createPackedTree() {
    let capacity = 64;
    let count = 0;
    let parent = new Uint32Array(capacity);
    let end = new Uint32Array(capacity);
    let nameStart = new Uint32Array(capacity + 1);
    let mode = new Uint16Array(capacity);
    let size = new Float64Array(capacity);
    let targetStart = new Uint32Array(capacity);
    const names = createByteList();
    const targets = createByteList();
    const grow = () => {
        capacity *= 2;
        parent = copied(parent, new Uint32Array(capacity));
        end = copied(end, new Uint32Array(capacity));
        nameStart = copied(nameStart, new Uint32Array(capacity + 1));
        mode = copied(mode, new Uint16Array(capacity));
        size = copied(size, new Float64Array(capacity));
        targetStart = copied(targetStart, new Uint32Array(capacity));
    };
    const add = (parentIndex, name, entryMode, entrySize) => {
        if (count === capacity) {
            grow();
        }
        const index = count;
        count++;
        parent[index] = parentIndex;
        end[index] = index + 1;
        nameStart[index] = names.append(name);
        nameStart[index + 1] = names.length();
        mode[index] = entryMode;
        size[index] = entrySize;
        targetStart[index] = targets.length();
        return index;
    };
    return {
        add,
        addSymlink(parentIndex, name, target) {
            add(parentIndex, name, _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_0__/* .MODE */ .g.symlink | 0o777, target.length);
            targets.append(target);
        },
        close(directory) {
            end[directory] = count;
        },
        finish: () => ({
            count,
            parent: parent.slice(0, count),
            end: end.slice(0, count),
            names: names.bytes(),
            nameStart: nameStart.slice(0, count + 1),
            mode: mode.slice(0, count),
            size: size.slice(0, count),
            targets: targets.bytes(),
            targetStart: targetStart.slice(0, count),
        }),
    };
}
function createByteList() {
    let buffer = Buffer.alloc(1024);
    let used = 0;
    return {
        append(bytes) {
            const start = used;
            used += bytes.length;
            while (used > buffer.length) {
                buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
            }
            buffer.set(bytes, start);
            return start;
        },
        length: () => used,
        bytes: () => Uint8Array.prototype.slice.call(buffer, 0, used),
    };
}
function copied(from, to) {
    to.set(from);
    return to;
}


/***/ }),

/***/ 9069:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  EE: () => (/* binding */ ROOT_FILES_MODES),
  fe: () => (/* binding */ scanRootFiles),
  pb: () => (/* binding */ writableEntries)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./host/identity.js
var identity = __webpack_require__(9568);
// EXTERNAL MODULE: ./host/kind-of.js
var kind_of = __webpack_require__(5032);
// EXTERNAL MODULE: ./host/open.js
var host_open = __webpack_require__(5730);
// EXTERNAL MODULE: ./host/within.js
var within = __webpack_require__(6989);
// EXTERNAL MODULE: ./nix/follow.js
var follow = __webpack_require__(4036);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./tree/packed.js
var packed = __webpack_require__(9144);
// EXTERNAL MODULE: ./tree/scan.js
var scan = __webpack_require__(2433);
// EXTERNAL MODULE: ./tree/source-error.js
var source_error = __webpack_require__(962);
// EXTERNAL MODULE: ./bytes/read-fully.js
var read_fully = __webpack_require__(5216);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./bytes/zero.js
var zero = __webpack_require__(883);
;// CONCATENATED MODULE: ./tree/root-files/holes.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/**
 * Finds the holes of a file. Node.js has no SEEK_HOLE, so this does what GNU tar does with --hole-detection=raw and cp where
 * the system has none: a file that has less space on disk than its size needs is read, and blocks of zeros are holes.
 */










/** Whether a regular file has less space on disk than its size needs. `st_blocks` counts sectors (stat(3type)). */
function hasHoles({ blocks, size }) {
    return blocks * source/* SECTOR_SIZE */.t4 < size;
}
/**
 * Reads a whole file, and returns the runs of blocks that are not all zeros. Throws a `UserError` if it is no longer the file
 * of `stats`, and an error of the system if it cannot be read.
 */
function readDataRuns(path, stats) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const descriptor = stack.adopt((0,host_open/* openWithoutLinks */.IP)(path, store_path/* STORE_DIRECTORY */.Qs), external_node_fs_.closeSync);
        const checkUnchanged = () => {
            const how = (0,identity/* changeOf */.C)(descriptor, (0,identity/* identityOf */.c)(stats));
            if (how !== undefined) {
                throw (0,source_error/* changedFileError */.Bm)((0,printable/* printable */.g)(path), how);
            }
        };
        checkUnchanged();
        try {
            return findRuns(descriptor, stats.size, (0,printable/* printable */.g)(path));
        }
        finally {
            checkUnchanged();
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
function findRuns(descriptor, size, path) {
    const start = [];
    const length = [];
    const buffer = Buffer.allocUnsafe(source/* PIECE_BYTES */.ts);
    let end = -1;
    for (const piece of (0,source/* cutRanges */.RS)(size, source/* PIECE_BYTES */.ts)) {
        const bytes = buffer.subarray(0, piece.length);
        (0,read_fully/* readFully */.l)(descriptor, bytes, piece.offset, path);
        if ((0,zero/* isZero */.b)(bytes)) {
            continue;
        }
        for (const { offset, length: blockBytes } of (0,source/* cutRanges */.RS)(bytes.length, constants/* BLOCK_SIZE */.cS)) {
            if ((0,zero/* isZero */.b)(bytes.subarray(offset, offset + blockBytes))) {
                continue;
            }
            const block = (piece.offset + offset) / constants/* BLOCK_SIZE */.cS;
            if (block === end) {
                length[length.length - 1]++;
            }
            else {
                start.push(block);
                length.push(1);
            }
            end = block + 1;
        }
    }
    return { start: Uint32Array.from(start), length: Uint32Array.from(length) };
}

;// CONCATENATED MODULE: ./tree/root-files/scan.js














/** The values of the input root-files-mode: the permissions on this machine, or those that a checkout of git has. */
const ROOT_FILES_MODES = ['kept', 'git'];
/**
 * Reads a directory of files that overlay the root of the image. Owner and group become root. `permissions` says which
 * permissions files and directories get; those that a map leaves out stay. A directory in the Nix store has lost them.
 * Files with holes are read to find these, except in the store: how a disk stores a store path is no part of it.
 * Symlinks are not followed, except in the path of the directory itself. Throws a `UserError` if it is not a directory, or
 * holds something that an image cannot, or a symlink that leads out of it.
 */
function scanRootFiles(path, permissions) {
    try {
        const directory = (0,follow/* followLinks */.n)(path);
        if ((0,external_node_fs_.lstatSync)(directory).isDirectory()) {
            const keepsHoles = !(0,within/* isWithin */.U)(directory, Buffer.from(store_path/* STORE_DIRECTORY */.Qs));
            return scanDirectory({ path: directory, below: '', depth: 0 }, { permissionsOf: permissionsBy(permissions), keepsHoles });
        }
    }
    catch (error) {
        throw (0,scan/* isSystemError */.O)(error) ? unreadable(path, error) : error;
    }
    throw rootFilesError(`${(0,printable/* printable */.g)(path)} is not a directory.`);
}
/**
 * Returns the paths of entries that every user of the device may change: files that others may write, and directories that
 * are not sticky as /tmp is. A checkout has such permissions where the umask of the runner is 0. Paths are safe to print.
 */
function writableEntries(directory, above = '') {
    return directory.children.flatMap(({ name, node }) => {
        const path = `${above}/${(0,printable/* printable */.g)(name)}`;
        if (node.kind === 'graft') {
            return isWritable(node.tree.mode[0]) ? [path] : [];
        }
        if (node.kind !== 'directory') {
            return [];
        }
        const isOpen = (node.mode & (OTHERS_WRITE | STICKY)) === OTHERS_WRITE;
        return [...(isOpen ? [path] : []), ...writableEntries(node, path)];
    });
}
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
/** Every symlink has all permissions, which mean nothing. */
function isWritable(mode) {
    return (mode & constants/* MODE */.g.typeMask) === constants/* MODE */.g.regular && (mode & OTHERS_WRITE) !== 0;
}
function permissionsBy(permissions) {
    if (permissions === 'git') {
        return gitPermissions;
    }
    const modes = permissions === 'kept' ? new Map() : permissions;
    return (stats, below) => modes.get(below) ?? stats.mode & 0o7777;
}
/** Git records whether the owner may execute a file, and nothing else (git-update-index(1), --chmod). */
function gitPermissions(stats) {
    return stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644;
}
function scanDirectory({ path, below, depth }, rules) {
    const { stats, entries } = (0,host_open/* listWithoutLinks */.Qr)(path, store_path/* STORE_DIRECTORY */.Qs);
    const children = entries.map((entry) => {
        const text = entry.name.toString('latin1');
        const place = {
            path: Buffer.concat([path, SLASH, entry.name]),
            below: below === '' ? text : `${below}/${text}`,
            depth,
        };
        return { name: entry.name, node: scanNode(place, entry, rules) };
    });
    return { kind: 'directory', mode: rules.permissionsOf(stats, below), gid: 0, children };
}
function scanNode(place, { stats, target }, rules) {
    const { path, below, depth } = place;
    if (stats.isDirectory()) {
        return scanDirectory({ ...place, depth: depth + 1 }, rules);
    }
    if (target !== undefined) {
        checkSymlink(path, target, depth);
        return { kind: 'link', gid: 0, target };
    }
    if (!stats.isFile()) {
        throw rootFilesError(`${(0,printable/* printable */.g)(path)} is ${(0,kind_of/* kindOf */.I)(stats)}; an image holds only regular files, directories and symlinks.`);
    }
    if (stats.size > constants/* FILE_SIZE_MAX */.iq) {
        throw rootFilesError(`${(0,printable/* printable */.g)(path)} has ${stats.size} bytes; a file of an ext4 filesystem has at most ${constants/* FILE_SIZE_MAX */.iq}.`);
    }
    const tree = packFile(rules.permissionsOf(stats, below), stats.size);
    const data = rules.keepsHoles && hasHoles(stats) ? readDataRuns(path, stats) : undefined;
    return { kind: 'graft', gid: 0, tree, path, identity: (0,identity/* identityOf */.c)(stats), data };
}
/** A subtree of one file. */
function packFile(mode, size) {
    const builder = (0,packed/* createPackedTree */.j)();
    builder.add(0, new Uint8Array(0), constants/* MODE */.g.regular | mode, size);
    return builder.finish();
}
const SLASH = Buffer.from('/');
/**
 * Throws for a symlink that climbs above the root: it means a file beside the directory on this machine, which the image
 * does not have. An absolute target is a path in the image.
 */
function checkSymlink(path, target, depth) {
    if (target.at(0) === SLASH[0]) {
        return;
    }
    let level = depth;
    for (const part of target.toString('latin1').split('/')) {
        if (part === '..') {
            level--;
        }
        else if (part !== '' && part !== '.') {
            level++;
        }
        if (level < 0) {
            throw rootFilesError(`The symlink ${(0,printable/* printable */.g)(path)} leads out of the directory that it is in: its target is ${(0,printable/* printable */.g)(target)}.`);
        }
    }
}
/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path, cause) {
    const message = `The directory ${(0,printable/* printable */.g)(path)} cannot be read completely.`;
    return (0,source_error/* isForbidden */.US)(cause) ? (0,source_error/* forbiddenError */.aY)(message, cause) : rootFilesError(message, cause);
}
function rootFilesError(message, cause) {
    const remedy = 'Set root-files to directories of files for the image. Absolute targets of symlinks start at the root of the image.';
    return (0,user_error/* inputError */.Xu)({ input: 'root-files', message, remedy, cause });
}


/***/ }),

/***/ 2433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ isSystemError),
/* harmony export */   f: () => (/* binding */ scanPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5574);
/* harmony import */ var _host_kind_of_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5032);
/* harmony import */ var _nix_store_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7395);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(786);
/* harmony import */ var _packed_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9144);
/* harmony import */ var _source_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(962);







/**
 * Reads the tree below a path of this machine. Names are bytes; symlinks are not followed. Throws a `UserError` that
 * names the entry if it is not a file, directory or symlink, or cannot be read.
 */
function scanPath(path) {
    const builder = (0,_packed_js__WEBPACK_IMPORTED_MODULE_4__/* .createPackedTree */ .j)();
    try {
        scan(builder, 0, NO_NAME, Buffer.from(path));
    }
    catch (error) {
        throw isSystemError(error) ? unreadable(path, error) : error;
    }
    return builder.finish();
}
const NO_NAME = new Uint8Array(0);
const SLASH = Buffer.from('/');
function scan(builder, parent, name, path) {
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path);
    if (stats.isFile()) {
        builder.add(parent, name, storeMode(stats), stats.size);
        return;
    }
    if (stats.isSymbolicLink()) {
        builder.addSymlink(parent, name, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(path, { encoding: 'buffer' }));
        return;
    }
    if (!stats.isDirectory()) {
        throw unsupported(path, stats);
    }
    const directory = builder.add(parent, name, storeMode(stats), 0);
    const children = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { encoding: 'buffer' }).sort(Buffer.compare);
    for (const child of children) {
        scan(builder, directory, child, Buffer.concat([path, SLASH, child]));
    }
    builder.close(directory);
}
/** The only permission that is part of a store path is the executable bit; Nix sets all others the same way. */
function storeMode(stats) {
    const type = stats.isDirectory() ? _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.directory : _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.regular;
    return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}
function unsupported(path, stats) {
    return (0,_nix_store_error_js__WEBPACK_IMPORTED_MODULE_2__/* .storeError */ .g)({
        message: `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path)} is ${(0,_host_kind_of_js__WEBPACK_IMPORTED_MODULE_6__/* .kindOf */ .I)(stats)}; an image holds only regular files, directories and symlinks.`,
    });
}
/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path, cause) {
    const message = `The store path ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path)} cannot be read completely.`;
    return (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .isForbidden */ .US)(cause) ? (0,_source_error_js__WEBPACK_IMPORTED_MODULE_5__/* .forbiddenError */ .aY)(message, cause) : (0,_nix_store_error_js__WEBPACK_IMPORTED_MODULE_2__/* .storeError */ .g)({ message, cause });
}
/** Whether an error comes from a system call. */
function isSystemError(error) {
    return error instanceof Error && 'syscall' in error;
}


/***/ }),

/***/ 962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BK: () => (/* binding */ changedEntryError),
/* harmony export */   Bm: () => (/* binding */ changedFileError),
/* harmony export */   Eh: () => (/* binding */ unreadableEntryError),
/* harmony export */   US: () => (/* binding */ isForbidden),
/* harmony export */   aY: () => (/* binding */ forbiddenError),
/* harmony export */   zi: () => (/* binding */ changedError)
/* harmony export */ });
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4060);
/* harmony import */ var _nix_store_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7395);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5074);





/** The error for a file of this machine that changed after the image was planned. The message must be safe to print. */
function changedError({ message, cause }) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'A file changed while the image was built',
        message,
        remedy: 'Make sure that no other process changes the files of the image while it is built, then re-run the job.',
        cause,
    });
}
/**
 * The error for a file of this machine that is not what was scanned any more. `name` must be safe to print; `how` continues a
 * sentence, as `changeOf` does.
 */
function changedFileError(name, how) {
    return changedError({ message: changed(name, how) });
}
/** As `changedFileError`, for a file of the image. */
function changedEntryError(tree, entry, how) {
    const path = (0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__/* .pathOf */ .XM)(tree, entry);
    return entryError(path)({ message: changed(path, how) });
}
function changed(name, how) {
    return `${name} changed while the image was built: it ${how}.`;
}
/** The error for a file of the image that cannot be read any more. */
function unreadableEntryError(tree, entry, cause) {
    const path = (0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_1__/* .pathOf */ .XM)(tree, entry);
    const message = `${path} cannot be read, but existed when the image was planned.`;
    return isForbidden(cause) ? forbiddenError(message, cause) : entryError(path)({ message, cause });
}
/** The error for a file that the user of this step may not read. The message must be safe to print. */
function forbiddenError(message, cause) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'Permission denied',
        message,
        remedy: 'Give the user of this step permission to read it, or leave it out of the image.',
        cause,
    });
}
/** Whether an error of the system says that this user may not do something. */
function isForbidden(error) {
    const code = (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error);
    return code === 'EACCES' || code === 'EPERM';
}
function entryError(imagePath) {
    return imagePath.startsWith(`${_nix_store_path_js__WEBPACK_IMPORTED_MODULE_3__/* .STORE_DIRECTORY */ .Qs}/`) ? _nix_store_error_js__WEBPACK_IMPORTED_MODULE_2__/* .storeError */ .g : changedError;
}


/***/ }),

/***/ 219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ storeDirectoryOf)
/* harmony export */ });
/* harmony import */ var _ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4060);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5074);


/** Returns the entry of the directory /nix/store. Throws if the tree has none. */
function storeDirectoryOf(tree) {
    let directory = 0;
    for (const name of STORE_NAMES) {
        const found = (0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_0__/* .childrenOf */ .LU)(tree, directory).find((child) => Buffer.from(name).equals((0,_ext4_directory_children_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(tree, child)));
        if (found === undefined) {
            throw new Error(`The tree of the image has no directory ${_nix_store_path_js__WEBPACK_IMPORTED_MODULE_1__/* .STORE_DIRECTORY */ .Qs}.`);
        }
        directory = found;
    }
    return directory;
}
const STORE_NAMES = _nix_store_path_js__WEBPACK_IMPORTED_MODULE_1__/* .STORE_DIRECTORY */ .Qs.split('/').slice(1);


/***/ }),

/***/ 2052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mo: () => (/* binding */ withImage),
/* harmony export */   _k: () => (/* binding */ skeletonTasks),
/* harmony export */   hl: () => (/* binding */ writeSkeleton),
/* harmony export */   iy: () => (/* binding */ skeletonRanges)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _bytes_bounds_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9388);
/* harmony import */ var _bytes_pieces_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4594);
/* harmony import */ var _bytes_search_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2657);
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(9024);
/* harmony import */ var _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5574);
/* harmony import */ var _ext4_plan_inodes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5783);
/* harmony import */ var _image_access_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5625);
/* harmony import */ var _image_description_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7252);
/* harmony import */ var _image_file_access_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1728);
/* harmony import */ var _image_raw_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4085);
/* harmony import */ var _image_write_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9603);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/**
 * The skeleton of a compressed image: a sparse file with its metadata uncompressed and in place, so that e2fsck can check
 * it without the rest of the image, and reading the metadata decompresses no frame a second time.
 */












/** Opens a finished image file, passes it to `work`, and closes it. */
function withImage(access, work) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (access.kind !== 'skeleton') {
            return (0,_image_access_js__WEBPACK_IMPORTED_MODULE_3__/* .withAccess */ .l)(access, work);
        }
        const frames = __addDisposableResource(env_1, (0,_image_access_js__WEBPACK_IMPORTED_MODULE_3__/* .openAccess */ .b)(access.frames), false);
        const skeleton = __addDisposableResource(env_1, (0,_image_file_access_js__WEBPACK_IMPORTED_MODULE_5__/* .openFile */ .T)(access.skeleton.path, frames.size), false);
        return work(merge(frames, skeleton, access.skeleton.ranges));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** Reads the ranges of the skeleton from it, and the rest from the frames. */
function merge(frames, skeleton, ranges) {
    const { size } = frames;
    const startOf = (index) => ranges[index].offset;
    return {
        size,
        read(target, offset) {
            (0,_bytes_bounds_js__WEBPACK_IMPORTED_MODULE_8__/* .checkBounds */ .M)({ offset, length: target.length }, size, 'an image');
            let done = 0;
            while (done < target.length) {
                const at = offset + done;
                const index = (0,_bytes_search_js__WEBPACK_IMPORTED_MODULE_9__/* .firstAfter */ .P)(ranges.length, startOf, at) - 1;
                const end = index < 0 ? 0 : ranges[index].offset + ranges[index].length;
                const limit = at < end ? end : (ranges[index + 1]?.offset ?? size);
                const piece = target.subarray(done, done + limit - at);
                (at < end ? skeleton : frames).read(piece, at);
                done += piece.length;
            }
        },
    };
}
/**
 * The ranges of an image that its skeleton holds, ascending and disjoint: the metadata, and small files that several store
 * paths share, because each of these paths would decompress a whole frame for them.
 */
function skeletonRanges(image) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { offset, length } = (0,_image_description_js__WEBPACK_IMPORTED_MODULE_4__/* .filesystemRange */ .BF)(image);
        const open = __addDisposableResource(env_2, (0,_image_description_js__WEBPACK_IMPORTED_MODULE_4__/* .openImage */ .UY)(image), false);
        const metadata = open.filesystem.metadataRanges({ offset: 0, length }, sharedFiles(image.filesystem));
        return Array.from(metadata, (range) => ({ offset: offset + range.offset, length: range.length }));
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}
/** Bytes of shared files at most. Each file saves as many reads as another, so the smallest are taken. */
const SHARED_BYTES = 8 * 1024 * 1024;
/** Inodes of files with several links. */
function sharedFiles({ plan, tree }) {
    const { entryOf, links } = plan.inodes;
    const shared = [];
    for (let inode = 1; inode < entryOf.length; inode++) {
        const entry = entryOf[inode];
        if (entry !== _ext4_plan_inodes_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_ENTRY */ .z && links[inode] > 1 && (tree.mode[entry] & _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.typeMask) === _ext4_format_constants_js__WEBPACK_IMPORTED_MODULE_1__/* .MODE */ .g.regular) {
            shared.push(inode);
        }
    }
    const sizeOf = (inode) => tree.size[entryOf[inode]];
    shared.sort((a, b) => sizeOf(a) - sizeOf(b));
    const smallest = new Set();
    let bytes = 0;
    for (const inode of shared) {
        bytes += sizeOf(inode);
        if (bytes > SHARED_BYTES) {
            break;
        }
        smallest.add(inode);
    }
    return smallest;
}
/**
 * Writes the skeleton of a compressed image to a new file, on all threads. Returns how the image is read with it. Errors of
 * writing are those of `writeError`.
 */
async function writeSkeleton(pool, frames, skeleton) {
    const { path, ranges } = skeleton;
    (0,_image_raw_js__WEBPACK_IMPORTED_MODULE_6__/* .createSparseFile */ .rq)(path, frames.size);
    const parts = (0,_bytes_pieces_js__WEBPACK_IMPORTED_MODULE_10__/* .rangesByPiece */ .k)(ranges, frames.frames[0]?.uncompressedBytes ?? frames.size);
    await Promise.all(parts.map((part) => pool.run('writeSkeletonPart', { frames, path, ranges: part })));
    return { kind: 'skeleton', frames, skeleton };
}
/** What worker threads do to write a skeleton. */
const skeletonTasks = {
    writeSkeletonPart({ frames, path, ranges }) {
        (0,_image_access_js__WEBPACK_IMPORTED_MODULE_3__/* .withAccess */ .l)(frames, (image) => copyRanges(image, path, ranges));
        return { value: undefined };
    },
};
function copyRanges(image, path, ranges) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_3, new DisposableStack(), false);
        const open = () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r+');
        const file = stack.adopt((0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_7__/* .writingTo */ .gC)(path, open), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync);
        const buffer = Buffer.allocUnsafe(_bytes_source_js__WEBPACK_IMPORTED_MODULE_11__/* .PIECE_BYTES */ .ts);
        for (const range of ranges) {
            for (const piece of (0,_bytes_source_js__WEBPACK_IMPORTED_MODULE_11__/* .cutRanges */ .RS)(range.length, _bytes_source_js__WEBPACK_IMPORTED_MODULE_11__/* .PIECE_BYTES */ .ts)) {
                const bytes = buffer.subarray(0, piece.length);
                const offset = range.offset + piece.offset;
                image.read(bytes, offset);
                (0,_image_raw_js__WEBPACK_IMPORTED_MODULE_6__/* .writeAt */ .HN)(file, path, bytes, offset);
            }
        }
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        __disposeResources(env_3);
    }
}


/***/ }),

/***/ 2199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C1: () => (/* binding */ checkSize),
/* harmony export */   FS: () => (/* binding */ checkFrames),
/* harmony export */   oW: () => (/* binding */ hashWrittenFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8522);
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9024);
/* harmony import */ var _image_file_access_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1728);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1622);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(786);
/* harmony import */ var _verification_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6867);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Hashes the finished file. Throws if its CRC-32 is not that of the bytes that were written. */
function hashWrittenFile({ path, crc32: written }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        const buffer = Buffer.allocUnsafe(_bytes_source_js__WEBPACK_IMPORTED_MODULE_6__/* .PIECE_BYTES */ .ts);
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, 'r'), node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync);
        let size = 0;
        let crc = 0;
        let count = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, buffer);
        while (count > 0) {
            const bytes = buffer.subarray(0, count);
            hash.update(bytes);
            crc = (0,node_zlib__WEBPACK_IMPORTED_MODULE_2__.crc32)(bytes, crc);
            size += count;
            count = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, buffer);
        }
        if (crc !== written) {
            throw (0,_verification_error_js__WEBPACK_IMPORTED_MODULE_5__/* .imageMismatch */ .w6)(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(path)} changed after it was written: its CRC-32 was ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_7__/* .formatHex */ .NN)(written, 8)} and is now ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_7__/* .formatHex */ .NN)(crc, 8)}.`);
        }
        return { size, sha256: hash.digest() };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** Checks that a raw image has the size that was written. Throws if it was truncated or has grown. */
function checkSize({ path, size }) {
    const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path).size;
    if (found !== size) {
        throw (0,_verification_error_js__WEBPACK_IMPORTED_MODULE_5__/* .imageMismatch */ .w6)(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(path)} changed after it was written: it had ${size} bytes and now has ${found}.`);
    }
}
/**
 * Checks that a compressed file consists of what was written and nothing else: its head, the frames one after the other, and
 * its tail. Then the bytes that are verified frame by frame are those that any tool decompresses from the file.
 */
function checkFrames({ path, format, head, frames, tail }) {
    let end = head.length;
    let isContiguous = true;
    for (const { offset, compressedBytes } of frames) {
        isContiguous &&= offset === end;
        end = offset + compressedBytes;
    }
    const isWhole = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path).size === end + tail.length && hasBytes(path, head, 0) && hasBytes(path, tail, end);
    if (!isContiguous || !isWhole) {
        throw (0,_verification_error_js__WEBPACK_IMPORTED_MODULE_5__/* .imageMismatch */ .w6)(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(path)} changed after it was written: it no longer consists of the ${frames.length} ${format} frames that were written.`);
    }
}
function hasBytes(path, expected, offset) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const found = Buffer.alloc(expected.length);
        const file = __addDisposableResource(env_2, (0,_image_file_access_js__WEBPACK_IMPORTED_MODULE_3__/* .openFile */ .T)(path, offset + expected.length), false);
        file.read(found, offset);
        return found.equals(expected);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}


/***/ })

};
