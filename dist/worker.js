import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/bytes/source.js
/** Bytes of a sector: the unit of partition tables, of FAT, and of the block counts in ext4 inodes. */
const source_SECTOR_SIZE = 512;
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

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./build/bytes/bounds.js
/** Throws a `RangeError` if a range is not within `size` bytes. `what` names the whole in the message. */
function checkBounds({ offset, length }, size, what) {
    if (offset >= 0 && length >= 0 && offset + length <= size) {
        return;
    }
    throw new RangeError(`Bytes ${offset} to ${offset + length} are outside ${what} of ${size} bytes.`);
}

;// CONCATENATED MODULE: ./build/bytes/read-fully.js

/**
 * Fills `target` with the bytes of an open file from `position` on: a single read may return fewer. Throws an error that
 * names `path` if the file ends before that.
 */
function read_fully_readFully(file, target, position, path) {
    let done = 0;
    while (done < target.length) {
        const count = (0,external_node_fs_namespaceObject.readSync)(file, target, done, target.length - done, position + done);
        if (count === 0) {
            throw new Error(`${path} ends at byte ${position + done}; ${position + target.length} bytes were expected.`);
        }
        done += count;
    }
}

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: ./build/text/printable.js

/**
 * Makes a name from outside safe to show in one line of a log: what a terminal or the runner would act on is shown
 * as an escape instead. Bytes that are no UTF-8 and ASCII control characters become `\xNN`, a backslash `\\`, and
 * other characters that do not show (C1 controls, bidirectional overrides, zero-width and odd spaces) `\u{...}`.
 *
 * The runner takes a line as a command if it begins with `::`, or holds `##[` anywhere
 * (actions/runner, ActionCommand.cs): both lose their first character to an escape. No two names look alike.
 */
function printable_printable(name) {
    const shown = typeof name === 'string' ? escapeCharacters(name) : escapeBytes(name);
    return shown.replace(/^ *::/, escapeFirstColon).replaceAll('##[', '\\x23#[');
}
function escapeFirstColon(start) {
    return `${start.slice(0, -2)}\\x3a:`;
}
function escapeBytes(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if ((0,external_node_buffer_namespaceObject.isUtf8)(buffer)) {
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
        if ((0,external_node_buffer_namespaceObject.isUtf8)(buffer.subarray(position, position + length))) {
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

;// CONCATENATED MODULE: ./build/image/file-access.js




/** Opens a file for reading within its first `size` bytes. Reads throw an error that names the file if it ends before. */
function openFile(path, size) {
    const file = (0,external_node_fs_namespaceObject.openSync)(path, 'r');
    const name = printable_printable(path);
    const close = () => (0,external_node_fs_namespaceObject.closeSync)(file);
    return {
        size,
        close,
        [Symbol.dispose]: close,
        read(target, offset) {
            checkBounds({ offset, length: target.length }, size, 'an image');
            read_fully_readFully(file, target, offset, name);
        },
    };
}

;// CONCATENATED MODULE: ./build/bytes/keep-last.js
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

;// CONCATENATED MODULE: ./build/bytes/search.js
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

;// CONCATENATED MODULE: ./build/image/frames/buffers.js
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

;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./build/threads/uninterrupted.js

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
const ownGate = external_node_worker_threads_namespaceObject.isMainThread ? undefined : gateOf(external_node_worker_threads_namespaceObject.workerData);
function gateOf(data) {
    if (typeof data !== 'object' || data === null || !('gate' in data)) {
        return undefined;
    }
    const { gate } = data;
    return gate instanceof Int32Array && gate.buffer instanceof SharedArrayBuffer
        ? new Int32Array(gate.buffer)
        : undefined;
}

;// CONCATENATED MODULE: ./build/image/frames/gzip.js



/** gzip members (RFC 1952), without a name and a time. */
const gzipFrames = {
    suffix: '.gz',
    levels: { least: 1, most: 9, default: 6 },
    // Deflate looks back 32 KiB at most, so small members cost nothing.
    frameBytes: () => 2 * 1024 * 1024,
    compress: (bytes, level) => uninterrupted(() => (0,external_node_zlib_namespaceObject.gzipSync)(bytes, { level, chunkSize: bytes.length + CHUNK_SLACK })),
    decompress: (frame, limit) => uninterrupted(() => (0,external_node_zlib_namespaceObject.gunzipSync)(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK })),
};

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: ./build/errors/error-code.js
/** The `code` of an error, as those of the system have it; `undefined` where there is none. */
function error_code_errorCode(error) {
    return error instanceof Error && 'code' in error ? error.code : undefined;
}

;// CONCATENATED MODULE: ./build/process/describe.js

const SHOWN_CHARACTERS = 400;
const SHOWN_STDERR = 4 * 1024;
/** A command line for a message: control characters escaped, arguments with spaces quoted, a long tail left out. */
function describeCommand(program, args) {
    let shown = printable_printable(program);
    for (const [index, argument] of args.entries()) {
        const next = shorten(describe_quote(argument));
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
    return lines.filter((line) => line.trim() !== '').map((line) => `  ${printable_printable(Buffer.from(line, 'latin1'))}`);
}
function describe_quote(argument) {
    const safe = printable_printable(argument);
    return safe === '' || /[ '"]/.test(safe) ? `'${safe}'` : safe;
}
function shorten(text) {
    return text.length > SHOWN_CHARACTERS / 2 ? `${text.slice(0, SHOWN_CHARACTERS / 2)}...` : text;
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/errors/user-error.js
/** An error that a user's input, store, runner or configuration can cause, with its own remedy. */
class user_error_UserError extends Error {
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
function user_error_userError(options) {
    return new user_error_UserError(options);
}
/** The error for an input with an invalid value, or one that contradicts another input. */
function user_error_inputError({ input, ...rest }) {
    return user_error_userError({ ...rest, title: `Invalid input ${input}` });
}
/** Remedy for an error that only a bug can cause. */
const REPORT_BUG = 'Re-run the job with debug logging. If it fails again, report the log at https://github.com/nix-ext4-image/nix-ext4-image/issues';

;// CONCATENATED MODULE: ./build/process/program-error.js


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
    return user_error_userError({ title: TITLES[code], message, remedy, code, cause });
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
    return error_code_errorCode(error) === 'PROGRAM_MISSING';
}

;// CONCATENATED MODULE: ./build/process/find-program.js




/**
 * The absolute path of a program: the first executable of that name in the directories of `searchPath` (PATH by
 * default), then in `extraDirectories`, for what a distribution keeps out of the usual PATH, such as /sbin. Relative
 * directories are skipped, so that a file in a checkout is not taken for a program. Throws `PROGRAM_MISSING`.
 */
function findProgram(name, { extraDirectories = [], searchPath = process.env.PATH ?? '', } = {}) {
    for (const directory of [...searchPath.split(external_node_path_namespaceObject.delimiter), ...extraDirectories]) {
        const candidate = (0,external_node_path_namespaceObject.join)(directory, name);
        if ((0,external_node_path_namespaceObject.isAbsolute)(directory) && isExecutable(candidate)) {
            return candidate;
        }
    }
    const extra = extraDirectories.length > 0 ? ` or in ${extraDirectories.map(printable_printable).join(', ')}` : '';
    throw programError({
        code: 'PROGRAM_MISSING',
        message: `The program ${printable_printable(name)} was not found in PATH${extra}.`,
    });
}
function isExecutable(path) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.X_OK);
        return (0,external_node_fs_namespaceObject.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/image/frames/xz.js






/** xz streams (the .xz file format, section 2), compressed and decompressed by the program xz: Node has no LZMA. */
const xzFrames = {
    suffix: '.xz',
    levels: { least: 0, most: 9, default: 6 },
    // Twice the dictionary of the default level.
    frameBytes: () => 16 * 1024 * 1024,
    compress: (bytes, level) => xz([`-${level}`, '--check=crc64'], bytes, bytes.length + SLACK),
    decompress: (frame, limit) => xz(['--decompress'], frame, limit + SLACK),
};
/** Remedy for an xz that is missing or unsuitable. */
const INSTALL_XZ = 'Install XZ Utils before this step: `sudo apt-get install xz-utils`, or `apk add xz` on Alpine. Or set compression to zstd.';
/** Returns the path of xz. Throws a `PROGRAM_MISSING` error that says how to install it if there is none. */
function findXz() {
    try {
        return findProgram('xz');
    }
    catch (cause) {
        if (!isProgramMissing(cause)) {
            throw cause;
        }
        throw programError({
            code: 'PROGRAM_MISSING',
            message: 'compression: xz needs the program xz, which was not found in PATH.',
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
    const args = [...options, '--format=xz', '--threads=1', '--quiet', '--stdout'];
    // Without XZ_OPT and XZ_DEFAULTS, which would change the result.
    const env = { PATH: process.env.PATH, LC_ALL: 'C' };
    const { stdout, stderr, status, error } = (0,external_node_child_process_namespaceObject.spawnSync)(findXz(), args, { input, maxBuffer: limit, env });
    // A program that ends before it has read all input reports why.
    const endedEarly = error_code_errorCode(error) === 'EPIPE';
    if (error !== undefined && !endedEarly) {
        throw error_code_errorCode(error) === 'ENOBUFS' ? error : notStarted(error);
    }
    if (status === 0 && !endedEarly) {
        return Buffer.from(stdout);
    }
    const message = describeFailedCommand(describeCommand('xz', args), { exitCode: status, stderr });
    throw programError({ code: 'PROGRAM_FAILED', message });
}
function notStarted(cause) {
    const message = `xz could not be started: ${printable_printable(cause.message)}.`;
    return programError({ code: 'PROGRAM_NOT_STARTED', message, cause });
}

;// CONCATENATED MODULE: ./build/image/frames/zstd.js



/** Zstandard frames (RFC 8878) with a checksum. */
const zstdFrames = {
    suffix: '.zst',
    levels: { least: 1, most: 22, default: 3 },
    frameBytes: (level) => (level <= FAST_LEVEL ? 4 : 16) * 1024 * 1024,
    compress(bytes, level) {
        const params = { [external_node_zlib_namespaceObject.constants.ZSTD_c_compressionLevel]: level, [external_node_zlib_namespaceObject.constants.ZSTD_c_checksumFlag]: 1 };
        return uninterrupted(() => (0,external_node_zlib_namespaceObject.zstdCompressSync)(bytes, { params, chunkSize: bytes.length + CHUNK_SLACK }));
    },
    decompress: (frame, limit) => uninterrupted(() => (0,external_node_zlib_namespaceObject.zstdDecompressSync)(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK })),
};
/**
 * Up to this level zstd looks back 2 MiB at most; above it up to 8 MiB, and a frame should hold a multiple of that
 * (`lib/compress/clevels.h` of zstd).
 */
const FAST_LEVEL = 8;

;// CONCATENATED MODULE: ./build/image/frames/codecs.js




/** The compressions by name. A compression is listed here and in `COMPRESSIONS`, and nowhere else. */
const CODECS = { zstd: zstdFrames, gzip: gzipFrames, xz: xzFrames };
/** Values of the input compression, in the order in which messages list them. */
const COMPRESSIONS = (/* unused pure expression or super */ null && (['zstd', 'gzip', 'xz', 'none']));
/** Returns the name of the image file: the name of the image with the suffix of its compression. */
function imageFileName({ imageName, compression, }) {
    return compression === 'none' ? imageName : imageName + CODECS[compression].suffix;
}
/** Decompresses a frame of the file at `path`. Throws an error that names both if it is damaged, or has another length. */
function decompressFrame(codec, bytes, frame, path) {
    const where = `The ${codec} frame at byte ${frame.offset} of ${printable_printable(path)}`;
    let contents;
    try {
        contents = CODECS[codec].decompress(bytes, frame.uncompressedBytes);
    }
    catch (cause) {
        throw new Error(`${where} cannot be decompressed: the file is damaged.`, { cause });
    }
    if (contents.length === frame.uncompressedBytes) {
        return contents;
    }
    throw new Error(`${where} holds ${contents.length} bytes; ${frame.uncompressedBytes} were expected.`);
}

;// CONCATENATED MODULE: ./build/image/frame-access.js






/** Opens the uncompressed bytes of a compressed file. */
function openFrames({ codec, path, size, frames }) {
    const starts = startsOf(frames);
    const file = openFile(path, Number.POSITIVE_INFINITY);
    const compressed = Buffer.allocUnsafeSlow(frames.reduce((most, frame) => Math.max(most, frame.compressedBytes), 0));
    const largest = frames.reduce((most, frame) => Math.max(most, frame.uncompressedBytes), 1);
    const decompress = (index) => {
        const bytes = compressed.subarray(0, frames[index].compressedBytes);
        file.read(bytes, frames[index].offset);
        return decompressFrame(codec, bytes, frames[index], path);
    };
    const kept = keepLast(Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / largest)), decompress, release);
    const close = () => {
        kept.clear();
        release(compressed);
        file.close();
    };
    return {
        size,
        close,
        [Symbol.dispose]: close,
        read(target, offset) {
            checkBounds({ offset, length: target.length }, size, 'an image');
            let index = firstAfter(starts.length, (at) => starts[at], offset) - 1;
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

;// CONCATENATED MODULE: ./build/image/access.js
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
    return description.kind === 'raw' ? openFile(description.path, description.size) : openFrames(description);
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

;// CONCATENATED MODULE: ./build/bytes/compose.js

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
            checkBounds(range, size, 'an image');
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

;// CONCATENATED MODULE: ./build/bytes/window.js

/** A range of a source as a source of its own, such as a partition of a disk. */
function windowOf(source, { offset, length }) {
    return {
        size: length,
        read(target, position) {
            checkBounds({ offset: position, length: target.length }, length, 'a range');
            source.read(target, offset + position);
        },
    };
}

;// CONCATENATED MODULE: ./build/text/escape.js

/**
 * Makes a text of one or more lines safe to print: what a terminal or the runner would act on is shown as an escape.
 * Backslashes are kept, because names within the text can be escaped already.
 */
function escape_printableText(text) {
    return text.split(/\r?\n/).map(printableLine).join('\n');
}
function printableLine(line) {
    return line.split('\\').map(printable_printable).join('\\');
}
/** The first `limit` characters of a text, followed by `...` if there are more. */
function escape_shorten(text, limit) {
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
function escape_quote(name) {
    return `"${printable_printable(name)}"`;
}
/** An input's value for a message: in quotes, safe to print, and shortened. */
function quoteValue(value) {
    return `'${printable(escape_shorten(value, escape_SHOWN_CHARACTERS))}'`;
}
const escape_SHOWN_CHARACTERS = 120;
/**
 * Makes a value from outside safe in HTML and Markdown. Characters with a meaning in Markdown become entities too: a
 * decoded entity is text, never structure (CommonMark, section 6.2).
 */
function escapeHtml(value) {
    return printable(value).replace(/[&<>"'`*_~[\]()!|#@$\\:{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/**
 * Makes a value from outside safe in a quoted label of a Mermaid chart. The only escape of Mermaid is `#code;`, which
 * replaces every character that store paths cannot have.
 */
function escapeMermaid(value) {
    return printable(value).replace(/[^A-Za-z0-9 .,+_?=()-]/gu, (character) => `#${character.codePointAt(0)};`);
}

;// CONCATENATED MODULE: ./build/text/format.js
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

;// CONCATENATED MODULE: ./build/disk/mbr.js
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
const MAX_DISK_SIZE = MAX_SECTORS * source_SECTOR_SIZE;
/** Entries of the table, each a partition or unused. */
const MBR_PARTITIONS = 4;
/** Bytes of boot code at the start of the sector. */
const BOOT_CODE_BYTES = 440;
/** Encodes the sector, with zeros in place of boot code. */
function encodeMbr({ diskId, partitions }) {
    const sector = Buffer.alloc(source_SECTOR_SIZE);
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
    const bytes = Buffer.from(sector.buffer, sector.byteOffset, source_SECTOR_SIZE);
    const signature = bytes.readUInt16LE(OFFSET.signature);
    if (signature !== SIGNATURE) {
        throw new Error(`The partition table is damaged: expected the signature ${formatHex(SIGNATURE)} at byte ${OFFSET.signature}, found ${formatHex(signature)}.`);
    }
    const partitions = [];
    for (let number = 1; number <= MBR_PARTITIONS; number++) {
        const entry = bytes.subarray(OFFSET.partitions + (number - 1) * ENTRY.size);
        const status = entry.readUInt8(ENTRY.status);
        if (status !== 0 && status !== BOOTABLE) {
            throw new Error(`The partition table is damaged: expected 0x0 or ${formatHex(BOOTABLE)} as the boot flag of partition ${number}, found ${formatHex(status)}.`);
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

;// CONCATENATED MODULE: ./build/disk/blobs.js



/**
 * The ranges of a disk that a file is written to. Of a file at offset 0, which is boot code, the bytes from 440 to 511 are
 * left out: they are the partition table's.
 */
function blobRanges({ offset, size }) {
    if (offset > 0) {
        return [{ offset, length: size }];
    }
    const code = { offset, length: Math.min(size, BOOT_CODE_BYTES) };
    return size > source_SECTOR_SIZE ? [code, { offset: source_SECTOR_SIZE, length: size - source_SECTOR_SIZE }] : [code];
}
/**
 * Checks where boot loader files are on a disk of `diskSize` bytes. Throws a `UserError` if one does not begin on a sector,
 * is empty, ends after the disk, or overlaps another one or one of `areas` (the partition table and the partitions).
 */
function checkBlobs(blobs, areas, diskSize) {
    const taken = [...areas];
    for (const blob of blobs) {
        checkBlob(blob, taken, diskSize);
        taken.push(...areasOf(blob));
    }
}
function checkBlob(blob, taken, diskSize) {
    const { path, offset, size } = blob;
    if (offset % SECTOR_SIZE !== 0) {
        throw inputError({
            input: 'bootloader',
            message: `The offset of the boot loader file ${quote(path)} must be a multiple of ${SECTOR_SIZE} bytes, but is ${offset}.`,
            remedy: `Set its offset to a multiple of ${SECTOR_SIZE} in the input bootloader.`,
        });
    }
    if (size === 0) {
        throw inputError({
            input: 'bootloader',
            message: `The boot loader file ${quote(path)} is empty.`,
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
    if (offset + size > diskSize) {
        throw inputError({
            input: 'bootloader',
            message: `${capitalize(describe(areas[0]))} must end within the disk of ${diskSize} bytes.`,
            remedy: 'Set its offset to less in the input bootloader.',
        });
    }
}
function areasOf(blob) {
    return blobRanges(blob).map((range) => ({
        ...range,
        what: `the boot loader file ${quote(blob.path)}`,
        remedy: 'change its offset in the input bootloader',
    }));
}
function overlapError(blob, other) {
    const remedies = [other.remedy, blob.remedy].filter((remedy) => remedy !== undefined);
    return inputError({
        input: 'bootloader',
        message: `${capitalize(describe(blob))} overlaps ${describe(other)}.`,
        remedy: `${capitalize([...new Set(remedies)].join(', or '))}.`,
    });
}
function overlaps(a, b) {
    return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
function describe({ what, offset, length }) {
    return `${what} (bytes ${offset} to ${offset + length - 1})`;
}
function capitalize(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/disk/gpt-format.js
/**
 * Constants of the GUID partition table (GPT) of a disk with sectors of 512 bytes, from the UEFI specification 2.10,
 * sections 5.2.3 and 5.3, and the contents of a table.
 */

/** Entries of the table, each a partition or unused: the least that the specification allows, and what all tools write. */
const GPT_PARTITIONS = 128;
/** Bytes of an entry. */
const ENTRY_BYTES = 128;
/** Sectors of all entries. */
const ENTRIES_SECTORS = (GPT_PARTITIONS * ENTRY_BYTES) / source_SECTOR_SIZE;
/** Bytes at the start of a disk: protective MBR, header, entries. */
const GPT_PRIMARY_BYTES = (2 + ENTRIES_SECTORS) * source_SECTOR_SIZE;
/** Bytes at the end of a disk: entries, header. */
const GPT_BACKUP_BYTES = (ENTRIES_SECTORS + 1) * source_SECTOR_SIZE;
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
const gpt_format_SIGNATURE = 'EFI PART';
const REVISION = 0x00010000;
/** Offsets in an entry. */
const gpt_format_ENTRY = { type: 0, guid: 16, first: 32, last: 40, attributes: 48, name: 56 };
const LEGACY_BIOS_BOOTABLE = 1n << 2n;
/** UTF-16 units of the longest name. */
const gpt_format_NAME_UNITS = 36;
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
    return { first: GPT_PRIMARY_BYTES / source_SECTOR_SIZE, last: sectors - GPT_BACKUP_BYTES / source_SECTOR_SIZE - 1 };
}
/** The type of the one partition of a protective MBR, and its first and last CHS address, as sfdisk writes them. */
const PROTECTIVE = { type: 0xee, firstChs: '000200', lastChs: 'ffffff' };

;// CONCATENATED MODULE: ./build/disk/guid.js

/** Bytes of a GUID. */
const GUID_BYTES = 16;
/**
 * A GUID for a part of a disk or a file beside it, in its usual form with capital letters, as `sfdisk --json` writes it. It
 * depends on nothing but `seed`, such as the UUID of the disk's filesystem, and on `part`, such as `disk` or `partition 1`.
 * It has version 8, whose bits an application may choose (RFC 9562, section 5.8).
 */
function deriveGuid(seed, part) {
    const bytes = (0,external_node_crypto_namespaceObject.createHash)('sha256').update(`nix-ext4-image GUID of ${part}\n`).update(seed).digest();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return guid_formatHex(bytes.toString('hex', 0, GUID_BYTES));
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
    return guid_formatHex(swapGroups(Buffer.from(bytes.subarray(0, GUID_BYTES))).toString('hex'));
}
/** The order of the bytes of a GUID on a disk; it is its own inverse. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
function swapGroups(bytes) {
    return Buffer.from(ORDER.map((from) => bytes[from]));
}
function guid_formatHex(hex) {
    return hex.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

;// CONCATENATED MODULE: ./build/disk/gpt.js
/**
 * Encodes a GUID partition table: a protective MBR, the header and the entries at the start of a disk, and a backup at its
 * end. The same bytes that `sfdisk` of util-linux writes to a file for `label: gpt` and `first-lba: 34`.
 */





/** Encodes a table, with zeros in place of boot code. */
function encodeGpt(gpt) {
    const { diskGuid, sectors, partitions } = gpt;
    const entries = Buffer.alloc(ENTRIES_SECTORS * source_SECTOR_SIZE);
    for (const partition of partitions) {
        encodeEntry(entries.subarray((partition.number - 1) * ENTRY_BYTES), partition);
    }
    const { primary, backup } = placesOf(sectors);
    const header = (places) => encodeHeader({ ...places, diskGuid, sectors }, entries);
    return {
        primary: Buffer.concat([encodeProtectiveMbr(sectors), header(primary), entries]),
        backup: Buffer.concat([entries, header(backup)]),
    };
}
/** The name of a partition as an entry can have it: a longer one is cut. */
function gptName(name) {
    return name.slice(0, NAME_UNITS).replace(/[\ud800-\udbff]$/, '');
}
function encodeHeader({ own, alternate, entries, diskGuid, sectors }, entryBytes) {
    const header = Buffer.alloc(source_SECTOR_SIZE);
    const usable = usableSectors(sectors);
    header.write(gpt_format_SIGNATURE, HEADER.signature, 'latin1');
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
    header.writeUInt32LE((0,external_node_zlib_namespaceObject.crc32)(entryBytes), HEADER.entriesChecksum);
    header.writeUInt32LE((0,external_node_zlib_namespaceObject.crc32)(header.subarray(0, HEADER.end)), HEADER.checksum);
    return header;
}
function encodeEntry(entry, { type, guid, name, bootable, start, length }) {
    entry.set(encodeGuid(type), gpt_format_ENTRY.type);
    entry.set(encodeGuid(guid), gpt_format_ENTRY.guid);
    writeSector(entry, start, gpt_format_ENTRY.first);
    writeSector(entry, start + length - 1, gpt_format_ENTRY.last);
    entry.writeBigUInt64LE(bootable ? LEGACY_BIOS_BOOTABLE : 0n, gpt_format_ENTRY.attributes);
    entry.write(name, gpt_format_ENTRY.name, ENTRY_BYTES - gpt_format_ENTRY.name, 'utf16le');
}
function writeSector(target, sector, offset) {
    target.writeBigUInt64LE(BigInt(sector), offset);
}
/** One partition that covers the disk as far as an MBR can address it, so that old tools do not see it as empty. */
function encodeProtectiveMbr(sectors) {
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

;// CONCATENATED MODULE: ./build/disk/gpt-read.js
/** Decodes a GUID partition table. It shares the constants of the format with the writer and nothing else. */





/**
 * Decodes a table on a disk of `sectors` sectors. Both copies, their checksums and the protective MBR must be right, and
 * everything that is reserved must be zero, except for boot code. Throws an error that names what is wrong.
 */
function decodeGpt({ primary, backup }, sectors) {
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
function viewOf(bytes, sector, count) {
    return Buffer.from(bytes.buffer, bytes.byteOffset + sector * source_SECTOR_SIZE, count * source_SECTOR_SIZE);
}
function checkHeader({ name, header, entries, places, sectors }) {
    const u32 = (offset) => header.readUInt32LE(offset);
    const sector = (offset) => Number(header.readBigUInt64LE(offset));
    const usable = usableSectors(sectors);
    expectEqual(`the signature of ${name}`, header.toString('latin1', 0, gpt_format_SIGNATURE.length), gpt_format_SIGNATURE);
    expectEqual(`the revision of ${name}`, u32(HEADER.revision), REVISION);
    expectEqual(`the size of ${name}`, u32(HEADER.size), HEADER.end);
    const checked = Buffer.from(header.subarray(0, HEADER.end));
    checked.writeUInt32LE(0, HEADER.checksum);
    expectEqual(`the checksum of ${name}`, u32(HEADER.checksum), (0,external_node_zlib_namespaceObject.crc32)(checked));
    expectEqual(`a reserved field of ${name}`, u32(HEADER.reserved), 0);
    expectEqual(`the sector of ${name}`, sector(HEADER.own), places.own);
    expectEqual(`the sector of the other header in ${name}`, sector(HEADER.alternate), places.alternate);
    expectEqual(`the first usable sector in ${name}`, sector(HEADER.firstUsable), usable.first);
    expectEqual(`the last usable sector in ${name}`, sector(HEADER.lastUsable), usable.last);
    expectEqual(`the sector of the entries in ${name}`, sector(HEADER.entries), places.entries);
    expectEqual(`the number of entries in ${name}`, u32(HEADER.count), GPT_PARTITIONS);
    expectEqual(`the size of an entry in ${name}`, u32(HEADER.entrySize), ENTRY_BYTES);
    expectEqual(`the checksum of the entries in ${name}`, u32(HEADER.entriesChecksum), (0,external_node_zlib_namespaceObject.crc32)(entries));
    expectZeros(`the rest of the sector of ${name}`, header.subarray(HEADER.end));
}
function decodeEntries(entries) {
    const partitions = [];
    for (let number = 1; number <= GPT_PARTITIONS; number++) {
        const entry = entries.subarray((number - 1) * ENTRY_BYTES, number * ENTRY_BYTES);
        const type = decodeGuid(entry.subarray(gpt_format_ENTRY.type));
        if (type === UNUSED_TYPE) {
            expectZeros(`the unused entry ${number}`, entry);
        }
        else {
            partitions.push(decodeEntry(entry, number, type));
        }
    }
    return partitions;
}
function decodeEntry(entry, number, type) {
    const start = Number(entry.readBigUInt64LE(gpt_format_ENTRY.first));
    const attributes = entry.readBigUInt64LE(gpt_format_ENTRY.attributes);
    expectEqual(`other attributes of partition ${number}`, attributes & ~LEGACY_BIOS_BOOTABLE, 0n);
    return {
        number,
        type,
        guid: decodeGuid(entry.subarray(gpt_format_ENTRY.guid)),
        name: entry.toString('utf16le', gpt_format_ENTRY.name).replace(/\0+$/, ''),
        bootable: attributes === LEGACY_BIOS_BOOTABLE,
        start,
        length: Number(entry.readBigUInt64LE(gpt_format_ENTRY.last)) - start + 1,
    };
}
/** Everything of the sector after the boot code: UEFI specification 2.10, table 5.3 and 5.4. */
function checkProtectiveMbr(sector, sectors) {
    const what = (name) => `${name} of the protective MBR`;
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

;// CONCATENATED MODULE: ./build/disk/table.js







/** The partition table of a card as bytes, without the boot code before it; ascending by offset. */
function encodeTable(layout) {
    const { table, size } = layout;
    if (table.kind === 'mbr') {
        return [{ offset: BOOT_CODE_BYTES, bytes: encodeMbr(mbrOf(layout, table.diskId)).subarray(BOOT_CODE_BYTES) }];
    }
    const { primary, backup } = encodeGpt(gptOf(layout, table.uuid));
    return [
        { offset: BOOT_CODE_BYTES, bytes: primary.subarray(BOOT_CODE_BYTES) },
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
        return (0,external_node_util_namespaceObject.isDeepStrictEqual)(decodeMbr(readBytes(image, 0, source_SECTOR_SIZE)), mbrOf(layout, table.diskId));
    }
    const primary = readBytes(image, 0, GPT_PRIMARY_BYTES);
    const backup = readBytes(image, size - GPT_BACKUP_BYTES, GPT_BACKUP_BYTES);
    return (0,external_node_util_namespaceObject.isDeepStrictEqual)(decodeGpt({ primary, backup }, size / source_SECTOR_SIZE), gptOf(layout, table.uuid));
}
/** The GUID of a disk whose ext4 filesystem has the UUID `uuid`. */
function diskGuid(uuid) {
    return deriveGuid(uuid, 'disk');
}
/** The GUID of a partition of that disk, which is its PARTUUID in Linux. */
function partitionGuid(uuid, number) {
    return deriveGuid(uuid, `partition ${number}`);
}
function mbrOf({ partitions }, diskId) {
    const entries = partitions.map(({ number, type, bootable, offset, length }) => ({
        number,
        type: Number.parseInt(type, 16),
        bootable,
        start: offset / source_SECTOR_SIZE,
        length: length / source_SECTOR_SIZE,
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
        start: offset / source_SECTOR_SIZE,
        length: length / source_SECTOR_SIZE,
    }));
    return { diskGuid: diskGuid(uuid), sectors: size / source_SECTOR_SIZE, partitions: entries.sort(byNumber) };
}
function byNumber(a, b) {
    return a.number - b.number;
}
function readBytes(image, offset, length) {
    const bytes = Buffer.alloc(length);
    image.read(bytes, offset);
    return bytes;
}

;// CONCATENATED MODULE: ./build/disk/card-source.js




/** A card as bytes. */
function createCardSource(layout, { firmware, filesystem, blobs }) {
    const parts = [
        ...encodeTable(layout).map(({ offset, bytes }) => ({ offset, source: memorySource(bytes) })),
        ...blobs.flatMap((source, i) => placeBlob(source, layout.blobs[i].offset)),
        { offset: layout.filesystem.offset, source: filesystem },
    ];
    if (layout.firmware !== undefined && firmware !== undefined) {
        parts.push({ offset: layout.firmware.offset, source: firmware });
    }
    return composeSources(layout.size, parts.sort((a, b) => a.offset - b.offset));
}
function placeBlob(source, offset) {
    return blobRanges({ offset, size: source.size }).map((range) => {
        const part = windowOf(source, { offset: range.offset - offset, length: range.length });
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

;// CONCATENATED MODULE: ./build/ext4/format/constants.js
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
const constants_BLOCKS_PER_GROUP = 8 * BLOCK_SIZE;
/** Bytes of an inode in the table. */
const INODE_SIZE = 256;
const constants_INODES_PER_BLOCK = BLOCK_SIZE / INODE_SIZE;
/** `i_extra_isize`: bytes of the inode used beyond the first 128. */
const EXTRA_ISIZE = 32;
/** Bytes of a group descriptor with the 64bit feature. */
const DESCRIPTOR_SIZE = 64;
const constants_DESCRIPTORS_PER_BLOCK = BLOCK_SIZE / DESCRIPTOR_SIZE;
/** `s_log_groups_per_flex`: the bitmaps and inode tables of 16 groups are stored together. */
const LOG_GROUPS_PER_FLEX = 4;
const constants_GROUPS_PER_FLEX = 1 << LOG_GROUPS_PER_FLEX;
/** Sectors of a block: `i_blocks` counts in sectors. */
const SECTORS_PER_BLOCK = BLOCK_SIZE / source_SECTOR_SIZE;
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
const constants_INODE = { root: 2, resize: 7, journal: 8, firstFree: 11, lostAndFound: 11 };
/** `EXT4_LINK_MAX`: the most links of an inode. A directory with more subdirectories than that has the link count 1. */
const constants_LINK_MAX = 65_000;
/** Most blocks in one extent; larger values of `ee_len` mean an unwritten extent. */
const constants_EXTENT_MAX_BLOCKS = 32_768;
/** Extents that fit in the inode, and in a block of an extent tree. */
const constants_INODE_EXTENTS = 4;
const constants_BLOCK_EXTENTS = 340;
/** A symlink target shorter than this is stored in the inode. */
const FAST_SYMLINK_LIMIT = 60;
/** Bytes of the longest symlink target: with its terminating NUL it fills a block (`PATH_MAX`). */
const SYMLINK_MAX = BLOCK_SIZE - 1;
/** Bytes of `s_volume_name`, and so of the longest volume label. */
const LABEL_BYTES = 16;
/** File type bits of `i_mode`. */
const constants_MODE = { typeMask: 0o170000, regular: 0o100000, directory: 0o040000, symlink: 0o120000 };
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

;// CONCATENATED MODULE: ./build/ext4/format/crc32c.js
/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) as ext4 uses it: the caller passes the initial value, and neither
 * it nor the result is inverted (`ext2fs_crc32c_le` of e2fsprogs, `ext4_chksum` of the kernel). Eight tables process eight
 * bytes at a time.
 */
const TABLES = makeTables();
/** Extends the checksum `crc` by `bytes` and returns it as an unsigned 32-bit number. */
function crc32c(crc, bytes) {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
    const length = bytes.length;
    let value = crc | 0;
    let i = 0;
    for (const last = length - 7; i < last; i += 8) {
        value ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
        value =
            t7[value & 0xff] ^
                t6[(value >>> 8) & 0xff] ^
                t5[(value >>> 16) & 0xff] ^
                t4[value >>> 24] ^
                t3[bytes[i + 4]] ^
                t2[bytes[i + 5]] ^
                t1[bytes[i + 6]] ^
                t0[bytes[i + 7]];
    }
    for (; i < length; i++) {
        value = (value >>> 8) ^ t0[(value ^ bytes[i]) & 0xff];
    }
    return value >>> 0;
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

;// CONCATENATED MODULE: ./build/ext4/format/offsets.js
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

;// CONCATENATED MODULE: ./build/ext4/directory/children.js

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
        names.unshift(printable_printable(nameOf(tree, at)));
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

;// CONCATENATED MODULE: ./build/ext4/directory/hash.js
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

;// CONCATENATED MODULE: ./build/ext4/directory/pack.js
/**
 * How the entries of a directory are distributed over its blocks. A directory that fits in one block is linear; a larger
 * one is a hash tree: block 0 is the root, then follow the inner blocks (in a tree of two levels) and the leaves.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst` and `fs/ext4/namei.c`.
 */





/** Bytes of a leaf block that entries can use. */
const LEAF_BYTES = BLOCK_SIZE - DIRECTORY_TAIL.size;
/** Blocks of `/lost+found`, allocated in advance as mke2fs does: e2fsck may need them on a full filesystem. */
const LOST_AND_FOUND_BLOCKS = 4;
/** Lays out a directory of the tree. Throws a `UserError` if it needs more leaves than an index of two levels has. */
function layOutDirectory(tree, directory, hashSeed) {
    const children = childrenOf(tree, directory);
    let bytes = recordLength(1) + recordLength(2);
    for (const child of children) {
        bytes += recordLengthOf(tree, child);
    }
    if (bytes <= LEAF_BYTES) {
        return { kind: 'linear', blocks: 1, children };
    }
    const layout = layOutHashTree(tree, children, hashSeed);
    if (layout.innerBlocks > DX_LIMIT.root) {
        throw user_error_userError({
            title: 'A directory is too large',
            message: `${pathOf(tree, directory)} has ${children.length} entries, which take ${layout.leafHash.length} blocks, but an ext4 ` +
                `directory has at most ${DX_LIMIT.root * DX_LIMIT.node} blocks of entries.`,
            remedy: 'Distribute its entries over several directories.',
        });
    }
    return layout;
}
/** Leaves are filled to four fifths, as `e2fsck -D` does, so that the first new name does not split one. */
const LEAF_FILL = Math.floor(LEAF_BYTES * 0.8);
function layOutHashTree(tree, children, hashSeed) {
    const hashes = Array.from(children, (child) => directoryHash(nameOf(tree, child), hashSeed));
    const order = Uint32Array.from(children.keys()).sort((a, b) => hashes[a].major - hashes[b].major || hashes[a].minor - hashes[b].minor || a - b);
    const leafStart = [0];
    const leafHash = [0];
    let filled = 0;
    for (let i = 0; i < order.length; i++) {
        const length = recordLengthOf(tree, children[order[i]]);
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
    const innerBlocks = leaves > DX_LIMIT.root ? Math.ceil(leaves / DX_LIMIT.node) : 0;
    return {
        kind: 'hash-tree',
        blocks: 1 + innerBlocks + leaves,
        children: order.map((index) => children[index]),
        leafStart: Uint32Array.from(leafStart),
        leafHash: Uint32Array.from(leafHash),
        innerBlocks,
    };
}

;// CONCATENATED MODULE: ./build/ext4/directory/blocks.js
/**
 * Encodes the blocks of a directory.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`, and `fs/ext4/namei.c` (`struct dx_node`, `ext4_dx_csum`,
 * `ext4_dirblock_csum`) for `dx_node` and the ranges that checksums cover, where the document is wrong.
 */





/** Encodes all blocks of a directory, with their checksums. */
function encodeDirectory(layout, context) {
    const bytes = Buffer.alloc(layout.blocks * BLOCK_SIZE);
    if (layout.kind === 'hash-tree') {
        encodeHashTree(bytes, layout, context);
    }
    else {
        encodeList(bytes, layout.children, context);
    }
    return bytes;
}
function encodeList(bytes, children, context) {
    for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
        const leaf = bytes.subarray(start, start + BLOCK_SIZE);
        const dots = start === 0 ? encodeDots(leaf, context, LEAF_BYTES) : 0;
        encodeLeaf(leaf, start === 0 ? children : NO_CHILDREN, dots, context);
    }
}
const NO_CHILDREN = new Uint32Array(0);
function encodeHashTree(bytes, layout, context) {
    const { innerBlocks, leafHash, leafStart, children } = layout;
    const firstLeaf = 1 + innerBlocks;
    const block = (index) => bytes.subarray(index * BLOCK_SIZE, (index + 1) * BLOCK_SIZE);
    encodeRoot(block(0), innerBlocks > 0 ? 1 : 0, context);
    if (innerBlocks === 0) {
        encodeIndex(block(0), { ...ROOT_INDEX, hashes: leafHash, firstBlock: firstLeaf }, context);
    }
    else {
        const groups = Array.from({ length: innerBlocks }, (_, i) => leafHash.subarray(i * DX_LIMIT.node, (i + 1) * DX_LIMIT.node));
        const groupHash = Uint32Array.from(groups, (group) => group[0]);
        encodeIndex(block(0), { ...ROOT_INDEX, hashes: groupHash, firstBlock: 1 }, context);
        for (const [i, hashes] of groups.entries()) {
            block(1 + i).writeUInt16LE(BLOCK_SIZE, DIRECTORY_ENTRY.recLen);
            encodeIndex(block(1 + i), { ...INNER_INDEX, hashes, firstBlock: firstLeaf + i * DX_LIMIT.node }, context);
        }
    }
    for (let leaf = 0; leaf < leafHash.length; leaf++) {
        encodeLeaf(block(firstLeaf + leaf), children.subarray(leafStart[leaf], leafStart[leaf + 1]), 0, context);
    }
}
/** `dx_root`: the entries '.' and '..', of which the latter spans the index, and `dx_root_info`. */
function encodeRoot(block, indirectLevels, context) {
    encodeDots(block, context, BLOCK_SIZE);
    block[DX_ROOT.hashVersion] = HASH_HALF_MD4;
    block[DX_ROOT.infoLength] = 8;
    block[DX_ROOT.indirectLevels] = indirectLevels;
}
const ROOT_INDEX = { start: DX_ROOT.countLimit, limit: DX_LIMIT.root };
const INNER_INDEX = { start: DX_NODE.countLimit, limit: DX_LIMIT.node };
/** Writes the entries of an index and its checksum. The first entry has limit and count in place of a hash. */
function encodeIndex(block, { start, limit, hashes, firstBlock }, context) {
    for (const [i, hash] of hashes.entries()) {
        const at = start + i * DX_ENTRY.size;
        block.writeUInt32LE(hash, at + DX_ENTRY.hash);
        block.writeUInt32LE(firstBlock + i, at + DX_ENTRY.block);
    }
    block.writeUInt16LE(limit, start + DX_ENTRY.limit);
    block.writeUInt16LE(hashes.length, start + DX_ENTRY.count);
    const used = crc32c(context.checksumSeed, block.subarray(0, start + hashes.length * DX_ENTRY.size));
    // The checksum covers the tail, with zero in place of the checksum.
    block.writeUInt32LE(crc32c(used, EMPTY_TAIL), start + limit * DX_ENTRY.size + DX_TAIL.checksum);
}
const EMPTY_TAIL = new Uint8Array(8);
/** Writes '.' and '..', of which the latter ends at `end`. Returns the offset at which further entries can begin. */
function encodeDots(block, context, end) {
    const { tree, inodeOf, directory } = context;
    const own = recordLength(1);
    encodeEntryHeader(block, 0, own, inodeOf[directory]);
    encodeEntryName(block, 0, FILE_TYPE.directory, DOT);
    encodeEntryHeader(block, own, end - own, inodeOf[tree.parent[directory]]);
    encodeEntryName(block, own, FILE_TYPE.directory, DOT_DOT);
    return own + recordLength(2);
}
const DOT = Buffer.from('.');
const DOT_DOT = Buffer.from('..');
/** Writes entries from `start` on, of which the last ends at the tail, and the tail with the checksum of the block. */
function encodeLeaf(block, children, start, context) {
    const { tree, inodeOf } = context;
    let at = start;
    let previous = start === 0 ? -1 : recordLength(1);
    for (const child of children) {
        if (previous >= 0) {
            block.writeUInt16LE(at - previous, previous + DIRECTORY_ENTRY.recLen);
        }
        const name = nameOf(tree, child);
        encodeEntryHeader(block, at, LEAF_BYTES - at, inodeOf[child]);
        encodeEntryName(block, at, fileType(tree.mode[child]), name);
        previous = at;
        at += recordLength(name.length);
    }
    // An empty block has one unused entry: U-Boot recognizes it by its name length of 0, others by its inode number of 0.
    if (previous < 0) {
        block.writeUInt16LE(LEAF_BYTES, DIRECTORY_ENTRY.recLen);
    }
    block.writeUInt16LE(DIRECTORY_TAIL.size, LEAF_BYTES + DIRECTORY_ENTRY.recLen);
    block[LEAF_BYTES + DIRECTORY_ENTRY.fileType] = FILE_TYPE.checksum;
    const checksum = crc32c(context.checksumSeed, block.subarray(0, LEAF_BYTES));
    block.writeUInt32LE(checksum, LEAF_BYTES + DIRECTORY_TAIL.checksum);
}
function encodeEntryHeader(block, at, length, inode) {
    block.writeUInt32LE(inode, at + DIRECTORY_ENTRY.inode);
    block.writeUInt16LE(length, at + DIRECTORY_ENTRY.recLen);
}
function encodeEntryName(block, at, type, name) {
    block[at + DIRECTORY_ENTRY.nameLen] = name.length;
    block[at + DIRECTORY_ENTRY.fileType] = type;
    block.set(name, at + DIRECTORY_ENTRY.name);
}
function fileType(mode) {
    const type = mode & constants_MODE.typeMask;
    if (type === constants_MODE.directory) {
        return FILE_TYPE.directory;
    }
    return type === constants_MODE.symlink ? FILE_TYPE.symlink : FILE_TYPE.regular;
}

;// CONCATENATED MODULE: ./build/ext4/plan/geometry.js
/**
 * The locations of the metadata of a filesystem with a given number of block groups, in blocks.
 *
 * Sources: Linux `Documentation/filesystems/ext4/{blockgroup,special_inodes}.rst`, e2fsprogs
 * `lib/ext2fs/{initialize,alloc_tables,closefs}.c`.
 */

/** Groups of the largest filesystem that this project writes, and up to which a mounted one can grow: 2 TiB. */
const MAX_GROUPS = 16_384;
/** The most inodes of a group: their bitmap is one block. */
const MAX_INODES_PER_GROUP = (/* unused pure expression or super */ null && (BLOCKS_PER_GROUP));
/**
 * The number of inodes per group never changes, also in groups that are added as the filesystem grows. An image of few
 * files therefore has as many as mke2fs creates by default: one for each 16 KiB.
 */
const MIN_INODES_PER_GROUP = 8192;
/** Computes the geometry of `groups` groups with at least `inodes` inodes in total. */
function planGeometry(groups, inodes) {
    const inodesPerGroup = Math.max(MIN_INODES_PER_GROUP, roundUp(Math.ceil(inodes / groups), INODES_PER_BLOCK));
    const descriptorBlocks = Math.ceil(groups / DESCRIPTORS_PER_BLOCK);
    const reservedDescriptorBlocks = MAX_GROUPS / DESCRIPTORS_PER_BLOCK - descriptorBlocks;
    const backupGroups = groupsWithSuperblock(groups);
    const inodeTableBlocks = inodesPerGroup / INODES_PER_BLOCK;
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
    const runs = geometry.backupGroups.map((group) => ({ start: group * BLOCKS_PER_GROUP, length }));
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
        const group = Math.floor((cursor + length - 1) / BLOCKS_PER_GROUP);
        return backups.has(group) ? group * BLOCKS_PER_GROUP + backupBlocks : 0;
    };
    const place = (length) => {
        while (cursor < superblockEnd(length)) {
            cursor = superblockEnd(length);
        }
        const start = cursor;
        cursor += length;
        return start;
    };
    for (let first = 0; first < groups; first += GROUPS_PER_FLEX) {
        cursor = first * BLOCKS_PER_GROUP;
        const end = Math.min(first + GROUPS_PER_FLEX, groups);
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

;// CONCATENATED MODULE: ./build/ext4/plan/inodes.js

/** The entry of an inode that has none. */
const inodes_NO_ENTRY = 0xffffffff;
const LOST_AND_FOUND = Buffer.from('lost+found');
/**
 * Numbers the inodes: 2 for the root, 11 for /lost+found, and from 12 on for the other entries, in the order of the tree.
 * Throws an error if the tree has no empty directory /lost+found, or a file has more than `LINK_MAX` names.
 */
function numberInodes(tree) {
    const lostAndFound = findLostAndFound(tree);
    const inodeOf = new Uint32Array(new SharedArrayBuffer(tree.count * 4));
    inodeOf[0] = INODE.root;
    inodeOf[lostAndFound] = INODE.lostAndFound;
    let last = INODE.lostAndFound;
    for (let entry = 1; entry < tree.count; entry++) {
        if (entry === lostAndFound) {
            continue;
        }
        const original = tree.original[entry];
        inodeOf[entry] = original === entry ? ++last : inodeOf[original];
    }
    const entryOf = new Uint32Array(new SharedArrayBuffer((last + 1) * 4)).fill(inodes_NO_ENTRY);
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
        if ((tree.mode[entry] & MODE.typeMask) !== MODE.directory) {
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
        if (count <= LINK_MAX) {
            continue;
        }
        if ((tree.mode[entry] & MODE.typeMask) !== MODE.directory) {
            throw new Error(`A file has ${count} names, but an ext4 inode has at most ${LINK_MAX} links.`);
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
        const isDirectory = (tree.mode[child] & MODE.typeMask) === MODE.directory;
        if (!isDirectory || tree.end[child] !== child + 1) {
            throw new Error('/lost+found must be an empty directory.');
        }
        return child;
    }
    throw new Error('The tree must have a directory /lost+found.');
}

;// CONCATENATED MODULE: ./build/ext4/plan/extents.js

/**
 * Creates an allocator that takes the blocks of one inode after the other from `cursor`.
 *
 * @param inodes the most inodes that blocks are allocated to.
 * @param lastInode the highest inode number.
 * @param breaks the most extents beyond one for each inode.
 */
function createExtentAllocator(cursor, inodes, lastInode, breaks) {
    const table = createTable(inodes + breaks, lastInode);
    const trees = [];
    let count = 0;
    return {
        allocate(inode, blocks) {
            table.first[inode] = count;
            let logical = 0;
            while (logical < blocks) {
                const run = cursor.take(Math.min(blocks - logical, EXTENT_MAX_BLOCKS));
                if (run === undefined) {
                    return false;
                }
                table.physical[count] = run.start;
                table.logical[count] = logical;
                table.length[count] = run.length;
                table.inode[count] = inode;
                count++;
                logical += run.length;
            }
            table.countOf[inode] = count - table.first[inode];
            if (table.countOf[inode] <= INODE_EXTENTS) {
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
    return extents.countOf[inode] <= constants_INODE_EXTENTS ? undefined : extents.trees.find((tree) => tree.inode === inode);
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
    while (entries > INODE_EXTENTS) {
        const level = [];
        for (let done = 0; done < entries; done += BLOCK_EXTENTS) {
            const run = cursor.take(1);
            if (run === undefined) {
                return undefined;
            }
            level.push({ block: run.start, first: start + done, count: Math.min(BLOCK_EXTENTS, entries - done) });
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

;// CONCATENATED MODULE: ./build/ext4/structures/extents.js
/**
 * Extent trees: a header of 12 bytes, then entries of 12 bytes. The root is in the inode and has no checksum.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`, `fs/ext4/ext4_extents.h`.
 */




/** `i_block` of an inode whose blocks are mapped by extents, 60 bytes. */
function encodeExtentRoot(extents, inode) {
    const bytes = Buffer.alloc(60);
    const levels = treeOf(extents, inode)?.levels ?? [];
    const below = levels.at(-1);
    const count = below?.length ?? extents.countOf[inode];
    writeHeader(bytes, { entries: count, max: constants_INODE_EXTENTS, depth: levels.length });
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
    const bytes = Buffer.alloc(BLOCK_SIZE);
    writeHeader(bytes, { entries: node.count, max: constants_BLOCK_EXTENTS, depth: level });
    if (level === 0) {
        writeExtents(bytes, extents, node.first, node.count);
    }
    else {
        const levels = tree.levels.slice(0, level);
        writeIndex(bytes, extents, levels, levels[level - 1].slice(node.first, node.first + node.count));
    }
    bytes.writeUInt32LE(crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET)), EXTENT_TAIL_OFFSET);
    return bytes;
}
function writeHeader(bytes, { entries, max, depth }) {
    bytes.writeUInt16LE(EXTENT_MAGIC, EXTENT_HEADER.magic);
    bytes.writeUInt16LE(entries, EXTENT_HEADER.entries);
    bytes.writeUInt16LE(max, EXTENT_HEADER.max);
    bytes.writeUInt16LE(depth, EXTENT_HEADER.depth);
}
// Blocks are below 2^29 (2 TiB), so the high halves of block numbers stay zero.
function writeExtents(bytes, extents, first, count) {
    for (let i = 0; i < count; i++) {
        const at = EXTENT_HEADER.size + i * EXTENT.size;
        bytes.writeUInt32LE(extents.logical[first + i], at + EXTENT.block);
        bytes.writeUInt16LE(extents.length[first + i], at + EXTENT.len);
        bytes.writeUInt32LE(extents.physical[first + i], at + EXTENT.startLo);
    }
}
/** Writes an index of `nodes`, which are nodes of the last of `levels`. */
function writeIndex(bytes, extents, levels, nodes) {
    for (const [i, node] of nodes.entries()) {
        const at = EXTENT_HEADER.size + i * EXTENT_INDEX.size;
        bytes.writeUInt32LE(firstLogical(extents, levels, node), at + EXTENT_INDEX.block);
        bytes.writeUInt32LE(node.block, at + EXTENT_INDEX.leafLo);
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

;// CONCATENATED MODULE: ./build/ext4/structures/fields.js
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

;// CONCATENATED MODULE: ./build/ext4/structures/groups.js
/**
 * Bitmaps and group descriptors. All blocks are used except those in a free run, and all inodes up to the last numbered one.
 *
 * Source: Linux `Documentation/filesystems/ext4/{bitmaps,group_descr}.rst`, and `fs/ext4/bitmap.c` for the range that the
 * checksum of an inode bitmap covers (not "the entire bitmap").
 */





/** The descriptor table, which follows every superblock: `descriptorBlocks` blocks. */
function encodeDescriptors(plan, tree) {
    const { geometry } = plan;
    const table = Buffer.alloc(geometry.descriptorBlocks * BLOCK_SIZE);
    const seed = crc32c(0xffffffff, plan.uuid);
    const directories = countDirectories(plan, tree);
    for (let group = 0; group < geometry.groups; group++) {
        const descriptor = table.subarray(group * DESCRIPTOR_SIZE, (group + 1) * DESCRIPTOR_SIZE);
        const freeInodes = geometry.inodesPerGroup - usedInodes(plan, group);
        writeSplit32(descriptor, geometry.blockBitmap[group], GROUP_DESCRIPTOR.blockBitmapLo, GROUP_DESCRIPTOR.blockBitmapHi);
        writeSplit32(descriptor, geometry.inodeBitmap[group], GROUP_DESCRIPTOR.inodeBitmapLo, GROUP_DESCRIPTOR.inodeBitmapHi);
        writeSplit32(descriptor, geometry.inodeTable[group], GROUP_DESCRIPTOR.inodeTableLo, GROUP_DESCRIPTOR.inodeTableHi);
        writeSplit16(descriptor, freeBlocks(plan, group), GROUP_DESCRIPTOR.freeBlocksCountLo, GROUP_DESCRIPTOR.freeBlocksCountHi);
        writeSplit16(descriptor, freeInodes, GROUP_DESCRIPTOR.freeInodesCountLo, GROUP_DESCRIPTOR.freeInodesCountHi);
        writeSplit16(descriptor, directories[group], GROUP_DESCRIPTOR.usedDirsCountLo, GROUP_DESCRIPTOR.usedDirsCountHi);
        writeSplit16(descriptor, freeInodes, GROUP_DESCRIPTOR.itableUnusedLo, GROUP_DESCRIPTOR.itableUnusedHi);
        writeSplit16(descriptor, crc32c(seed, encodeBlockBitmap(plan, group)), GROUP_DESCRIPTOR.blockBitmapCsumLo, GROUP_DESCRIPTOR.blockBitmapCsumHi);
        const inodeBitmap = encodeInodeBitmap(plan, group).subarray(0, geometry.inodesPerGroup / 8);
        writeSplit16(descriptor, crc32c(seed, inodeBitmap), GROUP_DESCRIPTOR.inodeBitmapCsumLo, GROUP_DESCRIPTOR.inodeBitmapCsumHi);
        // Unused parts of the inode tables are zero, so the kernel does not have to write them on first boot.
        descriptor.writeUInt16LE(GROUP_FLAG.inodeZeroed, GROUP_DESCRIPTOR.flags);
        descriptor.writeUInt16LE(crc32c(crc32cOfU32(seed, group), descriptor) & 0xffff, GROUP_DESCRIPTOR.checksum);
    }
    return table;
}
/** The block bitmap of a group. Bits after the end of the filesystem are set. */
function encodeBlockBitmap(plan, group) {
    const bitmap = Buffer.alloc(BLOCK_SIZE, 0xff);
    const start = group * constants_BLOCKS_PER_GROUP;
    for (const run of plan.freeRuns) {
        const from = Math.max(run.start - start, 0);
        const to = Math.min(run.start + run.length - start, constants_BLOCKS_PER_GROUP);
        if (from < to) {
            clearBits(bitmap, from, to);
        }
    }
    return bitmap;
}
/** The inode bitmap of a group. Bits after its last inode are set. */
function encodeInodeBitmap(plan, group) {
    const bitmap = Buffer.alloc(BLOCK_SIZE, 0xff);
    clearBits(bitmap, usedInodes(plan, group), plan.geometry.inodesPerGroup);
    return bitmap;
}
/** Number of inodes in use in a group, which are its first ones. */
function usedInodes({ geometry, inodes }, group) {
    return Math.min(Math.max(inodes.last - group * geometry.inodesPerGroup, 0), geometry.inodesPerGroup);
}
/** Number of blocks of a group's inode table with inodes in use. */
function usedTableBlocks(plan, group) {
    return Math.ceil(usedInodes(plan, group) / constants_INODES_PER_BLOCK);
}
function freeBlocks(plan, group) {
    const start = group * constants_BLOCKS_PER_GROUP;
    let free = 0;
    for (const run of plan.freeRuns) {
        const from = Math.max(run.start, start);
        const to = Math.min(run.start + run.length, start + constants_BLOCKS_PER_GROUP);
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
        if (entry === inodes_NO_ENTRY || (tree.mode[entry] & constants_MODE.typeMask) !== constants_MODE.directory) {
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

;// CONCATENATED MODULE: ./build/ext4/structures/resize-inode.js
/**
 * The resize inode (7) owns the blocks that are reserved after the group descriptor tables, so that a mounted filesystem
 * can grow. Its double-indirect block points to the reserved blocks of group 0, each of which is an indirect block that
 * points to its copies in the backup groups. e2fsck checks a quarter of this, the kernel all of it when it grows.
 *
 * Source: e2fsprogs `lib/ext2fs/res_gdt.c`, Linux `fs/ext4/resize.c` (`verify_reserved_gdb`, `reserve_backup_gdb`).
 */

const POINTERS = BLOCK_SIZE / 4;
/** The size of the resize inode (bytes that a double-indirect map covers), and the number of blocks that it owns. */
function resizeInode(geometry) {
    const size = (POINTERS * POINTERS + POINTERS + 12) * BLOCK_SIZE;
    return { size, blocks: 1 + geometry.reservedDescriptorBlocks * geometry.backupGroups.length };
}
/** The double-indirect block. The pointer to a reserved block is at its index as a block of the descriptor table. */
function encodeResizeBlock(geometry) {
    const bytes = Buffer.alloc(BLOCK_SIZE);
    for (let k = 0; k < geometry.reservedDescriptorBlocks; k++) {
        const descriptorBlock = geometry.descriptorBlocks + k;
        bytes.writeUInt32LE(1 + descriptorBlock, 4 * (descriptorBlock % POINTERS));
    }
    return bytes;
}
/** The `k`-th reserved descriptor block of group 0: pointers to its copies in the backup groups. */
function encodeReservedDescriptorBlock(geometry, k) {
    const bytes = Buffer.alloc(BLOCK_SIZE);
    for (const [i, group] of geometry.backupGroups.slice(1).entries()) {
        bytes.writeUInt32LE(group * constants_BLOCKS_PER_GROUP + 1 + geometry.descriptorBlocks + k, 4 * i);
    }
    return bytes;
}

;// CONCATENATED MODULE: ./build/ext4/structures/inode.js
/**
 * Inodes: `struct ext4_inode`, 256 bytes.
 *
 * Source: Linux `Documentation/filesystems/ext4/{inodes,ifork}.rst`, `fs/ext4/ext4.h`.
 */







/** Generation of every inode: no inode number has been used before. */
const GENERATION = 0;
/** The checksum seed of an inode, its directory blocks and its extent blocks. */
function inodeChecksumSeed(plan, inode) {
    return crc32cOfU32(crc32cOfU32(crc32c(0xffffffff, plan.uuid), inode), GENERATION);
}
/** Encodes an inode with its checksum. */
function encodeInode(plan, inode, fields) {
    const bytes = Buffer.alloc(INODE_SIZE);
    bytes.writeUInt16LE(fields.mode, INODE_FIELD.mode);
    writeSplit32(bytes, fields.size, INODE_FIELD.sizeLo, INODE_FIELD.sizeHi);
    for (const field of ['atime', 'ctime', 'mtime', 'crtime']) {
        bytes.writeUInt32LE(plan.time, INODE_FIELD[field]);
    }
    writeSplit16(bytes, fields.gid, INODE_FIELD.gidLo, INODE_FIELD.gidHi);
    bytes.writeUInt16LE(fields.links, INODE_FIELD.linksCount);
    const sectors = fields.blocks * SECTORS_PER_BLOCK;
    bytes.writeUInt32LE(sectors % 0x100000000, INODE_FIELD.blocksLo);
    bytes.writeUInt16LE(Math.floor(sectors / 0x100000000), INODE_FIELD.blocksHi);
    bytes.writeUInt32LE(fields.flags, INODE_FIELD.flags);
    bytes.set(fields.block, INODE_FIELD.block);
    bytes.writeUInt16LE(EXTRA_ISIZE, INODE_FIELD.extraIsize);
    const checksum = crc32c(inodeChecksumSeed(plan, inode), bytes);
    writeSplit16(bytes, checksum, INODE_FIELD.checksumLo, INODE_FIELD.checksumHi);
    return bytes;
}
/** The fields of the inode of an entry of the tree. */
function entryInodeFields(plan, tree, inode, entry) {
    const { extents, inodes } = plan;
    const mode = tree.mode[entry];
    const type = mode & constants_MODE.typeMask;
    const common = { mode, gid: tree.gid[entry], links: inodes.links[inode] };
    if (type === constants_MODE.symlink && tree.size[entry] < FAST_SYMLINK_LIMIT) {
        return { ...common, size: tree.size[entry], flags: 0, blocks: 0, block: symlinkTarget(tree, entry) };
    }
    const dataBlocks = dataBlocksOf(plan, inode);
    const isIndexed = type === constants_MODE.directory && inode !== constants_INODE.lostAndFound && dataBlocks > 1;
    return {
        ...common,
        size: type === constants_MODE.directory ? dataBlocks * BLOCK_SIZE : tree.size[entry],
        flags: INODE_FLAG.extents | (isIndexed ? INODE_FLAG.index : 0),
        blocks: dataBlocks + nodeBlocks(treeOf(extents, inode)),
        block: encodeExtentRoot(extents, inode),
    };
}
/** The fields of the journal inode. */
function journalInodeFields(plan) {
    const blocks = plan.geometry.journalBlocks;
    return {
        mode: constants_MODE.regular | 0o600,
        gid: 0,
        links: 1,
        size: blocks * BLOCK_SIZE,
        flags: INODE_FLAG.extents,
        blocks,
        block: encodeExtentRoot(plan.extents, constants_INODE.journal),
    };
}
/** The fields of the resize inode, which has a block map instead of extents. */
function resizeInodeFields(plan) {
    const block = Buffer.alloc(60);
    block.writeUInt32LE(plan.resizeBlock, 4 * DOUBLE_INDIRECT_WORD);
    const { size, blocks } = resizeInode(plan.geometry);
    return { mode: constants_MODE.regular | 0o600, gid: 0, links: 1, size, flags: 0, blocks, block };
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

;// CONCATENATED MODULE: ./build/ext4/structures/superblock.js
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
    const bytes = Buffer.alloc(SUPERBLOCK_SIZE);
    const u8 = (field, value) => bytes.writeUInt8(value, SUPERBLOCK[field]);
    const u16 = (field, value) => bytes.writeUInt16LE(value, SUPERBLOCK[field]);
    const u32 = (field, value) => bytes.writeUInt32LE(value, SUPERBLOCK[field]);
    u32('inodesCount', geometry.inodesPerGroup * geometry.groups);
    writeSplit32(bytes, plan.blocks, SUPERBLOCK.blocksCountLo, SUPERBLOCK.blocksCountHi);
    writeSplit32(bytes, freeBlocks, SUPERBLOCK.freeBlocksCountLo, SUPERBLOCK.freeBlocksCountHi);
    u32('freeInodesCount', freeInodes);
    u32('logBlockSize', LOG_BLOCK_SIZE);
    u32('logClusterSize', LOG_BLOCK_SIZE);
    u32('blocksPerGroup', constants_BLOCKS_PER_GROUP);
    u32('clustersPerGroup', constants_BLOCKS_PER_GROUP);
    u32('inodesPerGroup', geometry.inodesPerGroup);
    u32('wtime', time);
    u16('maxMntCount', NO_MOUNT_LIMIT);
    u16('magic', SUPERBLOCK_MAGIC);
    // The state of a backup is never "cleanly unmounted", since only the primary superblock is kept up to date.
    u16('state', group === 0 ? STATE_VALID : 0);
    u16('errors', ERRORS_CONTINUE);
    u32('lastcheck', time);
    u32('revLevel', REVISION_DYNAMIC);
    u32('firstIno', constants_INODE.firstFree);
    u16('inodeSize', INODE_SIZE);
    u16('blockGroupNr', group);
    u32('featureCompat', bits(COMPAT));
    u32('featureIncompat', bits(INCOMPAT));
    u32('featureRoCompat', bits(RO_COMPAT));
    bytes.set(plan.uuid, SUPERBLOCK.uuid);
    bytes.set(plan.label, SUPERBLOCK.volumeName);
    u16('reservedGdtBlocks', geometry.reservedDescriptorBlocks);
    u32('journalInum', constants_INODE.journal);
    for (const [i, word] of plan.hashSeed.entries()) {
        bytes.writeUInt32LE(word, SUPERBLOCK.hashSeed + 4 * i);
    }
    u8('defHashVersion', HASH_HALF_MD4);
    u8('jnlBackupType', JOURNAL_BACKUP_BLOCKS);
    u16('descSize', DESCRIPTOR_SIZE);
    u32('defaultMountOpts', DEFAULT_MOUNT_OPTIONS);
    u32('mkfsTime', time);
    writeJournalBackup(bytes, plan);
    u16('minExtraIsize', EXTRA_ISIZE);
    u16('wantExtraIsize', EXTRA_ISIZE);
    u32('flags', FLAG_SIGNED_HASH);
    u8('logGroupsPerFlex', LOG_GROUPS_PER_FLEX);
    u8('checksumType', CHECKSUM_CRC32C);
    u32('overheadClusters', overheadBlocks(geometry));
    // The checksum of a superblock has no seed; those of other structures are seeded with the UUID.
    u32('checksum', crc32c(0xffffffff, bytes.subarray(0, SUPERBLOCK.checksum)));
    return bytes;
}
/** `s_jnl_blocks`: `i_block` of the journal inode, then the upper and the lower half of its size. */
function writeJournalBackup(bytes, plan) {
    const inode = encodeInode(plan, constants_INODE.journal, journalInodeFields(plan));
    inode.copy(bytes, SUPERBLOCK.jnlBlocks, INODE_FIELD.block, INODE_FIELD.block + 60);
    inode.copy(bytes, SUPERBLOCK.jnlBlocks + 60, INODE_FIELD.sizeHi, INODE_FIELD.sizeHi + 4);
    inode.copy(bytes, SUPERBLOCK.jnlBlocks + 64, INODE_FIELD.sizeLo, INODE_FIELD.sizeLo + 4);
}
/** `s_overhead_clusters`, as the kernel computes it (`ext4_calculate_overhead`): blocks that no file can use. */
function overheadBlocks(geometry) {
    const superblocks = geometry.backupGroups.length * superblockRunBlocks(geometry);
    return superblocks + geometry.groups * (2 + geometry.inodeTableBlocks) + geometry.journalBlocks;
}
function bits(features) {
    return Object.values(features).reduce((mask, bit) => mask | bit, 0);
}

;// CONCATENATED MODULE: ./build/ext4/regions.js








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
        start: group * constants_BLOCKS_PER_GROUP,
        // The reserved blocks are zero in backup groups.
        length: group === 0 ? superblockRunBlocks(geometry) : superblockRunBlocks(geometry) - reservedDescriptorBlocks,
        encode: (index) => {
            if (index > descriptorBlocks) {
                return encodeReservedDescriptorBlock(geometry, index - 1 - descriptorBlocks);
            }
            if (index > 0) {
                return descriptors().subarray((index - 1) * BLOCK_SIZE, index * BLOCK_SIZE);
            }
            const superblock = encodeSuperblock(plan, group, freeBlocks, freeInodes);
            return group > 0 ? superblock : Buffer.concat([Buffer.alloc(PRIMARY_SUPERBLOCK_OFFSET), superblock]);
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
    const block = Buffer.alloc(BLOCK_SIZE);
    const first = group * plan.geometry.inodesPerGroup + index * constants_INODES_PER_BLOCK + 1;
    const end = Math.min(first + constants_INODES_PER_BLOCK, plan.inodes.last + 1);
    for (let inode = first; inode < end; inode++) {
        const bytes = encodeInodeOf(plan, tree, inode);
        if (bytes !== undefined) {
            block.set(bytes, (inode - first) * INODE_SIZE);
        }
    }
    return block;
}
function encodeInodeOf(plan, tree, inode) {
    if (inode === constants_INODE.resize) {
        return encodeInode(plan, inode, resizeInodeFields(plan));
    }
    if (inode === constants_INODE.journal) {
        return encodeInode(plan, inode, journalInodeFields(plan));
    }
    const entry = plan.inodes.entryOf[inode];
    return entry === inodes_NO_ENTRY ? undefined : encodeInode(plan, inode, entryInodeFields(plan, tree, inode, entry));
}
/** Calls `make` on first use, and returns its result from then on. */
function once(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}

;// CONCATENATED MODULE: ./build/ext4/structures/journal.js
/**
 * The first block of an empty journal: a version 2 superblock, big-endian, without features and checksum, which the kernel
 * adds when it first mounts the filesystem for writing. The rest of the journal is zero.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, e2fsprogs `lib/ext2fs/mkjournal.c`.
 */


/** Encodes the superblock of a journal of `blocks` blocks in the filesystem with the UUID `uuid`. */
function encodeJournalSuperblock(blocks, uuid) {
    const bytes = Buffer.alloc(BLOCK_SIZE);
    bytes.writeUInt32BE(JOURNAL_MAGIC, JOURNAL_SUPERBLOCK.magic);
    bytes.writeUInt32BE(JOURNAL_SUPERBLOCK_V2, JOURNAL_SUPERBLOCK.blockType);
    bytes.writeUInt32BE(BLOCK_SIZE, JOURNAL_SUPERBLOCK.blockSize);
    bytes.writeUInt32BE(blocks, JOURNAL_SUPERBLOCK.maxLen);
    bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.first);
    bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.sequence);
    bytes.set(uuid, JOURNAL_SUPERBLOCK.uuid);
    bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.nrUsers);
    return bytes;
}

;// CONCATENATED MODULE: ./build/ext4/source.js








/**
 * Creates the bytes of a planned filesystem: metadata from the plan, file contents from `readContents`. Reads of whole
 * blocks are the fastest.
 */
function createExt4Source(plan, tree, readContents) {
    const regions = metadataRegions(plan, tree);
    const size = plan.blocks * BLOCK_SIZE;
    const readBlocks = createBlockReader(plan, regions, createExtentReader(plan, tree, readContents));
    return {
        size,
        read(target, offset) {
            checkBounds({ offset, length: target.length }, size, 'a filesystem');
            if (offset % BLOCK_SIZE === 0 && target.length % BLOCK_SIZE === 0) {
                return readBlocks(target, offset / BLOCK_SIZE);
            }
            const firstBlock = Math.floor(offset / BLOCK_SIZE);
            const blocks = Buffer.alloc((Math.ceil((offset + target.length) / BLOCK_SIZE) - firstBlock) * BLOCK_SIZE);
            readBlocks(blocks, firstBlock);
            target.set(blocks.subarray(offset - firstBlock * BLOCK_SIZE).subarray(0, target.length));
        },
        dataRanges: (within) => rangesOf(plan, regions, within, () => true),
        metadataRanges: (within, files) => {
            const isWanted = (inode) => {
                const entry = plan.inodes.entryOf[inode];
                const isFile = inode !== constants_INODE.journal && (tree.mode[entry] & constants_MODE.typeMask) === constants_MODE.regular;
                return !isFile || files.has(inode);
            };
            return rangesOf(plan, regions, within, isWanted);
        },
    };
}
/** Reads blocks of the filesystem: those of regions and extents in ascending order, and zeros between them. */
function createBlockReader({ extents }, regions, readExtent) {
    return (target, firstBlock) => {
        const end = firstBlock + target.length / BLOCK_SIZE;
        const blocks = (from, to) => target.subarray((from - firstBlock) * BLOCK_SIZE, (to - firstBlock) * BLOCK_SIZE);
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
        if (inode === constants_INODE.journal) {
            target.fill(0);
            if (firstBlock === 0) {
                target.set(encodeJournalSuperblock(plan.geometry.journalBlocks, plan.uuid));
            }
            return;
        }
        const entry = plan.inodes.entryOf[inode];
        const position = firstBlock * BLOCK_SIZE;
        const type = tree.mode[entry] & constants_MODE.typeMask;
        if (type === constants_MODE.directory) {
            target.set(directory(entry).subarray(position, position + target.length));
            return;
        }
        const length = Math.min(target.length, tree.size[entry] - position);
        if (type === constants_MODE.symlink) {
            target.set(symlinkTarget(tree, entry));
        }
        else {
            readContents(entry, position, target.subarray(0, length));
        }
        target.fill(0, length);
    };
}
function readRegion(target, region, firstBlock) {
    for (let at = 0; at < target.length; at += BLOCK_SIZE) {
        const bytes = region.encode(firstBlock + at / BLOCK_SIZE);
        target.set(bytes, at);
        target.fill(0, at + bytes.length, at + BLOCK_SIZE);
    }
}
function firstRegionAfter(regions, block) {
    return firstAfter(regions.length, (at) => regions[at].start + regions[at].length, block);
}
function firstExtentAfter(extents, block) {
    return firstAfter(extents.count, (at) => extents.physical[at] + extents.length[at], block);
}
/** The bytes of the runs within a range, with adjacent runs merged. */
function* rangesOf(plan, regions, within, isWanted) {
    const limit = within.offset + within.length;
    let offset = within.offset;
    let end = offset;
    for (const run of runsFrom(plan, regions, Math.floor(offset / BLOCK_SIZE), isWanted)) {
        const start = Math.max(run.start * BLOCK_SIZE, within.offset);
        if (start >= limit) {
            break;
        }
        if (start > end) {
            if (end > offset) {
                yield { offset, length: end - offset };
            }
            offset = start;
        }
        end = Math.min((run.start + run.length) * BLOCK_SIZE, limit);
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
        const isJournal = extents.inode[i] === constants_INODE.journal;
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
    const isLostAndFound = inodeOf[entry] === constants_INODE.lostAndFound;
    const layout = isLostAndFound ? EMPTY_LOST_AND_FOUND : layOutDirectory(tree, entry, plan.hashSeed);
    return encodeDirectory(layout, {
        tree,
        inodeOf,
        directory: entry,
        checksumSeed: inodeChecksumSeed(plan, inodeOf[entry]),
    });
}
const EMPTY_LOST_AND_FOUND = {
    kind: 'linear',
    blocks: LOST_AND_FOUND_BLOCKS,
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

;// CONCATENATED MODULE: ./build/fat/constants.js
/**
 * Constants of the FAT file system, from Microsoft's "FAT32 File System Specification" 1.03 (fatgen103).
 */
/** Offsets in the boot sector. */
const constants_BPB = {
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
const constants_BPB32 = {
    fatSectors32: 36,
    flags: 40,
    version: 42,
    rootCluster: 44,
    fsInfoSector: 48,
    backupBootSector: 50,
};
/** Offset of the extended part of the boot sector. */
const constants_EXTENDED_START = { 16: 36, 32: 64 };
/** Offsets within the extended part of the boot sector. */
const constants_EXTENDED = {
    driveNumber: 0,
    bootSignature: 2,
    volumeId: 3,
    label: 7,
    type: 18,
    bootCode: 26,
};
/** Offsets in the FSInfo sector. */
const constants_FSINFO = { lead: 0, structure: 484, freeClusters: 488, nextFree: 492, signature: 510 };
const constants_FSINFO_LEAD = 0x41615252;
const constants_FSINFO_STRUCTURE = 0x61417272;
const constants_BOOT_SIGNATURE = 0xaa55;
const constants_EXTENDED_SIGNATURE = 0x29;
/** The media byte of a fixed disk. */
const constants_MEDIA_FIXED = 0xf8;
/** The number of the first cluster: the first two entries of the table belong to no cluster. */
const constants_FIRST_CLUSTER = 2;
/** FAT16 has fewer clusters than this, FAT32 this many or more. */
const constants_FAT32_LEAST_CLUSTERS = 65525;
/** The least value of an entry at the end of a chain. The upper four bits of FAT32 entries are reserved. */
const END_OF_CHAIN = { 16: 0xfff8, 32: 0x0ffffff8 };
const CLUSTER_MASK = { 16: 0xffff, 32: 0x0fffffff };
/** Bytes of a directory entry, and offsets in one. */
const constants_ENTRY_SIZE = 32;
const constants_ENTRY = {
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
const constants_END_OF_DIRECTORY = 0x00;

;// CONCATENATED MODULE: ./build/fat/volume-layout.js


/** The types of volumes that can be asked for; `auto` is the one that mkfs.vfat chooses by the size. */
const FAT_FILESYSTEMS = (/* unused pure expression or super */ null && (['auto', 'fat16', 'fat32']));
/** Number of copies of the table. */
const volume_layout_FATS = 2;
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
    const sectors = size / SECTOR_SIZE;
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
const GEOMETRIES = (/* unused pure expression or super */ null && ([
    [4096, 2, 16],
    [32768, 2, 32],
    [65536, 4, 32],
    [262144, 8, 32],
    [524288, 16, 32],
    [16 * 63 * 1024, 16, 63],
    [32 * 63 * 1024, 32, 63],
    [64 * 63 * 1024, 64, 63],
    [128 * 63 * 1024, 128, 63],
]));
const LEAST_CLUSTER = 4;
const LARGEST_CLUSTER = 128;
const FAT16_ROOT_SECTORS = 32;
const FAT12_MOST_CLUSTERS = 4084;
/** Two more than in the specification: Windows treats volumes of 4085 and 4086 clusters as FAT12. */
const FAT16_LEAST_CLUSTERS = 4087;
/** Doubles the cluster size until FAT16 can number the clusters; `undefined` if FAT12 can, or if there are too many. */
function layOutFat16(sectors) {
    for (let sectorsPerCluster = LEAST_CLUSTER; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
        const reservedSectors = volume_layout_roundUp(1, sectorsPerCluster);
        const rootSectors = volume_layout_roundUp(FAT16_ROOT_SECTORS, sectorsPerCluster);
        const available = sectors - reservedSectors - rootSectors;
        if (countClusters(available, sectorsPerCluster, 12).clusters <= FAT12_MOST_CLUSTERS) {
            return undefined;
        }
        const { clusters, fatSectors } = countClusters(available, sectorsPerCluster, 16);
        if (clusters >= FAT16_LEAST_CLUSTERS && clusters < FAT32_LEAST_CLUSTERS) {
            const rootEntries = rootSectors * (SECTOR_SIZE / ENTRY_SIZE);
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
        const reservedSectors = volume_layout_roundUp(FAT32_RESERVED_SECTORS, sectorsPerCluster);
        const { clusters, fatSectors } = countClusters(sectors - reservedSectors, sectorsPerCluster, 32);
        if (clusters < FAT32_LEAST_CLUSTERS) {
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
    const guess = Math.floor((available * SECTOR_SIZE + volume_layout_FATS * 2 * entryBytes) / (sectorsPerCluster * SECTOR_SIZE + volume_layout_FATS * entryBytes));
    const fatSectors = volume_layout_roundUp(Math.ceil(((guess + 2) * entryBytes) / SECTOR_SIZE), sectorsPerCluster);
    return { clusters: Math.floor((available - volume_layout_FATS * fatSectors) / sectorsPerCluster), fatSectors };
}
function volume_layout_roundUp(value, unit) {
    return Math.ceil(value / unit) * unit;
}

;// CONCATENATED MODULE: ./build/fat/structures/boot-sector.js



/** Reserved sectors of FAT32. The backups of the boot sector and of FSInfo are `BACKUP_BOOT_SECTOR` sectors later. */
const FSINFO_SECTOR = 1;
const BACKUP_BOOT_SECTOR = 6;
const FIRST_HARD_DISK = 0x80;
/**
 * Encodes the boot sector, byte for byte as mkfs.vfat of dosfstools 4.2 writes it to a file, with its program that says that
 * the disk is not bootable.
 */
function encodeBootSector(layout, identity) {
    const sector = Buffer.alloc(SECTOR_SIZE);
    const bootCode = EXTENDED_START[layout.bits] + EXTENDED.bootCode;
    sector.set([JUMP_SHORT, bootCode - 2, NO_OPERATION], BPB.jump);
    sector.write('mkfs.fat', BPB.oemName, 'latin1');
    writeParameters(sector, layout);
    writeExtended(sector.subarray(EXTENDED_START[layout.bits]), layout, identity);
    sector.set(BOOT_CODE, bootCode);
    sector.writeUInt16LE(LOAD_ADDRESS + bootCode + MESSAGE_START, bootCode + MESSAGE_ADDRESS);
    sector.write(MESSAGE, bootCode + MESSAGE_START, 'latin1');
    sector.writeUInt16LE(BOOT_SIGNATURE, BPB.signature);
    return sector;
}
function writeParameters(sector, layout) {
    const { bits, sectors, fatSectors } = layout;
    sector.writeUInt16LE(SECTOR_SIZE, BPB.bytesPerSector);
    sector[BPB.sectorsPerCluster] = layout.sectorsPerCluster;
    sector.writeUInt16LE(layout.reservedSectors, BPB.reservedSectors);
    sector[BPB.fats] = FATS;
    sector.writeUInt16LE(layout.rootEntries, BPB.rootEntries);
    if (sectors < 0x10000) {
        sector.writeUInt16LE(sectors, BPB.totalSectors16);
    }
    else {
        sector.writeUInt32LE(sectors, BPB.totalSectors32);
    }
    sector[BPB.media] = MEDIA_FIXED;
    sector.writeUInt16LE(layout.sectorsPerTrack, BPB.sectorsPerTrack);
    sector.writeUInt16LE(layout.heads, BPB.heads);
    if (bits === 16) {
        sector.writeUInt16LE(fatSectors, BPB.fatSectors16);
    }
    else {
        sector.writeUInt32LE(fatSectors, BPB32.fatSectors32);
        sector.writeUInt32LE(FIRST_CLUSTER, BPB32.rootCluster);
        sector.writeUInt16LE(FSINFO_SECTOR, BPB32.fsInfoSector);
        sector.writeUInt16LE(BACKUP_BOOT_SECTOR, BPB32.backupBootSector);
    }
}
function writeExtended(extended, { bits }, { volumeId, label }) {
    extended[EXTENDED.driveNumber] = FIRST_HARD_DISK;
    extended[EXTENDED.bootSignature] = EXTENDED_SIGNATURE;
    extended.writeUInt32LE(volumeId, EXTENDED.volumeId);
    extended.set(label, EXTENDED.label);
    extended.write(bits === 16 ? 'FAT16   ' : 'FAT32   ', EXTENDED.type, 'latin1');
}
/** Encodes the reserved sectors: the boot sector, and for FAT32 also FSInfo and the backups of both. */
function encodeReservedSectors(layout, identity, usedClusters) {
    const reserved = Buffer.alloc(layout.reservedSectors * SECTOR_SIZE);
    const boot = encodeBootSector(layout, identity);
    reserved.set(boot);
    if (layout.bits === 16) {
        return reserved;
    }
    const info = encodeFsInfo(layout.clusters - usedClusters, FIRST_CLUSTER + usedClusters - 1);
    reserved.set(info, FSINFO_SECTOR * SECTOR_SIZE);
    reserved.set(boot, BACKUP_BOOT_SECTOR * SECTOR_SIZE);
    reserved.set(info, (BACKUP_BOOT_SECTOR + FSINFO_SECTOR) * SECTOR_SIZE);
    return reserved;
}
/** The ranges of the reserved sectors that are not zero, in bytes. */
function reservedRanges({ bits }) {
    if (bits === 16) {
        return [{ offset: 0, length: source_SECTOR_SIZE }];
    }
    const length = (FSINFO_SECTOR + 1) * source_SECTOR_SIZE;
    return [
        { offset: 0, length },
        { offset: BACKUP_BOOT_SECTOR * source_SECTOR_SIZE, length },
    ];
}
function encodeFsInfo(freeClusters, lastUsed) {
    const sector = Buffer.alloc(SECTOR_SIZE);
    sector.writeUInt32LE(FSINFO_LEAD, FSINFO.lead);
    sector.writeUInt32LE(FSINFO_STRUCTURE, FSINFO.structure);
    sector.writeUInt32LE(freeClusters, FSINFO.freeClusters);
    sector.writeUInt32LE(lastUsed, FSINFO.nextFree);
    sector.writeUInt16LE(BOOT_SIGNATURE, FSINFO.signature);
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

;// CONCATENATED MODULE: ./build/fat/structures/table.js


/** Fills `target` with the entries of the table from entry `first` on. */
function table_encodeTable(target, first, bits, chains) {
    const width = bits / 8;
    const count = target.length / width;
    let chain = firstAfter(chains.length, (at) => chains[at], first);
    for (let i = 0; i < count; i++) {
        const cluster = first + i;
        while (chain < chains.length && chains[chain] <= cluster) {
            chain++;
        }
        target.writeUIntLE(entryOf(cluster, bits, chains, chain), i * width, width);
    }
}
/** The number of entries of the table that are not zero, which are the first ones. */
function table_usedEntries(chains) {
    return chains[chains.length - 1];
}
/** The entry of a cluster; `next` is the index of the first chain that begins after it. */
function entryOf(cluster, bits, chains, next) {
    // The two entries before the clusters: the media byte, and flags for a cleanly unmounted volume.
    if (cluster === 0) {
        return END_OF_CHAIN[bits] - 0xf8 + constants_MEDIA_FIXED;
    }
    if (cluster < constants_FIRST_CLUSTER) {
        return CLUSTER_MASK[bits];
    }
    if (next === chains.length) {
        return 0;
    }
    return cluster + 1 === chains[next] ? END_OF_CHAIN[bits] : cluster + 1;
}

;// CONCATENATED MODULE: ./build/fat/source.js







/** Creates the bytes of a planned FAT volume, with file contents from `readContents`. */
function createFatSource(plan, readContents) {
    const areas = listAreas(plan, readContents);
    const { size } = plan;
    return {
        size,
        read(target, offset) {
            checkBounds({ offset, length: target.length }, size, 'a FAT volume');
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
    const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
    const offset = dataStartOf(layout) + (usedEntries(chains) - FIRST_CLUSTER) * clusterBytes;
    return offset < size ? [{ offset, length: size - offset }] : [];
}
function dataStartOf({ reservedSectors, fatSectors, rootEntries }) {
    return (reservedSectors + volume_layout_FATS * fatSectors) * source_SECTOR_SIZE + rootEntries * constants_ENTRY_SIZE;
}
function listAreas(plan, readContents) {
    const { layout, reserved, chains, rootDirectory, directories } = plan;
    const tableStart = layout.reservedSectors * source_SECTOR_SIZE;
    const tableBytes = layout.fatSectors * source_SECTOR_SIZE;
    const dataStart = dataStartOf(layout);
    const rootStart = dataStart - rootDirectory.length;
    const clusterBytes = layout.sectorsPerCluster * source_SECTOR_SIZE;
    const filesStart = dataStart + directories.length;
    const usedBytes = (table_usedEntries(chains) - constants_FIRST_CLUSTER) * clusterBytes;
    const area = (offset, length, used, read) => ({
        offset,
        length,
        data: used === 0 ? [] : [{ offset, length: used }],
        read,
    });
    const copy = (bytes) => {
        return (target, position) => target.set(bytes.subarray(position, position + target.length));
    };
    const usedTable = wholeSectors((table_usedEntries(chains) * layout.bits) / 8);
    return [
        {
            ...area(0, reserved.length, 0, copy(reserved)),
            data: reservedRanges(layout),
        },
        ...Array.from({ length: volume_layout_FATS }, (_, i) => area(tableStart + i * tableBytes, usedTable, usedTable, (target, position) => readTable(plan, target, position))),
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
    table_encodeTable(entries, first, layout.bits, chains);
    target.set(entries.subarray(position - first * width).subarray(0, target.length));
}
/** Fills `target` with the bytes of files from `position` of the data area on. */
function readFiles(plan, readContents, target, position) {
    const { fileEntry, fileCluster, fileSize, layout } = plan;
    const clusterBytes = layout.sectorsPerCluster * source_SECTOR_SIZE;
    const startOf = (file) => (fileCluster[file] - constants_FIRST_CLUSTER) * clusterBytes;
    const limit = position + target.length;
    // The file before may include the position.
    const first = Math.max(0, firstAfter(fileCluster.length, startOf, position) - 1);
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
    while (end > 0 && directory[end - constants_ENTRY_SIZE] === 0) {
        end -= constants_ENTRY_SIZE;
    }
    return wholeSectors(end);
}
function wholeSectors(bytes) {
    return Math.ceil(bytes / source_SECTOR_SIZE) * source_SECTOR_SIZE;
}

;// CONCATENATED MODULE: ./build/nix/store-error.js

/** Remedy for a store path that changed, or cannot be read, although Nix never changes one. */
const REPAIR_STORE = 'Make sure that no other process changes or deletes store paths while the image is built. Check the disk, and repair the ' +
    'store with `nix-store --verify --check-contents --repair`.';
/** The error for a store path of this machine whose files are not what Nix put there. The message must be safe to print. */
function storeError({ message, cause }) {
    return user_error_userError({ title: 'The Nix store is damaged', message, remedy: REPAIR_STORE, cause });
}
/**
 * The error for what the database of Nix has of a store path, where it cannot be true of any files or is not true of the
 * intact ones. The message must be safe to print.
 */
function databaseError(message) {
    return userError({
        title: 'The database of Nix is wrong',
        message,
        remedy: 'Let Nix compare its database with the store: `nix-store --verify --check-contents`. If it reports nothing, delete ' +
            'the store path (`nix-store --delete`), and build or download it again.',
        code: 'DATABASE_WRONG',
    });
}

;// CONCATENATED MODULE: external "node:path/posix"
const posix_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path/posix");
;// CONCATENATED MODULE: ./build/nix/store-path.js



/** The directory of the Nix store in every image; on this machine it may be another one. */
const store_path_STORE_DIRECTORY = '/nix/store';
/** Every timestamp in a Nix store, and so in an image: one second after 1970. */
const STORE_TIME = 1;
/** Digits of the hash in a store path. */
const HASH_LENGTH = 32;
const MAX_NAME_LENGTH = 211;
/** Returns the directory of this machine's Nix store, as Nix finds it: NIX_STORE_DIR, NIX_STORE or `/nix/store`. */
function storeDirectory(environment = process.env) {
    const directory = environment.NIX_STORE_DIR || environment.NIX_STORE || store_path_STORE_DIRECTORY;
    if (!isAbsolute(directory)) {
        throw userError({
            title: 'Invalid NIX_STORE_DIR',
            message: `NIX_STORE_DIR must be an absolute path, but is '${printable(directory)}'.`,
            remedy: 'Set NIX_STORE_DIR to an absolute path, or unset it.',
        });
    }
    return normalize(directory).replace(/\/$/, '');
}
/** Parses a store path. Throws an `Error` that shows the path, and says why, if it is not one of `directory`. */
function parseStorePath(path, directory) {
    const baseName = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
    const problem = baseName === undefined ? `it is not in ${printable(directory)}` : baseNameProblem(baseName);
    if (baseName === undefined || problem !== undefined) {
        throw new Error(`'${printable(path)}' is not a store path: ${problem}.`);
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
function store_path_compareStorePaths(a, b) {
    return a < b ? -1 : Number(a > b);
}

;// CONCATENATED MODULE: ./build/tree/source-error.js





/** The error for a file of this machine that changed after the image was planned. The message must be safe to print. */
function changedError({ message, cause }) {
    return user_error_userError({
        title: 'A file changed while the image was built',
        message,
        remedy: 'Make sure that no other process changes the files of the image while it is built, then re-run the job.',
        cause,
    });
}
/** The error for a file of the image that changed after the image was planned. `how` continues a sentence. */
function changedEntryError(tree, entry, how) {
    const path = pathOf(tree, entry);
    return entryError(path)({ message: `${path} changed while the image was built: it ${how}.` });
}
/** The error for a file of the image that cannot be read any more. */
function unreadableEntryError(tree, entry, cause) {
    const path = pathOf(tree, entry);
    const message = `${path} cannot be read, but existed when the image was planned.`;
    return isForbidden(cause) ? forbiddenError(message, cause) : entryError(path)({ message, cause });
}
/** The error for a file that the user of this step may not read. The message must be safe to print. */
function forbiddenError(message, cause) {
    return user_error_userError({
        title: 'Permission denied',
        message,
        remedy: 'Give the user of this step permission to read it, or leave it out of the image.',
        cause,
    });
}
/** Whether an error of the system says that this user may not do something. */
function isForbidden(error) {
    const code = error_code_errorCode(error);
    return code === 'EACCES' || code === 'EPERM';
}
function entryError(imagePath) {
    return imagePath.startsWith(`${store_path_STORE_DIRECTORY}/`) ? storeError : changedError;
}

;// CONCATENATED MODULE: ./build/tree/contents.js



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
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        }
        descriptor = -1;
        openEntry = -1;
    };
    const open = (entry) => {
        close();
        descriptor = contents_openFile(tree, entry, hostPath(entry));
        checkUnchanged(tree, entry, (0,external_node_fs_namespaceObject.fstatSync)(descriptor));
        openEntry = entry;
    };
    const readPiece = (target, position) => {
        try {
            return (0,external_node_fs_namespaceObject.readSync)(descriptor, target, 0, target.length, position);
        }
        catch (cause) {
            throw unreadableEntryError(tree, openEntry, cause);
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
                    throw changedEntryError(tree, entry, `had ${tree.size[entry]} bytes and now ends at byte ${position + done}`);
                }
                done += count;
            }
            if (position + target.length === tree.size[entry]) {
                close();
            }
        },
    };
}
/** Symlinks are not followed. A named pipe that replaced a file must not block the thread. */
const FLAGS = external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NOFOLLOW | external_node_fs_namespaceObject.constants.O_NONBLOCK;
function contents_openFile(tree, entry, path) {
    try {
        return (0,external_node_fs_namespaceObject.openSync)(path, FLAGS);
    }
    catch (cause) {
        throw unreadableEntryError(tree, entry, cause);
    }
}
function checkUnchanged(tree, entry, stats) {
    if (!stats.isFile()) {
        throw changedEntryError(tree, entry, 'is no longer a regular file');
    }
    if (stats.size !== tree.size[entry]) {
        throw changedEntryError(tree, entry, `had ${tree.size[entry]} bytes and now has ${stats.size}`);
    }
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
            throw new Error(`${pathOf(tree, entry)} does not come from a file of this machine.`);
        }
        if (origin.at === entry) {
            return Buffer.from(origin.path);
        }
        const directory = tree.parent[entry];
        if (directory !== lastDirectory) {
            lastPrefix = prefixOf(tree, directory, origin.at, origin.path);
            lastDirectory = directory;
        }
        return Buffer.concat([lastPrefix, nameOf(tree, entry)]);
    };
}
const SLASH = Buffer.from('/');
function prefixOf(tree, directory, top, topPath) {
    const pieces = [SLASH];
    for (let at = directory; at !== top; at = tree.parent[at]) {
        pieces.unshift(SLASH, nameOf(tree, at));
    }
    return Buffer.concat([topPath, ...pieces]);
}

;// CONCATENATED MODULE: ./build/nix/follow.js



/** Linux follows as many (path_resolution(7)). */
const MAX_LINKS = 40;
/**
 * Follows the links of an absolute path as Nix does, until they are in the store `directory`: a store path that is a
 * symlink stands for itself. Returns the name of the entry of the store that the path leads to or into; `undefined` if it
 * leads elsewhere. The store may be reached by links itself. Throws an error of the system if the path does not exist.
 */
function followToStore(path, directory = STORE_DIRECTORY) {
    const store = realpathSync(directory);
    let current = path;
    for (let links = 0; links <= MAX_LINKS; links++) {
        const stop = firstLinkOrStorePath(current, store);
        if (stop === undefined) {
            return undefined;
        }
        const rest = current.slice(stop.length + 1);
        if (dirname(stop) === store) {
            lstatSync(current);
            return stop.slice(store.length + 1);
        }
        current = resolve(dirname(stop), readlinkSync(stop), rest);
    }
    throw new Error(`more than ${MAX_LINKS} links`);
}
/** Returns the shortest leading part of `path` that is a symlink or an entry of `store`. */
function firstLinkOrStorePath(path, store) {
    let part = '';
    for (const name of path.slice(1).split('/')) {
        part += `/${name}`;
        if (dirname(part) === store || lstatSync(part).isSymbolicLink()) {
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
function follow_followLinks(path, directory = STORE_DIRECTORY) {
    const found = realpathSync.native(typeof path === 'string' ? path : Buffer.from(path), { encoding: 'buffer' });
    const store = realStore(directory);
    return store !== undefined && isWithin(found, store)
        ? Buffer.concat([Buffer.from(directory), found.subarray(store.length)])
        : found;
}
/** Whether `path` is `directory` or below it. Neither may have links, and a path in the store must come from `followLinks`. */
function isWithin(path, directory) {
    const start = Buffer.concat([directory, follow_SLASH]);
    return path.equals(directory) || path.subarray(0, start.length).equals(start);
}
const follow_SLASH = Buffer.from('/');
/** `undefined` if this machine has no store. */
function realStore(directory) {
    try {
        return realpathSync.native(directory, { encoding: 'buffer' });
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/image/card/source-files.js



/**
 * Reads files of this machine and generated ones. Reading throws a `UserError` that names a file which cannot be opened, or
 * is shorter than when it was scanned. The last file stays open, because large ones are read in pieces.
 */
function openSourceFiles(files) {
    let open = -1;
    let descriptor = -1;
    const close = () => {
        if (descriptor >= 0) {
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
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
                descriptor = source_files_openFile(path);
                open = file;
            }
            let done = 0;
            while (done < target.length) {
                const count = (0,external_node_fs_namespaceObject.readSync)(descriptor, target, done, target.length - done, position + done);
                if (count === 0) {
                    throw changedError({
                        message: `${escape_quote(path)} became shorter while the image was built: expected ${size} bytes, found ${position + done}.`,
                    });
                }
                done += count;
            }
            if (position + target.length === size) {
                close();
            }
        },
    };
}
function source_files_openFile(path) {
    try {
        return (0,external_node_fs_namespaceObject.openSync)(Buffer.from(path), external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NOFOLLOW);
    }
    catch (cause) {
        throw changedError({ message: `${escape_quote(path)} cannot be read, but existed when the image was planned.`, cause });
    }
}

;// CONCATENATED MODULE: ./build/image/card/blobs.js





/** Checks that a boot loader file exists, and returns its size and its path with links resolved. Throws a `UserError`. */
function scanBlob({ path, offset, partitionType }) {
    let file;
    try {
        file = followLinks(path).toString();
    }
    catch (cause) {
        throw bootloaderError(`The boot loader file ${quote(path)} does not exist, or cannot be reached.`, cause);
    }
    const stats = statSync(file);
    if (!stats.isFile()) {
        throw bootloaderError(`The boot loader file ${quote(path)} is not a regular file.`);
    }
    return { path: file, offset, size: stats.size, partitionType };
}
function bootloaderError(message, cause) {
    const remedy = 'Set bootloader to a file and its offset on the card, such as ./u-boot.bin@8KiB.';
    return inputError({ input: 'bootloader', message, remedy, cause });
}
/** Opens the blobs of a card as sources; all of their bytes are data. */
function openBlobs(blobs) {
    const { read, close } = openSourceFiles(blobs.map(({ path, size }) => ({ kind: 'host', path: Buffer.from(path), size })));
    const sources = blobs.map(({ size }, i) => ({
        size,
        read: (target, offset) => read(i, offset, target),
        dataRanges: (within) => [within],
    }));
    return { sources, close, [Symbol.dispose]: close };
}

;// CONCATENATED MODULE: ./build/image/description.js







/** Opens an image from its description. */
function description_openImage({ filesystem: { plan, tree }, card }) {
    const contents = createContentsReader(tree);
    const filesystem = createExt4Source(plan, tree, contents.read);
    if (card === undefined) {
        return { ...filesystem, filesystem, close: contents.close, [Symbol.dispose]: contents.close };
    }
    const { layout } = card;
    const blobs = openBlobs(layout.blobs);
    const firmwareFiles = openSourceFiles(card.firmware?.files ?? []);
    const firmware = card.firmware && createFatSource(card.firmware.plan, firmwareFiles.read);
    const close = () => {
        contents.close();
        blobs.close();
        firmwareFiles.close();
    };
    const source = createCardSource(layout, { firmware, filesystem, blobs: blobs.sources });
    return { ...source, filesystem, close, [Symbol.dispose]: close };
}
/** Returns the range of the ext4 filesystem in an image. */
function description_filesystemRange({ filesystem, card }) {
    return card?.layout.filesystem ?? { offset: 0, length: filesystem.plan.blocks * BLOCK_SIZE };
}
/** Returns the size of an image in bytes. */
function imageSize(image) {
    return image.card?.layout.size ?? description_filesystemRange(image).length;
}

;// CONCATENATED MODULE: ./build/image/write-error.js





/**
 * Runs `write`, which writes to the file at `path`, and explains an error of the system. `bytes` is how many bytes it
 * writes, if that is known.
 */
function write_error_writingTo(path, write, bytes) {
    try {
        return write();
    }
    catch (cause) {
        throw writeError(path, cause, bytes);
    }
}
/** Writes a small file as a whole. Errors as in `writeError`. */
function writeSmallFile(path, contents) {
    write_error_writingTo(path, () => writeFileSync(path, contents), Buffer.byteLength(contents));
}
/**
 * Explains why a file could not be written, by the code of the system's error, which becomes the code of this one.
 * `bytes` is how many bytes were to be written, if that is known; the message has it if there is no space for them.
 */
function writeError(path, cause, bytes) {
    const code = error_code_errorCode(cause);
    const { title, reason, remedy } = REASONS.find(({ codes }) => codes.some((one) => one === code)) ?? OTHER;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    const needed = isFull && bytes !== undefined ? ` ${bytes} more bytes were needed.` : '';
    return user_error_userError({
        title,
        message: `${printable_printable(path)} could not be written: ${reason}.${needed}${freeSpace(path)}`,
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
        const { bavail, bsize } = (0,external_node_fs_namespaceObject.statfsSync)((0,external_node_path_namespaceObject.dirname)(path));
        return ` Its filesystem has ${bavail * bsize} bytes free now.`;
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./build/image/raw.js
var raw_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var raw_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
function raw_createSparseFile(path, size) {
    writingTo(path, () => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const stack = raw_addDisposableResource(env_1, new DisposableStack(), false);
            ftruncateSync(stack.adopt(openSync(path, 'wx'), closeSync), size);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            raw_disposeResources(env_1);
        }
    });
}
/** Writes a range of an image to its place in a sparse file; zeros stay holes. Errors as in `writeError`. */
function writeRange(image, path, range) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = raw_addDisposableResource(env_2, new DisposableStack(), false);
        const file = stack.adopt(write_error_writingTo(path, () => (0,external_node_fs_namespaceObject.openSync)(path, 'r+')), external_node_fs_namespaceObject.closeSync);
        const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, range.length));
        for (const data of image.dataRanges(range)) {
            for (const piece of cutRanges(data.length, PIECE_BYTES)) {
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
        raw_disposeResources(env_2);
    }
}
const ZEROS = Buffer.alloc(PIECE_BYTES);
/** Writes all bytes: a single write may store fewer, as on a disk that is nearly full. Errors as in `writeError`. */
function writeAt(file, path, bytes, offset) {
    const write = () => {
        let done = 0;
        while (done < bytes.length) {
            done += (0,external_node_fs_namespaceObject.writeSync)(file, bytes, done, bytes.length - done, offset + done);
        }
    };
    write_error_writingTo(path, write, bytes.length);
}

;// CONCATENATED MODULE: ./build/image/image-tasks.js
var image_tasks_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var image_tasks_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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







/** The tasks of this module that worker threads run. */
const imageTasks = {
    writeRange({ image, path, range }) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const open = image_tasks_addDisposableResource(env_1, description_openImage(image), false);
            writeRange(open, path, range);
            return { value: undefined };
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            image_tasks_disposeResources(env_1);
        }
    },
    /** Returns the length of the frame. */
    compressRange({ image, range, codec, level, slot }) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const open = image_tasks_addDisposableResource(env_2, description_openImage(image), false);
            const uncompressed = slot.uncompressed.subarray(0, range.length);
            open.read(uncompressed, range.offset);
            const frame = CODECS[codec].compress(uncompressed, level);
            const { length } = frame;
            slot.frame.set(frame);
            release(frame);
            return { value: length };
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            image_tasks_disposeResources(env_2);
        }
    },
    /** Returns the SHA-256 of each range of a finished file. */
    hashRanges(input) {
        return { value: withAccess(input.access, (image) => input.ranges.map((range) => hashRange(image, range))) };
    },
};
function hashRange(image, range) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (const { offset, length } of cutRanges(range.length, PIECE_BYTES)) {
        const bytes = piece.subarray(0, length);
        image.read(bytes, range.offset + offset);
        hash.update(bytes);
    }
    return hash.digest();
}

;// CONCATENATED MODULE: ./build/threads/pack-error.js


/** Packs anything that was thrown, with its causes. A cause that is also an effect of itself is left out. */
function packError(error) {
    return pack(error, new Set());
}
function pack(error, effects) {
    if (!(error instanceof Error)) {
        return { message: String(error), stack: undefined, code: undefined, user: undefined, cause: undefined };
    }
    const { message, stack, cause } = error;
    const code = error_code_errorCode(error);
    const known = new Set(effects).add(error);
    return {
        message,
        stack,
        code: typeof code === 'string' ? code : undefined,
        user: error instanceof user_error_UserError ? { title: error.title, remedy: error.remedy } : undefined,
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
        return new UserError({ ...user, ...options, message, code });
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

;// CONCATENATED MODULE: ./build/threads/shared.js
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

;// CONCATENATED MODULE: ./build/threads/serve.js


/** The worker's side of the pool: runs each task that arrives at the port, and answers with its result or its error. */
function serveTasks(port, tasks) {
    const sharedValues = new Map();
    const answer = (response, transfer = []) => port.postMessage(response, [...transfer]);
    port.on('message', (message) => {
        if ('share' in message) {
            sharedValues.set(message.share, message.value);
            return;
        }
        const { id, name } = message;
        try {
            const task = tasks[name];
            if (task === undefined) {
                throw new Error(`This worker has no task ${name}.`);
            }
            const { value, transfer } = task(restoreShared(message, sharedValues));
            answer({ id, value }, transfer);
        }
        catch (error) {
            answer({ id, error: packError(error) });
        }
    });
}

;// CONCATENATED MODULE: ./build/nix/nar/sink.js

/** Collects small pieces: a call of the hash function costs as much as hashing a kilobyte. */
const BUFFER_SIZE = 256 * 1024;
/** Starts an archive. `buffer` may come from an archive that is finished, but two archives must not share one. */
function createSink(buffer = createSinkBuffer()) {
    return { hash: (0,external_node_crypto_namespaceObject.createHash)('sha256'), buffer, used: 0, hashed: 0 };
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

;// CONCATENATED MODULE: ./build/nix/nar/nar.js


const MAGIC = tokens('nix-archive-1');
const REGULAR = tokens('(', 'type', 'regular', 'contents');
const EXECUTABLE = tokens('(', 'type', 'regular', 'executable', '', 'contents');
const SYMLINK = tokens('(', 'type', 'symlink', 'target');
const DIRECTORY = tokens('(', 'type', 'directory');
const nar_ENTRY = tokens('entry', '(', 'name');
const NODE = tokens('node');
const CLOSE = tokens(')');
/** Bytes of the parts of a Nix archive, whose sum is the size of the archive. All sizes are in bytes. */
const narBytes = {
    /** What every archive starts with. */
    start: MAGIC.length,
    regular: (size, executable) => (executable ? EXECUTABLE : REGULAR).length + stringBytes(size) + CLOSE.length,
    symlink: (targetLength) => SYMLINK.length + stringBytes(targetLength) + CLOSE.length,
    /** A directory without its entries. */
    directory: DIRECTORY.length + CLOSE.length,
    /** An entry of a directory without its node. */
    entry: (nameLength) => nar_ENTRY.length + stringBytes(nameLength) + NODE.length + CLOSE.length,
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
    const sink = createSink(buffer);
    put(sink, MAGIC);
    putNode(sink, node);
    return finish(sink);
}
function putNode(sink, node) {
    if (node.type === 'regular') {
        put(sink, node.executable ? EXECUTABLE : REGULAR);
        putContents(sink, node);
    }
    else if (node.type === 'symlink') {
        checkTarget(node.target);
        put(sink, SYMLINK);
        putString(sink, node.target);
    }
    else {
        put(sink, DIRECTORY);
        putEntries(sink, node);
    }
    put(sink, CLOSE);
}
function putEntries(sink, directory) {
    let previous;
    for (const { name, node } of directory.entries()) {
        checkName(name, previous);
        put(sink, nar_ENTRY);
        putString(sink, name);
        put(sink, NODE);
        putNode(sink, typeof node === 'function' ? node() : node);
        put(sink, CLOSE);
        previous = name;
    }
}
/** Limits of a Nix archive: Nix, src/libutil/archive.cc, parse. */
const MAX_NAME = 255;
const MAX_TARGET = 4095;
const nar_SLASH = 0x2f;
const nar_DOT = 0x2e;
function checkName(name, previous) {
    const dots = name.length <= 2 && name.every((byte) => byte === nar_DOT);
    if (dots || name.length > MAX_NAME || name.includes(nar_SLASH) || name.includes(0)) {
        throw new Error(`No entry of a Nix archive can be named '${printable_printable(name)}'.`);
    }
    if (previous !== undefined && Buffer.compare(previous, name) >= 0) {
        throw new Error(`The entries of a directory are not strictly ascending: '${printable_printable(name)}' follows '${printable_printable(previous)}'.`);
    }
}
function checkTarget(target) {
    if (target.length === 0 || target.length > MAX_TARGET || target.includes(0)) {
        throw new Error(`The target of a symlink must be 1 to ${MAX_TARGET} bytes without NUL, but is ${target.length} bytes: '${printable_printable(target.subarray(0, MAX_NAME))}'.`);
    }
}

;// CONCATENATED MODULE: ./build/nix/nar/of-path.js
var of_path_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var of_path_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




const of_path_SLASH = Buffer.from('/');
/**
 * Returns the file at `path` of this machine as a node of a Nix archive. Directories are listed when their entries are
 * requested, and files are read when their contents are.
 *
 * Throws a `UserError` that names the file if it is not a regular file, directory or symlink, and if it becomes shorter
 * while it is read.
 */
function narNodeOfPath(path) {
    const stat = (0,external_node_fs_namespaceObject.lstatSync)(path);
    if (stat.isFile()) {
        return {
            type: 'regular',
            executable: (stat.mode & external_node_fs_namespaceObject.constants.S_IXUSR) !== 0,
            size: stat.size,
            read: (position, target) => readFile(path, position, target),
        };
    }
    if (stat.isSymbolicLink()) {
        return { type: 'symlink', target: (0,external_node_fs_namespaceObject.readlinkSync)(path, 'buffer') };
    }
    if (stat.isDirectory()) {
        return { type: 'directory', entries: () => readDirectory(path) };
    }
    throw storeError({
        message: `'${printable_printable(path)}' is neither a regular file, a directory nor a symlink: no Nix archive can hold it.`,
    });
}
function readDirectory(path) {
    const entries = (0,external_node_fs_namespaceObject.readdirSync)(path, 'buffer').map((name) => ({
        name,
        node: () => narNodeOfPath(Buffer.concat([path, of_path_SLASH, name])),
    }));
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}
/** Opens the file for each piece: pieces are large or whole files, and no caller says which one is the last. */
function readFile(path, position, target) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = of_path_addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NOFOLLOW), external_node_fs_namespaceObject.closeSync);
        const { size } = (0,external_node_fs_namespaceObject.fstatSync)(file);
        if (size < position + target.length) {
            throw storeError({
                message: `'${printable_printable(path)}' became shorter while it was read: expected at least ${position + target.length} bytes, found ${size}.`,
            });
        }
        read_fully_readFully(file, target, position, printable_printable(path));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        of_path_disposeResources(env_1);
    }
}

;// CONCATENATED MODULE: ./build/tree/store-directory.js


/** Returns the entry of the directory /nix/store. Throws if the tree has none. */
function store_directory_storeDirectoryOf(tree) {
    let directory = 0;
    for (const name of STORE_NAMES) {
        const found = childrenOf(tree, directory).find((child) => Buffer.from(name).equals(nameOf(tree, child)));
        if (found === undefined) {
            throw new Error(`The tree of the image has no directory ${store_path_STORE_DIRECTORY}.`);
        }
        directory = found;
    }
    return directory;
}
const STORE_NAMES = store_path_STORE_DIRECTORY.split('/').slice(1);

;// CONCATENATED MODULE: ./build/tree/duplicates.js
var duplicates_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var duplicates_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
    const store = storeDirectoryOf(tree);
    const seen = new Map();
    const files = [];
    for (let entry = store + 1; entry < tree.end[store]; entry++) {
        if ((tree.mode[entry] & MODE.typeMask) !== MODE.regular) {
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
        const reader = duplicates_addDisposableResource(env_1, createContentsReader(tree), false);
        const piece = Buffer.allocUnsafe(PIECE_BYTES);
        const readPiece = (entry, position) => {
            const bytes = piece.subarray(0, Math.min(PIECE_BYTES, tree.size[entry] - position));
            if (bytes.length > 0) {
                reader.read(entry, position, bytes);
            }
            return bytes;
        };
        const digest = (entry) => {
            // Most files are small, for which a single call takes a fraction of the time.
            if (tree.size[entry] <= PIECE_BYTES) {
                return (0,external_node_crypto_namespaceObject.hash)('sha256', readPiece(entry, 0), 'buffer');
            }
            const pieces = (0,external_node_crypto_namespaceObject.createHash)('sha256');
            for (let position = 0; position < tree.size[entry]; position += PIECE_BYTES) {
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
        duplicates_disposeResources(env_1);
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
            i - first < LINK_MAX &&
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

;// CONCATENATED MODULE: ./build/tree/nar-size.js


/** Returns the size in bytes of the Nix archive of a scanned path, which depends on no contents. */
function narSizeOf(tree) {
    let size = narBytes.start;
    for (let entry = 0; entry < tree.count; entry++) {
        size += nodeBytes(tree, entry);
        if (entry > 0) {
            size += narBytes.entry(tree.nameStart[entry + 1] - tree.nameStart[entry]);
        }
    }
    return size;
}
function nodeBytes(tree, entry) {
    const mode = tree.mode[entry];
    switch (mode & constants_MODE.typeMask) {
        case constants_MODE.directory:
            return narBytes.directory;
        case constants_MODE.symlink:
            return narBytes.symlink(tree.size[entry]);
        default:
            return narBytes.regular(tree.size[entry], (mode & 0o111) !== 0);
    }
}

;// CONCATENATED MODULE: ./build/tree/packed.js

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
            add(parentIndex, name, constants_MODE.symlink | 0o777, target.length);
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

;// CONCATENATED MODULE: ./build/tree/scan.js







/**
 * Reads the tree below a path of this machine. Names are bytes; symlinks are not followed. Throws a `UserError` that
 * names the entry if it is not a file, directory or symlink, or cannot be read.
 */
function scanPath(path, permissions) {
    const builder = createPackedTree();
    try {
        scan({ builder, permissions }, 0, NO_NAME, Buffer.from(path));
    }
    catch (error) {
        throw scan_isSystemError(error) ? unreadable(path, permissions, error) : error;
    }
    return builder.finish();
}
const NO_NAME = new Uint8Array(0);
const scan_SLASH = Buffer.from('/');
function scan(state, parent, name, path) {
    const { builder, permissions } = state;
    const stats = (0,external_node_fs_namespaceObject.lstatSync)(path);
    if (stats.isFile()) {
        builder.add(parent, name, imageMode(stats, permissions), stats.size);
        return;
    }
    if (stats.isSymbolicLink()) {
        builder.addSymlink(parent, name, (0,external_node_fs_namespaceObject.readlinkSync)(path, { encoding: 'buffer' }));
        return;
    }
    if (!stats.isDirectory()) {
        throw unsupported(path, permissions, stats);
    }
    const directory = builder.add(parent, name, imageMode(stats, permissions), 0);
    const children = (0,external_node_fs_namespaceObject.readdirSync)(path, { encoding: 'buffer' }).sort(Buffer.compare);
    for (const child of children) {
        scan(state, directory, child, Buffer.concat([path, scan_SLASH, child]));
    }
    builder.close(directory);
}
/** The only permission that is part of a store path is the executable bit; Nix sets all others the same way. */
function imageMode(stats, permissions) {
    const type = stats.isDirectory() ? constants_MODE.directory : constants_MODE.regular;
    if (permissions === 'kept') {
        return type | (stats.mode & 0o7777);
    }
    return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}
function unsupported(path, permissions, stats) {
    const message = `${printable_printable(path)} is ${scan_kindOf(stats)}; an image holds only regular files, directories and symlinks.`;
    if (permissions === 'store') {
        return storeError({ message });
    }
    return user_error_userError({
        title: 'A file cannot be in an image',
        message,
        remedy: 'Remove it, or leave its directory out of the image.',
    });
}
/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path, permissions, cause) {
    const isStorePath = permissions === 'store';
    const message = `${isStorePath ? 'The store path ' : ''}${printable_printable(path)} cannot be read completely.`;
    if (isForbidden(cause)) {
        return forbiddenError(message, cause);
    }
    if (isStorePath) {
        return storeError({ message, cause });
    }
    return user_error_userError({ title: 'A file cannot be read', message, remedy: 'Check that the path is right.', cause });
}
/** Whether an error comes from a system call. */
function scan_isSystemError(error) {
    return error instanceof Error && 'syscall' in error;
}
/** What kind of file one is that is neither a regular file, a directory nor a symlink, for messages. */
function scan_kindOf(stats) {
    if (stats.isSocket()) {
        return 'a socket';
    }
    if (stats.isFIFO()) {
        return 'a named pipe';
    }
    return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}

;// CONCATENATED MODULE: ./build/tree/tree-tasks.js





/** The tasks of this module that worker threads run. */
const treeTasks = {
    scanStorePath({ path }) {
        const tree = scanPath(path, 'store');
        return { value: { tree, narSize: narSizeOf(tree) } };
    },
    /** Returns the hash of the path's Nix archive. */
    hashStorePath({ path }) {
        return { value: hashNar(narNodeOfPath(Buffer.from(path))).hash };
    },
    digestFiles({ tree, entries }) {
        const value = digestFiles(tree, entries);
        return { value, transfer: [value.buffer] };
    },
};

;// CONCATENATED MODULE: ./build/ext4/read/volume/group-layout.js
/**
 * The layout of the groups: which of them have a superblock, and their sizes.
 *
 * Source: Linux `Documentation/filesystems/ext4/blockgroup.rst` (sparse_super).
 */

/** Whether a group begins with a superblock, a descriptor table and its reserved blocks. */
function hasSuperblock(group) {
    return group <= 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
}
/** The groups with a backup of the superblock, ascending. */
function backupGroups(superblock) {
    const groups = [];
    for (let group = 1; group < superblock.groups; group++) {
        if (hasSuperblock(group)) {
            groups.push(group);
        }
    }
    return groups;
}
/** Number of blocks of a superblock, the descriptor table and its reserved blocks. */
function superblockRun(superblock) {
    return 1 + superblock.descriptorBlocks + superblock.reservedDescriptorBlocks;
}
/** Number of blocks of a group. The last group may have fewer than the others. */
function groupBlocks(superblock, group) {
    return Math.min(constants_BLOCKS_PER_GROUP, superblock.blocks - group * constants_BLOCKS_PER_GROUP);
}
function isPower(value, base) {
    let power = base;
    while (power < value) {
        power *= base;
    }
    return power === value;
}

;// CONCATENATED MODULE: ./build/ext4/read/checksum.js
/**
 * The bytes that the checksums of the metadata_csum feature cover.
 *
 * Source: Linux `Documentation/filesystems/ext4/checksums.rst`, and `fs/ext4/bitmap.c` and `fs/ext4/namei.c` where it is
 * wrong (inode bitmaps, indexed directories).
 */



const INITIAL = 0xffffffff;
/** The checksum of a superblock, of all bytes before it. */
function superblockChecksum(superblock) {
    return crc32c(INITIAL, superblock.subarray(0, SUPERBLOCK.checksum));
}
/** The seed of all other checksums of a filesystem. */
function filesystemSeed(uuid) {
    return crc32c(INITIAL, uuid);
}
/** The seed of the checksums of an inode, its directory blocks and its extent nodes. */
function inodeSeed(filesystem, inode, generation) {
    return crc32cOfU32(crc32cOfU32(filesystem, inode), generation);
}
/** The checksum of a group descriptor, 16 bits. */
function descriptorChecksum(filesystem, group, descriptor) {
    const at = GROUP_DESCRIPTOR.checksum;
    const head = crc32c(crc32cOfU32(filesystem, group), descriptor.subarray(0, at));
    return crc32c(crc32c(head, TWO_ZEROS), descriptor.subarray(at + 2)) & 0xffff;
}
/** The checksum of a raw inode of 256 bytes. `seed` is from `inodeSeed`. */
function inodeChecksum(seed, raw) {
    scratch.set(raw);
    scratch.fill(0, INODE_FIELD.checksumLo, INODE_FIELD.checksumLo + 2);
    scratch.fill(0, INODE_FIELD.checksumHi, INODE_FIELD.checksumHi + 2);
    return crc32c(seed, scratch);
}
const TWO_ZEROS = new Uint8Array(2);
const scratch = new Uint8Array(INODE_SIZE);

;// CONCATENATED MODULE: ./build/bytes/zero.js
const zero_ZEROS = Buffer.alloc(64 * 1024);
/** The index of the first byte that is not zero, or -1. */
function firstNonZero(bytes) {
    for (let start = 0; start < bytes.length; start += zero_ZEROS.length) {
        const piece = bytes.subarray(start, start + zero_ZEROS.length);
        if (zero_ZEROS.compare(piece, 0, piece.length, 0, piece.length) !== 0) {
            return start + piece.findIndex((byte) => byte !== 0);
        }
    }
    return -1;
}
/** Whether all bytes are zero; true for no bytes. */
function isZero(bytes) {
    return firstNonZero(bytes) < 0;
}

;// CONCATENATED MODULE: ./build/ext4/read/format-error.js
/** The error for bytes of a filesystem that break a rule of the format. The reader throws no other error about bytes. */
class Ext4FormatError extends Error {
    name = 'Ext4FormatError';
    /** Identifies these errors where their class is lost, as between threads. */
    code = 'EXT4_FORMAT';
    constructor({ structure, place, expected, found }) {
        super(`ext4 ${structure} at ${place}: expected ${expected}, found ${found}`);
    }
}
/** A number in the notation of the format's documentation. */
function format_error_hex(value) {
    return `0x${value.toString(16)}`;
}
/** A name from an image, quoted and safe to print. */
function format_error_quote(name) {
    const shown = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
    return `"${shown.replace(/[^ !#-[\]-~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/difference.js


/** Describes the first byte in which two byte arrays of the same length differ; `undefined` if they are equal. */
function difference(expected, found) {
    if (Buffer.compare(expected, found) === 0) {
        return undefined;
    }
    const at = found.findIndex((byte, index) => byte !== expected[index]);
    return `expected ${format_error_hex(expected[at])} at byte ${at}, found ${format_error_hex(found[at])}`;
}
/** Describes the first byte that is not zero; `undefined` if all are. `offset` is that of the bytes in their structure. */
function nonZero(bytes, offset) {
    const at = firstNonZero(bytes);
    return at < 0 ? undefined : `expected 0x0 at byte ${offset + at}, found ${format_error_hex(bytes[at])}`;
}
const difference_PIECE_BYTES = 1024 * 1024;
/** Describes the first byte that is not zero in a range of the filesystem; `undefined` if all are. */
function nonZeroInVolume(volume, { offset, length }) {
    buffer ??= new Uint8Array(difference_PIECE_BYTES);
    for (let done = 0; done < length; done += difference_PIECE_BYTES) {
        const piece = buffer.subarray(0, Math.min(difference_PIECE_BYTES, length - done));
        volume.read(piece, offset + done);
        const found = nonZero(piece, offset + done);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}
let buffer;

;// CONCATENATED MODULE: ./build/ext4/read/audit/backups.js





/** `s_state` bit of a cleanly unmounted filesystem; mke2fs does not set it in backups. */
const backups_STATE_VALID = 1;
/**
 * Compares every backup of the superblock and the descriptor table with the primary one, byte for byte: e2fsck reads the
 * backups only if the primary ones are lost. The reserved blocks after a backup must be zero.
 */
function auditBackups(reader, findings) {
    const { blocks, descriptorBlocks, reservedDescriptorBlocks } = reader.superblock;
    const primary = new Uint8Array(descriptorBlocks * BLOCK_SIZE);
    const backup = new Uint8Array(primary.length);
    reader.read(primary, BLOCK_SIZE);
    for (const group of backupGroups(reader.superblock)) {
        const start = group * constants_BLOCKS_PER_GROUP;
        const needed = superblockRun(reader.superblock);
        if (start + needed > blocks) {
            findings.report('superblock-copy', `group ${group}: expected at least ${needed} blocks, found ${blocks - start}`);
            continue;
        }
        auditSuperblockBackup(reader, group, findings);
        reader.read(backup, (start + 1) * BLOCK_SIZE);
        const different = difference(primary, backup);
        if (different !== undefined) {
            findings.report('descriptor-copy', `group ${group}: ${different}`);
        }
        const reserved = {
            offset: (start + 1 + descriptorBlocks) * BLOCK_SIZE,
            length: reservedDescriptorBlocks * BLOCK_SIZE,
        };
        const used = nonZeroInVolume(reader, reserved);
        if (used !== undefined) {
            findings.report('padding', `reserved descriptor blocks of group ${group}: ${used}`);
        }
    }
}
function auditSuperblockBackup(reader, group, findings) {
    const block = Buffer.alloc(BLOCK_SIZE);
    reader.read(block, group * constants_BLOCKS_PER_GROUP * BLOCK_SIZE);
    const found = block.subarray(0, SUPERBLOCK_SIZE);
    const expected = Buffer.from(reader.superblock.bytes);
    expected.writeUInt16LE(group, SUPERBLOCK.blockGroupNr);
    const valid = found.readUInt16LE(SUPERBLOCK.state) & backups_STATE_VALID;
    expected.writeUInt16LE((expected.readUInt16LE(SUPERBLOCK.state) & ~backups_STATE_VALID) | valid, SUPERBLOCK.state);
    expected.writeUInt32LE(superblockChecksum(expected), SUPERBLOCK.checksum);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('superblock-copy', `group ${group}: ${different}`);
    }
    const padding = nonZero(block.subarray(SUPERBLOCK_SIZE), SUPERBLOCK_SIZE);
    if (padding !== undefined) {
        findings.report('padding', `block of the superblock of group ${group}: ${padding}`);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/bitmaps.js
/**
 * Checks the bitmaps: their checksums, the bits after the last block or inode, and the counts of free blocks and inodes.
 *
 * Source: Linux `Documentation/filesystems/ext4/bitmaps.rst`, and `fs/ext4/bitmap.c` for the ranges that checksums cover.
 */





/**
 * Reads the inode bitmap of a group, 4096 bytes, and checks it. A bitmap that is flagged as uninitialized, which
 * `auditSuperblock` reports, is returned as empty.
 */
function auditInodeBitmap(reader, group, findings) {
    const { inodesPerGroup, checksumSeed } = reader.superblock;
    const { inodeBitmap, inodeBitmapChecksum, freeInodes, flags } = reader.groups;
    if ((flags[group] & GROUP_FLAG.inodeUninit) !== 0) {
        return new Uint8Array(BLOCK_SIZE);
    }
    const bitmap = readBitmap(reader, inodeBitmap[group]);
    const used = bitmap.subarray(0, inodesPerGroup / 8);
    const checksum = crc32c(checksumSeed, used);
    if (inodeBitmapChecksum[group] !== checksum) {
        const found = format_error_hex(inodeBitmapChecksum[group]);
        findings.report('inode-bitmap', `group ${group}: expected checksum ${format_error_hex(checksum)}, found ${found}`);
    }
    const free = inodesPerGroup - countBits(used);
    if (freeInodes[group] !== free) {
        findings.report('count', `group ${group}: expected bg_free_inodes_count ${free}, found ${freeInodes[group]}`);
    }
    const padding = bitmap.subarray(used.length).findIndex((byte) => byte !== 0xff);
    if (padding >= 0) {
        const at = used.length + padding;
        findings.report('inode-bitmap', `group ${group}: expected 0xff after its last inode, at byte ${at}, found ${format_error_hex(bitmap[at])}`);
    }
    return bitmap;
}
/**
 * Compares the block bitmap of a group with the blocks that have an owner, and checks that its free blocks are zero. Skips
 * a bitmap that is flagged as uninitialized, which `auditSuperblock` reports.
 */
function auditBlockBitmap(reader, group, owned, findings) {
    const { blockBitmap, blockBitmapChecksum, freeBlocks, flags } = reader.groups;
    if ((flags[group] & GROUP_FLAG.blockUninit) !== 0) {
        return;
    }
    const bitmap = readBitmap(reader, blockBitmap[group]);
    const checksum = crc32c(reader.superblock.checksumSeed, bitmap);
    if (blockBitmapChecksum[group] !== checksum) {
        const found = format_error_hex(blockBitmapChecksum[group]);
        findings.report('block-bitmap', `group ${group}: expected checksum ${format_error_hex(checksum)}, found ${found}`);
    }
    const free = constants_BLOCKS_PER_GROUP - countBits(bitmap);
    if (freeBlocks[group] !== free) {
        findings.report('count', `group ${group}: expected bg_free_blocks_count ${free}, found ${freeBlocks[group]}`);
    }
    auditOwners(reader, group, { bitmap, owned: owned.group(group) }, findings);
    auditFreeBlocks(reader, group, bitmap, findings);
}
/** Checks that the counts of the superblock are the sums of those of the groups. */
function auditCounts(reader, findings) {
    const { freeBlocks, freeInodes } = reader.superblock;
    const blocks = reader.groups.freeBlocks.reduce((sum, count) => sum + count, 0);
    const inodes = reader.groups.freeInodes.reduce((sum, count) => sum + count, 0);
    if (freeBlocks !== blocks) {
        findings.report('count', `s_free_blocks_count: expected ${blocks}, the sum of all groups, found ${freeBlocks}`);
    }
    if (freeInodes !== inodes) {
        findings.report('count', `s_free_inodes_count: expected ${inodes}, the sum of all groups, found ${freeInodes}`);
    }
}
/** Reports the first bit of a block bitmap that differs from the owners. */
function auditOwners(reader, group, { bitmap, owned }, findings) {
    const byte = bitmap.findIndex((bits, i) => bits !== owned[i]);
    if (byte < 0) {
        return;
    }
    const wrong = bitmap[byte] ^ owned[byte];
    const bit = 31 - Math.clz32(wrong & -wrong);
    const index = byte * 8 + bit;
    const block = group * constants_BLOCKS_PER_GROUP + index;
    const isUsed = ((bitmap[byte] >> bit) & 1) === 1;
    if (index >= groupBlocks(reader.superblock, group)) {
        findings.report('block-bitmap', `group ${group}: expected bit ${index}, after its last block, to be 1, found 0`);
    }
    else if (isUsed) {
        findings.report('ownership', `block ${block}: expected an owner, since it is marked as used, found none`);
    }
    else {
        findings.report('ownership', `block ${block}: expected no owner, since it is marked as free, found one`);
    }
}
function auditFreeBlocks(reader, group, bitmap, findings) {
    const blocks = groupBlocks(reader.superblock, group);
    const isUsed = (index) => ((bitmap[index >> 3] >> (index & 7)) & 1) === 1;
    let start = 0;
    while (start < blocks) {
        if (isUsed(start)) {
            start++;
            continue;
        }
        let end = start + 1;
        while (end < blocks && !isUsed(end)) {
            end++;
        }
        const first = group * constants_BLOCKS_PER_GROUP + start;
        const used = nonZeroInVolume(reader, { offset: first * BLOCK_SIZE, length: (end - start) * BLOCK_SIZE });
        if (used !== undefined) {
            findings.report('free-block', `free blocks ${first} to ${first + end - start - 1}: ${used}`);
        }
        start = end;
    }
}
function readBitmap(reader, block) {
    const bitmap = new Uint8Array(BLOCK_SIZE);
    reader.read(bitmap, block * BLOCK_SIZE);
    return bitmap;
}
function countBits(bytes) {
    let count = 0;
    for (const byte of bytes) {
        for (let rest = byte; rest !== 0; rest &= rest - 1) {
            count++;
        }
    }
    return count;
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/block-set.js

/** Creates an empty set for `blocks` blocks. Bits of the last group after them are set, as in the block bitmap. */
function createBlockSet(blocks) {
    const groups = Math.ceil(blocks / constants_BLOCKS_PER_GROUP);
    const bits = new Uint8Array(groups * BLOCK_SIZE);
    const claim = (start, length) => {
        const end = start + length;
        let taken;
        let block = start;
        while (block < end) {
            const byte = Math.floor(block / 8);
            if (block % 8 === 0 && end - block >= 8 && bits[byte] === 0) {
                bits[byte] = 0xff;
                block += 8;
                continue;
            }
            const bit = 1 << (block % 8);
            if ((bits[byte] & bit) !== 0) {
                taken ??= block;
            }
            bits[byte] |= bit;
            block++;
        }
        return taken;
    };
    claim(blocks, groups * constants_BLOCKS_PER_GROUP - blocks);
    return { claim, group: (group) => bits.subarray(group * BLOCK_SIZE, (group + 1) * BLOCK_SIZE) };
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/findings.js

/** The number of findings to keep of each check, so that one damaged table does not fill the memory. */
const KEPT = 10;
/** Creates an empty collection. */
function collectFindings() {
    const kept = [];
    const counts = new Map();
    const report = (check, message) => {
        const count = (counts.get(check) ?? 0) + 1;
        counts.set(check, count);
        if (count <= KEPT) {
            kept.push({ check, message: `${titleOf(check)}: ${message}` });
        }
    };
    return {
        report,
        attempt(check, run) {
            try {
                run();
            }
            catch (error) {
                if (!(error instanceof Ext4FormatError)) {
                    throw error;
                }
                report(check, error.message);
            }
        },
        list() {
            const more = [...counts].filter(([, count]) => count > KEPT);
            return [
                ...kept,
                ...more.map(([check, count]) => ({
                    check,
                    message: `${titleOf(check)}: ${count - KEPT} more findings`,
                })),
            ];
        },
    };
}
function titleOf(check) {
    return check.replace('-', ' ');
}

;// CONCATENATED MODULE: ./build/ext4/read/extents.js
/**
 * Walks the extent tree of an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`, and `fs/ext4/ext4_extents.h` for the limits.
 */





/** `EXT4_MAX_EXTENT_DEPTH` */
const MAX_DEPTH = 5;
/**
 * Yields the extents of an inode in the order of the file. They do not overlap in the file, and are within its size and
 * within the filesystem. Keeps one node for each level of the tree in memory.
 */
function* walkExtents(volume, inode, walk = {}) {
    if ((inode.flags & INODE_FLAG.extents) === 0) {
        throw new Ext4FormatError({
            structure: 'inode',
            place: `inode ${inode.number}`,
            expected: 'an extent tree',
            found: `flags ${format_error_hex(inode.flags)}`,
        });
    }
    const end = Math.ceil(inode.size / BLOCK_SIZE);
    const root = decodeNode(inode.block, constants_INODE_EXTENTS, { volume, inode, place: 'the inode', start: 0, end });
    if (root.depth > MAX_DEPTH) {
        throw nodeFault(root.scope, `a depth of at most ${MAX_DEPTH}`, `${root.depth}`);
    }
    yield* walkNode(root, walk);
}
function* walkNode(node, walk) {
    const from = walk.from ?? 0;
    let next = node.scope.start;
    for (let entry = 0; entry < node.entries; entry++) {
        if (node.depth === 0) {
            const extent = decodeExtent(node, entry, next);
            next = extent.logical + extent.length;
            if (next > from) {
                yield extent;
            }
            continue;
        }
        const start = indexStart(node, entry);
        const end = entry + 1 < node.entries ? indexStart(node, entry + 1) : node.scope.end;
        if (start < next || end <= start) {
            throw nodeFault(node.scope, `entries in order, with entry ${entry} from block ${next} on`, `blocks ${start} to ${end}`);
        }
        next = end;
        if (end > from) {
            const child = readChild(node, entry, { start, end });
            walk.onNode?.(child.block, child.bytes);
            yield* walkNode(child.node, walk);
        }
    }
}
/** Reads the node that an entry points to, which maps the blocks `start .. end` of the file. */
function readChild(parent, entry, { start, end }) {
    const { volume, inode } = parent.scope;
    const at = EXTENT_HEADER.size + entry * EXTENT_INDEX.size;
    const block = parent.view.getUint32(at + EXTENT_INDEX.leafLo, true) +
        parent.view.getUint16(at + EXTENT_INDEX.leafHi, true) * 2 ** 32;
    if (block < 1 || block >= volume.superblock.blocks) {
        throw nodeFault(parent.scope, `entry ${entry} within blocks 1 to ${volume.superblock.blocks - 1}`, `block ${block}`);
    }
    const bytes = new Uint8Array(BLOCK_SIZE);
    volume.read(bytes, block * BLOCK_SIZE);
    const scope = { volume, inode, place: `block ${block}`, start, end };
    const node = decodeNode(bytes, constants_BLOCK_EXTENTS, scope);
    const stored = node.view.getUint32(EXTENT_TAIL_OFFSET, true);
    const seed = inodeSeed(volume.superblock.checksumSeed, inode.number, inode.generation);
    const computed = crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET));
    if (stored !== computed) {
        throw nodeFault(scope, `checksum ${format_error_hex(computed)}`, format_error_hex(stored));
    }
    if (node.depth !== parent.depth - 1) {
        throw nodeFault(scope, `depth ${parent.depth - 1}`, `${node.depth}`);
    }
    // An empty node could be reached any number of times; a node with entries is valid at one place in the file only.
    if (node.entries === 0) {
        throw nodeFault(scope, 'at least 1 entry', '0');
    }
    return { node, block, bytes };
}
function decodeNode(bytes, capacity, scope) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = view.getUint16(EXTENT_HEADER.magic, true);
    if (magic !== EXTENT_MAGIC) {
        throw nodeFault(scope, `magic ${format_error_hex(EXTENT_MAGIC)}`, format_error_hex(magic));
    }
    const max = view.getUint16(EXTENT_HEADER.max, true);
    if (max !== capacity) {
        throw nodeFault(scope, `space for ${capacity} entries`, `${max}`);
    }
    const entries = view.getUint16(EXTENT_HEADER.entries, true);
    if (entries > max) {
        throw nodeFault(scope, `at most ${max} entries`, `${entries}`);
    }
    return { scope, view, depth: view.getUint16(EXTENT_HEADER.depth, true), entries };
}
function decodeExtent(node, entry, least) {
    const { scope, view } = node;
    const at = EXTENT_HEADER.size + entry * EXTENT.size;
    const logical = view.getUint32(at + EXTENT.block, true);
    const length = view.getUint16(at + EXTENT.len, true);
    const physical = view.getUint32(at + EXTENT.startLo, true) + view.getUint16(at + EXTENT.startHi, true) * 2 ** 32;
    if (length < 1 || length > constants_EXTENT_MAX_BLOCKS) {
        throw nodeFault(scope, `ee_len of extent ${entry} from 1 to ${constants_EXTENT_MAX_BLOCKS}`, `${length}`);
    }
    if (logical < least || logical + length > scope.end) {
        throw nodeFault(scope, `extent ${entry} within blocks ${least} to ${scope.end - 1} of the file`, `${length} from block ${logical}`);
    }
    if (physical < 1 || physical + length > scope.volume.superblock.blocks) {
        throw nodeFault(scope, `extent ${entry} within blocks 1 to ${scope.volume.superblock.blocks - 1}`, `${length} from block ${physical}`);
    }
    return { logical, physical, length };
}
function indexStart(node, entry) {
    return node.view.getUint32(EXTENT_HEADER.size + entry * EXTENT_INDEX.size + EXTENT_INDEX.block, true);
}
function nodeFault(scope, expected, found) {
    return new Ext4FormatError({
        structure: 'extent node',
        place: `${scope.place}, inode ${scope.inode.number}`,
        expected,
        found,
    });
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/resize-inode.js
/**
 * Checks the resize inode: a map from the blocks that are reserved after the descriptor table to their copies. e2fsck
 * checks a quarter of it, the kernel all of it when it grows the filesystem.
 *
 * Source: `lib/ext2fs/res_gdt.c` of e2fsprogs, `verify_reserved_gdb` in the kernel's `fs/ext4/resize.c`.
 */





const WORDS = BLOCK_SIZE / 4;
/** The size of a file with all direct, indirect and double-indirect blocks. */
const SIZE = (WORDS * WORDS + WORDS + 12) * BLOCK_SIZE;
/** Checks the fields of the resize inode, its map, and every reserved block, word by word. */
function auditResizeInode(reader, findings) {
    const { descriptorBlocks, reservedDescriptorBlocks: reserved } = reader.superblock;
    const backups = backupGroups(reader.superblock);
    const inode = reader.inode(constants_INODE.resize);
    auditFields(inode, reserved * (1 + backups.length), findings);
    const firstReserved = 1 + descriptorBlocks;
    const map = new Uint32Array(WORDS);
    for (let k = 0; k < reserved; k++) {
        map[(descriptorBlocks + k) % WORDS] = firstReserved + k;
    }
    expectWords(reader, doubleIndirectBlock(reader, inode), map, findings);
    for (let k = 0; k < reserved; k++) {
        const copies = new Uint32Array(WORDS);
        for (const [i, group] of backups.entries()) {
            copies[i] = group * constants_BLOCKS_PER_GROUP + firstReserved + k;
        }
        expectWords(reader, firstReserved + k, copies, findings);
    }
}
/** The block that the resize inode owns besides the reserved blocks. Throws an error if it is outside the filesystem. */
function doubleIndirectBlock(reader, inode) {
    const block = Buffer.from(inode.block).readUInt32LE(DOUBLE_INDIRECT_WORD * 4);
    if (block >= 1 && block < reader.superblock.blocks) {
        return block;
    }
    throw new Ext4FormatError({
        structure: 'resize inode',
        place: `inode ${inode.number}`,
        expected: `a double-indirect block from 1 to ${reader.superblock.blocks - 1}`,
        found: `${block}`,
    });
}
function auditFields(inode, indirectBlocks, findings) {
    const expect = (field, expected, found) => {
        if (found !== expected) {
            findings.report('resize-inode', `${field}: expected ${expected}, found ${found}`);
        }
    };
    expect('i_mode', constants_MODE.regular | 0o600, inode.mode);
    expect('i_links_count', 1, inode.links);
    expect('i_flags', 0, inode.flags);
    expect('i_size', SIZE, inode.size);
    expect('i_blocks', SECTORS_PER_BLOCK * (1 + indirectBlocks), inode.sectors);
    const words = Buffer.from(inode.block);
    for (let word = 0; word < 15; word++) {
        if (word !== DOUBLE_INDIRECT_WORD) {
            expect(`i_block[${word}]`, 0, words.readUInt32LE(word * 4));
        }
    }
}
/** Compares the words of a block. */
function expectWords(reader, block, words, findings) {
    const expected = Buffer.alloc(BLOCK_SIZE);
    for (const [i, word] of words.entries()) {
        expected.writeUInt32LE(word, i * 4);
    }
    const found = Buffer.alloc(BLOCK_SIZE);
    reader.read(found, block * BLOCK_SIZE);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('resize-inode', `block ${block}: ${different}`);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/inode-blocks.js





/**
 * Claims all blocks of an inode, including those of its extent tree. Stops at the first block that has an owner already,
 * which bounds the work by the size of the filesystem. Returns whether no block had another owner.
 */
function claimInodeBlocks(reader, inode, owned, findings) {
    const { number, sectors } = inode;
    const { taken, blocks } = claimBlocks(reader, inode, owned, findings);
    if (taken !== undefined) {
        findings.report('ownership', `block ${taken} of inode ${number}: expected one owner, found another`);
        return false;
    }
    // The resize inode also counts the reserved descriptor blocks, which belong to the groups.
    if (number !== constants_INODE.resize && sectors !== blocks * SECTORS_PER_BLOCK) {
        findings.report('inode', `inode ${number}: expected i_blocks ${blocks * SECTORS_PER_BLOCK}, found ${sectors}`);
    }
    return true;
}
function claimBlocks(reader, inode, owned, findings) {
    if (inode.number === constants_INODE.resize) {
        return { taken: owned.claim(doubleIndirectBlock(reader, inode), 1), blocks: 1 };
    }
    if ((inode.flags & INODE_FLAG.extents) === 0) {
        return { taken: undefined, blocks: 0 };
    }
    auditUnusedEntries(inode.block, inode, undefined, findings);
    let taken;
    let blocks = 0;
    const onNode = (block, bytes) => {
        blocks++;
        const owner = owned.claim(block, 1);
        taken ??= owner;
        auditUnusedEntries(bytes.subarray(0, EXTENT_TAIL_OFFSET), inode, block, findings);
    };
    for (const { physical, length } of walkExtents(reader, inode, { onNode })) {
        if (taken === undefined) {
            blocks += length;
            taken = owned.claim(physical, length);
        }
        if (taken !== undefined) {
            break;
        }
    }
    return { taken, blocks };
}
/** Checks that the space for further entries of an extent node is zero; `block` is `undefined` for the root. */
function auditUnusedEntries(node, inode, block, findings) {
    const view = new DataView(node.buffer, node.byteOffset, node.byteLength);
    const entries = Math.min(view.getUint16(EXTENT_HEADER.entries, true), constants_BLOCK_EXTENTS);
    const end = EXTENT_HEADER.size + entries * EXTENT.size;
    const used = nonZero(node.subarray(end), end);
    if (used !== undefined) {
        const place = block === undefined ? `inode ${inode.number}` : `block ${block} of inode ${inode.number}`;
        findings.report('extent-tree', `space after the last entry of ${place}: ${used}`);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/directory-block.js
/**
 * Decodes the blocks of a directory that hold entries.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`.
 */




const LEAF_END = BLOCK_SIZE - DIRECTORY_TAIL.size;
const KINDS = new Map([
    [FILE_TYPE.regular, 'file'],
    [FILE_TYPE.directory, 'directory'],
    [FILE_TYPE.symlink, 'symlink'],
]);
/** Decodes a leaf. '.' and '..' must be the first entries of block 0, and are left out. */
function decodeLeaf(block) {
    const { bytes, seed } = block;
    const tail = bytes.subarray(LEAF_END);
    if (tail.readUInt32LE(DIRECTORY_ENTRY.inode) !== 0 || tail.readUInt32LE(DIRECTORY_ENTRY.recLen) !== TAIL_WORD) {
        throw directoryFault(block, `a tail ${format_error_hex(TAIL_WORD)}`, format_error_hex(tail.readUInt32LE(DIRECTORY_ENTRY.recLen)));
    }
    const stored = tail.readUInt32LE(DIRECTORY_TAIL.checksum);
    const computed = crc32c(seed, bytes.subarray(0, LEAF_END));
    if (stored !== computed) {
        throw directoryFault(block, `checksum ${format_error_hex(computed)}`, format_error_hex(stored));
    }
    const entries = [];
    let at = block.index === 0 ? checkDots(block, LEAF_END) : 0;
    while (at < LEAF_END) {
        const length = directory_block_recordLength(block, at, LEAF_END);
        if (bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) !== 0) {
            entries.push(directory_block_decodeEntry(block, at));
        }
        at += length;
    }
    return entries;
}
/** The record length, name length and file type of a tail, as one word. */
const TAIL_WORD = (DIRECTORY_TAIL.size | (FILE_TYPE.checksum << 24)) >>> 0;
/** Checks '.' and '..' at the start of block 0, which must end by `end`. Returns the end of '..'. */
function checkDots(block, end) {
    const dot = entryAt(block, 0);
    if (directory_block_recordLength(block, 0, end) !== MIN_RECORD || dot.name.toString('latin1') !== '.') {
        throw directoryFault(block, `'.' in ${MIN_RECORD} bytes`, format_error_quote(dot.name));
    }
    if (dot.inode !== block.directory || dot.type !== FILE_TYPE.directory) {
        throw directoryFault(block, `'.' to be inode ${block.directory} of type ${FILE_TYPE.directory}`, `inode ${dot.inode} of type ${dot.type}`);
    }
    const dotDot = entryAt(block, MIN_RECORD);
    if (dotDot.name.toString('latin1') !== '..' || dotDot.type !== FILE_TYPE.directory) {
        throw directoryFault(block, `'..' of type ${FILE_TYPE.directory}`, `${format_error_quote(dotDot.name)} of type ${dotDot.type}`);
    }
    checkInode(block, dotDot.inode);
    return MIN_RECORD + directory_block_recordLength(block, MIN_RECORD, end);
}
function directory_block_decodeEntry(block, at) {
    const { name, inode, type } = entryAt(block, at);
    checkInode(block, inode);
    if (name.length === 0 || name.includes(0) || name.includes(0x2f)) {
        throw directoryFault(block, "a name without '/' and NUL", format_error_quote(name));
    }
    const isDots = name[0] === 0x2e && (name.length === 1 || (name.length === 2 && name[1] === 0x2e));
    if (isDots) {
        throw directoryFault(block, "'.' and '..' only at the start", `${format_error_quote(name)} at byte ${at}`);
    }
    const kind = KINDS.get(type);
    if (kind === undefined) {
        throw directoryFault(block, 'the type of a file, directory or symlink', `type ${type} for ${format_error_quote(name)}`);
    }
    return { name, inode, type: kind };
}
function entryAt(block, at) {
    const { bytes } = block;
    const nameStart = at + DIRECTORY_ENTRY.name;
    return {
        name: bytes.subarray(nameStart, nameStart + bytes[at + DIRECTORY_ENTRY.nameLen]),
        inode: bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode),
        type: bytes[at + DIRECTORY_ENTRY.fileType],
    };
}
/** The length of the record at `at`, which must contain its name and end by `end`. */
function directory_block_recordLength(block, at, end) {
    const { bytes } = block;
    const length = bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen);
    const least = DIRECTORY_ENTRY.name + bytes[at + DIRECTORY_ENTRY.nameLen];
    if (length % 4 > 0 || length < Math.max(least, MIN_RECORD) || at + length > end) {
        throw directoryFault(block, `a record of ${least} to ${end - at} bytes at byte ${at}`, `${length}`);
    }
    return length;
}
const MIN_RECORD = 12;
function checkInode(block, inode) {
    if (inode === constants_INODE.root || (inode >= constants_INODE.firstFree && inode <= block.inodes)) {
        return;
    }
    throw directoryFault(block, `inode ${constants_INODE.root} or ${constants_INODE.firstFree} to ${block.inodes}`, `${inode}`);
}
/** Creates the error for a block of a directory. */
function directoryFault(block, expected, found) {
    const place = `block ${block.index} of inode ${block.directory}`;
    return new Ext4FormatError({ structure: 'directory', place, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/directory-index.js
/**
 * Decodes the index of a directory: the root, which is block 0, and the inner blocks below it.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`, and `fs/ext4/namei.c` for `dx_node` and the bytes that
 * checksums cover, where the document is wrong.
 */





/** `dx_root_info`: a reserved word before the hash version, and flags after the levels. */
const DX_INFO = { reserved: 0x18, unusedFlags: 0x1f, length: 8 };
/** Decodes the root of an index, which is block 0 of the directory. */
function decodeIndexRoot(block) {
    const dotsEnd = checkDots(block, BLOCK_SIZE);
    if (dotsEnd !== BLOCK_SIZE) {
        throw directoryFault(block, `'..' to end at byte ${BLOCK_SIZE}`, `its end at byte ${dotsEnd}`);
    }
    const { bytes } = block;
    const version = bytes[DX_ROOT.hashVersion];
    const indirectLevels = bytes[DX_ROOT.indirectLevels];
    if (version !== HASH_HALF_MD4) {
        throw directoryFault(block, `hash version ${HASH_HALF_MD4}`, `${version}`);
    }
    if (bytes[DX_ROOT.infoLength] !== DX_INFO.length) {
        throw directoryFault(block, `${DX_INFO.length} bytes of index information`, `${bytes[DX_ROOT.infoLength]}`);
    }
    if (bytes[DX_INFO.unusedFlags] !== 0) {
        throw directoryFault(block, 'unused_flags 0x0', format_error_hex(bytes[DX_INFO.unusedFlags]));
    }
    const reserved = bytes.readUInt32LE(DX_INFO.reserved);
    if (reserved !== 0) {
        throw directoryFault(block, 'reserved_zero 0x0', format_error_hex(reserved));
    }
    if (indirectLevels > 1) {
        throw directoryFault(block, 'an index of at most 2 levels', `${indirectLevels + 1}`);
    }
    return { ...decodeIndex(block, DX_ROOT.countLimit, DX_LIMIT.root), indirectLevels };
}
/** Whether a block is an inner block of an index: its one unused entry spans the block, so that it has no tail. */
function isInnerIndexBlock(bytes) {
    return bytes.readUInt32LE(DIRECTORY_ENTRY.inode) === 0 && bytes.readUInt16LE(DIRECTORY_ENTRY.recLen) === BLOCK_SIZE;
}
/** Decodes an inner block of an index. */
function decodeInnerIndexBlock(block) {
    return { ...decodeIndex(block, DX_NODE.countLimit, DX_LIMIT.node), indirectLevels: 0 };
}
function decodeIndex(block, start, capacity) {
    const { bytes, seed } = block;
    const limit = bytes.readUInt16LE(start + DX_ENTRY.limit);
    const count = bytes.readUInt16LE(start + DX_ENTRY.count);
    if (limit !== capacity) {
        throw directoryFault(block, `a limit of ${capacity} index entries`, `${limit}`);
    }
    if (count < 1 || count > limit) {
        throw directoryFault(block, `1 to ${limit} index entries`, `${count}`);
    }
    const unusedStart = start + count * DX_ENTRY.size;
    const unusedEnd = start + limit * DX_ENTRY.size;
    const stored = bytes.readUInt32LE(unusedEnd + DX_TAIL.checksum);
    // The checksum covers the entries in use and the tail, with zero in place of the checksum.
    const entries = crc32c(seed, bytes.subarray(0, unusedStart));
    const reserved = crc32c(entries, bytes.subarray(unusedEnd, unusedEnd + DX_TAIL.checksum));
    const computed = crc32c(reserved, FOUR_ZEROS);
    if (stored !== computed) {
        throw directoryFault(block, `checksum ${format_error_hex(computed)}`, format_error_hex(stored));
    }
    return { count, unusedStart, unusedEnd };
}
const FOUR_ZEROS = new Uint8Array(4);

;// CONCATENATED MODULE: ./build/ext4/read/directory.js






/** Yields the entries of a directory except '.' and '..', in the order of its blocks, each of which is verified. */
function* directory_readDirectory(volume, inode) {
    for (const part of directoryParts(volume, inode)) {
        if (part.role === 'leaf') {
            yield* decodeLeaf(part.block);
        }
    }
}
/**
 * Yields the blocks of a directory in order, without decoding the leaves. The index of an indexed directory is verified, but
 * not used to find the leaves; the numbers of inner blocks and leaves must be those of the index.
 */
function* directoryParts(volume, inode) {
    const indexed = (inode.flags & INODE_FLAG.index) !== 0;
    const counted = { inner: 0, leaves: 0 };
    const found = { inner: 0, leaves: 0 };
    for (const block of directoryBlocks(volume, inode)) {
        const root = indexed && block.index === 0;
        if (root || (indexed && isInnerIndexBlock(block.bytes))) {
            const index = root ? decodeIndexRoot(block) : decodeInnerIndexBlock(block);
            if (!root) {
                found.inner++;
            }
            if (index.indirectLevels > 0) {
                counted.inner += index.count;
            }
            else {
                counted.leaves += index.count;
            }
            yield { role: 'index', block, index };
        }
        else {
            found.leaves++;
            yield { role: 'leaf', block };
        }
    }
    if (indexed && (found.inner !== counted.inner || found.leaves !== counted.leaves)) {
        throw fault(inode, `${counted.inner} inner blocks and ${counted.leaves} leaves, as in its index`, `${found.inner} and ${found.leaves}`);
    }
}
/** Number of blocks to read at once. */
const READ_BLOCKS = 16;
/** Yields the blocks of a directory in order, without verifying them. Throws an error if the directory has holes. */
function* directoryBlocks(volume, inode) {
    const { number, generation, size, kind } = inode;
    if (kind !== 'directory') {
        throw fault(inode, 'a directory', kind);
    }
    if (size === 0 || size % BLOCK_SIZE > 0) {
        throw fault(inode, `a size that is a multiple of ${BLOCK_SIZE} bytes, not 0`, `${size} bytes`);
    }
    const { checksumSeed, inodes } = volume.superblock;
    const seed = inodeSeed(checksumSeed, number, generation);
    let index = 0;
    for (const { logical, physical, length } of walkExtents(volume, inode)) {
        if (logical !== index) {
            throw fault(inode, `block ${index}`, `a hole up to block ${logical}`);
        }
        for (let done = 0; done < length; done += READ_BLOCKS) {
            const bytes = Buffer.allocUnsafeSlow(Math.min(READ_BLOCKS, length - done) * BLOCK_SIZE);
            volume.read(bytes, (physical + done) * BLOCK_SIZE);
            for (let at = 0; at < bytes.length; at += BLOCK_SIZE) {
                yield { bytes: bytes.subarray(at, at + BLOCK_SIZE), directory: number, index, seed, inodes };
                index++;
            }
        }
    }
    if (index !== size / BLOCK_SIZE) {
        throw fault(inode, `${size / BLOCK_SIZE} blocks`, `${index}`);
    }
}
function fault(inode, expected, found) {
    return new Ext4FormatError({ structure: 'directory', place: `inode ${inode.number}`, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/symlink.js



/** Reads the target of a symlink: 1 to 4095 bytes without NUL. */
function readSymlink(volume, inode) {
    const { kind, size, flags } = inode;
    if (kind !== 'symlink') {
        throw symlink_fault(inode, 'a symlink', kind);
    }
    if (size < 1 || size > SYMLINK_MAX) {
        throw symlink_fault(inode, `a target of 1 to ${SYMLINK_MAX} bytes`, `${size}`);
    }
    const isFast = size < FAST_SYMLINK_LIMIT;
    if (isFast && (flags & INODE_FLAG.extents) !== 0) {
        throw symlink_fault(inode, `a target of ${size} bytes in the inode`, 'an extent tree');
    }
    const target = (isFast ? Buffer.from(inode.block) : readSymlinkBlock(volume, inode)).subarray(0, size);
    const end = target.indexOf(0);
    if (end >= 0) {
        throw symlink_fault(inode, `a target of ${size} bytes without NUL`, `a NUL at byte ${end}`);
    }
    return target;
}
/** Reads the block with the target of a symlink of 60 bytes or more. */
function readSymlinkBlock(volume, inode) {
    const [extent] = walkExtents(volume, inode);
    if (extent === undefined) {
        throw symlink_fault(inode, 'a block with the target', 'none');
    }
    const block = Buffer.alloc(BLOCK_SIZE);
    volume.read(block, extent.physical * BLOCK_SIZE);
    return block;
}
function symlink_fault(inode, expected, found) {
    return new Ext4FormatError({ structure: 'symlink', place: `inode ${inode.number}`, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/tails.js






/** Checks the bytes between the end of a file and the end of its last block. */
function auditFileTail(reader, inode, findings) {
    if (!reader.file(inode).tailIsZero()) {
        findings.report('tail', `inode ${inode.number}: expected zeros after the end of the file, found other bytes`);
    }
}
/** Checks that a symlink can be read, and that the bytes after its target are zero. */
function auditSymlink(reader, inode, findings) {
    const target = reader.symlink(inode);
    const isFast = inode.size < FAST_SYMLINK_LIMIT;
    const stored = isFast ? inode.block : readSymlinkBlock(reader, inode);
    const used = nonZero(stored.subarray(target.length), target.length);
    if (used !== undefined) {
        findings.report('tail', `bytes after the target of symlink ${inode.number}: ${used}`);
    }
}
/**
 * Checks every block of a directory, and what neither checksums nor readers cover: the space for further index entries,
 * and the names of unused entries (U-Boot considers an entry used if its name has a length).
 */
function auditDirectory(reader, inode, findings) {
    for (const part of directoryParts(reader, inode)) {
        if (part.role === 'leaf') {
            auditLeaf(part.block, findings);
            continue;
        }
        const { unusedStart, unusedEnd } = part.index;
        const used = nonZero(part.block.bytes.subarray(unusedStart, unusedEnd), unusedStart);
        if (used !== undefined) {
            findings.report('directory', `space after the last index entry of ${placeOf(part.block)}: ${used}`);
        }
    }
}
function auditLeaf(block, findings) {
    decodeLeaf(block);
    const { bytes } = block;
    const end = bytes.length - DIRECTORY_TAIL.size;
    for (let at = 0; at < end; at += bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen)) {
        const nameLength = bytes[at + DIRECTORY_ENTRY.nameLen];
        if (bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) === 0 && nameLength !== 0) {
            const fault = `expected no name in the unused entry at byte ${at}, found one of ${nameLength} bytes`;
            findings.report('directory', `${placeOf(block)}: ${fault}`);
        }
    }
}
function placeOf({ index, directory }) {
    return `block ${index} of directory ${directory}`;
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/inodes.js







/** Checks the inode bitmap and the inode table of a group: the inodes in use, and that all others are zero. */
function auditInodes(audit, group) {
    const { reader, findings } = audit;
    const { inodesPerGroup } = reader.superblock;
    const bitmap = auditInodeBitmap(reader, group, findings);
    const first = group * inodesPerGroup + 1;
    let directories = 0;
    let lastUsed = -1;
    for (let index = 0; index < inodesPerGroup; index++) {
        const number = first + index;
        if (((bitmap[index >> 3] >> (index & 7)) & 1) === 0) {
            auditUnused(reader, number, findings);
            continue;
        }
        lastUsed = index;
        if (isReserved(number)) {
            auditReserved(reader, number, findings);
        }
        else if (auditInode(audit, number) === 'directory') {
            directories++;
        }
    }
    const { unusedInodes, usedDirectories } = reader.groups;
    const unused = inodesPerGroup - 1 - lastUsed;
    if (unusedInodes[group] > unused) {
        findings.report('group', `group ${group}: expected bg_itable_unused of at most ${unused}, found ${unusedInodes[group]}`);
    }
    if (usedDirectories[group] !== directories) {
        findings.report('count', `group ${group}: expected bg_used_dirs_count ${directories}, found ${usedDirectories[group]}`);
    }
}
function auditUnused(reader, number, findings) {
    const raw = reader.rawInode(number);
    if (!isZero(raw)) {
        findings.report('unused-inode', `inode ${number}: ${nonZero(raw, 0)}`);
    }
}
/** Checks an inode in use. Returns its kind, `none` if it cannot be decoded. */
function auditInode(audit, number) {
    let kind = 'none';
    audit.findings.attempt('inode', () => {
        const inode = audit.reader.inode(number);
        kind = inode.kind;
        inodes_auditFields(audit, inode);
        auditBlocks(audit, inode);
    });
    return kind;
}
function inodes_auditFields({ reader, findings }, { number, kind, links }) {
    if (kind === 'none') {
        findings.report('inode', `inode ${number}: expected a file, since it is marked as used, found none`);
        return;
    }
    const raw = reader.rawInode(number);
    const deleted = Buffer.from(raw.buffer, raw.byteOffset).readUInt32LE(INODE_FIELD.dtime);
    if (links === 0) {
        findings.report('inode', `inode ${number}: expected i_links_count of at least 1, found 0`);
    }
    if (deleted !== 0) {
        findings.report('inode', `inode ${number}: expected i_dtime 0, found ${deleted}`);
    }
    const end = GOOD_OLD_SIZE + EXTRA_ISIZE;
    const used = nonZero(raw.subarray(end, INODE_SIZE), end);
    if (used !== undefined) {
        findings.report('inode', `bytes after the fields of inode ${number}: ${used}`);
    }
}
/** `EXT2_GOOD_OLD_INODE_SIZE`: the offset of the extra fields. */
const GOOD_OLD_SIZE = 128;
function auditBlocks({ reader, owned, fileTails, findings }, inode) {
    const { number, kind, size } = inode;
    if (kind === 'none' || !claimInodeBlocks(reader, inode, owned, findings) || number === constants_INODE.resize) {
        return;
    }
    if (kind === 'symlink') {
        auditSymlink(reader, inode, findings);
    }
    else if (kind === 'directory') {
        auditDirectory(reader, inode, findings);
    }
    else if (fileTails && size > 0) {
        auditFileTail(reader, inode, findings);
    }
}
function isReserved(number) {
    return number < constants_INODE.firstFree && number !== constants_INODE.root && number !== constants_INODE.resize && number !== constants_INODE.journal;
}
/** Checks that a reserved inode, which no image of this project uses, has nothing except its checksum. */
function auditReserved(reader, number, findings) {
    findings.attempt('reserved-inode', () => {
        reader.inode(number);
        const raw = Buffer.from(reader.rawInode(number));
        raw.fill(0, INODE_FIELD.checksumLo, INODE_FIELD.checksumLo + 2);
        raw.fill(0, INODE_FIELD.checksumHi, INODE_FIELD.checksumHi + 2);
        raw.fill(0, INODE_FIELD.extraIsize, INODE_FIELD.extraIsize + 2);
        const used = nonZero(raw, 0);
        if (used !== undefined) {
            findings.report('reserved-inode', `inode ${number}: ${used}`);
        }
    });
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/journal.js
/**
 * Checks that the journal has never been used: a version 2 superblock without features, then zeros.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, `lib/ext2fs/mkjournal.c` of e2fsprogs.
 */



/** Checks the journal inode, the journal superblock, and that the rest of the journal is zero. */
function auditJournal(reader, findings) {
    const inode = reader.inode(constants_INODE.journal);
    const blocks = inode.size / BLOCK_SIZE;
    const fields = [
        ['i_mode', constants_MODE.regular | 0o600, inode.mode],
        ['i_links_count', 1, inode.links],
        ['i_flags', INODE_FLAG.extents, inode.flags],
    ];
    for (const [field, expected, found] of fields) {
        if (found !== expected) {
            findings.report('journal', `${field}: expected ${expected}, found ${found}`);
        }
    }
    // This also bounds the reads below, whatever the extents are.
    if (blocks > reader.superblock.blocks) {
        findings.report('journal', `expected at most ${reader.superblock.blocks} blocks, those of the filesystem, found ${blocks}`);
        return;
    }
    let mapped = 0;
    for (const { logical, physical, length } of reader.extents(inode)) {
        const first = logical === 0 ? 1 : 0;
        if (first === 1) {
            auditJournalSuperblock(reader, physical, blocks, findings);
        }
        const rest = { offset: (physical + first) * BLOCK_SIZE, length: (length - first) * BLOCK_SIZE };
        const used = nonZeroInVolume(reader, rest);
        if (used !== undefined) {
            findings.report('journal', `after its superblock: ${used}`);
        }
        mapped += length;
    }
    if (mapped !== blocks) {
        findings.report('journal', `expected ${blocks} blocks without a hole, found ${mapped}`);
    }
}
function auditJournalSuperblock(reader, block, blocks, findings) {
    const expected = Buffer.alloc(BLOCK_SIZE);
    expected.writeUInt32BE(JOURNAL_MAGIC, JOURNAL_SUPERBLOCK.magic);
    expected.writeUInt32BE(JOURNAL_SUPERBLOCK_V2, JOURNAL_SUPERBLOCK.blockType);
    expected.writeUInt32BE(BLOCK_SIZE, JOURNAL_SUPERBLOCK.blockSize);
    expected.writeUInt32BE(Math.floor(blocks) % 2 ** 32, JOURNAL_SUPERBLOCK.maxLen);
    expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.first);
    expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.sequence);
    expected.set(reader.superblock.uuid, JOURNAL_SUPERBLOCK.uuid);
    expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.nrUsers);
    const found = Buffer.alloc(BLOCK_SIZE);
    reader.read(found, block * BLOCK_SIZE);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('journal', `superblock in block ${block}: ${different}`);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/superblock.js





/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const JOURNAL_DEVICE = 0xe4;
const LAST_ORPHAN = 0xe8;
/** `EXT3_JNL_BACKUP_BLOCKS`: `s_jnl_blocks` is a copy of `i_block` and the size of the journal inode. */
const BACKUP_OF_BLOCKS = 1;
/** Checks the fields of the superblock that e2fsck trusts, and the bytes around it and the group descriptors. */
function auditSuperblock(reader, findings) {
    const { bytes, groups, descriptorBlocks, overheadBlocks } = reader.superblock;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const flags = view.getUint32(SUPERBLOCK.flags, true);
    if (flags !== FLAG_SIGNED_HASH) {
        findings.report('superblock', `s_flags: expected ${format_error_hex(FLAG_SIGNED_HASH)} (signed hash), found ${format_error_hex(flags)}`);
    }
    const overhead = expectedOverhead(reader);
    if (overheadBlocks !== overhead) {
        findings.report('superblock', `s_overhead_clusters: expected ${overhead}, found ${overheadBlocks}`);
    }
    auditJournalFields(reader, view, findings);
    const superblockEnd = PRIMARY_SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE;
    const descriptorEnd = BLOCK_SIZE + groups * DESCRIPTOR_SIZE;
    const tableEnd = (1 + descriptorBlocks) * BLOCK_SIZE;
    const padding = [
        ['before the superblock', { offset: 0, length: PRIMARY_SUPERBLOCK_OFFSET }],
        ['after the superblock', { offset: superblockEnd, length: BLOCK_SIZE - superblockEnd }],
        ['after the last group descriptor', { offset: descriptorEnd, length: tableEnd - descriptorEnd }],
    ];
    for (const [place, range] of padding) {
        const used = nonZeroInVolume(reader, range);
        if (used !== undefined) {
            findings.report('padding', `${place}: ${used}`);
        }
    }
    for (let group = 0; group < groups; group++) {
        const found = reader.groups.flags[group];
        if (found !== GROUP_FLAG.inodeZeroed) {
            findings.report('group', `group ${group}: expected bg_flags ${format_error_hex(GROUP_FLAG.inodeZeroed)} (INODE_ZEROED), found ${format_error_hex(found)}`);
        }
    }
}
/** Blocks of superblocks, descriptors, bitmaps, inode tables and the journal, as the kernel computes them on mount. */
function expectedOverhead(reader) {
    const { groups, inodeTableBlocks, journalInode } = reader.superblock;
    let blocks = Math.ceil(reader.inode(journalInode).size / BLOCK_SIZE);
    for (let group = 0; group < groups; group++) {
        blocks += 2 + inodeTableBlocks;
        if (hasSuperblock(group)) {
            blocks += superblockRun(reader.superblock);
        }
    }
    return blocks;
}
function auditJournalFields(reader, view, findings) {
    const { bytes } = reader.superblock;
    const journalUuid = nonZero(bytes.subarray(SUPERBLOCK.journalUuid, SUPERBLOCK.journalUuid + 16), 0);
    if (journalUuid !== undefined) {
        findings.report('superblock', `s_journal_uuid: ${journalUuid}`);
    }
    const fields = [
        ['s_journal_dev', 0, view.getUint32(JOURNAL_DEVICE, true)],
        ['s_last_orphan', 0, view.getUint32(LAST_ORPHAN, true)],
        ['s_jnl_backup_type', BACKUP_OF_BLOCKS, view.getUint8(SUPERBLOCK.jnlBackupType)],
    ];
    for (const [field, expected, found] of fields) {
        if (found !== expected) {
            findings.report('superblock', `${field}: expected ${expected}, found ${found}`);
        }
    }
    const journal = reader.inode(constants_INODE.journal);
    const expected = Buffer.alloc(17 * 4);
    expected.set(journal.block);
    expected.writeUInt32LE(Math.floor(journal.size / 2 ** 32), 15 * 4);
    expected.writeUInt32LE(journal.size % 2 ** 32, 16 * 4);
    const found = bytes.subarray(SUPERBLOCK.jnlBlocks, SUPERBLOCK.jnlBlocks + expected.length);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('superblock', `s_jnl_blocks: ${different}`);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/audit/audit.js










/**
 * Checks everything that e2fsck does not: backups, the resize inode, the journal, counts, padding, that every used block has
 * exactly one owner, and that every free block is zero. Together with e2fsck and a comparison of all contents, this covers
 * every bit of an image. Reads no contents of files. Needs memory of one bit for each block.
 *
 * Returns the faults; there are none in an image that this project wrote.
 */
function auditExt4(reader, options = {}) {
    const findings = collectFindings();
    const { blocks, groups } = reader.superblock;
    findings.attempt('superblock', () => auditSuperblock(reader, findings));
    findings.attempt('superblock-copy', () => auditBackups(reader, findings));
    findings.attempt('resize-inode', () => auditResizeInode(reader, findings));
    findings.attempt('journal', () => auditJournal(reader, findings));
    auditCounts(reader, findings);
    const owned = createBlockSet(blocks);
    claimMetadata(reader, owned, findings);
    const inodes = { reader, owned, fileTails: options.fileTails ?? true, findings };
    for (let group = 0; group < groups; group++) {
        auditInodes(inodes, group);
    }
    for (let group = 0; group < groups; group++) {
        auditBlockBitmap(reader, group, owned, findings);
    }
    return findings.list();
}
/** Claims the blocks of superblocks, descriptors, bitmaps and inode tables. */
function claimMetadata(reader, owned, findings) {
    const { superblock, groups } = reader;
    const claim = (what, start, length) => {
        const block = owned.claim(start, Math.min(length, superblock.blocks - start));
        if (block !== undefined) {
            findings.report('ownership', `block ${block} of the ${what}: expected one owner, found another`);
        }
    };
    for (let group = 0; group < superblock.groups; group++) {
        if (hasSuperblock(group)) {
            claim(`superblock of group ${group}`, group * constants_BLOCKS_PER_GROUP, superblockRun(superblock));
        }
    }
    for (let group = 0; group < superblock.groups; group++) {
        claim(`block bitmap of group ${group}`, groups.blockBitmap[group], 1);
        claim(`inode bitmap of group ${group}`, groups.inodeBitmap[group], 1);
        claim(`inode table of group ${group}`, groups.inodeTable[group], superblock.inodeTableBlocks);
    }
}

;// CONCATENATED MODULE: ./build/ext4/read/file.js





/**
 * Opens a regular file. Each extent is read with one call, directly into the target; sequential reads do not search the
 * extent tree again.
 */
function file_openFile(volume, inode) {
    if (inode.kind !== 'file') {
        throw new Ext4FormatError({
            structure: 'inode',
            place: `inode ${inode.number}`,
            expected: 'a regular file',
            found: inode.kind,
        });
    }
    const { size } = inode;
    const paddedSize = Math.ceil(size / BLOCK_SIZE) * BLOCK_SIZE;
    const find = extentFinder(volume, inode);
    const read = (position, target) => {
        checkBounds({ offset: position, length: target.length }, paddedSize, 'a file');
        let done = 0;
        while (done < target.length) {
            const at = position + done;
            const extent = find(Math.floor(at / BLOCK_SIZE));
            const start = extent === undefined ? paddedSize : extent.logical * BLOCK_SIZE;
            if (extent === undefined || at < start) {
                const hole = target.subarray(done, done + start - at);
                hole.fill(0);
                done += hole.length;
            }
            else {
                const piece = target.subarray(done, done + start + extent.length * BLOCK_SIZE - at);
                volume.read(piece, extent.physical * BLOCK_SIZE + at - start);
                done += piece.length;
            }
        }
    };
    return {
        size,
        paddedSize,
        read,
        tailIsZero() {
            const bytes = tail.subarray(0, paddedSize - size);
            read(size, bytes);
            return isZero(bytes);
        },
    };
}
/** Shared by all files, because a buffer for each would be most of the memory of a walk. */
const tail = new Uint8Array(BLOCK_SIZE);
/** Returns a function that finds the extent of a block of the file, or the first extent after it. */
function extentFinder(volume, inode) {
    let walk = walkExtents(volume, inode);
    // `current` is the result for the blocks from `start` to the end of the extent.
    let start = 0;
    let current = walk.next().value ?? undefined;
    const end = () => (current === undefined ? Number.POSITIVE_INFINITY : current.logical + current.length);
    return (block) => {
        if (block === end()) {
            start = block;
            current = walk.next().value ?? undefined;
        }
        if (block < start || block >= end()) {
            walk = walkExtents(volume, inode, { from: block });
            start = block;
            current = walk.next().value ?? undefined;
        }
        return current;
    };
}

;// CONCATENATED MODULE: ./build/ext4/read/inode.js
/**
 * Decodes an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/inodes.rst`, struct `ext4_inode`.
 */





/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const FILE_ACL = { lo: 0x68, hi: 0x76 };
const KNOWN_FLAGS = INODE_FLAG.index | INODE_FLAG.extents;
/** 16 TiB: block numbers within a file have 32 bits. */
const MAX_SIZE = 2 ** 44;
/**
 * Decodes the 256 bytes of inode `number` and verifies its checksum. An inode of zeros has never been used. Throws an
 * `Ext4FormatError` for anything that this project does not write: devices, extended attributes, inline data, other flags.
 */
function decodeInode(raw, number, filesystemSeed) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const mode = view.getUint16(INODE_FIELD.mode, true);
    const generation = view.getUint32(INODE_FIELD.generation, true);
    if (mode !== 0 || !isZero(raw)) {
        verify(raw, view, number, inodeSeed(filesystemSeed, number, generation));
    }
    const inode = {
        number,
        kind: inode_kindOf(mode, number),
        mode,
        uid: view.getUint16(INODE_FIELD.uidLo, true) + view.getUint16(INODE_FIELD.uidHi, true) * 0x10000,
        gid: view.getUint16(INODE_FIELD.gidLo, true) + view.getUint16(INODE_FIELD.gidHi, true) * 0x10000,
        size: view.getUint32(INODE_FIELD.sizeLo, true) + view.getUint32(INODE_FIELD.sizeHi, true) * 2 ** 32,
        links: view.getUint16(INODE_FIELD.linksCount, true),
        sectors: view.getUint32(INODE_FIELD.blocksLo, true) + view.getUint16(INODE_FIELD.blocksHi, true) * 2 ** 32,
        flags: view.getUint32(INODE_FIELD.flags, true),
        generation,
        atime: view.getUint32(INODE_FIELD.atime, true),
        ctime: view.getUint32(INODE_FIELD.ctime, true),
        mtime: view.getUint32(INODE_FIELD.mtime, true),
        crtime: view.getUint32(INODE_FIELD.crtime, true),
        block: raw.slice(INODE_FIELD.block, INODE_FIELD.block + 60),
    };
    if (inode.size > MAX_SIZE) {
        throw inode_fault(number, `a size of at most ${MAX_SIZE} bytes`, `${inode.size}`);
    }
    if (inode.kind !== 'none') {
        checkProfile(inode, view);
    }
    return inode;
}
function verify(raw, view, number, seed) {
    const extra = view.getUint16(INODE_FIELD.extraIsize, true);
    const computed = inodeChecksum(seed, raw);
    const low = view.getUint16(INODE_FIELD.checksumLo, true);
    const high = view.getUint16(INODE_FIELD.checksumHi, true);
    // Reserved inodes of mke2fs have no extra fields, and therefore only the lower half of the checksum.
    const expected = extra === 0 ? computed & 0xffff : computed;
    const stored = low + high * 0x10000;
    if (stored !== expected) {
        throw inode_fault(number, `checksum ${format_error_hex(expected)}`, format_error_hex(stored));
    }
}
function checkProfile(inode, view) {
    const { number, flags } = inode;
    const extra = view.getUint16(INODE_FIELD.extraIsize, true);
    if (extra !== EXTRA_ISIZE) {
        throw inode_fault(number, `i_extra_isize ${EXTRA_ISIZE}`, `${extra}`);
    }
    if ((flags & ~KNOWN_FLAGS) !== 0) {
        throw inode_fault(number, `no i_flags except ${format_error_hex(KNOWN_FLAGS)}`, format_error_hex(flags));
    }
    const attributes = view.getUint32(FILE_ACL.lo, true) + view.getUint16(FILE_ACL.hi, true) * 2 ** 32;
    if (attributes !== 0) {
        throw inode_fault(number, 'no extended attributes', `block ${attributes}`);
    }
}
function inode_kindOf(mode, number) {
    if (mode === 0) {
        return 'none';
    }
    const type = mode & constants_MODE.typeMask;
    if (type === constants_MODE.regular) {
        return 'file';
    }
    if (type === constants_MODE.directory) {
        return 'directory';
    }
    if (type === constants_MODE.symlink) {
        return 'symlink';
    }
    throw inode_fault(number, 'a regular file, directory or symlink', `mode 0${mode.toString(8)}`);
}
function inode_fault(number, expected, found) {
    return new Ext4FormatError({ structure: 'inode', place: `inode ${number}`, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/inode-table.js



const PAGE_INODES = 256;
const PAGE_BYTES = PAGE_INODES * INODE_SIZE;
const MAX_PAGES = 32;
/**
 * Opens the inode tables of a filesystem. They are read in pages of 64 KiB, of which 32 are cached: a walk of the tree reads
 * neighbouring inodes, and a system call for each would cost more than everything else.
 */
function openInodeTable(volume) {
    const { inodes, inodesPerGroup, inodeTableBlocks } = volume.superblock;
    const pagesPerGroup = Math.ceil(inodesPerGroup / PAGE_INODES);
    // Pages are reused, because new ones would be most of the memory that a walk allocates.
    const spare = [];
    const load = (key) => {
        const page = spare.pop() ?? new Uint8Array(PAGE_BYTES);
        const group = Math.floor(key / pagesPerGroup);
        const start = (key % pagesPerGroup) * PAGE_BYTES;
        const length = Math.min(PAGE_BYTES, inodeTableBlocks * BLOCK_SIZE - start);
        volume.read(page.subarray(0, length), volume.groups.inodeTable[group] * BLOCK_SIZE + start);
        return page;
    };
    const pages = keepLast(MAX_PAGES, load, (page) => spare.push(page));
    let lastKey = -1;
    let lastPage = new Uint8Array(0);
    return (number) => {
        if (!Number.isInteger(number) || number < 1 || number > inodes) {
            throw new Ext4FormatError({
                structure: 'inode table',
                place: `inode ${number}`,
                expected: `a number from 1 to ${inodes}`,
                found: `${number}`,
            });
        }
        const group = Math.floor((number - 1) / inodesPerGroup);
        const index = (number - 1) % inodesPerGroup;
        const key = group * pagesPerGroup + Math.floor(index / PAGE_INODES);
        if (key !== lastKey) {
            lastPage = pages.get(key);
            lastKey = key;
        }
        const at = (index % PAGE_INODES) * INODE_SIZE;
        return lastPage.subarray(at, at + INODE_SIZE);
    };
}

;// CONCATENATED MODULE: ./build/ext4/read/volume/groups.js
/**
 * Decodes the group descriptor table.
 *
 * Source: Linux `Documentation/filesystems/ext4/group_descr.rst`, struct `ext4_group_desc`.
 */




/** Decodes the descriptors at the start of `bytes`, and checks that their blocks are within the filesystem. */
function decodeGroups(superblock, bytes) {
    const table = groups_createTable(superblock.groups);
    for (let group = 0; group < superblock.groups; group++) {
        const raw = bytes.subarray(group * DESCRIPTOR_SIZE, (group + 1) * DESCRIPTOR_SIZE);
        const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
        checkDescriptor(superblock, group, raw, view);
        const u16 = (low, high) => view.getUint16(low, true) + view.getUint16(high, true) * 0x10000;
        const u32 = (low, high) => view.getUint32(low, true) + view.getUint32(high, true) * 2 ** 32;
        const field = GROUP_DESCRIPTOR;
        table.blockBitmap[group] = u32(field.blockBitmapLo, field.blockBitmapHi);
        table.inodeBitmap[group] = u32(field.inodeBitmapLo, field.inodeBitmapHi);
        table.inodeTable[group] = u32(field.inodeTableLo, field.inodeTableHi);
        table.freeBlocks[group] = u16(field.freeBlocksCountLo, field.freeBlocksCountHi);
        table.freeInodes[group] = u16(field.freeInodesCountLo, field.freeInodesCountHi);
        table.usedDirectories[group] = u16(field.usedDirsCountLo, field.usedDirsCountHi);
        table.unusedInodes[group] = u16(field.itableUnusedLo, field.itableUnusedHi);
        table.flags[group] = view.getUint16(field.flags, true);
        table.blockBitmapChecksum[group] = u16(field.blockBitmapCsumLo, field.blockBitmapCsumHi);
        table.inodeBitmapChecksum[group] = u16(field.inodeBitmapCsumLo, field.inodeBitmapCsumHi);
        checkLocations(superblock, group, table);
    }
    return table;
}
function groups_createTable(groups) {
    return {
        blockBitmap: new Float64Array(groups),
        inodeBitmap: new Float64Array(groups),
        inodeTable: new Float64Array(groups),
        freeBlocks: new Uint32Array(groups),
        freeInodes: new Uint32Array(groups),
        usedDirectories: new Uint32Array(groups),
        unusedInodes: new Uint32Array(groups),
        flags: new Uint16Array(groups),
        blockBitmapChecksum: new Uint32Array(groups),
        inodeBitmapChecksum: new Uint32Array(groups),
    };
}
function checkDescriptor(superblock, group, raw, view) {
    const stored = view.getUint16(GROUP_DESCRIPTOR.checksum, true);
    const computed = descriptorChecksum(superblock.checksumSeed, group, raw);
    if (stored !== computed) {
        throw groups_fault(group, `bg_checksum ${format_error_hex(computed)}`, format_error_hex(stored));
    }
}
function checkLocations({ blocks, inodeTableBlocks }, group, table) {
    const locations = [
        ['block bitmap', table.blockBitmap[group], 1],
        ['inode bitmap', table.inodeBitmap[group], 1],
        ['inode table', table.inodeTable[group], inodeTableBlocks],
    ];
    for (const [what, start, length] of locations) {
        if (start < 1 || start + length > blocks) {
            throw groups_fault(group, `${what} within blocks 1 to ${blocks - 1}`, `${length} from block ${start}`);
        }
    }
}
function groups_fault(group, expected, found) {
    return new Ext4FormatError({ structure: 'group descriptor', place: `group ${group}`, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/volume/superblock.js
/**
 * Decodes the superblock and rejects filesystems with other parameters than this project uses.
 *
 * Source: Linux `Documentation/filesystems/ext4/super.rst`, struct `ext4_super_block`.
 */




/** Decodes the 1024 bytes of the primary superblock, and checks that the filesystem fits into `size` bytes. */
function decodeSuperblock(bytes, size) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    checkIdentity(bytes, view);
    superblock_checkProfile(view);
    const uuid = bytes.subarray(SUPERBLOCK.uuid, SUPERBLOCK.uuid + 16);
    const label = Buffer.from(bytes.subarray(SUPERBLOCK.volumeName, SUPERBLOCK.volumeName + 16));
    const blocks = u64(view, SUPERBLOCK.blocksCountLo, SUPERBLOCK.blocksCountHi);
    const groups = Math.ceil(blocks / constants_BLOCKS_PER_GROUP);
    const inodesPerGroup = view.getUint32(SUPERBLOCK.inodesPerGroup, true);
    const superblock = {
        bytes,
        uuid,
        label: label.subarray(0, label.indexOf(0) < 0 ? 16 : label.indexOf(0)),
        blocks,
        freeBlocks: u64(view, SUPERBLOCK.freeBlocksCountLo, SUPERBLOCK.freeBlocksCountHi),
        reservedBlocks: u64(view, SUPERBLOCK.rBlocksCountLo, SUPERBLOCK.rBlocksCountHi),
        inodes: view.getUint32(SUPERBLOCK.inodesCount, true),
        freeInodes: view.getUint32(SUPERBLOCK.freeInodesCount, true),
        groups,
        inodesPerGroup,
        inodeTableBlocks: inodesPerGroup / constants_INODES_PER_BLOCK,
        descriptorBlocks: Math.ceil(groups / constants_DESCRIPTORS_PER_BLOCK),
        reservedDescriptorBlocks: view.getUint16(SUPERBLOCK.reservedGdtBlocks, true),
        overheadBlocks: view.getUint32(SUPERBLOCK.overheadClusters, true),
        journalInode: view.getUint32(SUPERBLOCK.journalInum, true),
        hashSeed: bytes.subarray(SUPERBLOCK.hashSeed, SUPERBLOCK.hashSeed + 16),
        checksumSeed: filesystemSeed(uuid),
    };
    checkGeometry(superblock, size);
    return superblock;
}
function checkIdentity(bytes, view) {
    const magic = view.getUint16(SUPERBLOCK.magic, true);
    if (magic !== SUPERBLOCK_MAGIC) {
        throw superblock_fault('s_magic', format_error_hex(SUPERBLOCK_MAGIC), format_error_hex(magic));
    }
    const stored = view.getUint32(SUPERBLOCK.checksum, true);
    const computed = superblockChecksum(bytes);
    if (stored !== computed) {
        throw superblock_fault('s_checksum', format_error_hex(computed), format_error_hex(stored));
    }
}
/** Fields that are the same in all filesystems that this project writes. */
const PROFILE = [
    ['s_rev_level', SUPERBLOCK.revLevel, 32, 1],
    ['s_checksum_type', SUPERBLOCK.checksumType, 8, CHECKSUM_CRC32C],
    ['s_feature_compat', SUPERBLOCK.featureCompat, 32, allOf(COMPAT)],
    ['s_feature_incompat', SUPERBLOCK.featureIncompat, 32, allOf(INCOMPAT)],
    ['s_feature_ro_compat', SUPERBLOCK.featureRoCompat, 32, allOf(RO_COMPAT)],
    ['s_log_block_size', SUPERBLOCK.logBlockSize, 32, LOG_BLOCK_SIZE],
    ['s_log_cluster_size', SUPERBLOCK.logClusterSize, 32, LOG_BLOCK_SIZE],
    ['s_blocks_per_group', SUPERBLOCK.blocksPerGroup, 32, constants_BLOCKS_PER_GROUP],
    ['s_clusters_per_group', SUPERBLOCK.clustersPerGroup, 32, constants_BLOCKS_PER_GROUP],
    ['s_first_data_block', SUPERBLOCK.firstDataBlock, 32, 0],
    ['s_inode_size', SUPERBLOCK.inodeSize, 16, INODE_SIZE],
    ['s_desc_size', SUPERBLOCK.descSize, 16, DESCRIPTOR_SIZE],
    ['s_first_ino', SUPERBLOCK.firstIno, 32, constants_INODE.firstFree],
    ['s_journal_inum', SUPERBLOCK.journalInum, 32, constants_INODE.journal],
    ['s_log_groups_per_flex', SUPERBLOCK.logGroupsPerFlex, 8, LOG_GROUPS_PER_FLEX],
    ['s_def_hash_version', SUPERBLOCK.defHashVersion, 8, HASH_HALF_MD4],
    ['s_state (1: cleanly unmounted)', SUPERBLOCK.state, 16, 1],
    ['s_block_group_nr', SUPERBLOCK.blockGroupNr, 16, 0],
];
function superblock_checkProfile(view) {
    for (const [name, offset, width, value] of PROFILE) {
        const found = unsigned(view, offset, width);
        if (found !== value) {
            throw superblock_fault(name, format_error_hex(value), format_error_hex(found));
        }
    }
}
function checkGeometry(superblock, size) {
    const { blocks, groups, inodes, inodesPerGroup, descriptorBlocks, reservedDescriptorBlocks } = superblock;
    const available = Math.floor(size / BLOCK_SIZE);
    if (blocks > available) {
        throw superblock_fault('s_blocks_count', `at most ${available} blocks, those of the source`, `${blocks}`);
    }
    // The resize inode maps the reserved descriptor blocks with one block of 1024 words.
    if (reservedDescriptorBlocks > BLOCK_SIZE / 4) {
        throw superblock_fault('s_reserved_gdt_blocks', `at most ${BLOCK_SIZE / 4}`, `${reservedDescriptorBlocks}`);
    }
    const least = 1 + descriptorBlocks + reservedDescriptorBlocks;
    if (blocks <= least) {
        throw superblock_fault('s_blocks_count', `more than ${least}`, `${blocks}`);
    }
    if (inodesPerGroup < constants_INODES_PER_BLOCK || inodesPerGroup % constants_INODES_PER_BLOCK > 0 || inodesPerGroup > constants_BLOCKS_PER_GROUP) {
        throw superblock_fault('s_inodes_per_group', `a multiple of ${constants_INODES_PER_BLOCK} from ${constants_INODES_PER_BLOCK} to ${constants_BLOCKS_PER_GROUP}`, `${inodesPerGroup}`);
    }
    if (inodes !== groups * inodesPerGroup) {
        throw superblock_fault('s_inodes_count', `${groups * inodesPerGroup}, ${inodesPerGroup} for each of ${groups} groups`, `${inodes}`);
    }
}
function unsigned(view, offset, width) {
    if (width === 8) {
        return view.getUint8(offset);
    }
    return width === 16 ? view.getUint16(offset, true) : view.getUint32(offset, true);
}
function u64(view, low, high) {
    return view.getUint32(low, true) + view.getUint32(high, true) * 2 ** 32;
}
function allOf(features) {
    return Object.values(features).reduce((all, bit) => all | bit, 0);
}
function superblock_fault(field, expected, found) {
    return new Ext4FormatError({ structure: 'superblock', place: field, expected, found });
}

;// CONCATENATED MODULE: ./build/ext4/read/volume/volume.js




/** Reads the superblock and the group descriptors. Throws an `Ext4FormatError` if this project does not use their values. */
function openVolume(source) {
    const least = PRIMARY_SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE;
    if (source.size < least) {
        throw new Ext4FormatError({
            structure: 'superblock',
            place: `byte ${PRIMARY_SUPERBLOCK_OFFSET}`,
            expected: `a source of at least ${least} bytes`,
            found: `${source.size} bytes`,
        });
    }
    const bytes = new Uint8Array(SUPERBLOCK_SIZE);
    source.read(bytes, PRIMARY_SUPERBLOCK_OFFSET);
    const superblock = decodeSuperblock(bytes, source.size);
    const descriptors = new Uint8Array(Math.ceil(superblock.groups / constants_DESCRIPTORS_PER_BLOCK) * BLOCK_SIZE);
    source.read(descriptors, BLOCK_SIZE);
    const groups = decodeGroups(superblock, descriptors);
    const end = superblock.blocks * BLOCK_SIZE;
    return {
        superblock,
        groups,
        read(target, offset) {
            // Callers have checked their offsets; this ensures that no error of theirs reads bytes after the filesystem.
            if (offset < 0 || offset + target.length > end) {
                throw new Ext4FormatError({
                    structure: 'filesystem',
                    place: `byte ${offset}`,
                    expected: `a range within ${end} bytes`,
                    found: `${target.length} bytes`,
                });
            }
            source.read(target, offset);
        },
    };
}

;// CONCATENATED MODULE: ./build/ext4/read/reader.js









/**
 * Opens the filesystem at the start of a source. Throws an `Ext4FormatError` if it does not have the parameters that this
 * project uses, or does not fit into the source.
 */
function openExt4(source) {
    const volume = openVolume(source);
    const rawInode = openInodeTable(volume);
    const inode = (number) => decodeInode(rawInode(number), number, volume.superblock.checksumSeed);
    const entryInode = (entry) => {
        const found = inode(entry.inode);
        checkType(entry, found);
        return found;
    };
    const child = (directory, name) => {
        for (const entry of directory_readDirectory(volume, directory)) {
            if (entry.name.equals(name)) {
                return entryInode(entry);
            }
        }
        return undefined;
    };
    return {
        ...volume,
        inode,
        rawInode,
        directory: (directory) => directory_readDirectory(volume, directory),
        entryInode,
        file: (file) => file_openFile(volume, file),
        extents: (owner) => walkExtents(volume, owner),
        symlink: (link) => readSymlink(volume, link),
        lookup(path) {
            let found = inode(constants_INODE.root);
            for (const name of path) {
                if (found?.kind !== 'directory') {
                    return undefined;
                }
                found = child(found, name);
            }
            return found;
        },
    };
}
function checkType({ inode, type }, { kind }) {
    if (kind !== type) {
        throw new Ext4FormatError({
            structure: 'directory',
            place: `the entry of inode ${inode}`,
            expected: `the type ${kind}`,
            found: type,
        });
    }
}

;// CONCATENATED MODULE: ./build/nix/database.js
var database_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var database_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
            const path = join(directory, 'db.sqlite');
            writeDatabase(infos, path);
            const bytes = readFileSync(path);
            bytes.writeUInt32BE(SQLITE_VERSION, SQLITE_VERSION_OFFSET);
            return bytes;
        });
    }
    catch (cause) {
        if (errorCode(cause) === undefined) {
            throw cause;
        }
        throw userError({
            title: 'The database of Nix was not written',
            message: `The database of Nix cannot be written below ${quote(scratch)}.`,
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
            const path = (0,external_node_path_namespaceObject.join)(directory, 'db.sqlite');
            (0,external_node_fs_namespaceObject.writeFileSync)(path, bytes);
            const database = database_addDisposableResource(env_1, openDatabase(path), false);
            try {
                return faultOf(database, infos);
            }
            catch (error) {
                if (error_code_errorCode(error) === 'ERR_SQLITE_ERROR' && error instanceof Error) {
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
            database_disposeResources(env_1);
        }
    });
}
function inTemporaryDirectory(parent, work) {
    const directory = (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(parent, 'nix-database-'));
    try {
        return work(directory);
    }
    finally {
        (0,external_node_fs_namespaceObject.rmSync)(directory, { recursive: true, force: true });
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
const database_TABLES = (/* unused pure expression or super */ null && (`
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
`));
function writeDatabase(infos, path) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const database = database_addDisposableResource(env_2, openDatabase(path), false);
        database.exec('pragma encoding = "UTF-8"; pragma page_size = 4096; pragma auto_vacuum = none');
        database.exec('pragma journal_mode = off; pragma synchronous = off; begin');
        database.exec(database_TABLES);
        const sorted = infos.toSorted((a, b) => compareStorePaths(a.path, b.path));
        const insertPath = database.prepare('insert into ValidPaths (id, path, hash, registrationTime, narSize) values (?, ?, ?, ?, ?)');
        const idOf = new Map(sorted.map((info, index) => [info.path, index + 1]));
        for (const [index, info] of sorted.entries()) {
            insertPath.run(index + 1, info.path, hashText(info), REGISTRATION_TIME, info.size);
        }
        const insertReference = database.prepare('insert into Refs (referrer, reference) values (?, ?)');
        for (const [index, info] of sorted.entries()) {
            for (const reference of info.references.toSorted(compareStorePaths)) {
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
        database_disposeResources(env_2);
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
    const sorted = infos.toSorted((a, b) => store_path_compareStorePaths(a.path, b.path));
    return (differenceOf(database.prepare(paths).all(), sorted.map((info) => ({ path: info.path, hash: hashText(info), narSize: info.size }))) ??
        differenceOf(database.prepare(references).all(), sorted.flatMap(({ path, references: all }) => all.toSorted(store_path_compareStorePaths).map((reference) => ({ path, reference })))));
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

;// CONCATENATED MODULE: ./build/verify/verification-error.js



/**
 * The error of an image file that does not hold what was planned and written. `message` says what differs and where, and
 * must be safe to print. `remedy` is for a difference that can have another cause than a damaged image.
 */
function verification_error_imageMismatch(message, { remedy = IMAGE_DAMAGED, cause } = {}) {
    return user_error_userError({ title: 'The image failed verification', message, remedy, code: 'IMAGE_MISMATCH', cause });
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
    if (error instanceof UserError) {
        return error;
    }
    const message = printableText(error instanceof Error ? error.message : String(error));
    if (FORMAT_ERRORS.some((code) => code === errorCode(error))) {
        return verification_error_imageMismatch(message, { cause: error });
    }
    if (verification_error_isSystemError(error)) {
        return userError({
            title: 'The image could not be read back',
            message,
            remedy: 'Check the disk that output-directory is on, and let nothing else change that directory. Then re-run the job.',
            code: 'IMAGE_UNREADABLE',
            cause: error,
        });
    }
    return userError({
        title: 'The image could not be verified',
        message,
        remedy: IMAGE_DAMAGED,
        code: 'NOT_VERIFIED',
        cause: error,
    });
}
/** Codes of the readers' errors, whose classes are lost between threads. */
const FORMAT_ERRORS = (/* unused pure expression or super */ null && (['EXT4_FORMAT', 'FAT_FORMAT']));
/** Whether an error is one that a system call returned, such as `EIO`. */
function verification_error_isSystemError(error) {
    const code = error_code_errorCode(error);
    return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}

;// CONCATENATED MODULE: ./build/verify/store-paths.js





/** Reads the list of store paths and the registration. Throws if the image lacks either. */
function listStore(reader) {
    const names = Array.from(reader.directory(store_paths_storeDirectory(reader)), ({ name }) => printable_printable(name)).sort();
    return { names, registration: readWholeFile(reader, '/nix-path-registration') };
}
/** Reads a file of an image. Throws if it is missing, or has bytes other than zero after its end. */
function readWholeFile(reader, path) {
    const names = path.slice(1).split('/');
    const file = reader.lookup(names.map((name) => Buffer.from(name)));
    if (file === undefined) {
        throw verification_error_imageMismatch(`${path} is missing in the image.`);
    }
    const contents = reader.file(file);
    const bytes = Buffer.alloc(contents.size);
    contents.read(0, bytes);
    if (!contents.tailIsZero()) {
        throw verification_error_imageMismatch(`${path} has bytes other than zero after its end in the image.`);
    }
    return bytes;
}
/**
 * Hashes store paths of the image as Nix would, in the order of their names. Bytes that break a rule make that store path
 * `faulty`; an error of reading the file is thrown.
 */
function hashStorePaths(reader, names, attributes) {
    const find = storePathFinder(reader);
    const buffer = createSinkBuffer();
    return names.map((name) => {
        try {
            const node = narNodeOfInode(reader, find(name), attributes, `/nix/store/${name}`);
            return { kind: 'hashed', ...hashNar(node, buffer) };
        }
        catch (error) {
            if (error instanceof user_error_UserError || verification_error_isSystemError(error)) {
                throw error;
            }
            return { kind: 'faulty', problem: error instanceof Error ? error.message : String(error) };
        }
    });
}
/**
 * A store path of the image as a Nix archive holds it. Reading it also checks what an archive does not hold: owner, group,
 * permissions and times of every inode, and that the last block of a file is zero after its end.
 */
function narNodeOfStorePath(reader, name, attributes) {
    return narNodeOfInode(reader, storePathFinder(reader)(name), attributes, `/nix/store/${name}`);
}
/** Finds store paths by their names. Reads /nix/store once, because it can have thousands of entries. */
function storePathFinder(reader) {
    let entries;
    return (name) => {
        entries ??= new Map(Array.from(reader.directory(store_paths_storeDirectory(reader)), (entry) => [`${entry.name}`, entry]));
        const entry = entries.get(name);
        if (entry === undefined) {
            throw new Error('it is missing');
        }
        return reader.entryInode(entry);
    };
}
const STORE = [Buffer.from('nix'), Buffer.from('store')];
function store_paths_storeDirectory(reader) {
    const directory = reader.lookup(STORE);
    if (directory?.kind !== 'directory') {
        throw verification_error_imageMismatch('The image has no directory /nix/store.');
    }
    return directory;
}
function narNodeOfInode(reader, inode, attributes, path) {
    checkAttributes(inode, attributes, path);
    switch (inode.kind) {
        case 'file':
            return { type: 'regular', executable: (inode.mode & 0o111) !== 0, ...contentsOf(reader.file(inode), path) };
        case 'symlink':
            return { type: 'symlink', target: reader.symlink(inode) };
        case 'directory':
            return { type: 'directory', entries: () => entriesOf(reader, inode, attributes, path) };
        default:
            throw new Error(`${path} has inode ${inode.number}, which is not in use`);
    }
}
/** The contents of a file. The bytes after its end are checked together with the last of them. */
function contentsOf(file, path) {
    return {
        size: file.size,
        read(position, target) {
            file.read(position, target);
            if (position + target.length === file.size && !file.tailIsZero()) {
                throw new Error(`${path} has bytes other than zero after its end`);
            }
        },
    };
}
function entriesOf(reader, directory, attributes, path) {
    return [...reader.directory(directory)]
        .sort((a, b) => Buffer.compare(a.name, b.name))
        .map((entry) => ({
        name: entry.name,
        node: () => narNodeOfInode(reader, reader.entryInode(entry), attributes, `${path}/${printable_printable(entry.name)}`),
    }));
}
function checkAttributes(inode, { gid, time }, path) {
    const permissions = inode.mode & 0o7777;
    const expected = PERMISSIONS[inode.kind];
    if (!expected.includes(permissions)) {
        const list = expected.map((mode) => mode.toString(8)).join(' or ');
        throw new Error(`${path} has permissions ${permissions.toString(8)}; expected ${list}`);
    }
    if (inode.uid !== 0 || inode.gid !== gid) {
        throw new Error(`${path} has owner ${inode.uid}:${inode.gid}; expected 0:${gid}`);
    }
    if ([inode.atime, inode.ctime, inode.mtime, inode.crtime].some((stamp) => stamp !== time)) {
        throw new Error(`${path} has a time stamp other than ${time}`);
    }
}
const PERMISSIONS = {
    file: [0o444, 0o555],
    directory: [0o555],
    symlink: [0o777],
    none: [],
};

;// CONCATENATED MODULE: ./build/verify/database.js



const DATABASE = '/nix/var/nix/db/db.sqlite';
/**
 * Checks the database of Nix in an image with SQLite: it is sound, and has a row for each store path of the closure and
 * each of its references, and no other. Throws naming what differs.
 */
function checkDatabase(reader, { closure, scratch }) {
    const fault = findDatabaseFault(readWholeFile(reader, DATABASE), closure, scratch);
    if (fault !== undefined) {
        throw verification_error_imageMismatch(`${DATABASE} in the image is not the database of the closure. ${fault}`);
    }
}

;// CONCATENATED MODULE: ./build/bytes/compare.js

/**
 * The offset of the first byte within `range` at which two sources differ, or `undefined` if they are equal there.
 * Reads both a piece at a time.
 */
function firstDifference(found, expected, range) {
    const foundPiece = Buffer.alloc(Math.min(PIECE_BYTES, range.length));
    const expectedPiece = Buffer.alloc(foundPiece.length);
    for (const { offset, length } of cutRanges(range.length, PIECE_BYTES)) {
        const position = range.offset + offset;
        found.read(foundPiece.subarray(0, length), position);
        expected.read(expectedPiece.subarray(0, length), position);
        if (foundPiece.compare(expectedPiece, 0, length, 0, length) !== 0) {
            return position + foundPiece.subarray(0, length).findIndex((byte, i) => byte !== expectedPiece[i]);
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/verify/explain-mismatch.js






/** Reads a store path on this machine again, and compares it with the image. */
function explainMismatch(reader, mismatch) {
    try {
        const { hash } = hashNar(narNodeOfPath(Buffer.from(mismatch.path)));
        return { kind: 'read', hash, difference: findDifference(reader, mismatch) };
    }
    catch (error) {
        return { kind: 'unreadable', problem: escape_printableText(error instanceof Error ? error.message : String(error)) };
    }
}
function findDifference(reader, { name, path, attributes }) {
    try {
        const store = narNodeOfPath(Buffer.from(path));
        return compareNodes(store, narNodeOfStorePath(reader, name, attributes), `/nix/store/${name}`);
    }
    catch {
        // The image cannot be read up to the first difference; why is already known.
        return undefined;
    }
}
/** Walks both trees at once. Returns the first difference. */
function compareNodes(store, image, path) {
    if (store.type === 'regular' && image.type === 'regular') {
        return compareFiles(store, image, path);
    }
    if (store.type === 'directory' && image.type === 'directory') {
        return compareDirectories(store, image, path);
    }
    if (store.type === 'symlink' && image.type === 'symlink') {
        return Buffer.compare(store.target, image.target) === 0 ? undefined : `the target of ${path}`;
    }
    return `${path} is a ${store.type} in the store and a ${image.type} in the image`;
}
function compareFiles(store, image, path) {
    if (store.size !== image.size) {
        return `${path} has ${store.size} bytes in the store and ${image.size} in the image`;
    }
    if (store.executable !== image.executable) {
        return `the executable bit of ${path}`;
    }
    const position = firstDifference(bytesOf(image), bytesOf(store), { offset: 0, length: store.size });
    return position === undefined ? undefined : `byte ${position} of ${path}`;
}
function bytesOf(file) {
    return { size: file.size, read: (target, position) => file.read(position, target) };
}
/** The entries of both are ascending, so the first that is in one alone is the one that sorts first. */
function compareDirectories(store, image, path) {
    const inStore = [...store.entries()];
    const inImage = [...image.entries()];
    for (const [i, entry] of inStore.entries()) {
        const found = inImage[i];
        const order = found === undefined ? -1 : Buffer.compare(entry.name, found.name);
        if (found === undefined || order < 0) {
            return `${path}/${printable_printable(entry.name)} is missing in the image`;
        }
        if (order > 0) {
            return `${path}/${printable_printable(found.name)} is missing in the store`;
        }
        const below = compareNodes(nodeOf(entry), nodeOf(found), `${path}/${printable_printable(entry.name)}`);
        if (below !== undefined) {
            return below;
        }
    }
    const extra = inImage[inStore.length];
    return extra === undefined ? undefined : `${path}/${printable_printable(extra.name)} is missing in the store`;
}
function nodeOf({ node }) {
    return typeof node === 'function' ? node() : node;
}

;// CONCATENATED MODULE: ./build/disk/table-areas.js


/** The end of the table at the start of a disk, bytes. */
function tableEnd(table) {
    return table === 'mbr' ? source_SECTOR_SIZE : GPT_PRIMARY_BYTES;
}
/** What the table takes on a disk of `size` bytes. The boot code before it does not belong to it. */
function tableAreas(table, size) {
    const start = { offset: BOOT_CODE_BYTES, length: tableEnd(table) - BOOT_CODE_BYTES };
    if (table === 'mbr') {
        return [{ what: 'the partition table', ...start, remedy: undefined }];
    }
    const remedy = 'set the input partition-table to mbr';
    const backup = { offset: size - GPT_BACKUP_BYTES, length: GPT_BACKUP_BYTES };
    return [
        { what: 'the partition table (GPT)', ...start, remedy },
        { what: 'the backup of the partition table (GPT)', ...backup, remedy },
    ];
}

;// CONCATENATED MODULE: ./build/fat/tree.js
/** The path of an entry on the volume, as bytes, without a leading slash. */
function fatPathOf({ entries }, entry) {
    const names = [];
    for (let at = entry; at > 0; at = entries[at].parent) {
        names.unshift(tree_SLASH, entries[at].name);
    }
    return Buffer.concat(names.slice(1));
}
const tree_SLASH = Buffer.from('/');

;// CONCATENATED MODULE: ./build/fat/compare.js



/**
 * Compares a volume with the files that it was made from: it must have all directories and files, with the same bytes, and
 * no others. Returns the differences, each as a phrase that begins with a path.
 */
function compareFat(volume, tree, readContents) {
    const found = new Map(volume.entries.map(({ path }, entry) => [path, entry]));
    const differences = [];
    for (const entry of tree.entries.keys()) {
        const path = fatPathOf(tree, entry).toString();
        const difference = compare_differenceOf(volume, found.get(path), { tree, entry, readContents });
        found.delete(path);
        if (difference !== undefined) {
            differences.push(`${escape_quote(path)} ${difference}`);
        }
    }
    for (const path of found.keys()) {
        differences.push(`${escape_quote(path)} is not one of the firmware files`);
    }
    return differences;
}
function compare_differenceOf(volume, entry, { tree, entry: expectedEntry, readContents }) {
    if (entry === undefined) {
        return 'is missing';
    }
    const found = volume.entries[entry];
    const { kind, size } = tree.entries[expectedEntry];
    if (found.kind !== kind) {
        return `is a ${found.kind}, not a ${kind}`;
    }
    if (found.size !== size) {
        return `has ${found.size} bytes, not ${size}`;
    }
    const at = firstDifference({ size, read: (target, position) => volume.read(entry, position, target) }, { size, read: (target, position) => readContents(expectedEntry, position, target) }, { offset: 0, length: size });
    return at === undefined ? undefined : `differs at byte ${at}`;
}

;// CONCATENATED MODULE: ./build/fat/read/format-error.js
/** The error for bytes of a volume that break a rule of the format. The reader throws no other error about bytes. */
class FatFormatError extends Error {
    name = 'FatFormatError';
    /** Identifies these errors where their class is lost, as between threads. */
    code = 'FAT_FORMAT';
    constructor({ structure, place, expected, found }) {
        super(`FAT ${structure} at ${place}: expected ${expected}, found ${found}`);
    }
}

;// CONCATENATED MODULE: ./build/fat/read/boot-sector.js




/**
 * Reads the boot sector of a FAT16 or FAT32 volume, and checks that everything in its layout is within the volume. Throws a
 * `FatFormatError`.
 */
function readBootSector(access) {
    if (access.size < source_SECTOR_SIZE) {
        throw boot_sector_fault(`a volume of at least ${source_SECTOR_SIZE} bytes`, access.size);
    }
    const sector = Buffer.alloc(source_SECTOR_SIZE);
    access.read(sector, 0);
    const areas = readAreas(sector, access.size);
    const { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster } = areas;
    const tableBytes = fatSectors * source_SECTOR_SIZE;
    if (tableBytes < ((clusters + constants_FIRST_CLUSTER) * bits) / 8) {
        throw boot_sector_fault(`a table for ${clusters} clusters`, `${tableBytes} bytes`);
    }
    const extended = constants_EXTENDED_START[bits];
    boot_sector_expectEqual('extended signature', sector[extended + constants_EXTENDED.bootSignature], constants_EXTENDED_SIGNATURE);
    const fsInfoSector = bits === 32 ? sector.readUInt16LE(constants_BPB32.fsInfoSector) : 0;
    if (bits === 32 && (fsInfoSector === 0 || fsInfoSector >= reservedSectors)) {
        throw boot_sector_fault(`FSInfo in a sector from 1 to ${reservedSectors - 1}`, fsInfoSector);
    }
    const dataOffset = (reservedSectors + fats * fatSectors) * source_SECTOR_SIZE + rootBytes;
    return {
        bits,
        volumeId: sector.readUInt32LE(extended + constants_EXTENDED.volumeId),
        tables: Array.from({ length: fats }, (_, i) => reservedSectors * source_SECTOR_SIZE + i * tableBytes),
        tableBytes,
        rootOffset: dataOffset - rootBytes,
        rootBytes,
        rootCluster: bits === 32 ? sector.readUInt32LE(constants_BPB32.rootCluster) : 0,
        fsInfoSector,
        dataOffset,
        clusterBytes: sectorsPerCluster * source_SECTOR_SIZE,
        clusters,
    };
}
function readAreas(sector, volumeSize) {
    const u16 = (offset) => sector.readUInt16LE(offset);
    boot_sector_expectEqual('signature', u16(constants_BPB.signature), constants_BOOT_SIGNATURE);
    if (u16(constants_BPB.bytesPerSector) !== source_SECTOR_SIZE) {
        throw boot_sector_fault(`sectors of ${source_SECTOR_SIZE} bytes`, u16(constants_BPB.bytesPerSector));
    }
    const sectorsPerCluster = sector[constants_BPB.sectorsPerCluster];
    if (!POWERS_OF_TWO.includes(sectorsPerCluster)) {
        throw boot_sector_fault('a power of two as sectors per cluster', sectorsPerCluster);
    }
    const fats = sector[constants_BPB.fats];
    if (fats !== 1 && fats !== 2) {
        throw boot_sector_fault('1 or 2 tables', fats);
    }
    const reservedSectors = u16(constants_BPB.reservedSectors);
    if (reservedSectors === 0) {
        throw boot_sector_fault('at least 1 reserved sector', 0);
    }
    const bits = u16(constants_BPB.fatSectors16) === 0 ? 32 : 16;
    const fatSectors = bits === 16 ? u16(constants_BPB.fatSectors16) : sector.readUInt32LE(constants_BPB32.fatSectors32);
    const sectors = u16(constants_BPB.totalSectors16) || sector.readUInt32LE(constants_BPB.totalSectors32);
    if (sectors * source_SECTOR_SIZE > volumeSize) {
        throw boot_sector_fault(`at most ${volumeSize} bytes`, sectors * source_SECTOR_SIZE);
    }
    const rootBytes = u16(constants_BPB.rootEntries) * constants_ENTRY_SIZE;
    if ((rootBytes === 0) !== (bits === 32)) {
        throw boot_sector_fault('a root directory outside the clusters for FAT16 only', `${rootBytes} bytes for FAT${bits}`);
    }
    if (rootBytes % source_SECTOR_SIZE !== 0) {
        throw boot_sector_fault('a root directory of whole sectors', `${rootBytes} bytes`);
    }
    const dataSector = reservedSectors + fats * fatSectors + rootBytes / source_SECTOR_SIZE;
    const clusters = Math.floor((sectors - dataSector) / sectorsPerCluster);
    const [least, most] = bits === 16 ? FAT16_CLUSTERS : FAT32_CLUSTERS;
    if (clusters < least || clusters > most) {
        throw boot_sector_fault(`${least} to ${most} clusters for FAT${bits}`, clusters);
    }
    return { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster };
}
const POWERS_OF_TWO = [1, 2, 4, 8, 16, 32, 64, 128];
const FAT16_CLUSTERS = [4085, constants_FAT32_LEAST_CLUSTERS - 1];
/** Linux accepts FAT32 volumes with few clusters if the boot sector is that of FAT32. */
const FAT32_CLUSTERS = [1, 0x0ffffff5];
function boot_sector_expectEqual(what, found, expected) {
    if (found !== expected) {
        throw boot_sector_fault(`${what} ${formatHex(expected)}`, formatHex(found));
    }
}
function boot_sector_fault(expected, found) {
    return new FatFormatError({ structure: 'boot sector', place: 'sector 0', expected, found: String(found) });
}

;// CONCATENATED MODULE: ./build/fat/read/directory.js




/** Decodes a directory. `place` names it in errors. Throws a `FatFormatError`. */
function read_directory_readDirectory(bytes, bits, place) {
    const entries = [];
    let label;
    let longEntries = [];
    for (let at = 0; at + constants_ENTRY_SIZE <= bytes.length && bytes[at] !== constants_END_OF_DIRECTORY; at += constants_ENTRY_SIZE) {
        const entry = bytes.subarray(at, at + constants_ENTRY_SIZE);
        const where = `${place}, entry ${at / constants_ENTRY_SIZE}`;
        const attributes = entry[constants_ENTRY.attributes];
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
        const high = bits === 32 ? entry.readUInt16LE(constants_ENTRY.clusterHigh) * 0x10000 : 0;
        const cluster = high + entry.readUInt16LE(constants_ENTRY.clusterLow);
        entries.push({ name, attributes, cluster, size: entry.readUInt32LE(constants_ENTRY.size) });
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
    return directory_checkName(name, place);
}
/** Flags of Windows NT for a base or an extension in lower case. */
const LOWER_BASE = 0x08;
const LOWER_EXTENSION = 0x10;
function readShortName(entry, place) {
    const text = ascii(entry.subarray(0, SHORT_NAME_BYTES), place);
    const flags = entry[constants_ENTRY.caseFlags];
    const part = (from, to, flag) => {
        const characters = text.slice(from, to).trimEnd();
        return (flags & flag) === 0 ? characters : characters.toLowerCase();
    };
    const base = part(0, 8, LOWER_BASE);
    const extension = part(8, SHORT_NAME_BYTES, LOWER_EXTENSION);
    if (base === '.' || base === '..') {
        return base;
    }
    return directory_checkName(extension === '' ? base : `${base}.${extension}`, place);
}
/** Characters outside ASCII would depend on a code page; names with them have long name entries. */
function ascii(bytes, place) {
    const odd = bytes.find((byte) => byte < 0x20 || byte > 0x7e);
    if (odd !== undefined) {
        throw nameFault(place, 'a short name in ASCII', `byte ${formatHex(odd)}`);
    }
    return bytes.toString('latin1');
}
function directory_checkName(name, place) {
    if (name === '' || /^\.\.?$/.test(name) || /[/\\\0]/.test(name)) {
        throw nameFault(place, 'a valid name', escape_quote(name));
    }
    return name;
}
function nameFault(place, expected, found) {
    return new FatFormatError({ structure: 'directory', place, expected, found });
}

;// CONCATENATED MODULE: ./build/fat/read/table.js





/** Opens the table, and checks that its copies are equal and that FSInfo has its number of free clusters. */
function openTable(access, geometry) {
    const { bits, clusters } = geometry;
    const used = countUsed(access, geometry);
    if (bits === 32) {
        checkFsInfo(access, geometry, clusters - used);
    }
    const seen = new Uint8Array(clusters + constants_FIRST_CLUSTER);
    const entryOf = cachedEntries(access, geometry);
    let followed = 0;
    return {
        used,
        followed: () => followed,
        follow(first, place) {
            const runs = [];
            for (let cluster = first; cluster < END_OF_CHAIN[bits]; cluster = entryOf(cluster)) {
                if (cluster < constants_FIRST_CLUSTER || cluster >= clusters + constants_FIRST_CLUSTER) {
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
const table_PAGE_BYTES = 64 * 1024;
/** Keeps the page that was read last, because chains mostly ascend. */
function cachedEntries(access, { bits, tables, tableBytes }) {
    let pageStart = -1;
    let page = Buffer.alloc(0);
    return (cluster) => {
        const position = (cluster * bits) / 8;
        const start = Math.floor(position / table_PAGE_BYTES) * table_PAGE_BYTES;
        if (start !== pageStart) {
            page = Buffer.alloc(Math.min(table_PAGE_BYTES, tableBytes - start));
            access.read(page, tables[0] + start);
            pageStart = start;
        }
        return table_entryAt(page, position - start, bits);
    };
}
function table_entryAt(bytes, position, bits) {
    return bits === 16 ? bytes.readUInt16LE(position) : bytes.readUInt32LE(position) & CLUSTER_MASK[32];
}
/** Checks that the second table, if there is one, equals the first. */
function checkCopies(access, [first = 0, second = first], length) {
    const at = firstDifference(windowOf(access, { offset: second, length }), windowOf(access, { offset: first, length }), { offset: 0, length });
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
    const end = (clusters + constants_FIRST_CLUSTER) * width;
    let used = 0;
    checkCopies(access, tables, tableBytes);
    const [table = 0] = tables;
    for (const { offset, length } of cutRanges(tableBytes, table_PAGE_BYTES)) {
        const page = Buffer.alloc(length);
        access.read(page, table + offset);
        const from = offset === 0 ? constants_FIRST_CLUSTER * width : 0;
        for (let i = from; i < Math.min(length, end - offset); i += width) {
            if (table_entryAt(page, i, bits) !== 0) {
                used++;
            }
        }
    }
    return used;
}
/** The number of free clusters in FSInfo if it is not known. */
const UNKNOWN = 0xffffffff;
function checkFsInfo(access, { fsInfoSector }, free) {
    const sector = Buffer.alloc(source_SECTOR_SIZE);
    access.read(sector, fsInfoSector * source_SECTOR_SIZE);
    const expectField = (offset, expected) => {
        const found = sector.readUInt32LE(offset);
        if (found !== expected && !(offset === constants_FSINFO.freeClusters && found === UNKNOWN)) {
            throw new FatFormatError({
                structure: 'FSInfo',
                place: `byte ${offset}`,
                expected: String(expected),
                found: String(found),
            });
        }
    };
    expectField(constants_FSINFO.lead, constants_FSINFO_LEAD);
    expectField(constants_FSINFO.structure, constants_FSINFO_STRUCTURE);
    expectField(constants_FSINFO.freeClusters, free);
}
function chainFault(place, expected, found) {
    return new FatFormatError({ structure: 'cluster chain', place, expected, found: String(found) });
}

;// CONCATENATED MODULE: ./build/fat/read.js







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
            checkBounds({ offset: position, length: target.length }, file.size, 'a file');
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
        const place = `directory ${escape_quote(entry.path)}`;
        const contents = readDirectoryOf(volume, cluster, place);
        const isRoot = directory === 0;
        if (isRoot) {
            label = contents.label;
        }
        const children = isRoot
            ? childrenOfRoot(contents, place)
            : read_childrenOf(contents, { own: cluster, parent: files[entry.parent].cluster }, place);
        for (const child of children) {
            const path = isRoot ? child.name : `${entry.path}/${child.name}`;
            files.push(locate(volume, child, { parent: directory, path, place }));
        }
    }
    return { label, files };
}
function locate(volume, child, { parent, path, place }) {
    const { name, cluster, size } = child;
    if ((child.attributes & ATTRIBUTE.directory) === 0) {
        return { entry: { kind: 'file', parent, name, path, size }, cluster, runs: followFile(volume, child, path) };
    }
    if (cluster === ROOT) {
        throw read_directoryFault(place, `a cluster for the directory ${escape_quote(name)}`, 'none');
    }
    return { entry: { kind: 'directory', parent, name, path, size: 0 }, cluster, runs: [] };
}
function readDirectoryOf({ access, geometry, table }, cluster, place) {
    if (geometry.bits === 16 && cluster === ROOT) {
        const bytes = allocateDirectory(geometry.rootBytes, place);
        access.read(bytes, geometry.rootOffset);
        return read_directory_readDirectory(bytes, geometry.bits, place);
    }
    const chain = table.follow(cluster === ROOT ? geometry.rootCluster : cluster, place);
    const bytes = allocateDirectory(read_countClusters(chain) * geometry.clusterBytes, place);
    readRuns(access, geometry, chain, { target: bytes, position: 0 });
    return read_directory_readDirectory(bytes, geometry.bits, place);
}
function allocateDirectory(length, place) {
    if (length > MAX_DIRECTORY_BYTES) {
        throw read_directoryFault(place, `at most ${MAX_DIRECTORY_BYTES} bytes`, String(length));
    }
    return Buffer.alloc(length);
}
/** First cluster of the root in entries that refer to it. */
const ROOT = 0;
const MAX_DIRECTORY_BYTES = MAX_DIRECTORY_ENTRIES * constants_ENTRY_SIZE;
function childrenOfRoot({ entries }, place) {
    checkUnique(entries, place);
    const dots = entries.find(({ name }) => name === '.' || name === '..');
    if (dots !== undefined) {
        throw read_directoryFault(place, 'no entries . and .. in the root', dots.name);
    }
    return entries;
}
/** The entries after `.` and `..`, which must refer to the directory and its parent. */
function read_childrenOf({ entries, label }, expected, place) {
    checkUnique(entries, place);
    const [dot, dotDot, ...children] = entries;
    const heads = [
        ['.', expected.own, dot],
        ['..', expected.parent, dotDot],
    ];
    for (const [name, cluster, found] of heads) {
        if (found?.name !== name || found.cluster !== cluster) {
            const what = found === undefined ? 'none' : `${escape_quote(found.name)} at cluster ${found.cluster}`;
            throw read_directoryFault(place, `the entry ${name} at cluster ${cluster}`, what);
        }
    }
    if (label !== undefined) {
        throw read_directoryFault(place, 'a volume label in the root only', escape_quote(label));
    }
    return children;
}
function checkUnique(entries, place) {
    const names = new Set();
    for (const { name } of entries) {
        if (names.has(name)) {
            throw read_directoryFault(place, 'each name once', `${escape_quote(name)} twice`);
        }
        names.add(name);
    }
}
function followFile({ geometry, table }, { cluster, size }, path) {
    const place = `file ${escape_quote(path)}`;
    const runs = cluster === 0 ? [] : table.follow(cluster, place);
    const found = read_countClusters(runs);
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
function read_countClusters(runs) {
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
        const offset = dataOffset + (cluster - constants_FIRST_CLUSTER) * clusterBytes;
        if (from < to) {
            access.read(target.subarray(from - position, to - position), offset + from - start);
        }
        start = end;
    }
}
function read_directoryFault(place, expected, found) {
    return new FatFormatError({ structure: 'directory', place, expected, found });
}

;// CONCATENATED MODULE: ./build/verify/outside-filesystem.js
var outside_filesystem_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var outside_filesystem_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Checks an SD card outside its ext4 filesystem, as a reader sees it: the partition table, the boot loader files, the files
 * of the firmware partition, and zeros everywhere else. Throws naming everything that differs.
 */
function checkCard(image, { layout, firmware }) {
    const differences = [
        ...checkTable(image, layout),
        ...outside_filesystem_checkBlobs(image, layout),
        ...checkGaps(image, layout),
        ...checkFirmware(image, layout, firmware),
    ];
    if (differences.length > 0) {
        const lines = differences.map((difference) => `\n  ${difference}`);
        throw cardMismatch(`The SD card is not as planned:${lines.join('')}`);
    }
}
/**
 * Compares every byte of an image outside its ext4 filesystem with the plan, also those that no reader looks at, such as
 * free clusters of the firmware partition. Throws naming the first byte that differs.
 */
function compareOutsideFilesystem(image, description) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const planned = outside_filesystem_addDisposableResource(env_1, description_openImage(description), false);
        for (const range of rangesOutside(description)) {
            const position = firstDifference(image, planned, range);
            if (position !== undefined) {
                throw cardMismatch(`The SD card is not as planned at byte ${position}, outside its ext4 filesystem.`);
            }
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        outside_filesystem_disposeResources(env_1);
    }
}
function cardMismatch(message) {
    return verification_error_imageMismatch(message, { remedy: sourceChanged('firmware-files and bootloader') });
}
function rangesOutside(description) {
    const { offset, length } = description_filesystemRange(description);
    const end = offset + length;
    return [
        { offset: 0, length: offset },
        { offset: end, length: imageSize(description) - end },
    ];
}
function checkTable(image, layout) {
    try {
        return hasTable(image, layout) ? [] : ['the partition table differs'];
    }
    catch (error) {
        return [`the partition table is invalid: ${error instanceof Error ? error.message : String(error)}`];
    }
}
function outside_filesystem_checkBlobs(image, { blobs }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const opened = outside_filesystem_addDisposableResource(env_2, openBlobs(blobs), false);
        return blobs.flatMap((blob, i) => {
            const { path, offset } = blob;
            // Bytes of a file at offset 0 that are the partition table's are not compared.
            const found = windowOf(image, { offset, length: blob.size });
            const ranges = blobRanges(blob).map((range) => ({ offset: range.offset - offset, length: range.length }));
            const positions = ranges.map((range) => firstDifference(found, opened.sources[i], range));
            const position = positions.find((candidate) => candidate !== undefined);
            return position === undefined
                ? []
                : [`the boot loader file at byte ${offset} differs from ${printable_printable(path)} at byte ${position}`];
        });
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        outside_filesystem_disposeResources(env_2);
    }
}
/** What lies between the table, the boot loader files and the partitions must be zero. */
function checkGaps(image, { size, table, blobs, firmware, filesystem }) {
    const taken = [
        ...tableAreas(table.kind, size),
        ...blobs.flatMap(blobRanges),
        ...(firmware === undefined ? [] : [firmware]),
        filesystem,
        { offset: size, length: 0 },
    ].toSorted((a, b) => a.offset - b.offset);
    const zeros = { size: image.size, read: (target) => target.fill(0) };
    const differences = [];
    let end = 0;
    for (const { offset, length } of taken) {
        const position = firstDifference(image, zeros, { offset: end, length: Math.max(0, offset - end) });
        if (position !== undefined) {
            differences.push(`byte ${position} is not zero, though nothing is there between byte ${end} and byte ${offset}`);
        }
        end = Math.max(end, offset + length);
    }
    return differences;
}
function checkFirmware(image, layout, firmware) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        if (firmware === undefined || layout.firmware === undefined) {
            return [];
        }
        const files = outside_filesystem_addDisposableResource(env_3, openSourceFiles(firmware.files), false);
        const volume = openFat(windowOf(image, layout.firmware));
        const differences = compareFat(volume, firmware.tree, files.read);
        return differences.map((difference) => `on the firmware partition, ${difference}`);
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        outside_filesystem_disposeResources(env_3);
    }
}

;// CONCATENATED MODULE: ./build/verify/outside-store.js
var outside_store_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var outside_store_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Compares everything outside /nix/store, for which Nix has no hash, with the tree that the image was made from: names,
 * types, permissions, owners, times, symlink targets, and every byte of every file with its source. Throws naming the
 * first difference.
 */
function compareOutsideStore(reader, { tree, time }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const contents = outside_store_addDisposableResource(env_1, createContentsReader(tree), false);
        const root = reader.lookup([]);
        if (root === undefined) {
            throw verification_error_imageMismatch('The image has no root directory.');
        }
        compareEntry({ reader, tree, time, store: store_directory_storeDirectoryOf(tree), contents }, 0, root);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        outside_store_disposeResources(env_1);
    }
}
function compareEntry(comparison, entry, inode) {
    const { reader, tree, time } = comparison;
    expect(comparison, entry, 'type and permissions', tree.mode[entry].toString(8), inode.mode.toString(8));
    expect(comparison, entry, 'owner', `0:${tree.gid[entry]}`, `${inode.uid}:${inode.gid}`);
    for (const stamp of [inode.atime, inode.ctime, inode.mtime, inode.crtime]) {
        expect(comparison, entry, 'time stamp', `${time}`, `${stamp}`);
    }
    switch (inode.kind) {
        case 'directory':
            if (entry !== comparison.store) {
                compareDirectory(comparison, entry, inode);
            }
            break;
        case 'symlink': {
            const target = tree.targets.subarray(tree.targetStart[entry], tree.targetStart[entry] + tree.size[entry]);
            expect(comparison, entry, 'target', printable_printable(target), printable_printable(reader.symlink(inode)));
            break;
        }
        default:
            compareFile(comparison, entry, inode);
    }
}
function compareDirectory(comparison, entry, inode) {
    const { reader, tree } = comparison;
    const found = new Map();
    for (const child of reader.directory(inode)) {
        found.set(keyOf(child.name), child);
    }
    for (const child of childrenOf(tree, entry)) {
        const key = keyOf(nameOf(tree, child));
        const foundChild = found.get(key);
        if (foundChild === undefined) {
            throw verification_error_imageMismatch(`${pathOf(tree, child)} is missing in the image.`);
        }
        found.delete(key);
        compareEntry(comparison, child, reader.entryInode(foundChild));
    }
    for (const { name } of found.values()) {
        const directory = pathOf(tree, entry).replace(/\/$/, '');
        throw verification_error_imageMismatch(`The image contains ${directory}/${printable_printable(name)}, which is not part of it.`);
    }
}
function compareFile(comparison, entry, inode) {
    const { reader, tree, contents } = comparison;
    // Only files of the store share an inode: these files are meant to be changed.
    expect(comparison, entry, 'number of links', '1', `${inode.links}`);
    const file = reader.file(inode);
    const { size } = file;
    expect(comparison, entry, 'size', `${tree.size[entry]}`, `${size}`);
    const found = { size, read: (target, position) => file.read(position, target) };
    const source = { size, read: (target, position) => contents.read(entry, position, target) };
    const position = firstDifference(found, source, { offset: 0, length: size });
    if (position !== undefined) {
        throw contentsMismatch(tree, entry, position);
    }
    if (!file.tailIsZero()) {
        throw verification_error_imageMismatch(`${pathOf(tree, entry)} has bytes other than zero after its end in the image.`);
    }
}
/** A file of this machine can have changed since it was read; what was generated cannot. */
function contentsMismatch(tree, entry, position) {
    const path = pathOf(tree, entry);
    if (tree.origins[tree.origin[entry]].kind === 'generated') {
        return verification_error_imageMismatch(`${path} in the image differs from what was written, at byte ${position}.`);
    }
    return verification_error_imageMismatch(`${path} in the image differs from its source, at byte ${position}: either the source changed while the image was ` +
        'built, or the image was damaged.', { remedy: sourceChanged('root-files') });
}
function expect({ tree }, entry, what, expected, found) {
    if (expected !== found) {
        throw verification_error_imageMismatch(`${pathOf(tree, entry)} has the ${what} ${found} in the image; expected ${expected}.`);
    }
}
/** Names are bytes; Latin-1 maps each byte to one character. */
function keyOf(name) {
    return Buffer.from(name).toString('latin1');
}

;// CONCATENATED MODULE: ./build/verify/skeleton.js
var skeleton_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var skeleton_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
            return withAccess(access, work);
        }
        const frames = skeleton_addDisposableResource(env_1, openAccess(access.frames), false);
        const skeleton = skeleton_addDisposableResource(env_1, openFile(access.skeleton.path, frames.size), false);
        return work(merge(frames, skeleton, access.skeleton.ranges));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        skeleton_disposeResources(env_1);
    }
}
/** Reads the ranges of the skeleton from it, and the rest from the frames. */
function merge(frames, skeleton, ranges) {
    const { size } = frames;
    const startOf = (index) => ranges[index].offset;
    return {
        size,
        read(target, offset) {
            checkBounds({ offset, length: target.length }, size, 'an image');
            let done = 0;
            while (done < target.length) {
                const at = offset + done;
                const index = firstAfter(ranges.length, startOf, at) - 1;
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
        const { offset, length } = filesystemRange(image);
        const open = skeleton_addDisposableResource(env_2, openImage(image), false);
        const metadata = open.filesystem.metadataRanges({ offset: 0, length }, sharedFiles(image.filesystem));
        return Array.from(metadata, (range) => ({ offset: offset + range.offset, length: range.length }));
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        skeleton_disposeResources(env_2);
    }
}
/** Bytes of shared files at most. Each file saves as many reads as another, so the smallest are taken. */
const SHARED_BYTES = (/* unused pure expression or super */ null && (8 * 1024 * 1024));
/** Inodes of files with several links. */
function sharedFiles({ plan, tree }) {
    const { entryOf, links } = plan.inodes;
    const shared = [];
    for (let inode = 1; inode < entryOf.length; inode++) {
        const entry = entryOf[inode];
        if (entry !== NO_ENTRY && links[inode] > 1 && (tree.mode[entry] & MODE.typeMask) === MODE.regular) {
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
    createSparseFile(path, frames.size);
    const parts = rangesByPiece(ranges, frames.frames[0]?.uncompressedBytes ?? frames.size);
    await Promise.all(parts.map((part) => pool.run('writeSkeletonPart', { frames, path, ranges: part })));
    return { kind: 'skeleton', frames, skeleton };
}
/** What worker threads do to write a skeleton. */
const skeletonTasks = {
    writeSkeletonPart({ frames, path, ranges }) {
        withAccess(frames, (image) => copyRanges(image, path, ranges));
        return { value: undefined };
    },
};
function copyRanges(image, path, ranges) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = skeleton_addDisposableResource(env_3, new DisposableStack(), false);
        const open = () => (0,external_node_fs_namespaceObject.openSync)(path, 'r+');
        const file = stack.adopt(write_error_writingTo(path, open), external_node_fs_namespaceObject.closeSync);
        const buffer = Buffer.allocUnsafe(PIECE_BYTES);
        for (const range of ranges) {
            for (const piece of cutRanges(range.length, PIECE_BYTES)) {
                const bytes = buffer.subarray(0, piece.length);
                const offset = range.offset + piece.offset;
                image.read(bytes, offset);
                writeAt(file, path, bytes, offset);
            }
        }
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        skeleton_disposeResources(env_3);
    }
}

;// CONCATENATED MODULE: ./build/image/frames/seek-table.js
var seek_table_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var seek_table_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * The table of the frames of a zstd file: a skippable frame at the end of the file, which decompressors ignore.
 *
 * Source: `contrib/seekable_format/zstd_seekable_compression_format.md` of zstd.
 */



const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const SKIPPABLE_HEADER_BYTES = 8;
const seek_table_ENTRY_BYTES = 8;
const FOOTER_BYTES = 9;
/** Encodes the table of frames that are adjacent from the start of the file on. */
function encodeSeekTable(frames) {
    const table = Buffer.alloc(SKIPPABLE_HEADER_BYTES + frames.length * seek_table_ENTRY_BYTES + FOOTER_BYTES);
    table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
    table.writeUInt32LE(table.length - SKIPPABLE_HEADER_BYTES, 4);
    frames.forEach((frame, i) => {
        table.writeUInt32LE(frame.compressedBytes, SKIPPABLE_HEADER_BYTES + i * seek_table_ENTRY_BYTES);
        table.writeUInt32LE(frame.uncompressedBytes, SKIPPABLE_HEADER_BYTES + i * seek_table_ENTRY_BYTES + 4);
    });
    const footer = table.length - FOOTER_BYTES;
    table.writeUInt32LE(frames.length, footer);
    // The descriptor byte stays zero: entries have no checksums, because the frames do.
    table.writeUInt32LE(SEEKABLE_MAGIC, footer + 5);
    return table;
}
/** Reads the table of a finished file; errors as in `decodeSeekTable`. */
function seek_table_readSeekTable(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = seek_table_addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt(openSync(path, 'r'), closeSync);
        const { size } = fstatSync(file);
        const readEnd = (length) => {
            const bytes = Buffer.alloc(Math.min(length, size));
            readFully(file, bytes, size - bytes.length, printable(path));
            return bytes;
        };
        const count = decodeFooter(readEnd(FOOTER_BYTES), size);
        return decodeSeekTable(readEnd(tableBytes(count)), size);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        seek_table_disposeResources(env_1);
    }
}
function tableBytes(frames) {
    return SKIPPABLE_HEADER_BYTES + frames * seek_table_ENTRY_BYTES + FOOTER_BYTES;
}
/**
 * Decodes the table from the last bytes of a file, which must include all of it. `fileBytes` is the length of the file.
 * Throws an `Error` if there is no table, or if its frames do not fill the file up to the table.
 */
function decodeSeekTable(end, fileBytes) {
    const count = decodeFooter(end, end.length);
    const start = end.length - tableBytes(count);
    if (end.readUInt32LE(start) !== SKIPPABLE_MAGIC ||
        end.readUInt32LE(start + 4) !== tableBytes(count) - SKIPPABLE_HEADER_BYTES) {
        throw wrongCount(count);
    }
    const frames = [];
    let offset = 0;
    for (let at = start + SKIPPABLE_HEADER_BYTES; at < end.length - FOOTER_BYTES; at += seek_table_ENTRY_BYTES) {
        const compressedBytes = end.readUInt32LE(at);
        frames.push({ offset, compressedBytes, uncompressedBytes: end.readUInt32LE(at + 4) });
        offset += compressedBytes;
    }
    const expected = fileBytes - tableBytes(count);
    if (offset !== expected) {
        throw new Error(`The zstd frames end at byte ${offset}; the seek table starts at ${expected}.`);
    }
    return frames;
}
/** Returns the count of frames from the last bytes of a table. Throws if the table would be larger than `availableBytes`. */
function decodeFooter(end, availableBytes) {
    const footer = end.length - FOOTER_BYTES;
    if (footer < 0 || end.readUInt32LE(footer + 5) !== SEEKABLE_MAGIC || end[footer + 4] !== 0) {
        throw new Error('The file has no zstd seek table at its end.');
    }
    const count = end.readUInt32LE(footer);
    if (tableBytes(count) > availableBytes) {
        throw wrongCount(count);
    }
    return count;
}
function wrongCount(count) {
    return new Error(`The zstd seek table has a count of ${count} frames, which does not fit its length.`);
}

;// CONCATENATED MODULE: ./build/verify/written-file.js
var written_file_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var written_file_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
        const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
        const buffer = Buffer.allocUnsafe(PIECE_BYTES);
        const stack = written_file_addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,external_node_fs_namespaceObject.openSync)(path, 'r'), external_node_fs_namespaceObject.closeSync);
        let size = 0;
        let crc = 0;
        let count = (0,external_node_fs_namespaceObject.readSync)(file, buffer);
        while (count > 0) {
            const bytes = buffer.subarray(0, count);
            hash.update(bytes);
            crc = written === undefined ? 0 : (0,external_node_zlib_namespaceObject.crc32)(bytes, crc);
            size += count;
            count = (0,external_node_fs_namespaceObject.readSync)(file, buffer);
        }
        if (written !== undefined && crc !== written) {
            throw verification_error_imageMismatch(`${printable_printable(path)} changed after it was written: its CRC-32 was ${formatHex(written, 8)} and is now ${formatHex(crc, 8)}.`);
        }
        return { size, sha256: hash.digest() };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        written_file_disposeResources(env_1);
    }
}
/** Checks that a raw image has the size that was written. Throws if it was truncated or has grown. */
function checkSize({ path, size }) {
    const found = statSync(path).size;
    if (found !== size) {
        throw imageMismatch(`${printable(path)} changed after it was written: it had ${size} bytes and now has ${found}.`);
    }
}
/**
 * Checks that a compressed file consists of the frames that were written and nothing else: one after the other from its
 * start to its end, or to the seek table of a zstd file, which must list exactly these frames. Then the bytes that are
 * verified frame by frame are those that any tool decompresses from the file.
 */
function checkFrames({ path, codec, frames }) {
    let end = 0;
    let isContiguous = true;
    for (const { offset, compressedBytes } of frames) {
        isContiguous &&= offset === end;
        end = offset + compressedBytes;
    }
    const isWhole = codec === 'zstd' ? hasSeekTable(path, frames) : statSync(path).size === end;
    if (!isContiguous || !isWhole) {
        throw imageMismatch(`${printable(path)} changed after it was written: it no longer consists of the ${frames.length} ${codec} frames that were written.`);
    }
}
function hasSeekTable(path, frames) {
    try {
        return isDeepStrictEqual(readSeekTable(path), frames);
    }
    catch (cause) {
        if (isSystemError(cause)) {
            throw cause;
        }
        throw imageMismatch(`The zstd seek table of ${printable(path)} changed after it was written.`, { cause });
    }
}

;// CONCATENATED MODULE: ./build/verify/verify-tasks.js










/** What worker threads do to verify an image. */
const verifyTasks = {
    ...skeletonTasks,
    hashWrittenFile(file) {
        return { value: hashWrittenFile(file) };
    },
    listStore(input) {
        return { value: withFilesystem(input, listStore) };
    },
    /** Checks everything that neither e2fsck nor the hashes cover. Returns a sentence for each finding. */
    auditImage(input) {
        const findings = withFilesystem(input, (reader) => auditExt4(reader, { fileTails: false }));
        return { value: findings.map(({ message }) => message) };
    },
    hashStorePaths(input) {
        const { names, attributes } = input;
        return { value: withFilesystem(input, (reader) => hashStorePaths(reader, names, attributes)) };
    },
    explainMismatch(input) {
        return { value: withFilesystem(input, (reader) => explainMismatch(reader, input.mismatch)) };
    },
    compareOutsideStore(input) {
        withFilesystem(input, (reader) => compareOutsideStore(reader, input.outside));
        return { value: undefined };
    },
    checkDatabase(input) {
        withFilesystem(input, (reader) => checkDatabase(reader, input.expected));
        return { value: undefined };
    },
    checkCard({ access, card }) {
        withImage(access, (image) => checkCard(image, card));
        return { value: undefined };
    },
    compareOutsideFilesystem(input) {
        withImage(input.access, (image) => compareOutsideFilesystem(image, input.image));
        return { value: undefined };
    },
};
function withFilesystem({ access, filesystem }, work) {
    return withImage(access, (image) => work(openExt4(windowOf(image, filesystem))));
}

;// CONCATENATED MODULE: ./build/worker.js





/** All tasks of the worker threads. */
const tasks = { ...treeTasks, ...imageTasks, ...verifyTasks };
if (external_node_worker_threads_namespaceObject.parentPort !== null) {
    serveTasks(external_node_worker_threads_namespaceObject.parentPort, tasks);
}

