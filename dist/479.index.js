export const id = 479;
export const ids = [479];
export const modules = {

/***/ 7478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ firstDifference)
/* harmony export */ });
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9024);

/**
 * The offset of the first byte within `range` at which two sources differ, or `undefined` if they are equal there.
 * Reads both a piece at a time.
 */
function firstDifference(found, expected, range) {
    const foundPiece = Buffer.alloc(Math.min(_source_js__WEBPACK_IMPORTED_MODULE_0__/* .PIECE_BYTES */ .ts, range.length));
    const expectedPiece = Buffer.alloc(foundPiece.length);
    for (const { offset, length } of (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .cutRanges */ .RS)(range.length, _source_js__WEBPACK_IMPORTED_MODULE_0__/* .PIECE_BYTES */ .ts)) {
        const position = range.offset + offset;
        found.read(foundPiece.subarray(0, length), position);
        expected.read(expectedPiece.subarray(0, length), position);
        if (foundPiece.compare(expectedPiece, 0, length, 0, length) !== 0) {
            return position + foundPiece.subarray(0, length).findIndex((byte, i) => byte !== expectedPiece[i]);
        }
    }
    return undefined;
}


/***/ }),

/***/ 341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ openFat)
});

// EXTERNAL MODULE: ./bytes/bounds.js
var bounds = __webpack_require__(9388);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./fat/constants.js
var constants = __webpack_require__(6100);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
;// CONCATENATED MODULE: ./fat/read/format-error.js
/** The error for bytes of a volume that break a rule of the format. The reader throws no other error about bytes. */
class FatFormatError extends Error {
    name = 'FatFormatError';
    /** Identifies these errors where their class is lost, as between threads. */
    code = 'FAT_FORMAT';
    constructor({ structure, place, expected, found }) {
        super(`FAT ${structure} at ${place}: expected ${expected}, found ${found}`);
    }
}

;// CONCATENATED MODULE: ./fat/read/boot-sector.js




/**
 * Reads the boot sector of a FAT16 or FAT32 volume, and checks that everything in its layout is within the volume. Throws a
 * `FatFormatError`.
 */
function readBootSector(access) {
    if (access.size < source/* SECTOR_SIZE */.t4) {
        throw fault(`a volume of at least ${source/* SECTOR_SIZE */.t4} bytes`, access.size);
    }
    const sector = Buffer.alloc(source/* SECTOR_SIZE */.t4);
    access.read(sector, 0);
    const areas = readAreas(sector, access.size);
    const { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster } = areas;
    const tableBytes = fatSectors * source/* SECTOR_SIZE */.t4;
    if (tableBytes < ((clusters + constants/* FIRST_CLUSTER */.g9) * bits) / 8) {
        throw fault(`a table for ${clusters} clusters`, `${tableBytes} bytes`);
    }
    const extended = constants/* EXTENDED_START */.BF[bits];
    expectEqual('extended signature', sector[extended + constants/* EXTENDED */.Qz.bootSignature], constants/* EXTENDED_SIGNATURE */.nt);
    const fsInfoSector = bits === 32 ? sector.readUInt16LE(constants/* BPB32 */.aD.fsInfoSector) : 0;
    if (bits === 32 && (fsInfoSector === 0 || fsInfoSector >= reservedSectors)) {
        throw fault(`FSInfo in a sector from 1 to ${reservedSectors - 1}`, fsInfoSector);
    }
    const dataOffset = (reservedSectors + fats * fatSectors) * source/* SECTOR_SIZE */.t4 + rootBytes;
    return {
        bits,
        volumeId: sector.readUInt32LE(extended + constants/* EXTENDED */.Qz.volumeId),
        tables: Array.from({ length: fats }, (_, i) => reservedSectors * source/* SECTOR_SIZE */.t4 + i * tableBytes),
        tableBytes,
        rootOffset: dataOffset - rootBytes,
        rootBytes,
        rootCluster: bits === 32 ? sector.readUInt32LE(constants/* BPB32 */.aD.rootCluster) : 0,
        fsInfoSector,
        dataOffset,
        clusterBytes: sectorsPerCluster * source/* SECTOR_SIZE */.t4,
        clusters,
    };
}
function readAreas(sector, volumeSize) {
    const u16 = (offset) => sector.readUInt16LE(offset);
    expectEqual('signature', u16(constants/* BPB */.ND.signature), constants/* BOOT_SIGNATURE */.qk);
    if (u16(constants/* BPB */.ND.bytesPerSector) !== source/* SECTOR_SIZE */.t4) {
        throw fault(`sectors of ${source/* SECTOR_SIZE */.t4} bytes`, u16(constants/* BPB */.ND.bytesPerSector));
    }
    const sectorsPerCluster = sector[constants/* BPB */.ND.sectorsPerCluster];
    if (!POWERS_OF_TWO.includes(sectorsPerCluster)) {
        throw fault('a power of two as sectors per cluster', sectorsPerCluster);
    }
    const fats = sector[constants/* BPB */.ND.fats];
    if (fats !== 1 && fats !== 2) {
        throw fault('1 or 2 tables', fats);
    }
    const reservedSectors = u16(constants/* BPB */.ND.reservedSectors);
    if (reservedSectors === 0) {
        throw fault('at least 1 reserved sector', 0);
    }
    const bits = u16(constants/* BPB */.ND.fatSectors16) === 0 ? 32 : 16;
    const fatSectors = bits === 16 ? u16(constants/* BPB */.ND.fatSectors16) : sector.readUInt32LE(constants/* BPB32 */.aD.fatSectors32);
    const sectors = u16(constants/* BPB */.ND.totalSectors16) || sector.readUInt32LE(constants/* BPB */.ND.totalSectors32);
    if (sectors * source/* SECTOR_SIZE */.t4 > volumeSize) {
        throw fault(`at most ${volumeSize} bytes`, sectors * source/* SECTOR_SIZE */.t4);
    }
    const rootBytes = u16(constants/* BPB */.ND.rootEntries) * constants/* ENTRY_SIZE */.RY;
    if ((rootBytes === 0) !== (bits === 32)) {
        throw fault('a root directory outside the clusters for FAT16 only', `${rootBytes} bytes for FAT${bits}`);
    }
    if (rootBytes % source/* SECTOR_SIZE */.t4 !== 0) {
        throw fault('a root directory of whole sectors', `${rootBytes} bytes`);
    }
    const dataSector = reservedSectors + fats * fatSectors + rootBytes / source/* SECTOR_SIZE */.t4;
    const clusters = Math.floor((sectors - dataSector) / sectorsPerCluster);
    const [least, most] = bits === 16 ? FAT16_CLUSTERS : FAT32_CLUSTERS;
    if (clusters < least || clusters > most) {
        throw fault(`${least} to ${most} clusters for FAT${bits}`, clusters);
    }
    return { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster };
}
const POWERS_OF_TWO = [1, 2, 4, 8, 16, 32, 64, 128];
const FAT16_CLUSTERS = [4085, constants/* FAT32_LEAST_CLUSTERS */.H8 - 1];
/** Linux accepts FAT32 volumes with few clusters if the boot sector is that of FAT32. */
const FAT32_CLUSTERS = [1, 0x0ffffff5];
function expectEqual(what, found, expected) {
    if (found !== expected) {
        throw fault(`${what} ${(0,format/* formatHex */.NN)(expected)}`, (0,format/* formatHex */.NN)(found));
    }
}
function fault(expected, found) {
    return new FatFormatError({ structure: 'boot sector', place: 'sector 0', expected, found: String(found) });
}

;// CONCATENATED MODULE: ./fat/read/directory.js




/** Decodes a directory. `place` names it in errors. Throws a `FatFormatError`. */
function readDirectory(bytes, bits, place) {
    const entries = [];
    let label;
    let longEntries = [];
    for (let at = 0; at + constants/* ENTRY_SIZE */.RY <= bytes.length && bytes[at] !== constants/* END_OF_DIRECTORY */.i7; at += constants/* ENTRY_SIZE */.RY) {
        const entry = bytes.subarray(at, at + constants/* ENTRY_SIZE */.RY);
        const where = `${place}, entry ${at / constants/* ENTRY_SIZE */.RY}`;
        const attributes = entry[constants/* ENTRY */.Py.attributes];
        if (entry[0] !== constants/* DELETED */.UW && (attributes & KIND_MASK) === constants/* ATTRIBUTE */.bc.longName) {
            longEntries.push(entry);
            continue;
        }
        if (entry[0] === constants/* DELETED */.UW) {
            if (longEntries.length > 0) {
                throw nameFault(where, 'the short entry of a long name', 'a deleted entry');
            }
            continue;
        }
        const shortName = entry.subarray(0, constants/* SHORT_NAME_BYTES */.ZE);
        if ((attributes & constants/* ATTRIBUTE */.bc.volumeLabel) !== 0) {
            if (label !== undefined || longEntries.length > 0) {
                throw nameFault(where, 'at most one label, without a long name', 'another one');
            }
            label = ascii(shortName, where).trimEnd();
            continue;
        }
        const name = longEntries.length > 0 ? joinLongName(longEntries, shortName, where) : readShortName(entry, where);
        longEntries = [];
        const high = bits === 32 ? entry.readUInt16LE(constants/* ENTRY */.Py.clusterHigh) * 0x10000 : 0;
        const cluster = high + entry.readUInt16LE(constants/* ENTRY */.Py.clusterLow);
        entries.push({ name, attributes, cluster, size: entry.readUInt32LE(constants/* ENTRY */.Py.size) });
    }
    if (longEntries.length > 0) {
        throw nameFault(place, 'the short entry of a long name', 'the end of the directory');
    }
    return { label, entries };
}
/** The bits of the attributes that have a meaning. */
const KIND_MASK = 0x3f;
/** Joins the long name entries, which are in descending order, the first marked as the last, with a checksum. */
function joinLongName(longEntries, shortName, place) {
    const checksum = shortName.reduce((sum, byte) => (((sum >> 1) | ((sum & 1) << 7)) + byte) & 0xff, 0);
    const units = [];
    for (const [i, entry] of longEntries.toReversed().entries()) {
        const isLast = i === longEntries.length - 1;
        const order = (i + 1) | (isLast ? constants/* LAST_LONG_ENTRY */.hT : 0);
        if (entry[constants/* LONG_ENTRY */.w7.order] !== order) {
            throw nameFault(place, `order ${order} of a long name entry`, String(entry[constants/* LONG_ENTRY */.w7.order]));
        }
        if (entry[constants/* LONG_ENTRY */.w7.checksum] !== checksum) {
            throw nameFault(place, `checksum ${checksum} in a long name`, String(entry[constants/* LONG_ENTRY */.w7.checksum]));
        }
        if (entry[constants/* LONG_ENTRY */.w7.type] !== 0 || entry.readUInt16LE(constants/* LONG_ENTRY */.w7.cluster) !== 0) {
            throw nameFault(place, 'a long name of type 0 without a cluster', entry.toString('hex'));
        }
        for (const offset of constants/* LONG_ENTRY_UNITS */.A3) {
            units.push(entry.readUInt16LE(offset));
        }
    }
    const end = units.indexOf(0);
    const length = end < 0 ? units.length : end;
    const isFilled = units.slice(length + 1).every((unit) => unit === 0xffff);
    // The last entry must have a part of the name.
    if (!isFilled || length <= units.length - constants/* LONG_ENTRY_UNITS */.A3.length || length > constants/* MAX_NAME_UNITS */.H1) {
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
function readShortName(entry, place) {
    const text = ascii(entry.subarray(0, constants/* SHORT_NAME_BYTES */.ZE), place);
    const flags = entry[constants/* ENTRY */.Py.caseFlags];
    const part = (from, to, flag) => {
        const characters = text.slice(from, to).trimEnd();
        return (flags & flag) === 0 ? characters : characters.toLowerCase();
    };
    const base = part(0, 8, LOWER_BASE);
    const extension = part(8, constants/* SHORT_NAME_BYTES */.ZE, LOWER_EXTENSION);
    if (base === '.' || base === '..') {
        return base;
    }
    return checkName(extension === '' ? base : `${base}.${extension}`, place);
}
/** Characters outside ASCII would depend on a code page; names with them have long name entries. */
function ascii(bytes, place) {
    const odd = bytes.find((byte) => byte < 0x20 || byte > 0x7e);
    if (odd !== undefined) {
        throw nameFault(place, 'a short name in ASCII', `byte ${(0,format/* formatHex */.NN)(odd)}`);
    }
    return bytes.toString('latin1');
}
function checkName(name, place) {
    if (name === '' || /^\.\.?$/.test(name) || /[/\\\0]/.test(name)) {
        throw nameFault(place, 'a valid name', (0,text_escape/* quote */.hD)(name));
    }
    return name;
}
function nameFault(place, expected, found) {
    return new FatFormatError({ structure: 'directory', place, expected, found });
}

// EXTERNAL MODULE: ./bytes/compare.js
var compare = __webpack_require__(7478);
// EXTERNAL MODULE: ./bytes/window.js
var bytes_window = __webpack_require__(1485);
;// CONCATENATED MODULE: ./fat/read/table.js





/** Opens the table, and checks that its copies are equal and that FSInfo has its number of free clusters. */
function openTable(access, geometry) {
    const { bits, clusters } = geometry;
    const used = countUsed(access, geometry);
    if (bits === 32) {
        checkFsInfo(access, geometry, clusters - used);
    }
    const seen = new Uint8Array(clusters + constants/* FIRST_CLUSTER */.g9);
    const entryOf = cachedEntries(access, geometry);
    let followed = 0;
    return {
        used,
        followed: () => followed,
        follow(first, place) {
            const runs = [];
            for (let cluster = first; cluster < constants/* END_OF_CHAIN */.W2[bits]; cluster = entryOf(cluster)) {
                if (cluster < constants/* FIRST_CLUSTER */.g9 || cluster >= clusters + constants/* FIRST_CLUSTER */.g9) {
                    throw chainFault(place, `a cluster from 2 to ${clusters + 1}`, cluster);
                }
                if (seen[cluster] === 1) {
                    throw chainFault(place, 'a cluster that is in no chain yet', cluster);
                }
                seen[cluster] = 1;
                followed++;
                const last = runs.at(-1);
                if (last !== undefined && cluster === last.cluster + last.length) {
                    last.length++;
                }
                else {
                    runs.push({ cluster, length: 1 });
                }
            }
            return runs;
        },
    };
}
const PAGE_BYTES = 64 * 1024;
/** Keeps the page that was read last, because chains mostly ascend. */
function cachedEntries(access, { bits, tables, tableBytes }) {
    let pageStart = -1;
    let page = Buffer.alloc(0);
    return (cluster) => {
        const position = (cluster * bits) / 8;
        const start = Math.floor(position / PAGE_BYTES) * PAGE_BYTES;
        if (start !== pageStart) {
            page = Buffer.alloc(Math.min(PAGE_BYTES, tableBytes - start));
            access.read(page, tables[0] + start);
            pageStart = start;
        }
        return entryAt(page, position - start, bits);
    };
}
function entryAt(bytes, position, bits) {
    return bits === 16 ? bytes.readUInt16LE(position) : bytes.readUInt32LE(position) & constants/* CLUSTER_MASK */.mX[32];
}
/** Checks that the second table, if there is one, equals the first. */
function checkCopies(access, [first = 0, second = first], length) {
    const at = (0,compare/* firstDifference */.a)((0,bytes_window/* windowOf */.O)(access, { offset: second, length }), (0,bytes_window/* windowOf */.O)(access, { offset: first, length }), { offset: 0, length });
    if (at !== undefined) {
        throw new FatFormatError({
            structure: 'table',
            place: `byte ${at}`,
            expected: 'two equal copies',
            found: 'different bytes',
        });
    }
}
function countUsed(access, { bits, tables, tableBytes, clusters }) {
    const width = bits / 8;
    const end = (clusters + constants/* FIRST_CLUSTER */.g9) * width;
    let used = 0;
    checkCopies(access, tables, tableBytes);
    const [table = 0] = tables;
    for (const { offset, length } of (0,source/* cutRanges */.RS)(tableBytes, PAGE_BYTES)) {
        const page = Buffer.alloc(length);
        access.read(page, table + offset);
        const from = offset === 0 ? constants/* FIRST_CLUSTER */.g9 * width : 0;
        for (let i = from; i < Math.min(length, end - offset); i += width) {
            if (entryAt(page, i, bits) !== 0) {
                used++;
            }
        }
    }
    return used;
}
/** The number of free clusters in FSInfo if it is not known. */
const UNKNOWN = 0xffffffff;
function checkFsInfo(access, { fsInfoSector }, free) {
    const sector = Buffer.alloc(source/* SECTOR_SIZE */.t4);
    access.read(sector, fsInfoSector * source/* SECTOR_SIZE */.t4);
    const expectField = (offset, expected) => {
        const found = sector.readUInt32LE(offset);
        if (found !== expected && !(offset === constants/* FSINFO */.MM.freeClusters && found === UNKNOWN)) {
            throw new FatFormatError({
                structure: 'FSInfo',
                place: `byte ${offset}`,
                expected: String(expected),
                found: String(found),
            });
        }
    };
    expectField(constants/* FSINFO */.MM.lead, constants/* FSINFO_LEAD */.Dp);
    expectField(constants/* FSINFO */.MM.structure, constants/* FSINFO_STRUCTURE */.ox);
    expectField(constants/* FSINFO */.MM.freeClusters, free);
}
function chainFault(place, expected, found) {
    return new FatFormatError({ structure: 'cluster chain', place, expected, found: String(found) });
}

;// CONCATENATED MODULE: ./fat/read.js







/**
 * Opens a FAT16 or FAT32 volume. It shares the constants of the format with the writer and nothing else. All structures are
 * read and verified: copies of the table, chains, names, counts, and that every used cluster belongs to one file.
 *
 * Throws a `FatFormatError` if any of this is wrong, in time and memory that are bounded by the size of the volume.
 */
function openFat(access) {
    const geometry = readBootSector(access);
    const table = openTable(access, geometry);
    const { label, files } = listFiles({ access, geometry, table });
    if (table.followed() !== table.used) {
        throw new FatFormatError({
            structure: 'table',
            place: 'all clusters',
            expected: `${table.followed()} used clusters, those of all files and directories`,
            found: String(table.used),
        });
    }
    return {
        bits: geometry.bits,
        volumeId: geometry.volumeId,
        label,
        entries: files.map(({ entry }) => entry),
        read(entry, position, target) {
            const { entry: file, runs } = files[entry];
            (0,bounds/* checkBounds */.M)({ offset: position, length: target.length }, file.size, 'a file');
            readRuns(access, geometry, runs, { target, position });
        },
    };
}
/** Reads all directories, in breadth-first order. */
function listFiles(volume) {
    const root = { kind: 'directory', parent: 0, name: '', path: '', size: 0 };
    const files = [{ entry: root, cluster: ROOT, runs: [] }];
    let label;
    // The loop visits the directories that it appends.
    for (const [directory, { entry, cluster }] of files.entries()) {
        if (entry.kind === 'file') {
            continue;
        }
        const place = `directory ${(0,text_escape/* quote */.hD)(entry.path)}`;
        const contents = readDirectoryOf(volume, cluster, place);
        const isRoot = directory === 0;
        if (isRoot) {
            label = contents.label;
        }
        const children = isRoot
            ? childrenOfRoot(contents, place)
            : childrenOf(contents, { own: cluster, parent: files[entry.parent].cluster }, place);
        for (const child of children) {
            const path = isRoot ? child.name : `${entry.path}/${child.name}`;
            files.push(locate(volume, child, { parent: directory, path, place }));
        }
    }
    return { label, files };
}
function locate(volume, child, { parent, path, place }) {
    const { name, cluster, size } = child;
    if ((child.attributes & constants/* ATTRIBUTE */.bc.directory) === 0) {
        return { entry: { kind: 'file', parent, name, path, size }, cluster, runs: followFile(volume, child, path) };
    }
    if (cluster === ROOT) {
        throw directoryFault(place, `a cluster for the directory ${(0,text_escape/* quote */.hD)(name)}`, 'none');
    }
    return { entry: { kind: 'directory', parent, name, path, size: 0 }, cluster, runs: [] };
}
function readDirectoryOf({ access, geometry, table }, cluster, place) {
    if (geometry.bits === 16 && cluster === ROOT) {
        const bytes = allocateDirectory(geometry.rootBytes, place);
        access.read(bytes, geometry.rootOffset);
        return readDirectory(bytes, geometry.bits, place);
    }
    const chain = table.follow(cluster === ROOT ? geometry.rootCluster : cluster, place);
    const bytes = allocateDirectory(countClusters(chain) * geometry.clusterBytes, place);
    readRuns(access, geometry, chain, { target: bytes, position: 0 });
    return readDirectory(bytes, geometry.bits, place);
}
function allocateDirectory(length, place) {
    if (length > MAX_DIRECTORY_BYTES) {
        throw directoryFault(place, `at most ${MAX_DIRECTORY_BYTES} bytes`, String(length));
    }
    return Buffer.alloc(length);
}
/** First cluster of the root in entries that refer to it. */
const ROOT = 0;
const MAX_DIRECTORY_BYTES = constants/* MAX_DIRECTORY_ENTRIES */.MG * constants/* ENTRY_SIZE */.RY;
function childrenOfRoot({ entries }, place) {
    checkUnique(entries, place);
    const dots = entries.find(({ name }) => name === '.' || name === '..');
    if (dots !== undefined) {
        throw directoryFault(place, 'no entries . and .. in the root', dots.name);
    }
    return entries;
}
/** The entries after `.` and `..`, which must refer to the directory and its parent. */
function childrenOf({ entries, label }, expected, place) {
    checkUnique(entries, place);
    const [dot, dotDot, ...children] = entries;
    const heads = [
        ['.', expected.own, dot],
        ['..', expected.parent, dotDot],
    ];
    for (const [name, cluster, found] of heads) {
        if (found?.name !== name || found.cluster !== cluster) {
            const what = found === undefined ? 'none' : `${(0,text_escape/* quote */.hD)(found.name)} at cluster ${found.cluster}`;
            throw directoryFault(place, `the entry ${name} at cluster ${cluster}`, what);
        }
    }
    if (label !== undefined) {
        throw directoryFault(place, 'a volume label in the root only', (0,text_escape/* quote */.hD)(label));
    }
    return children;
}
function checkUnique(entries, place) {
    const names = new Set();
    for (const { name } of entries) {
        if (names.has(name)) {
            throw directoryFault(place, 'each name once', `${(0,text_escape/* quote */.hD)(name)} twice`);
        }
        names.add(name);
    }
}
function followFile({ geometry, table }, { cluster, size }, path) {
    const place = `file ${(0,text_escape/* quote */.hD)(path)}`;
    const runs = cluster === 0 ? [] : table.follow(cluster, place);
    const found = countClusters(runs);
    const expected = Math.ceil(size / geometry.clusterBytes);
    if (found !== expected) {
        throw new FatFormatError({
            structure: 'cluster chain',
            place,
            expected: `${expected} clusters`,
            found: String(found),
        });
    }
    return runs;
}
function countClusters(runs) {
    return runs.reduce((sum, { length }) => sum + length, 0);
}
/** Fills `target` with the bytes of a chain from `position` on. */
function readRuns(access, { clusterBytes, dataOffset }, runs, { target, position }) {
    const limit = position + target.length;
    let start = 0;
    for (const { cluster, length } of runs) {
        const end = start + length * clusterBytes;
        const from = Math.max(start, position);
        const to = Math.min(end, limit);
        const offset = dataOffset + (cluster - constants/* FIRST_CLUSTER */.g9) * clusterBytes;
        if (from < to) {
            access.read(target.subarray(from - position, to - position), offset + from - start);
        }
        start = end;
    }
}
function directoryFault(place, expected, found) {
    return new FatFormatError({ structure: 'directory', place, expected, found });
}


/***/ }),

/***/ 6242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ narBytes),
/* harmony export */   y: () => (/* binding */ hashNar)
/* harmony export */ });
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(786);
/* harmony import */ var _sink_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7648);


const MAGIC = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('nix-archive-1');
const REGULAR = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('(', 'type', 'regular', 'contents');
const EXECUTABLE = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('(', 'type', 'regular', 'executable', '', 'contents');
const SYMLINK = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('(', 'type', 'symlink', 'target');
const DIRECTORY = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('(', 'type', 'directory');
const ENTRY = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('entry', '(', 'name');
const NODE = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)('node');
const CLOSE = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .tokens */ .LU)(')');
/** Bytes of the parts of a Nix archive, whose sum is the size of the archive. All sizes are in bytes. */
const narBytes = {
    /** What every archive starts with. */
    start: MAGIC.length,
    regular: (size, executable) => (executable ? EXECUTABLE : REGULAR).length + stringBytes(size) + CLOSE.length,
    symlink: (targetLength) => SYMLINK.length + stringBytes(targetLength) + CLOSE.length,
    /** A directory without its entries. */
    directory: DIRECTORY.length + CLOSE.length,
    /** An entry of a directory without its node. */
    entry: (nameLength) => ENTRY.length + stringBytes(nameLength) + NODE.length + CLOSE.length,
};
/** A string is its length in 8 bytes and its bytes, padded with zeros to a multiple of 8. */
function stringBytes(length) {
    return 8 + Math.ceil(length / 8) * 8;
}
/**
 * Computes the hash and size of the Nix archive of a file tree, without storing the archive.
 * Format: Nix manual, "Nix Archive (NAR) format".
 *
 * Throws an `Error` if the entries of a directory are out of order, or if an archive cannot hold a name or the target of
 * a symlink. Passes on what `entries` and `read` throw.
 *
 * @param buffer from `createSinkBuffer`, to hash many archives with one allocation; a new one by default.
 */
function hashNar(node, buffer) {
    const sink = (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .createSink */ .Ob)(buffer);
    (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, MAGIC);
    putNode(sink, node);
    return (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .finish */ .O9)(sink);
}
function putNode(sink, node) {
    if (node.type === 'regular') {
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, node.executable ? EXECUTABLE : REGULAR);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .putContents */ .C4)(sink, node);
    }
    else if (node.type === 'symlink') {
        checkTarget(node.target);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, SYMLINK);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .putString */ .H6)(sink, node.target);
    }
    else {
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, DIRECTORY);
        putEntries(sink, node);
    }
    (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, CLOSE);
}
function putEntries(sink, directory) {
    let previous;
    for (const { name, node } of directory.entries()) {
        checkName(name, previous);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, ENTRY);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .putString */ .H6)(sink, name);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, NODE);
        putNode(sink, typeof node === 'function' ? node() : node);
        (0,_sink_js__WEBPACK_IMPORTED_MODULE_1__/* .put */ .yJ)(sink, CLOSE);
        previous = name;
    }
}
/** Limits of a Nix archive: Nix, src/libutil/archive.cc, parse. */
const MAX_NAME = 255;
const MAX_TARGET = 4095;
const SLASH = 0x2f;
const DOT = 0x2e;
function checkName(name, previous) {
    const dots = name.length <= 2 && name.every((byte) => byte === DOT);
    if (dots || name.length > MAX_NAME || name.includes(SLASH) || name.includes(0)) {
        throw new Error(`No entry of a Nix archive can be named '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(name)}'.`);
    }
    if (previous !== undefined && Buffer.compare(previous, name) >= 0) {
        throw new Error(`The entries of a directory are not strictly ascending: '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(name)}' follows '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(previous)}'.`);
    }
}
function checkTarget(target) {
    if (target.length === 0 || target.length > MAX_TARGET || target.includes(0)) {
        throw new Error(`The target of a symlink must be 1 to ${MAX_TARGET} bytes without NUL, but is ${target.length} bytes: '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(target.subarray(0, MAX_NAME))}'.`);
    }
}


/***/ }),

/***/ 4880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ narNodeOfPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _bytes_read_fully_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5216);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(786);
/* harmony import */ var _store_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7395);
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




const SLASH = Buffer.from('/');
/**
 * Returns the file at `path` of this machine as a node of a Nix archive. Directories are listed when their entries are
 * requested, and files are read when their contents are.
 *
 * Throws a `UserError` that names the file if it is not a regular file, directory or symlink, and if it becomes shorter
 * while it is read.
 */
function narNodeOfPath(path) {
    const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path);
    if (stat.isFile()) {
        return {
            type: 'regular',
            executable: (stat.mode & node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.S_IXUSR) !== 0,
            size: stat.size,
            read: (position, target) => readFile(path, position, target),
        };
    }
    if (stat.isSymbolicLink()) {
        return { type: 'symlink', target: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(path, 'buffer') };
    }
    if (stat.isDirectory()) {
        return { type: 'directory', entries: () => readDirectory(path) };
    }
    throw (0,_store_error_js__WEBPACK_IMPORTED_MODULE_3__/* .storeError */ .g)({
        message: `'${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(path)}' is neither a regular file, a directory nor a symlink: no Nix archive can hold it.`,
    });
}
function readDirectory(path) {
    const entries = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, 'buffer').map((name) => ({
        name,
        node: () => narNodeOfPath(Buffer.concat([path, SLASH, name])),
    }));
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}
/** Opens the file for each piece: pieces are large or whole files, and no caller says which one is the last. */
function readFile(path, position, target) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync);
        const { size } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(file);
        if (size < position + target.length) {
            throw (0,_store_error_js__WEBPACK_IMPORTED_MODULE_3__/* .storeError */ .g)({
                message: `'${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(path)}' became shorter while it was read: expected at least ${position + target.length} bytes, found ${size}.`,
            });
        }
        (0,_bytes_read_fully_js__WEBPACK_IMPORTED_MODULE_1__/* .readFully */ .l)(file, target, position, (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(path));
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

/***/ 7648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C4: () => (/* binding */ putContents),
/* harmony export */   H6: () => (/* binding */ putString),
/* harmony export */   LU: () => (/* binding */ tokens),
/* harmony export */   O9: () => (/* binding */ finish),
/* harmony export */   Ob: () => (/* binding */ createSink),
/* harmony export */   U1: () => (/* binding */ createSinkBuffer),
/* harmony export */   yJ: () => (/* binding */ put)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** Collects small pieces: a call of the hash function costs as much as hashing a kilobyte. */
const BUFFER_SIZE = 256 * 1024;
/** Starts an archive. `buffer` may come from an archive that is finished, but two archives must not share one. */
function createSink(buffer = createSinkBuffer()) {
    return { hash: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256'), buffer, used: 0, hashed: 0 };
}
/** Allocates the memory that a sink needs. */
function createSinkBuffer() {
    return Buffer.allocUnsafeSlow(BUFFER_SIZE);
}
/** Ends the archive. The sink must not be used after that. */
function finish(sink) {
    flush(sink);
    return { hash: sink.hash.digest(), size: sink.hashed };
}
/** Appends bytes without framing, at most 256 KiB. */
function put(sink, bytes) {
    reserve(sink, bytes.length);
    sink.buffer.set(bytes, sink.used);
    sink.used += bytes.length;
}
/** Appends bytes as a string of the archive, at most 256 KiB. */
function putString(sink, bytes) {
    putNumber(sink, bytes.length);
    put(sink, bytes);
    putPadding(sink, bytes.length);
}
/** Appends the contents of a file as a string of the archive. */
function putContents(sink, contents) {
    const { size } = contents;
    putNumber(sink, size);
    let position = 0;
    while (position < size) {
        // What does not fit starts an empty buffer: large files are read in whole buffers, at multiples of its size.
        reserve(sink, Math.min(size - position, BUFFER_SIZE));
        const length = Math.min(size - position, BUFFER_SIZE - sink.used);
        contents.read(position, sink.buffer.subarray(sink.used, sink.used + length));
        sink.used += length;
        position += length;
    }
    putPadding(sink, size);
}
/** Encodes words as strings of an archive: the length as 64 bits, little endian, the bytes, zeros up to a multiple of 8. */
function tokens(...words) {
    return Buffer.concat(words.map((word) => {
        const token = Buffer.alloc(8 + Math.ceil(word.length / 8) * 8);
        token.writeUInt32LE(word.length);
        token.write(word, 8, 'latin1');
        return token;
    }));
}
function putNumber(sink, value) {
    reserve(sink, 8);
    sink.buffer.writeUInt32LE(value % 2 ** 32, sink.used);
    sink.buffer.writeUInt32LE(Math.floor(value / 2 ** 32), sink.used + 4);
    sink.used += 8;
}
function putPadding(sink, length) {
    // Always fits: each string starts at a multiple of 8, and the buffer ends at one.
    const padding = (8 - (length % 8)) % 8;
    sink.buffer.fill(0, sink.used, sink.used + padding);
    sink.used += padding;
}
/** Makes sure that `length` bytes fit into the buffer. */
function reserve(sink, length) {
    if (sink.used + length > BUFFER_SIZE) {
        flush(sink);
    }
}
function flush(sink) {
    sink.hash.update(sink.buffer.subarray(0, sink.used));
    sink.hashed += sink.used;
    sink.used = 0;
}


/***/ })

};
