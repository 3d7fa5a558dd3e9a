export const id = 528;
export const ids = [528];
export const modules = {

/***/ 9388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ checkBounds)
/* harmony export */ });
/** Throws a `RangeError` if a range is not within `size` bytes. `what` names the whole in the message. */
function checkBounds({ offset, length }, size, what) {
    if (offset >= 0 && length >= 0 && offset + length <= size) {
        return;
    }
    throw new RangeError(`Bytes ${offset} to ${offset + length} are outside ${what} of ${size} bytes.`);
}


/***/ }),

/***/ 5216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readFully)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

/**
 * Fills `target` with the bytes of an open file from `position` on: a single read may return fewer. Throws an error that
 * names `path` if the file ends before that.
 */
function readFully(file, target, position, path) {
    let done = 0;
    while (done < target.length) {
        const count = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(file, target, done, target.length - done, position + done);
        if (count === 0) {
            throw new Error(`${path} ends at byte ${position + done}; ${position + target.length} bytes were expected.`);
        }
        done += count;
    }
}


/***/ }),

/***/ 9024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RS: () => (/* binding */ cutRanges),
/* harmony export */   "do": () => (/* binding */ totalLength),
/* harmony export */   t4: () => (/* binding */ SECTOR_SIZE),
/* harmony export */   ts: () => (/* binding */ PIECE_BYTES)
/* harmony export */ });
/** Bytes of a sector: the unit of partition tables, of FAT, and of the block counts in ext4 inodes. */
const SECTOR_SIZE = 512;
/** Bytes to read, write or compare at once, unless there is a reason for another size. */
const PIECE_BYTES = 256 * 1024;
/** Cuts `length` bytes into ranges of `step` bytes; the last may be shorter. */
function* cutRanges(length, step) {
    for (let offset = 0; offset < length; offset += step) {
        yield { offset, length: Math.min(step, length - offset) };
    }
}
/** Bytes of all ranges together. */
function totalLength(ranges) {
    let bytes = 0;
    for (const { length } of ranges) {
        bytes += length;
    }
    return bytes;
}


/***/ }),

/***/ 1485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ windowOf)
/* harmony export */ });
/* harmony import */ var _bounds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9388);

/** A range of a source as a source of its own, such as a partition of a disk. */
function windowOf(source, { offset, length }) {
    return {
        size: length,
        read(target, position) {
            (0,_bounds_js__WEBPACK_IMPORTED_MODULE_0__/* .checkBounds */ .M)({ offset: position, length: target.length }, length, 'a range');
            source.read(target, offset + position);
        },
    };
}


/***/ }),

/***/ 883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ isZero),
/* harmony export */   y: () => (/* binding */ firstNonZero)
/* harmony export */ });
const ZEROS = Buffer.alloc(64 * 1024);
/** The index of the first byte that is not zero, or -1. */
function firstNonZero(bytes) {
    for (let start = 0; start < bytes.length; start += ZEROS.length) {
        const piece = bytes.subarray(start, start + ZEROS.length);
        if (ZEROS.compare(piece, 0, piece.length, 0, piece.length) !== 0) {
            return start + piece.findIndex((byte) => byte !== 0);
        }
    }
    return -1;
}
/** Whether all bytes are zero; true for no bytes. */
function isZero(bytes) {
    return firstNonZero(bytes) < 0;
}


/***/ }),

/***/ 2565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ errorCode)
/* harmony export */ });
/** The `code` of an error, as those of the system have it; `undefined` where there is none. */
function errorCode(error) {
    return error instanceof Error && 'code' in error ? error.code : undefined;
}


/***/ }),

/***/ 2321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IF: () => (/* binding */ userError),
/* harmony export */   Uc: () => (/* binding */ REPORT_BUG),
/* harmony export */   Xu: () => (/* binding */ inputError),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/** An error that a user's input, store, runner or configuration can cause, with its own remedy. */
class UserError extends Error {
    name = 'UserError';
    title;
    remedy;
    code;
    constructor({ title, message, remedy, code, cause }) {
        super(message, cause === undefined ? undefined : { cause });
        this.title = title;
        this.remedy = remedy;
        this.code = code;
    }
}
/** Creates a `UserError`. */
function userError(options) {
    return new UserError(options);
}
/** The error for an input with an invalid value, or one that contradicts another input. */
function inputError({ input, ...rest }) {
    return userError({ ...rest, title: `Invalid input ${input}` });
}
/** Remedy for an error that only a bug can cause. */
const REPORT_BUG = 'Re-run the job with debug logging. If it fails again, report the log at https://github.com/nix-ext4-image/nix-ext4-image/issues';


/***/ }),

/***/ 6100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ LONG_ENTRY_UNITS),
/* harmony export */   BF: () => (/* binding */ EXTENDED_START),
/* harmony export */   Dp: () => (/* binding */ FSINFO_LEAD),
/* harmony export */   H1: () => (/* binding */ MAX_NAME_UNITS),
/* harmony export */   H8: () => (/* binding */ FAT32_LEAST_CLUSTERS),
/* harmony export */   MG: () => (/* binding */ MAX_DIRECTORY_ENTRIES),
/* harmony export */   MM: () => (/* binding */ FSINFO),
/* harmony export */   ND: () => (/* binding */ BPB),
/* harmony export */   Py: () => (/* binding */ ENTRY),
/* harmony export */   Qz: () => (/* binding */ EXTENDED),
/* harmony export */   RJ: () => (/* binding */ MEDIA_FIXED),
/* harmony export */   RY: () => (/* binding */ ENTRY_SIZE),
/* harmony export */   UW: () => (/* binding */ DELETED),
/* harmony export */   W2: () => (/* binding */ END_OF_CHAIN),
/* harmony export */   Wz: () => (/* binding */ SHORT_NAME_PUNCTUATION),
/* harmony export */   ZE: () => (/* binding */ SHORT_NAME_BYTES),
/* harmony export */   aD: () => (/* binding */ BPB32),
/* harmony export */   bc: () => (/* binding */ ATTRIBUTE),
/* harmony export */   g9: () => (/* binding */ FIRST_CLUSTER),
/* harmony export */   hT: () => (/* binding */ LAST_LONG_ENTRY),
/* harmony export */   i7: () => (/* binding */ END_OF_DIRECTORY),
/* harmony export */   mX: () => (/* binding */ CLUSTER_MASK),
/* harmony export */   nt: () => (/* binding */ EXTENDED_SIGNATURE),
/* harmony export */   ox: () => (/* binding */ FSINFO_STRUCTURE),
/* harmony export */   qk: () => (/* binding */ BOOT_SIGNATURE),
/* harmony export */   w3: () => (/* binding */ MAX_FILE_SIZE),
/* harmony export */   w7: () => (/* binding */ LONG_ENTRY)
/* harmony export */ });
/**
 * Constants of the FAT file system, from Microsoft's "FAT32 File System Specification" 1.03 (fatgen103).
 */
/** Offsets in the boot sector. */
const BPB = {
    jump: 0,
    oemName: 3,
    bytesPerSector: 11,
    sectorsPerCluster: 13,
    reservedSectors: 14,
    fats: 16,
    rootEntries: 17,
    totalSectors16: 19,
    media: 21,
    fatSectors16: 22,
    sectorsPerTrack: 24,
    heads: 26,
    hiddenSectors: 28,
    totalSectors32: 32,
    signature: 510,
};
/** Offsets in the boot sector that only FAT32 has. */
const BPB32 = {
    fatSectors32: 36,
    flags: 40,
    version: 42,
    rootCluster: 44,
    fsInfoSector: 48,
    backupBootSector: 50,
};
/** Offset of the extended part of the boot sector. */
const EXTENDED_START = { 16: 36, 32: 64 };
/** Offsets within the extended part of the boot sector. */
const EXTENDED = {
    driveNumber: 0,
    bootSignature: 2,
    volumeId: 3,
    label: 7,
    type: 18,
    bootCode: 26,
};
/** Offsets in the FSInfo sector. */
const FSINFO = { lead: 0, structure: 484, freeClusters: 488, nextFree: 492, signature: 510 };
const FSINFO_LEAD = 0x41615252;
const FSINFO_STRUCTURE = 0x61417272;
const BOOT_SIGNATURE = 0xaa55;
const EXTENDED_SIGNATURE = 0x29;
/** The media byte of a fixed disk. */
const MEDIA_FIXED = 0xf8;
/** The number of the first cluster: the first two entries of the table belong to no cluster. */
const FIRST_CLUSTER = 2;
/** FAT16 has fewer clusters than this, FAT32 this many or more. */
const FAT32_LEAST_CLUSTERS = 65525;
/** The least value of an entry at the end of a chain. The upper four bits of FAT32 entries are reserved. */
const END_OF_CHAIN = { 16: 0xfff8, 32: 0x0ffffff8 };
const CLUSTER_MASK = { 16: 0xffff, 32: 0x0fffffff };
/** Bytes of a directory entry, and offsets in one. */
const ENTRY_SIZE = 32;
const ENTRY = {
    name: 0,
    attributes: 11,
    caseFlags: 12,
    createdTime: 14,
    createdDate: 16,
    accessedDate: 18,
    clusterHigh: 20,
    writtenTime: 22,
    writtenDate: 24,
    clusterLow: 26,
    size: 28,
};
/** Bytes of a short name: eight and three, padded with spaces. */
const SHORT_NAME_BYTES = 11;
/** Characters of short names and labels besides A-Z and 0-9; the hyphen is last, as in a class of a regular expression. */
const SHORT_NAME_PUNCTUATION = "!#$%&'()@^_`{}~-";
const ATTRIBUTE = { volumeLabel: 0x08, directory: 0x10, archive: 0x20, longName: 0x0f };
/** Offsets in a long name entry, which has 13 UTF-16 units in three places. */
const LONG_ENTRY = { order: 0, attributes: 11, type: 12, checksum: 13, cluster: 26 };
const LONG_ENTRY_UNITS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
/** Set in the order of the entry with the end of the name, which is the first one. */
const LAST_LONG_ENTRY = 0x40;
/** UTF-16 units of the longest name. */
const MAX_NAME_UNITS = 255;
/** Entries of the largest directory, of 2 MiB. */
const MAX_DIRECTORY_ENTRIES = 65536;
/** Bytes of the largest file. */
const MAX_FILE_SIZE = 0xffffffff;
/** The first byte of a deleted entry, and that of the first entry after the end of a directory. */
const DELETED = 0xe5;
const END_OF_DIRECTORY = 0x00;


/***/ }),

/***/ 5032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ kindOf)
/* harmony export */ });
/** What kind of file one is that is neither a regular file nor a symlink, for messages: a noun phrase. */
function kindOf(stats) {
    if (stats.isDirectory()) {
        return 'a directory';
    }
    if (stats.isSocket()) {
        return 'a socket';
    }
    if (stats.isFIFO()) {
        return 'a named pipe';
    }
    return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}


/***/ }),

/***/ 5730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IP: () => (/* binding */ openWithoutLinks),
/* harmony export */   Qr: () => (/* binding */ listWithoutLinks),
/* harmony export */   Tq: () => (/* binding */ openFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(786);
/* harmony import */ var _within_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6989);
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
 * How files of this machine are opened. A path is looked up when a file is scanned, and again when it is read: another
 * process may put a link, a pipe or a device there in between, and a checkout may have them from the start.
 */



/** A symlink in the last place is not followed, and a named pipe does not block the thread. */
const FLAGS = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK;
const DIRECTORY_FLAGS = FLAGS | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_DIRECTORY;
/**
 * Opens a file for reading. Only links above it are followed. The caller checks what it is.
 *
 * @throws Error of the system; ELOOP if it is a symlink.
 */
function openFile(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, FLAGS);
}
/**
 * Opens a file at an absolute path in which no part is a symlink, as realpath(3) returns it, but for those of `trusted`, a
 * directory that may be reached by links. The caller checks what it is.
 *
 * @throws Error of the system; ENOTDIR or ELOOP if a part is a symlink by now.
 */
function openWithoutLinks(path, trusted) {
    return openParts(path, FLAGS, trusted);
}
/**
 * Lists a directory, whose path is as for `openWithoutLinks`. All entries are those of one directory, whatever happens to its
 * path meanwhile.
 *
 * @throws Error of the system.
 */
function listWithoutLinks(path, trusted) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const directory = stack.adopt(openParts(path, DIRECTORY_FLAGS, trusted), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync);
        const at = (name) => entryOf(directory, name);
        const names = naming(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(pathOf(directory), { encoding: 'buffer' }));
        const entries = names.map((name) => naming(Buffer.concat([path, SLASH, name]), () => {
            const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(at(name));
            return { name, stats, target: stats.isSymbolicLink() ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(at(name), 'buffer') : undefined };
        }));
        return { stats: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(directory), entries };
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
 * There is no openat(2) in Node. /proc/self/fd takes its place: the kernel goes on from the open directory itself, not from a
 * path.
 */
function openParts(path, flags, trusted) {
    const start = trusted !== undefined && (0,_within_js__WEBPACK_IMPORTED_MODULE_2__/* .isWithin */ .U)(path, Buffer.from(trusted)) ? trusted : '/';
    const parts = partsOf(path.subarray(start.length));
    let descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(start), node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_DIRECTORY);
    for (const [i, part] of parts.entries()) {
        const parent = descriptor;
        try {
            const entry = entryOf(parent, part);
            descriptor = naming(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(entry, i === parts.length - 1 ? flags : DIRECTORY_FLAGS));
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(parent);
        }
    }
    return descriptor;
}
const SLASH = Buffer.from('/');
function pathOf(descriptor) {
    return Buffer.from(`/proc/self/fd/${descriptor}`);
}
function entryOf(directory, name) {
    return Buffer.concat([pathOf(directory), SLASH, name]);
}
/** Gives errors of the system the path that a reader knows instead of that of the open directory. */
function naming(path, work) {
    try {
        return work();
    }
    catch (error) {
        if (error instanceof Error) {
            error.message = error.message.replace(/'\/proc\/self\/fd\/.*'$/s, () => `'${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(path)}'`);
        }
        throw error;
    }
}
function partsOf(path) {
    const parts = path.toString('latin1').split('/');
    return parts.filter((part) => part !== '').map((part) => Buffer.from(part, 'latin1'));
}


/***/ }),

/***/ 6989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isWithin)
/* harmony export */ });
/** Whether `path` is `directory` or below it. Neither may have links, and a path in the store must be named as Nix names it. */
function isWithin(path, directory) {
    const start = Buffer.concat([directory, SLASH]);
    return path.equals(directory) || path.subarray(0, start.length).equals(start);
}
const SLASH = Buffer.from('/');


/***/ }),

/***/ 1728:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ openFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _bytes_bounds_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9388);
/* harmony import */ var _bytes_read_fully_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5216);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(786);




/** Opens a file for reading within its first `size` bytes. Reads throw an error that names the file if it ends before. */
function openFile(path, size) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r');
    const name = (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(path);
    const close = () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    return {
        size,
        close,
        [Symbol.dispose]: close,
        read(target, offset) {
            (0,_bytes_bounds_js__WEBPACK_IMPORTED_MODULE_3__/* .checkBounds */ .M)({ offset, length: target.length }, size, 'an image');
            (0,_bytes_read_fully_js__WEBPACK_IMPORTED_MODULE_1__/* .readFully */ .l)(file, target, offset, name);
        },
    };
}


/***/ }),

/***/ 4085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ writeAt),
/* harmony export */   rq: () => (/* binding */ createSparseFile),
/* harmony export */   xI: () => (/* binding */ writeRange)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9024);
/* harmony import */ var _write_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9603);
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



/** Creates a file of `size` bytes, all of it a hole. Errors as in `writeError`. */
function createSparseFile(path, size) {
    (0,_write_error_js__WEBPACK_IMPORTED_MODULE_1__/* .writingTo */ .gC)(path, () => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const stack = __addDisposableResource(env_1, new DisposableStack(), false);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.ftruncateSync)(stack.adopt((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'wx'), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync), size);
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
/** Writes a range of an image to its place in a sparse file; zeros stay holes. Errors as in `writeError`. */
function writeRange(image, path, range) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_2, new DisposableStack(), false);
        const file = stack.adopt((0,_write_error_js__WEBPACK_IMPORTED_MODULE_1__/* .writingTo */ .gC)(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r+')), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync);
        const buffer = Buffer.allocUnsafe(Math.min(_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .PIECE_BYTES */ .ts, range.length));
        for (const data of image.dataRanges(range)) {
            for (const piece of (0,_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .cutRanges */ .RS)(data.length, _bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .PIECE_BYTES */ .ts)) {
                const bytes = buffer.subarray(0, piece.length);
                const offset = data.offset + piece.offset;
                image.read(bytes, offset);
                if (!bytes.equals(ZEROS.subarray(0, bytes.length))) {
                    writeAt(file, path, bytes, offset);
                }
            }
        }
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}
const ZEROS = Buffer.alloc(_bytes_source_js__WEBPACK_IMPORTED_MODULE_2__/* .PIECE_BYTES */ .ts);
/** Writes all bytes: a single write may store fewer, as on a disk that is nearly full. Errors as in `writeError`. */
function writeAt(file, path, bytes, offset) {
    const write = () => {
        let done = 0;
        while (done < bytes.length) {
            done += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(file, bytes, done, bytes.length - done, offset + done);
        }
    };
    (0,_write_error_js__WEBPACK_IMPORTED_MODULE_1__/* .writingTo */ .gC)(path, write, bytes.length);
}


/***/ }),

/***/ 9603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gC: () => (/* binding */ writingTo),
/* harmony export */   oG: () => (/* binding */ writeError),
/* harmony export */   vd: () => (/* binding */ writeSmallFile),
/* harmony export */   wl: () => (/* binding */ DISK_FULL)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(786);





/**
 * Runs `write`, which writes to the file at `path`, and explains an error of the system. `bytes` is how many bytes it
 * writes, if that is known.
 */
function writingTo(path, write, bytes) {
    try {
        return write();
    }
    catch (cause) {
        throw writeError(path, cause, bytes);
    }
}
/** Writes a small file as a whole, where there is none: not through a symlink. Errors as in `writeError`. */
function writeSmallFile(path, contents) {
    writingTo(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(path, contents, { flag: 'wx' }), Buffer.byteLength(contents));
}
/**
 * Explains why a file could not be written, by the code of the system's error, which becomes the code of this one.
 * `bytes` is how many bytes were to be written, if that is known; the message has it if there is no space for them.
 */
function writeError(path, cause, bytes) {
    const code = (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(cause);
    const { title, reason, remedy } = REASONS.find(({ codes }) => codes.some((one) => one === code)) ?? OTHER;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    const needed = isFull && bytes !== undefined ? ` ${bytes} more bytes were needed.` : '';
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({
        title,
        message: `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(path)} could not be written: ${reason}.${needed}${freeSpace(path)}`,
        remedy,
        code: typeof code === 'string' ? code : 'EIO',
        cause,
    });
}
/** Headline and remedy for a disk without enough space for the image. */
const DISK_FULL = {
    title: 'The disk is full',
    remedy: 'Delete what is not needed on this machine before this step (nix-collect-garbage, tools of the runner), ' +
        'set output-directory to a filesystem with more space, or put less into the image.',
};
const REASONS = [
    { ...DISK_FULL, codes: ['ENOSPC'], reason: 'the disk is full' },
    {
        title: 'The disk quota is exceeded',
        codes: ['EDQUOT'],
        reason: 'this user may not store more on the disk',
        remedy: DISK_FULL.remedy,
    },
    {
        title: 'The file is too large for its filesystem',
        codes: ['EFBIG'],
        reason: 'the filesystem does not support files of that size',
        remedy: 'Set output-directory to a filesystem for large files (FAT ends at 4 GiB), or set a compression.',
    },
    {
        title: 'The output directory changed',
        codes: ['ENOENT', 'ENOTDIR', 'EEXIST'],
        reason: 'another process changed the output directory',
        remedy: 'Make sure that no other process writes to output-directory. Runs at the same time need a directory of their own.',
    },
    {
        title: 'Permission denied',
        codes: ['EACCES', 'EPERM', 'EROFS'],
        reason: 'this user may not write there',
        remedy: 'Set output-directory to a directory that the user of this step may write to.',
    },
];
const OTHER = {
    title: 'A file could not be written',
    reason: 'the system reports an error',
    remedy: 'Check the disk of output-directory, or set output-directory to a directory on another disk.',
};
/** How much space the filesystem has now, as a sentence; empty if the system does not report it. */
function freeSpace(path) {
    try {
        const { bavail, bsize } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statfsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path));
        return ` Its filesystem has ${bavail * bsize} bytes free now.`;
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 4036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ followToStore),
/* harmony export */   n: () => (/* binding */ followLinks)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _host_within_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6989);
/* harmony import */ var _store_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5074);




/** Linux follows as many (path_resolution(7)). */
const MAX_LINKS = 40;
/**
 * Follows the links of an absolute path as Nix does, until they are in the store `directory`: a store path that is a
 * symlink stands for itself. Returns the name of the entry of the store that the path leads to or into; `undefined` if it
 * leads elsewhere. The store may be reached by links itself. Throws an error of the system if the path does not exist.
 */
function followToStore(path, directory = _store_path_js__WEBPACK_IMPORTED_MODULE_3__/* .STORE_DIRECTORY */ .Qs) {
    const store = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(directory);
    let current = path;
    for (let links = 0; links <= MAX_LINKS; links++) {
        const stop = firstLinkOrStorePath(current, store);
        if (stop === undefined) {
            return undefined;
        }
        const rest = current.slice(stop.length + 1);
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(stop) === store) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(current);
            return stop.slice(store.length + 1);
        }
        current = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(stop), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(stop), rest);
    }
    throw new Error(`more than ${MAX_LINKS} links`);
}
/** Returns the shortest leading part of `path` that is a symlink or an entry of `store`. */
function firstLinkOrStorePath(path, store) {
    let part = '';
    for (const name of path.slice(1).split('/')) {
        part += `/${name}`;
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(part) === store || (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(part).isSymbolicLink()) {
            return part;
        }
    }
    return undefined;
}
/**
 * Follows all links of a path, those in the store too. A file of the store is named as Nix names it, below `directory`,
 * even if the store is elsewhere and `directory`, or one above it, is a link to it. Throws an error of the system if the
 * path does not exist.
 */
function followLinks(path, directory = _store_path_js__WEBPACK_IMPORTED_MODULE_3__/* .STORE_DIRECTORY */ .Qs) {
    const found = node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync.native(typeof path === 'string' ? path : Buffer.from(path), { encoding: 'buffer' });
    const store = realStore(directory);
    return store !== undefined && (0,_host_within_js__WEBPACK_IMPORTED_MODULE_2__/* .isWithin */ .U)(found, store)
        ? Buffer.concat([Buffer.from(directory), found.subarray(store.length)])
        : found;
}
/** `undefined` if this machine has no store. */
function realStore(directory) {
    try {
        return node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync.native(directory, { encoding: 'buffer' });
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 7395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ databaseError),
/* harmony export */   g: () => (/* binding */ storeError)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);

/** Remedy for a store path that changed, or cannot be read, although Nix never changes one. */
const REPAIR_STORE = 'Make sure that no other process changes or deletes store paths while the image is built. Check the disk, and repair the ' +
    'store with `nix-store --verify --check-contents --repair`.';
/** The error for a store path of this machine whose files are not what Nix put there. The message must be safe to print. */
function storeError({ message, cause }) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({ title: 'The Nix store is damaged', message, remedy: REPAIR_STORE, cause });
}
/**
 * The error for what the database of Nix has of a store path, where it cannot be true of any files or is not true of the
 * intact ones. The message must be safe to print.
 */
function databaseError(message) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'The database of Nix is wrong',
        message,
        remedy: 'Let Nix compare its database with the store: `nix-store --verify --check-contents`. If it reports nothing, delete ' +
            'the store path (`nix-store --delete`), and build or download it again.',
        code: 'DATABASE_WRONG',
    });
}


/***/ }),

/***/ 5074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GV: () => (/* binding */ parseStorePath),
/* harmony export */   I6: () => (/* binding */ baseNameProblem),
/* harmony export */   Qs: () => (/* binding */ STORE_DIRECTORY),
/* harmony export */   hH: () => (/* binding */ compareStorePaths),
/* harmony export */   he: () => (/* binding */ storeDirectory),
/* harmony export */   qL: () => (/* binding */ STORE_TIME),
/* harmony export */   yJ: () => (/* binding */ HASH_LENGTH)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(786);



/** The directory of the Nix store in every image; on this machine it may be another one. */
const STORE_DIRECTORY = '/nix/store';
/** Every timestamp in a Nix store, and so in an image: one second after 1970. */
const STORE_TIME = 1;
/** Digits of the hash in a store path. */
const HASH_LENGTH = 32;
const MAX_NAME_LENGTH = 211;
/** Returns the directory of this machine's Nix store, as Nix finds it: NIX_STORE_DIR, NIX_STORE or `/nix/store`. */
function storeDirectory(environment = process.env) {
    const directory = environment.NIX_STORE_DIR || environment.NIX_STORE || STORE_DIRECTORY;
    if (!(0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(directory)) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .userError */ .IF)({
            title: 'Invalid NIX_STORE_DIR',
            message: `NIX_STORE_DIR must be an absolute path, but is '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(directory)}'.`,
            remedy: 'Set NIX_STORE_DIR to an absolute path, or unset it.',
        });
    }
    return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.normalize)(directory).replace(/\/$/, '');
}
/** Parses a store path. Throws an `Error` that shows the path, and says why, if it is not one of `directory`. */
function parseStorePath(path, directory) {
    const baseName = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
    const problem = baseName === undefined ? `it is not in ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(directory)}` : baseNameProblem(baseName);
    if (baseName === undefined || problem !== undefined) {
        throw new Error(`'${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(path)}' is not a store path: ${problem}.`);
    }
    return { path, baseName, hash: baseName.slice(0, HASH_LENGTH), name: baseName.slice(HASH_LENGTH + 1) };
}
/**
 * Returns why `baseName` is not the base name of a store path, or `undefined` if it is one.
 * Rules: Nix, src/libstore/path.cc, checkName and StorePath::StorePath.
 */
function baseNameProblem(baseName) {
    const name = baseName.slice(HASH_LENGTH + 1);
    if (!/^[0-9abcdfghijklmnpqrsvwxyz]{32}-/.test(baseName)) {
        return `it must begin with ${HASH_LENGTH} characters of Nix base 32 and a dash`;
    }
    if (name === '' || name.length > MAX_NAME_LENGTH) {
        return `its name must have 1 to ${MAX_NAME_LENGTH} characters, but has ${name.length}`;
    }
    if (!/^[0-9a-zA-Z+\-._?=]*$/.test(name)) {
        return 'its name may only have letters, digits and +-._?=';
    }
    if (/^\.\.?(-|$)/.test(name)) {
        return "its name must not begin with '.' or '..' before a dash or the end";
    }
    return undefined;
}
/** Orders store paths as Nix does, by the bytes of their base names: they are ASCII, and share their directory. */
function compareStorePaths(a, b) {
    return a < b ? -1 : Number(a > b);
}


/***/ }),

/***/ 3582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ describeFailedCommand),
/* harmony export */   v: () => (/* binding */ describeCommand)
/* harmony export */ });
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(786);

const SHOWN_CHARACTERS = 400;
const SHOWN_STDERR = 4 * 1024;
/** A command line for a message: control characters escaped, arguments with spaces quoted, a long tail left out. */
function describeCommand(program, args) {
    let shown = (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(program);
    for (const [index, argument] of args.entries()) {
        const next = shorten(quote(argument));
        if (shown.length + next.length > SHOWN_CHARACTERS) {
            return `${shown} ... (${args.length - index} more)`;
        }
        shown += ` ${next}`;
    }
    return shown;
}
/** How a command failed, with the end of its standard error, every line safe to print. */
function describeFailedCommand(command, { exitCode, stderr }) {
    const how = exitCode === null ? 'was killed by a signal' : `failed with exit code ${exitCode}`;
    const lines = printableLines(stderr.subarray(Math.max(0, stderr.length - SHOWN_STDERR)));
    const output = lines.length === 0 ? ' (nothing on standard error)' : `\n${lines.join('\n')}`;
    return `A command ${how}: ${command}${output}`;
}
function printableLines(bytes) {
    const lines = bytes.toString('latin1').split(/\r?\n/);
    return lines.filter((line) => line.trim() !== '').map((line) => `  ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(Buffer.from(line, 'latin1'))}`);
}
function quote(argument) {
    const safe = (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(argument);
    return safe === '' || /[ '"]/.test(safe) ? `'${safe}'` : safe;
}
function shorten(text) {
    return text.length > SHOWN_CHARACTERS / 2 ? `${text.slice(0, SHOWN_CHARACTERS / 2)}...` : text;
}


/***/ }),

/***/ 1041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ findSystemProgram),
/* harmony export */   K: () => (/* binding */ findProgram)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(786);
/* harmony import */ var _program_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8492);




/**
 * The absolute path of a program: the first executable of that name in the directories of `searchPath` (PATH by
 * default), then in `extraDirectories`, for what a distribution keeps out of the usual PATH, such as /sbin. Relative
 * directories are skipped, so that a file in a checkout is not taken for a program. Throws `PROGRAM_MISSING`.
 */
function findProgram(name, { extraDirectories = [], searchPath = process.env.PATH ?? '', } = {}) {
    for (const directory of [...searchPath.split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter), ...extraDirectories]) {
        const candidate = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name);
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(directory) && isExecutable(candidate)) {
            return candidate;
        }
    }
    const extra = extraDirectories.length > 0 ? ` or in ${extraDirectories.map(_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g).join(', ')}` : '';
    throw (0,_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .programError */ .b)({
        code: 'PROGRAM_MISSING',
        message: `The program ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(name)} was not found in PATH${extra}.`,
    });
}
/** Finds a program of the system, such as e2fsck, which distributions keep out of a user's PATH. Throws `PROGRAM_MISSING`. */
function findSystemProgram(name) {
    return findProgram(name, { extraDirectories: SYSTEM_DIRECTORIES });
}
const SYSTEM_DIRECTORIES = ['/sbin', '/usr/sbin', '/usr/local/sbin', '/run/current-system/sw/bin'];
function isExecutable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 8492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ isProgramMissing),
/* harmony export */   b: () => (/* binding */ programError)
/* harmony export */ });
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);


const REMEDIES = {
    PROGRAM_MISSING: 'Install the program in a step before this one, or add its directory to PATH.',
    PROGRAM_NOT_STARTED: 'Check that this machine can run the program, and that the user of this step may run it.',
    PROGRAM_FAILED: 'Fix the problem that the program reports. To see more, run it by itself in a step before this one.',
    PROGRAM_TIMEOUT: 'Check what the program waits for: a lock, a daemon or a disk that does not answer. Then re-run the job.',
    PROGRAM_CANCELLED: 'Re-run the job.',
    PROGRAM_OUTPUT: 'Check that the program in PATH is the one that its name says.',
    PROGRAM_UNSUITABLE: 'Install the program that the message names.',
};
/** Creates the error of a program that could not be run, or failed. The texts must be safe to print. */
function programError({ code, message, remedy = REMEDIES[code], cause, }) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({ title: TITLES[code], message, remedy, code, cause });
}
const TITLES = {
    PROGRAM_MISSING: 'A program is missing',
    PROGRAM_NOT_STARTED: 'A program could not be started',
    PROGRAM_FAILED: 'A program failed',
    PROGRAM_TIMEOUT: 'A program did not finish',
    PROGRAM_CANCELLED: 'The step was cancelled',
    PROGRAM_OUTPUT: 'A program printed too much',
    PROGRAM_UNSUITABLE: 'A program is not suitable',
};
/** Whether `error` says that a program is not installed, so that the caller can name the package to install. */
function isProgramMissing(error) {
    return (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .C)(error) === 'PROGRAM_MISSING';
}


/***/ }),

/***/ 8146:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fw: () => (/* binding */ escapeMermaid),
/* harmony export */   XU: () => (/* binding */ printableText),
/* harmony export */   ZD: () => (/* binding */ escapeHtml),
/* harmony export */   cl: () => (/* binding */ quoteValue),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   ml: () => (/* binding */ shorten)
/* harmony export */ });
/* harmony import */ var _printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(786);

/**
 * Makes a text of one or more lines safe to print: what a terminal or the runner would act on is shown as an escape.
 * Backslashes are kept, because names within the text can be escaped already.
 */
function printableText(text) {
    return text.split(/\r?\n/).map(printableLine).join('\n');
}
function printableLine(line) {
    return line.split('\\').map(_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g).join('\\');
}
/** The first `limit` characters of a text, followed by `...` if there are more. */
function shorten(text, limit) {
    if (text.length <= limit) {
        return text;
    }
    const end = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
    return `${text.slice(0, end)}...`;
}
/** A surrogate pair is one character and must not be cut. */
function isHighSurrogate(code) {
    return code >= 0xd800 && code <= 0xdbff;
}
/** A name or path from outside for a message: in quotes, and safe to print. */
function quote(name) {
    return `"${(0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(name)}"`;
}
/** An input's value for a message: in quotes, safe to print, and shortened. */
function quoteValue(value) {
    return `'${(0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(shorten(value, SHOWN_CHARACTERS))}'`;
}
const SHOWN_CHARACTERS = 120;
/**
 * Makes a value from outside safe in HTML and Markdown. Characters with a meaning in Markdown become entities too: a
 * decoded entity is text, never structure (CommonMark, section 6.2).
 */
function escapeHtml(value) {
    return (0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(value).replace(/[&<>"'`*_~[\]()!|#@$\\:{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/**
 * Makes a value from outside safe in a quoted label of a Mermaid chart. The only escape of Mermaid is `#code;`, which
 * replaces every character that store paths cannot have.
 */
function escapeMermaid(value) {
    return (0,_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(value).replace(/[^A-Za-z0-9 .,+_?=()-]/gu, (character) => `#${character.codePointAt(0)};`);
}


/***/ }),

/***/ 1622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   NN: () => (/* binding */ formatHex),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   h: () => (/* binding */ formatUuid)
/* harmony export */ });
/** Writes a number of things: `1 store path`, `10,000 store paths`. The noun is one that takes an s. */
function formatCount(count, noun) {
    return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
/** Writes a time for people: `0.4 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`. */
function formatDuration(seconds) {
    if (seconds < 59.95) {
        return `${seconds.toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) {
        return `${minutes} min ${pad(whole % 60)} s`;
    }
    const roundedMinutes = Math.round(seconds / 60);
    return `${Math.floor(roundedMinutes / 60)} h ${pad(roundedMinutes % 60)} min`;
}
/** Writes a number in hexadecimal: `0x1f`. It has leading zeros up to `digits`. */
function formatHex(value, digits = 1) {
    return `0x${value.toString(16).padStart(digits, '0')}`;
}
function pad(value) {
    return String(value).padStart(2, '0');
}
/** The usual form of a UUID of 16 bytes: groups of 4, 2, 2, 2 and 6 bytes in hexadecimal (RFC 9562, section 4). */
function formatUuid(uuid) {
    return Buffer.from(uuid)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}


/***/ }),

/***/ 786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);

/**
 * Makes a name from outside safe to show in one line of a log: what a terminal or the runner would act on is shown
 * as an escape instead. Bytes that are no UTF-8 and ASCII control characters become `\xNN`, a backslash `\\`, and
 * other characters that do not show (C1 controls, bidirectional overrides, zero-width and odd spaces) `\u{...}`.
 *
 * The runner takes a line as a command if it begins with `::`, or holds `##[` anywhere
 * (actions/runner, ActionCommand.cs): both lose their first character to an escape. No two names look alike.
 */
function printable(name) {
    const shown = typeof name === 'string' ? escapeCharacters(name) : escapeBytes(name);
    return shown.replace(/^ *::/, escapeFirstColon).replaceAll('##[', '\\x23#[');
}
function escapeFirstColon(start) {
    return `${start.slice(0, -2)}\\x3a:`;
}
function escapeBytes(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(buffer)) {
        return escapeCharacters(buffer.toString('utf8'));
    }
    let shown = '';
    for (let position = 0; position < buffer.length;) {
        const length = characterLength(buffer, position);
        shown +=
            length === 0
                ? hex(buffer[position] ?? 0)
                : escapeCharacters(buffer.toString('utf8', position, position + length));
        position += Math.max(length, 1);
    }
    return shown;
}
/** Bytes of the UTF-8 character at `position`, or 0 if none begins there. */
function characterLength(buffer, position) {
    for (let length = 1; length <= 4 && position + length <= buffer.length; length++) {
        if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(buffer.subarray(position, position + length))) {
            return length;
        }
    }
    return 0;
}
function escapeCharacters(text) {
    return text.replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\\]/gu, (character) => {
        if (character === ' ') {
            return character;
        }
        if (character === '\\') {
            return '\\\\';
        }
        const code = character.codePointAt(0) ?? 0;
        return code < 0x80 ? hex(code) : `\\u{${code.toString(16)}}`;
    });
}
function hex(byte) {
    return `\\x${byte.toString(16).padStart(2, '0')}`;
}


/***/ }),

/***/ 6867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G8: () => (/* binding */ verificationError),
/* harmony export */   Or: () => (/* binding */ isSystemError),
/* harmony export */   Y0: () => (/* binding */ IMAGE_DAMAGED),
/* harmony export */   _4: () => (/* binding */ sourceChanged),
/* harmony export */   w6: () => (/* binding */ imageMismatch)
/* harmony export */ });
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8146);



/**
 * The error of an image file that does not hold what was planned and written. `message` says what differs and where, and
 * must be safe to print. `remedy` is for a difference that can have another cause than a damaged image.
 */
function imageMismatch(message, { remedy = IMAGE_DAMAGED, cause } = {}) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({ title: 'The image failed verification', message, remedy, code: 'IMAGE_MISMATCH', cause });
}
/** Remedy for an image that was damaged, as far as is known. */
const IMAGE_DAMAGED = 'Re-run the job, on another machine if possible: the disk or the memory of this machine may be faulty, or another ' +
    'process may have written to the output directory. If it fails there too, report it at ' +
    'https://github.com/nix-ext4-image/nix-ext4-image/issues';
/** Remedy for a difference from files of this machine, which may have changed since they were read. */
function sourceChanged(input) {
    return (`Let nothing change the files of ${input} while the step runs, and re-run the job. If it fails again, check the disk ` +
        'and the memory of this machine.');
}
/**
 * Explains whatever ended a verification. Bytes that break the format are a damaged image; an error of the system is one
 * of reading the image file; of anything else no cause is known.
 */
function verificationError(error) {
    if (error instanceof _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo) {
        return error;
    }
    const message = (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .printableText */ .XU)(error instanceof Error ? error.message : String(error));
    if (FORMAT_ERRORS.some((code) => code === (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error))) {
        return imageMismatch(message, { cause: error });
    }
    if (isSystemError(error)) {
        return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
            title: 'The image could not be read back',
            message,
            remedy: 'Check the disk that output-directory is on, and let nothing else change that directory. Then re-run the job.',
            code: 'IMAGE_UNREADABLE',
            cause: error,
        });
    }
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'The image could not be verified',
        message,
        remedy: IMAGE_DAMAGED,
        code: 'NOT_VERIFIED',
        cause: error,
    });
}
/** Codes of the readers' errors, whose classes are lost between threads. */
const FORMAT_ERRORS = ['EXT4_FORMAT', 'FAT_FORMAT'];
/** Whether an error is one that a system call returned, such as `EIO`. */
function isSystemError(error) {
    const code = (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .C)(error);
    return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}


/***/ })

};
