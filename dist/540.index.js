export const id = 540;
export const ids = [540];
export const modules = {

/***/ 8541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NX: () => (/* binding */ CHECKSUMS_NAME),
/* harmony export */   bk: () => (/* binding */ listChecksums),
/* harmony export */   gD: () => (/* binding */ writeChecksums)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _host_small_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(286);
/* harmony import */ var _image_name_lock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8657);
/* harmony import */ var _image_write_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9603);





/** The conventional name of a list of SHA-256 checksums. */
const CHECKSUMS_NAME = 'SHA256SUMS';
/**
 * Encodes a list for `sha256sum --check`, sorted by name. Keeps the lines of the list `existing`, except those of files that
 * are in `checksums` or that `isReplaced` names.
 *
 * Format: coreutils manual, sections "sha2 utilities" and "md5sum invocation". Backslashes, line feeds and carriage returns
 * in a name are escaped, and a backslash at the start of the line marks it.
 */
function listChecksums(checksums, existing = '', isReplaced = () => false) {
    const own = new Map(checksums.map((checksum) => [checksum.name, encodeLine(checksum)]));
    const kept = existing.split('\n').filter((line) => line !== '');
    for (const line of kept) {
        const name = nameOf(line);
        if (!own.has(name) && !isReplaced(name)) {
            own.set(name, line);
        }
    }
    const lines = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
    return lines.join('');
}
/**
 * Writes a list of files in the directory of `path`. Keeps the lines of an existing list for other files that are still in
 * the directory: several images may share it, and several runs may write at the same time. Nothing is read or written
 * through a symlink. Errors as in `writeError` and `lockName`.
 */
async function writeChecksums(path, checksums) {
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    const lock = await (0,_image_name_lock_js__WEBPACK_IMPORTED_MODULE_3__/* .waitForName */ .o)(directory, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    const partial = lock.temporaryPath('partial');
    try {
        const existing = (0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_4__/* .writingTo */ .gC)(path, () => readList(path));
        const isMissing = (name) => !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name));
        const list = listChecksums(checksums, existing, isMissing);
        (0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_4__/* .writingTo */ .gC)(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(partial, list, { flag: 'wx' }), Buffer.byteLength(list));
        (0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_4__/* .writingTo */ .gC)(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(partial, path));
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(partial, { force: true });
        lock.release();
    }
}
/** Anything else that has the name of the list, such as a symlink to another file, is replaced. */
function readList(path) {
    const isList = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.isFile() === true;
    return isList ? (0,_host_small_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readSmallFile */ .E)(path, { noFollow: true }).toString() : '';
}
function encodeLine({ name, sha256 }) {
    const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
}
/** The name on a line: the hash and the name are separated by a space and another space or an asterisk. Returns any other line as it is. */
function nameOf(line) {
    const [, mark, name] = /^(\\?)[0-9a-fA-F]{64} [ *](.*)$/.exec(line) ?? [];
    if (name === undefined) {
        return line;
    }
    const decode = (_, character) => ESCAPES[character] ?? character;
    return mark === '' ? name : name.replace(/\\(.)/g, decode);
}
const ESCAPES = { n: '\n', r: '\r' };


/***/ }),

/***/ 7434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ imagerDevice),
/* harmony export */   Py: () => (/* binding */ imagerArchitecture),
/* harmony export */   W8: () => (/* binding */ devicesOfFirmware),
/* harmony export */   rl: () => (/* binding */ isDeviceTag)
/* harmony export */ });
/* harmony import */ var _fat_tree_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8837);
/**
 * The devices that Raspberry Pi Imager lets its user choose from. It matches them with images by tags, such as `pi4-64bit`
 * (raspberrypi/rpi-imager, src/hwlistmodel.cpp; tags as in downloads.raspberrypi.com/os_list_imagingutility_v4.json).
 */

/** Whether a text has the form of a device tag. */
function isDeviceTag(text) {
    return TAG.test(text);
}
const TAG = /^pi(\d{1,2})-(32|64)bit$/;
/** How a list names the device of a tag, such as "Raspberry Pi 4". */
function imagerDevice(tag) {
    const [, number = ''] = TAG.exec(tag) ?? [];
    return { name: `Raspberry Pi ${number}`, description: MODELS[number] ?? `Models of the Raspberry Pi ${number}` };
}
const MODELS = {
    5: 'Raspberry Pi 5, 500, 500+ and Compute Module 5',
    4: 'Raspberry Pi 4 Model B, 400 and Compute Modules 4 and 4S',
    3: 'Raspberry Pi 3 Models A+, B and B+, Compute Modules 3 and 3+, and Zero 2 W',
    2: 'Raspberry Pi 2 Model B',
};
/**
 * The tags of the devices whose device trees the firmware finds on the FAT partition, newest first: in the root, or in the
 * directory `prefix` of its `os_prefix`. Other directories may have the device trees of every board that a kernel supports.
 * `platform` is that of the system, such as aarch64-linux; without one it is taken as that.
 */
function devicesOfFirmware(tree, prefix, platform) {
    const bits = BITS.get(platform ?? 'aarch64-linux');
    if (bits === undefined) {
        return [];
    }
    const names = tree.entries.flatMap(({ kind }, entry) => {
        const path = kind === 'file' ? (0,_fat_tree_js__WEBPACK_IMPORTED_MODULE_0__/* .fatPathOf */ .c)(tree, entry).toString() : '';
        const inPrefix = prefix !== undefined && path.startsWith(`${prefix}/`);
        return inPrefix ? [path.slice(prefix.length + 1)] : [path];
    });
    const found = CHIPS.filter(({ chip }) => names.some((name) => new RegExp(`^${chip}[^/]*\\.dtb$`, 'i').test(name)));
    return found.map(({ device }) => `${device}-${bits}bit`);
}
/** The chips in the names of the firmware's device trees (raspberrypi/firmware, boot/). */
const CHIPS = [
    { chip: 'bcm2712', device: 'pi5' },
    { chip: 'bcm2711', device: 'pi4' },
    { chip: 'bcm2710', device: 'pi3' },
];
const BITS = new Map([
    ['aarch64-linux', 64],
    ['armv7l-linux', 32],
    ['armv6l-linux', 32],
]);
/** The architecture that Imager sorts by; `undefined` for devices of both. */
function imagerArchitecture(tags) {
    if (tags.every((tag) => tag.endsWith('-64bit'))) {
        return 'armv8';
    }
    return tags.every((tag) => tag.endsWith('-32bit')) ? 'armhf' : undefined;
}


/***/ }),

/***/ 8495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hh: () => (/* binding */ MANIFEST_VERSION),
  xv: () => (/* binding */ VERSION),
  HN: () => (/* binding */ writeManifest)
});

// UNUSED EXPORTS: encodeManifest

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ../package.json
const package_namespaceObject = {"rE":"0.1.0"};
// EXTERNAL MODULE: ./disk/table.js + 1 modules
var disk_table = __webpack_require__(5593);
// EXTERNAL MODULE: ./image/write-error.js
var write_error = __webpack_require__(9603);
// EXTERNAL MODULE: ./nix/hash.js + 1 modules
var nix_hash = __webpack_require__(4354);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
;// CONCATENATED MODULE: ./companions/manifest.js
/**
 * The manifest of an image: its contents and layout as JSON. docs/manifest.md describes the format, and
 * docs/manifest.schema.json is its schema.
 */







/** Version of the format; changes that are not compatible increase it. */
const MANIFEST_VERSION = 1;
/** Version of this action. */
const VERSION = package_namespaceObject.rE;
/** Encodes a manifest. The result does not depend on the time or the order of the store paths. */
function encodeManifest({ image, filesystem, card, storePaths, tools }) {
    const manifest = {
        manifestVersion: MANIFEST_VERSION,
        image: describeImage(image),
        layout: layoutOf(filesystem, card, image.uncompressedSize),
        storePaths: storePaths.toSorted((a, b) => (0,store_path/* compareStorePaths */.hH)(a.path, b.path)).map(describeStorePath),
        tools: Object.fromEntries(Object.entries(tools).sort(([a], [b]) => (a < b ? -1 : 1))),
    };
    return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
/** Writes the manifest of an image to `path`. Errors as in `writeError`. */
function writeManifest(path, facts) {
    (0,write_error/* writeSmallFile */.vd)(path, encodeManifest(facts));
}
function describeImage(image) {
    const { path, size, sha256, uncompressedSize, uncompressedSha256, format, compression } = image;
    return { fileName: (0,external_node_path_.basename)(path), size, sha256, uncompressedSize, uncompressedSha256, format, compression };
}
/** The fields of `nix path-info --json`: the hash in SRI form, and whole store paths. */
function describeStorePath({ path, hash, size, references }) {
    return {
        path,
        narHash: (0,nix_hash/* formatSri */.cu)(hash),
        narSize: size,
        references: references.toSorted(store_path/* compareStorePaths */.hH),
    };
}
function layoutOf(filesystem, card, imageSize) {
    const ext4 = { type: 'ext4', ...filesystem };
    if (card === undefined) {
        return { partitionTable: null, parts: [{ ...ext4, ...NO_PARTITION, offset: 0, size: imageSize }] };
    }
    const { layout, firmwareLabel } = card;
    const { table } = layout;
    const contents = { root: ext4, firmware: { type: 'fat', label: firmwareLabel }, raw: { type: 'raw' } };
    const partitions = layout.partitions.map((partition) => ({
        ...contents[partition.kind === 'esp' ? 'firmware' : partition.kind],
        ...describePartition(partition, layout),
    }));
    const blobs = layout.blobs.map(({ path, offset, size }) => ({ type: 'blob', name: (0,external_node_path_.basename)(path), offset, size }));
    return {
        partitionTable: table.kind === 'mbr'
            ? { type: 'mbr', diskId: (0,format/* formatHex */.NN)(table.diskId, 8) }
            : { type: 'gpt', diskGuid: (0,disk_table/* diskGuid */.lO)(table.uuid) },
        parts: [...partitions, ...blobs].sort((a, b) => a.offset - b.offset),
    };
}
/** The keys of a partition for a bare filesystem. */
const NO_PARTITION = {
    partition: null,
    partitionType: null,
    partitionGuid: null,
    partitionName: null,
    bootable: false,
};
/** With the values of `sfdisk --json`. */
function describePartition({ number, type, name, bootable, offset, length }, { table }) {
    return {
        partition: number,
        partitionType: type,
        partitionGuid: table.kind === 'gpt' ? (0,disk_table/* partitionGuid */.aK)(table.uuid, number) : null,
        partitionName: table.kind === 'gpt' ? name : null,
        bootable,
        offset,
        size: length,
    };
}


/***/ }),

/***/ 6877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ht: () => (/* binding */ partitionType),
/* harmony export */   MC: () => (/* binding */ parsePartitionType),
/* harmony export */   t$: () => (/* binding */ PARTITION_TABLES)
/* harmony export */ });
/* harmony import */ var _guid_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5874);

/** The kinds of partition tables. */
const PARTITION_TABLES = ['mbr', 'gpt'];
/**
 * Types of partitions in an MBR: one byte in hexadecimal. The sd-image module of nixpkgs uses FAT32 with CHS addressing (b)
 * for FAT16 too: boards and kernels read the boot sector.
 */
const MBR_TYPES = { firmware: 'b', esp: 'ef', root: '83' };
/**
 * Types of partitions in a GPT: basic data, EFI system partition (UEFI specification 2.10, section 5.3.3), and Linux
 * filesystem data.
 */
const GPT_TYPES = {
    firmware: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
    esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
    root: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
};
/** Types of root partitions (Discoverable Partitions Specification of the UAPI group). */
const GPT_ROOT_TYPES = {
    aarch64: 'B921B045-1DF0-41C3-AF44-4C6F280D3FAE',
    'x86-64': '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709',
    riscv64: '72EC70A6-CF74-40E6-BD49-4BDA08E8F224',
};
/**
 * The type of a partition as `sfdisk --json` writes it: a GUID in capital letters, or a byte in hexadecimal for an MBR.
 *
 * @param architecture of the system on a root partition; `undefined` for a type that names none.
 */
function partitionType(table, kind, architecture) {
    if (table === 'mbr') {
        return MBR_TYPES[kind];
    }
    return kind === 'root' && architecture !== undefined ? GPT_ROOT_TYPES[architecture] : GPT_TYPES[kind];
}
/**
 * Reads the type of a partition, in the form in which `partitionType` has it: a GUID for a GPT, two hexadecimal digits for
 * an MBR. `undefined` for other text, for the types of unused and extended partitions, and for that of a protective MBR.
 */
function parsePartitionType(table, text) {
    if (table === 'gpt') {
        return (0,_guid_js__WEBPACK_IMPORTED_MODULE_0__/* .isGuid */ .W_)(text) && /[1-9a-f]/i.test(text) ? text.toUpperCase() : undefined;
    }
    const byte = /^[0-9a-f]{2}$/i.test(text) ? Number.parseInt(text, 16) : 0;
    return RESERVED_TYPES.includes(byte) ? undefined : byte.toString(16);
}
/** Bytes of an MBR: unused, three kinds of extended partitions, and the partition of a protective MBR. */
const RESERVED_TYPES = [0x00, 0x05, 0x0f, 0x85, 0xee];


/***/ }),

/***/ 2384:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ MOST_PARTITIONS),
/* harmony export */   n: () => (/* binding */ numberPartitions)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9400);
/* harmony import */ var _mbr_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9912);



/** The most partitions that a table can have, and the largest number of one. */
const MOST_PARTITIONS = { mbr: _mbr_js__WEBPACK_IMPORTED_MODULE_2__/* .MBR_PARTITIONS */ .U4, gpt: _gpt_format_js__WEBPACK_IMPORTED_MODULE_1__/* .GPT_PARTITIONS */ .Az };
/**
 * The numbers of `count` partitions, of which the last is the root partition: in their order from 1 on, except that the
 * root partition has the number `rootNumber`, from 1 to `MOST_PARTITIONS`, where that is given.
 *
 * Throws a `UserError` if the table has not so many entries.
 */
function numberPartitions(count, rootNumber, table) {
    const most = MOST_PARTITIONS[table];
    if (count > most) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
            input: 'bootloader',
            message: `${table === 'mbr' ? 'An MBR' : 'A GPT'} has at most ${most} partitions, but the card would have ${count}.`,
            remedy: 'Leave out partition types in the input bootloader, or set partition-table to gpt.',
        });
    }
    const numbers = Array.from({ length: count }, (_, i) => i + 1);
    if (rootNumber === undefined) {
        return numbers;
    }
    const others = numbers.filter((number) => number !== rootNumber);
    return [...others.slice(0, count - 1), rootNumber];
}


/***/ }),

/***/ 9203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ encodeLabel),
/* harmony export */   q: () => (/* binding */ isFatLabel)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8146);
/* harmony import */ var _constants_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6100);



/**
 * Whether a text can be a volume label: 1 to 11 characters of A-Z, a-z, 0-9, `SHORT_NAME_PUNCTUATION` and spaces, which must
 * not be at the start or the end. Systems read other characters differently.
 */
function isFatLabel(label) {
    return label.length <= _constants_js__WEBPACK_IMPORTED_MODULE_2__/* .SHORT_NAME_BYTES */ .ZE && LABEL.test(label);
}
/**
 * Encodes a volume label as in the boot sector and the root directory: 11 bytes, padded with spaces. Throws a `UserError` if
 * it cannot be a label. Lower case stays, as with mkfs.vfat; Windows shows it in upper case.
 */
function encodeLabel(label) {
    if (!isFatLabel(label)) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
            input: 'firmware-label',
            message: `Expected a FAT label of 1 to ${_constants_js__WEBPACK_IMPORTED_MODULE_2__/* .SHORT_NAME_BYTES */ .ZE} characters, which can be letters without accents, digits, ` +
                `${_constants_js__WEBPACK_IMPORTED_MODULE_2__/* .SHORT_NAME_PUNCTUATION */ .Wz} and spaces between others; found ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(label)}.`,
            remedy: 'Change the input firmware-label.',
        });
    }
    return Buffer.from(label.padEnd(_constants_js__WEBPACK_IMPORTED_MODULE_2__/* .SHORT_NAME_BYTES */ .ZE, ' '), 'latin1');
}
const WORD = `[A-Za-z0-9${_constants_js__WEBPACK_IMPORTED_MODULE_2__/* .SHORT_NAME_PUNCTUATION */ .Wz}]+`;
const LABEL = new RegExp(`^${WORD}( +${WORD})*$`);


/***/ }),

/***/ 320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ RERUN_UNDISTURBED),
/* harmony export */   SC: () => (/* binding */ checkUnchanged),
/* harmony export */   Zg: () => (/* binding */ changedContents),
/* harmony export */   _s: () => (/* binding */ unreadableFile),
/* harmony export */   vn: () => (/* binding */ hashFinishedFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(786);




/** Remedy for a file in the output directory that another process has changed. */
const RERUN_UNDISTURBED = 'Let no other process write to output-directory, and re-run the job.';
/** Hashes a finished file. Reads it into memory as a whole. Throws a `UserError` with the code `FILE`. */
function hashFinishedFile(path) {
    try {
        const contents = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path);
        return { path, size: contents.length, sha256: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(contents).digest('hex') };
    }
    catch (cause) {
        throw unreadableFile(path, cause);
    }
}
/**
 * Checks, without reading it, that a finished file is still there and has the same size. Throws a `UserError` with the
 * code `FILE`.
 */
function checkUnchanged({ path, size }) {
    const name = (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path);
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path, { throwIfNoEntry: false });
    if (stats === undefined) {
        throw fileError('An output file is missing', `${name} no longer exists.`);
    }
    if (!stats.isFile()) {
        throw fileError('An output file has changed', `${name} is no longer a regular file.`);
    }
    if (stats.size !== size) {
        throw fileError('An output file has changed', `${name} has ${stats.size} bytes; ${size} were expected.`);
    }
    if (size === 0) {
        throw fileError('An output file is empty', `${name} has 0 bytes: an empty file cannot be uploaded.`);
    }
}
/** The error for a finished file whose contents have the SHA-256 `found`. */
function changedContents({ path, sha256 }, found) {
    const message = `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path)} has the SHA-256 ${found}; ${sha256} was expected.`;
    return fileError('An output file has changed', message);
}
/** The error for a finished file that the system cannot read. */
function unreadableFile(path, cause) {
    return fileError('An output file cannot be read', `Reading ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path)} failed.`, cause);
}
function fileError(title, message, cause) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({ title, message, remedy: RERUN_UNDISTURBED, code: 'FILE', cause });
}


/***/ }),

/***/ 9978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./disk/mbr.js
var mbr = __webpack_require__(9912);
// EXTERNAL MODULE: ./disk/partition-types.js
var partition_types = __webpack_require__(6877);
// EXTERNAL MODULE: ./disk/partitions.js
var partitions = __webpack_require__(2384);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./fat/volume-layout.js
var volume_layout = __webpack_require__(4358);
// EXTERNAL MODULE: ./image/frames/codecs.js + 1 modules
var codecs = __webpack_require__(8329);
// EXTERNAL MODULE: ./nixos/boot-options.js
var boot_options = __webpack_require__(908);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./tree/root-files/scan.js + 1 modules
var scan = __webpack_require__(9069);
;// CONCATENATED MODULE: ./inputs/boot-values.js

/** A device tree of the system: a path below its directory of device trees, on one line. */
const deviceTree = {
    accepted: 'a path below the device trees of the system, such as rockchip/rk3588-orangepi-5.dtb',
    parse(text) {
        const isBelow = text.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
        return isBelow && !/[\s\p{Cc}]/u.test(text) ? text : undefined;
    },
};
/** Seconds until the default entry of the boot menu is booted. */
const bootTimeout = {
    accepted: 'a whole number of seconds from 0, for no menu, to 86400, or to -1 to wait for ever',
    parse(text) {
        const seconds = /^(-1|\d{1,5})$/.test(text) ? Number(text) : undefined;
        return seconds === undefined || seconds > LONGEST_TIMEOUT ? undefined : seconds;
    },
};
/** A day. */
const LONGEST_TIMEOUT = 86_400;
/** Refuses inputs about the boot files of a system where there is no system, and a FAT partition where there is none. */
function refuseBootInputs(inputs) {
    if (inputs.bootPartition === 'firmware' && inputs.format === 'ext4') {
        throw (0,user_error/* inputError */.Xu)({
            input: 'boot-partition',
            message: 'The input boot-partition is firmware, but format is ext4: a bare filesystem has no FAT partition.',
            remedy: 'Set format to sd-card, or boot-partition to root.',
        });
    }
    const given = {
        'boot-loader': inputs.bootLoader !== 'auto',
        'device-tree': inputs.deviceTree !== undefined,
        'boot-timeout': inputs.bootTimeout !== undefined,
    };
    const [input] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
    if (input !== undefined && inputs.system === undefined) {
        throw (0,user_error/* inputError */.Xu)({
            input,
            message: `The input ${input} is about the boot files of a system, but system is not set.`,
            remedy: `Set system to a NixOS system, or remove ${input}.`,
        });
    }
}

// EXTERNAL MODULE: ./companions/imager-devices.js
var imager_devices = __webpack_require__(7434);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./fat/label.js
var label = __webpack_require__(9203);
// EXTERNAL MODULE: ./text/size.js
var size = __webpack_require__(3004);
;// CONCATENATED MODULE: ./inputs/image-values.js






/** Label of an ext4 filesystem. */
const volumeLabel = {
    accepted: `a label of at most ${constants/* LABEL_BYTES */.Jg} bytes of UTF-8 without control characters, such as NIXOS_SD`,
    parse: (text) => (Buffer.byteLength(text) <= constants/* LABEL_BYTES */.Jg && !hasControlCharacters(text) ? text : undefined),
};
/** UUID of a filesystem. The nil UUID stands for "none" (RFC 9562, section 5.9). */
const uuid = {
    accepted: 'a UUID other than nil, such as 44444444-4444-4444-8888-888888888888, or to from-closure',
    parse(text) {
        if (text === 'from-closure') {
            return text;
        }
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
            return undefined;
        }
        const bytes = Uint8Array.from(Buffer.from(text.replaceAll('-', ''), 'hex'));
        return bytes.some((byte) => byte !== 0) ? bytes : undefined;
    },
};
/** Volume label of the FAT filesystem. Lower case is refused: not every system shows it as it is. */
const firmwareLabel = {
    accepted: "a label of at most 11 characters of A-Z, 0-9, space and $%'-_@~`!(){}^#&, such as FIRMWARE",
    parse: (text) => ((0,label/* isFatLabel */.q)(text) && text === text.toUpperCase() ? text : undefined),
};
/** Bytes of the longest suffix, for a file beside the image. */
const SUFFIX_BYTES = '.rpi-imager-manifest'.length;
const NAME_MAX = 255;
/** Name of the image file and of the artifact: the artifact service refuses what NTFS cannot store. */
const imageName = {
    accepted: `a plain file name of at most ${NAME_MAX - SUFFIX_BYTES} bytes without any of " : < > | * ? / \\ and control characters, such as nixos.img`,
    parse(text) {
        const isPlain = text !== '' && text !== '.' && text !== '..' && !/[":<>|*?/\\]/.test(text);
        return isPlain && !hasControlCharacters(text) && Buffer.byteLength(text) <= NAME_MAX - SUFFIX_BYTES
            ? text
            : undefined;
    },
};
/** A device of Raspberry Pi Imager. */
const deviceTag = {
    accepted: 'device tags of Raspberry Pi Imager, such as pi4-64bit pi5-64bit',
    parse: (text) => ((0,imager_devices/* isDeviceTag */.rl)(text) ? text : undefined),
};
/**
 * `path@offset`, or `path@offset:type` for a partition; a path can contain an `@`. A file at offset 0 is boot code, around
 * the partition table.
 */
function bootloader(table) {
    const type = table === 'gpt' ? 'GUID of a partition type' : 'hexadecimal byte of a partition type';
    return {
        accepted: `lines of the form path@offset, the offset a multiple of ${mbr/* SECTOR_SIZE */.t4} bytes, such as u-boot.bin@8KiB, or path@offset:type with the ${type}`,
        parse(text) {
            const at = text.lastIndexOf('@');
            const path = text.slice(0, Math.max(at, 0)).trim();
            const [place, ...types] = text.slice(at + 1).split(':');
            const offset = (0,size/* parseSize */.DB)(place.trim());
            const partitionType = types.length === 0 ? undefined : (0,partition_types/* parsePartitionType */.MC)(table, types.join(':').trim());
            const isPlace = offset !== undefined && offset % mbr/* SECTOR_SIZE */.t4 === 0 && offset < mbr/* MAX_DISK_SIZE */.X$;
            if (path === '' || !isPlace) {
                return undefined;
            }
            const isType = types.length === 0 || (partitionType !== undefined && offset > 0);
            return isType ? { path, offset, partitionType } : undefined;
        },
    };
}
/** C0 controls, delete, and C1 controls. */
function hasControlCharacters(text) {
    return /\p{Cc}/u.test(text);
}

// EXTERNAL MODULE: ./inputs/names.js
var names = __webpack_require__(2619);
// EXTERNAL MODULE: ./inputs/reader.js + 1 modules
var inputs_reader = __webpack_require__(8984);
;// CONCATENATED MODULE: ./inputs/release-values.js
/**
 * Name of a tag by the rules of git-check-ref-format(1); a leading dash could be taken for an option. `github.ref` of a tag
 * stands for its name. Any other full name of a ref would become a tag of that name.
 */
const releaseTag = {
    accepted: `a valid git tag name, such as v1.0, or \${{ github.ref_name }} in a workflow that a tag started`,
    parse(ref) {
        const text = ref.replace(/^refs\/tags\//, '');
        if (text.startsWith('refs/')) {
            return undefined;
        }
        const parts = text.split('/');
        const isRight = parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
        const hasOthers = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|^-|\.$/u.test(text);
        return isRight && !hasOthers && Buffer.byteLength(text) <= LONGEST_TAG ? text : undefined;
    },
};
/** Git stores a tag in a file named `<tag>.lock` at times, and a file name has at most 255 bytes. */
const LONGEST_TAG = 250;
/**
 * Name of an image that is attached to a release. GitHub replaces other characters by dots and removes leading dots, so
 * that SHA256SUMS would name a file that does not exist.
 */
const releasedName = {
    accepted: 'a name of letters, digits and -_+@ with single dots between, such as nixos-1.0.img',
    parse: (text) => (/^[A-Za-z0-9_]+[A-Za-z0-9\-_+@]*(\.[A-Za-z0-9\-_+@]+)*$/.test(text) ? text : undefined),
};

// EXTERNAL MODULE: ./inputs/values.js
var values = __webpack_require__(3565);
;// CONCATENATED MODULE: ./inputs/inputs.js















/** Reads all inputs. Throws a `UserError` for the first invalid value, and for inputs that contradict each other. */
function readInputs() {
    const reader = (0,inputs_reader/* createReader */.W)();
    const { parts, textOf, read, readOptional, check } = reader;
    const format = read('format', (0,values/* oneOf */.yL)(['ext4', 'sd-card']));
    if (format === 'ext4') {
        refuseSdCardInputs(textOf);
    }
    const partitionTable = read('partition-table', (0,values/* oneOf */.yL)(partition_types/* PARTITION_TABLES */.t$));
    const compression = read('compression', (0,values/* oneOf */.yL)(codecs/* COMPRESSIONS */._7));
    const inputs = {
        storePaths: (0,values/* splitWords */.yM)(textOf('store-paths')),
        system: readOptional('system', values/* anyText */.Ae),
        bootLoader: read('boot-loader', (0,values/* oneOf */.yL)(boot_options/* BOOT_LOADERS */.YS)),
        bootPartition: read('boot-partition', (0,values/* oneOf */.yL)(boot_options/* BOOT_PARTITIONS */.Fq)),
        deviceTree: readOptional('device-tree', deviceTree),
        bootTimeout: readOptional('boot-timeout', bootTimeout),
        volumeLabel: read('volume-label', volumeLabel),
        uuid: read('uuid', uuid),
        rootParts: parts?.root,
        rootFiles: (0,values/* splitLines */.uz)(textOf('root-files')),
        rootFilesMode: read('root-files-mode', (0,values/* oneOf */.yL)(scan/* ROOT_FILES_MODES */.EE)),
        storeGid: read('store-gid', (0,values/* wholeNumber */.rD)(0, LARGEST_ID)),
        freeSpace: read('free-space', (0,values/* size */.Ej)(0, SIZE_LIMIT)),
        deduplicate: read('deduplicate', values/* yesOrNo */.GX),
        nixDatabase: read('nix-database', values/* yesOrNo */.GX),
        format,
        partitionTable,
        rootPartition: readOptional('root-partition', partitionNumber(partitionTable)),
        firmwareFiles: readOptional('firmware-files', values/* anyText */.Ae),
        firmwareSize: read('firmware-size', (0,values/* size */.Ej)(mbr/* SECTOR_SIZE */.t4, SIZE_LIMIT, mbr/* SECTOR_SIZE */.t4)),
        firmwareFilesystem: read('firmware-filesystem', (0,values/* oneOf */.yL)(volume_layout/* FAT_FILESYSTEMS */.Vv)),
        firmwareLabel: read('firmware-label', firmwareLabel),
        firmwareOffset: read('firmware-offset', (0,values/* size */.Ej)(mbr/* SECTOR_SIZE */.t4, SIZE_LIMIT, mbr/* SECTOR_SIZE */.t4)),
        diskId: read('disk-id', values/* identifier */.Cv),
        bootloader: (0,values/* splitLines */.uz)(textOf('bootloader')).map((line) => check('bootloader', line, bootloader(partitionTable))),
        imagerDevices: readImagerDevices(reader),
        imageName: read('image-name', imageName),
        outputDirectory: readOptional('output-directory', values/* anyText */.Ae),
        compression,
        compressionLevel: readLevel(compression, reader),
        upload: read('upload', values/* yesOrNo */.GX),
        retentionDays: readOptional('retention-days', (0,values/* wholeNumber */.rD)(1, LONGEST_RETENTION)),
        overwrite: read('overwrite', values/* yesOrNo */.GX),
        baseline: readOptional('baseline', values/* anyText */.Ae),
        release: readRelease(reader),
        fromParts: reader.fromParts(),
    };
    if (inputs.release !== undefined) {
        checkReleasedName(inputs.imageName);
    }
    refuseBootInputs(inputs);
    if (inputs.storePaths.length === 0 && inputs.system === undefined) {
        throw nothingToPutIn();
    }
    return inputs;
}
/** The number of a partition in a table. */
function partitionNumber(table) {
    const kind = (0,values/* wholeNumber */.rD)(1, partitions/* MOST_PARTITIONS */.E[table]);
    return { ...kind, accepted: `${kind.accepted} for partition-table: ${table}` };
}
/** 2^32 - 1 means "no change" to `chown`(2), and cannot be an owner. */
const LARGEST_ID = 2 ** 32 - 2;
/** No size can be as large as the smallest disk that an MBR cannot describe. */
const SIZE_LIMIT = mbr/* MAX_DISK_SIZE */.X$ + mbr/* SECTOR_SIZE */.t4;
/** The longest retention, in days, that an organisation can set on GitHub. */
const LONGEST_RETENTION = 400;
function readLevel(compression, { textOf, readOptional }) {
    if (compression !== 'none') {
        const { least, most } = codecs/* CODECS */.QA[compression].levels;
        const kind = (0,values/* wholeNumber */.rD)(least, most);
        return readOptional('compression-level', { ...kind, accepted: `${kind.accepted} for ${compression}` });
    }
    const value = textOf('compression-level');
    if (value === '') {
        return undefined;
    }
    throw (0,user_error/* inputError */.Xu)({
        input: 'compression-level',
        message: 'The input compression-level has no effect with compression: none.',
        remedy: 'Remove compression-level, or set compression to zstd.',
    });
}
/** Words without repetition. */
function readImagerDevices({ textOf, check }) {
    const tags = (0,values/* splitWords */.yM)(textOf('imager-devices')).map((word) => check('imager-devices', word, deviceTag));
    return [...new Set(tags)];
}
function readRelease({ textOf, readOptional }) {
    const tag = readOptional('release-tag', releaseTag);
    if (tag === undefined) {
        return undefined;
    }
    const token = textOf('github-token');
    if (/^[\x21-\x7e]+$/.test(token)) {
        return { tag, token };
    }
    // The value is not shown: it may be a secret.
    const message = token === '' ? 'The input release-tag needs github-token.' : 'The input github-token is not a token.';
    throw (0,user_error/* inputError */.Xu)({
        input: 'github-token',
        message,
        remedy: `Set github-token to \${{ github.token }}, and give the job the permission 'contents: write'.`,
    });
}
function checkReleasedName(name) {
    if (releasedName.parse(name) !== undefined) {
        return;
    }
    throw (0,user_error/* inputError */.Xu)({
        input: 'image-name',
        message: `GitHub renames release assets such as ${(0,text_escape/* quoteValue */.cl)(name)}, and SHA256SUMS would not match.`,
        remedy: `Set image-name to ${releasedName.accepted}.`,
    });
}
/** A value other than the default was set on purpose, and would have no effect. */
function refuseSdCardInputs(textOf) {
    const given = names/* SD_CARD_INPUTS */.F.find((name) => textOf(name) !== names/* INPUT_DEFAULTS */.W[name]);
    if (given === undefined) {
        return;
    }
    throw (0,user_error/* inputError */.Xu)({
        input: given,
        message: `The input ${given} is for an SD card, but format is ext4: a bare filesystem has no place for it.`,
        remedy: `Set format to sd-card, or remove ${given}.`,
    });
}
function nothingToPutIn() {
    return (0,user_error/* inputError */.Xu)({
        input: 'store-paths',
        message: 'Neither store-paths nor system is given, so there is nothing to put into the image.',
        remedy: 'Set store-paths to the result of nix build, such as ./result, or system to a NixOS system.',
    });
}


/***/ }),

/***/ 8540:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9978);
/* harmony import */ var _inputs_preconditions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1980);
/* harmony import */ var _run_changes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1682);
/* harmony import */ var _run_cleanup_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(7603);
/* harmony import */ var _run_describe_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3958);
/* harmony import */ var _run_plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2833);
/* harmony import */ var _run_prepare_prepare_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9634);
/* harmony import */ var _run_read_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4815);
/* harmony import */ var _run_release_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4120);
/* harmony import */ var _run_report_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8047);
/* harmony import */ var _run_resolve_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4118);
/* harmony import */ var _run_upload_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4371);
/* harmony import */ var _run_verify_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1805);
/* harmony import */ var _run_write_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5536);
/* harmony import */ var _runner_failure_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8170);
/* harmony import */ var _runner_log_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(4297);
/* harmony import */ var _runner_signals_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(6001);
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
 * The action, from top to bottom:
 *
 *     inputs -> closure -> tree -> plan -> image -> file -> verification -> artifact, release, report
 */

















/** The bundle has the worker beside its own file; a literal path would make the bundler copy the source. */
const WORKER_URL = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url);
async function main(signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        (0,_inputs_preconditions_js__WEBPACK_IMPORTED_MODULE_1__/* .checkRuntime */ .N)();
        const log = (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_14__/* .createLog */ .h)();
        const inputs = (0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .readInputs */ .K)();
        const cleanup = __addDisposableResource(env_1, (0,_run_cleanup_js__WEBPACK_IMPORTED_MODULE_16__/* .createCleanup */ .r)(signal), true);
        const preparation = await (0,_run_prepare_prepare_js__WEBPACK_IMPORTED_MODULE_5__/* .prepare */ .i)(inputs, { workerUrl: WORKER_URL, log, signal, cleanup });
        const step = { inputs, log, signal, ...preparation };
        const registered = await (0,_run_resolve_js__WEBPACK_IMPORTED_MODULE_9__/* .resolveClosure */ .A)({ ...step, cleanup });
        const { closure, tree, deduplicatedBytes } = await (0,_run_read_js__WEBPACK_IMPORTED_MODULE_6__/* .readTree */ .Z)({ ...step, closure: registered });
        const changes = (0,_run_changes_js__WEBPACK_IMPORTED_MODULE_2__/* .describeChanges */ .D)({ ...step, closure });
        const plan = await (0,_run_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .planImage */ .F)({ ...step, closure, tree });
        const written = await (0,_run_write_js__WEBPACK_IMPORTED_MODULE_12__/* .writeFile */ ._)({ ...step, plan });
        const verification = await (0,_run_verify_js__WEBPACK_IMPORTED_MODULE_11__/* .verifyFile */ .A)({ ...step, closure, plan, written });
        step.output.accept();
        const image = (0,_run_verify_js__WEBPACK_IMPORTED_MODULE_11__/* .finishedImage */ .C)({ ...step, plan, written, verification });
        const companions = await (0,_run_describe_js__WEBPACK_IMPORTED_MODULE_3__/* .writeCompanions */ .v)({ ...step, closure, plan, written, image });
        const artifact = await (0,_run_upload_js__WEBPACK_IMPORTED_MODULE_10__/* .uploadImage */ .V)({ ...step, image });
        const release = await (0,_run_release_js__WEBPACK_IMPORTED_MODULE_7__/* .attachToRelease */ .i)({ ...step, image, changes, companions });
        signal.throwIfAborted();
        cleanup.succeed();
        await (0,_run_report_js__WEBPACK_IMPORTED_MODULE_8__/* .publishReport */ .S)({
            ...step,
            closure,
            changes,
            deduplicatedBytes,
            plan,
            verification,
            image,
            companions,
            artifact,
            release,
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const signal = (0,_runner_signals_js__WEBPACK_IMPORTED_MODULE_15__/* .cancelOnSignals */ .d)('No image was left.');
try {
    await main(signal);
}
catch (error) {
    (0,_runner_failure_js__WEBPACK_IMPORTED_MODULE_13__/* .reportFailure */ .x)(error);
}
// Exit even if a library left a timer running.
process.exit();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  VZ: () => (/* binding */ checkNixStore),
  qx: () => (/* binding */ findNixStore),
  oq: () => (/* binding */ inBatches),
  nz: () => (/* binding */ nixStore),
  UM: () => (/* binding */ nixStoreInBatches),
  KL: () => (/* binding */ parsePathLines),
  TC: () => (/* binding */ unexpectedOutput)
});

// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./process/find-program.js
var find_program = __webpack_require__(1041);
// EXTERNAL MODULE: ./process/program-error.js
var program_error = __webpack_require__(8492);
// EXTERNAL MODULE: ./process/run.js + 3 modules
var run = __webpack_require__(1307);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./host/small-file.js
var small_file = __webpack_require__(286);
;// CONCATENATED MODULE: ./nix/store-setting.js



/**
 * Returns which store Nix uses: the setting `store` of NIX_CONFIG or of a nix.conf, or else NIX_REMOTE; `auto` by default.
 * Nix has no command for it that is not experimental. Rules: Nix manual, nix.conf and "Common Environment Variables".
 */
function storeSetting(environment = process.env) {
    const system = (0,external_node_path_.join)(environment.NIX_CONF_DIR || '/etc/nix', 'nix.conf');
    const settings = [
        { url: environment.NIX_REMOTE || 'auto', from: 'NIX_REMOTE' },
        ...settingsOfFile(system),
        ...userFiles(environment).flatMap((file) => settingsOfFile(file)),
        ...settingsOf(environment.NIX_CONFIG ?? '', 'NIX_CONFIG', (0,external_node_path_.resolve)('.')),
    ];
    return settings.reduce((_, last) => last);
}
/** From the least to the most important. */
function userFiles(environment) {
    if (environment.NIX_USER_CONF_FILES !== undefined) {
        return environment.NIX_USER_CONF_FILES.split(':').toReversed();
    }
    const home = environment.XDG_CONFIG_HOME || (0,external_node_path_.join)(environment.HOME || '/', '.config');
    const shared = (environment.XDG_CONFIG_DIRS || '/etc/xdg').split(':');
    return [home, ...shared].map((directory) => (0,external_node_path_.join)(directory, 'nix/nix.conf')).toReversed();
}
/** None for a file that cannot be read: Nix itself reports a file that it needs. */
function settingsOfFile(file, depth = 0) {
    try {
        return settingsOf((0,small_file/* readSmallFile */.E)(file).toString(), file, (0,external_node_path_.dirname)(file), depth);
    }
    catch {
        return [];
    }
}
/** The lines are `name = value`, `include file` and `!include file`. */
function settingsOf(text, from, directory, depth = 0) {
    return text.split('\n').flatMap((line) => {
        const [name, second = '', third] = line.replace(/#.*/, '').trim().split(/\s+/);
        if ((name === 'include' || name === '!include') && depth < MOST_INCLUDES) {
            return settingsOfFile((0,external_node_path_.resolve)(directory, second), depth + 1);
        }
        return name === 'store' && second === '=' && third !== undefined ? [{ url: third, from }] : [];
    });
}
const MOST_INCLUDES = 20;
/**
 * Whether the files of a store are in /nix/store on this machine: not those of a store below another root, and not those
 * of another machine. Syntax: Nix manual, "Store URL format".
 */
function isLocalStore(url) {
    const [address = '', query = ''] = url.split('?', 2);
    const parameters = new URLSearchParams(query);
    return (isLocalAddress(address) &&
        isRoot(parameters.get('root') ?? '/') &&
        isStoreDirectory(parameters.get('real') ?? store_path/* STORE_DIRECTORY */.Qs) &&
        isStoreDirectory(parameters.get('store') ?? store_path/* STORE_DIRECTORY */.Qs));
}
/** An absolute path is a store below that root; `/` is this machine's own. */
function isLocalAddress(address) {
    const scheme = /^([a-z0-9+.-]+):\/\//.exec(address)?.[1];
    if (scheme !== undefined) {
        return ['local', 'unix', 'daemon', 'auto', 'local-overlay', 'mounted-ssh-ng'].includes(scheme);
    }
    return ['', 'auto', 'daemon', 'local'].includes(address) || (address.startsWith('/') && isRoot(address));
}
function isRoot(directory) {
    return directory === '' || (0,external_node_path_.normalize)(directory) === '/';
}
function isStoreDirectory(directory) {
    return (0,external_node_path_.normalize)(directory).replace(/\/$/, '') === store_path/* STORE_DIRECTORY */.Qs;
}

;// CONCATENATED MODULE: ./nix/nix-store.js







const TIMEOUT = 10 * 60 * 1000;
/** Systems accept at least 128 KiB of arguments and environment. */
const BATCH_BYTES = 100 * 1024;
/** Returns the path of nix-store. Throws a `PROGRAM_MISSING` error that says how to install Nix if there is none. */
function findNixStore({ environment }) {
    try {
        return (0,find_program/* findProgram */.K)('nix-store', { searchPath: environment?.PATH ?? process.env.PATH });
    }
    catch (cause) {
        if (!(0,program_error/* isProgramMissing */.J)(cause)) {
            throw cause;
        }
        throw (0,program_error/* programError */.b)({
            code: 'PROGRAM_MISSING',
            message: 'Nix is not installed: there is no nix-store in PATH.',
            remedy: 'Install Nix in a step before this one, such as `uses: cachix/install-nix-action` or ' +
                '`uses: DeterminateSystems/nix-installer-action`.',
            cause,
        });
    }
}
/**
 * Checks, before any work, that the nix-store in PATH is that of Nix or Lix, and returns its version, such as `2.31.2`.
 * Throws a `UserError` if it is not installed, if it is another program, and if its store is not the one of this machine in
 * /nix/store, where an image has it.
 */
async function checkNixStore(options = {}) {
    const environment = { ...process.env, ...options.environment };
    const directory = options.directory ?? (0,store_path/* storeDirectory */.he)(environment);
    if (directory !== store_path/* STORE_DIRECTORY */.Qs) {
        throw (0,user_error/* userError */.IF)({
            title: 'The Nix store is in another directory',
            message: `The Nix store is in '${(0,printable/* printable */.g)(directory)}', but its paths work only in ${store_path/* STORE_DIRECTORY */.Qs}, where an image has them.`,
            remedy: `Unset NIX_STORE_DIR and NIX_STORE, and build into ${store_path/* STORE_DIRECTORY */.Qs}.`,
        });
    }
    const { url, from } = storeSetting(environment);
    if (!isLocalStore(url)) {
        throw (0,user_error/* userError */.IF)({
            title: 'Nix uses another store',
            message: `Nix uses the store '${(0,printable/* printable */.g)(withoutUser(url))}', as ${(0,printable/* printable */.g)(from)} says. This action reads the files of ` +
                `the store at ${store_path/* STORE_DIRECTORY */.Qs} on this machine, which is not that one.`,
            remedy: `Let Nix use the store at ${store_path/* STORE_DIRECTORY */.Qs} (unset NIX_REMOTE, or the setting store of nix.conf), and build there, ` +
                'or copy the store paths there with `nix copy` in a step before this one.',
        });
    }
    const { stdout } = await nixStore(['--version'], { ...options, timeout: VERSION_TIMEOUT });
    const version = /^nix-store \(.*\) (\S+)$/m.exec(stdout.toString('latin1'))?.[1];
    if (version === undefined) {
        throw (0,program_error/* programError */.b)({
            code: 'PROGRAM_UNSUITABLE',
            message: `The nix-store in PATH, ${(0,printable/* printable */.g)(findNixStore(options))}, does not print the version of Nix.`,
            remedy: 'Check which program it is (`nix-store --version`), and install Nix in a step before this one.',
        });
    }
    return version;
}
const VERSION_TIMEOUT = 60_000;
/** A URL without user and password. */
function withoutUser(url) {
    return url.replace(/(:\/\/)[^/?]*@/, '$1');
}
/** Runs nix-store. Errors as in `run` and `findNixStore`. */
function nixStore(args, options) {
    const { timeout = TIMEOUT, signal, environment } = options;
    return (0,run/* run */.e)(findNixStore(options), args, { timeout, signal, environment });
}
/** Runs nix-store with `args` and the store paths, in batches that a command line can hold, and returns its output. */
async function nixStoreInBatches(args, paths, options) {
    const outputs = [];
    for (const batch of inBatches(paths)) {
        const { stdout } = await nixStore([...args, ...batch], options);
        outputs.push(stdout);
    }
    return Buffer.concat(outputs);
}
/** Cuts `paths` into batches that one command line can hold. */
function inBatches(paths) {
    const batches = [];
    let space = 0;
    for (const path of paths) {
        space -= path.length + 1;
        if (space < 0) {
            batches.push([]);
            space = BATCH_BYTES - path.length - 1;
        }
        batches.at(-1)?.push(path);
    }
    return batches;
}
/** Parses output of nix-store that has a store path of `directory` on each line. Any other line is a `UserError`. */
function parsePathLines(output, directory) {
    const lines = Buffer.from(output).toString('latin1').split('\n');
    if (lines.at(-1) === '') {
        lines.pop();
    }
    return lines.map((line) => {
        try {
            return (0,store_path/* parseStorePath */.GV)(line, directory).path;
        }
        catch (cause) {
            const shown = (0,printable/* printable */.g)(Buffer.from(line, 'latin1'));
            throw unexpectedOutput(`nix-store printed a line that is not a store path: '${shown}'.`, cause);
        }
    });
}
/** The error for output that the nix-store of Nix does not print. The message must be safe to print. */
function unexpectedOutput(message, cause) {
    return (0,user_error/* userError */.IF)({
        title: 'Unexpected output of nix-store',
        message,
        remedy: 'Check that the nix-store in PATH is that of Nix, that it prints nothing else to its standard output, and that its ' +
            'database is intact (`nix-store --verify`).',
        cause,
    });
}


/***/ }),

/***/ 7385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ packageOf)
/* harmony export */ });
/* unused harmony export parsePackageName */
/**
 * Splits a name such as `openssl-3.0.14-dev` into package and version. The version begins at the first dash that no
 * letter follows (Nix, `builtins.parseDrvName`; src/libstore/names.cc). The name of an output at its end, letters only or
 * lib32 or lib64, is not part of it (Nix, src/nix/diff-closures.cc).
 */
function parsePackageName(storePathName) {
    const dash = /-[^A-Za-z]/.exec(storePathName)?.index;
    if (dash === undefined) {
        return { name: storePathName, version: '' };
    }
    const version = storePathName.slice(dash + 1);
    const withoutOutput = /^(.+)-(?:[a-z]+|lib32|lib64)$/.exec(version)?.[1];
    return { name: storePathName.slice(0, dash), version: withoutOutput ?? version };
}
/** The package of a store path. A hash, which stands before the name, has no dash. */
function packageOf(path) {
    const baseName = path.slice(path.lastIndexOf('/') + 1);
    return parsePackageName(baseName.slice(baseName.indexOf('-') + 1));
}


/***/ }),

/***/ 908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fq: () => (/* binding */ BOOT_PARTITIONS),
/* harmony export */   YS: () => (/* binding */ BOOT_LOADERS),
/* harmony export */   wg: () => (/* binding */ NOT_UPDATED)
/* harmony export */ });
/** The boot loaders that an image can be made for; `auto` is that of the system. */
const BOOT_LOADERS = ['auto', 'extlinux', 'systemd-boot', 'raspberry-pi', 'none'];
/** Where extlinux files go; `auto` is where the system's own installer writes them. */
const BOOT_PARTITIONS = ['auto', 'root', 'firmware'];
/** Title of the warning that the device does not update what it boots. */
const NOT_UPDATED = 'The boot menu will not be updated';


/***/ }),

/***/ 1478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ readOsPrefix)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _host_small_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(286);


/**
 * The directory of the generation that the firmware boots: `os_prefix` in the `config.txt` of firmware files
 * (raspberrypi.com/documentation/computers/config_txt.html), without a slash at its end. `undefined` without a `config.txt`,
 * for none, and for one that is no directory: the firmware puts it in front of names as it is.
 */
function readOsPrefix(firmwareFiles) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(firmwareFiles, 'config.txt');
    const text = (0,_host_small_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readSmallFileIfAny */ .H)(path)?.toString('latin1') ?? '';
    const prefixes = [...text.matchAll(/^[ \t]*os_prefix=([^\r\n]*?)[ \t]*\r?$/gm)].map(([, value]) => value);
    const prefix = prefixes.at(-1) ?? '';
    return prefix.endsWith('/') ? prefix.replace(/^\/+|\/+$/g, '') : undefined;
}


/***/ }),

/***/ 6153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ checkRelease),
  D: () => (/* binding */ publishRelease)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./companions/checksums.js
var companions_checksums = __webpack_require__(8541);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
;// CONCATENATED MODULE: ./release/api.js

/** Connects to GitHub with a token. Loads the client only now, because most runs do not need it. */
async function connect(target, token, signal) {
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(91), __webpack_require__.e(331)]).then(__webpack_require__.bind(__webpack_require__, 7361));
    return createApi(getOctokit(token, { baseUrl: target.apiUrl }), target, signal);
}
function createApi({ rest: { repos }, paginate, request }, target, signal) {
    const common = { owner: target.owner, repo: target.repository, request: { signal } };
    return {
        async findPublished(tag) {
            const found = await unlessNotFound(repos.getReleaseByTag({ ...common, tag }));
            return found && readRelease(found.data);
        },
        async findDrafts(tag) {
            const releases = await paginate(repos.listReleases, { ...common, per_page: 100 });
            const drafts = releases.filter(({ draft, tag_name }) => draft && tag_name === tag).map(readRelease);
            return drafts.sort((a, b) => a.id - b.id);
        },
        async createDraft(tag, body) {
            const commit = target.commit === undefined ? {} : { target_commitish: target.commit };
            const { data } = await repos.createRelease({ ...common, ...commit, tag_name: tag, name: tag, body, draft: true });
            return readRelease(data);
        },
        async deleteDraft({ id }) {
            await unlessNotFound(repos.deleteRelease({ ...common, release_id: id }));
        },
        async setBody({ id, tag }, body) {
            // The tag of a draft may not exist yet: GitHub drops its name if a request leaves it out.
            await repos.updateRelease({ ...common, release_id: id, tag_name: tag, body });
        },
        async assets({ id }) {
            const assets = await paginate(repos.listReleaseAssets, { ...common, release_id: id, per_page: 100 });
            return assets.map(readAsset);
        },
        async deleteAsset({ id }) {
            return (await unlessNotFound(repos.deleteReleaseAsset({ ...common, asset_id: id }))) !== undefined;
        },
        async readText({ id }) {
            const headers = { accept: 'application/octet-stream' };
            const answer = await unlessNotFound(repos.getReleaseAsset({ ...common, asset_id: id, headers }));
            // The declared type is that of the response without this header.
            const data = answer?.data;
            if (data instanceof ArrayBuffer) {
                return Buffer.from(data).toString();
            }
            return typeof data === 'string' ? data : undefined;
        },
        async upload({ uploadUrl }, { name, size, contents }) {
            const url = new URL(uploadUrl);
            url.searchParams.set('name', name);
            const headers = { 'content-type': 'application/octet-stream', 'content-length': size };
            // If it may follow redirects, fetch keeps a copy of the whole body in memory (fetch standard, HTTP-network-or-cache fetch).
            const options = { signal, redirect: 'error' };
            const { data } = await request({ method: 'POST', url: url.href, headers, data: contents, request: options });
            return readAsset(data);
        },
    };
}
/** The response, or `undefined` if GitHub answers 404. */
async function unlessNotFound(answer) {
    try {
        return await answer;
    }
    catch (error) {
        if (error instanceof Error && Reflect.get(error, 'status') === 404) {
            return undefined;
        }
        throw error;
    }
}
/** Checks that a response has an ID: a proxy or a login page may have answered instead of GitHub. */
function checkResponse(id, expected) {
    if (typeof id === 'number') {
        return;
    }
    throw (0,user_error/* userError */.IF)({
        title: 'GitHub could not be reached',
        message: `The response is not from GitHub's REST API: it does not describe a ${expected}.`,
        remedy: 'Check GITHUB_API_URL, and that the runner reaches GitHub without a proxy or a login page in between.',
        code: 'UNKNOWN',
    });
}
function readRelease({ id, tag_name, draft, immutable, html_url, upload_url, body }) {
    checkResponse(id, 'release');
    // The URL ends in a template of its parameters.
    const uploadUrl = upload_url.replace(/\{.*$/, '');
    return {
        id,
        tag: tag_name,
        isDraft: draft,
        isImmutable: immutable === true,
        url: html_url,
        uploadUrl,
        body: body ?? '',
    };
}
function readAsset({ id, name, size, state, digest, browser_download_url }) {
    checkResponse(id, 'release asset');
    const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
    return { id, name, size, isComplete: state === 'uploaded', sha256, url: browser_download_url };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./image/finished-file.js
var finished_file = __webpack_require__(320);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./text/json.js
var json = __webpack_require__(7727);
;// CONCATENATED MODULE: ./release/explain.js




/** Reads an error that octokit threw; `undefined` for anything but a failed request. */
function readFailure(cause) {
    if (!(cause instanceof Error) || cause.name !== 'HttpError') {
        return undefined;
    }
    const { message } = cause;
    const response = Reflect.get(cause, 'response');
    // Octokit sets the status 500 for a request without a response.
    if (!(0,json/* isObject */.G)(response)) {
        return { status: undefined, message, retryAfter: undefined, isRateLimit: false, cause };
    }
    const status = numberProperty(cause, 'status');
    const headers = (0,json/* isObject */.G)(response.headers) ? response.headers : {};
    const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
    const isRateLimit = status === 429 || (status === 403 && (headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)));
    return { status, message, retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined, isRateLimit, cause };
}
/** Whether the same request may succeed a little later. */
function isTransient({ status, isRateLimit, retryAfter }) {
    if (isRateLimit) {
        return retryAfter !== undefined && retryAfter <= LONGEST_WAIT;
    }
    return status === undefined || status >= 500;
}
/** Seconds that a job may wait for a rate limit to end. */
const LONGEST_WAIT = 60;
/** Whether the release already has a file of that name. */
function isNameTaken(failure) {
    return failure?.status === 422 && /already_exists/.test(failure.message);
}
/** The error for a release that has another file of the same name. */
function nameTaken(name) {
    return (0,user_error/* userError */.IF)({
        title: 'A release file already exists',
        message: `The release has another file named ${(0,printable/* printable */.g)(name)}.`,
        remedy: 'Set overwrite to true to replace it, or give each image its own image-name, for example one that contains the name of the matrix job.',
        code: 'NAME_TAKEN',
    });
}
/** The error for a release to which GitHub lets no file be added. */
function immutableRelease(tag) {
    return (0,user_error/* userError */.IF)({
        title: 'The release is immutable',
        message: `The release ${(0,printable/* printable */.g)(tag)} has been published and is immutable: files can no longer be added.`,
        remedy: ADD_TO_DRAFT,
        code: 'IMMUTABLE',
    });
}
/** The error for a release that has no room for `added` files beside the `present` ones. */
function releaseFull({ tag, present, added, most, }) {
    return (0,user_error/* userError */.IF)({
        title: 'The release has too many files',
        message: `The release ${(0,printable/* printable */.g)(tag)} has ${(0,format/* formatCount */.B4)(present, 'file')}, and ${(0,format/* formatCount */.B4)(added, 'file')} would be added: GitHub allows ${(0,format/* formatCount */.B4)(most, 'file')}.`,
        remedy: 'Delete files that are no longer needed from the release, or set release-tag to another tag.',
        code: 'FULL',
    });
}
/** Adds the operation, the reason and a remedy to a failed request. */
function explainFailure({ title, what }, failure) {
    const { code, reason, remedy } = RULES.find(({ matches }) => matches(failure)) ?? UNKNOWN;
    const status = failure.status === undefined ? '' : ` (${failure.status})`;
    return (0,user_error/* userError */.IF)({ title, message: `Could not ${what}: ${reason}${status}.`, remedy, code, cause: failure.cause });
}
const GRANT_PERMISSION = "Give the job the permission 'contents: write' (permissions: contents: write)";
const RERUN = 'Re-run the job; files that are already attached stay';
const CHECK_STATUS = `${RERUN}. If it fails again, check https://www.githubstatus.com`;
const ADD_TO_DRAFT = 'Add files while the release is a draft: push the tag, let this action create the draft, and then publish it.';
/** The first rule that matches applies: specific rules come first. */
const RULES = [
    {
        code: 'RATE_LIMIT',
        matches: ({ isRateLimit }) => isRateLimit,
        reason: 'the token has made too many requests',
        remedy: 'Re-run the job in an hour, or let fewer jobs use the same token at the same time.',
    },
    {
        code: 'IMMUTABLE',
        matches: ({ status, message }) => status === 422 && /was used by an immutable release/i.test(message),
        reason: 'an immutable release has used the tag, which GitHub never takes again, even if that release was deleted',
        remedy: 'Set release-tag to a new tag.',
    },
    {
        code: 'IMMUTABLE',
        matches: ({ status, message }) => status === 422 && /immutable release/i.test(message),
        reason: 'the release has been published and is immutable',
        remedy: ADD_TO_DRAFT,
    },
    {
        code: 'TOKEN',
        matches: has(401),
        reason: 'the token is not valid',
        remedy: `Set github-token to \${{ github.token }}, or renew the token. ${GRANT_PERMISSION}.`,
    },
    {
        code: 'PERMISSION',
        matches: has(403),
        reason: 'the token does not have the permission',
        remedy: `${GRANT_PERMISSION}. A workflow for a pull request from a fork always has a read-only token.`,
    },
    {
        code: 'NOT_FOUND',
        matches: has(404),
        reason: 'it does not exist, or the token does not have access to it',
        remedy: `${GRANT_PERMISSION}, and check that the token is for this repository.`,
    },
    {
        code: 'REFUSED',
        matches: ({ status = 0 }) => status >= 400 && status < 500,
        reason: 'GitHub refused the request',
        remedy: 'Check that the rules of the repository allow the tag in release-tag; the cause has the details.',
    },
    {
        code: 'SERVICE',
        matches: ({ status = 0 }) => status >= 500,
        reason: 'GitHub reported a server error',
        remedy: CHECK_STATUS,
    },
    {
        code: 'NETWORK',
        matches: ({ status }) => status === undefined,
        reason: 'the network failed',
        remedy: `${RERUN}. A self-hosted runner must reach api.github.com and uploads.github.com.`,
    },
];
const UNKNOWN = {
    code: 'UNKNOWN',
    matches: () => true,
    reason: 'GitHub sent an unexpected response',
    remedy: CHECK_STATUS,
};
function has(wanted) {
    return ({ status }) => status === wanted;
}
function numberProperty(object, name) {
    const value = Reflect.get(object, name);
    return typeof value === 'number' ? value : undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
;// CONCATENATED MODULE: ./release/read-range.js
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
 * Reads a range of a file, a piece at a time. Throws a `UserError` with the code `FILE` if the file cannot be read or is
 * shorter.
 */
async function* readRange(path, { offset, length }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,promises_.open)(path).catch((cause) => {
            throw (0,finished_file/* unreadableFile */._s)(path, cause);
        }), true);
        const end = offset + length;
        let position = offset;
        while (position < end) {
            // A buffer for each piece: the socket may still use the previous one.
            const buffer = Buffer.allocUnsafe(Math.min(source/* PIECE_BYTES */.ts, end - position));
            const { bytesRead } = await file.read(buffer, 0, buffer.length, position).catch((cause) => {
                throw (0,finished_file/* unreadableFile */._s)(path, cause);
            });
            if (bytesRead === 0) {
                throw (0,finished_file/* unreadableFile */._s)(path, new Error(`The file ends at byte ${position}; ${end} bytes were expected.`));
            }
            position += bytesRead;
            yield buffer.subarray(0, bytesRead);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** SHA-256, in hexadecimal, of each of the consecutive parts of a file, and of all of them together. */
async function hashParts(path, parts) {
    const whole = (0,external_node_crypto_.createHash)('sha256');
    const hashed = [];
    for (const part of parts) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for await (const bytes of readRange(path, part)) {
            hash.update(bytes);
            whole.update(bytes);
        }
        hashed.push({ ...part, sha256: hash.digest('hex') });
    }
    return { whole: whole.digest('hex'), parts: hashed };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./release/retry.js


/** Four attempts in little more than a minute. */
const DEFAULT_DELAYS = [2_000, 10_000, 60_000];
/**
 * Calls `attempt`, and repeats it if a request fails for a transient reason: a server error, the network, or a rate limit
 * that ends within a minute. Throws a `UserError` with a code if the last request fails, the signal's reason if that
 * cancelled it, and other errors as they are.
 */
async function withRetries(operation, attempt, { delays, signal, log }) {
    const pending = [...delays];
    for (;;) {
        signal.throwIfAborted();
        try {
            return await attempt();
        }
        catch (error) {
            signal.throwIfAborted();
            const failure = readFailure(error);
            if (failure === undefined) {
                throw error;
            }
            const explained = explainFailure(operation, failure);
            const delay = pending.shift();
            if (delay === undefined || !isTransient(failure)) {
                throw explained;
            }
            const milliseconds = Math.max(delay, 1000 * (failure.retryAfter ?? 0));
            log.info(`${explained.message} Trying again in ${Math.ceil(milliseconds / 1000)} s.`);
            await pause(milliseconds, signal);
        }
    }
}
/** Waits some milliseconds. Throws the signal's reason if that is aborted first. */
async function pause(milliseconds, signal) {
    await (0,external_node_timers_promises_.setTimeout)(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}

;// CONCATENATED MODULE: ./release/asset.js
var asset_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var asset_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Adds a file to a release. An existing file with the same contents is kept, so that a job can be run again; the remains of
 * an interrupted upload are deleted. The size and hash that GitHub stored must be those of the file; otherwise it is deleted
 * again. Throws a `UserError` with a code.
 */
function sendFile(connection, file, options) {
    const { api, release, log } = connection;
    return withRetries(uploadOperation(file.name), async () => {
        const existing = (await api.assets(release)).find((asset) => asset.name === file.name);
        if (existing !== undefined) {
            if (existing.isComplete && hasContents(existing, file)) {
                log.info(`${(0,printable/* printable */.g)(file.name)} is already in the release, with the same contents.`);
                options.onProgress(file.length);
                return existing;
            }
            if (existing.isComplete && !options.overwrite) {
                throw nameTaken(file.name);
            }
            await api.deleteAsset(existing);
        }
        return await sendAndCompare(connection, file, options);
    }, connection);
}
/** The upload of a release file. */
function uploadOperation(name) {
    return { title: 'A release file could not be uploaded', what: `upload ${(0,printable/* printable */.g)(name)} to the release` };
}
/** A file whose hash GitHub does not have is taken as different. */
function hasContents({ size, sha256 }, file) {
    return size === file.length && sha256 === file.sha256;
}
async function sendAndCompare(connection, file, { onProgress }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        async function* contents() {
            let sent = 0;
            for await (const bytes of readRange(file.path, file)) {
                hash.update(bytes);
                sent += bytes.length;
                onProgress(sent);
                yield bytes;
            }
        }
        // Closes the file: the client does not end the generator if it stops reading.
        const body = asset_addDisposableResource(env_1, contents(), true);
        const asset = await upload(connection, file, body);
        const difference = describeDifference(file, asset, hash.digest('hex'));
        if (difference !== undefined) {
            await deleteMismatch(connection, asset, difference);
        }
        return asset;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = asset_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function upload({ api, release }, { name, length: size }, contents) {
    try {
        return await api.upload(release, { name, size, contents });
    }
    catch (error) {
        if (isNameTaken(readFailure(error))) {
            throw nameTaken(name);
        }
        throw userErrorWithin(error) ?? error;
    }
}
/** The first `UserError` among an error and its causes: octokit wraps an error of the contents as a failed request. */
function userErrorWithin(error) {
    if (error instanceof user_error/* UserError */.yo) {
        return error;
    }
    return error instanceof Error ? userErrorWithin(error.cause) : undefined;
}
/** Deletes an asset that differs from the verified file, and throws. */
async function deleteMismatch({ api }, asset, difference) {
    const mismatch = {
        title: 'A release file differs from the verified file',
        message: `The release file ${(0,printable/* printable */.g)(asset.name)} differs from the verified file: ${difference}.`,
        code: 'MISMATCH',
    };
    try {
        await api.deleteAsset(asset);
    }
    catch (cause) {
        throw (0,user_error/* userError */.IF)({
            ...mismatch,
            message: `${mismatch.message} It could not be deleted.`,
            remedy: 'Delete the file from the release manually, and re-run the job.',
            cause,
        });
    }
    throw (0,user_error/* userError */.IF)({ ...mismatch, message: `${mismatch.message} It was deleted again.`, remedy: finished_file/* RERUN_UNDISTURBED */.D9 });
}
/** Describes how an asset, or the bytes that were sent, differ from the file; `undefined` if they do not. */
function describeDifference(file, asset, sentSha256) {
    if (sentSha256 !== file.sha256) {
        return `bytes with the SHA-256 ${sentSha256} were sent, but ${file.sha256} was verified`;
    }
    if (asset.name !== file.name) {
        return `GitHub named it ${(0,printable/* printable */.g)(asset.name)}`;
    }
    if (asset.size !== file.length) {
        return `GitHub stored ${asset.size} bytes, but the file has ${file.length}`;
    }
    if (asset.sha256 !== undefined && asset.sha256 !== file.sha256) {
        return `GitHub stored bytes with the SHA-256 ${asset.sha256}, but the file has ${file.sha256}`;
    }
    return undefined;
}

// EXTERNAL MODULE: ./release/split.js
var split = __webpack_require__(7631);
;// CONCATENATED MODULE: ./release/files.js




/**
 * The image under its own name or, if it has more than `limit` bytes, its parts in order. Throws a `UserError` with the
 * code `FILE` if the image has changed.
 */
async function releaseFilesOfImage(image, limit) {
    const { path, size, sha256 } = image;
    const planned = (0,split/* planParts */.mM)((0,external_node_path_.basename)(path), size, limit);
    if (planned.length === 1) {
        return [releaseFile(image)];
    }
    (0,finished_file/* checkUnchanged */.SC)(image);
    const { whole, parts } = await hashParts(path, planned);
    if (whole !== sha256) {
        throw (0,finished_file/* changedContents */.Zg)(image, whole);
    }
    return parts.map((part) => ({ ...part, path }));
}
/** A whole file under its own name. Throws a `UserError` with the code `FILE` if it has changed. */
function releaseFile(file) {
    (0,finished_file/* checkUnchanged */.SC)(file);
    const { path, size, sha256 } = file;
    return { name: (0,external_node_path_.basename)(path), path, sha256, offset: 0, length: size };
}
/** Whether a file of a release is the image, one of its parts, or a part of an earlier image of its name. */
function isOfImage(image, name) {
    return name === image || (0,split/* isPartOf */.xm)(image, name);
}

;// CONCATENATED MODULE: ./release/find.js



/** The release of a tag, published or a draft; `undefined` if there is none. Throws a `UserError` with a code. */
function findRelease(connection, tag) {
    const { api } = connection;
    const operation = { title: 'The release could not be looked up', what: `look up the release ${(0,printable/* printable */.g)(tag)}` };
    return withRetries(operation, async () => {
        const release = (await api.findPublished(tag)) ?? (await api.findDrafts(tag)).at(0);
        if (release?.isImmutable === true) {
            throw immutableRelease(tag);
        }
        return release;
    }, connection);
}
/**
 * The release of a tag, or a new draft with these notes. GitHub allows several drafts for one tag, so jobs of a matrix may
 * each create one: all of them use the oldest, and delete their own if it is another one. Throws a `UserError` with a
 * code.
 */
function findOrCreate(connection, tag, notes) {
    const { api } = connection;
    const operation = {
        title: 'The release could not be created',
        what: `create a draft of the release ${(0,printable/* printable */.g)(tag)}`,
    };
    return withRetries(operation, async () => {
        const existing = await findRelease(connection, tag);
        if (existing !== undefined) {
            return existing;
        }
        const own = await api.createDraft(tag, notes);
        const [oldest = own] = await api.findDrafts(tag);
        if (oldest.id >= own.id) {
            return own;
        }
        await api.deleteDraft(own);
        return oldest;
    }, connection);
}

;// CONCATENATED MODULE: ./release/merge-checksums.js




/**
 * Adds checksums to the list in a release. Jobs of a matrix do so at the same time, and GitHub cannot replace a file in one
 * step: the job that deletes the list has read it, adds its own lines and uploads the result. A job that finds another one
 * was faster starts again from that one's list. No line is lost, whatever the order.
 *
 * `isReplaced` names the files whose lines are removed. Throws a `UserError` with a code.
 */
async function addChecksums(connection, checksums, isReplaced) {
    const { api, release } = connection;
    // Also holds the lines of a deleted list until they have been uploaded.
    let list = (0,companions_checksums/* listChecksums */.bk)(checksums);
    /** Returns `undefined` if another job was faster, or is uploading a list. */
    const attempt = async (round) => {
        const existing = (await api.assets(release)).find(({ name }) => name === companions_checksums/* CHECKSUMS_NAME */.NX);
        if (existing === undefined) {
            return merge_checksums_upload(connection, list);
        }
        if (!existing.isComplete && round < PATIENCE) {
            return undefined;
        }
        if (existing.isComplete) {
            const text = await api.readText(existing);
            if (text === undefined) {
                return undefined;
            }
            list = (0,companions_checksums/* listChecksums */.bk)(checksums, `${text}\n${list}`, isReplaced);
            if (list === text) {
                return existing;
            }
        }
        return (await api.deleteAsset(existing)) ? merge_checksums_upload(connection, list) : undefined;
    };
    for (let round = 0; round < ROUNDS; round++) {
        const asset = await withRetries(uploadOperation(companions_checksums/* CHECKSUMS_NAME */.NX), () => attempt(round), connection);
        if (asset !== undefined) {
            return asset;
        }
        await pause(PAUSE * (1 + Math.random()), connection.signal);
    }
    throw nameTaken(companions_checksums/* CHECKSUMS_NAME */.NX);
}
/** Far more than the jobs of a matrix that end within the same second. */
const ROUNDS = 100;
/** Rounds, some seconds in all, after which an incomplete list is taken as the remains of an interrupted upload. */
const PATIENCE = 20;
/** Milliseconds. */
const PAUSE = 100;
/** Uploads a list; `undefined` if another job has uploaded one in the meantime. */
async function merge_checksums_upload({ api, release }, list) {
    const bytes = Buffer.from(list);
    async function* contents() {
        yield bytes;
    }
    try {
        return await api.upload(release, { name: companions_checksums/* CHECKSUMS_NAME */.NX, size: bytes.length, contents: contents() });
    }
    catch (error) {
        if (isNameTaken(readFailure(error))) {
            return undefined;
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./release/notes.js

/** Puts a section into the notes of a draft, as `withSection` does. Throws a `UserError` with a code. */
function updateNotes(connection, name, text) {
    const { api, release, log } = connection;
    const operation = { title: 'The release notes could not be changed', what: 'change the notes of the draft release' };
    return withRetries(operation, async () => {
        // Another job may have changed the notes since the draft was found, or the draft may have been published.
        const current = (await api.findDrafts(release.tag)).find(({ id }) => id === release.id);
        if (current === undefined) {
            return;
        }
        const notes = withSection(current.body, name, text);
        if (notes.length > LONGEST_NOTES) {
            log.info('The release notes are not changed: they would exceed the length that GitHub allows.');
        }
        else if (notes !== current.body) {
            await api.setBody(current, notes);
        }
    }, connection);
}
/** Characters that GitHub allows in the notes of a release. */
const LONGEST_NOTES = 125_000;
/**
 * Appends a section to the notes of a release, or replaces the section of the same name from an earlier run. Invisible
 * comments mark its start and end; everything around it stays.
 *
 * `name` must not end an HTML comment: no name of a release file does.
 */
function withSection(notes, name, text) {
    const [start, end] = [`<!-- start of ${name} -->`, `<!-- end of ${name} -->`];
    const section = `${start}\n${text.trim()}\n${end}`;
    const [from, to] = [notes.indexOf(start), notes.indexOf(end)];
    if (from >= 0 && to > from) {
        return notes.slice(0, from) + section + notes.slice(to + end.length);
    }
    return notes.trim() === '' ? `${section}\n` : `${notes.trimEnd()}\n\n${section}\n`;
}

// EXTERNAL MODULE: ./release/target.js
var target = __webpack_require__(7210);
;// CONCATENATED MODULE: ./release/publish.js












/**
 * Checks, before any work, that the token is valid and that the files can be added to the release if it exists. Write
 * permission cannot be checked without writing. Throws a `UserError` with a code.
 */
async function checkRelease(check) {
    const connection = await connectTo(check);
    const release = await findRelease(connection, check.tag);
    if (release !== undefined) {
        const { imageName, otherNames } = check;
        const isReplaced = (name) => isOfImage(imageName, name);
        await checkCapacity({ ...connection, release }, [imageName, ...otherNames], isReplaced);
    }
}
/**
 * Adds an image and its other files to the release of a tag, and creates a draft if there is none. An image that is too
 * large for a release is sent in parts, read from the one file. SHA256SUMS lists all files, and also the whole image, to
 * check it once it is joined. Throws a `UserError` with a code, and the signal's reason if that cancelled the upload.
 */
async function publishRelease(upload) {
    const { image, tag, log, limit = split/* LARGEST_ASSET */.mK } = upload;
    const imageName = (0,external_node_path_.basename)(image.path);
    const parts = await releaseFilesOfImage(image, limit);
    const files = [...parts, ...upload.others.map(releaseFile)];
    const join = (0,split/* joinCommand */.u9)(imageName, parts.length);
    const notes = upload.notes(join);
    const connection = await connectTo(upload);
    const release = await findOrCreate(connection, tag, withSection('', imageName, notes));
    const opened = { ...connection, release };
    await deleteStale(opened, files, upload);
    await checkCapacity(opened, [...files.map(({ name }) => name), companions_checksums/* CHECKSUMS_NAME */.NX]);
    const assets = await sendAll(opened, files, upload);
    const checksums = [...files, { name: imageName, sha256: image.sha256 }];
    const list = await addChecksums(opened, checksums, (name) => isOfImage(imageName, name));
    if (release.isDraft) {
        await updateNotes(opened, imageName, notes);
    }
    else if (join !== undefined) {
        log.info(`The notes of a published release are not changed. Command to join the parts of the image: ${join}`);
    }
    const added = [...assets, list].map(({ name, url, size }) => ({ name, url, size }));
    return { tag, url: release.url, isDraft: release.isDraft, files: added, joinCommand: join };
}
async function connectTo(check) {
    const { token, log, signal, environment, delays = DEFAULT_DELAYS } = check;
    const api = await connect((0,target/* releaseTarget */.J$)(environment), token, signal);
    return { api, log, signal, delays };
}
/** Files that GitHub allows in a release (docs.github.com, "About releases"). */
const MOST_ASSETS = 1000;
/** Throws a `UserError` if a release cannot have files of these names beside those that it has and that are not replaced. */
function checkCapacity(connection, names, isReplaced = () => false) {
    const { api, release } = connection;
    const operation = { title: 'The release could not be looked up', what: 'list the files of the release' };
    return withRetries(operation, async () => {
        const assets = await api.assets(release);
        const present = new Set(assets.map(({ name }) => name).filter((name) => !isReplaced(name)));
        const added = names.filter((name) => !present.has(name)).length;
        if (added > 0 && present.size + added > MOST_ASSETS) {
            throw releaseFull({ tag: release.tag, present: present.size, added, most: MOST_ASSETS });
        }
    }, connection);
}
/** Deletes the parts of an earlier image of the same name: they would be joined with those of this one. */
function deleteStale(connection, files, { image, overwrite }) {
    const { api, release } = connection;
    const kept = new Set(files.map(({ name }) => name));
    const operation = {
        title: 'An earlier image could not be deleted from the release',
        what: 'delete an earlier image from the release',
    };
    return withRetries(operation, async () => {
        const assets = await api.assets(release);
        const stale = assets.filter(({ name }) => isOfImage((0,external_node_path_.basename)(image.path), name) && !kept.has(name));
        for (const asset of stale) {
            if (asset.isComplete && !overwrite) {
                throw nameTaken(asset.name);
            }
            await api.deleteAsset(asset);
        }
    }, connection);
}
async function sendAll(connection, files, { overwrite, onProgress }) {
    const total = files.reduce((sum, { length }) => sum + length, 0);
    const assets = [];
    let sent = 0;
    for (const file of files) {
        const before = sent;
        const report = (bytes) => onProgress?.(before + bytes, total);
        assets.push(await sendFile(connection, file, { overwrite, onProgress: report }));
        sent += file.length;
    }
    return assets;
}


/***/ }),

/***/ 7631:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mK: () => (/* binding */ LARGEST_ASSET),
/* harmony export */   mM: () => (/* binding */ planParts),
/* harmony export */   u9: () => (/* binding */ joinCommand),
/* harmony export */   xm: () => (/* binding */ isPartOf)
/* harmony export */ });
/** Bytes of the largest file that a GitHub release accepts: less than 2 GiB. */
const LARGEST_ASSET = 2 ** 31 - 1;
/**
 * Splits a file of `size` bytes into the fewest parts of at most `limit` bytes each, as equal as possible, at multiples of
 * 4 KiB. A file within the limit is one part under its own name; otherwise the parts are named `<name>.00`, `<name>.01` and
 * so on. Throws an `Error` if the limit is less than that.
 */
function planParts(name, size, limit = LARGEST_ASSET) {
    if (size <= limit) {
        return [{ name, offset: 0, length: size }];
    }
    const most = Math.ceil(size / BLOCK);
    for (let count = Math.ceil(size / limit); count <= most; count++) {
        const ranges = rangesBetween(equalCuts(size, count));
        if (ranges.every(({ length }) => length > 0 && length <= limit)) {
            return nameParts(name, ranges);
        }
    }
    throw new Error(`A file of ${size} bytes cannot be split into parts of at most ${limit} bytes.`);
}
/**
 * The shell command that joins the parts of a file; `undefined` for a single part. `name` must be one that GitHub keeps
 * for a release file: it needs no quotes.
 */
function joinCommand(name, parts) {
    return parts < 2 ? undefined : `cat ${name}.${'[0-9]'.repeat(digits(parts))} > ${name}`;
}
/** Whether `other` has the name of a part of the file `name`. */
function isPartOf(name, other) {
    return other.startsWith(`${name}.`) && /^\d{2,}$/.test(other.slice(name.length + 1));
}
const BLOCK = 4096;
/** The ends of `count` parts; the last one is the end of the file. */
function equalCuts(size, count) {
    const cuts = Array.from({ length: count - 1 }, (_, i) => Math.ceil((size * (i + 1)) / count / BLOCK) * BLOCK);
    return [...cuts, size];
}
/** The ranges that end at these offsets, from 0 on. */
function rangesBetween(ends) {
    let offset = 0;
    return ends.map((end) => {
        const range = { offset, length: end - offset };
        offset = end;
        return range;
    });
}
function nameParts(name, ranges) {
    const width = digits(ranges.length);
    return ranges.map((range, i) => ({ name: `${name}.${String(i).padStart(width, '0')}`, ...range }));
}
/** Digits that the numbers of `count` parts need, at least two. */
function digits(count) {
    return Math.max(2, String(count - 1).length);
}


/***/ }),

/***/ 7210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J$: () => (/* binding */ releaseTarget),
/* harmony export */   fi: () => (/* binding */ pageUrl),
/* harmony export */   uq: () => (/* binding */ assetUrl)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(786);


/** Reads the target from the variables that the runner sets. Throws a `UserError` with the code `ENVIRONMENT`. */
function releaseTarget(environment = process.env) {
    const { GITHUB_REPOSITORY = '', GITHUB_API_URL, GITHUB_SHA } = environment;
    const [, owner, repository] = REPOSITORY.exec(GITHUB_REPOSITORY) ?? [];
    if (owner === undefined || repository === undefined) {
        throw invalidVariable(`GITHUB_REPOSITORY is not OWNER/NAME: '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(GITHUB_REPOSITORY)}'.`);
    }
    const apiUrl = (GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
    if (!URL.canParse(apiUrl)) {
        throw invalidVariable(`GITHUB_API_URL is not a URL: '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(apiUrl)}'.`);
    }
    return { owner, repository, apiUrl, commit: GITHUB_SHA || undefined };
}
const REPOSITORY = /^([\w.-]+)\/([\w.-]+)$/;
/** URL from which everybody can download a file of the release of `tag`, once it is published. */
function assetUrl(tag, name, environment = process.env) {
    return `${repositoryUrl(environment)}/releases/download/${encodePath(tag)}/${encodeURIComponent(name)}`;
}
/** URL of the page of a release, or without `tag` of the repository; `undefined` outside of a workflow. */
function pageUrl(tag, environment = process.env) {
    if (!REPOSITORY.test(environment.GITHUB_REPOSITORY ?? '')) {
        return undefined;
    }
    const page = tag === undefined ? '' : `/releases/tag/${encodePath(tag)}`;
    return `${repositoryUrl(environment)}${page}`;
}
function repositoryUrl(environment) {
    const { owner, repository } = releaseTarget(environment);
    const server = (environment.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
    return `${server}/${owner}/${repository}`;
}
/** A tag may have slashes, which stay. */
function encodePath(tag) {
    return tag.split('/').map(encodeURIComponent).join('/');
}
function invalidVariable(message) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'The repository of the release is unknown',
        message,
        remedy: 'Run the action in a GitHub Actions workflow, or leave release-tag empty.',
        code: 'ENVIRONMENT',
    });
}


/***/ }),

/***/ 3541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wd: () => (/* binding */ listChanges),
/* harmony export */   vm: () => (/* binding */ formatSizeChange),
/* harmony export */   w_: () => (/* binding */ describeSizes),
/* harmony export */   xS: () => (/* binding */ countChanges),
/* harmony export */   yO: () => (/* binding */ listVersions)
/* harmony export */ });
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8146);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1622);
/* harmony import */ var _text_size_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3004);
/* harmony import */ var _changes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(649);




/** The changes in a few lines for the log: counts, and the first packages with other versions. */
function listChanges(changes, baseline) {
    const shown = changes.packages.filter(({ kind }) => kind !== 'rebuilt');
    const lines = shown.slice(0, SHOWN_PACKAGES).map((change) => `  ${describePackage(change)}`);
    const left = shown.length - lines.length;
    return [
        `Since ${baseline}: ${countChanges(changes)}; ${describeSizes(changes)}`,
        ...lines,
        ...(left > 0 ? [`  and ${left} more, see the job summary`] : []),
    ];
}
const SHOWN_PACKAGES = 10;
/** Characters. Some packages have thousands of names that look like versions. */
const LONGEST_VERSIONS = 100;
/** `3 packages changed, 1 added, 14 rebuilt`, or `the same store paths`. */
function countChanges({ packages }) {
    const counts = _changes_js__WEBPACK_IMPORTED_MODULE_1__/* .CHANGE_KINDS */ .t.map((kind) => [kind, packages.filter((change) => change.kind === kind).length]);
    const nonzero = counts.filter(([, count]) => count > 0);
    if (nonzero.length === 0) {
        return 'the same store paths';
    }
    const [[kind, count], ...rest] = nonzero;
    const first = `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(count, 'package')} ${kind}`;
    return [first, ...rest.map(([other, number]) => `${number} ${other}`)].join(', ');
}
/** `480 -> 482 store paths, 2.10 GiB -> 2.12 GiB (+20.1 MiB)`. */
function describeSizes({ before, after }, arrow = '->') {
    const difference = formatSizeChange(after.narBytes - before.narBytes);
    return (`${before.paths.toLocaleString('en')} ${arrow} ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCount */ .B4)(after.paths, 'store path')}, ` +
        `${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(before.narBytes)} ${arrow} ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(after.narBytes)} (${difference})`);
}
/** `+1.20 MiB`, `-300 KiB`, or `+0 B`. */
function formatSizeChange(bytes) {
    return `${bytes < 0 ? '-' : '+'}${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(Math.abs(bytes))}`;
}
/** `2.39, 2.40`; a dash stands for a name without a version. */
function listVersions(versions) {
    return versions.map((version) => version || '-').join(', ');
}
function describePackage({ kind, name, before, after, sizeChange }) {
    const [old, now] = [before, after].map((versions) => (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .shorten */ .ml)(listVersions(versions), LONGEST_VERSIONS));
    const versions = {
        changed: `${old} -> ${now}`,
        added: `${now} added`,
        removed: `${old} removed`,
        rebuilt: 'rebuilt',
    };
    return `${name}: ${versions[kind]}, ${formatSizeChange(sizeChange)}`;
}


/***/ }),

/***/ 649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ compareClosures),
/* harmony export */   t: () => (/* binding */ CHANGE_KINDS)
/* harmony export */ });
/* harmony import */ var _nix_package_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7385);

/** Kinds in the order in which they are reported. */
const CHANGE_KINDS = ['changed', 'added', 'removed', 'rebuilt'];
/** Compares two closures by the names of their store paths, like `nvd diff` and `nix store diff-closures`. */
function compareClosures(before, after) {
    const [old, now] = [groupByName(before), groupByName(after)];
    const names = [...new Set([...old.keys(), ...now.keys()])].sort();
    const changes = names.flatMap((name) => comparePackage(name, old.get(name) ?? NOTHING, now.get(name) ?? NOTHING));
    const byKind = CHANGE_KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind));
    return { packages: byKind, before: sizeOf(before), after: sizeOf(after) };
}
const NOTHING = { paths: new Set(), versions: new Set(), narBytes: 0 };
function groupByName(paths) {
    const groups = new Map();
    for (const { path, narSize } of paths) {
        const { name, version } = (0,_nix_package_name_js__WEBPACK_IMPORTED_MODULE_0__/* .packageOf */ .w)(path);
        const group = groups.get(name) ?? { paths: new Set(), versions: new Set(), narBytes: 0 };
        groups.set(name, group);
        group.paths.add(path);
        group.versions.add(version);
        group.narBytes += narSize;
    }
    return groups;
}
function comparePackage(name, old, now) {
    if (equalSets(old.paths, now.paths)) {
        return [];
    }
    const [before, after] = [ascending(old.versions), ascending(now.versions)];
    return [{ kind: kindOfChange(old, now), name, before, after, sizeChange: now.narBytes - old.narBytes }];
}
function kindOfChange(old, now) {
    if (old.paths.size === 0) {
        return 'added';
    }
    if (now.paths.size === 0) {
        return 'removed';
    }
    return equalSets(old.versions, now.versions) ? 'rebuilt' : 'changed';
}
function equalSets(a, b) {
    return a.size === b.size && [...a].every((value) => b.has(value));
}
/** Runs of digits compare as numbers: 1.9 is before 1.10. */
function ascending(versions) {
    return [...versions].sort(new Intl.Collator('en', { numeric: true }).compare);
}
function sizeOf(paths) {
    return { paths: paths.length, narBytes: paths.reduce((sum, { narSize }) => sum + narSize, 0) };
}


/***/ }),

/***/ 2752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ renderChanges)
/* harmony export */ });
/* harmony import */ var _changes_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3541);
/* harmony import */ var _html_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9051);


/** Packages that are shown without expanding a section, and those shown if there are more. */
const OPEN_ROWS = 20;
const LARGEST_ROWS = 10;
const LONGEST_NAME = 120;
const LONGEST_VERSIONS = 200;
/**
 * The changes since an earlier image as HTML within Markdown: counts, packages with other versions, and packages that
 * were only rebuilt. Of many packages, those whose sizes changed most are shown and all are in a section to expand. Rows
 * beyond `limit` bytes are counted instead. `baseline` is the name of the file that describes the earlier image.
 */
function renderChanges(changes, baseline, limit) {
    const head = `<h4>What changed since ${(0,_html_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(baseline, LONGEST_NAME)}</h4>\n\n` +
        `<p>${(0,_changes_text_js__WEBPACK_IMPORTED_MODULE_0__/* .countChanges */ .xS)(changes)}; ${(0,_changes_text_js__WEBPACK_IMPORTED_MODULE_0__/* .describeSizes */ .w_)(changes, '→')}.</p>`;
    const versions = changes.packages.filter(({ kind }) => kind !== 'rebuilt');
    const rebuilt = changes.packages.filter(({ kind }) => kind === 'rebuilt');
    const isLong = versions.length > OPEN_ROWS;
    let space = limit - Buffer.byteLength(head) - FOLD_BYTES;
    const table = (rows) => {
        const rendered = renderTable(rows, space);
        space -= Buffer.byteLength(rendered);
        return rendered;
    };
    const sections = [
        head,
        table(isLong ? largest(versions) : versions),
        isLong ? (0,_html_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlDetails */ .M6)(`All ${versions.length} packages with other versions`, table(versions)) : '',
        rebuilt.length > 0 ? (0,_html_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlDetails */ .M6)(`${rebuilt.length} rebuilt with the same version`, table(rebuilt)) : '',
    ];
    return sections.filter((section) => section !== '').join('\n\n');
}
function largest(changes) {
    const bySize = changes.toSorted((a, b) => Math.abs(b.sizeChange) - Math.abs(a.sizeChange));
    return bySize.slice(0, LARGEST_ROWS);
}
/** Bytes for what surrounds the tables. */
const FOLD_BYTES = 400;
/** Bytes for a table's head, its end, and the row that counts what is left out. */
const FRAME_BYTES = 400;
function renderTable(changes, limit) {
    if (changes.length === 0) {
        return '';
    }
    const rows = [];
    let space = limit - FRAME_BYTES;
    for (const change of changes) {
        const row = renderRow(change);
        space -= Buffer.byteLength(row) + 1;
        if (space < 0) {
            break;
        }
        rows.push(row);
    }
    const left = changes.slice(rows.length);
    if (left.length > 0) {
        rows.push(`<tr><td colspan="4">${left.length} more are left out</td></tr>`);
    }
    const head = '<tr><th align="left">Package</th><th align="left">Before</th><th align="left">Now</th><th>NAR size</th></tr>';
    return ['<table>', head, ...rows, '</table>'].join('\n');
}
function renderRow({ kind, name, before, after, sizeChange }) {
    const cells = [
        (0,_html_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(name, LONGEST_NAME),
        kind === 'added' ? '<em>added</em>' : cell(before),
        kind === 'removed' ? '<em>removed</em>' : cell(after),
    ];
    return `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}<td align="right">${(0,_changes_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSizeChange */ .vm)(sizeChange)}</td></tr>`;
}
function cell(versions) {
    return (0,_html_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlText */ .js)((0,_changes_text_js__WEBPACK_IMPORTED_MODULE_0__/* .listVersions */ .yO)(versions), LONGEST_VERSIONS);
}


/***/ }),

/***/ 1682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ describeChanges)
/* harmony export */ });
/* harmony import */ var _report_changes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(649);
/* harmony import */ var _report_changes_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3541);


/** Compares the closure with that of an earlier image, and logs the result; `undefined` if none was named. */
function describeChanges({ baseline, closure, log, }) {
    if (baseline === undefined) {
        return undefined;
    }
    const now = closure.map(({ path, size }) => ({ path, narSize: size }));
    const changes = (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_0__/* .compareClosures */ .W)(baseline.storePaths, now);
    for (const line of (0,_report_changes_text_js__WEBPACK_IMPORTED_MODULE_1__/* .listChanges */ .Wd)(changes, baseline.name)) {
        log.info(line);
    }
    return { baseline: baseline.name, changes };
}


/***/ }),

/***/ 7603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ createCleanup)
/* harmony export */ });
/** Creates a cleanup for `await using`, which `signal` starts early. */
function createCleanup(signal) {
    const stack = new AsyncDisposableStack();
    const failureActions = [];
    const lastActions = [];
    const undo = () => {
        for (const action of failureActions) {
            action();
        }
    };
    const cancel = () => {
        undo();
        // Errors are those of the disposal at the end, which waits for this one.
        disposal = stack.disposeAsync();
        disposal.catch(() => undefined);
    };
    let disposal;
    let succeeded = false;
    signal.addEventListener('abort', cancel);
    return {
        defer(action) {
            if (stack.disposed) {
                void action();
                return;
            }
            stack.defer(action);
        },
        deferFailure(action) {
            failureActions.push(action);
        },
        deferLast(action) {
            lastActions.push(action);
        },
        succeed() {
            succeeded = true;
            signal.removeEventListener('abort', cancel);
        },
        async [Symbol.asyncDispose]() {
            signal.removeEventListener('abort', cancel);
            try {
                await (disposal ?? stack.disposeAsync());
                if (!succeeded) {
                    undo();
                }
            }
            finally {
                for (const action of lastActions) {
                    action();
                }
            }
        },
    };
}


/***/ }),

/***/ 3958:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ companionNames),
  v: () => (/* binding */ writeCompanions)
});

// EXTERNAL MODULE: ./bytes/pieces.js
var bytes_pieces = __webpack_require__(4594);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./disk/bmap.js
/**
 * Block maps for `bmaptool copy`: which blocks of an image must be written to a card, with a checksum of each range, in
 * bmaptool's XML of version 2.0 (github.com/intel/bmap-tools, BmapCreate.py).
 */

/** Bytes of a block, the unit of a map. */
const BMAP_BLOCK_SIZE = 4096;
/**
 * The ranges of a map: the blocks that overlap `written`, each range cut at multiples of `step` bytes, so that a piece of
 * `step` bytes of the image is enough to hash a range.
 *
 * @param size bytes of the image.
 * @param written ascending ranges, from `writtenRanges`.
 * @param step a multiple of the block size; ranges are not cut by default.
 */
function bmapRanges(size, written, step = Number.POSITIVE_INFINITY) {
    const ranges = [];
    for (const { offset, length } of touchedBlocks(size, written)) {
        const end = offset + length;
        let start = offset;
        while (start < end) {
            const cut = step === Number.POSITIVE_INFINITY ? end : Math.min(end, (Math.floor(start / step) + 1) * step);
            ranges.push({ offset: start, length: cut - start });
            start = cut;
        }
    }
    return ranges;
}
/** Encodes a map as XML. The same arguments always result in the same bytes. */
function encodeBmap(size, ranges) {
    const mapped = ranges.reduce((sum, { length }) => sum + blocksOf(length), 0);
    const unsealed = [
        '<?xml version="1.0" ?>',
        '<!-- The blocks of an image that must be written to a card, for: bmaptool copy IMAGE DEVICE -->',
        '<bmap version="2.0">',
        bmap_element('ImageSize', size),
        bmap_element('BlockSize', BMAP_BLOCK_SIZE),
        bmap_element('BlocksCount', blocksOf(size)),
        bmap_element('MappedBlocksCount', mapped),
        bmap_element('ChecksumType', 'sha256'),
        '    <!-- SHA-256 of this file with zeros in place of this checksum. -->',
        bmap_element('BmapFileChecksum', ZERO_CHECKSUM),
        '    <BlockMap>',
        ...ranges.map(rangeElement),
        '    </BlockMap>',
        '</bmap>',
        '',
    ].join('\n');
    const checksum = (0,external_node_crypto_.createHash)('sha256').update(unsealed).digest('hex');
    return unsealed.replace(ZERO_CHECKSUM, checksum);
}
const ZERO_CHECKSUM = '0'.repeat(64);
/** The blocks that `written` overlaps, as ascending and disjoint ranges within the image. */
function* touchedBlocks(size, written) {
    let start = 0;
    let end = 0;
    for (const { offset, length } of written) {
        const first = Math.floor(offset / BMAP_BLOCK_SIZE) * BMAP_BLOCK_SIZE;
        if (first > end) {
            if (end > start) {
                yield { offset: start, length: end - start };
            }
            start = first;
        }
        end = Math.min(size, blocksOf(offset + length) * BMAP_BLOCK_SIZE);
    }
    if (end > start) {
        yield { offset: start, length: end - start };
    }
}
function rangeElement({ offset, length, sha256 }) {
    const first = offset / BMAP_BLOCK_SIZE;
    const last = first + blocksOf(length) - 1;
    const blocks = first === last ? String(first) : `${first}-${last}`;
    return `        <Range chksum="${Buffer.from(sha256).toString('hex')}"> ${blocks} </Range>`;
}
function bmap_element(name, value) {
    return `    <${name}> ${value} </${name}>`;
}
function blocksOf(bytes) {
    return Math.ceil(bytes / BMAP_BLOCK_SIZE);
}

;// CONCATENATED MODULE: ./disk/written.js
/**
 * The ranges that must be written to a card, ascending: everything except the free space of its filesystems. That is more
 * than the ranges that are not zero, because cards are rarely new: where zeros have a meaning (the end of a directory, a
 * free cluster, an empty journal), or where a board looks for a boot loader, the data of an earlier system must not stay.
 */
function writtenRanges({ size, firmware, filesystem }, free) {
    const freeOfFirmware = firmware === undefined ? [] : shift(free.firmware, firmware.offset);
    const unwritten = [...freeOfFirmware, ...shift(free.filesystem, filesystem.offset)].sort((a, b) => a.offset - b.offset);
    const written = [];
    let start = 0;
    for (const { offset, length } of unwritten) {
        if (offset > start) {
            written.push({ offset: start, length: offset - start });
        }
        start = offset + length;
    }
    if (size > start) {
        written.push({ offset: start, length: size - start });
    }
    return written;
}
function shift(ranges, by) {
    return ranges.map(({ offset, length }) => ({ offset: offset + by, length }));
}

// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./fat/source.js + 1 modules
var fat_source = __webpack_require__(5731);
// EXTERNAL MODULE: ./image/write-error.js
var write_error = __webpack_require__(9603);
;// CONCATENATED MODULE: ./companions/block-map.js







/**
 * Writes the block map of a card for `bmaptool copy`, with hashes of the bytes of the finished file. Errors as in
 * `writeError`.
 */
async function writeBlockMap(pool, options) {
    const { access, card, filesystem, path, onProgress } = options;
    const free = {
        firmware: card.firmware === undefined ? [] : (0,fat_source/* fatFreeRanges */.e)(card.firmware.plan),
        filesystem: filesystem.plan.freeRuns.map(({ start, length }) => ({
            offset: start * constants/* BLOCK_SIZE */.cS,
            length: length * constants/* BLOCK_SIZE */.cS,
        })),
    };
    const written = bmapRanges(access.size, writtenRanges(card.layout, free), STEP);
    const pieces = (0,bytes_pieces/* rangesByPiece */.k)(written, STEP);
    pool.share(access);
    const total = (0,source/* totalLength */["do"])(pieces.flat());
    let done = 0;
    const hashed = await Promise.all(pieces.map(async (ranges) => {
        const hashes = await pool.run('hashRanges', { access, ranges });
        done += (0,source/* totalLength */["do"])(ranges);
        onProgress(done, total);
        return ranges.map((range, i) => ({ ...range, sha256: hashes[i] }));
    }));
    (0,write_error/* writeSmallFile */.vd)(path, encodeBmap(access.size, hashed.flat()));
}
/**
 * Bytes. Ranges end at multiples of it, as all frames do, so that each frame is decompressed once. It does not depend on the
 * compression, and neither does the map.
 */
const STEP = 16 * 1024 * 1024;

// EXTERNAL MODULE: ./companions/checksums.js
var checksums = __webpack_require__(8541);
// EXTERNAL MODULE: ./companions/manifest.js + 1 modules
var companions_manifest = __webpack_require__(8495);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ../node_modules/@cyclonedx/cyclonedx-library/dist.node/enums/index.js
var enums = __webpack_require__(305);
// EXTERNAL MODULE: ../node_modules/@cyclonedx/cyclonedx-library/dist.node/models/index.js
var models = __webpack_require__(3470);
// EXTERNAL MODULE: ../node_modules/@cyclonedx/cyclonedx-library/dist.node/serialize/index.node.js
var index_node = __webpack_require__(6262);
// EXTERNAL MODULE: ../node_modules/@cyclonedx/cyclonedx-library/dist.node/spec/index.js
var spec = __webpack_require__(8127);
// EXTERNAL MODULE: ./disk/guid.js
var guid = __webpack_require__(5874);
// EXTERNAL MODULE: ./nix/hash.js + 1 modules
var nix_hash = __webpack_require__(4354);
// EXTERNAL MODULE: ./nix/package-name.js
var package_name = __webpack_require__(7385);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
;// CONCATENATED MODULE: ./companions/sbom.js
/**
 * The SBOM of an image: its store paths as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). docs/manifest.md
 * describes it.
 */











/** Encodes an SBOM. The result does not depend on the time, the locale or the order of the store paths. */
function encodeSbom(facts) {
    const storePaths = facts.storePaths.toSorted((a, b) => (0,store_path/* compareStorePaths */.hH)(a.path, b.path));
    const components = storePaths.map((info) => ({ info, component: describeStorePath(info) }));
    const refs = new Map(components.map(({ info, component }) => [info.path, component.bomRef]));
    const referenced = new Set();
    for (const { info, component } of components) {
        for (const ref of dependenciesOf(info, refs)) {
            component.dependencies.add(ref);
            referenced.add(ref);
        }
    }
    const image = describeImage(facts);
    image.dependencies = new models.BomRefRepository([...refs.values()].filter((ref) => !referenced.has(ref)));
    const bom = new models.Bom({
        serialNumber: serialNumber(facts),
        metadata: new models.Metadata({ component: image, tools: new models.Tools({ components: describeTools(facts) }) }),
        components: new models.ComponentRepository(components.map(({ component }) => component)),
    });
    // Not `sortLists`: it compares as the locale of the machine does. Everything is added in its order.
    return `${new index_node.JsonSerializer(new index_node.JSON.Normalize.Factory(spec.Spec1dot6)).serialize(bom)}\n`;
}
/** Writes the SBOM of an image to `path`. Errors as in `writeError`. */
function writeSbom(path, facts) {
    (0,write_error/* writeSmallFile */.vd)(path, encodeSbom(facts));
}
function describeImage({ image, hasSystem }) {
    const name = (0,external_node_path_.basename)(image.path);
    const hashes = new models.HashDictionary([[enums.HashAlgorithm['SHA-256'], image.sha256]]);
    return new models.Component(hasSystem ? enums.ComponentType.OperatingSystem : enums.ComponentType.File, name, {
        bomRef: 'image',
        hashes,
    });
}
function describeTools(facts) {
    return new models.ComponentRepository(sortedTools(facts).map(([name, version]) => new models.Component(enums.ComponentType.Application, name, { version })));
}
function sortedTools({ tools }) {
    return Object.entries(tools).sort(([a], [b]) => (a < b ? -1 : 1));
}
/**
 * The hash in the store path is the reference: whole paths would more than double the file. The hash of a NAR is a property:
 * in `hashes` it would stand for the bytes of a file.
 */
function describeStorePath({ path, hash, size }) {
    const { name, version } = (0,package_name/* packageOf */.w)(path);
    return new models.Component(enums.ComponentType.Library, name, {
        bomRef: (0,external_node_path_.basename)(path).slice(0, store_path/* HASH_LENGTH */.yJ),
        ...(version === '' ? {} : { version }),
        purl: packageUrl(name, version),
        properties: new models.PropertyRepository([
            new models.Property('nix:nar_hash', (0,nix_hash/* formatSri */.cu)(hash)),
            new models.Property('nix:nar_size', String(size)),
            new models.Property('nix:store_path', path),
        ]),
    });
}
/** The type `nix` is not registered, but in use (package-url/purl-spec#877). Encoding: purl-spec, docs/how-to-build.md. */
function packageUrl(name, version) {
    return `pkg:nix/${encodeURIComponent(name)}${version === '' ? '' : `@${encodeURIComponent(version)}`}`;
}
/** What a store path refers to, except for itself. */
function dependenciesOf({ path, references }, refs) {
    const others = references.filter((reference) => reference !== path).sort(store_path/* compareStorePaths */.hH);
    return others.flatMap((reference) => refs.get(reference) ?? []);
}
/** Another one for every SBOM with other contents: what is not listed here is in the image. */
function serialNumber(facts) {
    const { image, hasSystem } = facts;
    const identity = JSON.stringify([(0,external_node_path_.basename)(image.path), image.sha256, hasSystem, sortedTools(facts)]);
    return `urn:uuid:${(0,guid/* deriveGuid */.r6)((0,external_node_crypto_.createHash)('sha256').update(identity).digest(), 'SBOM').toLowerCase()}`;
}

// EXTERNAL MODULE: ./image/finished-file.js
var finished_file = __webpack_require__(320);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./run/imager.js + 1 modules
var imager = __webpack_require__(1981);
;// CONCATENATED MODULE: ./run/describe.js







/** Names of all files that are left beside an image, including the list of checksums. */
function companionNames({ imageName, format }, imagerDevices) {
    const { manifest, sbom, blockMap, imagerManifest } = namesFor(imageName);
    return [
        checksums/* CHECKSUMS_NAME */.NX,
        manifest,
        sbom,
        ...(format === 'sd-card' ? [blockMap] : []),
        ...(imagerDevices.length > 0 ? [imagerManifest] : []),
    ];
}
/** Writes the image's manifest, its SBOM and, for a card, its block map and its manifest for Raspberry Pi Imager. */
function writeCompanions({ inputs, system, imagerDevices, closure, plan, written, image, output, tools, pool, log, }) {
    const { card, filesystem } = plan.description;
    const names = namesFor(inputs.imageName);
    return log.phase('Describe the image', async (progress) => {
        const manifest = output.beside(names.manifest);
        const sbom = output.beside(names.sbom);
        const versions = { 'nix-ext4-image': companions_manifest/* VERSION */.xv, e2fsck: tools.e2fsck.version, nix: tools.nixVersion };
        (0,companions_manifest/* writeManifest */.HN)(manifest, {
            image: { ...image, format: inputs.format, compression: inputs.compression },
            filesystem: {
                uuid: (0,format/* formatUuid */.h)(filesystem.plan.uuid),
                label: inputs.volumeLabel,
                freeBytes: plan.usage.freeBytes,
            },
            card: card && { layout: card.layout, firmwareLabel: inputs.firmwareLabel },
            storePaths: closure,
            tools: versions,
        });
        writeSbom(sbom, { image, hasSystem: system !== undefined, storePaths: closure, tools: versions });
        const always = [finished('manifest', manifest), finished('sbom', sbom)];
        if (card === undefined) {
            return always;
        }
        const blockMap = output.beside(names.blockMap);
        await writeBlockMap(pool, {
            access: { ...written.access, path: output.path },
            card,
            filesystem,
            path: blockMap,
            onProgress: progress,
        });
        const companions = [...always, finished('block-map', blockMap)];
        if (imagerDevices.length === 0) {
            return companions;
        }
        const path = output.beside(names.imagerManifest);
        const isWritten = (0,imager/* writeImagerManifest */.S)({ path, blockMap, image, inputs, system, devices: imagerDevices, log });
        return isWritten ? [...companions, finished('imager-manifest', path)] : companions;
    });
}
/** They start with the name of the image without the suffix of its compression. */
function namesFor(imageName) {
    return {
        manifest: `${imageName}.manifest.json`,
        sbom: `${imageName}.cdx.json`,
        blockMap: `${imageName}.bmap`,
        imagerManifest: `${imageName}.rpi-imager-manifest`,
    };
}
function finished(kind, path) {
    return { kind, ...(0,finished_file/* hashFinishedFile */.vn)(path) };
}


/***/ }),

/***/ 1981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ imagerDevicesOf),
  S: () => (/* binding */ writeImagerManifest)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./companions/imager-devices.js
var imager_devices = __webpack_require__(7434);
;// CONCATENATED MODULE: ./companions/imager-manifest.js


/**
 * Encodes a manifest of Raspberry Pi Imager with one image. Format: raspberrypi/rpi-imager,
 * doc/json-schema/os-list-schema.json. Imager 2 needs `imager.devices` for its first step. The `init_format` none turns off
 * settings that only Raspberry Pi OS and cloud-init apply; without it, Imager 1 offers them.
 */
function encodeImagerManifest(item) {
    const architecture = (0,imager_devices/* imagerArchitecture */.Py)(item.devices);
    const byName = Map.groupBy(item.devices, (tag) => (0,imager_devices/* imagerDevice */.M)(tag).name);
    const devices = [...byName].map(([name, tags]) => ({
        name,
        description: (0,imager_devices/* imagerDevice */.M)(tags[0]).description,
        tags,
        matching_type: 'exclusive',
        architecture: (0,imager_devices/* imagerArchitecture */.Py)(tags),
    }));
    const manifest = { imager: { devices }, os_list: [describe(item, [...byName.keys()], architecture)] };
    return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
function describe({ label, devices, url, blockMapUrl, website, image, releaseDate }, deviceNames, architecture) {
    const fileName = (0,external_node_path_.basename)(image.path);
    const purpose = `NixOS for ${LIST.format(deviceNames)}`;
    return {
        name: label ?? fileName,
        description: label === undefined ? purpose : `${fileName}: ${purpose}`,
        icon: 'https://nixos.org/favicon.png',
        url,
        extract_size: image.uncompressedSize,
        extract_sha256: image.uncompressedSha256,
        image_download_size: image.size,
        image_download_sha256: image.sha256,
        release_date: releaseDate.toISOString().slice(0, 'YYYY-MM-DD'.length),
        init_format: 'none',
        devices,
        architecture,
        bmap_url: blockMapUrl,
        website,
    };
}
const LIST = new Intl.ListFormat('en-GB');

// EXTERNAL MODULE: ./image/write-error.js
var write_error = __webpack_require__(9603);
// EXTERNAL MODULE: ./nixos/raspberry-pi/config.js
var config = __webpack_require__(1478);
// EXTERNAL MODULE: ./release/split.js
var split = __webpack_require__(7631);
// EXTERNAL MODULE: ./release/target.js
var target = __webpack_require__(7210);
;// CONCATENATED MODULE: ./run/imager.js








/** The devices of Raspberry Pi Imager that a card is for: those of the input, or of its firmware. */
function imagerDevicesOf({ imagerDevices, firmwareFiles }, cardParts, system) {
    const tree = cardParts?.firmware?.tree;
    if (imagerDevices.length > 0 || tree === undefined) {
        return imagerDevices;
    }
    const prefix = firmwareFiles === undefined ? undefined : (0,config/* readOsPrefix */.t)(firmwareFiles);
    return (0,imager_devices/* devicesOfFirmware */.W8)(tree, prefix, system?.platform);
}
/**
 * Writes the manifest for Raspberry Pi Imager to `path`. Its URLs are those of the release, or of the files on this machine
 * without one. Returns whether it did: a release has no URL for the whole of an image that is attached in parts. Errors as
 * in `writeError`.
 */
function writeImagerManifest({ path, blockMap, image, inputs: { release }, system, devices, log, }) {
    if (release !== undefined && image.size > split/* LARGEST_ASSET */.mK) {
        log.warning('No manifest for Raspberry Pi Imager', `The release has ${image.fileName} in parts, which Imager cannot join. Set compression to xz, or compression-level ` +
            'to a higher level, to make the image smaller than 2 GiB.');
        return false;
    }
    const urlOf = (file) => release === undefined ? (0,external_node_url_.pathToFileURL)(file).href : (0,target/* assetUrl */.uq)(release.tag, (0,external_node_path_.basename)(file));
    const manifest = encodeImagerManifest({
        label: system?.label,
        devices,
        url: urlOf(image.path),
        blockMapUrl: urlOf(blockMap),
        website: (0,target/* pageUrl */.fi)(release?.tag),
        image,
        releaseDate: releaseDate(),
    });
    (0,write_error/* writeSmallFile */.vd)(path, manifest);
    return true;
}
/** Today, or SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch). */
function releaseDate() {
    const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
    return Number.isSafeInteger(epoch) ? new Date(epoch * 1000) : new Date();
}


/***/ }),

/***/ 2833:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ planImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./ext4/directory/children.js
var children = __webpack_require__(4060);
// EXTERNAL MODULE: ./ext4/directory/pack.js + 1 modules
var pack = __webpack_require__(2388);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
// EXTERNAL MODULE: ./ext4/plan/data-runs.js
var data_runs = __webpack_require__(4714);
// EXTERNAL MODULE: ./ext4/plan/extents.js
var extents = __webpack_require__(6354);
;// CONCATENATED MODULE: ./ext4/plan/free-space.js
/** Creates a cursor over the blocks `0 .. end` that are not in `used`, whose runs are ascending and disjoint. */
function createBlockCursor(used, end) {
    const runs = gaps(used, end);
    let index = 0;
    let taken = 0;
    let position = 0;
    const remaining = (limit) => runsBefore(runs, { index, taken }, limit);
    return {
        position: () => position,
        take(wanted) {
            if (index >= runs.length) {
                return undefined;
            }
            const run = runs[index];
            const length = Math.min(wanted, run.length - taken);
            const start = run.start + taken;
            taken += length;
            position = start + length;
            if (taken === run.length) {
                index++;
                taken = 0;
            }
            return { start, length };
        },
        freeBefore(limit) {
            let free = 0;
            for (const run of remaining(limit)) {
                free += run.length;
            }
            return free;
        },
        endOfFree(blocks) {
            let missing = blocks;
            for (const run of remaining(end)) {
                if (run.length >= missing) {
                    return run.start + missing;
                }
                missing -= run.length;
            }
            return undefined;
        },
        freeRuns: (limit) => [...remaining(limit)],
    };
}
/** The parts of runs before block `limit`, from run `index` on, of which the first `taken` blocks are allocated. */
function* runsBefore(runs, { index, taken }, limit) {
    for (let i = index; i < runs.length && runs[i].start < limit; i++) {
        const start = runs[i].start + (i === index ? taken : 0);
        const length = Math.min(runs[i].start + runs[i].length, limit) - start;
        if (length > 0) {
            yield { start, length };
        }
    }
}
/** The runs between those in `used`, up to block `end`. */
function gaps(used, end) {
    const free = [];
    let next = 0;
    for (const run of used) {
        if (run.start > next) {
            free.push({ start: next, length: run.start - next });
        }
        next = run.start + run.length;
    }
    if (next < end) {
        free.push({ start: next, length: end - next });
    }
    return free;
}

// EXTERNAL MODULE: ./ext4/plan/geometry.js
var plan_geometry = __webpack_require__(3887);
// EXTERNAL MODULE: ./ext4/plan/inodes.js
var plan_inodes = __webpack_require__(5783);
;// CONCATENATED MODULE: ./ext4/plan/plan.js
/**
 * The plan of a filesystem: the location of everything, to the last block, before a byte is produced. It is plain data, and
 * depends on the tree and the options only.
 */










/**
 * Plans the smallest filesystem that holds the tree and has `freeSpace` left. Throws a `UserError` if it would be larger
 * than 2 TiB, or if ext4 cannot store a directory or symlink of the tree.
 */
function planExt4(tree, options) {
    const hashSeed = hashSeedOf(options.uuid);
    const inodes = (0,plan_inodes/* numberInodes */.G)(tree);
    const needs = measure(tree, inodes, hashSeed);
    const inodesWanted = inodes.last + Math.max(MIN_FREE_INODES, Math.ceil(options.freeSpace / BYTES_PER_FREE_INODE));
    // Another group changes the location of everything, so each number of groups is laid out in full; the first that is
    // sufficient is the smallest. The loop begins at a lower bound, and takes a few rounds at any size.
    const blocksWanted = needs.total + Math.ceil(options.freeSpace / constants/* BLOCK_SIZE */.cS);
    const least = Math.max(Math.ceil(blocksWanted / constants/* BLOCKS_PER_GROUP */.Nr), Math.ceil(inodesWanted / plan_geometry/* MAX_INODES_PER_GROUP */.ah));
    for (let groups = least; groups <= plan_geometry/* MAX_GROUPS */.om; groups++) {
        const layout = layOut((0,plan_geometry/* planGeometry */.Wl)(groups, inodesWanted), inodes, needs, options.freeSpace);
        if (layout !== undefined) {
            const { uuid, label, time } = options;
            return { uuid, label, time, hashSeed, inodes, ...layout };
        }
    }
    throw (0,user_error/* userError */.IF)({
        title: 'The filesystem is too large',
        message: `The contents have ${needs.total * constants/* BLOCK_SIZE */.cS} bytes and the free space ${options.freeSpace} bytes, but a filesystem ` +
            `has at most ${plan_geometry/* MAX_GROUPS */.om * constants/* BLOCKS_PER_GROUP */.Nr * constants/* BLOCK_SIZE */.cS} bytes (2 TiB).`,
        remedy: 'Leave out store paths, or set free-space to less.',
    });
}
/** The directory hash seed of a filesystem (`s_hash_seed`), derived from its UUID so that images are reproducible. */
function hashSeedOf(uuid) {
    const digest = (0,external_node_crypto_.createHash)('sha256').update('ext4 directory hash seed').update(uuid).digest();
    return Uint32Array.from({ length: 4 }, (_, word) => digest.readUInt32LE(word * 4));
}
/** Free space has free inodes in the ratio of mke2fs, and there are always enough to activate a NixOS system. */
const BYTES_PER_FREE_INODE = 16_384;
const MIN_FREE_INODES = 1024;
/** A regular file with several names, in place of a type from `MODE`. */
const SHARED_FILE = -1;
function measure(tree, inodes, hashSeed) {
    const blocksOf = new Uint32Array(inodes.last + 1);
    let withBlocks = 0;
    let total = 0;
    for (let entry = 0; entry < tree.count; entry++) {
        if (tree.original[entry] !== entry) {
            continue;
        }
        const blocks = blocksOfEntry(tree, entry, inodes.inodeOf[entry], hashSeed);
        blocksOf[inodes.inodeOf[entry]] = blocks;
        total += blocks;
        if (blocks > 0) {
            withBlocks++;
        }
    }
    return {
        blocksOf,
        order: allocationOrder(tree, inodes, blocksOf, withBlocks),
        total,
        runsOf: (inode) => (0,data_runs/* sparseRuns */.z0)(tree, inodes.entryOf[inode]) ?? (0,data_runs/* wholeRun */.f1)(blocksOf[inode]),
        runs: withBlocks + tree.sparse.start.length,
    };
}
/**
 * A file with several names belongs to no directory more than to another, so these files are stored together. All other
 * files are in the order in which their directories are read.
 */
function allocationOrder(tree, inodes, blocksOf, withBlocks) {
    const ranks = [constants/* MODE */.g.directory, constants/* MODE */.g.symlink, SHARED_FILE, constants/* MODE */.g.regular];
    const order = new Uint32Array(withBlocks);
    let next = 0;
    for (const rank of ranks) {
        for (let entry = 0; entry < tree.count; entry++) {
            const inode = inodes.inodeOf[entry];
            if (blocksOf[inode] === 0 || inodes.entryOf[inode] !== entry) {
                continue;
            }
            const type = tree.mode[entry] & constants/* MODE */.g.typeMask;
            const isShared = type === constants/* MODE */.g.regular && inodes.links[inode] > 1;
            if ((isShared ? SHARED_FILE : type) === rank) {
                order[next++] = inode;
            }
        }
    }
    return order;
}
function blocksOfEntry(tree, entry, inode, hashSeed) {
    const size = tree.size[entry];
    switch (tree.mode[entry] & constants/* MODE */.g.typeMask) {
        case constants/* MODE */.g.directory:
            return inode === constants/* INODE */.S2.lostAndFound ? pack/* LOST_AND_FOUND_BLOCKS */.Tz : (0,pack/* layOutDirectory */.I4)(tree, entry, hashSeed).blocks;
        case constants/* MODE */.g.symlink:
            if (size > constants/* SYMLINK_MAX */.fh) {
                throw (0,user_error/* userError */.IF)({
                    title: 'A symlink is too long',
                    message: `The target of ${(0,children/* pathOf */.XM)(tree, entry)} has ${size} bytes, but ext4 stores at most ${constants/* SYMLINK_MAX */.fh} bytes.`,
                    remedy: 'Shorten the target of the symlink.',
                });
            }
            return size < constants/* FAST_SYMLINK_LIMIT */.Zp ? 0 : 1;
        default:
            return (0,data_runs/* dataBlocks */.Tk)(tree, entry);
    }
}
/** Lays out a filesystem of exactly `geometry.groups` groups; `undefined` if it does not fit. */
function layOut(geometry, inodes, needs, freeSpace) {
    const end = geometry.groups * constants/* BLOCKS_PER_GROUP */.Nr;
    const used = (0,plan_geometry/* metadataRuns */.MW)(geometry);
    const cursor = createBlockCursor(used, end);
    const breaks = used.length + Math.ceil(end / constants/* EXTENT_MAX_BLOCKS */.BR) + 1;
    const allocator = (0,extents/* createExtentAllocator */.w_)(cursor, needs.runs + 1, inodes.last, breaks);
    const resizeBlock = cursor.take(1)?.start;
    if (resizeBlock === undefined || !allocator.allocate(constants/* INODE */.S2.journal, (0,data_runs/* wholeRun */.f1)(geometry.journalBlocks))) {
        return undefined;
    }
    for (const inode of needs.order) {
        if (!allocator.allocate(inode, needs.runsOf(inode))) {
            return undefined;
        }
    }
    const lastMetadata = used.reduce((last, run) => Math.max(last, run.start + run.length), 0);
    const smallest = Math.max(cursor.position(), lastMetadata, smallestOf(geometry));
    const blocks = withFreeSpace(smallest, Math.ceil(freeSpace / constants/* BLOCK_SIZE */.cS), cursor);
    if (blocks === undefined) {
        return undefined;
    }
    return { geometry, blocks, freeRuns: cursor.freeRuns(blocks), extents: allocator.finish(), resizeBlock };
}
/** The fewest blocks of a filesystem: the last group has its superblock run, if any, and one more block. */
function smallestOf(geometry) {
    const lastGroup = geometry.groups - 1;
    const own = geometry.backupGroups.includes(lastGroup) ? (0,plan_geometry/* superblockRunBlocks */.y6)(geometry) : 0;
    return lastGroup * constants/* BLOCKS_PER_GROUP */.Nr + own + 1;
}
/**
 * The fewest blocks, at least `smallest`, with `wanted` free blocks beyond those that the kernel reserves; `undefined` if
 * there are too few. The reserve grows with the size, so the size is raised until there is enough; each step is a lower
 * bound, so the result is the smallest.
 */
function withFreeSpace(smallest, wanted, cursor) {
    let blocks = smallest;
    while (blocks !== undefined && cursor.freeBefore(blocks) < wanted + kernelReserve(blocks)) {
        blocks = cursor.endOfFree(wanted + kernelReserve(blocks));
    }
    return blocks;
}
/** Blocks that not even root can use: 2 %, at most 4096 (`ext4_set_resv_clusters` of the kernel's `fs/ext4/super.c`). */
function kernelReserve(blocks) {
    return Math.min(Math.floor(blocks / 50), 4096);
}

;// CONCATENATED MODULE: ./ext4/plan/usage.js



/** Adds up the usage of a planned filesystem. */
function usageOf(plan, tree) {
    let fileBlocks = 0;
    for (let entry = 0; entry < tree.count; entry++) {
        const isFile = (tree.mode[entry] & constants/* MODE */.g.typeMask) === constants/* MODE */.g.regular;
        if (isFile && tree.original[entry] === entry) {
            fileBlocks += (0,data_runs/* dataBlocks */.Tk)(tree, entry);
        }
    }
    const size = plan.blocks * constants/* BLOCK_SIZE */.cS;
    const free = plan.freeRuns.reduce((sum, run) => sum + run.length, 0) - kernelReserve(plan.blocks);
    const fileBytes = fileBlocks * constants/* BLOCK_SIZE */.cS;
    const freeBytes = free * constants/* BLOCK_SIZE */.cS;
    return { size, fileBytes, freeBytes, structureBytes: size - fileBytes - freeBytes };
}

// EXTERNAL MODULE: ./image/description.js + 12 modules
var image_description = __webpack_require__(7252);
;// CONCATENATED MODULE: ./nix/closure-uuid.js

/**
 * A UUID that depends on nothing but the closure: its paths and the hashes of their contents. It has version 8, whose
 * bits an application may choose (RFC 9562, section 5.8).
 */
function closureUuid(closure) {
    const hash = (0,external_node_crypto_.createHash)('sha256').update('nix-ext4-image filesystem UUID\n');
    for (const info of closure) {
        hash.update(info.path).update('\n').update(info.hash);
    }
    const uuid = hash.digest().subarray(0, 16);
    uuid[6] = (uuid[6] & 0x0f) | 0x80;
    uuid[8] = (uuid[8] & 0x3f) | 0x80;
    return uuid;
}

// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./text/size.js
var text_size = __webpack_require__(3004);
// EXTERNAL MODULE: ./verify/skeleton.js
var skeleton = __webpack_require__(2052);
// EXTERNAL MODULE: ./run/prepare/card-parts.js + 10 modules
var card_parts = __webpack_require__(599);
;// CONCATENATED MODULE: ./run/plan.js









/** Plans the image to the last byte. */
function planImage({ inputs, cardParts, closure, tree, log, }) {
    return log.phase('Plan the image', () => {
        const uuid = inputs.uuid === 'from-closure' ? closureUuid(closure) : inputs.uuid;
        const label = Buffer.from(inputs.volumeLabel);
        const plan = planExt4(tree, { uuid, label, freeSpace: inputs.freeSpace, time: store_path/* STORE_TIME */.qL });
        const usage = usageOf(plan, tree);
        const card = cardParts === undefined ? undefined : (0,card_parts/* placeOnCard */.Bd)(inputs, cardParts, { filesystemSize: usage.size, uuid });
        const description = { filesystem: { plan, tree }, card };
        const size = (0,image_description/* imageSize */.R9)(description);
        const isRaw = inputs.compression === 'none';
        if (card !== undefined) {
            log.info(`Card of ${(0,text_size/* formatSize */.Xq)(size)}: ${describeLayout(card.layout)}`);
        }
        log.info(`Filesystem of ${(0,text_size/* formatSize */.Xq)(usage.size)}: files ${(0,text_size/* formatSize */.Xq)(usage.fileBytes)}, ` +
            `structure ${(0,text_size/* formatSize */.Xq)(usage.structureBytes)}, free ${(0,text_size/* formatSize */.Xq)(usage.freeBytes)}`);
        return { description, usage, size, skeletonRanges: isRaw ? [] : (0,skeleton/* skeletonRanges */.iy)(description) };
    });
}
function describeLayout({ firmware, filesystem, blobs }) {
    const parts = [
        ...blobs.map(({ path, offset }) => `${(0,external_node_path_.basename)(path)} at ${(0,text_size/* formatSize */.Xq)(offset)}`),
        ...(firmware === undefined ? [] : [`FAT at ${(0,text_size/* formatSize */.Xq)(firmware.offset)}`]),
        `ext4 at ${(0,text_size/* formatSize */.Xq)(filesystem.offset)}`,
    ];
    return parts.join(', ');
}


/***/ }),

/***/ 599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Bd: () => (/* binding */ placeOnCard),
  g4: () => (/* binding */ placeOnSmallCard),
  vw: () => (/* binding */ readCardParts),
  a: () => (/* binding */ warnOfReservedNames)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./disk/blobs.js
var disk_blobs = __webpack_require__(5395);
// EXTERNAL MODULE: ./disk/gpt.js
var gpt = __webpack_require__(2686);
// EXTERNAL MODULE: ./disk/gpt-format.js
var gpt_format = __webpack_require__(9400);
// EXTERNAL MODULE: ./disk/mbr.js
var mbr = __webpack_require__(9912);
// EXTERNAL MODULE: ./disk/partition-types.js
var partition_types = __webpack_require__(6877);
// EXTERNAL MODULE: ./disk/partitions.js
var disk_partitions = __webpack_require__(2384);
// EXTERNAL MODULE: ./disk/table-areas.js
var table_areas = __webpack_require__(4864);
;// CONCATENATED MODULE: ./disk/card-layout.js









/**
 * Lays out a card as the sd-image module of nixpkgs does: the partition table, a gap, the FAT partition at
 * `firmwareOffset`, then the ext4 partition. The ext4 partition is the last so that it can grow, and begins on a whole MiB,
 * as sfdisk aligns it; without a FAT partition it is at `firmwareOffset`. A boot loader file with a partition type has a
 * partition from its first byte up to whatever follows. Partitions are numbered by their offsets.
 *
 * Throws a `UserError` if an offset or size is not a multiple of the sector size, anything overlaps, the table has no place
 * for a partition, or the card is too large.
 */
function planCard(options) {
    const { table, firmwareOffset, firmware, filesystemSize, bootPartition, architecture } = options;
    checkPlace(options);
    const type = (kind) => (0,partition_types/* partitionType */.Ht)(table.kind, kind, architecture);
    const fat = firmware && {
        kind: firmware.kind,
        type: type(firmware.kind),
        name: firmware.kind === 'esp' ? 'ESP' : 'firmware',
        bootable: bootPartition === 'firmware',
        offset: firmwareOffset,
        length: firmware.size,
    };
    const root = {
        kind: 'root',
        type: type('root'),
        name: 'nixos',
        bootable: bootPartition === 'root',
        offset: roundUp(firmwareOffset + (firmware?.size ?? 0), ALIGNMENT),
        length: filesystemSize,
    };
    const end = root.offset + root.length;
    const size = table.kind === 'gpt' ? roundUp(end + gpt_format/* GPT_BACKUP_BYTES */.Vu, BLOCK) : end;
    checkSize(size, options);
    const blobs = options.blobs.toSorted((a, b) => a.offset - b.offset);
    (0,disk_blobs/* checkBlobs */.r)(options.blobs, areasOf(table.kind, size, { fat, root }));
    const filesystems = fat === undefined ? [root] : [fat, root];
    const places = [...placeRaw(blobs, filesystems), ...filesystems].sort((a, b) => a.offset - b.offset);
    const numbers = (0,disk_partitions/* numberPartitions */.n)(places.length, options.rootPartition, table.kind);
    const partitions = places.map((place, i) => ({ ...place, number: numbers[i] }));
    return {
        size,
        table,
        partitions,
        firmware: partitions.find(({ kind }) => kind === 'firmware' || kind === 'esp'),
        filesystem: partitions[partitions.length - 1],
        blobs,
    };
}
/** Where a partition of the root filesystem begins: as sfdisk aligns it. */
const ALIGNMENT = 2 ** 20;
/** A card with a GPT is padded to whole blocks, which direct I/O needs on some card readers. */
const BLOCK = 4096;
/**
 * The partitions of boot loader files: each from its file up to the next file or partition. The boards that look for such
 * partitions have several in a row, each with space for a larger file.
 */
function placeRaw(blobs, others) {
    const starts = [...blobs, ...others].map(({ offset }) => offset);
    return blobs.flatMap(({ path, offset, partitionType: type }) => {
        if (type === undefined) {
            return [];
        }
        const end = Math.min(...starts.filter((start) => start > offset));
        return [{ kind: 'raw', type, name: (0,gpt/* gptName */.H)((0,external_node_path_.basename)(path)), bootable: false, offset, length: end - offset }];
    });
}
function checkPlace({ table, firmwareOffset, firmware }) {
    checkSectors('firmware-offset', firmwareOffset);
    if (firmware !== undefined) {
        checkSectors('firmware-size', firmware.size);
    }
    const least = (0,table_areas/* tableEnd */.W)(table.kind);
    if (firmwareOffset < least) {
        throw (0,user_error/* inputError */.Xu)({
            input: 'firmware-offset',
            message: `The first partition begins at byte ${firmwareOffset}, but the partition table takes the first ${least} bytes.`,
            remedy: `Set firmware-offset to ${least} bytes or more; 8MiB is usual.`,
        });
    }
}
function checkSectors(input, bytes) {
    if (bytes % mbr/* SECTOR_SIZE */.t4 === 0) {
        return;
    }
    throw (0,user_error/* inputError */.Xu)({
        input,
        message: `Expected a multiple of ${mbr/* SECTOR_SIZE */.t4} bytes, found ${bytes} bytes.`,
        remedy: `Set ${input} to a multiple of ${mbr/* SECTOR_SIZE */.t4} bytes.`,
    });
}
/** A GPT has no such limit, but everything else is tested up to it. */
function checkSize(size, { table, firmwareOffset, firmware, filesystemSize }) {
    if (size <= mbr/* MAX_DISK_SIZE */.X$) {
        return;
    }
    const limit = table.kind === 'mbr' ? 'its partition table allows' : 'this action writes';
    const message = `The card would have at least ${size} bytes, but ${limit} at most ${mbr/* MAX_DISK_SIZE */.X$} bytes (2 TiB).`;
    const firmwareSize = firmware?.size ?? 0;
    if (Math.max(firmwareOffset, firmwareSize) > filesystemSize) {
        const input = firmwareSize > firmwareOffset ? 'firmware-size' : 'firmware-offset';
        throw (0,user_error/* inputError */.Xu)({ input, message, remedy: `Set ${input} to less.` });
    }
    throw (0,user_error/* userError */.IF)({
        title: 'The card is too large',
        message,
        remedy: 'Leave out store paths, or set free-space, firmware-offset or firmware-size to less.',
    });
}
/** What a boot loader file must not overlap. */
function areasOf(kind, size, { fat, root }) {
    const remedy = 'set the input firmware-offset to more';
    const partitions = [
        ...(fat === undefined ? [] : [{ what: 'the firmware partition', ...fat, remedy }]),
        // Nothing can follow it: it is the last, and its size may not be known.
        { what: 'the ext4 partition', offset: root.offset, length: Number.POSITIVE_INFINITY, remedy },
    ];
    return [...partitions, ...(0,table_areas/* tableAreas */.R)(kind, size)];
}
function roundUp(value, unit) {
    return Math.ceil(value / unit) * unit;
}

// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./fat/constants.js
var constants = __webpack_require__(6100);
// EXTERNAL MODULE: ./fat/volume-layout.js
var volume_layout = __webpack_require__(4358);
;// CONCATENATED MODULE: ./fat/capacity.js




const MIB = 2 ** 20;
/**
 * Lays out a volume of `size` bytes for directories and files. Throws a `UserError` if the type cannot have this size, or
 * if they do not fit, with the least size that is sufficient, and the one that has space for all of them twice.
 */
function layOutFor({ tree, directories, files }, size, filesystem) {
    const need = {
        directoryBytes: directories.map(({ bytes }) => bytes),
        fileBytes: files.map((entry) => tree.entries[entry].size),
    };
    const layout = (0,volume_layout/* layOutFat */.ce)(size, filesystem);
    if (layout !== undefined && fits(need, layout)) {
        return layout;
    }
    const message = layout === undefined
        ? wrongSize(size, filesystem)
        : `The firmware files do not fit: ${shortage(need, layout, size)}.`;
    throw (0,user_error/* inputError */.Xu)({ input: 'firmware-size', message, remedy: remedyFor(need, filesystem) });
}
function wrongSize(size, filesystem) {
    const bits = (0,volume_layout/* bitsOf */.e4)(size, filesystem);
    const least = volume_layout/* LEAST_SIZE */.G1[bits];
    if (size >= least) {
        return `A FAT partition of ${size} bytes is too large for FAT${bits}.`;
    }
    const users = bits === 32 ? ', which an EFI system partition always has,' : '';
    return `A FAT partition of ${size} bytes is too small: FAT${bits}${users} needs at least ${least} bytes.`;
}
function remedyFor(need, filesystem) {
    const least = leastSize(need, filesystem);
    if (least === undefined) {
        return 'Set the input firmware-filesystem to fat32.';
    }
    const twice = leastSize(twiceOf(need), filesystem);
    const instruction = `Set the input firmware-size to ${least} or more`;
    if (twice === undefined) {
        return `${instruction}.`;
    }
    return `${instruction}; ${twice === least ? 'it' : twice} has space for a second generation of the files.`;
}
/** What an update needs that writes all files again beside those that are there. */
function twiceOf({ directoryBytes: [root = 0, ...others], fileBytes }) {
    return { directoryBytes: [2 * root, ...others, ...others], fileBytes: [...fileBytes, ...fileBytes] };
}
function shortage(need, layout, size) {
    const rootEntries = rootBytes(need) / constants/* ENTRY_SIZE */.RY;
    if (layout.bits === 16 && rootEntries > layout.rootEntries) {
        return `the root directory needs ${rootEntries} entries, but with FAT16 it has ${layout.rootEntries}`;
    }
    return (`they need ${neededBytes(need, layout)} bytes in whole clusters, but a FAT partition of ${size} bytes has ` +
        `${layout.clusters * clusterBytesOf(layout)}`);
}
function fits(need, layout) {
    if (layout.bits === 16 && rootBytes(need) > layout.rootEntries * constants/* ENTRY_SIZE */.RY) {
        return false;
    }
    return neededBytes(need, layout) <= layout.clusters * clusterBytesOf(layout);
}
function rootBytes({ directoryBytes: [root = 0] }) {
    return root;
}
/** Bytes in whole clusters. The root directory of FAT16 is not in clusters. */
function neededBytes({ directoryBytes, fileBytes }, layout) {
    const unit = clusterBytesOf(layout);
    const inClusters = [...directoryBytes.slice(layout.bits === 32 ? 0 : 1), ...fileBytes];
    return inClusters.reduce((sum, bytes) => sum + Math.ceil(bytes / unit), 0) * unit;
}
/**
 * The least whole number of MiB that is sufficient, by trial: larger volumes may have larger clusters. `undefined` if the
 * type has no such size.
 */
function leastSize(need, filesystem) {
    const bytes = [...need.directoryBytes, ...need.fileBytes].reduce((sum, length) => sum + length, 0);
    const smallest = volume_layout/* LEAST_SIZE */.G1[filesystem === 'fat32' ? 32 : 16];
    for (let mebibytes = Math.ceil(Math.max(smallest, bytes) / MIB);; mebibytes++) {
        const layout = (0,volume_layout/* layOutFat */.ce)(mebibytes * MIB, filesystem);
        if (layout === undefined) {
            return undefined;
        }
        if (fits(need, layout)) {
            return `${mebibytes}MiB`;
        }
    }
}
function clusterBytesOf({ sectorsPerCluster }) {
    return sectorsPerCluster * source/* SECTOR_SIZE */.t4;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./fat/tree.js
var fat_tree = __webpack_require__(8837);
;// CONCATENATED MODULE: ./fat/names.js






/**
 * The name of an entry as text, whose UTF-16 units are what FAT stores. Throws a `UserError` if FAT cannot store the name, or
 * not exactly.
 */
function fatNameOf(tree, entry) {
    const { name } = tree.entries[entry];
    const text = Buffer.from(name).toString();
    const reason = (0,external_node_buffer_.isUtf8)(name) ? reasonAgainst(text) : 'its name is not UTF-8';
    if (reason !== undefined) {
        throw fatFileError(tree, entry, { reason, remedy: 'Rename it.' });
    }
    return text;
}
/** Checks that the names of a directory differ in more than case, which FAT keeps but ignores. Throws a `UserError`. */
function checkSameNames(tree, entries, names) {
    const seen = new Map();
    for (const [i, name] of names.entries()) {
        const folded = foldCase(name);
        const other = seen.get(folded);
        if (other !== undefined) {
            throw fatFileError(tree, entries[i], {
                reason: `${(0,text_escape/* quote */.hD)(tree.entries[other].name)} is in the same directory, and FAT ignores upper and lower case`,
                remedy: 'Rename one of them.',
            });
        }
        seen.set(folded, entries[i]);
    }
}
/** Creates the error for a firmware file or directory that FAT cannot store. `reason` is a clause. */
function fatFileError(tree, entry, { reason, remedy }) {
    return (0,user_error/* inputError */.Xu)({
        input: 'firmware-files',
        message: `${(0,text_escape/* quote */.hD)((0,fat_tree/* fatPathOf */.c)(tree, entry))} of the firmware files cannot be stored on a FAT partition: ${reason}.`,
        remedy,
    });
}
/** Converts each UTF-16 unit to upper case if that is one unit too, like the table of Windows. */
function foldCase(name) {
    let folded = '';
    for (let i = 0; i < name.length; i++) {
        const unit = name.charAt(i);
        const upper = unit.toUpperCase();
        folded += upper.length === 1 ? upper : unit;
    }
    return folded;
}
const RESERVED = /["*/:<>?\\|]/;
/** Why FAT cannot store a name, as a clause; `undefined` if it can. */
function reasonAgainst(name) {
    const reserved = RESERVED.exec(name);
    if (reserved !== null) {
        return `FAT names must not contain ${reserved[0]}`;
    }
    // 0xffff fills the rest of the last long name entry.
    const control = [...name].find((character) => character < ' ' || character === '\uffff');
    if (control !== undefined) {
        return `FAT names must not contain the character ${(0,printable/* printable */.g)(control)}`;
    }
    if (name.endsWith('.') || name.endsWith(' ')) {
        return 'FAT names must not end with a dot or a space';
    }
    if (name.length > constants/* MAX_NAME_UNITS */.H1) {
        return `FAT names have at most ${constants/* MAX_NAME_UNITS */.H1} UTF-16 units, but this one has ${name.length}`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./fat/short-names.js
/**
 * Short names: the eight and three characters that every entry has besides its long name. They are those of Linux's vfat
 * driver (fs/fat/namei_vfat.c, vfat_create_shortname) with two differences, which make them reproducible: characters outside
 * ASCII become `_` with any code page, and numbers from 10 on are consecutive instead of derived from the clock.
 */

const BASE_CHARACTERS = 8;
const EXTENSION_CHARACTERS = 3;
/**
 * The short names of all names of a directory, in the same order, in which they are also numbered. The names must differ in
 * more than case. A name that is short except for its case keeps it in upper case; others get a number: `LONGNA~1.TXT`.
 */
function shortNamesOf(names) {
    const shapes = names.map(shapeOf);
    const taken = new Set(shapes.filter(({ isExact }) => isExact).map(({ base, extension }) => join(base, extension)));
    const nextNumber = new Map();
    return shapes.map(({ base, extension, isExact }) => {
        if (isExact) {
            return Buffer.from(join(base, extension), 'latin1');
        }
        const kind = join(base.slice(0, BASE_CHARACTERS - 2), extension);
        let number = nextNumber.get(kind) ?? 1;
        let name = numbered(base, extension, number);
        while (taken.has(name)) {
            name = numbered(base, extension, ++number);
        }
        taken.add(name);
        nextNumber.set(kind, number + 1);
        return Buffer.from(name, 'latin1');
    });
}
/** A short name as text, such as `CONFIG.TXT`. */
function showShortName(name) {
    const text = Buffer.from(name).toString('latin1');
    const base = text.slice(0, BASE_CHARACTERS).trimEnd();
    const extension = text.slice(BASE_CHARACTERS).trimEnd();
    return extension === '' ? base : `${base}.${extension}`;
}
function shapeOf(name) {
    const dot = name.lastIndexOf('.');
    // If only dots and spaces precede the last dot, the base follows it.
    const hasExtension = dot > 0 && !SKIPPED.test(name.slice(0, dot));
    const base = hasExtension ? name.slice(0, dot) : name;
    const extension = hasExtension ? name.slice(dot + 1) : '';
    const shortBase = shorten(base, BASE_CHARACTERS);
    const shortExtension = shorten(extension, EXTENSION_CHARACTERS);
    const isExact = shortBase === base.toUpperCase() && shortExtension === extension.toUpperCase();
    return { base: shortBase, extension: shortExtension, isExact };
}
/** A text of characters that short names leave out. */
const SKIPPED = /^[. ]*$/;
const NOT_ALLOWED = new RegExp(`[^A-Z0-9${constants/* SHORT_NAME_PUNCTUATION */.Wz}]`);
function shorten(text, limit) {
    let short = '';
    for (let i = 0; i < text.length && short.length < limit; i++) {
        const unit = text.charAt(i);
        if (unit !== '.' && unit !== ' ') {
            const upper = unit < '\u0080' ? unit.toUpperCase() : unit;
            short += NOT_ALLOWED.test(upper) ? '_' : upper;
        }
    }
    return short;
}
function numbered(base, extension, number) {
    const tail = `~${number}`;
    return join(base.slice(0, BASE_CHARACTERS - tail.length) + tail, extension);
}
function join(base, extension) {
    return base.padEnd(BASE_CHARACTERS, ' ') + extension.padEnd(EXTENSION_CHARACTERS, ' ');
}

;// CONCATENATED MODULE: ./fat/structures/directory.js


/** The number of entries of a directory: its head, and for each child its long name entries and its short entry. */
function countEntries(head, children) {
    let count = head === 'root' ? 1 : 2;
    for (const child of children) {
        count += countLongEntries(child) + 1;
    }
    return count;
}
/** Encodes a directory at the start of `target`, which must be zero. */
function encodeDirectory(target, head, children) {
    let at = encodeHead(target, head);
    for (const child of children) {
        at = encodeLongEntries(target, at, child);
        const attributes = child.isDirectory ? constants/* ATTRIBUTE */.bc.directory : constants/* ATTRIBUTE */.bc.archive;
        at = encodeEntry(target, at, child.shortName, { ...child, attributes, stamp: STAMP });
    }
}
/** 2000-01-01 00:00:00, as in the sd-image module of nixpkgs. */
const STAMP = { date: ((2000 - 1980) << 9) | (1 << 5) | 1, time: 0 };
/** 2015-03-14 09:26:52: the time of the label with `mkfs.vfat --invariant`, which the sd-image module uses. */
const LABEL_STAMP = { date: ((2015 - 1980) << 9) | (3 << 5) | 14, time: (9 << 11) | (26 << 5) | (52 / 2) };
const DOT = Buffer.from('.'.padEnd(constants/* SHORT_NAME_BYTES */.ZE));
const DOT_DOT = Buffer.from('..'.padEnd(constants/* SHORT_NAME_BYTES */.ZE));
function encodeHead(target, head) {
    if (head.kind === 'root') {
        return encodeEntry(target, 0, head.label, {
            attributes: constants/* ATTRIBUTE */.bc.volumeLabel,
            stamp: LABEL_STAMP,
            cluster: 0,
            size: 0,
        });
    }
    const common = { attributes: constants/* ATTRIBUTE */.bc.directory, stamp: STAMP, size: 0 };
    const at = encodeEntry(target, 0, DOT, { ...common, cluster: head.own });
    return encodeEntry(target, at, DOT_DOT, { ...common, cluster: head.parent });
}
function encodeEntry(target, at, name, fields) {
    const { attributes, stamp, cluster, size } = fields;
    const entry = target.subarray(at, at + constants/* ENTRY_SIZE */.RY);
    entry.set(name, constants/* ENTRY */.Py.name);
    entry[constants/* ENTRY */.Py.attributes] = attributes;
    entry.writeUInt16LE(stamp.time, constants/* ENTRY */.Py.createdTime);
    entry.writeUInt16LE(stamp.date, constants/* ENTRY */.Py.createdDate);
    entry.writeUInt16LE(stamp.date, constants/* ENTRY */.Py.accessedDate);
    entry.writeUInt16LE(stamp.time, constants/* ENTRY */.Py.writtenTime);
    entry.writeUInt16LE(stamp.date, constants/* ENTRY */.Py.writtenDate);
    entry.writeUInt16LE(cluster >>> 16, constants/* ENTRY */.Py.clusterHigh);
    entry.writeUInt16LE(cluster & 0xffff, constants/* ENTRY */.Py.clusterLow);
    entry.writeUInt32LE(size, constants/* ENTRY */.Py.size);
    return at + constants/* ENTRY_SIZE */.RY;
}
const UNITS = constants/* LONG_ENTRY_UNITS */.A3.length;
/** Long name entries are needed if the short name differs from the name, also in case only. */
function countLongEntries({ name, shortName }) {
    return name === showShortName(shortName) ? 0 : Math.ceil(name.length / UNITS);
}
/** The entry with the end of the name is the first. If the name does not fill it, a zero and then 0xffff follow the name. */
function encodeLongEntries(target, start, child) {
    const { name, shortName } = child;
    const count = countLongEntries(child);
    const checksum = checksumOf(shortName);
    let at = start;
    for (let order = count; order > 0; order--) {
        const entry = target.subarray(at, at + constants/* ENTRY_SIZE */.RY);
        entry[constants/* LONG_ENTRY */.w7.order] = order === count ? order | constants/* LAST_LONG_ENTRY */.hT : order;
        entry[constants/* LONG_ENTRY */.w7.attributes] = constants/* ATTRIBUTE */.bc.longName;
        entry[constants/* LONG_ENTRY */.w7.checksum] = checksum;
        for (const [i, offset] of constants/* LONG_ENTRY_UNITS */.A3.entries()) {
            const unit = (order - 1) * UNITS + i;
            const fill = unit === name.length ? 0 : 0xffff;
            entry.writeUInt16LE(unit < name.length ? name.charCodeAt(unit) : fill, offset);
        }
        at += constants/* ENTRY_SIZE */.RY;
    }
    return at;
}
/** The checksum of a short name in its long name entries. */
function checksumOf(shortName) {
    let sum = 0;
    for (const byte of shortName) {
        sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
    }
    return sum;
}

;// CONCATENATED MODULE: ./fat/directories.js




/** Lists all directories in depth-first order. Throws a `UserError` if FAT cannot store a name or a directory. */
function listDirectories(tree) {
    const children = tree.entries.map(() => []);
    for (const [entry, { parent }] of tree.entries.entries()) {
        if (entry > 0) {
            children[parent].push(entry);
        }
    }
    const directories = [];
    const visit = (entry) => {
        const directory = planDirectory(tree, entry, children[entry]);
        directories.push(directory);
        for (const child of directory.children) {
            if (tree.entries[child].kind === 'directory') {
                visit(child);
            }
        }
    };
    visit(0);
    return directories;
}
function planDirectory(tree, entry, unordered) {
    const children = unordered.toSorted((a, b) => Buffer.compare(tree.entries[a].name, tree.entries[b].name));
    const names = children.map((child) => fatNameOf(tree, child));
    checkSameNames(tree, children, names);
    const shortNames = shortNamesOf(names);
    const named = names.map((name, i) => ({ name, shortName: shortNames[i] }));
    const count = countEntries(entry === 0 ? 'root' : 'directory', named);
    if (count > constants/* MAX_DIRECTORY_ENTRIES */.MG) {
        throw fatFileError(tree, entry, {
            reason: `its files need ${count} directory entries, but a FAT directory has at most ${constants/* MAX_DIRECTORY_ENTRIES */.MG}`,
            remedy: 'Distribute its files over several directories.',
        });
    }
    return { entry, bytes: count * constants/* ENTRY_SIZE */.RY, children, names, shortNames };
}
/** Lists the files that are not empty, in the order of their directories. Throws a `UserError` if one is too large. */
function listFiles(tree, directories) {
    const files = directories.flatMap(({ children }) => children.filter((child) => tree.entries[child].kind === 'file'));
    for (const entry of files) {
        const { size } = tree.entries[entry];
        if (size > constants/* MAX_FILE_SIZE */.w3) {
            throw fatFileError(tree, entry, {
                reason: `it has ${size} bytes, but a FAT file has at most ${constants/* MAX_FILE_SIZE */.w3}`,
                remedy: 'Remove it from the firmware files.',
            });
        }
    }
    return files.filter((entry) => tree.entries[entry].size > 0);
}

// EXTERNAL MODULE: ./fat/label.js
var fat_label = __webpack_require__(9203);
// EXTERNAL MODULE: ./fat/structures/boot-sector.js
var boot_sector = __webpack_require__(9465);
;// CONCATENATED MODULE: ./fat/plan.js







/**
 * Plans a FAT16 or FAT32 volume. Directories are stored first, then files,
 * each contiguous, in the order of their paths. The entries of a directory are in the byte order of their names, with the
 * time 2000-01-01 00:00:00 (FAT has local times, so it is midnight in every time zone). No file is read-only, so that the
 * configuration of a card can be edited.
 *
 * Throws a `UserError` if the size or the label is not valid, FAT cannot store a name or a file, or the space is too small.
 */
function planFat(tree, options) {
    const label = (0,fat_label/* encodeLabel */.j)(options.label);
    const planned = listDirectories(tree);
    const files = listFiles(tree, planned);
    const layout = layOutFor({ tree, directories: planned, files }, options.size, options.filesystem);
    const allocation = allocateClusters(tree, layout, planned, files);
    const { size, volumeId } = options;
    return {
        size,
        layout,
        reserved: (0,boot_sector/* encodeReservedSectors */.M)(layout, { volumeId, label }, allocation.end - constants/* FIRST_CLUSTER */.g9),
        chains: allocation.chains,
        ...encodeDirectories(tree, layout, { planned, allocation, label }),
        fileEntry: Uint32Array.from(files),
        fileCluster: Uint32Array.from(files, (entry) => allocation.clusterOf[entry]),
        fileSize: Float64Array.from(files, (entry) => tree.entries[entry].size),
    };
}
function allocateClusters(tree, layout, planned, files) {
    const clusterBytes = layout.sectorsPerCluster * source/* SECTOR_SIZE */.t4;
    const clusterOf = new Uint32Array(tree.entries.length);
    const chains = [];
    let next = constants/* FIRST_CLUSTER */.g9;
    const allocate = (entry, bytes) => {
        clusterOf[entry] = next;
        chains.push(next);
        next += Math.ceil(bytes / clusterBytes);
    };
    for (const { entry, bytes } of layout.bits === 32 ? planned : planned.slice(1)) {
        allocate(entry, bytes);
    }
    const directoriesEnd = next;
    for (const entry of files) {
        allocate(entry, tree.entries[entry].size);
    }
    return { clusterOf, chains: Uint32Array.from([...chains, next]), directoriesEnd, end: next };
}
function encodeDirectories(tree, layout, { planned, allocation, label }) {
    const { clusterOf, directoriesEnd } = allocation;
    const clusterBytes = layout.sectorsPerCluster * source/* SECTOR_SIZE */.t4;
    const directories = Buffer.alloc((directoriesEnd - constants/* FIRST_CLUSTER */.g9) * clusterBytes);
    const rootDirectory = Buffer.alloc(layout.rootEntries * constants/* ENTRY_SIZE */.RY);
    const headOf = (entry) => {
        const { parent } = tree.entries[entry];
        return { kind: 'directory', own: clusterOf[entry], parent: parent === 0 ? 0 : clusterOf[parent] };
    };
    for (const { entry, children, names, shortNames } of planned) {
        const isRoot = entry === 0;
        const start = (clusterOf[entry] - constants/* FIRST_CLUSTER */.g9) * clusterBytes;
        const target = isRoot && layout.bits === 16 ? rootDirectory : directories.subarray(start);
        encodeDirectory(target, isRoot ? { kind: 'root', label } : headOf(entry), children.map((child, i) => ({
            name: names[i],
            shortName: shortNames[i],
            isDirectory: tree.entries[child].kind === 'directory',
            cluster: clusterOf[child],
            size: tree.entries[child].size,
        })));
    }
    return { rootDirectory, directories };
}

;// CONCATENATED MODULE: ./fat/reserved-names.js

/**
 * Returns the paths of files and directories that Windows cannot open, because it takes their names for devices, with any
 * extension (Microsoft, "Naming Files, Paths, and Namespaces"). FAT stores them, and everything else reads them.
 */
function reservedNames(tree) {
    return tree.entries.flatMap(({ name }, entry) => entry > 0 && DEVICE.test(Buffer.from(name).toString()) ? [(0,fat_tree/* fatPathOf */.c)(tree, entry)] : []);
}
const DEVICE = /^(CON|PRN|AUX|NUL|(COM|LPT)[1-9¹²³]) *(\.|$)/i;

// EXTERNAL MODULE: ./image/card/blobs.js
var blobs = __webpack_require__(8306);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
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
// EXTERNAL MODULE: ./tree/scan.js
var tree_scan = __webpack_require__(2433);
;// CONCATENATED MODULE: ./image/card/firmware.js










/**
 * Reads the directory whose contents go on the firmware partition. FAT has no symbolic links, but firmware directories
 * that Nix builds are full of them, so each link is replaced by its target. Targets must be in the directory or in the
 * store: no other file of this machine gets into an image by accident.
 *
 * Throws a `UserError` if it is not a directory, for a link that leads elsewhere, to nothing or in a loop, and for
 * anything that is neither a file nor a directory.
 */
function scanFirmwareDirectory(path) {
    const origin = { what: 'the firmware files', errorOf: firmwareError };
    const top = resolve(origin, Buffer.from(path));
    if (!(0,external_node_fs_.lstatSync)(top).isDirectory()) {
        throw firmwareError({
            message: `${(0,text_escape/* quote */.hD)(path)} is not a directory.`,
            remedy: 'Set firmware-files to a directory.',
        });
    }
    const scan = { ...origin, allowed: [top, Buffer.from(store_path/* STORE_DIRECTORY */.Qs)] };
    try {
        return scanDirectory(scan, { path: top, above: [] });
    }
    catch (cause) {
        // The system's own message names the entry.
        throw (0,tree_scan/* isSystemError */.O)(cause)
            ? firmwareError({
                message: `The directory ${(0,text_escape/* quote */.hD)(path)} cannot be read completely.`,
                remedy: 'Set firmware-files to a directory that the user of this step may read.',
                cause,
            })
            : cause;
    }
}
/**
 * The form for a firmware partition of a directory that a boot loader needs there. FAT has no owners, no permissions and no
 * links: those of a store path are replaced by their targets, which must be in the store. Errors as in
 * `scanFirmwareDirectory`.
 */
function firmwareOverlay(directory) {
    return { kind: 'directory', children: directory.children.map(overlayChild) };
}
function overlayChild({ name, node }) {
    switch (node.kind) {
        case 'directory':
            return { name, node: firmwareOverlay(node) };
        case 'generated':
            return { name, node: { kind: 'file', source: { kind: 'generated', contents: node.contents } } };
        case 'graft':
            return {
                name,
                node: scanNode(STORE_SCAN, { path: Buffer.from(node.path), above: [] }, (0,external_node_fs_.lstatSync)(Buffer.from(node.path))),
            };
        case 'link':
            throw new Error(`No boot loader has links on a FAT partition, but there is ${(0,text_escape/* quote */.hD)(name)}.`);
    }
}
const SLASH = Buffer.from('/');
/** `path` has no links. */
function scanDirectory(scan, { path, above }) {
    if (above.some((other) => other.equals(path))) {
        throw scan.errorOf({
            message: `${capitalize(scan.what)} have a symbolic link to ${(0,text_escape/* quote */.hD)(path)}, a directory that contains the link itself.`,
            remedy: 'Remove the symbolic link.',
        });
    }
    const aboveChildren = [...above, path];
    // A directory that has become a link since it was looked at is not followed.
    const { entries } = (0,host_open/* listWithoutLinks */.Qr)(path, store_path/* STORE_DIRECTORY */.Qs);
    const children = entries.map(({ name, stats }) => {
        return { name, node: scanNode(scan, { path: Buffer.concat([path, SLASH, name]), above: aboveChildren }, stats) };
    });
    return { kind: 'directory', children };
}
/** `own` is what there is at the path itself, which may be a link. */
function scanNode(scan, place, own) {
    const { path } = place;
    const real = own.isSymbolicLink() ? resolve(scan, path) : path;
    const isAllowed = scan.allowed.some((directory) => (0,within/* isWithin */.U)(real, directory));
    if (!isAllowed) {
        throw scan.errorOf({
            message: `${(0,text_escape/* quote */.hD)(path)} of ${scan.what} is a symbolic link to ${(0,text_escape/* quote */.hD)(real)}, which is neither in the directory nor in ${store_path/* STORE_DIRECTORY */.Qs}.`,
            remedy: 'Replace the symbolic link by a copy of the file.',
        });
    }
    const stats = own.isSymbolicLink() ? (0,external_node_fs_.lstatSync)(real) : own;
    if (stats.isDirectory()) {
        return scanDirectory(scan, { ...place, path: real });
    }
    if (!stats.isFile()) {
        throw unsupported(scan, path, stats);
    }
    return { kind: 'file', source: { kind: 'host', path: real, size: stats.size, identity: (0,identity/* identityOf */.c)(stats) } };
}
function resolve({ what, errorOf }, path) {
    try {
        return (0,follow/* followLinks */.n)(path);
    }
    catch (cause) {
        throw errorOf({
            message: `${(0,text_escape/* quote */.hD)(path)} of ${what} does not exist, or is a link to nothing.`,
            remedy: 'Set firmware-files to a directory that exists, in which every symbolic link leads to a file.',
            cause,
        });
    }
}
function unsupported({ what, errorOf }, path, stats) {
    return errorOf({
        message: `${(0,text_escape/* quote */.hD)(path)} of ${what} is ${(0,kind_of/* kindOf */.I)(stats)}; a FAT partition holds only files and directories.`,
        remedy: 'Remove it.',
    });
}
function firmwareError(options) {
    return (0,user_error/* inputError */.Xu)({ input: 'firmware-files', ...options });
}
const STORE_SCAN = {
    what: 'the boot files of the system',
    allowed: [Buffer.from(store_path/* STORE_DIRECTORY */.Qs)],
    errorOf: ({ message, cause }) => (0,user_error/* userError */.IF)({
        title: 'The boot files cannot be on a FAT partition',
        message,
        remedy: 'Set system to a system whose kernel, initrd and device trees are files and directories of the store.',
        cause,
    }),
};
function capitalize(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

;// CONCATENATED MODULE: ./image/card/firmware-tree.js



/**
 * Adds the boot files of a system to the firmware files. Directories of the same name are merged. Anything else that both
 * have, in upper or lower case, is a `UserError` that names it; `where` is the path of `lower`.
 */
function mergeFirmware(lower, upper, where = '') {
    const children = [...lower.children];
    for (const child of upper.children) {
        const at = lower.children.findIndex(({ name }) => isSameName(name, child.name));
        if (at < 0) {
            children.push(child);
        }
        else {
            children[at] = mergeChildren(children[at], child, where);
        }
    }
    return { kind: 'directory', children };
}
function mergeChildren(lower, upper, where) {
    const path = `${where}${textOf(lower.name)}`;
    if (lower.node.kind === 'directory' && upper.node.kind === 'directory') {
        return { name: lower.name, node: mergeFirmware(lower.node, upper.node, `${path}/`) };
    }
    const isEqual = Buffer.compare(lower.name, upper.name) === 0;
    const other = isEqual ? '' : ` as ${(0,text_escape/* quote */.hD)(`${where}${textOf(upper.name)}`)}, and FAT ignores upper and lower case`;
    throw (0,user_error/* inputError */.Xu)({
        input: 'firmware-files',
        message: `${(0,text_escape/* quote */.hD)(path)} of the firmware files is one of the boot files of the system too${other}.`,
        remedy: 'Remove it from firmware-files, or set boot-loader to none to keep the boot files of firmware-files.',
    });
}
function isSameName(a, b) {
    return foldCase(textOf(a)) === foldCase(textOf(b));
}
function textOf(name) {
    return Buffer.from(name).toString();
}
/** Flattens a directory into the tree of a volume, in depth-first order with children ascending by bytes. */
function flattenFirmware(root) {
    const entries = [];
    const files = [];
    const add = ({ name, node }, parent) => {
        if (node.kind === 'file') {
            entries.push({ kind: 'file', parent, name, size: sizeOf(node.source) });
            files.push(node.source);
            return;
        }
        const directory = entries.push({ kind: 'directory', parent, name, size: 0 }) - 1;
        files.push(EMPTY);
        for (const child of node.children.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
            add(child, directory);
        }
    };
    add({ name: EMPTY.contents, node: root }, 0);
    return { tree: { entries }, files };
}
const EMPTY = { kind: 'generated', contents: new Uint8Array(0) };
function sizeOf(source) {
    return source.kind === 'host' ? source.size : source.contents.length;
}

// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
;// CONCATENATED MODULE: ./run/prepare/card-parts.js










/** Without a system, boot files come from the inputs, and so does the partition that they are on. */
function bootLayoutOf({ bootPartition }, system) {
    const given = bootPartition === 'firmware' ? 'firmware' : 'root';
    return {
        firmwareKind: system?.boot.firmwareKind ?? 'firmware',
        bootPartition: system?.boot.bootPartition ?? given,
        architecture: ARCHITECTURES.get(system?.platform ?? ''),
    };
}
const ARCHITECTURES = new Map([
    ['aarch64-linux', 'aarch64'],
    ['x86_64-linux', 'x86-64'],
    ['riscv64-linux', 'riscv64'],
]);
/**
 * Reads the firmware files and boot loader files that the inputs name, and what the system has for the firmware partition,
 * before any other work. Throws if they do not fit on a card together; `undefined` for a bare filesystem.
 */
function readCardParts(inputs, system) {
    if (inputs.format !== 'sd-card') {
        return undefined;
    }
    const boot = bootLayoutOf(inputs, system);
    const parts = {
        boot,
        firmware: readFirmware(inputs, boot, system?.boot.firmwareOverlay),
        blobs: inputs.bootloader.map(blobs/* scanBlob */.z),
    };
    if (parts.boot.bootPartition === 'firmware' && parts.firmware === undefined) {
        throw (0,user_error/* inputError */.Xu)({
            input: 'boot-partition',
            message: 'The input boot-partition is firmware, but the card has no FAT partition.',
            remedy: 'Set firmware-files to a directory with the files for it, or boot-partition to root.',
        });
    }
    placeOnSmallCard(inputs, parts);
    return parts;
}
/** Warns of firmware files that a person at a Windows computer cannot open or change. */
function warnOfReservedNames(firmware, log) {
    const names = firmware === undefined ? [] : reservedNames(firmware.tree);
    if (names.length === 0) {
        return;
    }
    log.warning('Windows cannot open all firmware files', `Windows takes the names of ${(0,format/* formatCount */.B4)(names.length, 'file')} of the FAT partition for devices: ` +
        `${names.slice(0, MOST_NAMES).map(text_escape/* quote */.hD).join(', ')}. Rename them if they are to be changed there.`);
}
/** Names that a warning has. */
const MOST_NAMES = 5;
/**
 * Lays out a card while of the size of its filesystem no more is known than that it is larger than its free space. The UUID
 * may depend on the closure; it decides nothing about places.
 */
function placeOnSmallCard(inputs, parts) {
    const filesystemSize = Math.max(1, Math.ceil(inputs.freeSpace / mbr/* SECTOR_SIZE */.t4)) * mbr/* SECTOR_SIZE */.t4;
    return placeOnCard(inputs, parts, { filesystemSize, uuid: new Uint8Array(16) });
}
/** Lays out a card for a filesystem of `filesystemSize` bytes with the UUID `uuid`. */
function placeOnCard({ partitionTable, rootPartition, diskId, firmwareOffset }, { boot, firmware, blobs }, { filesystemSize, uuid }) {
    const layout = planCard({
        table: partitionTable === 'mbr' ? { kind: 'mbr', diskId } : { kind: 'gpt', uuid },
        firmwareOffset,
        firmware: firmware && { kind: boot.firmwareKind, size: firmware.plan.size },
        filesystemSize,
        rootPartition,
        bootPartition: boot.bootPartition,
        architecture: boot.architecture,
        blobs,
    });
    return { firmware, layout };
}
const NO_FILES = { kind: 'directory', children: [] };
function readFirmware(inputs, { firmwareKind }, overlay) {
    const { firmwareFiles, firmwareSize, firmwareLabel, diskId } = inputs;
    if (firmwareFiles === undefined && overlay === undefined) {
        return undefined;
    }
    const given = firmwareFiles === undefined ? NO_FILES : scanFirmwareDirectory(firmwareFiles);
    const files = flattenFirmware(overlay === undefined ? given : mergeFirmware(given, firmwareOverlay(overlay)));
    const filesystem = filesystemFor(firmwareKind, inputs);
    const options = { size: firmwareSize, filesystem, volumeId: diskId, label: firmwareLabel };
    return { ...files, plan: planFat(files.tree, options) };
}
/** An EFI system partition is FAT32 (UEFI specification 2.10, section 13.3): not all firmware reads FAT16 there. */
function filesystemFor(kind, { firmwareFilesystem }) {
    if (kind !== 'esp') {
        return firmwareFilesystem;
    }
    if (firmwareFilesystem === 'fat16') {
        throw (0,user_error/* inputError */.Xu)({
            input: 'firmware-filesystem',
            message: 'The FAT partition is an EFI system partition, which is FAT32, but firmware-filesystem is fat16.',
            remedy: 'Remove firmware-filesystem, or set it to fat32.',
        });
    }
    return 'fat32';
}


/***/ }),

/***/ 9634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ prepare)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./host/small-file.js
var small_file = __webpack_require__(286);
// EXTERNAL MODULE: ./nix/registration.js
var registration = __webpack_require__(216);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./text/json.js
var json = __webpack_require__(7727);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./companions/manifest.js + 1 modules
var companions_manifest = __webpack_require__(8495);
;// CONCATENATED MODULE: ./companions/baseline.js








/**
 * Reads the file in the input `baseline`: the manifest of an earlier image, or its registration in the format of
 * /nix-path-registration or of `nix-store --dump-db`. Throws a `UserError` for any other file.
 */
function readBaseline(file, directory = store_path/* STORE_DIRECTORY */.Qs) {
    try {
        const storePaths = readStorePaths(file, directory);
        if (storePaths.length === 0) {
            throw new Error('The file lists no store paths.');
        }
        return { name: (0,external_node_path_.basename)(file), storePaths };
    }
    catch (cause) {
        throw (0,user_error/* inputError */.Xu)({
            input: 'baseline',
            message: `The baseline ${(0,printable/* printable */.g)(file)} cannot be read.`,
            remedy: 'Set baseline to the .manifest.json that an earlier run left beside its image, or to the nix-path-registration of an ' +
                'earlier image, or leave it empty.',
            cause,
        });
    }
}
function readStorePaths(file, directory) {
    const contents = (0,small_file/* readSmallFile */.E)(file, { limit: LARGEST_FILE });
    if (isJson(contents)) {
        return parseManifest(contents.toString(), directory);
    }
    return (0,registration/* parseRegistration */.l)(contents, directory).map(({ path, size: narSize }) => ({ path, narSize }));
}
/** Bytes. Enough for 300,000 store paths; an image given by mistake is not read. */
const LARGEST_FILE = 128 * 2 ** 20;
/** A registration starts with a store path, and a manifest is an object. */
function isJson(contents) {
    return /^\s*\{/.test(contents.toString('latin1', 0, 100));
}
/** The store paths of a manifest. Throws an `Error` if it is not a manifest of the supported version. */
function parseManifest(text, directory) {
    const manifest = JSON.parse(text);
    if (!(0,json/* isObject */.G)(manifest) || typeof manifest.manifestVersion !== 'number' || !Array.isArray(manifest.storePaths)) {
        throw new Error('The JSON has no manifestVersion and storePaths: it is not the manifest of an image.');
    }
    if (manifest.manifestVersion !== companions_manifest/* MANIFEST_VERSION */.hh) {
        throw new Error(`The manifest has the version ${manifest.manifestVersion}; only version ${companions_manifest/* MANIFEST_VERSION */.hh} is supported.`);
    }
    const entries = manifest.storePaths;
    return entries.map((entry, i) => {
        if (!(0,json/* isObject */.G)(entry) || typeof entry.path !== 'string' || !isSize(entry.narSize)) {
            throw new Error(`Entry ${i} of storePaths has no valid path and narSize.`);
        }
        return { path: (0,store_path/* parseStorePath */.GV)(entry.path, directory).path, narSize: entry.narSize };
    });
}
function isSize(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

// EXTERNAL MODULE: ./image/frames/codecs.js + 1 modules
var codecs = __webpack_require__(8329);
// EXTERNAL MODULE: ./image/output-file.js
var output_file = __webpack_require__(5877);
// EXTERNAL MODULE: ./inputs/preconditions.js
var preconditions = __webpack_require__(1980);
// EXTERNAL MODULE: ./tree/directory.js
var directory = __webpack_require__(8625);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./tree/overlay.js
var overlay = __webpack_require__(7750);
;// CONCATENATED MODULE: ./nixos/mounts/fstab.js


/** The mounts of a system, in the order of its `etc/fstab`; none if it has no such file. */
function readMounts(toplevel) {
    const path = (0,external_node_path_.join)(toplevel, 'etc/fstab');
    return parseFstab((0,small_file/* readSmallFileIfAny */.H)(path)?.toString() ?? '');
}
/** Parses an fstab; lines that are not complete are dropped. */
function parseFstab(text) {
    const lines = text.split('\n').map((line) => line.trim());
    return lines.flatMap((line) => {
        const [device, directory, type, options = ''] = line.split(/[ \t]+/).map(decodeOctal);
        return line.startsWith('#') || type === undefined
            ? []
            : [{ device, directory: withoutSlash(directory), type, options: options.split(',') }];
    });
}
/** `/` stays. */
function withoutSlash(path) {
    const normal = external_node_path_.posix.normalize(path);
    return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
/** Space, tab and others are octal escapes (fstab(5)). */
function decodeOctal(field) {
    return field.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
/** The mount that a path of the device is in; `undefined` if none is known. */
function mountOf(mounts, path) {
    const isAbove = ({ directory }) => {
        return directory === '/' || path === directory || path.startsWith(`${directory}/`);
    };
    const above = mounts.filter((mount) => mount.type !== 'swap' && isAbove(mount));
    return above.reduce((best, mount) => {
        return best === undefined || mount.directory.length >= best.directory.length ? mount : best;
    }, undefined);
}

;// CONCATENATED MODULE: ./nixos/system-error.js

/** Remedy for a path that is not a NixOS system. */
const BUILD_SYSTEM = 'Set system to a NixOS system: the result of building config.system.build.toplevel, which `nix build` links as ./result.';
/** The error for a NixOS system that is incomplete or malformed. The texts must be safe to print. */
function systemError({ message, remedy = BUILD_SYSTEM, cause, }) {
    return (0,user_error/* userError */.IF)({ title: 'The NixOS system cannot be read', message, remedy, cause });
}

;// CONCATENATED MODULE: ./nixos/extlinux/configuration.js
/**
 * Encodes an `extlinux.conf` with one entry, the default, byte for byte as NixOS writes it into an image (nixpkgs,
 * nixos/modules/system/boot/loader/generic-extlinux-compatible/extlinux-conf-builder.sh). `timeout` is in seconds: a
 * negative one waits for ever, 0 shows no menu.
 */
function encodeExtlinux(entry, timeout) {
    const { kernel, initrd, parameters, deviceTree } = entry;
    const head = [
        '# Generated file, all changes will be lost on nixos-rebuild!',
        '',
        '# Change this to e.g. nixos-42 to temporarily boot to an older configuration.',
        'DEFAULT nixos-default',
        '',
        `TIMEOUT ${tenths(timeout)}`,
        ...(timeout === 0 ? [] : [`MENU TITLE ${'-'.repeat(60)}`]),
        '',
        'LABEL nixos-default',
        '  MENU LABEL NixOS - Default',
        `  LINUX ${kernel}`,
        `  INITRD ${initrd}`,
        '  APPEND ',
    ];
    const tree = deviceTree && `  ${deviceTree.kind === 'file' ? 'FDT' : 'FDTDIR'} ${deviceTree.path}\n`;
    return Buffer.concat([Buffer.from(head.join('\n')), parameters, Buffer.from(`\n${tree ?? ''}`)]);
}
/** U-Boot counts tenths of a second, and waits for ever at 0. */
function tenths(timeout) {
    if (timeout < 0) {
        return 0;
    }
    return timeout === 0 ? 1 : timeout * 10;
}

;// CONCATENATED MODULE: ./nixos/extlinux/boot-files.js







/**
 * Returns the files that U-Boot needs to boot a system: `extlinux/extlinux.conf`, and copies of the kernel, the initrd and
 * the device trees in `nixos`, named by their store paths and with the modes of the store, as extlinux-conf-builder.sh of
 * NixOS puts them into its directory. The next `nixos-rebuild` finds them and keeps them while they are in use.
 *
 * Throws a `UserError` if the settings name a device tree that the system does not have, and for a path whose name would be
 * longer than that of a file can be.
 */
function extlinuxFiles(system, settings) {
    const files = [system.kernel, system.initrd, ...(system.deviceTrees === undefined ? [] : [system.deviceTrees])];
    const entry = {
        kernel: pathFromConfiguration(system.kernel),
        initrd: pathFromConfiguration(system.initrd),
        parameters: parametersOf(system),
        deviceTree: deviceTreeOf(system, settings),
    };
    return (0,directory/* directory */.yy)({
        extlinux: (0,directory/* directory */.yy)({ 'extlinux.conf': (0,directory/* file */.NJ)(encodeExtlinux(entry, settings.timeout)) }),
        nixos: (0,directory/* directory */.yy)(Object.fromEntries(files.map((path) => [nameOf(path), (0,directory/* graft */.tQ)(path)]))),
    });
}
/** The kernel parameters of a menu entry. */
function parametersOf({ init, kernelParams }) {
    return Buffer.concat([Buffer.from(`init=${init} `), kernelParams]);
}
function deviceTreeOf(system, settings) {
    if (!settings.usesDeviceTrees) {
        return undefined;
    }
    const { deviceTrees } = system;
    const isDirectory = deviceTrees !== undefined && (0,external_node_fs_.statSync)(deviceTrees).isDirectory();
    if (settings.deviceTree === undefined) {
        return isDirectory ? { kind: 'directory', path: pathFromConfiguration(deviceTrees) } : undefined;
    }
    if (!isDirectory || !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(deviceTrees, settings.deviceTree))) {
        throw systemError({
            message: `The system ${(0,text_escape/* quote */.hD)(system.toplevel)} is configured to boot with the device tree ${(0,text_escape/* quote */.hD)(settings.deviceTree)}, which is not one of its device trees.`,
            remedy: 'Correct hardware.deviceTree.name.',
        });
    }
    return { kind: 'file', path: `${pathFromConfiguration(deviceTrees)}/${settings.deviceTree}` };
}
/** What ext4 and FAT allow, and Linux: NAME_MAX. */
const MAX_NAME = 255;
/** Turns `<hash>-linux/Image` of the store into `<hash>-linux-Image`. */
function nameOf(path) {
    const name = path.slice(store_path/* STORE_DIRECTORY */.Qs.length + 1).replaceAll('/', '-');
    const bytes = Buffer.byteLength(name);
    if (bytes > MAX_NAME) {
        throw systemError({
            message: `The boot file ${(0,text_escape/* quote */.hD)(path)} would have the name ${(0,text_escape/* quote */.hD)(name)} in /boot/nixos: ${bytes} bytes, and a name has at most ${MAX_NAME}.`,
            remedy: 'Shorten the name of the package, or the path of the file in it.',
        });
    }
    return name;
}
function pathFromConfiguration(path) {
    return `../nixos/${nameOf(path)}`;
}

// EXTERNAL MODULE: ./nixos/boot-options.js
var boot_options = __webpack_require__(908);
;// CONCATENATED MODULE: ./nixos/extlinux/notes.js


/** What was read of the menus of an image, what is a default, and what `nixos-rebuild` on the device will do. */
function notesOf(placed, { system, loader, options, }) {
    return [
        ...placed.map((entry) => describeMenu(entry, loader, options)),
        ...placed.flatMap(unreadNotes),
        ...lengthNotes(system),
    ];
}
/** A phrase, such as `/boot of the root partition`. */
function describePlace({ partition, path }) {
    return `/${path} of the ${partition === 'root' ? 'root' : 'FAT'} partition`;
}
function describeMenu({ menu, place, notUpdated }, loader, options) {
    const settings = `${describeTimeout(menu.settings.timeout)}, ${describeDeviceTrees(menu.settings)}`;
    const image = `The image has an extlinux.conf in ${describePlace(place)}: ${settings}`;
    if (loader.kind !== 'extlinux') {
        const text = `${REASONS[reasonOf(loader)]} ${image}, as the inputs set it, or else by default in NixOS.`;
        return { title: boot_options/* NOT_UPDATED */.wg, text };
    }
    const isOverridden = options.deviceTree !== undefined || options.bootTimeout !== undefined;
    const origin = isOverridden ? 'as the inputs and the system set it' : 'as the system sets it';
    if (notUpdated !== undefined) {
        const text = `${image}, ${origin}. nixos-rebuild on the device will not update it: ${notUpdated}.`;
        return { title: boot_options/* NOT_UPDATED */.wg, text };
    }
    return { title: undefined, text: `${image}, ${origin}. nixos-rebuild on the device writes to ${menu.directory}` };
}
function reasonOf(loader) {
    return loader.kind === 'none' ? loader.reason : loader.kind;
}
/** What nixos-rebuild does on a device whose image has a menu that is not its own. */
const REASONS = {
    'no-switch': 'The system cannot be switched (system.switch.enable is false), so its boot loader cannot be read, and nixos-rebuild on the device updates nothing.',
    'not-enabled': 'The system has no boot loader enabled: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
    grub: 'The system uses GRUB, which this action does not install: nixos-rebuild on the device will install GRUB, and not update what U-Boot boots.',
    'systemd-boot': 'The system uses systemd-boot: nixos-rebuild on the device will write to its EFI system partition, and not update what U-Boot boots.',
    'raspberry-pi': 'The firmware of a Raspberry Pi boots the system: nixos-rebuild on the device will write to its FAT partition, and not update what U-Boot boots.',
    unknown: 'The system has a boot loader that this action does not know: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
};
function describeTimeout(timeout) {
    if (timeout < 0) {
        return 'a menu that waits for ever';
    }
    return timeout === 0 ? 'no menu' : `a menu for ${timeout} s`;
}
function describeDeviceTrees({ usesDeviceTrees, deviceTree }) {
    if (!usesDeviceTrees) {
        return 'the device tree of the firmware';
    }
    return deviceTree === undefined ? 'a device tree of the kernel that U-Boot chooses' : `the device tree ${deviceTree}`;
}
function unreadNotes({ menu }) {
    return menu.unread.map((setting) => ({
        title: 'A setting of the boot loader cannot be read',
        text: `The installer of the system sets the ${setting} in a way that cannot be read without running it; the image has the default of NixOS. Set ${INPUTS[setting]} to override it.`,
    }));
}
const INPUTS = { 'device tree': 'device-tree', directory: 'boot-partition', timeout: 'boot-timeout' };
/** U-Boot's CONFIG_SYS_CBSIZE is 1,024 bytes by default, with the NUL at the end. */
const MAX_PARAMETERS = 1023;
function lengthNotes(system) {
    const { length } = parametersOf(system);
    if (length <= MAX_PARAMETERS) {
        return [];
    }
    return [
        {
            title: 'The kernel parameters are long',
            text: `The kernel parameters have ${length} bytes. U-Boot skips a menu entry with more than its CONFIG_SYS_CBSIZE allows, ${MAX_PARAMETERS} bytes unless the board raises it. Shorten boot.kernelParams.`,
        },
    ];
}

;// CONCATENATED MODULE: ./nixos/mounts/device.js
/** Parses the first field of fstab(5), or the value of `root=`; UUIDs become lower case. */
function parseDevice(text) {
    const [, tag, tagged] = /^(LABEL|UUID|PARTLABEL|PARTUUID)=(?:"([^"]*)"|.*)$/s.exec(text) ?? [];
    if (tag !== undefined) {
        return taggedDevice(tag, tagged ?? text.slice(tag.length + 1));
    }
    const [, directory, name] = /^\/dev\/disk\/by-(label|uuid|partlabel|partuuid)\/(.+)$/s.exec(text) ?? [];
    if (directory !== undefined) {
        return taggedDevice(directory.toUpperCase(), decodeUdev(name));
    }
    const [, number] = /^\/dev\/(?:(?:mmcblk\d+|nvme\d+n\d+)p|(?:sd|vd|hd|xvd)[a-z]+)(\d+)$/.exec(text) ?? [];
    return number === undefined ? { kind: 'other' } : { kind: 'partition-number', value: Number(number) };
}
function taggedDevice(tag, value) {
    switch (tag) {
        case 'LABEL':
            return { kind: 'label', value };
        case 'UUID':
            return { kind: 'uuid', value: value.toLowerCase() };
        case 'PARTLABEL':
            return { kind: 'partition-label', value };
        default:
            return { kind: 'partition-uuid', value: value.toLowerCase() };
    }
}
/** udev writes bytes that a name of a link cannot have as `\xNN` (systemd, src/shared/device-nodes.c). */
function decodeUdev(name) {
    const bytes = name.replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return bytes === name ? name : Buffer.from(bytes, 'latin1').toString();
}

;// CONCATENATED MODULE: ./nixos/extlinux/place.js





/**
 * Finds where a directory of the device is on an image: the installer of the system writes boot files there, and the boot
 * loader must find them. The system's mounts decide; without one, `/boot/firmware` is the FAT partition, as in the sd-image
 * module of nixpkgs. U-Boot looks for its configuration in `/` and `/boot` of a partition only. Returns `undefined` for a
 * directory that is on no partition of the image.
 */
function findPlace(directory, mounts, fat) {
    const path = external_node_path_.posix.normalize(`${directory}/`).slice(0, -1);
    const mount = mountOf(mounts, path);
    if (mount !== undefined && mount.directory !== '/') {
        return isFat(mount, fat) ? { partition: 'firmware', path: path.slice(mount.directory.length + 1) } : undefined;
    }
    if (path === '' || path === '/boot') {
        return { partition: 'root', path: path.slice(1) };
    }
    return path === FIRMWARE_DIRECTORY ? { partition: 'firmware', path: '' } : undefined;
}
/** As `findPlace`, but throws a `UserError` that names a directory which is on no partition of the image. */
function placeOnImage(directory, mounts, fat) {
    const place = findPlace(directory, mounts, fat);
    if (place === undefined) {
        const mount = mountOf(mounts, directory);
        throw notOnImage(directory, mount?.directory === '/' ? undefined : mount, fat);
    }
    return place;
}
const FIRMWARE_DIRECTORY = '/boot/firmware';
/** Whether a line of an fstab may mean the FAT partition of an image. */
function isFat(mount, { label, volumeId }) {
    const device = parseDevice(mount.device);
    const id = volumeId.toString(16).padStart(8, '0');
    switch (device.kind) {
        case 'label':
            return device.value === label;
        case 'uuid':
            return device.value === `${id.slice(0, 4)}-${id.slice(4)}`;
        case 'partition-uuid':
            return /^[0-9a-f]{8}-[0-9a-f]{2}$/.test(device.value) ? device.value.startsWith(id) : isFatType(mount);
        default:
            return isFatType(mount);
    }
}
function isFatType({ type }) {
    return type === 'vfat' || type === 'msdos';
}
function notOnImage(directory, mount, { label }) {
    const where = mount === undefined
        ? 'which is on no partition of the image that U-Boot looks at'
        : `where its fstab mounts ${(0,text_escape/* quote */.hD)(mount.device)}, which is no partition of the image: the label of the FAT partition is ${(0,text_escape/* quote */.hD)(label)}`;
    return (0,user_error/* userError */.IF)({
        title: 'The boot files have no place in the image',
        message: `The installer of the system writes its boot files to ${(0,text_escape/* quote */.hD)(directory)}, ${where}.`,
        remedy: mount === undefined
            ? 'Set boot-partition to root or firmware, or correct boot.loader.generic-extlinux-compatible.mirroredBoots.'
            : 'Set firmware-label or disk-id to what the system mounts, or boot-partition to root or firmware.',
    });
}

;// CONCATENATED MODULE: ./nixos/extlinux/settings.js
/** The defaults of NixOS. */
const DEFAULT_LOADER_SETTINGS = { timeout: 5, deviceTree: undefined, usesDeviceTrees: true };
/** Where NixOS writes boot files by default. */
const DEFAULT_BOOT_DIRECTORY = '/boot';

;// CONCATENATED MODULE: ./nixos/extlinux/boot.js












/**
 * Makes the boot menus that the installer of a system would write, where it would write them, and without an extlinux
 * installer one with the defaults of NixOS in `/boot`. The inputs win over the system.
 *
 * Errors as in `extlinuxFiles` and `placeOnImage`; and a `UserError` if the image cannot have the FAT partition that a menu
 * is on, and for a device tree of the inputs that the system does not have.
 */
function extlinuxBoot(system, loader, options) {
    const menus = (loader.kind === 'extlinux' ? loader.menus : [DEFAULT_MENU]).map((menu) => override(menu, options));
    checkDeviceTree(system, options.deviceTree);
    const placed = placeMenus(menus, system, options);
    const files = (partition) => {
        const trees = placed
            .filter(({ place }) => place.partition === partition)
            .map(({ menu, place }) => (0,directory/* directoryAt */.Dp)(place.path, extlinuxFiles(system, menu.settings)));
        return trees.length === 0 ? undefined : trees.reduce((lower, upper) => (0,overlay/* overlay */.L)(lower, upper));
    };
    const isUpdated = loader.kind === 'extlinux' && placed.every(({ notUpdated }) => notUpdated === undefined);
    const where = placed.map(({ place }) => describePlace(place)).join(' and ');
    return {
        root: files('root') ?? (0,directory/* directory */.yy)({}),
        firmware: files('firmware'),
        bootPartition: options.bootPartition === 'auto' ? placed[0].place.partition : options.bootPartition,
        summary: `extlinux in ${where}${isUpdated ? '' : ', which nixos-rebuild does not update'}`,
        notes: notesOf(placed, { system, loader, options }),
    };
}
const DEFAULT_MENU = { directory: DEFAULT_BOOT_DIRECTORY, settings: DEFAULT_LOADER_SETTINGS, unread: [] };
/** Replaces the settings that the inputs have. */
function override(menu, { deviceTree, bootTimeout, bootPartition }) {
    const given = {
        'device tree': deviceTree !== undefined,
        timeout: bootTimeout !== undefined,
        directory: bootPartition !== 'auto',
    };
    const { settings } = menu;
    return {
        ...menu,
        settings: {
            timeout: bootTimeout ?? settings.timeout,
            deviceTree: deviceTree ?? settings.deviceTree,
            usesDeviceTrees: deviceTree !== undefined || settings.usesDeviceTrees,
        },
        unread: menu.unread.filter((setting) => !given[setting]),
    };
}
function checkDeviceTree({ toplevel, deviceTrees }, name) {
    if (name === undefined || (deviceTrees !== undefined && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(deviceTrees, name)))) {
        return;
    }
    throw (0,user_error/* inputError */.Xu)({
        input: 'device-tree',
        message: `The system ${(0,text_escape/* quote */.hD)(toplevel)} does not have the device tree ${(0,text_escape/* quote */.hD)(name)}.`,
        remedy: 'Set device-tree to a path below its directory dtbs, such as rockchip/rk3588-orangepi-5.dtb.',
    });
}
function placeMenus(menus, { toplevel }, { bootPartition, fat }) {
    const mounts = readMounts(toplevel);
    if (bootPartition !== 'auto') {
        const [menu] = menus;
        const place = { partition: bootPartition, path: bootPartition === 'root' ? 'boot' : '' };
        const isOwn = (0,external_node_util_.isDeepStrictEqual)(findPlace(menu.directory, mounts, fat ?? NO_FAT), place);
        return [{ menu, place, notUpdated: isOwn ? undefined : `it writes to ${menu.directory}` }];
    }
    return menus.map((menu) => {
        const place = placeOnImage(menu.directory, mounts, fat ?? NO_FAT);
        if (place.partition === 'firmware' && fat === undefined) {
            throw noFirmwarePartition(menu.directory);
        }
        const mount = mountOf(mounts, menu.directory);
        const isMounted = mount === undefined || !mount.options.includes('noauto');
        return { menu, place, notUpdated: isMounted ? undefined : `its fstab does not mount ${mount.directory} (noauto)` };
    });
}
/** For an image without a FAT partition: a label that no filesystem has. */
const NO_FAT = { label: '', volumeId: 0 };
function noFirmwarePartition(path) {
    return (0,user_error/* userError */.IF)({
        title: 'The boot files have no place in the image',
        message: `The installer of the system writes its boot files to ${(0,text_escape/* quote */.hD)(path)}, on a FAT partition, which an image with format: ext4 does not have.`,
        remedy: 'Set format to sd-card, boot-partition to root, or boot-loader to none.',
    });
}

;// CONCATENATED MODULE: ./nixos/loader/shell.js
/**
 * Reads the words of a command in a shell script, from `start` up to the end of the command: quotes, backslashes and
 * parameters as in POSIX (Shell Command Language, sections 2.2 and 2.6.2), nothing else. A word with a substitution of
 * another kind is not known.
 */
function readWords(text, start, expand) {
    const words = [];
    let rest = text.slice(start);
    for (;;) {
        rest = rest.replace(SPACE, '');
        if (rest === '' || END.test(rest)) {
            return words;
        }
        const { length, parts } = readWord(rest);
        const [only] = parts;
        if (parts.length === 1 && only.kind === 'parameter') {
            words.push(...(expand(only.name) ?? [undefined]));
        }
        else {
            words.push(joinParts(parts, expand));
        }
        rest = rest.slice(length);
    }
}
const SPACE = /^(?:[ \t]|\\\n)+/;
/** Operators, and a comment. */
const END = /^[\n;&|()<>#]/;
const LINE_CONTINUATION = '\\\n';
function readWord(text) {
    const parts = [];
    let at = 0;
    while (at < text.length && !/[\s;&|()<>]/.test(text.charAt(at))) {
        const part = readPart(text.slice(at));
        parts.push(...part.parts);
        at += part.length;
    }
    return { length: at, parts };
}
function readPart(text) {
    const [single] = /^'[^']*'/.exec(text) ?? [];
    if (single !== undefined) {
        return { length: single.length, parts: [{ kind: 'text', text: single.slice(1, -1) }] };
    }
    const [double] = /^"(?:[^"\\]|\\.)*"/s.exec(text) ?? [];
    if (double !== undefined) {
        return { length: double.length, parts: splitQuoted(double.slice(1, -1)) };
    }
    const [plain] = /^(?:\\.|\$(?:[@*]|\d|[A-Za-z_]\w*|\{\w+\})|.)/s.exec(text) ?? [''];
    return { length: plain.length, parts: [partOf(plain, /^\\(?=.)/s)] };
}
/** Splits what is between double quotes, where a backslash is one except in front of `$`, `` ` ``, `"` and itself. */
function splitQuoted(text) {
    const pieces = text.match(/\\.|\$(?:[@*]|\d|[A-Za-z_]\w*|\{\w+\})|./gs) ?? [];
    const parts = pieces.map((piece) => partOf(piece, /^\\(?=[$`"\\])/));
    return parts.length === 0 ? [{ kind: 'text', text: '' }] : parts;
}
function partOf(piece, escaped) {
    if (piece === LINE_CONTINUATION) {
        return { kind: 'text', text: '' };
    }
    if (escaped.test(piece)) {
        return { kind: 'text', text: piece.slice(1) };
    }
    if (piece === '$' || piece === '`') {
        return { kind: 'unknown' };
    }
    return piece.startsWith('$')
        ? { kind: 'parameter', name: piece.replace(/[${}]/g, '') }
        : { kind: 'text', text: piece };
}
function joinParts(parts, expand) {
    let word = '';
    for (const part of parts) {
        const text = part.kind === 'parameter' ? soleWord(expand(part.name)) : part.kind === 'text' ? part.text : undefined;
        if (text === undefined) {
            return undefined;
        }
        word += text;
    }
    return word;
}
function soleWord(words) {
    return words?.length === 1 ? words[0] : undefined;
}
/**
 * Parses options as `getopts` of the shell does: `letters` has a colon after each one with an argument. Returns `undefined`
 * for a letter that it does not have.
 */
function parseOptions(words, letters) {
    const options = new Map();
    const rest = [...words];
    while (rest.length > 0) {
        const word = rest.shift();
        if (word === undefined || !/^-[^-]/.test(word)) {
            return options;
        }
        for (let at = 1; at < word.length; at++) {
            const letter = word.charAt(at);
            const index = letters.indexOf(letter);
            if (index < 0 || letter === ':') {
                return undefined;
            }
            const hasArgument = letters.charAt(index + 1) === ':';
            const argument = at + 1 < word.length ? word.slice(at + 1) : rest[0];
            options.set(letter, [...(options.get(letter) ?? []), hasArgument ? argument : '']);
            if (hasArgument) {
                if (at + 1 === word.length) {
                    rest.shift();
                }
                break;
            }
        }
    }
    return options;
}

;// CONCATENATED MODULE: ./nixos/loader/calls.js



/**
 * Lists the calls of a command, and those in the scripts that it calls, up to `MAX_SCRIPTS` scripts deep. Nothing is run:
 * arguments that a script passes on are followed, as `"$@"`, `$1` and by the variables of its `getopts`.
 */
function listCalls(command, positional) {
    return callsIn(command, { positional, appended: positional, depth: 0 });
}
/** An installer and three more: those of NixOS call their builder by one or two scripts, and wrappers add some. */
const MAX_SCRIPTS = 4;
function callsIn(text, { positional, appended, depth }) {
    const code = text.replace(/^[ \t]*#.*$/gm, '');
    const expand = expanderOf(code, positional);
    return [...code.matchAll(PROGRAM)].map((match) => {
        const [, program] = match;
        const words = [...readWords(code, match.index + match[0].length, expand), ...appended];
        const script = readScript(program);
        const calls = script === undefined || depth >= MAX_SCRIPTS
            ? []
            : callsIn(script, { positional: words, appended: [], depth: depth + 1 });
        return { program, script, words, calls };
    });
}
/** A path of the store, in quotes or not. */
const PROGRAM = new RegExp(`["']?(${store_path/* STORE_DIRECTORY */.Qs}/[0-9a-df-np-sv-z]{32}-[\\w+./?=-]+)["']?`, 'g');
function expanderOf(code, positional) {
    return (parameter) => {
        if (parameter === '@' || parameter === '*') {
            return positional;
        }
        return /^\d+$/.test(parameter) ? [positional[Number(parameter) - 1]] : [variableOf(code, parameter, positional)];
    };
}
/** The value of a variable: an argument that the script takes by `getopts`, or a plain assignment. */
function variableOf(code, name, positional) {
    const [, letter] = new RegExp(`^[ \\t]*(\\w)\\)[ \\t]*${name}="?\\$\\{?OPTARG\\b`, 'm').exec(code) ?? [];
    const at = letter === undefined ? -1 : positional.indexOf(`-${letter}`);
    if (at >= 0) {
        return positional[at + 1];
    }
    const [, value] = new RegExp(`^[ \\t]*${name}=["']?([\\w./-]+)["']?[ \\t]*(?:$|[;#])`, 'm').exec(code) ?? [];
    return value;
}
/** No installer is as large. */
const MAX_SCRIPT_BYTES = 2 ** 20;
function readScript(path) {
    if (!(0,external_node_fs_.existsSync)(path) || !(0,external_node_fs_.statSync)(path).isFile()) {
        return undefined;
    }
    const file = (0,external_node_fs_.openSync)(path, 'r');
    try {
        if ((0,external_node_fs_.fstatSync)(file).size > MAX_SCRIPT_BYTES) {
            return undefined;
        }
        const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
        return text.startsWith('#!') ? text : undefined;
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}

;// CONCATENATED MODULE: ./nixos/loader/boot-loader.js







/**
 * Reads which boot loader a system has, with its settings. No specification has them; they are arguments in the text of its
 * scripts: `bin/switch-to-configuration` names the installer, which calls the builder of the loader, by other scripts or
 * itself. Nothing is run.
 */
function readBootLoader(toplevel) {
    const script = (0,external_node_path_.join)(toplevel, 'bin/switch-to-configuration');
    if (!(0,external_node_fs_.existsSync)(script)) {
        return { kind: 'none', reason: 'no-switch' };
    }
    const commands = installerCommands((0,small_file/* readSmallFile */.E)(script).toString('latin1'));
    const outer = commands.flatMap((command) => listCalls(command, [toplevel]));
    const menus = outer.flatMap(menusOf);
    if (menus.length > 0) {
        // The last call for a directory replaces what earlier ones wrote.
        return { kind: 'extlinux', menus: [...new Map(menus.map((menu) => [menu.directory, menu])).values()] };
    }
    const calls = allCalls(outer);
    const loader = calls.map(loaderOf).find((found) => found !== undefined);
    if (loader?.kind === 'systemd-boot') {
        return { ...loader, hasMoreCommands: calls.some(hasMoreCommands) };
    }
    if (loader !== undefined) {
        return loader;
    }
    if (calls.some(({ program }) => program.endsWith('-install-systemd-boot.sh'))) {
        return { kind: 'systemd-boot', builder: undefined, hasMoreCommands: false };
    }
    const texts = [...commands, ...calls.map((call) => call.script ?? '')];
    return texts.some((text) => text.includes(NOT_ENABLED))
        ? { kind: 'none', reason: 'not-enabled' }
        : { kind: 'unknown' };
}
/** What the installer of a system without a boot loader prints (nixpkgs, nixos/modules/system/activation/top-level.nix). */
const NOT_ENABLED = 'do not know how to make this configuration bootable';
/**
 * The commands that `bin/switch-to-configuration` installs a boot loader with: the value of `INSTALL_BOOTLOADER` in a
 * wrapper, and of `$installBootLoader` in the Perl script of older systems. Elsewhere, all texts in quotes.
 */
function installerCommands(text) {
    for (const pattern of [WRAPPER_VALUE, PERL_VALUE, QUOTED]) {
        const values = [...text.matchAll(pattern)].map(([, value]) => value).filter((value) => value !== '');
        if (values.length > 0) {
            return values.map((value) => value.replaceAll("'\\''", "'"));
        }
    }
    return [];
}
const WRAPPER_VALUE = /\bINSTALL_BOOTLOADER(?:=|['"]? +)['"]?((?:[^'"\n\0]|'\\'')*)/g;
const PERL_VALUE = /\$installBootLoader *= *["']([^"\n]*)["'];/g;
const QUOTED = new RegExp(`["']?(${store_path/* STORE_DIRECTORY */.Qs}/[^"'\\n\\0]*)`, 'g');
function allCalls(calls) {
    return calls.flatMap((call) => [call, ...allCalls(call.calls)]);
}
/** The options of extlinux-conf-builder.sh; a fork has `-b`. */
const BUILDER_OPTIONS = 'g:t:n:d:c:b:r';
/** The menus that a call writes: those of the innermost calls of the extlinux builder, or of a copy under another name. */
function menusOf(call) {
    const inner = call.calls.flatMap(menusOf);
    return inner.length > 0 ? inner : menuOf(call);
}
function menuOf(call) {
    const isNamed = /-extlinux-conf-builder[^/]*$/.test(call.program);
    const options = parseOptions(call.words, BUILDER_OPTIONS);
    if (!isNamed && !isBuilder(call.script) && !hasBuilderOptions(options)) {
        return [];
    }
    const argumentOf = (letter) => options?.get(letter)?.at(-1);
    const timeout = argumentOf('t');
    const isTimeout = timeout !== undefined && /^-?\d+$/.test(timeout);
    const unread = [];
    if (!isTimeout) {
        unread.push('timeout');
    }
    if (options?.has('n') && argumentOf('n') === undefined) {
        unread.push('device tree');
    }
    if (options?.has('d') && argumentOf('d') === undefined) {
        unread.push('directory');
    }
    const settings = {
        timeout: isTimeout ? Number(timeout) : DEFAULT_LOADER_SETTINGS.timeout,
        deviceTree: argumentOf('n'),
        usesDeviceTrees: !options?.has('r'),
    };
    return [{ directory: argumentOf('d') ?? DEFAULT_BOOT_DIRECTORY, settings, unread }];
}
/** A copy of the builder, whatever its name. */
function isBuilder(script) {
    return (script !== undefined && /\bgetopts\b/.test(script) && /extlinux\.conf/.test(script) && /\bAPPEND\b/.test(script));
}
/** NixOS always gives the builder these; no other installer has all of them and no others. */
function hasBuilderOptions(options) {
    return ['g', 't', 'c'].every((letter) => options?.has(letter));
}
function loaderOf(call) {
    const name = call.program.slice(call.program.lastIndexOf('/') + 1);
    if (/systemd-boot-builder|(?:^|-)systemd-boot$/.test(name)) {
        return { kind: 'systemd-boot', builder: call.program, hasMoreCommands: false };
    }
    if (/-nixos-generations-builder\.sh$/.test(name)) {
        return { kind: 'raspberry-pi', hasGenerations: true, firmwareDeviceTrees: firmwareDeviceTrees(call) };
    }
    if (/-(?:kernelboot-builder|raspberrypi-builder)\.sh$/.test(name)) {
        return { kind: 'raspberry-pi', hasGenerations: false, firmwareDeviceTrees: undefined };
    }
    return /-install-grub(?:\.pl|\.sh)?$/.test(name) ? { kind: 'grub' } : undefined;
}
/** Whether a script has anything beside its call of the builder of systemd-boot. */
function hasMoreCommands({ script, calls }) {
    const builder = calls.find((call) => loaderOf(call)?.kind === 'systemd-boot');
    if (script === undefined || builder === undefined) {
        return false;
    }
    const lines = script.split('\n').map((line) => line.trim());
    return lines.some((line) => !/^(?:#|set |$)/.test(line) && !line.includes(builder.program));
}
/** The directory that install-device-tree.sh of nixos-raspberrypi copies from with its option `-r`. */
function firmwareDeviceTrees(call) {
    const installer = allCalls(call.calls).find(({ program }) => program.endsWith('-install-device-tree.sh'));
    if (installer === undefined || !installer.words.includes('-r')) {
        return undefined;
    }
    return new RegExp(`${store_path/* STORE_DIRECTORY */.Qs}/\\S+/share/raspberrypi/boot`).exec(installer.script ?? '')?.[0];
}

;// CONCATENATED MODULE: ./nixos/bootspec.js



/**
 * Parses a `boot.json`. Returns `undefined` if it has no document of version 1, as in systems that were built with a
 * draft of the specification. Throws a `UserError` if the document is malformed. `path` is for messages.
 */
function parseBootspec(text, path) {
    const file = objectOf(parseJson(text, path), path, 'the whole');
    if (file[VERSION_1] === undefined) {
        return undefined;
    }
    const spec = objectOf(file[VERSION_1], path, VERSION_1);
    const specialisations = file[SPECIALISATIONS] === undefined ? {} : objectOf(file[SPECIALISATIONS], path, SPECIALISATIONS);
    return {
        kernel: stringOf(spec, 'kernel', path),
        initrd: spec.initrd === undefined ? undefined : stringOf(spec, 'initrd', path),
        init: stringOf(spec, 'init', path),
        initrdSecrets: spec.initrdSecrets === undefined ? undefined : stringOf(spec, 'initrdSecrets', path),
        label: spec.label === undefined ? undefined : stringOf(spec, 'label', path),
        platform: spec.system === undefined ? undefined : stringOf(spec, 'system', path),
        kernelParams: stringsOf(spec, 'kernelParams', path),
        toplevel: stringOf(spec, 'toplevel', path),
        specialisations: Object.keys(specialisations).sort(),
    };
}
/** The key of the specification in the file. */
const VERSION_1 = 'org.nixos.bootspec.v1';
const SPECIALISATIONS = 'org.nixos.specialisation.v1';
/** Parses a `boot.json`. Throws a `UserError` if it is not JSON. */
function parseJson(text, path) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw systemError({ message: `The boot specification ${(0,text_escape/* quote */.hD)(path)} is not JSON.`, remedy: REBUILD, cause });
    }
}
/** A value that must be an object; `what` is for the message. */
function objectOf(value, path, what) {
    if (!(0,json/* isObject */.G)(value)) {
        throw malformed(path, what, 'an object');
    }
    return value;
}
/** A field that must be a string. */
function stringOf(spec, key, path) {
    const value = spec[key];
    if (typeof value !== 'string') {
        throw malformed(path, key, 'a string');
    }
    return value;
}
/** A field that must be a list of strings. */
function stringsOf(spec, key, path) {
    const value = spec[key];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
        throw malformed(path, key, 'a list of strings');
    }
    return value;
}
/** The error for a `boot.json` in which something is not as expected. */
function malformed(path, what, expected) {
    return systemError({
        message: `The boot specification ${(0,text_escape/* quote */.hD)(path)} is malformed: ${what} is not ${expected}.`,
        remedy: REBUILD,
    });
}
const REBUILD = 'Build config.system.build.toplevel again with an unchanged nixpkgs, or remove the modules that change boot.bootspec.';

// EXTERNAL MODULE: ./nix/follow.js
var follow = __webpack_require__(4036);
;// CONCATENATED MODULE: ./nixos/store.js




/**
 * Resolves all links of a path. If they lead nowhere, or out of the store, throws what `errorOf` returns, a `systemError`
 * by default. `what` names the path in the message.
 */
function resolveInStore(path, what, errorOf = systemError) {
    let resolved;
    try {
        resolved = (0,follow/* followLinks */.n)(path).toString();
    }
    catch (cause) {
        throw errorOf({ message: `${what} ${(0,text_escape/* quote */.hD)(path)} does not exist, or is a link to nothing.`, cause });
    }
    if (!resolved.startsWith(`${store_path/* STORE_DIRECTORY */.Qs}/`)) {
        throw errorOf({
            message: `${what} ${(0,text_escape/* quote */.hD)(path)} leads to ${(0,text_escape/* quote */.hD)(resolved)}, which is not in ${store_path/* STORE_DIRECTORY */.Qs}.`,
        });
    }
    return resolved;
}

;// CONCATENATED MODULE: ./nixos/nixos-system.js









/**
 * Reads a NixOS system of any platform, without running any of it: its `boot.json`, or the entries of the top level of
 * systems without one. Throws a `UserError` if `path` does not lead to a NixOS system, if the kernel or initrd is
 * missing, and if the kernel parameters have more than one line.
 */
function readNixosSystem(path) {
    const toplevel = resolveInStore(path, 'The system', notASystem);
    const isStorePath = !toplevel.slice(store_path/* STORE_DIRECTORY */.Qs.length + 1).includes('/');
    const spec = isStorePath ? readBootspec(toplevel) : undefined;
    if (!isStorePath || (spec === undefined && !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(toplevel, 'init')))) {
        throw notASystem({ message: `${(0,text_escape/* quote */.hD)(path)} is not a NixOS system: it has neither boot.json nor init.` });
    }
    const deviceTrees = (0,external_node_path_.join)(toplevel, 'dtbs');
    return {
        toplevel,
        ...(spec === undefined ? filesOfEntries(toplevel) : filesOfBootspec(toplevel, spec)),
        deviceTrees: (0,external_node_fs_.existsSync)(deviceTrees) ? resolveInStore(deviceTrees, 'The device tree directory') : undefined,
    };
}
function notASystem(options) {
    return (0,user_error/* inputError */.Xu)({ ...options, input: 'system', remedy: BUILD_SYSTEM });
}
function filesOfBootspec(toplevel, spec) {
    if (spec.initrd === undefined) {
        throw missing(toplevel, 'initrd');
    }
    const kernelParams = oneLine(toplevel, Buffer.from(spec.kernelParams.join(' ')));
    return {
        kernel: resolveFile(toplevel, 'kernel', spec.kernel),
        initrd: resolveFile(toplevel, 'initrd', spec.initrd),
        init: spec.init,
        label: spec.label,
        platform: spec.platform,
        kernelParams: readKernelParams(toplevel) ?? kernelParams,
        specialisations: spec.specialisations,
        hasInitrdSecrets: spec.initrdSecrets !== undefined && addsSecrets(spec.initrdSecrets),
    };
}
/** For systems that are older than the boot specification. */
function filesOfEntries(toplevel) {
    return {
        kernel: resolveEntry(toplevel, 'kernel'),
        initrd: resolveEntry(toplevel, 'initrd'),
        init: (0,external_node_path_.join)(toplevel, 'init'),
        label: undefined,
        platform: readText(toplevel, 'system'),
        kernelParams: readKernelParams(toplevel) ?? Buffer.alloc(0),
        specialisations: listDirectory((0,external_node_path_.join)(toplevel, 'specialisation')),
        hasInitrdSecrets: (0,external_node_fs_.existsSync)((0,external_node_path_.join)(toplevel, SECRETS)) && addsSecrets((0,external_node_path_.join)(toplevel, SECRETS)),
    };
}
function readBootspec(toplevel) {
    const text = readText(toplevel, 'boot.json');
    const spec = text === undefined ? undefined : parseBootspec(text, (0,external_node_path_.join)(toplevel, 'boot.json'));
    if (spec !== undefined && spec.toplevel !== toplevel) {
        throw systemError({
            message: `boot.json of ${(0,text_escape/* quote */.hD)(toplevel)} describes another system, ${(0,text_escape/* quote */.hD)(spec.toplevel)}.`,
            remedy: 'Set system to the system itself.',
        });
    }
    return spec;
}
function resolveEntry(toplevel, entry) {
    const path = (0,external_node_path_.join)(toplevel, entry);
    if (!(0,external_node_fs_.existsSync)(path)) {
        throw missing(toplevel, entry);
    }
    return resolveFile(toplevel, entry, path);
}
function resolveFile(toplevel, entry, path) {
    const file = resolveInStore(path, `The ${entry}`);
    if (!(0,external_node_fs_.statSync)(file).isFile()) {
        throw systemError({ message: `The ${entry} ${(0,text_escape/* quote */.hD)(file)} of the system ${(0,text_escape/* quote */.hD)(toplevel)} is not a file.` });
    }
    return file;
}
function missing(toplevel, entry) {
    return systemError({
        message: `The system ${(0,text_escape/* quote */.hD)(toplevel)} has no ${entry}; NixOS' extlinux boot loader needs a kernel and an initrd.`,
        remedy: `Set system to a system with a ${entry}: not a container, and built without boot.${entry}.enable = false.`,
    });
}
/** The file that installers read. A document in JSON holds text only. */
function readKernelParams(toplevel) {
    const parameters = (0,small_file/* readSmallFileIfAny */.H)((0,external_node_path_.join)(toplevel, 'kernel-params'));
    return parameters === undefined ? undefined : oneLine(toplevel, parameters);
}
/**
 * Whether a program that adds secrets to an initrd may have any to add. Every system has one; without `boot.initrd.secrets`
 * it ends at once, outside of any block (nixpkgs, nixos/modules/system/boot/stage-1.nix).
 */
function addsSecrets(path) {
    return !/^exit 0$/m.test((0,small_file/* readSmallFileIfAny */.H)(path)?.toString('latin1') ?? '');
}
function oneLine(toplevel, parameters) {
    const line = parameters.subarray(0, parameters.findLastIndex((byte) => byte !== NEWLINE) + 1);
    if (/[\n\r\0]/.test(line.toString('latin1'))) {
        throw systemError({
            message: `The kernel parameters of the system ${(0,text_escape/* quote */.hD)(toplevel)} have a line break, which the configuration of the boot ` +
                `loader cannot have: ${(0,text_escape/* quote */.hD)(line)}.`,
            remedy: 'Correct boot.kernelParams.',
        });
    }
    return line;
}
const NEWLINE = 0x0a;
const SECRETS = 'append-initrd-secrets';
function readText(toplevel, name) {
    return (0,small_file/* readSmallFileIfAny */.H)((0,external_node_path_.join)(toplevel, name))?.toString();
}
function listDirectory(path) {
    return (0,external_node_fs_.existsSync)(path) ? (0,external_node_fs_.readdirSync)(path).sort() : [];
}

// EXTERNAL MODULE: ./nixos/raspberry-pi/config.js
var config = __webpack_require__(1478);
;// CONCATENATED MODULE: ./nixos/raspberry-pi/files.js







/**
 * Returns the files that the firmware of a Raspberry Pi boots a system with, as an overlay of the firmware files: a
 * directory for the generation with kernel, initrd, parameters and device trees, as the loader `kernel` of
 * nixos-raspberrypi writes it (nvmd/nixos-raspberrypi, modules/system/boot/loader/raspberrypi/generational). Its place is
 * the `os_prefix` in the `config.txt` of the firmware files; without one the firmware files are taken as they are.
 *
 * Throws a `UserError` if there are no firmware files, and if they have the files of another system.
 */
function raspberryPiFiles(system, loader, firmwareFiles) {
    if (firmwareFiles === undefined) {
        throw (0,user_error/* inputError */.Xu)({
            input: 'firmware-files',
            message: 'A Raspberry Pi boots from the files of its firmware, and firmware-files is not set.',
            remedy: 'Set firmware-files to a directory with the firmware and config.txt, or set boot-loader to none.',
        });
    }
    const prefix = (0,config/* readOsPrefix */.t)(firmwareFiles);
    checkParameters(system, (0,external_node_path_.join)(firmwareFiles, prefix ?? ''));
    const isPopulated = prefix !== undefined && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(firmwareFiles, prefix, 'kernel.img'));
    if (prefix === undefined || isPopulated || !loader.hasGenerations) {
        return { kind: 'as-given' };
    }
    const deviceTrees = loader.firmwareDeviceTrees ?? system.deviceTrees;
    return { kind: 'added', prefix, files: (0,directory/* directoryAt */.Dp)(prefix, generation(system, deviceTrees)) };
}
/** The files of one generation, as kernelboot-gen-builder.sh and install-device-tree.sh write them. */
function generation(system, deviceTrees) {
    const parameters = Buffer.concat([system.kernelParams, Buffer.from(` init=${system.toplevel}/init\n`)]);
    const trees = deviceTrees === undefined ? {} : deviceTreeFiles(deviceTrees);
    return (0,directory/* directory */.yy)({
        ...trees,
        overlays: (0,directory/* directory */.yy)(deviceTrees === undefined ? {} : filesOf((0,external_node_path_.join)(deviceTrees, 'overlays'), '')),
        'kernel.img': (0,directory/* graft */.tQ)(system.kernel),
        initrd: (0,directory/* graft */.tQ)(system.initrd),
        'cmdline.txt': (0,directory/* file */.NJ)(parameters),
        'system-link': (0,directory/* file */.NJ)(Buffer.from(`${system.toplevel}\n`)),
        'kernel-link': (0,directory/* file */.NJ)(Buffer.from(`${system.kernel}\n`)),
    });
}
/** The firmware has its device trees in one directory, a kernel has them in `broadcom/`, which comes last. */
function deviceTreeFiles(path) {
    return { ...filesOf(path, '.dtb'), ...filesOf((0,external_node_path_.join)(path, 'broadcom'), '.dtb') };
}
/** The files of a directory whose names end in `suffix`, as the shell lists them: those that begin with a dot are hidden. */
function filesOf(path, suffix) {
    if (!(0,external_node_fs_.existsSync)(path)) {
        return {};
    }
    const names = (0,external_node_fs_.readdirSync)(path).filter((name) => name.endsWith(suffix) && !name.startsWith('.'));
    const files = names.map((name) => (0,external_node_path_.join)(path, name)).filter((entry) => (0,external_node_fs_.statSync)(entry).isFile());
    return Object.fromEntries(files.map((entry) => [(0,external_node_path_.basename)(entry), (0,directory/* graft */.tQ)(entry)]));
}
/** Throws a `UserError` if `cmdline.txt` of a directory starts another system. */
function checkParameters(system, directoryPath) {
    const path = (0,external_node_path_.join)(directoryPath, 'cmdline.txt');
    const text = (0,small_file/* readSmallFileIfAny */.H)(path)?.toString('latin1') ?? '';
    const [, init] = /(?:^|\s)init=(\S+)\/init(?:\s|$)/.exec(text) ?? [];
    if (init === undefined || init === system.toplevel) {
        return;
    }
    throw (0,user_error/* userError */.IF)({
        title: 'The firmware files boot another system',
        message: `${(0,text_escape/* quote */.hD)(path)} of the firmware files starts ${(0,text_escape/* quote */.hD)(init)}, but the input system is ${(0,text_escape/* quote */.hD)(system.toplevel)}.`,
        remedy: 'Make firmware-files from this system, or leave the directory of the generation out of them.',
    });
}

;// CONCATENATED MODULE: ./nixos/systemd-boot/builder.js




/**
 * Reads the builder at a path in the store. Throws a `UserError` if it has another form than those since NixOS 24.05, or
 * makes an ESP of a kind that this action does not.
 */
function readSystemdBootBuilder(path) {
    const text = (0,small_file/* readSmallFile */.E)(resolveInStore(path, 'The installer of systemd-boot')).toString();
    const builder = { path, text };
    checkSupported(builder);
    return {
        mountPoint: constant(builder, 'EFI_SYS_MOUNT_POINT'),
        nixosDirectory: constant(builder, 'NIXOS_DIR').replace(/^\/+|\/+$/g, ''),
        timeout: constant(builder, 'TIMEOUT'),
        editor: constant(builder, 'EDITOR') === '1',
        consoleMode: constant(builder, 'CONSOLE_MODE'),
        rebootForBitlocker: (optionalConstant(text, 'REBOOT_FOR_BITLOCKER') ?? '') !== '',
        distroName: constant(builder, 'DISTRO_NAME'),
        entries: entryForm(builder),
        namesInitrdsBySecrets: text.includes('-initrd.efi"'),
        copyExtraFiles: constant(builder, 'COPY_EXTRA_FILES'),
    };
}
function entryForm(builder) {
    const { text } = builder;
    if (text.includes('hashlib.sha256(')) {
        return {
            kind: 'hashed',
            hasExtraInitrds: text.includes('extraInitrdPaths'),
            namesDefault: text.includes('default {default_entry_id}'),
            tries: optionalConstant(text, 'BOOT_COUNTING') === 'True' ? constant(builder, 'BOOT_COUNTING_TRIES') : undefined,
            afterInit: text.includes('"init=%s "') ? ' ' : '',
        };
    }
    const template = /^BOOT_ENTRY = """([^"]*)"""$/m.exec(text)?.[1];
    if (template === undefined || !KNOWN_FIELDS.test(template)) {
        throw unknownForm(builder, 'BOOT_ENTRY');
    }
    return { kind: 'numbered', template, deviceTreePrefix: deviceTreePrefix(text) };
}
/** Text with fields that `encodeEntry` fills in, and no other braces. */
const KNOWN_FIELDS = /^(?:[^{}]|\{(?:title|sort_key|generation|description|kernel|initrd|kernel_params)\})*$/;
function deviceTreePrefix(text) {
    if (text.includes('"devicetree %s\\n"')) {
        return '';
    }
    return text.includes('"devicetree /{devicetree}\\n"') ? '/' : undefined;
}
function checkSupported(builder) {
    const { path, text } = builder;
    const esp = constant(builder, 'EFI_SYS_MOUNT_POINT');
    const boot = constant(builder, 'BOOT_MOUNT_POINT');
    if (boot !== esp) {
        throw systemError({
            message: `The system keeps its kernels on ${(0,text_escape/* quote */.hD)(boot)}, a partition beside the ESP, ${(0,text_escape/* quote */.hD)(esp)} ` +
                '(boot.loader.systemd-boot.xbootldrMountPoint). An image of this action has them on the ESP.',
            remedy: 'Remove boot.loader.systemd-boot.xbootldrMountPoint from the configuration.',
        });
    }
    const uki = /^UKI_CONFIG = json\.loads\(Path\("([^"]*)"\)/m.exec(text)?.[1];
    if (uki !== undefined && /"enable"\s*:\s*true/.test((0,small_file/* readSmallFile */.E)(resolveInStore(uki, 'The file')).toString())) {
        throw systemError({
            message: `The system boots unified kernel images, which its installer ${(0,text_escape/* quote */.hD)(path)} makes on the device.`,
            remedy: 'Disable unified kernel images for the image, and enable them on the device.',
        });
    }
}
function constant(builder, name) {
    const value = optionalConstant(builder.text, name);
    if (value === undefined) {
        throw unknownForm(builder, name);
    }
    return value;
}
/** The string in the assignment to a name of the module: `NAME = "a"`, `NAME = Path("a")`, `NAME = "a" == "1"`. */
function optionalConstant(text, name) {
    return new RegExp(`^${name} = (?:\\w+\\(\\s*)?"([^"\\\\]*)"`, 'm').exec(text)?.[1];
}
function unknownForm({ path }, what) {
    return systemError({
        message: `The installer of systemd-boot ${(0,text_escape/* quote */.hD)(path)} has a form that this action does not know: it has no ${what}.`,
        remedy: 'Build the system with NixOS 24.05 or later, and with the systemd-boot module of nixpkgs.',
    });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./nixos/systemd-boot/boot-document.js
/**
 * What systemd-boot's installer reads of `boot.json`: the boot specification, and the extensions `org.nixos.systemd-boot`
 * and `org.nixos.extra-initrd.v1` (nixpkgs, nixos/modules/system/boot/loader/systemd-boot/systemd-boot-builder.py). A
 * specialisation has the same documents.
 */

/** Parses a `boot.json`. Throws a `UserError` if it is malformed or has no document of version 1. `path` is for messages. */
function parseBootDocument(text, path) {
    return documentOf(parseJson(text, path), path);
}
function documentOf(value, path) {
    const file = objectOf(value, path, 'the whole');
    const spec = objectOf(file[VERSION_1], path, VERSION_1);
    const systemdBoot = optionalObject(file, 'org.nixos.systemd-boot', path);
    const extraInitrd = optionalObject(file, 'org.nixos.extra-initrd.v1', path);
    const specialisations = Object.entries(optionalObject(file, 'org.nixos.specialisation.v1', path));
    return {
        kernel: stringOf(spec, 'kernel', path),
        initrd: optionalString(spec, 'initrd', path),
        initrdSecrets: optionalString(spec, 'initrdSecrets', path),
        init: stringOf(spec, 'init', path),
        kernelParams: stringsOf(spec, 'kernelParams', path),
        label: stringOf(spec, 'label', path),
        system: stringOf(spec, 'system', path),
        deviceTree: optionalString(systemdBoot, 'devicetree', path),
        sortKey: optionalString(systemdBoot, 'sortKey', path) ?? 'nixos',
        extraInitrds: extraInitrd.paths === undefined ? [] : stringsOf(extraInitrd, 'paths', path),
        specialisations: specialisations.map(([name, document]) => ({ name, document: documentOf(document, path) })),
    };
}
function optionalObject(file, key, path) {
    return file[key] === undefined ? {} : objectOf(file[key], path, key);
}
function optionalString(fields, key, path) {
    return fields[key] === undefined || fields[key] === null ? undefined : stringOf(fields, key, path);
}

;// CONCATENATED MODULE: ./nixos/systemd-boot/entry.js

/**
 * Encodes an entry of generation 1, byte for byte as the builder of the system does, without a machine ID. The date is
 * that of the generation in an image, whose files all have the time 1.
 */
function encodeEntry(entry, { entries: form, distroName }) {
    const title = entry.specialisation === undefined ? distroName : `${distroName} (${entry.specialisation})`;
    if (form.kind === 'numbered') {
        return numbered(entry, title, form);
    }
    const { tries } = form;
    const contents = hashedContents(entry, title, form);
    const prefix = `nixos-${(0,external_node_crypto_.createHash)('sha256').update(contents).digest('hex')}`;
    return { name: `${prefix}${tries === undefined ? '' : `+${tries}`}.conf`, id: `${prefix}.conf`, contents };
}
/** Encodes `loader/loader.conf` with an entry as the default. */
function encodeLoaderConf(id, builder) {
    const lines = [
        ...(builder.timeout === '' ? [] : [`timeout ${builder.timeout}`]),
        ...defaultLines(id, builder.entries),
        ...(builder.editor ? [] : ['editor 0']),
        ...(builder.rebootForBitlocker ? ['reboot-for-bitlocker yes'] : []),
        `console-mode ${builder.consoleMode}`,
    ];
    return `${lines.join('\n')}\n`;
}
function defaultLines(id, form) {
    if (form.kind === 'numbered') {
        return [`default ${id}`];
    }
    if (!form.namesDefault) {
        return ['default nixos-*'];
    }
    return form.tries === undefined ? [`default ${id}`] : [`preferred ${id}`, 'default nixos-*'];
}
const BUILT = 'built on 1970-01-01';
function hashedContents(entry, title, form) {
    const options = [`init=${entry.init}`, ...entry.kernelParams].join(' ');
    return [
        `title ${title}`,
        `version Generation 1 ${entry.label}, ${BUILT}`,
        `linux /${entry.kernel}`,
        `initrd /${entry.initrd}`,
        ...(form.hasExtraInitrds ? entry.extraInitrds.map((path) => `initrd /${path}`) : []),
        `options ${options}${entry.kernelParams.length === 0 ? form.afterInit : ''}`,
        ...(entry.deviceTree === undefined ? [] : [`devicetree /${entry.deviceTree}`]),
        `sort-key ${entry.sortKey}`,
    ].join('\n');
}
function numbered(entry, title, form) {
    const fields = {
        title,
        sort_key: entry.sortKey,
        generation: '1',
        kernel: `/${entry.kernel}`,
        initrd: `/${entry.initrd}`,
        kernel_params: `init=${entry.init} ${entry.kernelParams.join(' ')}`,
        description: `${entry.label}, ${BUILT}`,
    };
    const text = form.template.replace(/\{(\w+)\}/g, (field, name) => fields[name] ?? field);
    const { deviceTreePrefix: prefix } = form;
    const hasDeviceTree = entry.deviceTree !== undefined && prefix !== undefined;
    const deviceTree = hasDeviceTree ? `devicetree ${prefix}${entry.deviceTree}\n` : '';
    const suffix = entry.specialisation === undefined ? '' : `-specialisation-${entry.specialisation}`;
    const name = `nixos-generation-1${suffix}.conf`;
    return { name, id: name, contents: `${text}${deviceTree}` };
}

;// CONCATENATED MODULE: ./nixos/systemd-boot/extra-files.js




/**
 * Reads which files a configuration adds to the ESP (`boot.loader.systemd-boot.extraFiles`, `extraEntries`, Memtest86+ and
 * so on) from the script that copies them, without running it. Throws a `UserError` if it has a line of another form.
 */
function readExtraFiles({ copyExtraFiles, mountPoint }) {
    const script = resolveInStore(copyExtraFiles, 'The script of extra files');
    const lines = (0,small_file/* readSmallFile */.E)(script)
        .toString()
        .split('\n')
        .map((line) => line.trim());
    return lines
        .filter((line) => !IGNORED.test(line))
        .map((line) => {
        const [, quoted, directory, name] = INSTALL.exec(line) ?? [];
        if (quoted === undefined || !directory.startsWith(`${mountPoint}/`)) {
            throw systemError({
                message: `The script ${(0,text_escape/* quote */.hD)(script)}, which adds files to the ESP, has a line that this action cannot read: ${(0,text_escape/* quote */.hD)(line)}.`,
                remedy: 'Add files to the ESP with boot.loader.systemd-boot.extraFiles and extraEntries, or with the input firmware-files.',
            });
        }
        const source = quoted.replaceAll('"', '');
        const path = `${directory.slice(mountPoint.length)}/${unquote(name)}`.split('/').filter(Boolean).join('/');
        return { path, source: EMPTY.test(source) ? undefined : source };
    });
}
/** Blank, a comment, or where older scripts make an empty file. */
const IGNORED = /^$|^#|^empty_file=\S+mktemp\)$/;
/** `install -Dp "SOURCE" "DIRECTORY/"NAME`, with the name as `lib.escapeShellArg` quotes it. */
const INSTALL = /^\/nix\/store\/\S+\/bin\/install -Dp? ("[^"$\\`]+"|[^\s"']+) "([^"$\\`]+)"([\w%+,./:=@-]+|'(?:[^']|'\\'')*')$/;
const EMPTY = /^(?:\/dev\/null|\$empty_file)$/;
function unquote(name) {
    return name.startsWith("'") ? name.slice(1, -1).replaceAll("'\\''", "'") : name;
}

;// CONCATENATED MODULE: ./nixos/systemd-boot/file-tree.js
/**
 * Makes a directory tree of files and directories at paths. Names are compared as FAT does, without regard to case, and keep
 * the case in which they come first, so `efi/memtest86` is in `EFI`. A later file replaces an earlier one.
 */
function fileTree(placed) {
    const top = { name: '', node: undefined, children: new Map() };
    for (const { path, node } of placed) {
        const place = path.split('/').reduce(childOf, top);
        place.node = node.kind === 'directory' ? undefined : node;
    }
    return directoryOf(top);
}
function childOf(parent, name) {
    const key = name.toLowerCase();
    const child = parent.children.get(key) ?? { name, node: undefined, children: new Map() };
    parent.children.set(key, child);
    return child;
}
function directoryOf({ children }) {
    const nodes = [...children.values()].map((child) => {
        return { name: Buffer.from(child.name), node: child.node ?? directoryOf(child) };
    });
    return { kind: 'directory', mode: 0o755, gid: 0, children: nodes };
}

;// CONCATENATED MODULE: ./nixos/systemd-boot/esp.js













/**
 * Returns the files on the ESP of a system, as its own installer writes them for generation 1 on a new ESP: those of
 * `bootctl install`, and those of systemd-boot-builder.py. It has no machine ID and no random seed, which no two devices
 * may share.
 *
 * Throws a `UserError` if the system has no boot specification, no initrd, no systemd-boot for its platform, or something
 * that does not fit in a line of an entry.
 */
function systemdBootFiles(toplevel, builder) {
    const document = readDocument(toplevel);
    const generations = [
        { specialisation: undefined, document },
        ...document.specialisations.map(({ name, document }) => ({ specialisation: name, document })),
    ];
    const entries = generations.map((generation) => bootEntry(toplevel, generation, builder));
    const extraFiles = readExtraFiles(builder);
    const placed = [
        ...loaderFiles(toplevel, document.system),
        { path: 'loader/entries.srel', node: (0,directory/* file */.NJ)(Buffer.from('type1\n')) },
        { path: 'loader/loader.conf', node: (0,directory/* file */.NJ)(Buffer.from(encodeLoaderConf(entries[0].entry.id, builder))) },
        ...entries.flatMap(({ files, entry }) => [
            ...files.map(({ path, source }) => ({ path, node: (0,directory/* graft */.tQ)(source) })),
            { path: `loader/entries/${entry.name}`, node: (0,directory/* file */.NJ)(Buffer.from(entry.contents)) },
        ]),
        { path: `${builder.nixosDirectory}/.extra-files`, node: EMPTY_DIRECTORY },
        ...extraFiles.map(({ path, source }) => ({ path, node: source === undefined ? (0,directory/* file */.NJ)(NO_BYTES) : (0,directory/* graft */.tQ)(source) })),
    ];
    const present = new Set(extraFiles.map(({ path }) => path.toLowerCase()));
    const extraInitrds = new Set(generations.flatMap((generation) => generation.document.extraInitrds));
    return {
        esp: fileTree(placed),
        specialisations: document.specialisations.map(({ name }) => name),
        missingInitrds: [...extraInitrds].filter((path) => !present.has(path.toLowerCase())),
    };
}
function readDocument(toplevel) {
    const path = (0,external_node_path_.join)(toplevel, 'boot.json');
    if (!(0,external_node_fs_.existsSync)(path)) {
        throw systemError({
            message: `The system ${(0,text_escape/* quote */.hD)(toplevel)} has no boot.json, from which the installer of systemd-boot makes its boot menu.`,
            remedy: 'Build the system with NixOS 24.05 or later, without boot.bootspec.enable = false.',
        });
    }
    return parseBootDocument((0,small_file/* readSmallFile */.E)(path).toString(), path);
}
/** Suffixes of EFI programs by platform (UEFI specification, 3.5.1.1; systemd, src/fundamental/efi-fundamental). */
const EFI_ARCHITECTURES = new Map([
    ['aarch64-linux', 'aa64'],
    ['riscv64-linux', 'riscv64'],
    ['x86_64-linux', 'x64'],
]);
/** What `bootctl install` makes, but for the random seed. */
function loaderFiles(toplevel, platform) {
    const architecture = EFI_ARCHITECTURES.get(platform);
    if (architecture === undefined) {
        throw systemError({
            message: `The system is for ${(0,text_escape/* quote */.hD)(platform)}; systemd-boot is for ${[...EFI_ARCHITECTURES.keys()].join(', ')}.`,
            remedy: 'Set system to a system for one of these platforms, or boot-loader to another boot loader.',
        });
    }
    const name = `systemd-boot${architecture}.efi`;
    const loader = resolveInStore((0,external_node_path_.join)(toplevel, 'systemd/lib/systemd/boot/efi', name), 'The boot loader');
    return [
        { path: `EFI/BOOT/BOOT${architecture.toUpperCase()}.EFI`, node: (0,directory/* graft */.tQ)(loader) },
        { path: `EFI/systemd/${name}`, node: (0,directory/* graft */.tQ)(loader) },
        { path: 'EFI/Linux', node: EMPTY_DIRECTORY },
        { path: 'loader/keys', node: EMPTY_DIRECTORY },
    ];
}
function bootEntry(toplevel, { specialisation, document }, builder) {
    if (document.initrd === undefined) {
        throw systemError({
            message: `The system ${(0,text_escape/* quote */.hD)(toplevel)} has no initrd; the installer of systemd-boot needs a kernel and an initrd.`,
            remedy: 'Set system to a system with an initrd: not a container, and built without boot.initrd.enable = false.',
        });
    }
    const kernel = copied(builder, 'kernel', document.kernel);
    const initrd = copiedInitrd(builder, document.initrd, document.initrdSecrets);
    const hasDeviceTree = builder.entries.kind === 'hashed' || builder.entries.deviceTreePrefix !== undefined;
    const deviceTree = document.deviceTree === undefined || !hasDeviceTree
        ? undefined
        : copied(builder, 'device tree', document.deviceTree);
    const { label, init, kernelParams, sortKey, extraInitrds } = document;
    checkLines(toplevel, [label, init, ...kernelParams, sortKey, ...extraInitrds, specialisation ?? '']);
    const paths = { kernel: kernel.path, initrd: initrd.path, deviceTree: deviceTree?.path };
    const entry = { ...paths, specialisation, label, init, kernelParams, sortKey, extraInitrds };
    return {
        entry: encodeEntry(entry, builder),
        files: [kernel, initrd, ...(deviceTree === undefined ? [] : [deviceTree])],
    };
}
/** Names a file by its store path and its own name. */
function copied({ nixosDirectory }, what, path) {
    const source = resolveInStore(path, `The ${what}`);
    if (!(0,external_node_fs_.statSync)(source).isFile()) {
        throw systemError({ message: `The ${what} ${(0,text_escape/* quote */.hD)(source)} of the system is not a file.` });
    }
    const [storeName] = source.slice(store_path/* STORE_DIRECTORY */.Qs.length + 1).split('/');
    const name = (0,external_node_path_.basename)(source);
    return { path: `${nixosDirectory}/${name === storeName ? '' : `${storeName}-`}${name}.efi`, source };
}
/** The initrd itself: secrets are of the device, whose installer adds them under the same name. */
function copiedInitrd(builder, path, secrets) {
    const initrd = copied(builder, 'initrd', path);
    if (secrets === undefined || !builder.namesInitrdsBySecrets) {
        return initrd;
    }
    const appender = copied(builder, 'program for the secrets of the initrd', secrets);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(`${initrd.path}\n${appender.path}`).digest('hex');
    return { ...initrd, path: `${builder.nixosDirectory}/${hash}-initrd.efi` };
}
/** An entry has a value on each line, without quotes or escapes. */
function checkLines(toplevel, values) {
    const broken = values.find((value) => /[\n\r\0]/.test(value));
    if (broken !== undefined) {
        throw systemError({
            message: `The boot specification of the system ${(0,text_escape/* quote */.hD)(toplevel)} has a line break in ${(0,text_escape/* quote */.hD)(broken)}, which an entry of the boot menu cannot have.`,
            remedy: 'Correct the option of the configuration that it is from, such as boot.kernelParams or system.nixos.label.',
        });
    }
}
const EMPTY_DIRECTORY = (0,directory/* directory */.yy)({});
const NO_BYTES = new Uint8Array(0);

;// CONCATENATED MODULE: ./nixos/systemd-boot/boot.js







/**
 * Makes what the installer of a system with systemd-boot would write to a new ESP. Errors as in `readSystemdBootBuilder` and
 * `systemdBootFiles`; and a `UserError` if the system does not have this boot loader, or mounts another partition in place of
 * the ESP.
 */
function systemdBoot(system, loader, options) {
    const { toplevel } = system;
    if (loader.kind !== 'systemd-boot' || loader.builder === undefined) {
        throw noInstaller(toplevel);
    }
    const builder = readSystemdBootBuilder(loader.builder);
    const root = (0,directory/* directoryAt */.Dp)(builder.mountPoint, (0,directory/* directory */.yy)({}));
    if (options.fat === undefined) {
        return { root, esp: undefined, notes: [NO_ESP] };
    }
    if (options.bootPartition === 'root') {
        throw (0,user_error/* inputError */.Xu)({
            input: 'boot-partition',
            message: 'The input boot-partition is root, but systemd-boot has its files on the EFI system partition.',
            remedy: 'Remove boot-partition.',
        });
    }
    checkMount(toplevel, builder, options.fat);
    const files = systemdBootFiles(toplevel, builder);
    return {
        root,
        esp: files.esp,
        notes: [describe(files), ...commandNotes(loader.hasMoreCommands), ...initrdNotes(files)],
    };
}
const NO_ESP = {
    title: undefined,
    text: 'systemd-boot is on an EFI system partition, which an image with format: ext4 does not have',
};
function noInstaller(toplevel) {
    return (0,user_error/* inputError */.Xu)({
        input: 'boot-loader',
        message: `The system ${(0,text_escape/* quote */.hD)(toplevel)} has no installer for systemd-boot, from which this action reads what to write.`,
        remedy: 'Set boot.loader.systemd-boot.enable in the configuration, or boot-loader to another boot loader.',
    });
}
/** The installer on the device writes to the mount point: it must be the ESP of the image. */
function checkMount(toplevel, { mountPoint }, fat) {
    const mount = mountOf(readMounts(toplevel), mountPoint);
    if (mount === undefined || mount.directory !== mountPoint || isFat(mount, fat)) {
        return;
    }
    throw (0,user_error/* userError */.IF)({
        title: 'The system mounts another EFI system partition',
        message: `The fstab of the system mounts ${(0,text_escape/* quote */.hD)(mount.device)} at ${(0,text_escape/* quote */.hD)(mountPoint)}, but the FAT partition of the image ` +
            `has the label ${(0,text_escape/* quote */.hD)(fat.label)}.`,
        remedy: 'Set firmware-label or disk-id to what the system mounts.',
    });
}
function describe({ specialisations }) {
    const others = specialisations.length === 0 ? '' : `, and its specialisations ${specialisations.join(', ')}`;
    const text = `systemd-boot on the EFI system partition has the system on its menu as generation 1${others}; nixos-rebuild on the ` +
        'device writes to the same partition';
    return { title: undefined, text };
}
function commandNotes(hasMoreCommands) {
    const text = 'The installer of the system runs more commands after it has written the EFI system partition ' +
        '(boot.loader.systemd-boot.extraInstallCommands): what they do is not in the image.';
    return hasMoreCommands ? [{ title: 'Commands of the installer were not run', text }] : [];
}
function initrdNotes({ missingInitrds }) {
    const text = `The boot menu names initrds that neither the system nor its extra files have: ${missingInitrds.map(text_escape/* quote */.hD).join(', ')}. ` +
        'The image has them only if firmware-files has.';
    return missingInitrds.length === 0 ? [] : [{ title: 'Initrds are not from the system', text }];
}

;// CONCATENATED MODULE: ./nixos/bootable.js







/**
 * Reads the system at a path, with the settings of its own boot loader, without running any of it. Errors as in
 * `readNixosSystem`, `extlinuxBoot`, `systemdBoot` and `raspberryPiFiles`.
 */
function readBootableSystem(path, options) {
    const system = readNixosSystem(path);
    const loader = readBootLoader(system.toplevel);
    const boot = bootOf(system, loader, options);
    return {
        toplevel: system.toplevel,
        label: system.label,
        platform: system.platform,
        kernelParams: system.kernelParams,
        loader,
        boot: system.hasInitrdSecrets ? { ...boot, notes: [...boot.notes, SECRETS_NOTE] } : boot,
        specialisations: boot.firmwareKind === 'esp' ? [] : system.specialisations,
    };
}
const SECRETS_NOTE = {
    title: 'The initrd has no secrets',
    text: 'The initrd secrets of the system (boot.initrd.secrets) are not in the image: the installer of the boot loader adds them on the device.',
};
function bootOf(system, loader, options) {
    const chosen = chosenLoader(loader, options);
    if (chosen !== 'extlinux') {
        refuseMenuInputs(chosen, options);
    }
    switch (chosen) {
        case 'none':
            return noBoot(options, 'none', 'The image has no boot files beside those of root-files and firmware-files (boot-loader: none)');
        case 'raspberry-pi':
            return raspberryPiBoot(system, loader, options);
        case 'extlinux': {
            const { root, firmware, ...boot } = extlinuxBoot(system, loader, options);
            return {
                ...boot,
                rootOverlay: root,
                firmwareOverlay: firmware,
                firmwareKind: 'firmware',
                needsProfile: false,
            };
        }
        case 'systemd-boot':
            return systemdBootOf(system, loader, options);
    }
}
function systemdBootOf(system, loader, options) {
    const { root, esp, notes } = systemdBoot(system, loader, options);
    return {
        rootOverlay: root,
        firmwareOverlay: esp,
        firmwareKind: 'esp',
        bootPartition: 'firmware',
        needsProfile: true,
        summary: esp === undefined ? 'none: the EFI system partition is not in the image' : 'systemd-boot',
        notes,
    };
}
/** A system with another loader, or one that cannot be read, gets a menu for U-Boot, which most boards have. */
function chosenLoader({ kind }, { bootLoader }) {
    if (bootLoader !== 'auto') {
        return bootLoader;
    }
    return kind === 'raspberry-pi' || kind === 'systemd-boot' ? kind : 'extlinux';
}
/** Settings of a menu that the image does not have. */
function refuseMenuInputs(chosen, { deviceTree, bootTimeout }) {
    const input = deviceTree !== undefined ? 'device-tree' : bootTimeout !== undefined ? 'boot-timeout' : undefined;
    if (input === undefined) {
        return;
    }
    throw (0,user_error/* inputError */.Xu)({
        input,
        message: `The input ${input} is a setting of extlinux, but the boot loader of the image is ${chosen}.`,
        remedy: `Remove ${input}, or set boot-loader to extlinux.`,
    });
}
function noBoot({ bootPartition }, summary, text) {
    return {
        rootOverlay: (0,directory/* directory */.yy)({}),
        firmwareOverlay: undefined,
        firmwareKind: 'firmware',
        bootPartition: bootPartition === 'firmware' ? 'firmware' : 'root',
        needsProfile: false,
        summary,
        notes: [{ title: undefined, text }],
    };
}
function raspberryPiBoot(system, loader, options) {
    const rootOverlay = (0,directory/* directoryAt */.Dp)('boot/firmware', (0,directory/* directory */.yy)({}));
    if (options.fat === undefined) {
        const text = 'The firmware of a Raspberry Pi boots from a FAT partition, which an image with format: ext4 does not have';
        return { ...noBoot(options, 'none: the FAT partition is not in the image', text), rootOverlay };
    }
    const installer = loader.kind === 'raspberry-pi' ? loader : DEFAULT_INSTALLER;
    const files = raspberryPiFiles(system, installer, options.firmwareFiles);
    if (files.kind === 'as-given') {
        const text = 'The firmware of the Raspberry Pi boots what firmware-files has: the image has no boot files beside them';
        return { ...noBoot(options, 'Raspberry Pi firmware, as firmware-files has it', text), rootOverlay };
    }
    const text = `The firmware of the Raspberry Pi boots ${files.prefix} of the FAT partition, as its config.txt sets it. ` +
        (loader.kind === 'raspberry-pi'
            ? 'nixos-rebuild on the device writes to the same partition'
            : 'The installer of the system does not write there: nixos-rebuild on the device will not update it');
    return {
        ...noBoot(options, `Raspberry Pi firmware, ${files.prefix} of the FAT partition`, text),
        rootOverlay,
        firmwareOverlay: files.files,
    };
}
const DEFAULT_INSTALLER = { hasGenerations: true, firmwareDeviceTrees: undefined };

// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
;// CONCATENATED MODULE: ./nixos/mounts/root.js





/**
 * Checks that a system mounts the root filesystem of its image: `/` in its fstab, and `root=` in its kernel parameters. A
 * system whose root is in memory has the image elsewhere: at least one of `/nix`, `/nix/store` and `/state` must be on it.
 * What the system does not say is not checked.
 *
 * Throws a `UserError` with both values and the input to set.
 */
function checkRoot(system, root) {
    const mounts = rootMounts(readMounts(system.toplevel));
    const contradictions = mounts.map(({ device, directory }) => {
        return contradictionOf(device, { root, where: `The fstab of the system mounts ${(0,text_escape/* quote */.hD)(device)} at ${directory}` });
    });
    if (contradictions.length > 0 && contradictions.every((error) => error !== undefined)) {
        throw contradictions[0];
    }
    const parameter = rootParameter(system.kernelParams);
    const contradiction = parameter &&
        contradictionOf(parameter, { root, where: `The kernel parameters of the system have root=${parameter}` });
    if (contradiction !== undefined) {
        throw contradiction;
    }
}
/** The mounts that may be the root filesystem of the image, of which one must be. */
function rootMounts(mounts) {
    const atRoot = mounts.filter(({ directory }) => directory === '/');
    const inMemory = atRoot.some(({ type }) => type === 'tmpfs' || type === 'ramfs');
    return inMemory
        ? mounts.filter(({ directory, options }) => PERSISTENT.includes(directory) && !options.includes('bind'))
        : atRoot.slice(-1);
}
const PERSISTENT = ['/nix', '/nix/store', '/state'];
const ROOT_PARAMETER = /(?:^|\s)(?:"root=([^"]*)"|root=((?:"[^"]*"|[^\s"])*))/g;
/** The last one counts. Quotes are the kernel's (Documentation/admin-guide/kernel-parameters.rst). */
function rootParameter(kernelParams) {
    const text = Buffer.from(kernelParams).toString();
    const [, quoted, plain] = [...text.matchAll(ROOT_PARAMETER)].at(-1) ?? [];
    return quoted ?? plain?.replace(/^"(.*)"$/, '$1');
}
/** The error for a device that is not the root filesystem; `undefined` if it is, or if that is unknown. */
function contradictionOf(text, expected) {
    const device = parseDevice(text);
    const { label, uuid, partition } = expected.root;
    if (device.kind === 'label' && device.value !== label) {
        return contradiction(expected, {
            input: 'volume-label',
            image: `the label of the image is ${(0,text_escape/* quote */.hD)(label)}`,
            remedy: `Set volume-label to ${(0,text_escape/* quote */.hD)(device.value)}`,
        });
    }
    if (device.kind === 'uuid' && device.value !== uuid) {
        return contradiction(expected, {
            input: 'uuid',
            image: uuid === undefined ? 'the UUID of the image is derived from the closure' : `the UUID of the image is ${uuid}`,
            remedy: `Set uuid to ${(0,text_escape/* quote */.hD)(device.value)}`,
        });
    }
    return partition === undefined ? undefined : partitionContradiction(device, partition, expected);
}
function partitionContradiction(device, partition, expected) {
    switch (device.kind) {
        case 'partition-number':
            return device.value === partition.number ? undefined : numberContradiction(device.value, partition, expected);
        case 'partition-label':
            return partitionLabelContradiction(device.value, partition, expected);
        case 'partition-uuid':
            return partition.table === 'mbr'
                ? diskIdContradiction(device.value, partition, expected)
                : guidContradiction(device.value, partition, expected);
        default:
            return undefined;
    }
}
function numberContradiction(found, { number }, expected) {
    return contradiction(expected, {
        input: 'root-partition',
        image: `the root filesystem is on partition ${number} of the image`,
        remedy: `Set root-partition to ${found}`,
    });
}
function partitionLabelContradiction(found, partition, expected) {
    if (partition.table === 'mbr') {
        return tableContradiction('gpt', 'an MBR has no partition labels', expected);
    }
    return found === partition.name
        ? undefined
        : contradiction(expected, {
            input: 'partition-table',
            image: `the root partition of the image has the label ${(0,text_escape/* quote */.hD)(partition.name)}`,
            remedy: 'Mount the filesystem by its label',
        });
}
function diskIdContradiction(found, { diskId, number }, expected) {
    const [, foundId, foundNumber] = /^([0-9a-f]{8})-([0-9a-f]{2})$/.exec(found) ?? [];
    if (foundId === undefined) {
        return tableContradiction('gpt', 'the image has an MBR, whose partitions have no such UUIDs', expected);
    }
    if (Number.parseInt(foundId, 16) !== diskId) {
        return contradiction(expected, {
            input: 'disk-id',
            image: `the disk identifier of the image is ${(0,format/* formatHex */.NN)(diskId, 8)}`,
            remedy: `Set disk-id to 0x${foundId}`,
        });
    }
    const value = Number.parseInt(foundNumber, 16);
    return value === number ? undefined : numberContradiction(value, { table: 'mbr', number, diskId }, expected);
}
function guidContradiction(found, { guid }, expected) {
    if (/^[0-9a-f]{8}-[0-9a-f]{2}$/.test(found)) {
        return tableContradiction('mbr', 'the image has a GPT, whose partitions have no such UUIDs', expected);
    }
    return found === guid
        ? undefined
        : contradiction(expected, {
            input: 'uuid',
            image: guid === undefined
                ? 'the UUID of the root partition is derived from the closure'
                : `the UUID of the root partition is ${guid}, derived from the input uuid`,
            remedy: 'Mount the filesystem by its label or its own UUID',
        });
}
function tableContradiction(table, image, expected) {
    return contradiction(expected, { input: 'partition-table', image, remedy: `Set partition-table to ${table}` });
}
function contradiction({ where }, { input, image, remedy }) {
    return (0,user_error/* inputError */.Xu)({
        input,
        message: `${where}, but ${image}: the system would not find its root filesystem.`,
        remedy: `${remedy}, or correct the NixOS configuration.`,
    });
}

// EXTERNAL MODULE: ./release/publish.js + 9 modules
var publish = __webpack_require__(6153);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./threads/pack-error.js
var pack_error = __webpack_require__(6161);
// EXTERNAL MODULE: ./threads/shared.js
var threads_shared = __webpack_require__(8810);
// EXTERNAL MODULE: ./threads/uninterrupted.js
var uninterrupted = __webpack_require__(7112);
;// CONCATENATED MODULE: ./threads/pool.js







/**
 * Starts `threads` workers from the script at `url`, which must call `serveTasks`. Each worker runs one task and has the
 * next one waiting, so that it never idles while the main thread is busy. A worker that dies ends the pool: all tasks
 * that have not finished, and all later ones, are rejected.
 */
function createPool(url, threads) {
    const waiting = [];
    const shared = (0,threads_shared/* createSharedValues */.I)();
    let nextId = 0;
    let failure;
    const fail = (error) => {
        failure ??= { reason: error };
        rejectAll(waiting.splice(0), failure.reason);
        for (const { jobs } of members) {
            const unfinished = [...jobs.values()];
            jobs.clear();
            rejectAll(unfinished, failure.reason);
        }
    };
    const dispatch = () => {
        for (const depth of [0, 1]) {
            for (const member of members) {
                while (waiting.length > 0 && member.jobs.size === depth) {
                    send(member, waiting.shift(), shared);
                }
            }
        }
    };
    (0,external_node_v8_.setFlagsFromString)(INITIAL_HEAP);
    const members = Array.from({ length: threads }, () => startMember(url, { onIdle: dispatch, onDeath: fail }));
    return {
        threads,
        run: (name, input, transfer = []) => new Promise((resolve, reject) => {
            if (failure !== undefined) {
                return reject(failure.reason);
            }
            waiting.push({ id: nextId++, name, input, transfer, resolve, reject });
            dispatch();
        }),
        share(value) {
            shared.add(value, (message) => {
                for (const { worker } of members) {
                    worker.postMessage(message);
                }
            });
            return value;
        },
        async close(reason = new Error('The worker threads were stopped.')) {
            fail(reason);
            await Promise.all(members.map(stop));
        },
    };
}
function startMember(url, { onIdle, onDeath }) {
    const gate = (0,uninterrupted/* createGate */.qD)();
    const worker = new external_node_worker_threads_.Worker(url, { resourceLimits: LIMITS, workerData: { gate } });
    const member = { worker, gate, jobs: new Map() };
    const { jobs } = member;
    worker.on('message', (response) => {
        const job = jobs.get(response.id);
        // The answer came after the pool was stopped. Without a reference the process could end before its workers.
        if (job === undefined) {
            return;
        }
        jobs.delete(response.id);
        if (jobs.size === 0) {
            worker.unref();
        }
        onIdle();
        if ('error' in response) {
            job.reject((0,pack_error/* unpackError */.R)(response.error));
        }
        else {
            job.resolve(response.value);
        }
    });
    worker.on('error', (cause) => onDeath(deathError(cause)));
    // An answer that cannot be decoded, such as one that is nested too deeply: no other event says that it is lost.
    worker.on('messageerror', (cause) => onDeath(deathError(cause)));
    worker.on('exit', (code) => {
        (0,uninterrupted/* leaveGate */.bw)(gate);
        onDeath(exitError(code));
    });
    // An idle pool must not keep the process alive; `send` refers to the worker again. After the listeners, because adding
    // one for messages refers to it too.
    worker.unref();
    return member;
}
async function stop({ worker, gate }) {
    await (0,uninterrupted/* closeGate */.i2)(gate);
    await worker.terminate();
}
/**
 * Most allocations are short-lived, so a smaller young generation than V8's default is enough. Scavenges start when a
 * third of it is full.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12 };
/**
 * Workers live on a few megabytes of objects, and large buffers come and go. V8 takes these for growth of a heap that started
 * small, and collects garbage for each.
 */
const INITIAL_HEAP = '--initial-old-space-size=64';
function send({ worker, jobs }, job, shared) {
    if (job === undefined) {
        return;
    }
    try {
        const message = { id: job.id, name: job.name, ...shared.leaveOut(job.input) };
        worker.postMessage(message, [...job.transfer]);
    }
    catch (error) {
        // An input that cannot be cloned must not take up the place of one that can.
        job.reject(error);
        return;
    }
    jobs.set(job.id, job);
    worker.ref();
}
function rejectAll(jobs, reason) {
    for (const { reject } of jobs) {
        reject(reason);
    }
}
/** The error of a worker that ended with an error outside its tasks, or that used up its memory. */
function deathError(cause) {
    if ((0,error_code/* errorCode */.C)(cause) === 'ERR_WORKER_OUT_OF_MEMORY') {
        return (0,user_error/* userError */.IF)({
            title: 'Not enough memory',
            message: 'A worker thread ran out of memory.',
            remedy: 'Use a runner with more memory, or put less into the image. ' +
                'If NODE_OPTIONS sets --max-old-space-size, raise the limit or remove it.',
            code: 'WORKER_OUT_OF_MEMORY',
            cause,
        });
    }
    return (0,user_error/* userError */.IF)({
        title: 'A worker thread failed',
        message: 'A worker thread failed.',
        remedy: user_error/* REPORT_BUG */.Uc,
        code: 'WORKER_FAILED',
        cause,
    });
}
function exitError(exitCode) {
    return (0,user_error/* userError */.IF)({
        title: 'A worker thread failed',
        message: `A worker thread exited with code ${exitCode}.`,
        remedy: user_error/* REPORT_BUG */.Uc,
        code: 'WORKER_EXITED',
    });
}

// EXTERNAL MODULE: ./run/describe.js + 4 modules
var run_describe = __webpack_require__(3958);
// EXTERNAL MODULE: ./run/imager.js + 1 modules
var imager = __webpack_require__(1981);
// EXTERNAL MODULE: ./disk/table.js + 1 modules
var table = __webpack_require__(5593);
// EXTERNAL MODULE: ./run/prepare/card-parts.js + 10 modules
var card_parts = __webpack_require__(599);
;// CONCATENATED MODULE: ./run/prepare/boot-identity.js



/** How the inputs have the image boot its system. */
function bootOptions(inputs) {
    const { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, firmwareLabel, diskId, format } = inputs;
    const fat = format === 'sd-card' ? { label: firmwareLabel, volumeId: diskId } : undefined;
    return { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, fat };
}
/** What the root filesystem will be called, as far as that is known before the closure is. */
function rootIdentity(inputs, card) {
    const { volumeLabel, uuid } = inputs;
    return {
        label: volumeLabel,
        uuid: uuid === 'from-closure' ? undefined : (0,format/* formatUuid */.h)(uuid).toLowerCase(),
        partition: card && rootPartition(inputs, (0,card_parts/* placeOnSmallCard */.g4)(inputs, card).layout.filesystem),
    };
}
function rootPartition({ partitionTable, diskId, uuid }, { number, name }) {
    if (partitionTable === 'mbr') {
        return { table: 'mbr', number, diskId };
    }
    const guid = uuid === 'from-closure' ? undefined : (0,table/* partitionGuid */.aK)(uuid, number).toLowerCase();
    return { table: 'gpt', number, name, guid };
}

// EXTERNAL MODULE: ./process/describe.js
var process_describe = __webpack_require__(3582);
// EXTERNAL MODULE: ./process/program-error.js
var program_error = __webpack_require__(8492);
// EXTERNAL MODULE: ./process/run.js + 3 modules
var run = __webpack_require__(1307);
// EXTERNAL MODULE: ./image/frames/xz.js + 1 modules
var xz = __webpack_require__(127);
;// CONCATENATED MODULE: ./image/frames/check-xz.js





/**
 * Checks, before any work, that the xz in PATH is that of XZ Utils and runs; the one of BusyBox only decompresses. Throws a
 * `UserError` that says how to install it. In a file of its own: worker threads must not load what runs programs.
 */
async function checkXz(signal) {
    const path = (0,xz/* findXz */.wX)();
    const result = await (0,run/* run */.e)(path, ['--version'], { allowFailure: true, signal, timeout: 60_000 });
    if (result.exitCode === 0 && result.stdout.toString('latin1').startsWith('xz (XZ Utils) ')) {
        return;
    }
    throw (0,program_error/* programError */.b)({
        code: 'PROGRAM_UNSUITABLE',
        message: `compression: xz needs the xz of XZ Utils, but ${describeOther(path, result)}`,
        remedy: xz/* INSTALL_XZ */.rk,
    });
}
function describeOther(path, result) {
    const { exitCode, stdout, stderr } = result;
    if (/\bBusyBox\b/.test(`${stdout.toString('latin1')}${stderr.toString('latin1')}`)) {
        return `${(0,printable/* printable */.g)(path)} is that of BusyBox, which only decompresses.`;
    }
    return exitCode === 0
        ? `${(0,printable/* printable */.g)(path)} is another program.`
        : `${(0,printable/* printable */.g)(path)} does not run. ${(0,process_describe/* describeFailedCommand */.e)((0,process_describe/* describeCommand */.v)(path, ['--version']), result)}`;
}

// EXTERNAL MODULE: ./nix/nix-store.js + 1 modules
var nix_store = __webpack_require__(9861);
// EXTERNAL MODULE: ./verify/e2fsck.js
var e2fsck = __webpack_require__(5665);
;// CONCATENATED MODULE: ./run/prepare/tools.js



/** Checks, before any work, that all programs that a run needs are there and can do what it needs. */
async function checkTools({ compression }, signal) {
    const tools = { nixVersion: await (0,nix_store/* checkNixStore */.VZ)({ signal }), e2fsck: await (0,e2fsck/* checkE2fsck */.X9)(signal) };
    if (compression === 'xz') {
        await checkXz(signal);
    }
    return tools;
}

;// CONCATENATED MODULE: ./run/prepare/prepare.js














/** Checks everything that can be checked before any work, and registers what is undone at the end. */
async function prepare(inputs, { workerUrl, log, signal, cleanup, }) {
    if (inputs.upload) {
        (0,preconditions/* checkUploadIsPossible */.L)();
    }
    const baseline = inputs.baseline === undefined ? undefined : readBaseline(inputs.baseline);
    const tools = await checkTools(inputs, signal);
    const system = inputs.system === undefined ? undefined : readBootableSystem(inputs.system, bootOptions(inputs));
    const cardParts = (0,card_parts/* readCardParts */.vw)(inputs, system);
    (0,card_parts/* warnOfReservedNames */.a)(cardParts?.firmware, log);
    if (system !== undefined) {
        checkRoot(system, rootIdentity(inputs, cardParts));
    }
    const imagerDevices = (0,imager/* imagerDevicesOf */.M)(inputs, cardParts, system);
    const fileName = (0,codecs/* imageFileName */.vO)(inputs);
    const others = (0,run_describe/* companionNames */.h)(inputs, imagerDevices);
    if (inputs.release !== undefined) {
        await (0,publish/* checkRelease */.m)({ ...inputs.release, imageName: fileName, otherNames: others, log, signal });
    }
    const temporaryDirectory = process.env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    const output = (0,output_file/* prepareOutputFile */.$)(fileName, inputs.outputDirectory, temporaryDirectory, others, inputs.imageName);
    cleanup.deferLast(output.release);
    let reported;
    cleanup.deferFailure(() => {
        const left = output.discard();
        // A cancelled step runs this twice.
        if (left !== undefined && left !== reported) {
            log.warning('Files were left', left);
            reported = left;
        }
    });
    const pool = createPool(workerUrl, (0,external_node_os_.availableParallelism)());
    cleanup.defer(() => pool.close(signal.reason));
    return { baseline, system, cardParts, imagerDevices, tools, output, pool, temporaryDirectory };
}


/***/ }),

/***/ 4815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ readTree)
});

// EXTERNAL MODULE: ./nix/database.js
var nix_database = __webpack_require__(5388);
// EXTERNAL MODULE: ./nix/registration.js
var nix_registration = __webpack_require__(216);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./text/size.js
var size = __webpack_require__(3004);
// EXTERNAL MODULE: ./tree/duplicates.js
var duplicates = __webpack_require__(4722);
;// CONCATENATED MODULE: ./tree/build.js

/** Scans store paths on the pool. The last component of the path on this machine becomes the name in the image. */
async function scanStorePaths(pool, paths) {
    return Promise.all(paths.map(async (path) => {
        const bytes = Buffer.from(path);
        const { tree, narSize } = await pool.run('scanStorePath', { path: bytes });
        return { name: path.slice(path.lastIndexOf('/') + 1), path: bytes, tree, narSize };
    }));
}
/**
 * Makes equal files of the store share an inode, whatever links the store of this machine has. Returns the bytes saved.
 * `onProgress` receives the bytes that have been read, and those to read in total.
 */
async function deduplicate(pool, tree, onProgress) {
    const candidates = (0,duplicates/* duplicateCandidates */.SS)(tree);
    pool.share(tree);
    const digests = new Uint8Array(candidates.length * duplicates/* DIGEST_BYTES */.x4);
    const cut = batches(tree, candidates);
    const total = cut.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    await Promise.all(cut.map(async ({ start, bytes, entries }) => {
        digests.set(await pool.run('digestFiles', { tree, entries }), start * duplicates/* DIGEST_BYTES */.x4);
        done += bytes;
        onProgress(done, total);
    }));
    return (0,duplicates/* shareDuplicates */.gU)(tree, candidates, digests);
}
/** Enough work for a task to outweigh its messages, and little enough to distribute evenly. */
const BATCH_BYTES = 16 * 1024 * 1024;
const BATCH_FILES = 2048;
function batches(tree, candidates) {
    const cut = [];
    let start = 0;
    let bytes = 0;
    candidates.forEach((entry, i) => {
        bytes += tree.size[entry];
        if (bytes < BATCH_BYTES && i + 1 - start < BATCH_FILES && i + 1 < candidates.length) {
            return;
        }
        cut.push({ start, bytes, entries: candidates.slice(start, i + 1) });
        start = i + 1;
        bytes = 0;
    });
    return cut;
}

// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
;// CONCATENATED MODULE: ./tree/compose.js

/**
 * Flattens directories, subtrees, files and links into one tree in depth-first order with children ascending by bytes, over
 * shared memory. Names within a directory must be distinct.
 */
function composeTree(root) {
    const top = { name: NO_NAME, node: root };
    const totals = { entries: 0, nameBytes: 0, targetBytes: 0, sparse: 0, runs: 0 };
    measure(top, totals);
    const tree = {
        count: totals.entries,
        parent: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        end: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        names: new Uint8Array(new SharedArrayBuffer(totals.nameBytes)),
        nameStart: new Uint32Array(new SharedArrayBuffer((totals.entries + 1) * 4)),
        mode: new Uint16Array(new SharedArrayBuffer(totals.entries * 2)),
        gid: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        size: new Float64Array(new SharedArrayBuffer(totals.entries * 8)),
        targets: new Uint8Array(new SharedArrayBuffer(totals.targetBytes)),
        targetStart: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        original: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        sparse: {
            entry: new Uint32Array(new SharedArrayBuffer(totals.sparse * 4)),
            firstRun: new Uint32Array(new SharedArrayBuffer((totals.sparse + 1) * 4)),
            start: new Uint32Array(new SharedArrayBuffer(totals.runs * 4)),
            length: new Uint32Array(new SharedArrayBuffer(totals.runs * 4)),
        },
        origin: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
        origins: [],
    };
    place({ tree, entry: 0, nameByte: 0, targetByte: 0, sparse: 0 }, 0, top);
    tree.nameStart[totals.entries] = totals.nameBytes;
    for (let entry = 0; entry < totals.entries; entry++) {
        tree.original[entry] = entry;
    }
    return tree;
}
const NO_NAME = new Uint8Array(0);
function measure({ name, node }, totals) {
    totals.nameBytes += name.length;
    totals.entries += node.kind === 'graft' ? node.tree.count : 1;
    if (node.kind === 'graft') {
        totals.nameBytes += node.tree.names.length;
        totals.targetBytes += node.tree.targets.length;
        totals.sparse += node.data === undefined ? 0 : 1;
        totals.runs += node.data?.start.length ?? 0;
    }
    if (node.kind === 'link') {
        totals.targetBytes += node.target.length;
    }
    if (node.kind !== 'directory') {
        return;
    }
    for (const child of node.children) {
        measure(child, totals);
    }
}
function place(cursor, parent, { name, node }) {
    const { tree, entry } = cursor;
    tree.nameStart[entry] = cursor.nameByte;
    tree.names.set(name, cursor.nameByte);
    cursor.nameByte += name.length;
    if (node.kind === 'graft') {
        placeGraft(cursor, parent, node);
        return;
    }
    cursor.entry++;
    tree.parent[entry] = parent;
    tree.gid[entry] = node.gid;
    tree.targetStart[entry] = cursor.targetByte;
    switch (node.kind) {
        case 'generated':
            tree.mode[entry] = constants/* MODE */.g.regular | node.mode;
            tree.size[entry] = node.contents.length;
            tree.origin[entry] = tree.origins.push({ kind: 'generated', contents: node.contents }) - 1;
            break;
        case 'link':
            tree.mode[entry] = constants/* MODE */.g.symlink | 0o777;
            tree.size[entry] = node.target.length;
            tree.targets.set(node.target, cursor.targetByte);
            cursor.targetByte += node.target.length;
            break;
        default:
            tree.mode[entry] = constants/* MODE */.g.directory | node.mode;
            for (const child of node.children.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
                place(cursor, entry, child);
            }
    }
    tree.end[entry] = cursor.entry;
}
/** The name of the subtree's top is placed already; all indices of the subtree move by that of its top. */
function placeGraft(cursor, parent, graft) {
    const { tree, entry: base, nameByte, targetByte } = cursor;
    const { tree: packed } = graft;
    const origin = tree.origins.push({ kind: 'host', path: graft.path, at: base, identity: graft.identity }) - 1;
    for (let i = 0; i < packed.count; i++) {
        tree.parent[base + i] = i === 0 ? parent : base + packed.parent[i];
        tree.end[base + i] = base + packed.end[i];
        if (i > 0) {
            tree.nameStart[base + i] = nameByte + packed.nameStart[i];
        }
        tree.targetStart[base + i] = targetByte + packed.targetStart[i];
    }
    tree.mode.set(packed.mode, base);
    tree.size.set(packed.size, base);
    tree.gid.fill(graft.gid, base, base + packed.count);
    tree.origin.fill(origin, base, base + packed.count);
    tree.names.set(packed.names, nameByte);
    tree.targets.set(packed.targets, targetByte);
    if (graft.data !== undefined) {
        placeData(cursor, graft.data);
    }
    cursor.entry += packed.count;
    cursor.nameByte += packed.names.length;
    cursor.targetByte += packed.targets.length;
}
/** Records where the file at the cursor has data. */
function placeData(cursor, data) {
    const { sparse } = cursor.tree;
    const first = sparse.firstRun[cursor.sparse];
    sparse.entry[cursor.sparse] = cursor.entry;
    sparse.start.set(data.start, first);
    sparse.length.set(data.length, first);
    cursor.sparse++;
    sparse.firstRun[cursor.sparse] = first + data.start.length;
}

// EXTERNAL MODULE: ./tree/directory.js
var directory = __webpack_require__(8625);
// EXTERNAL MODULE: ./tree/overlay.js
var overlay = __webpack_require__(7750);
;// CONCATENATED MODULE: ./tree/lay-out-image.js






/** That of an image whose device loads the registration. */
const NO_NIX_STATE = { database: undefined, system: undefined };
/**
 * Lays out the tree of an image: the store, the registration, the state of Nix, /lost+found, and the directories that
 * overlay the root. Throws a `UserError` if one of these would change the store, the registration or /lost+found.
 */
function layOutImage(contents) {
    const store = {
        kind: 'directory',
        // As the Nix daemon sets it: the build users' group may add to the store, and only owners may remove from it.
        mode: 0o1775,
        gid: contents.storeGid,
        children: contents.storePaths.map(({ name, path, tree }) => ({
            name: Buffer.from(name),
            node: { kind: 'graft', gid: contents.storeGid, tree, path },
        })),
    };
    const base = (0,directory/* directory */.yy)({
        'lost+found': { ...(0,directory/* directory */.yy)({}), mode: 0o700 },
        nix: (0,directory/* directory */.yy)({ store, ...nixStateOf(contents.nixState) }),
        'nix-path-registration': { ...(0,directory/* file */.NJ)(contents.registration), mode: 0o444 },
    });
    return composeTree(contents.rootDirectories.reduce((root, upper) => {
        checkReserved(upper, contents.nixState?.database === undefined ? [] : [DATABASE_DIRECTORY]);
        return (0,overlay/* overlay */.L)(root, upper);
    }, base));
}
const DATABASE_DIRECTORY = '/nix/var/nix/db';
/** What is below /nix besides the store. */
function nixStateOf({ database, system } = NO_NIX_STATE) {
    const state = { ...databaseOf(database), ...profilesOf(system) };
    return Object.keys(state).length === 0 ? {} : { var: (0,directory/* directory */.yy)({ nix: (0,directory/* directory */.yy)(state) }) };
}
function databaseOf(database) {
    if (database === undefined) {
        return {};
    }
    return { db: (0,directory/* directory */.yy)({ 'db.sqlite': (0,directory/* file */.NJ)(database), schema: (0,directory/* file */.NJ)(Buffer.from(nix_database/* DATABASE_SCHEMA */.yh)) }) };
}
/** As `nix-env --profile /nix/var/nix/profiles/system --set` makes them. */
function profilesOf(system) {
    if (system === undefined) {
        return {};
    }
    return { profiles: (0,directory/* directory */.yy)({ system: (0,directory/* link */.nf)('system-1-link'), 'system-1-link': (0,directory/* link */.nf)(system) }) };
}
/** The store has exactly what Nix registered, the database as well, and /lost+found belongs to e2fsck. */
function checkReserved(upper, others) {
    for (const path of [store_path/* STORE_DIRECTORY */.Qs, ...others, '/lost+found']) {
        if (hasPath(upper, path.split('/').slice(1))) {
            throw (0,user_error/* inputError */.Xu)({
                input: 'root-files',
                message: `Files for the root of the image must not contain ${path}.`,
                remedy: `Remove ${path} from the directories in root-files. To add to the store, use store-paths.`,
            });
        }
    }
}
function hasPath(directory, [name, ...below]) {
    const node = directory.children.find((child) => Buffer.from(name).equals(child.name))?.node;
    if (node === undefined || below.length === 0) {
        return node !== undefined;
    }
    return node.kind === 'directory' && hasPath(node, below);
}

// EXTERNAL MODULE: ./nix/store-error.js
var store_error = __webpack_require__(7395);
;// CONCATENATED MODULE: ./tree/store/registered-sizes.js

/**
 * Completes what Nix registered of store paths, which have been scanned in the same order, by the sizes that Nix does not
 * know: it registers 0 for these (Nix, src/libstore/path-info.hh, `narSize`; NixOS/nix#647).
 *
 * Throws a `UserError` if another size is registered than that of the path, which has the registered hash. A path with
 * another hash is left to the verification, which finds out what changed.
 */
async function completeSizes(pool, registered, scanned) {
    const completed = [];
    for (const [i, info] of registered.entries()) {
        const { narSize, path } = scanned[i];
        if (info.size !== 0 && info.size !== narSize) {
            const hash = await pool.run('hashStorePath', { path });
            if (Buffer.compare(hash, info.hash) === 0) {
                throw (0,store_error/* databaseError */.K)(`The database of Nix is at fault: it has a size of ${info.size} bytes for ${info.path}, whose files have the ` +
                    `registered hash, and ${narSize} bytes as a Nix archive.`);
            }
        }
        completed.push(info.size === 0 ? { ...info, size: narSize } : info);
    }
    return completed;
}

// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./tree/flat-directory.js
var flat_directory = __webpack_require__(3161);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./process/run.js + 3 modules
var run = __webpack_require__(1307);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
;// CONCATENATED MODULE: ./tree/root-files/extended-attributes.js



/**
 * Finds what has extended attributes below a directory: capabilities, ACLs and those of users. Labels of a security module
 * belong to the machine and are left out. Node.js cannot read them: this runs getfattr of Debian's package attr, and throws
 * `PROGRAM_MISSING` without it.
 */
async function findExtendedAttributes(directory, signal) {
    const root = (0,external_node_fs_.realpathSync)(directory);
    const options = ['--recursive', '--physical', '--no-dereference', '--absolute-names', '--match=-', '--'];
    // It fails where a filesystem has no attributes.
    const { stdout } = await (0,run/* run */.e)('getfattr', [...options, root], { signal, allowFailure: true });
    return parseAttributes(stdout.toString('latin1'), root);
}
/** Blocks of `# file: path`, one line for each name, and an empty line. */
function parseAttributes(output, root) {
    const prefix = Buffer.from(root).toString('latin1');
    return output.split('\n\n').flatMap((block) => {
        const [file = '', ...names] = block.split('\n').filter((line) => line !== '');
        const ofFile = names.filter((name) => !OF_THE_MACHINE.has(name));
        if (!file.startsWith(FILE) || ofFile.length === 0) {
            return [];
        }
        const path = unescapeOctal(file.slice(FILE.length));
        const below = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : '/';
        return [{ path: (0,printable/* printable */.g)(Buffer.from(below, 'latin1')), names: ofFile.map((name) => (0,printable/* printable */.g)(name)) }];
    });
}
/** Reverts how getfattr writes newlines and backslashes in paths (attr, tools/getfattr.c): a backslash and three octal digits. */
function unescapeOctal(text) {
    return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
const FILE = '# file: ';
/** What a security module of this machine, or NFS for the permissions of its server, adds to every file. */
const OF_THE_MACHINE = new Set([
    'security.selinux',
    'security.SMACK64',
    'security.ima',
    'security.evm',
    'system.nfs4_acl',
]);

// EXTERNAL MODULE: ./tree/root-files/scan.js + 1 modules
var scan = __webpack_require__(9069);
;// CONCATENATED MODULE: ./run/root-files.js





/** Reads what the inputs put on the root of the image. Warns of what every user may write, and of what an image leaves out. */
async function readRootFiles({ inputs, pool, log, signal }) {
    const { rootParts, rootFiles, rootFilesMode: permissions } = inputs;
    const scan = async (input) => (0,flat_directory/* nestDirectory */.i)(await pool.run('scanRootFiles', input));
    const given = await Promise.all(rootFiles.map((path) => scan({ path, permissions })));
    warnOfWritable(given, log);
    await warnOfAttributes(rootFiles, log, signal);
    if (rootParts === undefined) {
        return given;
    }
    const { directory: path, modes } = rootParts;
    return [await scan({ path, permissions: modes }), ...given];
}
function warnOfWritable(directories, log) {
    const writable = directories.flatMap((directory) => (0,scan/* writableEntries */.pb)(directory));
    if (writable.length > 0) {
        log.warning('Every user of the device may change files', `root-files has ${(0,format/* formatCount */.B4)(writable.length, 'path')} that every user may write: ${firstOf(writable)}. ` +
            'The image keeps these permissions. If they come from the umask of the runner, set root-files-mode to git, or remove ' +
            'them before this step, for instance with `chmod -R o-w`.');
    }
}
async function warnOfAttributes(paths, log, signal) {
    try {
        const found = await Promise.all(paths.map((path) => findExtendedAttributes(path, signal)));
        const shown = found.flat().map(({ path, names }) => `${path} (${names.join(', ')})`);
        if (shown.length > 0) {
            log.warning('Extended attributes are not in the image', `root-files has ${(0,format/* formatCount */.B4)(shown.length, 'path')} with capabilities, ACLs or other attributes: ${firstOf(shown)}. ` +
                'The image leaves them out. Set them on the device, for instance with systemd-tmpfiles or security.wrappers. With an ' +
                'ACL, the permissions of the group, which the image keeps, are the mask of the ACL.');
        }
    }
    catch (error) {
        if ((0,error_code/* errorCode */.C)(error) !== 'PROGRAM_MISSING') {
            throw error;
        }
        log.detail('getfattr is not installed: extended attributes of root-files are not looked for.');
    }
}
/** The first of many, for a message. */
function firstOf(texts) {
    return `${texts.slice(0, SHOWN).join(', ')}${texts.length > SHOWN ? ', …' : ''}`;
}
const SHOWN = 5;

;// CONCATENATED MODULE: ./run/read.js








/** Reads the tree of the closure from the store, and adds what the inputs put on the root. */
function readTree({ inputs, system, closure: registered, temporaryDirectory, pool, log, signal, }) {
    return log.phase('Read the tree', async (progress) => {
        const overlays = system === undefined ? [] : [system.boot.rootOverlay];
        const rootDirectories = [...overlays, ...(await readRootFiles({ inputs, pool, log, signal }))];
        const storePaths = await scanStorePaths(pool, registered.map((info) => info.path));
        const closure = await completeSizes(pool, registered, storePaths);
        const registration = (0,nix_registration/* encodeRegistration */.g)(closure, store_path/* STORE_DIRECTORY */.Qs);
        const nixState = {
            database: inputs.nixDatabase ? (0,nix_database/* encodeDatabase */.CF)(closure, temporaryDirectory) : undefined,
            system: inputs.nixDatabase || system?.boot.needsProfile ? system?.toplevel : undefined,
        };
        const tree = layOutImage({ storePaths, registration, storeGid: inputs.storeGid, nixState, rootDirectories });
        const deduplicatedBytes = inputs.deduplicate ? await deduplicate(pool, tree, progress) : undefined;
        const saved = deduplicatedBytes === undefined ? '' : `; storing equal files once saves ${(0,size/* formatSize */.Xq)(deduplicatedBytes)}`;
        log.info(`${tree.count} entries${saved}`);
        return { closure, tree, deduplicatedBytes };
    });
}


/***/ }),

/***/ 4120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ attachToRelease)
});

// EXTERNAL MODULE: ./release/publish.js + 9 modules
var publish = __webpack_require__(6153);
// EXTERNAL MODULE: ./release/target.js
var target = __webpack_require__(7210);
// EXTERNAL MODULE: ./text/size.js
var size = __webpack_require__(3004);
// EXTERNAL MODULE: ./report/html.js
var html = __webpack_require__(9051);
// EXTERNAL MODULE: ./report/summary-changes.js
var summary_changes = __webpack_require__(2752);
;// CONCATENATED MODULE: ./report/release-notes.js



/** Bytes for the changes: release notes can have 125,000, which all images of a matrix share. */
const CHANGES_BYTES = 15_000;
/**
 * The section of an image in the release notes, as Markdown with HTML. `join` is the command that joins the parts of a
 * split image; `undefined` if it is whole.
 */
function renderReleaseNotes(report, join) {
    const { image, changes } = report;
    const uncompressed = image.size === image.uncompressedSize ? '' : `, ${(0,size/* formatSize */.Xq)(image.uncompressedSize)} uncompressed`;
    const sections = [
        `<h3>${(0,html/* htmlCode */.h8)(image.fileName)}</h3>`,
        `${(0,size/* formatSize */.Xq)(image.size)}${uncompressed}, SHA-256 ${(0,html/* htmlCode */.h8)(image.sha256)}`,
    ];
    if (join !== undefined) {
        sections.push(JOIN_TEXT, ['```sh', join, CHECK_COMMAND, '```'].join('\n'));
    }
    sections.push(VERIFY_TEXT, ['```sh', ...verifyCommands(report, join), '```'].join('\n'));
    if (changes !== undefined) {
        sections.push((0,summary_changes/* renderChanges */.O)(changes.changes, changes.baseline, CHANGES_BYTES));
    }
    return sections.join('\n\n');
}
const JOIN_TEXT = 'The image is in parts, because a release asset must be smaller than 2 GiB. Join them in the directory of the download:';
/** SHA256SUMS lists the whole image and its parts. */
const CHECK_COMMAND = 'sha256sum --check --ignore-missing SHA256SUMS';
const VERIFY_TEXT = 'Verify a download with the GitHub CLI: `gh release` if the release is immutable, `gh attestation` if the image was attested.';
/** Whole images are attested, but a release has the parts of a split one. */
function verifyCommands({ image, release: { tag, repository } }, join) {
    const [quotedTag, name] = [quoteForShell(tag), quoteForShell(image.fileName)];
    const verifyAsset = (file) => `gh release verify-asset ${quotedTag} ${file} --repo ${repository}`;
    return [
        `gh release verify ${quotedTag} --repo ${repository}`,
        join === undefined ? verifyAsset(name) : `for part in ${name}.[0-9]*; do ${verifyAsset('"$part"')}; done`,
        `gh attestation verify ${name} --repo ${repository}`,
    ];
}
function quoteForShell(text) {
    return /^[\w./+@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

;// CONCATENATED MODULE: ./run/release.js



/** Attaches the image and the files beside it to a release; `undefined` if `release-tag` is not set. */
async function attachToRelease({ inputs, image, changes, companions, log, signal, }) {
    const { release, overwrite } = inputs;
    if (release === undefined) {
        return undefined;
    }
    const { owner, repository: name } = (0,target/* releaseTarget */.J$)();
    const repository = `${owner}/${name}`;
    return log.phase('Attach to the release', (progress) => (0,publish/* publishRelease */.D)({
        ...release,
        image,
        others: companions,
        notes: (join) => renderReleaseNotes({ image, changes, release: { tag: release.tag, repository } }, join),
        overwrite,
        log,
        onProgress: progress,
        signal,
    }));
}


/***/ }),

/***/ 8047:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ publishReport)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./host/small-file.js
var small_file = __webpack_require__(286);
// EXTERNAL MODULE: ./text/json.js
var json = __webpack_require__(7727);
;// CONCATENATED MODULE: ./companions/artifact-list.js


/**
 * Reads the file in `GITHUB_ARTIFACTS_LIST`: the artifacts that earlier steps of the job have registered. There are none
 * without that variable, and the file is empty on a runner that ignores registrations. Throws an `Error` if the file cannot
 * be read or has another format. Format: actions/runner, src/Runner.Worker/ArtifactsListFileCommand.cs.
 */
function readArtifactList(file) {
    const text = file ? (0,small_file/* readSmallFile */.E)(file).toString().trim() : '';
    if (text === '') {
        return [];
    }
    const list = JSON.parse(text);
    if (!(0,json/* isObject */.G)(list) || list.version !== FORMAT_VERSION || !Array.isArray(list.subjects)) {
        throw new Error(`not a list of artifacts of version ${FORMAT_VERSION}`);
    }
    return list.subjects.map((subject) => {
        if (!(0,json/* isObject */.G)(subject) || typeof subject.name !== 'string' || typeof subject.digest !== 'string') {
            throw new Error('an artifact without a name or a digest');
        }
        return { name: subject.name, digest: subject.digest };
    });
}
const FORMAT_VERSION = 1;

;// CONCATENATED MODULE: ./companions/attestation-problem.js


/**
 * Why the runner would fail the step if the path of `image`, absolute and without links, were in a line of `file`, the file
 * in `GITHUB_ARTIFACTS`; `undefined` if it would not. `registered` are the artifacts that the runner knows.
 */
function attestationProblem({ path, sha256 }, { file, registered }) {
    const artifact = { name: (0,external_node_path_.basename)(path), digest: `sha256:${sha256}` };
    return pathProblem(path, file.startsWith(CONTAINER_WORK)) ?? listProblem(artifact, registered);
}
/**
 * What the runner does not accept in a line with `path`. Rules: actions/runner,
 * src/Runner.Worker/CreateArtifactsFileCommand.cs.
 */
function pathProblem(path, isInContainer) {
    const name = (0,printable/* printable */.g)(path);
    const remedy = 'Set image-name and output-directory to other names';
    if (/[=\p{Cc}]/u.test(path)) {
        return {
            what: `The path ${name} contains an equals sign or a control character, which the runner does not allow there`,
            remedy,
        };
    }
    if (path !== path.trimEnd()) {
        return { what: `The path '${name}' ends with white space, which the runner removes`, remedy };
    }
    if (/@sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/i.test(path)) {
        return { what: `The path ${name} ends with a digest, as the runner expects it of a container image`, remedy };
    }
    if (isInContainer && !CONTAINER_MOUNTS.some((mount) => path.startsWith(mount))) {
        return {
            what: `The path ${name} exists only in the container of this job, where the runner cannot read it`,
            remedy: 'Set output-directory to a directory in GITHUB_WORKSPACE or RUNNER_TEMP',
        };
    }
    return undefined;
}
/** Where a job in a container has the runner's work directory, and with it the files of the runner. */
const CONTAINER_WORK = '/__w/';
/**
 * What the runner finds again of a container's files: its own mounts, not the volumes of the job (actions/runner,
 * src/Runner.Worker/Container/ContainerInfo.cs, TranslateToHostPath; src/Runner.Worker/ContainerOperationProvider.cs).
 */
const CONTAINER_MOUNTS = [CONTAINER_WORK, '/__t/', '/__e/', '/github/home/', '/github/workflow/'];
/** What the runner does not accept of `artifact` because of those that are registered. */
function listProblem(artifact, registered) {
    const same = registered.find(({ name }) => name === artifact.name);
    if (same !== undefined) {
        const remedy = 'Set image-name to a name of its own for each image of the job';
        const what = `Another file with the name ${(0,printable/* printable */.g)(artifact.name)} is registered already`;
        return same.digest === artifact.digest ? undefined : { what, remedy };
    }
    if (registered.length >= MAX_ARTIFACTS) {
        return {
            what: `${registered.length} artifacts are registered already, and the runner allows ${MAX_ARTIFACTS} in a job`,
        };
    }
    return undefined;
}
/** Artifacts of a job. */
const MAX_ARTIFACTS = 500;

;// CONCATENATED MODULE: ./companions/attestation.js




/**
 * Registers the image as an artifact of the job, so that a later step with actions/attest needs no subject-path: appends its
 * path to the file in `GITHUB_ARTIFACTS`. Does nothing on a runner without that variable. Returns a warning, and registers
 * nothing, if the runner would fail the step, or if a file of the runner cannot be read or written.
 */
function registerForAttestation(image, environment = process.env) {
    const { GITHUB_ARTIFACTS: file, GITHUB_ARTIFACTS_LIST: list } = environment;
    if (!file) {
        return undefined;
    }
    try {
        // The runner opens the file outside of a container, where links of the container lead elsewhere.
        const path = (0,external_node_fs_.realpathSync)(image.path);
        const problem = attestationProblem({ path, sha256: image.sha256 }, { file, registered: readArtifactList(list) });
        if (problem !== undefined) {
            return warning(problem);
        }
        // The last line may lack its line feed.
        const before = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.readFileSync)(file, 'utf8') : '';
        (0,external_node_fs_.appendFileSync)(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${path}\n`);
        return undefined;
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return warning({ what: `GITHUB_ARTIFACTS or GITHUB_ARTIFACTS_LIST cannot be used (${(0,printable/* printable */.g)(reason)})` });
    }
}
function warning({ what, remedy }) {
    const instead = 'set subject-checksums of actions/attest to the output checksums-path';
    const text = remedy === undefined ? `${what}. Instead, ${instead}.` : `${what}. ${remedy}, or ${instead}.`;
    return { title: 'Could not register the image for attestation', text };
}

// EXTERNAL MODULE: ./companions/checksums.js
var checksums = __webpack_require__(8541);
// EXTERNAL MODULE: ./image/finished-file.js
var finished_file = __webpack_require__(320);
// EXTERNAL MODULE: ./report/outputs.js
var outputs = __webpack_require__(7954);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./text/size.js
var text_size = __webpack_require__(3004);
// EXTERNAL MODULE: ./report/html.js
var html = __webpack_require__(9051);
// EXTERNAL MODULE: ./report/job-summary.js + 1 modules
var job_summary = __webpack_require__(1909);
// EXTERNAL MODULE: ./report/summary-changes.js
var summary_changes = __webpack_require__(2752);
;// CONCATENATED MODULE: ./report/summary-closure.js




const SHOWN_PATHS = 10;
const LONGEST_PATH = 300;
/** Store paths by NAR size, largest first, then by path. */
function byNarSize(paths) {
    return paths.toSorted((a, b) => b.narSize - a.narSize || (a.path < b.path ? -1 : 1));
}
/** A Mermaid pie chart of the largest store paths, the other store paths, and everything else. */
function renderPie(paths, filesystem) {
    const largest = paths.slice(0, SHOWN_PATHS);
    const rest = paths.slice(SHOWN_PATHS);
    const labels = pieLabels(largest);
    const slices = largest.map(({ narSize }, i) => [labels[i], narSize]);
    if (rest.length > 0) {
        slices.push([(0,format/* formatCount */.B4)(rest.length, 'more store path'), sum(rest)]);
    }
    slices.push(['filesystem structures and free space', filesystem.structureBytes + filesystem.freeBytes]);
    // Mermaid rejects empty slices.
    const lines = slices.flatMap(([label, bytes]) => {
        const mebibytes = (bytes / 2 ** 20).toFixed(2);
        return Number(mebibytes) > 0 ? [`    "${(0,text_escape/* escapeMermaid */.Fw)(label)}" : ${mebibytes}`] : [];
    });
    if (lines.length === 0) {
        return '';
    }
    return ['```mermaid', PIE_STYLE, 'pie showData title Where the bytes go (MiB)', ...lines, '```'].join('\n');
}
/** Of one lightness, so that dark numbers are readable on all of them, on a light page and on a dark one. */
const PIE_COLOURS = [
    '#7cc4fa',
    '#ffb77c',
    '#8fd694',
    '#f2a3c4',
    '#c3b1f5',
    '#f5d76e',
    '#84dcd2',
    '#f49d90',
    '#b5c7f0',
    '#c8dc78',
    '#c9d1d9',
    '#a3adb8',
];
const PIE_STYLE = `%%{init: ${JSON.stringify({
    pie: { textPosition: 0.85 },
    themeVariables: {
        ...Object.fromEntries(PIE_COLOURS.map((colour, i) => [`pie${i + 1}`, colour])),
        pieOpacity: '1',
        pieSectionTextColor: '#1f2328',
        pieStrokeColor: '#ffffff',
        pieStrokeWidth: '1px',
        pieOuterStrokeWidth: '0px',
        pieTitleTextSize: '18px',
        pieLegendTextSize: '14px',
        pieSectionTextSize: '13px',
    },
})}}%%`;
/** Names without hashes; equal names get the first letters of the hash, since Mermaid merges equal labels. */
function pieLabels(paths) {
    const names = paths.map(({ path }) => (0,text_escape/* shorten */.ml)(splitPath(path).name, LONGEST_PATH));
    return names.map((name, i) => {
        const isOnly = names.indexOf(name) === names.lastIndexOf(name);
        return isOnly ? name : `${name} (${splitPath(paths[i].path).hash.slice(0, 7)})`;
    });
}
/** The parts of `/nix/store/<hash>-<name>`. */
function splitPath(path) {
    const base = path.slice(path.lastIndexOf('/') + 1);
    const dash = base.indexOf('-');
    return dash < 0 ? { hash: base, name: base } : { hash: base.slice(0, dash), name: base.slice(dash + 1) };
}
/** All store paths with their shares of the closure's `narBytes`, in a section to expand. Rows beyond `limit` bytes are counted instead. */
function renderStorePaths(paths, narBytes, limit) {
    const title = `<details><summary>${paths.length === 1 ? '' : 'All '}${(0,format/* formatCount */.B4)(paths.length, 'store path')}, the largest first</summary>`;
    const head = '<tr><th align="left">Store path</th><th>NAR size</th><th>Share</th></tr>';
    const start = `${title}\n<table>\n${head}`;
    const end = '</table>\n</details>';
    const rows = [];
    let space = limit - Buffer.byteLength(start) - Buffer.byteLength(end) - NOTE_BYTES;
    for (const { path, narSize } of paths) {
        const name = (0,html/* htmlCode */.h8)(path);
        const row = renderRow(name, narSize, narBytes);
        space -= Buffer.byteLength(row) + 1;
        if (space < 0) {
            break;
        }
        rows.push(row);
    }
    const left = paths.slice(rows.length);
    const note = renderRow(`${left.length} smaller ones are left out`, sum(left), narBytes);
    return [start, ...rows, ...(left.length > 0 ? [note] : []), end].join('\n');
}
/** Bytes for line ends and the row that counts what is left out. */
const NOTE_BYTES = 250;
function renderRow(name, bytes, narBytes) {
    const numbers = [(0,text_size/* formatSize */.Xq)(bytes), share(bytes, narBytes)].map((cell) => `<td align="right">${cell}</td>`);
    return `<tr><td>${name}</td>${numbers.join('')}</tr>`;
}
function share(part, whole) {
    return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '';
}
function sum(paths) {
    return paths.reduce((total, { narSize }) => total + narSize, 0);
}

;// CONCATENATED MODULE: ./report/summary.js







/** Bytes of a summary: GitHub refuses more than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;
/** Bytes of these that the changes can take. */
const CHANGES_BYTES = 300_000;
/** Writes the job summary, if the runner has a file for it. A failure to write is a warning. */
async function writeSummary(report, environment = process.env) {
    await (0,job_summary/* writeJobSummary */.j)(() => renderSummary(report, environment.GITHUB_RUN_ID), environment);
}
/**
 * The job summary as Markdown with HTML tables. Everything from outside is escaped, and the size stays below GitHub's
 * limit for any closure. `runId` is the ID of the workflow run, for the link to the artifact.
 */
function renderSummary(report, runId) {
    const { closure, filesystem, changes, release } = report;
    const paths = byNarSize(closure.storePaths);
    const sections = [
        renderHeadline(report, runId),
        renderResult(report),
        release?.joinCommand === undefined ? '' : renderJoinCommand(release.joinCommand),
        renderFacts(report),
        (0,html/* htmlTable */.I$)(['Verification', 'Result'], report.checks.map(({ name, result }) => [(0,html/* htmlText */.js)(name), (0,html/* htmlText */.js)(result)])),
        changes === undefined ? '' : (0,summary_changes/* renderChanges */.O)(changes.changes, changes.baseline, CHANGES_BYTES),
        renderPie(paths, filesystem),
        renderSettings(report.settings ?? []),
        renderTimes(report),
        release === undefined ? '' : renderReleasedFiles(release),
    ];
    const head = sections.filter((section) => section !== '').join('\n\n');
    const space = SUMMARY_BYTES - Buffer.byteLength(head);
    return `${head}\n\n${renderStorePaths(paths, closure.narBytes, space)}\n`;
}
function renderHeadline({ image, artifact }, runId) {
    const link = artifact === undefined ? undefined : artifactLink(artifact.id, runId);
    const name = (0,html/* htmlCode */.h8)(image.fileName);
    const title = link === undefined ? name : `<a href="${link}">${name}</a>`;
    return `<h3>${title}: ${(0,text_size/* formatSize */.Xq)(image.size)}, verified</h3>`;
}
/** Relative to the page of the run: the runner masks secrets, and a full URL breaks if one occurs in it. */
function artifactLink(id, runId) {
    return runId !== undefined && /^\d+$/.test(runId) ? `./${runId}/artifacts/${id}` : undefined;
}
function renderResult({ closure, seconds, release }) {
    const paths = `${(0,format/* formatCount */.B4)(closure.storePaths.length, 'store path')} of ${(0,text_size/* formatSize */.Xq)(closure.narBytes)}`;
    const made = `${paths}, built and verified in ${(0,format/* formatDuration */.a3)(seconds)}.`;
    if (release === undefined) {
        return `<p>${made}</p>`;
    }
    const what = `${release.isDraft ? 'the draft of ' : ''}the release ${(0,html/* htmlText */.js)(release.tag)}`;
    return `<p>${made} Attached to ${(0,html/* htmlLink */.Ar)(release.url, what)}.</p>`;
}
function renderJoinCommand(command) {
    return `<p>The release has the image in parts, because an asset must be smaller than 2 GiB. Join them with ${(0,html/* htmlCode */.h8)(command)}.</p>`;
}
function renderFacts({ image, filesystem, boot, closure, deduplicatedBytes }) {
    const rows = [
        ['Size', exactSize(image.size)],
        ['SHA-256', (0,html/* htmlCode */.h8)(image.sha256)],
    ];
    if (image.uncompressedSha256 !== image.sha256) {
        rows.push(['Uncompressed size', exactSize(image.uncompressedSize)]);
        rows.push(['Uncompressed SHA-256', (0,html/* htmlCode */.h8)(image.uncompressedSha256)]);
    }
    rows.push(['Label', (0,html/* htmlCode */.h8)(filesystem.label)], ['UUID', (0,html/* htmlCode */.h8)(filesystem.uuid)]);
    if (boot !== undefined) {
        rows.push(['Boot loader', (0,html/* htmlText */.js)(boot)]);
    }
    rows.push(['Closure size', exactSize(closure.narBytes)]);
    if (deduplicatedBytes !== undefined) {
        rows.push(['Saved by storing equal files once', exactSize(deduplicatedBytes)]);
    }
    rows.push(['Filesystem structures', exactSize(filesystem.structureBytes)]);
    rows.push(['Free space', exactSize(filesystem.freeBytes)]);
    const lines = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
    return `<table>\n${lines.join('\n')}\n</table>`;
}
/** All other inputs are as the step gives them, or have their defaults. */
function renderSettings(settings) {
    if (settings.length === 0) {
        return '';
    }
    const rows = settings.map(([name, value]) => [(0,html/* htmlCode */.h8)(name), (0,html/* htmlCode */.h8)(firstLine(value))]);
    return (0,html/* htmlDetails */.M6)(`${(0,format/* formatCount */.B4)(settings.length, 'input')} from <code>parts</code>`, (0,html/* htmlTable */.I$)(['Input', 'Value'], rows));
}
/** The first line of a list, at a length that fits in a table. */
function firstLine(value) {
    const [first = '', ...others] = value.split('\n');
    const line = (0,text_escape/* shorten */.ml)(first, LONGEST_VALUE);
    return others.length === 0 ? line : `${line} and ${(0,format/* formatCount */.B4)(others.length, 'other')}`;
}
const LONGEST_VALUE = 200;
function renderTimes({ phases, seconds }) {
    const rows = phases.map((phase) => [(0,html/* htmlText */.js)(phase.name), (0,format/* formatDuration */.a3)(phase.seconds)]);
    return (0,html/* htmlDetails */.M6)(`Where the ${(0,format/* formatDuration */.a3)(seconds)} went`, (0,html/* htmlTable */.I$)(['Phase', 'Time'], rows));
}
function renderReleasedFiles({ tag, files }) {
    const rows = files.map(({ name, url, size }) => [(0,html/* htmlLink */.Ar)(url, (0,html/* htmlCode */.h8)(name)), (0,text_size/* formatSize */.Xq)(size)]);
    return (0,html/* htmlDetails */.M6)(`${files.length} files of the release ${(0,html/* htmlText */.js)(tag)}`, (0,html/* htmlTable */.I$)(['File', 'Size'], rows));
}
function exactSize(bytes) {
    return bytes < 1024 ? (0,text_size/* formatSize */.Xq)(bytes) : `${(0,text_size/* formatSize */.Xq)(bytes)} (${bytes.toLocaleString('en')} bytes)`;
}

// EXTERNAL MODULE: ./runner/log.js + 1 modules
var runner_log = __webpack_require__(4297);
;// CONCATENATED MODULE: ./runner/low-disk.js




/**
 * A warning if less than a tenth of the space on a file's filesystem is free, otherwise `undefined`: on a full disk
 * later steps of a job fail without saying why.
 */
function warnOfFullDisk(path, statfs = external_node_fs_.statfsSync) {
    const directory = (0,external_node_path_.dirname)(path);
    const { blocks, bavail, bsize } = statfs(directory);
    if (blocks === 0 || bavail / blocks >= LEAST_SHARE) {
        return undefined;
    }
    const [free, all] = [(0,text_size/* formatSize */.Xq)(bavail * bsize), (0,text_size/* formatSize */.Xq)(blocks * bsize)];
    return {
        title: 'The disk is nearly full',
        text: `${free} of ${all} are free where the image is, in ${(0,printable/* printable */.g)(directory)}: later steps may fail. Set output-directory to a ` +
            'directory on another disk, or delete what the job no longer needs, such as with nix-collect-garbage.',
    };
}
const LEAST_SHARE = 0.1;

;// CONCATENATED MODULE: ./run/report.js









/** Writes the list of checksums, the outputs, the job summary and the last line of the log. */
async function publishReport(results) {
    const { image, companions, log } = results;
    const checksums = await writeChecksumList(image, companions);
    for (const warning of [registerForAttestation(image), warnOfFullDisk(image.path)]) {
        if (warning !== undefined) {
            log.warning(warning.title, warning.text);
        }
    }
    const report = createReport(results, [...companions, checksums]);
    (0,outputs/* setOutputs */.n0)((0,outputs/* outputsOf */.Yz)(report));
    (0,outputs/* announceImage */.fu)(report.image.path);
    await writeSummary(report);
    log.info((0,runner_log/* closingLine */.o)({ ...image, seconds: report.seconds }));
}
async function writeChecksumList(image, companions) {
    const path = (0,external_node_path_.join)((0,external_node_path_.dirname)(image.path), checksums/* CHECKSUMS_NAME */.NX);
    await (0,checksums/* writeChecksums */.gD)(path, [image, ...companions].map((file) => ({ name: (0,external_node_path_.basename)(file.path), sha256: file.sha256 })));
    return { kind: 'checksums', ...(0,finished_file/* hashFinishedFile */.vn)(path) };
}
function createReport(results, companions) {
    const { inputs, tools, closure, plan, verification, log } = results;
    return {
        image: results.image,
        filesystem: {
            uuid: (0,format/* formatUuid */.h)(plan.description.filesystem.plan.uuid),
            label: inputs.volumeLabel,
            freeBytes: plan.usage.freeBytes,
            structureBytes: plan.usage.structureBytes,
        },
        boot: results.system?.boot.summary,
        settings: inputs.fromParts,
        closure: {
            storePaths: closure.map((info) => ({ path: info.path, narSize: info.size })),
            narBytes: closure.reduce((sum, info) => sum + info.size, 0),
        },
        deduplicatedBytes: results.deduplicatedBytes,
        checks: [
            { name: `e2fsck ${tools.e2fsck.version}`, result: `clean, ${verification.e2fsckSummary}` },
            {
                name: 'NAR hashes',
                result: `${verification.storePaths} of ${closure.length} store paths as Nix registered them`,
            },
            { name: 'Registration', result: 'lists exactly these store paths' },
            ...(inputs.nixDatabase ? [{ name: 'Database of Nix', result: 'sound, with exactly these store paths' }] : []),
            { name: 'Audit', result: 'copies, resize inode, journal, padding and free blocks as planned' },
        ],
        phases: log.phases,
        seconds: log.elapsed(),
        artifact: results.artifact,
        companions,
        changes: results.changes,
        release: results.release,
    };
}


/***/ }),

/***/ 4118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ resolveClosure)
});

// EXTERNAL MODULE: ./nix/nix-store.js + 1 modules
var nix_store = __webpack_require__(9861);
// EXTERNAL MODULE: ./nix/registration.js
var nix_registration = __webpack_require__(216);
// EXTERNAL MODULE: ./nix/store-error.js
var store_error = __webpack_require__(7395);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
;// CONCATENATED MODULE: ./nix/closure.js




/**
 * Returns the closure of `roots` with what Nix registered of each path, ascending by the bytes of their base names.
 *
 * Uses only commands of nix-store that are the same in all its versions: `--query --requisites` and `--dump-db`. Throws
 * the error of `run` if nix-store fails, and a `UserError` if its output is not a closure: if a path that was asked for
 * is missing, if one was not asked for, or if a reference leads out of the closure. A path without a hash is one, too.
 */
async function queryClosure(roots, options = {}) {
    const directory = options.directory ?? (0,store_path/* storeDirectory */.he)();
    const requisites = await (0,nix_store/* nixStoreInBatches */.UM)(['--query', '--requisites'], roots, options);
    const paths = [...new Set((0,nix_store/* parsePathLines */.KL)(requisites, directory))];
    const registration = await (0,nix_store/* nixStoreInBatches */.UM)(['--dump-db'], paths, options);
    const infos = parseDump(registration, directory).sort((a, b) => (0,store_path/* compareStorePaths */.hH)(a.path, b.path));
    checkClosure(roots, paths, infos);
    return infos;
}
function parseDump(registration, directory) {
    try {
        return (0,nix_registration/* parseRegistration */.l)(registration, directory);
    }
    catch (cause) {
        throw (0,nix_store/* unexpectedOutput */.TC)(cause instanceof Error ? cause.message : String(cause), cause);
    }
}
function checkClosure(roots, paths, infos) {
    const requested = new Set(paths);
    const registered = new Set(infos.map((info) => info.path));
    const unregistered = [...roots, ...paths].find((path) => !registered.has(path));
    if (unregistered !== undefined) {
        throw (0,nix_store/* unexpectedOutput */.TC)(`nix-store printed no registration of '${unregistered}', which it was asked for.`);
    }
    const unrequested = infos.find((info) => !requested.has(info.path));
    if (unrequested !== undefined) {
        throw (0,nix_store/* unexpectedOutput */.TC)(`nix-store printed a registration of '${unrequested.path}', which it was not asked for.`);
    }
    for (const { path, hash, references } of infos) {
        // Nix has it where it does not know the hash (src/libutil/hash.cc, `Hash::dummy`).
        if (hash.every((byte) => byte === 0)) {
            throw (0,store_error/* databaseError */.K)(`The database of Nix is at fault: it has zeros in place of the hash of ${path}.`);
        }
        const missing = references.find((reference) => !registered.has(reference));
        if (missing !== undefined) {
            throw (0,nix_store/* unexpectedOutput */.TC)(`'${path}' refers to '${missing}', which nix-store left out of the closure.`);
        }
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
;// CONCATENATED MODULE: ./nix/garbage-root.js




/**
 * Protects store paths from garbage collection while they are read: creates links to them in a new directory in
 * `directory`, and registers these with Nix as garbage collector roots.
 *
 * Where that is not possible, as in a remote or a read-only store, `warning` says why. Derivations are not protected,
 * because Nix would build them first. Throws only `PROGRAM_CANCELLED`, when `options.signal` aborts.
 */
async function holdGarbageRoots(paths, directory, options = {}) {
    let links;
    const release = () => {
        if (links !== undefined) {
            (0,external_node_fs_.rmSync)(links, { recursive: true, force: true });
        }
    };
    const rootsWith = (warning) => ({ warning, release, [Symbol.dispose]: release });
    try {
        (0,external_node_fs_.mkdirSync)(directory, { recursive: true });
        links = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_path_.resolve)(directory), 'garbage-roots-'));
        await addRoots(paths, links, options);
        return rootsWith(describeUnprotected(paths, links));
    }
    catch (error) {
        if (options.signal?.aborted === true) {
            release();
            throw error;
        }
        return rootsWith(error instanceof Error ? error.message : (0,printable/* printable */.g)(String(error)));
    }
}
async function addRoots(paths, links, options) {
    const outputs = paths.filter((path) => !path.endsWith('.drv'));
    for (const [index, batch] of (0,nix_store/* inBatches */.oq)(outputs).entries()) {
        // Old versions of Nix accept links outside their own directory with --indirect only; later ones ignore the option.
        await (0,nix_store/* nixStore */.nz)(['--realise', ...batch, '--add-root', (0,external_node_path_.join)(links, `${index}`), '--indirect'], options);
    }
}
function describeUnprotected(paths, links) {
    const linked = new Set((0,external_node_fs_.readdirSync)(links).map((name) => (0,external_node_fs_.readlinkSync)((0,external_node_path_.join)(links, name))));
    const unprotected = paths.filter((path) => !linked.has(path));
    const names = unprotected.map(printable/* printable */.g).join(', ');
    return unprotected.length === 0 ? undefined : `Nix does not protect these paths from garbage collection: ${names}.`;
}

// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./nix/follow.js
var follow = __webpack_require__(4036);
;// CONCATENATED MODULE: ./nix/resolve.js








const BUILD_IT = 'Build it in a step before this one, for instance with `nix build` or `nix-store --realise`.';
/**
 * Returns the store paths that `inputs` lead to: each input is a store path, a file in one, or a link to either
 * (`./result`). Links are followed as Nix does, until they are in the store: a store path that is a symlink stands for
 * itself. Relative inputs start at `workingDirectory`, by default that of the process. Each store path is returned once,
 * in the order of the inputs.
 *
 * Throws a `UserError` that names the input if it does not exist or leads out of the store, if its store path is not valid
 * in the database of Nix, or if it is a derivation.
 */
async function resolveStorePaths(inputs, options = {}, workingDirectory = process.cwd()) {
    (0,nix_store/* findNixStore */.qx)(options);
    const directory = options.directory ?? (0,store_path/* storeDirectory */.he)();
    const inputOf = new Map();
    for (const input of inputs) {
        inputOf.set(locate(input, (0,external_node_path_.resolve)(workingDirectory, input), directory), input);
    }
    await checkValid(inputOf, directory, options);
    for (const path of inputOf.keys()) {
        await refuseDerivation(path, directory, options);
    }
    return [...inputOf.keys()];
}
function locate(input, path, directory) {
    const shown = `'${(0,printable/* printable */.g)(input)}'`;
    let found;
    try {
        found = (0,follow/* followToStore */.Q)(path, directory);
    }
    catch (cause) {
        throw unreachable(shown, cause);
    }
    if (found === undefined) {
        throw storePathsError(`${shown} is not in the Nix store: it leads to '${(0,printable/* printable */.g)((0,external_node_fs_.realpathSync)(path))}', not into ${(0,printable/* printable */.g)(directory)}.`);
    }
    const problem = (0,store_path/* baseNameProblem */.I6)(found);
    if (problem !== undefined) {
        throw storePathsError(`${shown} leads to '${(0,printable/* printable */.g)(found)}' in ${(0,printable/* printable */.g)(directory)}, which is not a store path: ${problem}.`);
    }
    return (0,external_node_path_.join)(directory, found);
}
function unreachable(shown, cause) {
    const problem = cause instanceof Error ? (0,printable/* printable */.g)(cause.message) : '';
    if ((0,error_code/* errorCode */.C)(cause) === 'ENOENT') {
        const message = `The store path ${shown} does not exist (${problem}).`;
        return (0,user_error/* inputError */.Xu)({ input: 'store-paths', message, remedy: BUILD_IT, cause });
    }
    return storePathsError(`The store path ${shown} cannot be followed: ${problem}.`, cause);
}
function storePathsError(message, cause) {
    const remedy = 'Set store-paths to store paths, or to links to them such as ./result of `nix build`.';
    return (0,user_error/* inputError */.Xu)({ input: 'store-paths', message, remedy, cause });
}
async function checkValid(inputOf, directory, options) {
    const check = ['--check-validity', '--print-invalid'];
    const invalid = (0,nix_store/* parsePathLines */.KL)(await (0,nix_store/* nixStoreInBatches */.UM)(check, [...inputOf.keys()], options), directory);
    if (invalid.length > 0) {
        const names = invalid.map((path) => {
            const input = inputOf.get(path) ?? path;
            return input === path ? `'${path}'` : `'${path}' (${(0,printable/* printable */.g)(input)})`;
        });
        throw (0,user_error/* userError */.IF)({
            title: 'A store path is not valid',
            message: `Not valid in the database of Nix: ${names.join(', ')}.`,
            remedy: `${BUILD_IT} A cache that restores the store must restore the database in /nix/var/nix/db with it.`,
        });
    }
}
/** The closure of a derivation is what it is built from: recipes and sources, and nothing that runs. */
async function refuseDerivation(path, directory, options) {
    if (!path.endsWith('.drv')) {
        return;
    }
    const outputs = await outputsOf(path, directory, options);
    throw (0,user_error/* inputError */.Xu)({
        input: 'store-paths',
        message: `${path} is a derivation, which says how to build something: the image would hold only that, and nothing that ` +
            `runs. ${outputs.length === 0 ? 'Its outputs are known only when it is built.' : `Its outputs: ${outputs.join(', ')}.`}`,
        remedy: `Build it in a step before this one (\`nix-store --realise ${path}\`), and set store-paths to the outputs.`,
    });
}
/** None if Nix does not know them, as for derivations whose outputs are named by their contents. */
async function outputsOf(path, directory, options) {
    try {
        const { stdout } = await (0,nix_store/* nixStore */.nz)(['--query', '--outputs', path], options);
        return (0,nix_store/* parsePathLines */.KL)(stdout, directory);
    }
    catch {
        options.signal?.throwIfAborted();
        return [];
    }
}

// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./text/size.js
var size = __webpack_require__(3004);
;// CONCATENATED MODULE: ./run/resolve.js





/** Resolves the closure with what Nix registered of each path, and holds it against garbage collection. */
function resolveClosure({ inputs, system, temporaryDirectory, log, signal, cleanup, }) {
    return log.phase('Resolve the closure', async () => {
        const wanted = system === undefined ? inputs.storePaths : [...inputs.storePaths, system.toplevel];
        const roots = await resolveStorePaths(wanted, { signal });
        const held = await holdGarbageRoots(roots, temporaryDirectory, { signal });
        cleanup.defer(held.release);
        if (held.warning !== undefined) {
            log.detail(held.warning);
        }
        const closure = await queryClosure(roots, { signal });
        if (system !== undefined) {
            logSystem(system, log);
        }
        const narBytes = closure.reduce((sum, info) => sum + info.size, 0);
        log.info(`${(0,format/* formatCount */.B4)(closure.length, 'store path')}, ${(0,size/* formatSize */.Xq)(narBytes)}`);
        const unknown = closure.filter((info) => info.size === 0).length;
        if (unknown > 0) {
            log.info(`Nix does not know the size of ${(0,format/* formatCount */.B4)(unknown, 'store path')}: it is computed from the files`);
        }
        return closure;
    });
}
function logSystem({ boot, specialisations }, log) {
    for (const { title, text } of boot.notes) {
        if (title === undefined) {
            log.info(text);
        }
        else {
            log.warning(title, text);
        }
    }
    if (specialisations.length > 0) {
        log.info(`Not on the boot menu, but in the closure: specialisations ${specialisations.join(', ')}`);
    }
}


/***/ }),

/***/ 4371:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ uploadImage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./image/finished-file.js
var finished_file = __webpack_require__(320);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
;// CONCATENATED MODULE: ./artifact/client-thread.js
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



/** An error that the artifact client threw. */
class ClientError extends Error {
    name = 'ClientError';
    /** Of the operating system or the blob storage, such as `AuthenticationFailed`. */
    code;
    /** HTTP status of the blob storage; that of the artifact service is part of the message. */
    statusCode;
    constructor({ message, code, statusCode }) {
        super(message);
        this.code = code;
        this.statusCode = statusCode;
    }
}
/**
 * Runs one task of the artifact client in a thread of its own. The thread has ended when this returns or throws, so
 * nothing continues in the background. Throws a `ClientError` if the client fails, and the signal's reason if that ended
 * the thread.
 */
async function askClient(task, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { environment, signal } = options;
        signal.throwIfAborted();
        const stack = __addDisposableResource(env_1, new AsyncDisposableStack(), true);
        const worker = new external_node_worker_threads_.Worker(WORKER_URL, { workerData: task, env: definedOnly(environment), stdout: true });
        stack.defer(async () => {
            await worker.terminate();
        });
        (0,external_node_readline_.createInterface)({ input: worker.stdout }).on('line', (line) => handleLine(line, options));
        const { promise, resolve, reject } = Promise.withResolvers();
        const fail = (failure) => reject(new ClientError(failure));
        stack.use((0,external_node_events_.addAbortListener)(signal, () => reject(signal.reason)));
        worker.once('message', (answer) => {
            if (answer.kind === 'failure') {
                fail(answer);
            }
            else if (isAnswerTo(task.kind, answer)) {
                resolve(answer);
            }
        });
        // An error thrown outside of the client's promises would end the process if it ran in the main thread.
        worker.once('error', (error) => fail({ message: error instanceof Error ? error.message : String(error) }));
        worker.once('exit', (code) => fail({ message: `The artifact client exited with code ${code}.` }));
        return await promise;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function isAnswerTo(kind, answer) {
    return answer.kind === kind;
}
/** The bundle has this file beside its own as JavaScript; a literal URL would make the bundler copy the source. */
const WORKER_URL = new URL(`./upload-worker${import.meta.url.slice(-3)}`, import.meta.url);
/** A worker thread would set an undefined variable to the text `undefined`. */
function definedOnly(environment) {
    return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}
/**
 * Handles one line that the artifact client prints. Commands that mask secrets go to the runner unchanged, the number of
 * uploaded bytes becomes progress, and warnings and retries go to the log. All other lines, such as one for each block,
 * are shown only with debug logging.
 */
function handleLine(line, { log, onProgress }) {
    const bytes = /^Uploaded bytes (\d+)$/.exec(line)?.[1];
    const warning = /^::warning::(.*)$/.exec(line)?.[1];
    if (line.startsWith('::add-mask::')) {
        process.stdout.write(`${line}\n`);
    }
    else if (bytes !== undefined) {
        onProgress(Number(bytes));
    }
    else if (warning !== undefined) {
        log.warning('Artifact upload', unescapeData(warning));
    }
    else if (/^Attempt \d+ of \d+ failed/.test(line)) {
        log.info(line);
    }
    else {
        log.detail(unescapeData(line.replace(/^::debug::/, '')));
    }
}
/** Reverts the escaping of a workflow command's message (@actions/core, src/command.ts). */
function unescapeData(text) {
    return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

;// CONCATENATED MODULE: ./artifact/explain.js



/** The title of an error that left no artifact. */
const NOT_UPLOADED = 'The artifact was not uploaded';
/** Adds a reason and a remedy to an error of the artifact client, which was to upload the artifact `name`. */
function explainClientError(cause, name, overwrite) {
    const { code, reason, remedy } = RULES.find(({ matches }) => matches(cause)) ?? UNKNOWN;
    return (0,user_error/* userError */.IF)({
        title: NOT_UPLOADED,
        message: `The artifact ${(0,printable/* printable */.g)(name)} was not uploaded: ${reason}.`,
        remedy: code === 'NAME_TAKEN' && overwrite ? NAME_KEPT_REMEDY : remedy,
        code,
        cause,
    });
}
/** Whether a second attempt, with fewer connections at once, may succeed. */
function isTransient({ code }) {
    return code === 'NETWORK' || code === 'STALLED';
}
const NAME_KEPT_REMEDY = 'Set another image-name, or re-run the job. overwrite replaces only finished artifacts: another job may be uploading this ' +
    'one, or an interrupted upload may hold the name until the run ends.';
const CHECK_STATUS = 'Re-run the job. If it fails again, check https://www.githubstatus.com';
const UNKNOWN = {
    code: 'UNKNOWN',
    matches: () => true,
    reason: 'the artifact client failed',
    remedy: CHECK_STATUS,
};
/** The first rule that matches applies: specific rules come first. */
const RULES = [
    {
        code: 'NAME_TAKEN',
        matches: says(/\(409\)/),
        reason: 'this run already has an artifact with that name',
        remedy: 'Set overwrite to true to replace it, or give each image its own image-name, for example one that contains the name of the matrix job.',
    },
    {
        code: 'QUOTA',
        matches: says(/artifact storage quota|insufficient usage/i),
        reason: "the account's artifact storage is full",
        remedy: 'Delete old artifacts, lower retention-days, or raise the spending limit. Usage is recalculated every 6 to 12 hours.',
    },
    {
        code: 'RATE_LIMIT',
        matches: either(says(/\(429\)/), hasStatus(429, 429)),
        reason: 'the artifact service received too many requests (429)',
        remedy: 'Re-run the job later, or let fewer jobs upload at the same time.',
    },
    {
        code: 'EXPIRED',
        // Azure answers AuthenticationFailed; no other server has codes of that kind.
        matches: ({ code = '' }) => /^Auth(entication|orization)/.test(code),
        reason: 'the upload URL has expired; it is valid for about an hour',
        remedy: 'Re-run the job. If the upload takes that long, make the image smaller (compression, compression-level), or use a runner with a faster connection.',
    },
    {
        code: 'REFUSED',
        matches: says(/\(40[0134]\)/),
        reason: 'the artifact service refused it',
        remedy: 'Re-run the job: the token of a job is valid for a limited time. If it fails again, check that the policies of the organization allow artifacts, or set upload to false.',
    },
    {
        code: 'SERVICE',
        matches: either(says(/\(5\d\d\)/), hasStatus(500, 599)),
        reason: 'the artifact service or its storage reported a server error',
        remedy: CHECK_STATUS,
    },
    {
        code: 'SERVICE',
        matches: says(/Unexpected end of JSON/),
        reason: 'the artifact service sent an empty or incomplete response',
        remedy: "Re-run the job. A service other than GitHub's may refuse files that are not zipped, as act 0.2.89 does: set upload to false there.",
    },
    {
        code: 'OTHER_SERVER',
        matches: either(says(/not valid JSON|Unexpected token/), hasStatus(200, 403)),
        reason: 'the response is not from the artifact service; a proxy or a login page may be between the runner and GitHub',
        remedy: 'Let the runner reach *.actions.githubusercontent.com and *.blob.core.windows.net directly, or set upload to false.',
    },
    {
        code: 'STALLED',
        matches: says(/Upload progress stalled|Request timeout/),
        reason: 'the connection stalled',
        remedy: 'Re-run the job. On a slow connection, set the environment variable ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS to more than 300000.',
    },
    {
        code: 'NETWORK',
        matches: ({ message, code = '' }) => NETWORK_FAILURE.test(`${code} ${message}`),
        reason: 'the network failed',
        remedy: 'Re-run the job. A self-hosted runner must reach *.actions.githubusercontent.com and *.blob.core.windows.net.',
    },
    {
        code: 'UNSUPPORTED_SERVER',
        matches: says(/not currently supported on GHES/),
        reason: 'GitHub Enterprise Server does not support this kind of artifact',
        remedy: 'Set upload to false, and upload the file in a step of its own.',
    },
    {
        code: 'TOKEN',
        matches: says(/backend IDs|Invalid token specified|ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/),
        reason: 'the runner provided no usable token or URL of the artifact service',
        remedy: 'Run the action in a GitHub Actions workflow, or set upload to false.',
    },
    {
        code: 'FILE',
        matches: says(/error has occurred during file read|No files were found|\b(?:EISDIR|ENOENT|EACCES|EIO)\b/),
        reason: 'the file could not be read',
        remedy: `Check the disk that output-directory is on. ${finished_file/* RERUN_UNDISTURBED */.D9}`,
    },
];
const NETWORK_FAILURE = /ECONNRESET|ECONNREFUSED|ECONNABORTED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|socket hang up|REQUEST_SEND_ERROR/;
function says(pattern) {
    return ({ message }) => pattern.test(message);
}
function hasStatus(from, to) {
    return ({ statusCode }) => statusCode !== undefined && statusCode >= from && statusCode <= to;
}
function either(...tests) {
    return (error) => tests.some((test) => test(error));
}

;// CONCATENATED MODULE: ./artifact/upload.js
var upload_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var upload_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Uploads a file, not zipped, as an artifact of the workflow run. The size and hash that the client sent and that the
 * service stored must be those of the file; otherwise the artifact is deleted again. A network failure causes a second
 * attempt with fewer connections.
 *
 * Throws a `UserError` with a code, and the signal's reason if that cancelled the upload.
 */
async function uploadArtifact(upload) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { file, signal, timeLimit = TIME_LIMIT, environment = process.env } = upload;
        (0,finished_file/* checkUnchanged */.SC)(file);
        const limit = new AbortController();
        const _timer = upload_addDisposableResource(env_1, setTimeout(() => limit.abort(timeLimitError(timeLimit)), timeLimit), false);
        const client = {
            environment,
            log: upload.log,
            onProgress: (bytes) => upload.onProgress?.(bytes, file.size),
            signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
        };
        const { sent, stored } = await uploadWithRetry(upload, client);
        const difference = describeDifference(file, 'sent', sent) ?? compareStored(upload, sent, stored);
        if (difference !== undefined) {
            await deleteMismatch(file, difference, client);
        }
        return { id: sent.id, name: (0,external_node_path_.basename)(file.path), url: artifactUrl(sent.id, environment), digest: file.sha256 };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        upload_disposeResources(env_1);
    }
}
const TIME_LIMIT = 2 * 60 * 60 * 1000;
function timeLimitError(timeLimit) {
    return (0,user_error/* userError */.IF)({
        title: NOT_UPLOADED,
        message: `The upload was cancelled because it was still running after ${Math.round(timeLimit / 1000)} s.`,
        remedy: 'Re-run the job. If it takes that long again, make the image smaller, or use a runner with a faster connection.',
        code: 'TIME_LIMIT',
    });
}
const CONCURRENCY = 'ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY';
/** Blocks that are uploaded at the same time; the client's default, chosen for stability, is 5. */
const FAST = 16;
const CAREFUL = 5;
/** Makes one attempt at full speed and, if the network fails, one with few connections. */
async function uploadWithRetry(upload, client) {
    const concurrency = Number(client.environment[CONCURRENCY]) || FAST;
    try {
        return await uploadOnce(upload, withConcurrency(client, concurrency));
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo && isTransient(error))) {
            throw error;
        }
        const careful = Math.min(CAREFUL, concurrency);
        upload.log.info(`${error.message} Trying again with ${careful} connections.`);
        return await uploadAgain(upload, withConcurrency(client, careful), error);
    }
}
function withConcurrency(client, concurrency) {
    return { ...client, environment: { ...client.environment, [CONCURRENCY]: String(concurrency) } };
}
async function uploadOnce({ file, overwrite, retentionDays }, client) {
    const { path } = file;
    const name = (0,external_node_path_.basename)(path);
    try {
        return await askClient({ kind: 'upload', file: path, name, directory: (0,external_node_path_.dirname)(path), overwrite, retentionDays }, client);
    }
    catch (error) {
        throw error instanceof ClientError ? explainClientError(error, name, overwrite) : error;
    }
}
async function uploadAgain(upload, client, first) {
    try {
        return await uploadOnce(upload, client);
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo && error.code === 'NAME_TAKEN')) {
            throw error;
        }
    }
    // The first attempt took the name. It may have succeeded, and only the response to its last request was lost.
    const stored = await findArtifact((0,external_node_path_.basename)(upload.file.path), client);
    if (stored?.digest !== upload.file.sha256) {
        const { title, message, remedy, code, cause } = first;
        throw (0,user_error/* userError */.IF)({
            title,
            message: `${message} A second attempt was refused: the artifact service keeps the name of the interrupted upload until the run ends.`,
            remedy,
            code,
            cause,
        });
    }
    return { sent: stored, stored };
}
async function findArtifact(name, client) {
    try {
        const { stored } = await askClient({ kind: 'find', name }, client);
        return stored;
    }
    catch (error) {
        if (error instanceof ClientError) {
            return undefined;
        }
        throw error;
    }
}
/** Compares what the service stored. It is not an error if the service does not confirm the artifact, but it is logged. */
function compareStored({ file, log }, sent, stored) {
    if ('reason' in stored) {
        log.info(`The artifact service did not confirm the size and hash of the artifact: ${stored.reason}`);
        return undefined;
    }
    if (stored.id !== sent.id) {
        log.info(`The artifact service described the artifact ${stored.id} instead of ${sent.id}: size and hash not confirmed.`);
        return undefined;
    }
    return describeDifference(file, 'stored', stored);
}
/** Describes how an artifact differs from the file; `undefined` if it does not. */
function describeDifference(file, verb, { size, digest }) {
    if (size !== file.size) {
        return `${size} bytes were ${verb}, but the file has ${file.size}`;
    }
    if (digest !== undefined && digest !== file.sha256) {
        return `bytes with the SHA-256 ${(0,printable/* printable */.g)(digest)} were ${verb}, but the file has ${file.sha256}`;
    }
    return undefined;
}
/** Deletes an artifact that differs from the verified file, and throws. */
async function deleteMismatch({ path }, difference, client) {
    const name = (0,external_node_path_.basename)(path);
    const mismatch = {
        title: 'The artifact differs from the verified image',
        message: `The artifact ${(0,printable/* printable */.g)(name)} differs from the verified image: ${difference}.`,
        code: 'MISMATCH',
    };
    try {
        await askClient({ kind: 'delete', name }, client);
    }
    catch (cause) {
        if (!(cause instanceof ClientError)) {
            throw cause;
        }
        throw (0,user_error/* userError */.IF)({
            ...mismatch,
            message: `${mismatch.message} It could not be deleted.`,
            remedy: 'Delete the artifact manually, and re-run the job.',
            cause,
        });
    }
    throw (0,user_error/* userError */.IF)({ ...mismatch, message: `${mismatch.message} It was deleted again.`, remedy: finished_file/* RERUN_UNDISTURBED */.D9 });
}
function artifactUrl(id, environment) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
    if (!server || !repository || !run) {
        return undefined;
    }
    return `${server}/${repository}/actions/runs/${run}/artifacts/${id}`;
}

;// CONCATENATED MODULE: ./run/upload.js

/** Uploads the verified file as an artifact; `undefined` if `upload` is false. */
async function uploadImage({ inputs, image, log, signal, }) {
    if (!inputs.upload) {
        return undefined;
    }
    return log.phase('Upload the artifact', (progress) => uploadArtifact({
        file: image,
        overwrite: inputs.overwrite,
        retentionDays: inputs.retentionDays,
        log,
        onProgress: progress,
        signal,
    }));
}


/***/ }),

/***/ 1805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ finishedImage),
  A: () => (/* binding */ verifyFile)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./nix/store-path.js
var store_path = __webpack_require__(5074);
// EXTERNAL MODULE: ./image/description.js + 12 modules
var description = __webpack_require__(7252);
// EXTERNAL MODULE: ./nix/registration.js
var nix_registration = __webpack_require__(216);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./verify/verification-error.js
var verification_error = __webpack_require__(6867);
;// CONCATENATED MODULE: ./verify/check-registration.js




const REGISTRATION = '/nix-path-registration';
/**
 * Compares the store of an image with the closure: /nix/store must hold these paths and nothing else, and the registration
 * must have the record of each. Throws naming the first path that differs.
 */
function checkRegistration({ names, registration }, closure) {
    const expected = closure.map(({ path }) => path);
    compareLists(store_path/* STORE_DIRECTORY */.Qs, names.map((name) => `${store_path/* STORE_DIRECTORY */.Qs}/${name}`), expected);
    const records = parseRecords(registration);
    compareLists(REGISTRATION, records.map(({ path }) => path), expected);
    const byPath = new Map(records.map((record) => [record.path, record]));
    for (const info of closure) {
        const found = byPath.get(info.path);
        if (found === undefined || !isSame(found, info)) {
            throw (0,verification_error/* imageMismatch */.w6)(`${REGISTRATION} in the image has another record of ${info.path} than Nix.`);
        }
    }
}
function parseRecords(registration) {
    try {
        return (0,nix_registration/* parseRegistration */.l)(registration, store_path/* STORE_DIRECTORY */.Qs);
    }
    catch (cause) {
        throw (0,verification_error/* imageMismatch */.w6)(`${REGISTRATION} in the image cannot be parsed.`, { cause });
    }
}
function isSame(a, b) {
    return (a.size === b.size &&
        Buffer.compare(a.hash, b.hash) === 0 &&
        a.references.toSorted().join('\n') === b.references.toSorted().join('\n'));
}
function compareLists(where, found, expected) {
    const foundSet = new Set(found);
    const missing = expected.find((path) => !foundSet.has(path));
    if (missing !== undefined) {
        throw (0,verification_error/* imageMismatch */.w6)(`${where} in the image lacks ${(0,printable/* printable */.g)(missing)}, which is in the closure.`);
    }
    const expectedSet = new Set(expected);
    const extra = found.find((path) => !expectedSet.has(path));
    if (extra !== undefined) {
        throw (0,verification_error/* imageMismatch */.w6)(`${where} in the image has ${extra}, which is not in the closure.`);
    }
}

// EXTERNAL MODULE: ./verify/e2fsck.js
var verify_e2fsck = __webpack_require__(5665);
// EXTERNAL MODULE: ./verify/skeleton.js
var verify_skeleton = __webpack_require__(2052);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./nix/hash.js + 1 modules
var nix_hash = __webpack_require__(4354);
;// CONCATENATED MODULE: ./verify/store-hashes.js




/**
 * Checks that every store path has the registered hash, computed on all threads from the finished file. Throws for the
 * first that has not, with the reason as far as it can be known: the store of this machine, or the image.
 */
async function checkStoreHashes(pool, image, { attributes, closure, onProgress }) {
    let done = 0;
    const check = async (batch) => {
        const found = await pool.run('hashStorePaths', { ...image, names: batch.map(baseName), attributes });
        for (const [i, info] of batch.entries()) {
            const storePath = found[i] ?? { kind: 'faulty', problem: 'it was not read' };
            if (!isAsRegistered(storePath, info)) {
                const mismatch = { name: baseName(info), path: info.path, attributes };
                throw mismatchError(info, storePath, await pool.run('explainMismatch', { ...image, mismatch }));
            }
            done += info.size;
        }
        onProgress(done);
    };
    await Promise.all(batches(closure, pool.threads).map(check));
}
/**
 * Splits a closure for the threads. Neighbours on disk stay together, so that one thread decompresses their frames. There
 * are enough batches, the largest first, for the threads to finish at about the same time.
 */
function batches(closure, threads) {
    const total = closure.reduce((sum, info) => sum + info.size, 0);
    const batchBytes = Math.max(total / (threads * BATCHES_PER_THREAD), LEAST_BATCH_BYTES);
    const cut = [];
    for (const info of closure) {
        const last = cut.at(-1);
        if (last === undefined || last.bytes >= batchBytes) {
            cut.push({ bytes: info.size, infos: [info] });
        }
        else {
            last.bytes += info.size;
            last.infos.push(info);
        }
    }
    return cut.sort((a, b) => b.bytes - a.bytes).map(({ infos }) => infos);
}
const BATCHES_PER_THREAD = 8;
const LEAST_BATCH_BYTES = 16 * 1024 * 1024;
function isAsRegistered(found, { hash, size }) {
    return found.kind === 'hashed' && found.size === size && Buffer.compare(found.hash, hash) === 0;
}
/** The store is at fault if it no longer has the registered contents itself; the image is if the store has them. */
function mismatchError(info, found, store) {
    const { path } = info;
    const mismatch = `${path} in the image is not what Nix registered: expected ${describeHash(info)}, found ${describeFound(found)}.`;
    if (store.kind === 'unreadable') {
        return (0,user_error/* userError */.IF)({
            title: 'The Nix store cannot be read',
            message: `${mismatch} Whether the store or the image is at fault is not known: the store path can no longer be read on this machine: ${store.problem}`,
            remedy: `Check that the user of this step can read ${path}, and check the disk. Let Nix repair the store: nix-store --verify --check-contents --repair`,
            code: 'STORE_UNREADABLE',
        });
    }
    const difference = store.difference === undefined ? '' : ` The first difference between store and image: ${store.difference}.`;
    if (Buffer.compare(store.hash, info.hash) === 0) {
        return (0,verification_error/* imageMismatch */.w6)(`${mismatch} The image is at fault: the store has the registered contents.${difference}`);
    }
    return (0,user_error/* userError */.IF)({
        title: 'The Nix store is damaged',
        message: `${mismatch} The store of this machine is at fault: it has the hash ${(0,nix_hash/* formatSha256 */.hy)(store.hash)} there.${difference}`,
        remedy: `Repair the store path (nix-store --repair-path ${path}), or delete it and let Nix build or download it again. ` +
            'Then check the disk and the memory of this machine.',
        code: 'STORE_DAMAGED',
    });
}
function describeFound(found) {
    return found.kind === 'hashed' ? describeHash(found) : (0,printable/* printable */.g)(found.problem.replace(/\.$/, ''));
}
function describeHash({ hash, size }) {
    return `the hash ${(0,nix_hash/* formatSha256 */.hy)(hash)} and ${size} bytes as a Nix archive`;
}
function baseName({ path }) {
    return path.slice(path.lastIndexOf('/') + 1);
}

// EXTERNAL MODULE: ./verify/written-file.js
var written_file = __webpack_require__(2199);
;// CONCATENATED MODULE: ./verify/verify-image.js







/**
 * Verifies a finished image file from its own bytes: they are those that were written, e2fsck finds the filesystem clean,
 * the audit finds what e2fsck does not check as planned, the image holds the closure and the root files and nothing else,
 * and every store path has the registered hash. Throws a `UserError` otherwise; e2fsck has ended then as well.
 */
async function verifyImage(pool, input) {
    const stop = new AbortController();
    const signal = AbortSignal.any([input.signal, stop.signal]);
    const opened = openImageFile(pool, input);
    const checks = Promise.all([checkFile(pool, input), opened.then((access) => checkContents(pool, access, input))]);
    const summary = opened.then((access) => runE2fsck(access, input, signal));
    try {
        const [e2fsckSummary, [{ size, sha256 }]] = await Promise.all([preferring(summary, checks), checks]);
        return { e2fsckSummary, storePaths: input.closure.length, fileSize: size, fileSha256: sha256 };
    }
    catch (error) {
        // The caller stops the pool. e2fsck is a process, and would go on.
        stop.abort();
        await Promise.allSettled([summary]);
        throw input.signal.aborted ? error : (0,verification_error/* verificationError */.G8)(error);
    }
}
/** Rejects with the error of another check, if any, when e2fsck leaves open whether the filesystem is damaged. */
async function preferring(summary, checks) {
    try {
        return await summary;
    }
    catch (error) {
        if ((0,verify_e2fsck/* isUncertain */.cp)(error)) {
            await checks;
        }
        throw error;
    }
}
/** Sends the threads how to read the file, with its skeleton if it is compressed. */
async function openImageFile(pool, { access, skeleton }) {
    pool.share(access);
    if (access.kind === 'raw') {
        (0,written_file/* checkSize */.C1)(access);
        return access;
    }
    (0,written_file/* checkFrames */.FS)(access);
    return pool.share(await (0,verify_skeleton/* writeSkeleton */.hl)(pool, access, skeleton));
}
function runE2fsck(access, { e2fsck, image, skeleton }, signal) {
    const path = access.kind === 'raw' ? access.path : skeleton.path;
    return (0,verify_e2fsck/* checkFilesystem */.aK)(e2fsck, { path, offset: (0,description/* filesystemRange */.BF)(image).offset, signal });
}
/** Returns the size and hash of the file, whose bytes must be those that were written. */
async function checkFile(pool, { access, record }) {
    const { path, size } = access;
    if (record.kind === 'in-order') {
        return await pool.run('hashWrittenFile', { path, crc32: record.crc32 });
    }
    return { size, sha256: await record.sha256 };
}
async function checkContents(pool, access, input) {
    const { closure, attributes, image } = input;
    const { tree } = image.filesystem;
    const onFilesystem = { access, filesystem: (0,description/* filesystemRange */.BF)(image) };
    await Promise.all([
        audit(pool, onFilesystem),
        pool.run('listStore', onFilesystem).then((listing) => checkRegistration(listing, closure)),
        pool.run('compareOutsideStore', { ...onFilesystem, outside: { tree, time: attributes.time } }),
        checkOutsideFilesystem(pool, access, image),
        checkStoreHashes(pool, onFilesystem, input),
        checkDatabase(pool, onFilesystem, input),
    ]);
}
async function checkDatabase(pool, onFilesystem, { closure, databaseScratch: scratch }) {
    if (scratch !== undefined) {
        await pool.run('checkDatabase', { ...onFilesystem, expected: { closure, scratch } });
    }
}
async function audit(pool, onFilesystem) {
    const findings = await pool.run('auditImage', onFilesystem);
    if (findings.length > 0) {
        throw (0,verification_error/* imageMismatch */.w6)(`The filesystem is not as planned, in what e2fsck does not check:\n  ${findings.join('\n  ')}`);
    }
}
async function checkOutsideFilesystem(pool, access, image) {
    const { card } = image;
    if (card === undefined) {
        return;
    }
    await pool.run('checkCard', { access, card });
    await pool.run('compareOutsideFilesystem', { access, image });
}

;// CONCATENATED MODULE: ./run/verify.js



/** Verifies the finished file from its own bytes. */
function verifyFile({ inputs, closure, plan, written: { access, record }, output, tools: { e2fsck }, temporaryDirectory, pool, log, signal, }) {
    return log.phase('Verify the image', async (progress) => {
        const total = closure.reduce((sum, info) => sum + info.size, 0);
        const verification = await verifyImage(pool, {
            access,
            record,
            image: plan.description,
            skeleton: { path: output.skeletonPath, ranges: plan.skeletonRanges },
            closure,
            attributes: { gid: inputs.storeGid, time: store_path/* STORE_TIME */.qL },
            databaseScratch: inputs.nixDatabase ? temporaryDirectory : undefined,
            e2fsck,
            signal,
            onProgress: (done) => progress(done, total),
        });
        log.info(`e2fsck ${e2fsck.version}: clean, ${verification.e2fsckSummary}`);
        log.info(`${verification.storePaths} of ${closure.length} store paths have the registered NAR hash`);
        if (inputs.nixDatabase) {
            log.info('The database of Nix is sound, and has the rows of the closure');
        }
        return verification;
    });
}
/** Describes the verified file under its final name. */
function finishedImage({ output, plan, written, verification, }) {
    const sha256 = toHex(verification.fileSha256);
    return {
        path: output.path,
        fileName: (0,external_node_path_.basename)(output.path),
        size: verification.fileSize,
        sha256,
        uncompressedSize: plan.size,
        uncompressedSha256: written.uncompressedSha256 === undefined ? sha256 : toHex(written.uncompressedSha256),
    };
}
function toHex(bytes) {
    return Buffer.from(bytes).toString('hex');
}


/***/ }),

/***/ 5536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ writeFile)
});

// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./image/description.js + 12 modules
var image_description = __webpack_require__(7252);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./image/write-error.js
var write_error = __webpack_require__(9603);
;// CONCATENATED MODULE: ./image/space.js





/**
 * Checks, before any work, that the filesystem of the file at `path` has space for what is known to be written. Throws a
 * `UserError` with both figures if it has not; other errors as in `writeError`. Does not check filesystems that do not
 * report their size.
 */
function checkSpace(path, needed) {
    const { blocks, bavail, bfree, bsize } = (0,write_error/* writingTo */.gC)(path, () => (0,external_node_fs_.statfsSync)((0,external_node_path_.dirname)(path)));
    if (blocks === 0) {
        return;
    }
    // A filesystem may reserve blocks for root.
    const free = (process.getuid?.() === 0 ? bfree : bavail) * bsize;
    if (needed.bytes <= free) {
        return;
    }
    throw (0,user_error/* userError */.IF)({
        ...write_error/* DISK_FULL */.wl,
        message: `${needed.what} needs ${figure(needed.bytes)}, but the filesystem of ${(0,printable/* printable */.g)((0,external_node_path_.dirname)(path))} has ` +
            `${figure(free)} free.`,
        code: 'ENOSPC',
    });
}
function figure(bytes) {
    return `${(bytes / 2 ** 20).toFixed(1)} MiB (${bytes} bytes)`;
}

;// CONCATENATED MODULE: ./threads/in-order.js
/**
 * Runs `work` for each item, at most `window` of them at a time, and yields the results in the order of the items.
 * The first error ends the iteration; work that is still running then is left to the pool.
 */
async function* inOrder(items, window, work) {
    const running = [];
    for (const item of items) {
        const result = work(item);
        // Its error is handled when its turn comes. Until then it must not count as unhandled.
        result.catch(() => undefined);
        running.push(result);
        if (running.length < window) {
            continue;
        }
        const first = running.shift();
        if (first !== undefined) {
            yield await first;
        }
    }
    for (const result of running) {
        yield await result;
    }
}

// EXTERNAL MODULE: ./image/frames/codecs.js + 1 modules
var codecs = __webpack_require__(8329);
// EXTERNAL MODULE: ./image/raw.js
var raw = __webpack_require__(4085);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./image/file-access.js
var file_access = __webpack_require__(1728);
;// CONCATENATED MODULE: ./image/read-back.js
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
 * Hashes a file on this thread, range after range, as soon as each is written: the main thread has little else to do then, and
 * the bytes must be hashed in order.
 */
function followWriters(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const buffer = Buffer.allocUnsafeSlow(STEP);
    let read = Promise.resolve();
    return {
        add(range) {
            read = read.then(() => hashRange(hash, path, range, buffer));
            handleLater(read);
        },
        finish() {
            const sha256 = read.then(() => hash.digest());
            handleLater(sha256);
            return sha256;
        },
    };
}
/** Bytes that are hashed between two looks at the messages of other threads. */
const STEP = 1024 * 1024;
async function hashRange(hash, path, range, buffer) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const end = range.offset + range.length;
        const file = __addDisposableResource(env_1, (0,file_access/* openFile */.T)(path, end), false);
        for (const { offset, length } of (0,source/* cutRanges */.RS)(range.length, STEP)) {
            const bytes = buffer.subarray(0, length);
            file.read(bytes, range.offset + offset);
            hash.update(bytes);
            await (0,promises_.setImmediate)();
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
/** The error of a promise is handled when it is awaited. Until then it must not count as unhandled. */
function handleLater(promise) {
    promise.catch(() => undefined);
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
;// CONCATENATED MODULE: ./image/write-frames.js
var write_frames_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var write_frames_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Writes an image as frames, in order, between the head and the tail of their format; the raw image is never on disk.
 * `onProgress` receives the uncompressed bytes that are written.
 */
async function writeFrames(pool, image, { path, format, level }, onProgress) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const size = (0,image_description/* imageSize */.R9)(image);
        const codec = codecs/* FORMATS */.hR[format];
        const frameBytes = codec.frameBytes(level);
        const leadBytes = codec.leadBytes(level);
        const window = Math.max(pool.threads + 1, Math.ceil(WINDOW_BYTES / frameBytes));
        const stack = write_frames_addDisposableResource(env_1, new DisposableStack(), false);
        // Memory that is not written is not used.
        const slots = Array.from({ length: window }, () => new Uint8Array(leadBytes + frameBytes));
        stack.defer(() => slots.forEach(buffers/* release */._));
        const compress = async (range) => {
            // The slot is free: at most `window` ranges are in progress, so the last frame from it has been written.
            const slot = (range.offset / frameBytes) % window;
            const input = { image, range, format, level, memory: slots[slot] };
            const { frame, memory } = await pool.run('compressRange', input, [slots[slot].buffer]);
            slots[slot] = memory;
            return { frame, contents: memory.subarray(leadBytes, leadBytes + range.length) };
        };
        const file = write_frames_addDisposableResource(env_1, await createFrameFile(path, codec.head(size, level), codec.startTail()), true);
        let done = 0;
        for await (const frame of inOrder((0,source/* cutRanges */.RS)(size, frameBytes), window, compress)) {
            await file.append(frame);
            (0,buffers/* release */._)(frame.frame);
            done += frame.contents.length;
            onProgress(done);
        }
        return file.finish();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = write_frames_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Uncompressed bytes in progress at a time, but at least one frame more than there are threads. */
const WINDOW_BYTES = 16 * 1024 * 1024;
async function createFrameFile(path, head, fileTail) {
    const file = await openNew(path);
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const frames = [];
    let offset = head.length;
    let crc = 0;
    const write = (bytes) => {
        crc = (0,external_node_zlib_.crc32)(bytes, crc);
        return writeAll(file, path, bytes);
    };
    await write(head);
    return {
        async append({ frame, contents }) {
            const written = write(frame);
            hash.update(contents);
            fileTail.add(frame, contents);
            await written;
            frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: contents.length });
            offset += frame.length;
        },
        async finish() {
            const tail = fileTail.end();
            await write(tail);
            return { sha256: hash.digest(), crc32: crc, head, frames, tail };
        },
        [Symbol.asyncDispose]: () => file.close(),
    };
}
async function openNew(path) {
    try {
        return await (0,external_node_fs_promises_.open)(path, 'wx');
    }
    catch (cause) {
        throw (0,write_error/* writeError */.oG)(path, cause);
    }
}
/** Writes all bytes: a single write may store fewer, as on a disk that is nearly full. */
async function writeAll(file, path, bytes) {
    try {
        let done = 0;
        while (done < bytes.length) {
            done += (await file.write(bytes, done)).bytesWritten;
        }
    }
    catch (cause) {
        throw (0,write_error/* writeError */.oG)(path, cause, bytes.length);
    }
}

;// CONCATENATED MODULE: ./image/write.js







/** Writes an image to a new file, in ranges, on all threads of the pool. Errors of the file as in `writeError`. */
async function writeImage(pool, image, target, onProgress) {
    pool.share(image);
    const { path, compression } = target;
    const size = (0,image_description/* imageSize */.R9)(image);
    if (compression === 'none') {
        const { sha256 } = await writeRaw(pool, image, path, onProgress);
        const access = { kind: 'raw', path, size };
        return { access, uncompressedSha256: undefined, record: { kind: 'read-back', sha256 } };
    }
    const level = target.level ?? codecs/* CODECS */.QA[compression].levels.default;
    const format = await formatOf(pool, compression, level);
    const { head, frames, tail, ...written } = await writeFrames(pool, image, { path, format, level }, onProgress);
    return {
        access: { kind: 'frames', format, path, size, head, frames, tail },
        uncompressedSha256: written.sha256,
        record: { kind: 'in-order', crc32: written.crc32 },
    };
}
/** For zstd, frames that are apart where the zstd of Node.js does not make what one frame needs. */
async function formatOf(pool, compression, level) {
    return compression !== 'zstd' || (await pool.run('checkZstd', { level })) ? compression : 'zstd-apart';
}
/** Writes the bytes as they are to a sparse file. Returns its hash, which may still be computed then. */
async function writeRaw(pool, image, path, onProgress) {
    const size = (0,image_description/* imageSize */.R9)(image);
    (0,raw/* createSparseFile */.rq)(path, size);
    const reader = followWriters(path);
    const write = async (range) => {
        await pool.run('writeRange', { image, path, range });
        return range;
    };
    const ranges = (0,source/* cutRanges */.RS)(size, RANGE_BYTES);
    for await (const range of inOrder(ranges, WINDOW_PER_THREAD * pool.threads, write)) {
        reader.add(range);
        onProgress(range.offset + range.length);
    }
    return { sha256: reader.finish() };
}
/** Bytes of a task: enough to outweigh its messages, and few enough to distribute evenly. */
const RANGE_BYTES = 16 * 1024 * 1024;
/** Tasks in progress for each thread: one that runs and one that waits. */
const WINDOW_PER_THREAD = 2;

;// CONCATENATED MODULE: ./run/write.js
var write_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var write_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




/** Writes the image under a temporary name, if the disk has space for it. */
function writeFile({ inputs, plan, output, pool, log, }) {
    const { size } = plan;
    return log.phase('Write the image', async (progress) => {
        checkSpace(output.partialPath, spaceNeeded(plan, inputs.compression === 'none'));
        const target = { path: output.partialPath, compression: inputs.compression, level: inputs.compressionLevel };
        const written = await writeImage(pool, plan.description, target, (done) => progress(done, size));
        if (written.access.kind === 'frames' && written.access.format === 'zstd-apart') {
            log.info(SEVERAL_FRAMES);
        }
        return written;
    });
}
const SEVERAL_FRAMES = 'The zstd of this Node.js cannot compress on all cores to one frame, so the file has many. Some programs read only the first one: see docs/writing-a-card.md.';
/** The compressed size is not known in advance, but that of what the verification unpacks is. */
function spaceNeeded({ description, size, skeletonRanges }, isRaw) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (!isRaw) {
            return { what: 'The part of the image that is unpacked to verify it', bytes: (0,source/* totalLength */["do"])(skeletonRanges) };
        }
        const image = write_addDisposableResource(env_1, (0,image_description/* openImage */.UY)(description), false);
        return { what: 'The image', bytes: (0,source/* totalLength */["do"])(image.dataRanges({ offset: 0, length: size })) };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        write_disposeResources(env_1);
    }
}


/***/ }),

/***/ 8625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dp: () => (/* binding */ directoryAt),
/* harmony export */   NJ: () => (/* binding */ file),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   tQ: () => (/* binding */ graft),
/* harmony export */   yy: () => (/* binding */ directory)
/* harmony export */ });
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2433);

/** A directory of root with the mode 0755. */
function directory(children) {
    const list = Object.entries(children).map(([name, node]) => ({ name: Buffer.from(name), node }));
    return { kind: 'directory', mode: 0o755, gid: 0, children: list };
}
/** A directory at a path below another, with those above it; an empty path is the directory itself. */
function directoryAt(path, bottom) {
    const names = path.split('/').filter((name) => name !== '');
    return names.reduceRight((below, name) => directory({ [name]: below }), bottom);
}
/** A generated file of root with the mode 0644. */
function file(contents) {
    return { kind: 'generated', mode: 0o644, gid: 0, contents };
}
/** A symlink of root. */
function link(target) {
    return { kind: 'link', gid: 0, target: Buffer.from(target) };
}
/** A copy of a path of the store with its modes, of root. Errors as in `scanPath`. */
function graft(path) {
    return { kind: 'graft', gid: 0, tree: (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .scanPath */ .f)(Buffer.from(path)), path: Buffer.from(path) };
}


/***/ }),

/***/ 7750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ overlay)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(786);


/**
 * Overlays a directory with the contents of another. Directories of the same name are merged and keep the permissions of
 * the lower one. Anything else that both have is a `UserError` that names its path; `where` is the path of `lower`.
 */
function overlay(lower, upper, where = '') {
    const children = new Map(lower.children.map((child) => [keyOf(child.name), child]));
    for (const child of upper.children) {
        const key = keyOf(child.name);
        const existing = children.get(key);
        children.set(key, existing === undefined ? child : merge(existing, child, where));
    }
    return { ...lower, children: [...children.values()] };
}
function merge(lower, upper, where) {
    const path = `${where}/${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(lower.name)}`;
    if (lower.node.kind === 'directory' && upper.node.kind === 'directory') {
        return { name: lower.name, node: overlay(lower.node, upper.node, path) };
    }
    throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
        input: 'root-files',
        message: `${path} is in the image twice: root-files must not replace files of each other, nor those of the image itself.`,
        remedy: 'Remove it from the directories in root-files, or from all but one of them.',
    });
}
/** Names are bytes. Latin-1 maps each byte to one character. */
function keyOf(name) {
    return Buffer.from(name).toString('latin1');
}


/***/ })

};
