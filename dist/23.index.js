export const id = 23;
export const ids = [23];
export const modules = {

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __unused_webpack___webpack_exports__, __webpack_require__) => {


// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./image/access.js + 1 modules
var access = __webpack_require__(5625);
// EXTERNAL MODULE: ./image/description.js + 12 modules
var image_description = __webpack_require__(7252);
// EXTERNAL MODULE: ./image/frames/buffers.js
var buffers = __webpack_require__(9);
// EXTERNAL MODULE: ./image/frames/codecs.js + 1 modules
var codecs = __webpack_require__(8329);
// EXTERNAL MODULE: ./image/frames/zstd.js + 1 modules
var zstd = __webpack_require__(3832);
// EXTERNAL MODULE: ./image/raw.js
var raw = __webpack_require__(4085);
;// CONCATENATED MODULE: ./image/image-tasks.js
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








/** The tasks of this module that worker threads run. */
const imageTasks = {
    writeRange({ image, path, range }) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const open = __addDisposableResource(env_1, (0,image_description/* openImage */.UY)(image), false);
            (0,raw/* writeRange */.xI)(open, path, range);
            return { value: undefined };
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            __disposeResources(env_1);
        }
    },
    compressRange({ image, range, format, level, memory }) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const open = __addDisposableResource(env_2, (0,image_description/* openImage */.UY)(image), false);
            const lead = codecs/* FORMATS */.hR[format].leadBytes(level);
            const input = memory.subarray(0, lead + range.length);
            open.read(input.subarray(lead), range.offset);
            const compressed = codecs/* FORMATS */.hR[format].compress(input, level);
            // Compressed bytes are at the start of a buffer for the worst case.
            const frame = new Uint8Array(compressed);
            (0,buffers/* release */._)(compressed);
            return { value: { frame, memory }, transfer: [frame.buffer, memory.buffer] };
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            __disposeResources(env_2);
        }
    },
    /** Whether zstd frames of this level can be parts of one; see `keepsContract`. */
    checkZstd({ level }) {
        return { value: (0,zstd/* keepsContract */.p)(level) };
    },
    /** Returns the SHA-256 of each range of a finished file. */
    hashRanges(input) {
        return { value: (0,access/* withAccess */.l)(input.access, (image) => input.ranges.map((range) => hashRange(image, range))) };
    },
};
function hashRange(image, range) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const piece = Buffer.allocUnsafe(source/* PIECE_BYTES */.ts);
    for (const { offset, length } of (0,source/* cutRanges */.RS)(range.length, source/* PIECE_BYTES */.ts)) {
        const bytes = piece.subarray(0, length);
        image.read(bytes, range.offset + offset);
        hash.update(bytes);
    }
    return hash.digest();
}

// EXTERNAL MODULE: ./threads/pack-error.js
var pack_error = __webpack_require__(6161);
// EXTERNAL MODULE: ./threads/shared.js
var shared = __webpack_require__(8810);
;// CONCATENATED MODULE: ./threads/serve.js


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
            const { value, transfer } = task((0,shared/* restoreShared */.G)(message, sharedValues));
            answer({ id, value }, transfer);
        }
        catch (error) {
            answer({ id, error: (0,pack_error/* packError */.Y)(error) });
        }
    });
}

// EXTERNAL MODULE: ./nix/nar/nar.js
var nar = __webpack_require__(6242);
// EXTERNAL MODULE: ./nix/nar/of-path.js
var of_path = __webpack_require__(4880);
// EXTERNAL MODULE: ./tree/duplicates.js
var duplicates = __webpack_require__(4722);
// EXTERNAL MODULE: ./tree/flat-directory.js
var flat_directory = __webpack_require__(3161);
// EXTERNAL MODULE: ./tree/root-files/scan.js + 1 modules
var scan = __webpack_require__(9069);
// EXTERNAL MODULE: ./tree/scan.js
var tree_scan = __webpack_require__(2433);
// EXTERNAL MODULE: ./ext4/format/constants.js
var constants = __webpack_require__(5574);
;// CONCATENATED MODULE: ./tree/store/nar-size.js


/** Returns the size in bytes of the Nix archive of a scanned path, which depends on no contents. */
function narSizeOf(tree) {
    let size = nar/* narBytes */.f.start;
    for (let entry = 0; entry < tree.count; entry++) {
        size += nodeBytes(tree, entry);
        if (entry > 0) {
            size += nar/* narBytes */.f.entry(tree.nameStart[entry + 1] - tree.nameStart[entry]);
        }
    }
    return size;
}
function nodeBytes(tree, entry) {
    const mode = tree.mode[entry];
    switch (mode & constants/* MODE */.g.typeMask) {
        case constants/* MODE */.g.directory:
            return nar/* narBytes */.f.directory;
        case constants/* MODE */.g.symlink:
            return nar/* narBytes */.f.symlink(tree.size[entry]);
        default:
            return nar/* narBytes */.f.regular(tree.size[entry], (mode & 0o111) !== 0);
    }
}

;// CONCATENATED MODULE: ./tree/tree-tasks.js







/** The tasks of this module that worker threads run. */
const treeTasks = {
    scanStorePath({ path }) {
        const tree = (0,tree_scan/* scanPath */.f)(path);
        return { value: { tree, narSize: narSizeOf(tree) } };
    },
    /** A thread, because the main thread could not be stopped while it reads large files with holes. */
    scanRootFiles({ path, permissions, }) {
        return { value: (0,flat_directory/* flattenDirectory */.g)((0,scan/* scanRootFiles */.fe)(path, permissions)) };
    },
    /** Returns the hash of the path's Nix archive. */
    hashStorePath({ path }) {
        return { value: (0,nar/* hashNar */.y)((0,of_path/* narNodeOfPath */.c)(Buffer.from(path))).hash };
    },
    digestFiles({ tree, entries }) {
        const value = (0,duplicates/* digestFiles */.Eh)(tree, entries);
        return { value, transfer: [value.buffer] };
    },
};

// EXTERNAL MODULE: ./bytes/window.js
var bytes_window = __webpack_require__(1485);
;// CONCATENATED MODULE: ./ext4/read/volume/group-layout.js
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
    return Math.min(constants/* BLOCKS_PER_GROUP */.Nr, superblock.blocks - group * constants/* BLOCKS_PER_GROUP */.Nr);
}
function isPower(value, base) {
    let power = base;
    while (power < value) {
        power *= base;
    }
    return power === value;
}

// EXTERNAL MODULE: ./ext4/format/offsets.js
var offsets = __webpack_require__(6527);
// EXTERNAL MODULE: ./ext4/format/crc32c.js
var crc32c = __webpack_require__(3507);
;// CONCATENATED MODULE: ./ext4/read/checksum.js
/**
 * The bytes that the checksums of the metadata_csum feature cover.
 *
 * Source: Linux `Documentation/filesystems/ext4/checksums.rst`, and `fs/ext4/bitmap.c` and `fs/ext4/namei.c` where it is
 * wrong (inode bitmaps, indexed directories).
 */



const INITIAL = 0xffffffff;
/** The checksum of a superblock, of all bytes before it. */
function superblockChecksum(superblock) {
    return (0,crc32c/* crc32c */.d)(INITIAL, superblock.subarray(0, offsets/* SUPERBLOCK */.Nq.checksum));
}
/** The seed of all other checksums of a filesystem. */
function filesystemSeed(uuid) {
    return (0,crc32c/* crc32c */.d)(INITIAL, uuid);
}
/** The seed of the checksums of an inode, its directory blocks and its extent nodes. */
function inodeSeed(filesystem, inode, generation) {
    return (0,crc32c/* crc32cOfU32 */.q)((0,crc32c/* crc32cOfU32 */.q)(filesystem, inode), generation);
}
/** The checksum of a group descriptor, 16 bits. */
function descriptorChecksum(filesystem, group, descriptor) {
    const at = offsets/* GROUP_DESCRIPTOR */.AR.checksum;
    const head = (0,crc32c/* crc32c */.d)((0,crc32c/* crc32cOfU32 */.q)(filesystem, group), descriptor.subarray(0, at));
    return (0,crc32c/* crc32c */.d)((0,crc32c/* crc32c */.d)(head, TWO_ZEROS), descriptor.subarray(at + 2)) & 0xffff;
}
/** The checksum of a raw inode of 256 bytes. `seed` is from `inodeSeed`. */
function inodeChecksum(seed, raw) {
    scratch.set(raw);
    scratch.fill(0, offsets/* INODE_FIELD */.Fn.checksumLo, offsets/* INODE_FIELD */.Fn.checksumLo + 2);
    scratch.fill(0, offsets/* INODE_FIELD */.Fn.checksumHi, offsets/* INODE_FIELD */.Fn.checksumHi + 2);
    return (0,crc32c/* crc32c */.d)(seed, scratch);
}
const TWO_ZEROS = new Uint8Array(2);
const scratch = new Uint8Array(constants/* INODE_SIZE */.K0);

// EXTERNAL MODULE: ./bytes/zero.js
var zero = __webpack_require__(883);
;// CONCATENATED MODULE: ./ext4/read/format-error.js
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
function hex(value) {
    return `0x${value.toString(16)}`;
}
/** A name from an image, quoted and safe to print. */
function quote(name) {
    const shown = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
    return `"${shown.replace(/[^ !#-[\]-~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}

;// CONCATENATED MODULE: ./ext4/read/audit/difference.js


/** Describes the first byte in which two byte arrays of the same length differ; `undefined` if they are equal. */
function difference(expected, found) {
    if (Buffer.compare(expected, found) === 0) {
        return undefined;
    }
    const at = found.findIndex((byte, index) => byte !== expected[index]);
    return `expected ${hex(expected[at])} at byte ${at}, found ${hex(found[at])}`;
}
/** Describes the first byte that is not zero; `undefined` if all are. `offset` is that of the bytes in their structure. */
function nonZero(bytes, offset) {
    const at = (0,zero/* firstNonZero */.y)(bytes);
    return at < 0 ? undefined : `expected 0x0 at byte ${offset + at}, found ${hex(bytes[at])}`;
}
const PIECE_BYTES = 1024 * 1024;
/** Describes the first byte that is not zero in a range of the filesystem; `undefined` if all are. */
function nonZeroInVolume(volume, { offset, length }) {
    buffer ??= new Uint8Array(PIECE_BYTES);
    for (let done = 0; done < length; done += PIECE_BYTES) {
        const piece = buffer.subarray(0, Math.min(PIECE_BYTES, length - done));
        volume.read(piece, offset + done);
        const found = nonZero(piece, offset + done);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}
let buffer;

;// CONCATENATED MODULE: ./ext4/read/audit/backups.js





/** `s_state` bit of a cleanly unmounted filesystem; mke2fs does not set it in backups. */
const STATE_VALID = 1;
/**
 * Compares every backup of the superblock and the descriptor table with the primary one, byte for byte: e2fsck reads the
 * backups only if the primary ones are lost. The reserved blocks after a backup must be zero.
 */
function auditBackups(reader, findings) {
    const { blocks, descriptorBlocks, reservedDescriptorBlocks } = reader.superblock;
    const primary = new Uint8Array(descriptorBlocks * constants/* BLOCK_SIZE */.cS);
    const backup = new Uint8Array(primary.length);
    reader.read(primary, constants/* BLOCK_SIZE */.cS);
    for (const group of backupGroups(reader.superblock)) {
        const start = group * constants/* BLOCKS_PER_GROUP */.Nr;
        const needed = superblockRun(reader.superblock);
        if (start + needed > blocks) {
            findings.report('superblock-copy', `group ${group}: expected at least ${needed} blocks, found ${blocks - start}`);
            continue;
        }
        auditSuperblockBackup(reader, group, findings);
        reader.read(backup, (start + 1) * constants/* BLOCK_SIZE */.cS);
        const different = difference(primary, backup);
        if (different !== undefined) {
            findings.report('descriptor-copy', `group ${group}: ${different}`);
        }
        const reserved = {
            offset: (start + 1 + descriptorBlocks) * constants/* BLOCK_SIZE */.cS,
            length: reservedDescriptorBlocks * constants/* BLOCK_SIZE */.cS,
        };
        const used = nonZeroInVolume(reader, reserved);
        if (used !== undefined) {
            findings.report('padding', `reserved descriptor blocks of group ${group}: ${used}`);
        }
    }
}
function auditSuperblockBackup(reader, group, findings) {
    const block = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    reader.read(block, group * constants/* BLOCKS_PER_GROUP */.Nr * constants/* BLOCK_SIZE */.cS);
    const found = block.subarray(0, constants/* SUPERBLOCK_SIZE */.$i);
    const expected = Buffer.from(reader.superblock.bytes);
    expected.writeUInt16LE(group, offsets/* SUPERBLOCK */.Nq.blockGroupNr);
    const valid = found.readUInt16LE(offsets/* SUPERBLOCK */.Nq.state) & STATE_VALID;
    expected.writeUInt16LE((expected.readUInt16LE(offsets/* SUPERBLOCK */.Nq.state) & ~STATE_VALID) | valid, offsets/* SUPERBLOCK */.Nq.state);
    expected.writeUInt32LE(superblockChecksum(expected), offsets/* SUPERBLOCK */.Nq.checksum);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('superblock-copy', `group ${group}: ${different}`);
    }
    const padding = nonZero(block.subarray(constants/* SUPERBLOCK_SIZE */.$i), constants/* SUPERBLOCK_SIZE */.$i);
    if (padding !== undefined) {
        findings.report('padding', `block of the superblock of group ${group}: ${padding}`);
    }
}

;// CONCATENATED MODULE: ./ext4/read/audit/bitmaps.js
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
    if ((flags[group] & constants/* GROUP_FLAG */.Fx.inodeUninit) !== 0) {
        return new Uint8Array(constants/* BLOCK_SIZE */.cS);
    }
    const bitmap = readBitmap(reader, inodeBitmap[group]);
    const used = bitmap.subarray(0, inodesPerGroup / 8);
    const checksum = (0,crc32c/* crc32c */.d)(checksumSeed, used);
    if (inodeBitmapChecksum[group] !== checksum) {
        const found = hex(inodeBitmapChecksum[group]);
        findings.report('inode-bitmap', `group ${group}: expected checksum ${hex(checksum)}, found ${found}`);
    }
    const free = inodesPerGroup - countBits(used);
    if (freeInodes[group] !== free) {
        findings.report('count', `group ${group}: expected bg_free_inodes_count ${free}, found ${freeInodes[group]}`);
    }
    const padding = bitmap.subarray(used.length).findIndex((byte) => byte !== 0xff);
    if (padding >= 0) {
        const at = used.length + padding;
        findings.report('inode-bitmap', `group ${group}: expected 0xff after its last inode, at byte ${at}, found ${hex(bitmap[at])}`);
    }
    return bitmap;
}
/**
 * Compares the block bitmap of a group with the blocks that have an owner, and checks that its free blocks are zero. Skips
 * a bitmap that is flagged as uninitialized, which `auditSuperblock` reports.
 */
function auditBlockBitmap(reader, group, owned, findings) {
    const { blockBitmap, blockBitmapChecksum, freeBlocks, flags } = reader.groups;
    if ((flags[group] & constants/* GROUP_FLAG */.Fx.blockUninit) !== 0) {
        return;
    }
    const bitmap = readBitmap(reader, blockBitmap[group]);
    const checksum = (0,crc32c/* crc32c */.d)(reader.superblock.checksumSeed, bitmap);
    if (blockBitmapChecksum[group] !== checksum) {
        const found = hex(blockBitmapChecksum[group]);
        findings.report('block-bitmap', `group ${group}: expected checksum ${hex(checksum)}, found ${found}`);
    }
    const free = constants/* BLOCKS_PER_GROUP */.Nr - countBits(bitmap);
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
    const block = group * constants/* BLOCKS_PER_GROUP */.Nr + index;
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
        const first = group * constants/* BLOCKS_PER_GROUP */.Nr + start;
        const used = nonZeroInVolume(reader, { offset: first * constants/* BLOCK_SIZE */.cS, length: (end - start) * constants/* BLOCK_SIZE */.cS });
        if (used !== undefined) {
            findings.report('free-block', `free blocks ${first} to ${first + end - start - 1}: ${used}`);
        }
        start = end;
    }
}
function readBitmap(reader, block) {
    const bitmap = new Uint8Array(constants/* BLOCK_SIZE */.cS);
    reader.read(bitmap, block * constants/* BLOCK_SIZE */.cS);
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

;// CONCATENATED MODULE: ./ext4/read/audit/block-set.js

/** Creates an empty set for `blocks` blocks. Bits of the last group after them are set, as in the block bitmap. */
function createBlockSet(blocks) {
    const groups = Math.ceil(blocks / constants/* BLOCKS_PER_GROUP */.Nr);
    const bits = new Uint8Array(groups * constants/* BLOCK_SIZE */.cS);
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
    claim(blocks, groups * constants/* BLOCKS_PER_GROUP */.Nr - blocks);
    return { claim, group: (group) => bits.subarray(group * constants/* BLOCK_SIZE */.cS, (group + 1) * constants/* BLOCK_SIZE */.cS) };
}

;// CONCATENATED MODULE: ./ext4/read/audit/findings.js

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

;// CONCATENATED MODULE: ./ext4/read/extents.js
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
    if ((inode.flags & constants/* INODE_FLAG */.JF.extents) === 0) {
        throw new Ext4FormatError({
            structure: 'inode',
            place: `inode ${inode.number}`,
            expected: 'an extent tree',
            found: `flags ${hex(inode.flags)}`,
        });
    }
    const end = Math.ceil(inode.size / constants/* BLOCK_SIZE */.cS);
    const root = decodeNode(inode.block, constants/* INODE_EXTENTS */.Gl, { volume, inode, place: 'the inode', start: 0, end });
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
    const at = offsets/* EXTENT_HEADER */.Nx.size + entry * offsets/* EXTENT_INDEX */.Kn.size;
    const block = parent.view.getUint32(at + offsets/* EXTENT_INDEX */.Kn.leafLo, true) +
        parent.view.getUint16(at + offsets/* EXTENT_INDEX */.Kn.leafHi, true) * 2 ** 32;
    if (block < 1 || block >= volume.superblock.blocks) {
        throw nodeFault(parent.scope, `entry ${entry} within blocks 1 to ${volume.superblock.blocks - 1}`, `block ${block}`);
    }
    const bytes = new Uint8Array(constants/* BLOCK_SIZE */.cS);
    volume.read(bytes, block * constants/* BLOCK_SIZE */.cS);
    const scope = { volume, inode, place: `block ${block}`, start, end };
    const node = decodeNode(bytes, constants/* BLOCK_EXTENTS */.wv, scope);
    const stored = node.view.getUint32(offsets/* EXTENT_TAIL_OFFSET */.Mg, true);
    const seed = inodeSeed(volume.superblock.checksumSeed, inode.number, inode.generation);
    const computed = (0,crc32c/* crc32c */.d)(seed, bytes.subarray(0, offsets/* EXTENT_TAIL_OFFSET */.Mg));
    if (stored !== computed) {
        throw nodeFault(scope, `checksum ${hex(computed)}`, hex(stored));
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
    const magic = view.getUint16(offsets/* EXTENT_HEADER */.Nx.magic, true);
    if (magic !== constants/* EXTENT_MAGIC */.DT) {
        throw nodeFault(scope, `magic ${hex(constants/* EXTENT_MAGIC */.DT)}`, hex(magic));
    }
    const max = view.getUint16(offsets/* EXTENT_HEADER */.Nx.max, true);
    if (max !== capacity) {
        throw nodeFault(scope, `space for ${capacity} entries`, `${max}`);
    }
    const entries = view.getUint16(offsets/* EXTENT_HEADER */.Nx.entries, true);
    if (entries > max) {
        throw nodeFault(scope, `at most ${max} entries`, `${entries}`);
    }
    return { scope, view, depth: view.getUint16(offsets/* EXTENT_HEADER */.Nx.depth, true), entries };
}
function decodeExtent(node, entry, least) {
    const { scope, view } = node;
    const at = offsets/* EXTENT_HEADER */.Nx.size + entry * offsets/* EXTENT */.JC.size;
    const logical = view.getUint32(at + offsets/* EXTENT */.JC.block, true);
    const length = view.getUint16(at + offsets/* EXTENT */.JC.len, true);
    const physical = view.getUint32(at + offsets/* EXTENT */.JC.startLo, true) + view.getUint16(at + offsets/* EXTENT */.JC.startHi, true) * 2 ** 32;
    if (length < 1 || length > constants/* EXTENT_MAX_BLOCKS */.BR) {
        throw nodeFault(scope, `ee_len of extent ${entry} from 1 to ${constants/* EXTENT_MAX_BLOCKS */.BR}`, `${length}`);
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
    return node.view.getUint32(offsets/* EXTENT_HEADER */.Nx.size + entry * offsets/* EXTENT_INDEX */.Kn.size + offsets/* EXTENT_INDEX */.Kn.block, true);
}
function nodeFault(scope, expected, found) {
    return new Ext4FormatError({
        structure: 'extent node',
        place: `${scope.place}, inode ${scope.inode.number}`,
        expected,
        found,
    });
}

;// CONCATENATED MODULE: ./ext4/read/audit/resize-inode.js
/**
 * Checks the resize inode: a map from the blocks that are reserved after the descriptor table to their copies. e2fsck
 * checks a quarter of it, the kernel all of it when it grows the filesystem.
 *
 * Source: `lib/ext2fs/res_gdt.c` of e2fsprogs, `verify_reserved_gdb` in the kernel's `fs/ext4/resize.c`.
 */





const WORDS = constants/* BLOCK_SIZE */.cS / 4;
/** The size of a file with all direct, indirect and double-indirect blocks. */
const SIZE = (WORDS * WORDS + WORDS + 12) * constants/* BLOCK_SIZE */.cS;
/** Checks the fields of the resize inode, its map, and every reserved block, word by word. */
function auditResizeInode(reader, findings) {
    const { descriptorBlocks, reservedDescriptorBlocks: reserved } = reader.superblock;
    const backups = backupGroups(reader.superblock);
    const inode = reader.inode(constants/* INODE */.S2.resize);
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
            copies[i] = group * constants/* BLOCKS_PER_GROUP */.Nr + firstReserved + k;
        }
        expectWords(reader, firstReserved + k, copies, findings);
    }
}
/** The block that the resize inode owns besides the reserved blocks. Throws an error if it is outside the filesystem. */
function doubleIndirectBlock(reader, inode) {
    const block = Buffer.from(inode.block).readUInt32LE(offsets/* DOUBLE_INDIRECT_WORD */.CQ * 4);
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
    expect('i_mode', constants/* MODE */.g.regular | 0o600, inode.mode);
    expect('i_links_count', 1, inode.links);
    expect('i_flags', 0, inode.flags);
    expect('i_size', SIZE, inode.size);
    expect('i_blocks', constants/* SECTORS_PER_BLOCK */.cQ * (1 + indirectBlocks), inode.sectors);
    const words = Buffer.from(inode.block);
    for (let word = 0; word < 15; word++) {
        if (word !== offsets/* DOUBLE_INDIRECT_WORD */.CQ) {
            expect(`i_block[${word}]`, 0, words.readUInt32LE(word * 4));
        }
    }
}
/** Compares the words of a block. */
function expectWords(reader, block, words, findings) {
    const expected = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    for (const [i, word] of words.entries()) {
        expected.writeUInt32LE(word, i * 4);
    }
    const found = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    reader.read(found, block * constants/* BLOCK_SIZE */.cS);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('resize-inode', `block ${block}: ${different}`);
    }
}

;// CONCATENATED MODULE: ./ext4/read/audit/inode-blocks.js





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
    if (number !== constants/* INODE */.S2.resize && sectors !== blocks * constants/* SECTORS_PER_BLOCK */.cQ) {
        findings.report('inode', `inode ${number}: expected i_blocks ${blocks * constants/* SECTORS_PER_BLOCK */.cQ}, found ${sectors}`);
    }
    return true;
}
function claimBlocks(reader, inode, owned, findings) {
    if (inode.number === constants/* INODE */.S2.resize) {
        return { taken: owned.claim(doubleIndirectBlock(reader, inode), 1), blocks: 1 };
    }
    if ((inode.flags & constants/* INODE_FLAG */.JF.extents) === 0) {
        return { taken: undefined, blocks: 0 };
    }
    auditUnusedEntries(inode.block, inode, undefined, findings);
    let taken;
    let blocks = 0;
    const onNode = (block, bytes) => {
        blocks++;
        const owner = owned.claim(block, 1);
        taken ??= owner;
        auditUnusedEntries(bytes.subarray(0, offsets/* EXTENT_TAIL_OFFSET */.Mg), inode, block, findings);
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
    const entries = Math.min(view.getUint16(offsets/* EXTENT_HEADER */.Nx.entries, true), constants/* BLOCK_EXTENTS */.wv);
    const end = offsets/* EXTENT_HEADER */.Nx.size + entries * offsets/* EXTENT */.JC.size;
    const used = nonZero(node.subarray(end), end);
    if (used !== undefined) {
        const place = block === undefined ? `inode ${inode.number}` : `block ${block} of inode ${inode.number}`;
        findings.report('extent-tree', `space after the last entry of ${place}: ${used}`);
    }
}

;// CONCATENATED MODULE: ./ext4/read/directory-block.js
/**
 * Decodes the blocks of a directory that hold entries.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`.
 */




const LEAF_END = constants/* BLOCK_SIZE */.cS - offsets/* DIRECTORY_TAIL */.Bn.size;
const KINDS = new Map([
    [constants/* FILE_TYPE */.sl.regular, 'file'],
    [constants/* FILE_TYPE */.sl.directory, 'directory'],
    [constants/* FILE_TYPE */.sl.symlink, 'symlink'],
]);
/** Decodes a leaf. '.' and '..' must be the first entries of block 0, and are left out. */
function decodeLeaf(block) {
    const { bytes, seed } = block;
    const tail = bytes.subarray(LEAF_END);
    if (tail.readUInt32LE(offsets/* DIRECTORY_ENTRY */.Fp.inode) !== 0 || tail.readUInt32LE(offsets/* DIRECTORY_ENTRY */.Fp.recLen) !== TAIL_WORD) {
        throw directoryFault(block, `a tail ${hex(TAIL_WORD)}`, hex(tail.readUInt32LE(offsets/* DIRECTORY_ENTRY */.Fp.recLen)));
    }
    const stored = tail.readUInt32LE(offsets/* DIRECTORY_TAIL */.Bn.checksum);
    const computed = (0,crc32c/* crc32c */.d)(seed, bytes.subarray(0, LEAF_END));
    if (stored !== computed) {
        throw directoryFault(block, `checksum ${hex(computed)}`, hex(stored));
    }
    const entries = [];
    let at = block.index === 0 ? checkDots(block, LEAF_END) : 0;
    while (at < LEAF_END) {
        const length = recordLength(block, at, LEAF_END);
        if (bytes.readUInt32LE(at + offsets/* DIRECTORY_ENTRY */.Fp.inode) !== 0) {
            entries.push(decodeEntry(block, at));
        }
        at += length;
    }
    return entries;
}
/** The record length, name length and file type of a tail, as one word. */
const TAIL_WORD = (offsets/* DIRECTORY_TAIL */.Bn.size | (constants/* FILE_TYPE */.sl.checksum << 24)) >>> 0;
/** Checks '.' and '..' at the start of block 0, which must end by `end`. Returns the end of '..'. */
function checkDots(block, end) {
    const dot = entryAt(block, 0);
    if (recordLength(block, 0, end) !== MIN_RECORD || dot.name.toString('latin1') !== '.') {
        throw directoryFault(block, `'.' in ${MIN_RECORD} bytes`, quote(dot.name));
    }
    if (dot.inode !== block.directory || dot.type !== constants/* FILE_TYPE */.sl.directory) {
        throw directoryFault(block, `'.' to be inode ${block.directory} of type ${constants/* FILE_TYPE */.sl.directory}`, `inode ${dot.inode} of type ${dot.type}`);
    }
    const dotDot = entryAt(block, MIN_RECORD);
    if (dotDot.name.toString('latin1') !== '..' || dotDot.type !== constants/* FILE_TYPE */.sl.directory) {
        throw directoryFault(block, `'..' of type ${constants/* FILE_TYPE */.sl.directory}`, `${quote(dotDot.name)} of type ${dotDot.type}`);
    }
    checkInode(block, dotDot.inode);
    return MIN_RECORD + recordLength(block, MIN_RECORD, end);
}
function decodeEntry(block, at) {
    const { name, inode, type } = entryAt(block, at);
    checkInode(block, inode);
    if (name.length === 0 || name.includes(0) || name.includes(0x2f)) {
        throw directoryFault(block, "a name without '/' and NUL", quote(name));
    }
    const isDots = name[0] === 0x2e && (name.length === 1 || (name.length === 2 && name[1] === 0x2e));
    if (isDots) {
        throw directoryFault(block, "'.' and '..' only at the start", `${quote(name)} at byte ${at}`);
    }
    const kind = KINDS.get(type);
    if (kind === undefined) {
        throw directoryFault(block, 'the type of a file, directory or symlink', `type ${type} for ${quote(name)}`);
    }
    return { name, inode, type: kind };
}
function entryAt(block, at) {
    const { bytes } = block;
    const nameStart = at + offsets/* DIRECTORY_ENTRY */.Fp.name;
    return {
        name: bytes.subarray(nameStart, nameStart + bytes[at + offsets/* DIRECTORY_ENTRY */.Fp.nameLen]),
        inode: bytes.readUInt32LE(at + offsets/* DIRECTORY_ENTRY */.Fp.inode),
        type: bytes[at + offsets/* DIRECTORY_ENTRY */.Fp.fileType],
    };
}
/** The length of the record at `at`, which must contain its name and end by `end`. */
function recordLength(block, at, end) {
    const { bytes } = block;
    const length = bytes.readUInt16LE(at + offsets/* DIRECTORY_ENTRY */.Fp.recLen);
    const least = offsets/* DIRECTORY_ENTRY */.Fp.name + bytes[at + offsets/* DIRECTORY_ENTRY */.Fp.nameLen];
    if (length % 4 > 0 || length < Math.max(least, MIN_RECORD) || at + length > end) {
        throw directoryFault(block, `a record of ${least} to ${end - at} bytes at byte ${at}`, `${length}`);
    }
    return length;
}
const MIN_RECORD = 12;
function checkInode(block, inode) {
    if (inode === constants/* INODE */.S2.root || (inode >= constants/* INODE */.S2.firstFree && inode <= block.inodes)) {
        return;
    }
    throw directoryFault(block, `inode ${constants/* INODE */.S2.root} or ${constants/* INODE */.S2.firstFree} to ${block.inodes}`, `${inode}`);
}
/** Creates the error for a block of a directory. */
function directoryFault(block, expected, found) {
    const place = `block ${block.index} of inode ${block.directory}`;
    return new Ext4FormatError({ structure: 'directory', place, expected, found });
}

;// CONCATENATED MODULE: ./ext4/read/directory-index.js
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
    const dotsEnd = checkDots(block, constants/* BLOCK_SIZE */.cS);
    if (dotsEnd !== constants/* BLOCK_SIZE */.cS) {
        throw directoryFault(block, `'..' to end at byte ${constants/* BLOCK_SIZE */.cS}`, `its end at byte ${dotsEnd}`);
    }
    const { bytes } = block;
    const version = bytes[offsets/* DX_ROOT */.G$.hashVersion];
    const indirectLevels = bytes[offsets/* DX_ROOT */.G$.indirectLevels];
    if (version !== constants/* HASH_HALF_MD4 */.fu) {
        throw directoryFault(block, `hash version ${constants/* HASH_HALF_MD4 */.fu}`, `${version}`);
    }
    if (bytes[offsets/* DX_ROOT */.G$.infoLength] !== DX_INFO.length) {
        throw directoryFault(block, `${DX_INFO.length} bytes of index information`, `${bytes[offsets/* DX_ROOT */.G$.infoLength]}`);
    }
    if (bytes[DX_INFO.unusedFlags] !== 0) {
        throw directoryFault(block, 'unused_flags 0x0', hex(bytes[DX_INFO.unusedFlags]));
    }
    const reserved = bytes.readUInt32LE(DX_INFO.reserved);
    if (reserved !== 0) {
        throw directoryFault(block, 'reserved_zero 0x0', hex(reserved));
    }
    if (indirectLevels > 1) {
        throw directoryFault(block, 'an index of at most 2 levels', `${indirectLevels + 1}`);
    }
    return { ...decodeIndex(block, offsets/* DX_ROOT */.G$.countLimit, offsets/* DX_LIMIT */.vH.root), indirectLevels };
}
/** Whether a block is an inner block of an index: its one unused entry spans the block, so that it has no tail. */
function isInnerIndexBlock(bytes) {
    return bytes.readUInt32LE(offsets/* DIRECTORY_ENTRY */.Fp.inode) === 0 && bytes.readUInt16LE(offsets/* DIRECTORY_ENTRY */.Fp.recLen) === constants/* BLOCK_SIZE */.cS;
}
/** Decodes an inner block of an index. */
function decodeInnerIndexBlock(block) {
    return { ...decodeIndex(block, offsets/* DX_NODE */.W7.countLimit, offsets/* DX_LIMIT */.vH.node), indirectLevels: 0 };
}
function decodeIndex(block, start, capacity) {
    const { bytes, seed } = block;
    const limit = bytes.readUInt16LE(start + offsets/* DX_ENTRY */.mF.limit);
    const count = bytes.readUInt16LE(start + offsets/* DX_ENTRY */.mF.count);
    if (limit !== capacity) {
        throw directoryFault(block, `a limit of ${capacity} index entries`, `${limit}`);
    }
    if (count < 1 || count > limit) {
        throw directoryFault(block, `1 to ${limit} index entries`, `${count}`);
    }
    const unusedStart = start + count * offsets/* DX_ENTRY */.mF.size;
    const unusedEnd = start + limit * offsets/* DX_ENTRY */.mF.size;
    const stored = bytes.readUInt32LE(unusedEnd + offsets/* DX_TAIL */.ob.checksum);
    // The checksum covers the entries in use and the tail, with zero in place of the checksum.
    const entries = (0,crc32c/* crc32c */.d)(seed, bytes.subarray(0, unusedStart));
    const reserved = (0,crc32c/* crc32c */.d)(entries, bytes.subarray(unusedEnd, unusedEnd + offsets/* DX_TAIL */.ob.checksum));
    const computed = (0,crc32c/* crc32c */.d)(reserved, FOUR_ZEROS);
    if (stored !== computed) {
        throw directoryFault(block, `checksum ${hex(computed)}`, hex(stored));
    }
    return { count, unusedStart, unusedEnd };
}
const FOUR_ZEROS = new Uint8Array(4);

;// CONCATENATED MODULE: ./ext4/read/directory.js






/** Yields the entries of a directory except '.' and '..', in the order of its blocks, each of which is verified. */
function* readDirectory(volume, inode) {
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
    const indexed = (inode.flags & constants/* INODE_FLAG */.JF.index) !== 0;
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
    if (size === 0 || size % constants/* BLOCK_SIZE */.cS > 0) {
        throw fault(inode, `a size that is a multiple of ${constants/* BLOCK_SIZE */.cS} bytes, not 0`, `${size} bytes`);
    }
    const { checksumSeed, inodes } = volume.superblock;
    const seed = inodeSeed(checksumSeed, number, generation);
    let index = 0;
    for (const { logical, physical, length } of walkExtents(volume, inode)) {
        if (logical !== index) {
            throw fault(inode, `block ${index}`, `a hole up to block ${logical}`);
        }
        for (let done = 0; done < length; done += READ_BLOCKS) {
            const bytes = Buffer.allocUnsafeSlow(Math.min(READ_BLOCKS, length - done) * constants/* BLOCK_SIZE */.cS);
            volume.read(bytes, (physical + done) * constants/* BLOCK_SIZE */.cS);
            for (let at = 0; at < bytes.length; at += constants/* BLOCK_SIZE */.cS) {
                yield { bytes: bytes.subarray(at, at + constants/* BLOCK_SIZE */.cS), directory: number, index, seed, inodes };
                index++;
            }
        }
    }
    if (index !== size / constants/* BLOCK_SIZE */.cS) {
        throw fault(inode, `${size / constants/* BLOCK_SIZE */.cS} blocks`, `${index}`);
    }
}
function fault(inode, expected, found) {
    return new Ext4FormatError({ structure: 'directory', place: `inode ${inode.number}`, expected, found });
}

;// CONCATENATED MODULE: ./ext4/read/symlink.js



/** Reads the target of a symlink: 1 to 4095 bytes without NUL. */
function readSymlink(volume, inode) {
    const { kind, size, flags } = inode;
    if (kind !== 'symlink') {
        throw symlink_fault(inode, 'a symlink', kind);
    }
    if (size < 1 || size > constants/* SYMLINK_MAX */.fh) {
        throw symlink_fault(inode, `a target of 1 to ${constants/* SYMLINK_MAX */.fh} bytes`, `${size}`);
    }
    const isFast = size < constants/* FAST_SYMLINK_LIMIT */.Zp;
    if (isFast && (flags & constants/* INODE_FLAG */.JF.extents) !== 0) {
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
    const block = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    volume.read(block, extent.physical * constants/* BLOCK_SIZE */.cS);
    return block;
}
function symlink_fault(inode, expected, found) {
    return new Ext4FormatError({ structure: 'symlink', place: `inode ${inode.number}`, expected, found });
}

;// CONCATENATED MODULE: ./ext4/read/audit/tails.js






/** Checks the bytes between the end of a file and the end of its last block. */
function auditFileTail(reader, inode, findings) {
    if (!reader.file(inode).tailIsZero()) {
        findings.report('tail', `inode ${inode.number}: expected zeros after the end of the file, found other bytes`);
    }
}
/** Checks that a symlink can be read, and that the bytes after its target are zero. */
function auditSymlink(reader, inode, findings) {
    const target = reader.symlink(inode);
    const isFast = inode.size < constants/* FAST_SYMLINK_LIMIT */.Zp;
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
    const end = bytes.length - offsets/* DIRECTORY_TAIL */.Bn.size;
    for (let at = 0; at < end; at += bytes.readUInt16LE(at + offsets/* DIRECTORY_ENTRY */.Fp.recLen)) {
        const nameLength = bytes[at + offsets/* DIRECTORY_ENTRY */.Fp.nameLen];
        if (bytes.readUInt32LE(at + offsets/* DIRECTORY_ENTRY */.Fp.inode) === 0 && nameLength !== 0) {
            const fault = `expected no name in the unused entry at byte ${at}, found one of ${nameLength} bytes`;
            findings.report('directory', `${placeOf(block)}: ${fault}`);
        }
    }
}
function placeOf({ index, directory }) {
    return `block ${index} of directory ${directory}`;
}

;// CONCATENATED MODULE: ./ext4/read/audit/inodes.js







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
    if (!(0,zero/* isZero */.b)(raw)) {
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
    const deleted = Buffer.from(raw.buffer, raw.byteOffset).readUInt32LE(offsets/* INODE_FIELD */.Fn.dtime);
    if (links === 0) {
        findings.report('inode', `inode ${number}: expected i_links_count of at least 1, found 0`);
    }
    if (deleted !== 0) {
        findings.report('inode', `inode ${number}: expected i_dtime 0, found ${deleted}`);
    }
    const end = GOOD_OLD_SIZE + constants/* EXTRA_ISIZE */.g$;
    const used = nonZero(raw.subarray(end, constants/* INODE_SIZE */.K0), end);
    if (used !== undefined) {
        findings.report('inode', `bytes after the fields of inode ${number}: ${used}`);
    }
}
/** `EXT2_GOOD_OLD_INODE_SIZE`: the offset of the extra fields. */
const GOOD_OLD_SIZE = 128;
function auditBlocks({ reader, owned, fileTails, findings }, inode) {
    const { number, kind, size } = inode;
    if (kind === 'none' || !claimInodeBlocks(reader, inode, owned, findings) || number === constants/* INODE */.S2.resize) {
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
    return number < constants/* INODE */.S2.firstFree && number !== constants/* INODE */.S2.root && number !== constants/* INODE */.S2.resize && number !== constants/* INODE */.S2.journal;
}
/** Checks that a reserved inode, which no image of this project uses, has nothing except its checksum. */
function auditReserved(reader, number, findings) {
    findings.attempt('reserved-inode', () => {
        reader.inode(number);
        const raw = Buffer.from(reader.rawInode(number));
        raw.fill(0, offsets/* INODE_FIELD */.Fn.checksumLo, offsets/* INODE_FIELD */.Fn.checksumLo + 2);
        raw.fill(0, offsets/* INODE_FIELD */.Fn.checksumHi, offsets/* INODE_FIELD */.Fn.checksumHi + 2);
        raw.fill(0, offsets/* INODE_FIELD */.Fn.extraIsize, offsets/* INODE_FIELD */.Fn.extraIsize + 2);
        const used = nonZero(raw, 0);
        if (used !== undefined) {
            findings.report('reserved-inode', `inode ${number}: ${used}`);
        }
    });
}

;// CONCATENATED MODULE: ./ext4/read/audit/journal.js
/**
 * Checks that the journal has never been used: a version 2 superblock without features, then zeros.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, `lib/ext2fs/mkjournal.c` of e2fsprogs.
 */



/** Checks the journal inode, the journal superblock, and that the rest of the journal is zero. */
function auditJournal(reader, findings) {
    const inode = reader.inode(constants/* INODE */.S2.journal);
    const blocks = inode.size / constants/* BLOCK_SIZE */.cS;
    const fields = [
        ['i_mode', constants/* MODE */.g.regular | 0o600, inode.mode],
        ['i_links_count', 1, inode.links],
        ['i_flags', constants/* INODE_FLAG */.JF.extents, inode.flags],
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
        const rest = { offset: (physical + first) * constants/* BLOCK_SIZE */.cS, length: (length - first) * constants/* BLOCK_SIZE */.cS };
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
    const expected = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    expected.writeUInt32BE(constants/* JOURNAL_MAGIC */.oz, offsets/* JOURNAL_SUPERBLOCK */.xO.magic);
    expected.writeUInt32BE(constants/* JOURNAL_SUPERBLOCK_V2 */.ow, offsets/* JOURNAL_SUPERBLOCK */.xO.blockType);
    expected.writeUInt32BE(constants/* BLOCK_SIZE */.cS, offsets/* JOURNAL_SUPERBLOCK */.xO.blockSize);
    expected.writeUInt32BE(Math.floor(blocks) % 2 ** 32, offsets/* JOURNAL_SUPERBLOCK */.xO.maxLen);
    expected.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.first);
    expected.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.sequence);
    expected.set(reader.superblock.uuid, offsets/* JOURNAL_SUPERBLOCK */.xO.uuid);
    expected.writeUInt32BE(1, offsets/* JOURNAL_SUPERBLOCK */.xO.nrUsers);
    const found = Buffer.alloc(constants/* BLOCK_SIZE */.cS);
    reader.read(found, block * constants/* BLOCK_SIZE */.cS);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('journal', `superblock in block ${block}: ${different}`);
    }
}

;// CONCATENATED MODULE: ./ext4/read/audit/superblock.js





/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const JOURNAL_DEVICE = 0xe4;
const LAST_ORPHAN = 0xe8;
/** `EXT3_JNL_BACKUP_BLOCKS`: `s_jnl_blocks` is a copy of `i_block` and the size of the journal inode. */
const BACKUP_OF_BLOCKS = 1;
/** Checks the fields of the superblock that e2fsck trusts, and the bytes around it and the group descriptors. */
function auditSuperblock(reader, findings) {
    const { bytes, groups, descriptorBlocks, overheadBlocks } = reader.superblock;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const flags = view.getUint32(offsets/* SUPERBLOCK */.Nq.flags, true);
    if (flags !== constants/* FLAG_SIGNED_HASH */.lW) {
        findings.report('superblock', `s_flags: expected ${hex(constants/* FLAG_SIGNED_HASH */.lW)} (signed hash), found ${hex(flags)}`);
    }
    const overhead = expectedOverhead(reader);
    if (overheadBlocks !== overhead) {
        findings.report('superblock', `s_overhead_clusters: expected ${overhead}, found ${overheadBlocks}`);
    }
    auditJournalFields(reader, view, findings);
    const superblockEnd = constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd + constants/* SUPERBLOCK_SIZE */.$i;
    const descriptorEnd = constants/* BLOCK_SIZE */.cS + groups * constants/* DESCRIPTOR_SIZE */.Uv;
    const tableEnd = (1 + descriptorBlocks) * constants/* BLOCK_SIZE */.cS;
    const padding = [
        ['before the superblock', { offset: 0, length: constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd }],
        ['after the superblock', { offset: superblockEnd, length: constants/* BLOCK_SIZE */.cS - superblockEnd }],
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
        if (found !== constants/* GROUP_FLAG */.Fx.inodeZeroed) {
            findings.report('group', `group ${group}: expected bg_flags ${hex(constants/* GROUP_FLAG */.Fx.inodeZeroed)} (INODE_ZEROED), found ${hex(found)}`);
        }
    }
}
/** Blocks of superblocks, descriptors, bitmaps, inode tables and the journal, as the kernel computes them on mount. */
function expectedOverhead(reader) {
    const { groups, inodeTableBlocks, journalInode } = reader.superblock;
    let blocks = Math.ceil(reader.inode(journalInode).size / constants/* BLOCK_SIZE */.cS);
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
    const journalUuid = nonZero(bytes.subarray(offsets/* SUPERBLOCK */.Nq.journalUuid, offsets/* SUPERBLOCK */.Nq.journalUuid + 16), 0);
    if (journalUuid !== undefined) {
        findings.report('superblock', `s_journal_uuid: ${journalUuid}`);
    }
    const fields = [
        ['s_journal_dev', 0, view.getUint32(JOURNAL_DEVICE, true)],
        ['s_last_orphan', 0, view.getUint32(LAST_ORPHAN, true)],
        ['s_jnl_backup_type', BACKUP_OF_BLOCKS, view.getUint8(offsets/* SUPERBLOCK */.Nq.jnlBackupType)],
    ];
    for (const [field, expected, found] of fields) {
        if (found !== expected) {
            findings.report('superblock', `${field}: expected ${expected}, found ${found}`);
        }
    }
    const journal = reader.inode(constants/* INODE */.S2.journal);
    const expected = Buffer.alloc(17 * 4);
    expected.set(journal.block);
    expected.writeUInt32LE(Math.floor(journal.size / 2 ** 32), 15 * 4);
    expected.writeUInt32LE(journal.size % 2 ** 32, 16 * 4);
    const found = bytes.subarray(offsets/* SUPERBLOCK */.Nq.jnlBlocks, offsets/* SUPERBLOCK */.Nq.jnlBlocks + expected.length);
    const different = difference(expected, found);
    if (different !== undefined) {
        findings.report('superblock', `s_jnl_blocks: ${different}`);
    }
}

;// CONCATENATED MODULE: ./ext4/read/audit/audit.js










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
            claim(`superblock of group ${group}`, group * constants/* BLOCKS_PER_GROUP */.Nr, superblockRun(superblock));
        }
    }
    for (let group = 0; group < superblock.groups; group++) {
        claim(`block bitmap of group ${group}`, groups.blockBitmap[group], 1);
        claim(`inode bitmap of group ${group}`, groups.inodeBitmap[group], 1);
        claim(`inode table of group ${group}`, groups.inodeTable[group], superblock.inodeTableBlocks);
    }
}

// EXTERNAL MODULE: ./bytes/bounds.js
var bounds = __webpack_require__(9388);
;// CONCATENATED MODULE: ./ext4/read/file.js





/**
 * Opens a regular file. Each extent is read with one call, directly into the target; sequential reads do not search the
 * extent tree again.
 */
function openFile(volume, inode) {
    if (inode.kind !== 'file') {
        throw new Ext4FormatError({
            structure: 'inode',
            place: `inode ${inode.number}`,
            expected: 'a regular file',
            found: inode.kind,
        });
    }
    const { size } = inode;
    const paddedSize = Math.ceil(size / constants/* BLOCK_SIZE */.cS) * constants/* BLOCK_SIZE */.cS;
    const find = extentFinder(volume, inode);
    const read = (position, target) => {
        (0,bounds/* checkBounds */.M)({ offset: position, length: target.length }, paddedSize, 'a file');
        let done = 0;
        while (done < target.length) {
            const at = position + done;
            const extent = find(Math.floor(at / constants/* BLOCK_SIZE */.cS));
            const start = extent === undefined ? paddedSize : extent.logical * constants/* BLOCK_SIZE */.cS;
            if (extent === undefined || at < start) {
                const hole = target.subarray(done, done + start - at);
                hole.fill(0);
                done += hole.length;
            }
            else {
                const piece = target.subarray(done, done + start + extent.length * constants/* BLOCK_SIZE */.cS - at);
                volume.read(piece, extent.physical * constants/* BLOCK_SIZE */.cS + at - start);
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
            return (0,zero/* isZero */.b)(bytes);
        },
    };
}
/** Shared by all files, because a buffer for each would be most of the memory of a walk. */
const tail = new Uint8Array(constants/* BLOCK_SIZE */.cS);
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

;// CONCATENATED MODULE: ./ext4/read/inode.js
/**
 * Decodes an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/inodes.rst`, struct `ext4_inode`.
 */





/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const FILE_ACL = { lo: 0x68, hi: 0x76 };
const KNOWN_FLAGS = constants/* INODE_FLAG */.JF.index | constants/* INODE_FLAG */.JF.extents;
/**
 * Decodes the 256 bytes of inode `number` and verifies its checksum. An inode of zeros has never been used. Throws an
 * `Ext4FormatError` for anything that this project does not write: devices, extended attributes, inline data, other flags.
 */
function decodeInode(raw, number, filesystemSeed) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const mode = view.getUint16(offsets/* INODE_FIELD */.Fn.mode, true);
    const generation = view.getUint32(offsets/* INODE_FIELD */.Fn.generation, true);
    if (mode !== 0 || !(0,zero/* isZero */.b)(raw)) {
        verify(raw, view, number, inodeSeed(filesystemSeed, number, generation));
    }
    const inode = {
        number,
        kind: kindOf(mode, number),
        mode,
        uid: view.getUint16(offsets/* INODE_FIELD */.Fn.uidLo, true) + view.getUint16(offsets/* INODE_FIELD */.Fn.uidHi, true) * 0x10000,
        gid: view.getUint16(offsets/* INODE_FIELD */.Fn.gidLo, true) + view.getUint16(offsets/* INODE_FIELD */.Fn.gidHi, true) * 0x10000,
        size: view.getUint32(offsets/* INODE_FIELD */.Fn.sizeLo, true) + view.getUint32(offsets/* INODE_FIELD */.Fn.sizeHi, true) * 2 ** 32,
        links: view.getUint16(offsets/* INODE_FIELD */.Fn.linksCount, true),
        sectors: view.getUint32(offsets/* INODE_FIELD */.Fn.blocksLo, true) + view.getUint16(offsets/* INODE_FIELD */.Fn.blocksHi, true) * 2 ** 32,
        flags: view.getUint32(offsets/* INODE_FIELD */.Fn.flags, true),
        generation,
        atime: view.getUint32(offsets/* INODE_FIELD */.Fn.atime, true),
        ctime: view.getUint32(offsets/* INODE_FIELD */.Fn.ctime, true),
        mtime: view.getUint32(offsets/* INODE_FIELD */.Fn.mtime, true),
        crtime: view.getUint32(offsets/* INODE_FIELD */.Fn.crtime, true),
        block: raw.slice(offsets/* INODE_FIELD */.Fn.block, offsets/* INODE_FIELD */.Fn.block + 60),
    };
    if (inode.size > constants/* FILE_SIZE_MAX */.iq) {
        throw inode_fault(number, `a size of at most ${constants/* FILE_SIZE_MAX */.iq} bytes`, `${inode.size}`);
    }
    if (inode.kind !== 'none') {
        checkProfile(inode, view);
    }
    return inode;
}
function verify(raw, view, number, seed) {
    const extra = view.getUint16(offsets/* INODE_FIELD */.Fn.extraIsize, true);
    const computed = inodeChecksum(seed, raw);
    const low = view.getUint16(offsets/* INODE_FIELD */.Fn.checksumLo, true);
    const high = view.getUint16(offsets/* INODE_FIELD */.Fn.checksumHi, true);
    // Reserved inodes of mke2fs have no extra fields, and therefore only the lower half of the checksum.
    const expected = extra === 0 ? computed & 0xffff : computed;
    const stored = low + high * 0x10000;
    if (stored !== expected) {
        throw inode_fault(number, `checksum ${hex(expected)}`, hex(stored));
    }
}
function checkProfile(inode, view) {
    const { number, flags } = inode;
    const extra = view.getUint16(offsets/* INODE_FIELD */.Fn.extraIsize, true);
    if (extra !== constants/* EXTRA_ISIZE */.g$) {
        throw inode_fault(number, `i_extra_isize ${constants/* EXTRA_ISIZE */.g$}`, `${extra}`);
    }
    if ((flags & ~KNOWN_FLAGS) !== 0) {
        throw inode_fault(number, `no i_flags except ${hex(KNOWN_FLAGS)}`, hex(flags));
    }
    const attributes = view.getUint32(FILE_ACL.lo, true) + view.getUint16(FILE_ACL.hi, true) * 2 ** 32;
    if (attributes !== 0) {
        throw inode_fault(number, 'no extended attributes', `block ${attributes}`);
    }
}
function kindOf(mode, number) {
    if (mode === 0) {
        return 'none';
    }
    const type = mode & constants/* MODE */.g.typeMask;
    if (type === constants/* MODE */.g.regular) {
        return 'file';
    }
    if (type === constants/* MODE */.g.directory) {
        return 'directory';
    }
    if (type === constants/* MODE */.g.symlink) {
        return 'symlink';
    }
    throw inode_fault(number, 'a regular file, directory or symlink', `mode 0${mode.toString(8)}`);
}
function inode_fault(number, expected, found) {
    return new Ext4FormatError({ structure: 'inode', place: `inode ${number}`, expected, found });
}

// EXTERNAL MODULE: ./bytes/keep-last.js
var keep_last = __webpack_require__(777);
;// CONCATENATED MODULE: ./ext4/read/inode-table.js



const PAGE_INODES = 256;
const PAGE_BYTES = PAGE_INODES * constants/* INODE_SIZE */.K0;
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
        const length = Math.min(PAGE_BYTES, inodeTableBlocks * constants/* BLOCK_SIZE */.cS - start);
        volume.read(page.subarray(0, length), volume.groups.inodeTable[group] * constants/* BLOCK_SIZE */.cS + start);
        return page;
    };
    const pages = (0,keep_last/* keepLast */.A)(MAX_PAGES, load, (page) => spare.push(page));
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
        const at = (index % PAGE_INODES) * constants/* INODE_SIZE */.K0;
        return lastPage.subarray(at, at + constants/* INODE_SIZE */.K0);
    };
}

;// CONCATENATED MODULE: ./ext4/read/volume/groups.js
/**
 * Decodes the group descriptor table.
 *
 * Source: Linux `Documentation/filesystems/ext4/group_descr.rst`, struct `ext4_group_desc`.
 */




/** Decodes the descriptors at the start of `bytes`, and checks that their blocks are within the filesystem. */
function decodeGroups(superblock, bytes) {
    const table = createTable(superblock.groups);
    for (let group = 0; group < superblock.groups; group++) {
        const raw = bytes.subarray(group * constants/* DESCRIPTOR_SIZE */.Uv, (group + 1) * constants/* DESCRIPTOR_SIZE */.Uv);
        const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
        checkDescriptor(superblock, group, raw, view);
        const u16 = (low, high) => view.getUint16(low, true) + view.getUint16(high, true) * 0x10000;
        const u32 = (low, high) => view.getUint32(low, true) + view.getUint32(high, true) * 2 ** 32;
        const field = offsets/* GROUP_DESCRIPTOR */.AR;
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
function createTable(groups) {
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
    const stored = view.getUint16(offsets/* GROUP_DESCRIPTOR */.AR.checksum, true);
    const computed = descriptorChecksum(superblock.checksumSeed, group, raw);
    if (stored !== computed) {
        throw groups_fault(group, `bg_checksum ${hex(computed)}`, hex(stored));
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

;// CONCATENATED MODULE: ./ext4/read/volume/superblock.js
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
    const uuid = bytes.subarray(offsets/* SUPERBLOCK */.Nq.uuid, offsets/* SUPERBLOCK */.Nq.uuid + 16);
    const label = Buffer.from(bytes.subarray(offsets/* SUPERBLOCK */.Nq.volumeName, offsets/* SUPERBLOCK */.Nq.volumeName + 16));
    const blocks = u64(view, offsets/* SUPERBLOCK */.Nq.blocksCountLo, offsets/* SUPERBLOCK */.Nq.blocksCountHi);
    const groups = Math.ceil(blocks / constants/* BLOCKS_PER_GROUP */.Nr);
    const inodesPerGroup = view.getUint32(offsets/* SUPERBLOCK */.Nq.inodesPerGroup, true);
    const superblock = {
        bytes,
        uuid,
        label: label.subarray(0, label.indexOf(0) < 0 ? 16 : label.indexOf(0)),
        blocks,
        freeBlocks: u64(view, offsets/* SUPERBLOCK */.Nq.freeBlocksCountLo, offsets/* SUPERBLOCK */.Nq.freeBlocksCountHi),
        reservedBlocks: u64(view, offsets/* SUPERBLOCK */.Nq.rBlocksCountLo, offsets/* SUPERBLOCK */.Nq.rBlocksCountHi),
        inodes: view.getUint32(offsets/* SUPERBLOCK */.Nq.inodesCount, true),
        freeInodes: view.getUint32(offsets/* SUPERBLOCK */.Nq.freeInodesCount, true),
        groups,
        inodesPerGroup,
        inodeTableBlocks: inodesPerGroup / constants/* INODES_PER_BLOCK */.b6,
        descriptorBlocks: Math.ceil(groups / constants/* DESCRIPTORS_PER_BLOCK */.$m),
        reservedDescriptorBlocks: view.getUint16(offsets/* SUPERBLOCK */.Nq.reservedGdtBlocks, true),
        overheadBlocks: view.getUint32(offsets/* SUPERBLOCK */.Nq.overheadClusters, true),
        journalInode: view.getUint32(offsets/* SUPERBLOCK */.Nq.journalInum, true),
        hashSeed: bytes.subarray(offsets/* SUPERBLOCK */.Nq.hashSeed, offsets/* SUPERBLOCK */.Nq.hashSeed + 16),
        checksumSeed: filesystemSeed(uuid),
    };
    checkGeometry(superblock, size);
    return superblock;
}
function checkIdentity(bytes, view) {
    const magic = view.getUint16(offsets/* SUPERBLOCK */.Nq.magic, true);
    if (magic !== constants/* SUPERBLOCK_MAGIC */.Td) {
        throw superblock_fault('s_magic', hex(constants/* SUPERBLOCK_MAGIC */.Td), hex(magic));
    }
    const stored = view.getUint32(offsets/* SUPERBLOCK */.Nq.checksum, true);
    const computed = superblockChecksum(bytes);
    if (stored !== computed) {
        throw superblock_fault('s_checksum', hex(computed), hex(stored));
    }
}
/** Fields that are the same in all filesystems that this project writes. */
const PROFILE = [
    ['s_rev_level', offsets/* SUPERBLOCK */.Nq.revLevel, 32, 1],
    ['s_checksum_type', offsets/* SUPERBLOCK */.Nq.checksumType, 8, constants/* CHECKSUM_CRC32C */.ND],
    ['s_feature_compat', offsets/* SUPERBLOCK */.Nq.featureCompat, 32, allOf(constants/* COMPAT */.vS)],
    ['s_feature_incompat', offsets/* SUPERBLOCK */.Nq.featureIncompat, 32, allOf(constants/* INCOMPAT */.Cw)],
    ['s_feature_ro_compat', offsets/* SUPERBLOCK */.Nq.featureRoCompat, 32, allOf(constants/* RO_COMPAT */.nZ)],
    ['s_log_block_size', offsets/* SUPERBLOCK */.Nq.logBlockSize, 32, constants/* LOG_BLOCK_SIZE */.bJ],
    ['s_log_cluster_size', offsets/* SUPERBLOCK */.Nq.logClusterSize, 32, constants/* LOG_BLOCK_SIZE */.bJ],
    ['s_blocks_per_group', offsets/* SUPERBLOCK */.Nq.blocksPerGroup, 32, constants/* BLOCKS_PER_GROUP */.Nr],
    ['s_clusters_per_group', offsets/* SUPERBLOCK */.Nq.clustersPerGroup, 32, constants/* BLOCKS_PER_GROUP */.Nr],
    ['s_first_data_block', offsets/* SUPERBLOCK */.Nq.firstDataBlock, 32, 0],
    ['s_inode_size', offsets/* SUPERBLOCK */.Nq.inodeSize, 16, constants/* INODE_SIZE */.K0],
    ['s_desc_size', offsets/* SUPERBLOCK */.Nq.descSize, 16, constants/* DESCRIPTOR_SIZE */.Uv],
    ['s_first_ino', offsets/* SUPERBLOCK */.Nq.firstIno, 32, constants/* INODE */.S2.firstFree],
    ['s_journal_inum', offsets/* SUPERBLOCK */.Nq.journalInum, 32, constants/* INODE */.S2.journal],
    ['s_log_groups_per_flex', offsets/* SUPERBLOCK */.Nq.logGroupsPerFlex, 8, constants/* LOG_GROUPS_PER_FLEX */.GA],
    ['s_def_hash_version', offsets/* SUPERBLOCK */.Nq.defHashVersion, 8, constants/* HASH_HALF_MD4 */.fu],
    ['s_state (1: cleanly unmounted)', offsets/* SUPERBLOCK */.Nq.state, 16, 1],
    ['s_block_group_nr', offsets/* SUPERBLOCK */.Nq.blockGroupNr, 16, 0],
];
function superblock_checkProfile(view) {
    for (const [name, offset, width, value] of PROFILE) {
        const found = unsigned(view, offset, width);
        if (found !== value) {
            throw superblock_fault(name, hex(value), hex(found));
        }
    }
}
function checkGeometry(superblock, size) {
    const { blocks, groups, inodes, inodesPerGroup, descriptorBlocks, reservedDescriptorBlocks } = superblock;
    const available = Math.floor(size / constants/* BLOCK_SIZE */.cS);
    if (blocks > available) {
        throw superblock_fault('s_blocks_count', `at most ${available} blocks, those of the source`, `${blocks}`);
    }
    // The resize inode maps the reserved descriptor blocks with one block of 1024 words.
    if (reservedDescriptorBlocks > constants/* BLOCK_SIZE */.cS / 4) {
        throw superblock_fault('s_reserved_gdt_blocks', `at most ${constants/* BLOCK_SIZE */.cS / 4}`, `${reservedDescriptorBlocks}`);
    }
    const least = 1 + descriptorBlocks + reservedDescriptorBlocks;
    if (blocks <= least) {
        throw superblock_fault('s_blocks_count', `more than ${least}`, `${blocks}`);
    }
    if (inodesPerGroup < constants/* INODES_PER_BLOCK */.b6 || inodesPerGroup % constants/* INODES_PER_BLOCK */.b6 > 0 || inodesPerGroup > constants/* BLOCKS_PER_GROUP */.Nr) {
        throw superblock_fault('s_inodes_per_group', `a multiple of ${constants/* INODES_PER_BLOCK */.b6} from ${constants/* INODES_PER_BLOCK */.b6} to ${constants/* BLOCKS_PER_GROUP */.Nr}`, `${inodesPerGroup}`);
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

;// CONCATENATED MODULE: ./ext4/read/volume/volume.js




/** Reads the superblock and the group descriptors. Throws an `Ext4FormatError` if this project does not use their values. */
function openVolume(source) {
    const least = constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd + constants/* SUPERBLOCK_SIZE */.$i;
    if (source.size < least) {
        throw new Ext4FormatError({
            structure: 'superblock',
            place: `byte ${constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd}`,
            expected: `a source of at least ${least} bytes`,
            found: `${source.size} bytes`,
        });
    }
    const bytes = new Uint8Array(constants/* SUPERBLOCK_SIZE */.$i);
    source.read(bytes, constants/* PRIMARY_SUPERBLOCK_OFFSET */.wd);
    const superblock = decodeSuperblock(bytes, source.size);
    const descriptors = new Uint8Array(Math.ceil(superblock.groups / constants/* DESCRIPTORS_PER_BLOCK */.$m) * constants/* BLOCK_SIZE */.cS);
    source.read(descriptors, constants/* BLOCK_SIZE */.cS);
    const groups = decodeGroups(superblock, descriptors);
    const end = superblock.blocks * constants/* BLOCK_SIZE */.cS;
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

;// CONCATENATED MODULE: ./ext4/read/reader.js









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
        for (const entry of readDirectory(volume, directory)) {
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
        directory: (directory) => readDirectory(volume, directory),
        entryInode,
        file: (file) => openFile(volume, file),
        extents: (owner) => walkExtents(volume, owner),
        symlink: (link) => readSymlink(volume, link),
        lookup(path) {
            let found = inode(constants/* INODE */.S2.root);
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

// EXTERNAL MODULE: ./nix/database.js
var database = __webpack_require__(5388);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./nix/nar/sink.js
var sink = __webpack_require__(7648);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: ./verify/verification-error.js
var verification_error = __webpack_require__(6867);
;// CONCATENATED MODULE: ./verify/store-paths.js





/** Reads the list of store paths and the registration. Throws if the image lacks either. */
function listStore(reader) {
    const names = Array.from(reader.directory(storeDirectory(reader)), ({ name }) => (0,printable/* printable */.g)(name)).sort();
    return { names, registration: readWholeFile(reader, '/nix-path-registration') };
}
/** Reads a file of an image. Throws if it is missing, or has bytes other than zero after its end. */
function readWholeFile(reader, path) {
    const names = path.slice(1).split('/');
    const file = reader.lookup(names.map((name) => Buffer.from(name)));
    if (file === undefined) {
        throw (0,verification_error/* imageMismatch */.w6)(`${path} is missing in the image.`);
    }
    const contents = reader.file(file);
    const bytes = Buffer.alloc(contents.size);
    contents.read(0, bytes);
    if (!contents.tailIsZero()) {
        throw (0,verification_error/* imageMismatch */.w6)(`${path} has bytes other than zero after its end in the image.`);
    }
    return bytes;
}
/**
 * Hashes store paths of the image as Nix would, in the order of their names. Bytes that break a rule make that store path
 * `faulty`; an error of reading the file is thrown.
 */
function hashStorePaths(reader, names, attributes) {
    const find = storePathFinder(reader);
    const buffer = (0,sink/* createSinkBuffer */.U1)();
    return names.map((name) => {
        try {
            const node = narNodeOfInode(reader, find(name), attributes, `/nix/store/${name}`);
            return { kind: 'hashed', ...(0,nar/* hashNar */.y)(node, buffer) };
        }
        catch (error) {
            if (error instanceof user_error/* UserError */.yo || (0,verification_error/* isSystemError */.Or)(error)) {
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
        entries ??= new Map(Array.from(reader.directory(storeDirectory(reader)), (entry) => [`${entry.name}`, entry]));
        const entry = entries.get(name);
        if (entry === undefined) {
            throw new Error('it is missing');
        }
        return reader.entryInode(entry);
    };
}
const STORE = [Buffer.from('nix'), Buffer.from('store')];
function storeDirectory(reader) {
    const directory = reader.lookup(STORE);
    if (directory?.kind !== 'directory') {
        throw (0,verification_error/* imageMismatch */.w6)('The image has no directory /nix/store.');
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
        node: () => narNodeOfInode(reader, reader.entryInode(entry), attributes, `${path}/${(0,printable/* printable */.g)(entry.name)}`),
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

;// CONCATENATED MODULE: ./verify/database.js



const DATABASE = '/nix/var/nix/db/db.sqlite';
/**
 * Checks the database of Nix in an image with SQLite: it is sound, and has a row for each store path of the closure and
 * each of its references, and no other. Throws naming what differs.
 */
function checkDatabase(reader, { closure, scratch }) {
    const fault = (0,database/* findDatabaseFault */.Ln)(readWholeFile(reader, DATABASE), closure, scratch);
    if (fault !== undefined) {
        throw (0,verification_error/* imageMismatch */.w6)(`${DATABASE} in the image is not the database of the closure. ${fault}`);
    }
}

// EXTERNAL MODULE: ./bytes/compare.js
var compare = __webpack_require__(7478);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
;// CONCATENATED MODULE: ./verify/explain-mismatch.js






/** Reads a store path on this machine again, and compares it with the image. */
function explainMismatch(reader, mismatch) {
    try {
        const { hash } = (0,nar/* hashNar */.y)((0,of_path/* narNodeOfPath */.c)(Buffer.from(mismatch.path)));
        return { kind: 'read', hash, difference: findDifference(reader, mismatch) };
    }
    catch (error) {
        return { kind: 'unreadable', problem: (0,text_escape/* printableText */.XU)(error instanceof Error ? error.message : String(error)) };
    }
}
function findDifference(reader, { name, path, attributes }) {
    try {
        const store = (0,of_path/* narNodeOfPath */.c)(Buffer.from(path));
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
    const position = (0,compare/* firstDifference */.a)(bytesOf(image), bytesOf(store), { offset: 0, length: store.size });
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
            return `${path}/${(0,printable/* printable */.g)(entry.name)} is missing in the image`;
        }
        if (order > 0) {
            return `${path}/${(0,printable/* printable */.g)(found.name)} is missing in the store`;
        }
        const below = compareNodes(nodeOf(entry), nodeOf(found), `${path}/${(0,printable/* printable */.g)(entry.name)}`);
        if (below !== undefined) {
            return below;
        }
    }
    const extra = inImage[inStore.length];
    return extra === undefined ? undefined : `${path}/${(0,printable/* printable */.g)(extra.name)} is missing in the store`;
}
function nodeOf({ node }) {
    return typeof node === 'function' ? node() : node;
}

// EXTERNAL MODULE: ./disk/blobs.js
var disk_blobs = __webpack_require__(5395);
// EXTERNAL MODULE: ./disk/table.js + 1 modules
var table = __webpack_require__(5593);
// EXTERNAL MODULE: ./disk/table-areas.js
var table_areas = __webpack_require__(4864);
// EXTERNAL MODULE: ./fat/tree.js
var fat_tree = __webpack_require__(8837);
;// CONCATENATED MODULE: ./fat/compare.js



/**
 * Compares a volume with the files that it was made from: it must have all directories and files, with the same bytes, and
 * no others. Returns the differences, each as a phrase that begins with a path.
 */
function compareFat(volume, tree, readContents) {
    const found = new Map(volume.entries.map(({ path }, entry) => [path, entry]));
    const differences = [];
    for (const entry of tree.entries.keys()) {
        const path = (0,fat_tree/* fatPathOf */.c)(tree, entry).toString();
        const difference = differenceOf(volume, found.get(path), { tree, entry, readContents });
        found.delete(path);
        if (difference !== undefined) {
            differences.push(`${(0,text_escape/* quote */.hD)(path)} ${difference}`);
        }
    }
    for (const path of found.keys()) {
        differences.push(`${(0,text_escape/* quote */.hD)(path)} is not one of the firmware files`);
    }
    return differences;
}
function differenceOf(volume, entry, { tree, entry: expectedEntry, readContents }) {
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
    const at = (0,compare/* firstDifference */.a)({ size, read: (target, position) => volume.read(entry, position, target) }, { size, read: (target, position) => readContents(expectedEntry, position, target) }, { offset: 0, length: size });
    return at === undefined ? undefined : `differs at byte ${at}`;
}

// EXTERNAL MODULE: ./fat/read.js + 4 modules
var read = __webpack_require__(341);
// EXTERNAL MODULE: ./image/card/blobs.js
var card_blobs = __webpack_require__(8306);
// EXTERNAL MODULE: ./image/card/source-files.js
var source_files = __webpack_require__(3159);
;// CONCATENATED MODULE: ./verify/outside-filesystem.js
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
        ...checkBlobs(image, layout),
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
        const planned = outside_filesystem_addDisposableResource(env_1, (0,image_description/* openImage */.UY)(description), false);
        for (const range of rangesOutside(description)) {
            const position = (0,compare/* firstDifference */.a)(image, planned, range);
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
    return (0,verification_error/* imageMismatch */.w6)(message, { remedy: (0,verification_error/* sourceChanged */._4)('firmware-files and bootloader') });
}
function rangesOutside(description) {
    const { offset, length } = (0,image_description/* filesystemRange */.BF)(description);
    const end = offset + length;
    return [
        { offset: 0, length: offset },
        { offset: end, length: (0,image_description/* imageSize */.R9)(description) - end },
    ];
}
function checkTable(image, layout) {
    try {
        return (0,table/* hasTable */.rT)(image, layout) ? [] : ['the partition table differs'];
    }
    catch (error) {
        return [`the partition table is invalid: ${error instanceof Error ? error.message : String(error)}`];
    }
}
function checkBlobs(image, { blobs }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const opened = outside_filesystem_addDisposableResource(env_2, (0,card_blobs/* openBlobs */.d)(blobs), false);
        return blobs.flatMap((blob, i) => {
            const { path, offset } = blob;
            // Bytes of a file at offset 0 that are the partition table's are not compared.
            const found = (0,bytes_window/* windowOf */.O)(image, { offset, length: blob.size });
            const ranges = (0,disk_blobs/* blobRanges */.S)(blob).map((range) => ({ offset: range.offset - offset, length: range.length }));
            const positions = ranges.map((range) => (0,compare/* firstDifference */.a)(found, opened.sources[i], range));
            const position = positions.find((candidate) => candidate !== undefined);
            return position === undefined
                ? []
                : [`the boot loader file at byte ${offset} differs from ${(0,printable/* printable */.g)(path)} at byte ${position}`];
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
        ...(0,table_areas/* tableAreas */.R)(table.kind, size),
        ...blobs.flatMap(disk_blobs/* blobRanges */.S),
        ...(firmware === undefined ? [] : [firmware]),
        filesystem,
        { offset: size, length: 0 },
    ].toSorted((a, b) => a.offset - b.offset);
    const zeros = { size: image.size, read: (target) => target.fill(0) };
    const differences = [];
    let end = 0;
    for (const { offset, length } of taken) {
        const position = (0,compare/* firstDifference */.a)(image, zeros, { offset: end, length: Math.max(0, offset - end) });
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
        const files = outside_filesystem_addDisposableResource(env_3, (0,source_files/* openSourceFiles */.P)(firmware.files), false);
        const volume = (0,read/* openFat */.S)((0,bytes_window/* windowOf */.O)(image, layout.firmware));
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

// EXTERNAL MODULE: ./ext4/directory/children.js
var children = __webpack_require__(4060);
// EXTERNAL MODULE: ./ext4/plan/data-runs.js
var data_runs = __webpack_require__(4714);
// EXTERNAL MODULE: ./tree/contents.js
var tree_contents = __webpack_require__(9618);
// EXTERNAL MODULE: ./tree/store/store-directory.js
var store_directory = __webpack_require__(219);
;// CONCATENATED MODULE: ./verify/outside-store.js
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
 * types, permissions, owners, times, symlink targets, the holes of every file, and every byte of it with its source. Throws
 * naming the first difference.
 */
function compareOutsideStore(reader, { tree, time }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const contents = outside_store_addDisposableResource(env_1, (0,tree_contents/* createContentsReader */.G)(tree), false);
        const root = reader.lookup([]);
        if (root === undefined) {
            throw (0,verification_error/* imageMismatch */.w6)('The image has no root directory.');
        }
        compareEntry({ reader, tree, time, store: (0,store_directory/* storeDirectoryOf */.E)(tree), contents }, 0, root);
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
            expect(comparison, entry, 'target', (0,printable/* printable */.g)(target), (0,printable/* printable */.g)(reader.symlink(inode)));
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
    for (const child of (0,children/* childrenOf */.LU)(tree, entry)) {
        const key = keyOf((0,children/* nameOf */.Vb)(tree, child));
        const foundChild = found.get(key);
        if (foundChild === undefined) {
            throw (0,verification_error/* imageMismatch */.w6)(`${(0,children/* pathOf */.XM)(tree, child)} is missing in the image.`);
        }
        found.delete(key);
        compareEntry(comparison, child, reader.entryInode(foundChild));
    }
    for (const { name } of found.values()) {
        const directory = (0,children/* pathOf */.XM)(tree, entry).replace(/\/$/, '');
        throw (0,verification_error/* imageMismatch */.w6)(`The image contains ${directory}/${(0,printable/* printable */.g)(name)}, which is not part of it.`);
    }
}
function compareFile(comparison, entry, inode) {
    const { reader, tree, contents } = comparison;
    // Only files of the store share an inode: these files are meant to be changed.
    expect(comparison, entry, 'number of links', '1', `${inode.links}`);
    const file = reader.file(inode);
    const { size } = file;
    expect(comparison, entry, 'size', `${tree.size[entry]}`, `${size}`);
    compareHoles(comparison, entry, inode);
    const found = { size, read: (target, position) => file.read(position, target) };
    const source = { size, read: (target, position) => contents.read(entry, position, target) };
    const position = (0,compare/* firstDifference */.a)(found, source, { offset: 0, length: size });
    if (position !== undefined) {
        throw contentsMismatch(tree, entry, position);
    }
    if (!file.tailIsZero()) {
        throw (0,verification_error/* imageMismatch */.w6)(`${(0,children/* pathOf */.XM)(tree, entry)} has bytes other than zero after its end in the image.`);
    }
}
/** The bytes of a hole are zeros, as those of a block can be: a comparison of bytes cannot distinguish them. */
function compareHoles({ reader, tree }, entry, inode) {
    const expected = (0,data_runs/* dataRuns */.BH)(tree, entry);
    const found = runsOf(reader.extents(inode));
    for (let i = 0; i < Math.max(expected.length, found.length); i++) {
        const [wanted, allocated] = [describe(expected.at(i)), describe(found.at(i))];
        if (wanted !== allocated) {
            throw (0,verification_error/* imageMismatch */.w6)(`${(0,children/* pathOf */.XM)(tree, entry)} has ${allocated} allocated in the image; expected ${wanted}.`);
        }
    }
}
/** The runs of a file: several extents are one if no hole is between them. */
function runsOf(extents) {
    const runs = [];
    for (const { logical, length } of extents) {
        const last = runs.at(-1);
        if (last !== undefined && last.start + last.length === logical) {
            runs[runs.length - 1] = { start: last.start, length: last.length + length };
        }
        else {
            runs.push({ start: logical, length });
        }
    }
    return runs;
}
function describe(run) {
    return run === undefined ? 'no further blocks' : `blocks ${run.start} to ${run.start + run.length - 1}`;
}
/** A file of this machine can have changed since it was read; what was generated cannot. */
function contentsMismatch(tree, entry, position) {
    const path = (0,children/* pathOf */.XM)(tree, entry);
    if (tree.origins[tree.origin[entry]].kind === 'generated') {
        return (0,verification_error/* imageMismatch */.w6)(`${path} in the image differs from what was written, at byte ${position}.`);
    }
    return (0,verification_error/* imageMismatch */.w6)(`${path} in the image differs from its source, at byte ${position}: either the source changed while the image was ` +
        'built, or the image was damaged.', { remedy: (0,verification_error/* sourceChanged */._4)('root-files') });
}
function expect({ tree }, entry, what, expected, found) {
    if (expected !== found) {
        throw (0,verification_error/* imageMismatch */.w6)(`${(0,children/* pathOf */.XM)(tree, entry)} has the ${what} ${found} in the image; expected ${expected}.`);
    }
}
/** Names are bytes; Latin-1 maps each byte to one character. */
function keyOf(name) {
    return Buffer.from(name).toString('latin1');
}

// EXTERNAL MODULE: ./verify/skeleton.js
var skeleton = __webpack_require__(2052);
// EXTERNAL MODULE: ./verify/written-file.js
var written_file = __webpack_require__(2199);
;// CONCATENATED MODULE: ./verify/verify-tasks.js










/** What worker threads do to verify an image. */
const verifyTasks = {
    ...skeleton/* skeletonTasks */._k,
    hashWrittenFile(file) {
        return { value: (0,written_file/* hashWrittenFile */.oW)(file) };
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
        (0,skeleton/* withImage */.Mo)(access, (image) => checkCard(image, card));
        return { value: undefined };
    },
    compareOutsideFilesystem(input) {
        (0,skeleton/* withImage */.Mo)(input.access, (image) => compareOutsideFilesystem(image, input.image));
        return { value: undefined };
    },
};
function withFilesystem({ access, filesystem }, work) {
    return (0,skeleton/* withImage */.Mo)(access, (image) => work(openExt4((0,bytes_window/* windowOf */.O)(image, filesystem))));
}

;// CONCATENATED MODULE: ./worker.js





/** All tasks of the worker threads. */
const tasks = { ...treeTasks, ...imageTasks, ...verifyTasks };
if (external_node_worker_threads_.parentPort !== null) {
    serveTasks(external_node_worker_threads_.parentPort, tasks);
}


/***/ })

};
