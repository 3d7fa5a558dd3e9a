export const id = 926;
export const ids = [926];
export const modules = {

/***/ 2926:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _boot_card_check_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9501);
/* harmony import */ var _boot_card_store_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8608);
/* harmony import */ var _boot_card_write_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9094);
/* harmony import */ var _boot_machine_accelerator_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(23);
/* harmony import */ var _boot_machine_packages_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1555);
/* harmony import */ var _boot_plan_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9087);
/* harmony import */ var _boot_run_boots_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1385);
/* harmony import */ var _boot_run_console_file_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(5928);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2321);
/* harmony import */ var _image_output_file_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5877);
/* harmony import */ var _inputs_boot_test_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(3964);
/* harmony import */ var _inputs_preconditions_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1980);
/* harmony import */ var _report_boot_test_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(9615);
/* harmony import */ var _report_job_summary_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(1909);
/* harmony import */ var _report_outputs_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(7954);
/* harmony import */ var _runner_failure_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(8170);
/* harmony import */ var _runner_log_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(4297);
/* harmony import */ var _runner_signals_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(6001);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(8146);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(1622);
/* harmony import */ var _text_size_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(3004);
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
 * The action boot-test, from top to bottom:
 *
 *     inputs -> card -> plan -> boots -> checks -> outputs, summary
 */
























async function main(signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        (0,_inputs_preconditions_js__WEBPACK_IMPORTED_MODULE_14__/* .checkRuntime */ .N)();
        const log = (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_19__/* .createLog */ .h)();
        const inputs = (0,_inputs_boot_test_js__WEBPACK_IMPORTED_MODULE_13__/* .readBootTestInputs */ .E)();
        checkImage(inputs.image);
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const home = (0,_image_output_file_js__WEBPACK_IMPORTED_MODULE_12__/* .makeTemporaryDirectory */ .L)(process.env.RUNNER_TEMP || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'nix-ext4-boot-test-');
        const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, 'work');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(directory);
        stack.defer(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(directory, { recursive: true, force: true }));
        const consoleLog = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(home, 'console.log');
        const console = stack.use((0,_boot_run_console_file_js__WEBPACK_IMPORTED_MODULE_10__/* .createConsoleFile */ ._)(consoleLog));
        const progress = { machine: undefined, boots: [], checks: [], grownTo: undefined };
        const publish = (failure) => publishReport({
            image: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(inputs.image),
            cardSize: inputs.cardSize,
            ...progress,
            seconds: log.elapsed(),
            consoleLog,
            lastLines: console.lastLines,
            failure,
        });
        try {
            await test({ inputs, log, signal, directory, console, progress });
        }
        catch (error) {
            for (const line of lastLines(console)) {
                log.info(line);
            }
            await publish((0,_runner_failure_js__WEBPACK_IMPORTED_MODULE_18__/* .describeFailure */ .I)(error));
            throw error;
        }
        await publish(undefined);
        log.info(closingLine(inputs, progress, log.elapsed()));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
async function test(step) {
    const { inputs, log, signal, directory, console, progress } = step;
    await install((0,_boot_machine_packages_js__WEBPACK_IMPORTED_MODULE_7__/* .needsOfCard */ .Ll)((0,_boot_card_write_js__WEBPACK_IMPORTED_MODULE_5__/* .compressionOf */ .M)(inputs.image)), step);
    await write(step);
    const card = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'card');
    const plan = await log.phase('Read the card', () => (0,_boot_plan_js__WEBPACK_IMPORTED_MODULE_8__/* .planBoot */ .c)(card, inputs.cardSize, { ...inputs, directory, signal }));
    for (const problem of plan.problems) {
        log.warning('A partition of the image cannot be read', problem);
    }
    const accelerator = await (0,_boot_machine_accelerator_js__WEBPACK_IMPORTED_MODULE_6__/* .chooseAccelerator */ .X)(plan.platform, directory, signal);
    progress.machine = describe(plan, accelerator);
    log.info(`Machine: ${progress.machine}`);
    await (0,_boot_run_boots_js__WEBPACK_IMPORTED_MODULE_9__/* .bootCard */ .J)(plan, {
        ...inputs,
        commands: inputs.run,
        accelerator,
        directory,
        signal,
        step(name, work) {
            console.begin(name);
            return log.phase(name, work);
        },
        onLine(line, seconds) {
            console.add(line);
            log.info(`${seconds.toFixed(1).padStart(6)} | ${line}`);
        },
        onBoot(boot) {
            progress.boots.push(boot);
            const parts = boot.parts.map(({ name, seconds }) => `${name} ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatDuration */ .a3)(seconds)}`);
            log.info(`It took ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatDuration */ .a3)(boot.seconds)}: ${parts.join(', ')}`);
            if (!boot.isOff) {
                log.warning('The system did not power off', 'It did not react to the power button, and was switched off.');
            }
        },
        async onKvmFailure(other) {
            log.warning('KVM failed', 'KVM failed while the system booted. All boots are repeated with emulation.');
            progress.machine = describe(plan, other);
            progress.boots = [];
            await write(step);
        },
    });
    await log.phase('Check the card', (report) => check(plan, step, report));
}
/** Bad input is refused before any work. */
function checkImage(image) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(image, { throwIfNoEntry: false })?.isFile() !== true) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_11__/* .inputError */ .Xu)({
            input: 'image',
            message: `The image ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_21__/* .quote */ .hD)(image)} is not a file of this machine.`,
            remedy: 'Set image to the path of an image, such as the output image-path of the step that makes it.',
        });
    }
}
async function install(needs, { inputs, log, signal }) {
    const packages = await (0,_boot_machine_packages_js__WEBPACK_IMPORTED_MODULE_7__/* .provide */ .Gt)(needs, { install: inputs.install, signal });
    if (packages.length > 0) {
        log.info(`Installed ${packages.join(', ')}`);
    }
}
async function write({ inputs, log, signal, directory }) {
    await log.phase('Write the card', async (onProgress) => {
        const size = await (0,_boot_card_write_js__WEBPACK_IMPORTED_MODULE_5__/* .writeCard */ .c)(inputs.image, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'card'), { size: inputs.cardSize, signal, onProgress });
        log.info(`${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_23__/* .formatSize */ .Xq)(size)} on a card of ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_23__/* .formatSize */ .Xq)(inputs.cardSize)}`);
    });
}
function describe({ platform, firmware }, { description }) {
    const names = { 'u-boot': 'U-Boot', uefi: 'UEFI', kernel: 'the kernel from the boot files, without firmware' };
    return `${platform.architecture}, ${names[firmware]}, ${description}`;
}
async function check({ root, registered }, { log, signal, directory, progress }, onProgress) {
    if (root === undefined) {
        log.warning('The root filesystem was not checked', 'The card has no ext4 filesystem.');
        return;
    }
    const isOff = progress.boots.at(-1)?.isOff === true;
    const { size, summary } = await (0,_boot_card_check_js__WEBPACK_IMPORTED_MODULE_3__/* .checkRoot */ .d)(root, isOff, signal);
    progress.grownTo = size;
    progress.checks.push(['e2fsck -fn of the root filesystem', `clean, ${summary}`]);
    if (registered.length > 0) {
        await (0,_boot_card_store_js__WEBPACK_IMPORTED_MODULE_4__/* .checkStore */ .o)(root, registered, { directory, signal, onProgress });
        progress.checks.push([(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatCount */ .B4)(registered.length, 'store path'), 'as the image registers them']);
    }
    for (const [name, result] of progress.checks) {
        log.info(`${name}: ${result}`);
    }
}
function lastLines({ lastLines: lines }) {
    return lines.length === 0
        ? []
        : [`The last ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatCount */ .B4)(lines.length, 'line')} of the console:`, ...lines.map((line) => `  | ${line}`)];
}
async function publishReport(report) {
    (0,_report_outputs_js__WEBPACK_IMPORTED_MODULE_17__/* .setOutputs */ .n0)((0,_report_boot_test_js__WEBPACK_IMPORTED_MODULE_15__/* .bootTestOutputs */ .Z)(report));
    await (0,_report_job_summary_js__WEBPACK_IMPORTED_MODULE_16__/* .writeJobSummary */ .j)(() => (0,_report_boot_test_js__WEBPACK_IMPORTED_MODULE_15__/* .renderBootTest */ .$)(report), process.env);
}
function closingLine({ image, cardSize }, { boots }, seconds) {
    const each = boots.map((boot) => (0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatDuration */ .a3)(boot.seconds)).join(', ');
    return `${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(image)}: booted ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatCount */ .B4)(boots.length, 'time')} (${each}) from a card of ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_23__/* .formatSize */ .Xq)(cardSize)}, in ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_22__/* .formatDuration */ .a3)(seconds)}`;
}
const signal = (0,_runner_signals_js__WEBPACK_IMPORTED_MODULE_20__/* .cancelOnSignals */ .d)('The card was removed.');
try {
    await main(signal);
}
catch (error) {
    (0,_runner_failure_js__WEBPACK_IMPORTED_MODULE_18__/* .reportFailure */ .x)(error);
}
// Exit even if a library left a timer running.
process.exit();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ checkRoot)
/* harmony export */ });
/* unused harmony export parseSize */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _process_find_program_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1041);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1307);
/* harmony import */ var _verify_e2fsck_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5665);
/* harmony import */ var _debugfs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9441);






/**
 * Checks the root filesystem with `e2fsck -fn`. That of a machine which did not power off is first brought into order as the
 * next boot would do it, from its journal.
 *
 * Throws a `UserError` if the filesystem is not clean.
 */
async function checkRoot(root, isOff, signal) {
    if (!isOff) {
        await replayJournal(root, signal);
    }
    const e2fsck = await (0,_verify_e2fsck_js__WEBPACK_IMPORTED_MODULE_4__/* .checkE2fsck */ .X9)(signal);
    const summary = await (0,_verify_e2fsck_js__WEBPACK_IMPORTED_MODULE_4__/* .checkFilesystem */ .aK)(e2fsck, { ...root, signal }).catch((cause) => {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .userError */ .IF)({
            title: 'The root filesystem is damaged after the boots',
            message: 'The boots have succeeded, but e2fsck does not find the root filesystem clean afterwards.',
            remedy: 'Look in the console for errors of EXT4-fs and for what the system does as it powers off.',
            code: 'FILESYSTEM_DAMAGED',
            cause,
        });
    });
    return { size: await sizeOf(root), summary };
}
/** e2fsck(8): exit codes up to 2 mean that all is in order, or was brought into order. */
async function replayJournal({ path, offset }, signal) {
    const name = `${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path)}?offset=${offset}`;
    await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .e)((0,_process_find_program_js__WEBPACK_IMPORTED_MODULE_2__/* .findSystemProgram */ .F)('e2fsck'), ['-p', name], {
        allowFailure: true,
        signal,
        workingDirectory: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path),
    });
}
async function sizeOf(root) {
    const text = (await (0,_debugfs_js__WEBPACK_IMPORTED_MODULE_5__/* .debugfs */ .VB)(root, 'show_super_stats -h')).toString('latin1');
    return parseSize(text);
}
/** Reads the size of a filesystem, in bytes, from what `show_super_stats` of debugfs prints. */
function parseSize(text) {
    const value = (name) => Number(new RegExp(`^${name}: +(\\d+)$`, 'm').exec(text)?.[1]);
    return value('Block count') * value('Block size');
}


/***/ }),

/***/ 9441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VB: () => (/* binding */ debugfs),
/* harmony export */   _7: () => (/* binding */ ext4Volume),
/* harmony export */   ew: () => (/* binding */ copyOut)
/* harmony export */ });
/* unused harmony exports quoteForDebugfs, parseListing */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _process_find_program_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1041);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1307);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8146);






/**
 * Runs a command of debugfs, which reads every ext4 filesystem, also one that a kernel has changed. It ends with 0 whatever
 * happens, so the result is what it writes.
 */
async function debugfs({ path, offset }, command) {
    // Options follow a question mark, which a directory's name can contain. So it runs in the directory.
    const args = ['-c', '-R', command, `${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path)}?offset=${offset}`];
    const { stdout } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)((0,_process_find_program_js__WEBPACK_IMPORTED_MODULE_3__/* .findSystemProgram */ .F)('debugfs'), args, { workingDirectory: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path) });
    return stdout;
}
/** A name within a command of debugfs. Throws for a name that no command can have. */
function quoteForDebugfs(name) {
    if (/["\n\\]/.test(name)) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({
            title: 'A name on the image cannot be read',
            message: `${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .quote */ .hD)(name)} has a character that debugfs has no name for.`,
            remedy: 'Rename the file on the image.',
        });
    }
    return `"${name}"`;
}
/** The ext4 filesystem at a place as a volume. */
function ext4Volume(place, name) {
    const extract = async (path, target) => {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(target, { force: true });
        await debugfs(place, `dump ${quoteForDebugfs(path)} ${quoteForDebugfs(target)}`);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(target);
    };
    return {
        kind: 'ext4',
        name,
        extract,
        async list(directory) {
            const listing = await debugfs(place, `ls -p ${quoteForDebugfs(directory)}`);
            return parseListing(listing.toString('latin1'));
        },
        async read(path) {
            if ((await debugfs(place, `stat ${quoteForDebugfs(path)}`)).length === 0) {
                return undefined;
            }
            return debugfs(place, `cat ${quoteForDebugfs(path)}`);
        },
    };
}
/** Reads the names of what `ls -p` of debugfs prints: `/inode/mode/uid/gid/name/size/`. */
function parseListing(text) {
    const names = [...text.matchAll(/^\/\d+\/\d+\/\d+\/\d+\/(.*)\/\d*\/$/gm)].map(([, name]) => name);
    return names.filter((name) => name !== '.' && name !== '..');
}
/** Copies directories of the filesystem into a directory of this machine, by one run of debugfs. */
async function copyOut(place, paths, target) {
    const commands = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, '.commands');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(commands, paths.map((path) => `rdump ${quoteForDebugfs(path)} ${quoteForDebugfs(target)}\n`).join(''));
    const args = ['-c', '-f', commands, `${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(place.path)}?offset=${place.offset}`];
    await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)((0,_process_find_program_js__WEBPACK_IMPORTED_MODULE_3__/* .findSystemProgram */ .F)('debugfs'), args, { workingDirectory: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(place.path) });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(commands);
}


/***/ }),

/***/ 8608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ checkStore),
/* harmony export */   v: () => (/* binding */ readRegistered)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _nix_hash_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4354);
/* harmony import */ var _nix_nar_nar_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6242);
/* harmony import */ var _nix_nar_of_path_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4880);
/* harmony import */ var _nix_registration_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(216);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5074);
/* harmony import */ var _debugfs_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9441);









/**
 * The store paths that an image registers for `nix-store --load-db`; none for an image without a registration, or with one
 * that is no list of store paths.
 */
async function readRegistered(root) {
    const registration = await root.read('/nix-path-registration');
    try {
        return registration === undefined ? [] : (0,_nix_registration_js__WEBPACK_IMPORTED_MODULE_6__/* .parseRegistration */ .l)(registration, _nix_store_path_js__WEBPACK_IMPORTED_MODULE_7__/* .STORE_DIRECTORY */ .Qs);
    }
    catch {
        return [];
    }
}
/**
 * Compares the store of a card with the registration of its image: every path must be there, with the registered hash. Throws
 * a `UserError` that names the first that is not.
 */
async function checkStore(root, registered, { directory, signal, onProgress }) {
    const total = registered.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const batch of batches(registered)) {
        signal.throwIfAborted();
        const copy = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'store');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(copy);
        try {
            await (0,_debugfs_js__WEBPACK_IMPORTED_MODULE_8__/* .copyOut */ .ew)(root, batch.map(({ path }) => path), copy);
            for (const info of batch) {
                checkPath(info, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(copy, info.path.slice(_nix_store_path_js__WEBPACK_IMPORTED_MODULE_7__/* .STORE_DIRECTORY */ .Qs.length)));
                done += info.size;
                onProgress(done, total);
            }
        }
        finally {
            removeTree(copy);
        }
    }
}
/** Store paths that are copied at a time: at most so many, and so many bytes. */
const BATCH_PATHS = 200;
const BATCH_BYTES = 256 * 1024 * 1024;
function batches(infos) {
    const cut = [];
    for (const info of infos) {
        const last = cut.at(-1);
        if (last === undefined || last.bytes + info.size > BATCH_BYTES || last.infos.length >= BATCH_PATHS) {
            cut.push({ bytes: info.size, infos: [info] });
        }
        else {
            last.bytes += info.size;
            last.infos.push(info);
        }
    }
    return cut.map(({ infos: batch }) => batch);
}
function checkPath(info, copy) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(copy, { throwIfNoEntry: false }) === undefined) {
        throw changed(info, 'is missing');
    }
    const { hash } = (0,_nix_nar_nar_js__WEBPACK_IMPORTED_MODULE_4__/* .hashNar */ .y)((0,_nix_nar_of_path_js__WEBPACK_IMPORTED_MODULE_5__/* .narNodeOfPath */ .c)(Buffer.from(copy)));
    if (Buffer.compare(hash, info.hash) !== 0) {
        throw changed(info, `has the hash ${(0,_nix_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSha256 */ .hy)(hash)}, but ${(0,_nix_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSha256 */ .hy)(info.hash)} is registered`);
    }
}
function changed({ path }, how) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({
        title: 'The store has changed during the boots',
        message: `${path} ${how} on the card after the boots.`,
        remedy: 'Look in the console for what wrote to /nix/store, and for errors of the filesystem.',
        code: 'STORE_CHANGED',
    });
}
/** Directories of the store cannot be written to, not even to remove what is in them. */
function removeTree(directory) {
    const open = (path) => {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync)(path, 0o755);
        for (const entry of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { withFileTypes: true })) {
            if (entry.isDirectory()) {
                open((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, entry.name));
            }
        }
    };
    open(directory);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(directory, { recursive: true });
}


/***/ }),

/***/ 9094:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ compressionOf),
/* harmony export */   c: () => (/* binding */ writeCard)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8474);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8522);
/* harmony import */ var _bytes_zero_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(883);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2321);
/* harmony import */ var _image_raw_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4085);
/* harmony import */ var _image_write_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9603);
/* harmony import */ var _process_start_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7215);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8146);
/* harmony import */ var _text_size_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3004);
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










/** Bytes at the start of a file by which its compression is known, the frames that zstd skips among them. */
const MAGIC = {
    zstd: /^(28b52ffd|5[0-9a-f]2a4d18)/,
    gzip: /^1f8b/,
    xz: /^fd377a585a00/,
};
/** The compression of an image, by its first bytes. */
function compressionOf(image) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(image, 'r'), node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync);
        const start = Buffer.alloc(6);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readSync)(file, start);
        const hex = start.toString('hex');
        return ['zstd', 'gzip', 'xz'].find((name) => MAGIC[name].test(hex)) ?? 'none';
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
 * Writes an image, which is unpacked on the way, to a new sparse file in the size of a card. Returns the size of the image.
 *
 * Throws a `UserError` if the image is damaged or larger than the card, and errors as in `writeError`.
 */
async function writeCard(image, card, options) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { size, signal, onProgress } = options;
        const stack = __addDisposableResource(env_2, new DisposableStack(), false);
        const file = stack.adopt((0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_6__/* .writingTo */ .gC)(card, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(card, 'w')), node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync);
        const total = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(image).size;
        let offset = 0;
        for await (const piece of unpacked(image, (done) => onProgress(done, total))) {
            signal.throwIfAborted();
            if (offset + piece.length > size) {
                throw tooLarge(image, size);
            }
            writeSparse(file, card, piece, offset);
            offset += piece.length;
        }
        if (offset === 0) {
            throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .userError */ .IF)({
                title: 'The image is empty',
                message: `${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(image)} has no contents.`,
                remedy: 'Set the input image to the file of an image.',
            });
        }
        (0,_image_write_error_js__WEBPACK_IMPORTED_MODULE_6__/* .writingTo */ .gC)(card, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.ftruncateSync)(file, size));
        return offset;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        __disposeResources(env_2);
    }
}
const PIECE_BYTES = 128 * 1024;
const BLOCK_BYTES = 4096;
/** Writes what is not zero, in whole blocks of the file. */
function writeSparse(file, path, bytes, offset) {
    let start = 0;
    while (start < bytes.length) {
        const end = Math.min(bytes.length, start + BLOCK_BYTES - ((offset + start) % BLOCK_BYTES));
        let last = end;
        if ((0,_bytes_zero_js__WEBPACK_IMPORTED_MODULE_3__/* .isZero */ .b)(bytes.subarray(start, end))) {
            start = end;
            continue;
        }
        while (last < bytes.length && !(0,_bytes_zero_js__WEBPACK_IMPORTED_MODULE_3__/* .isZero */ .b)(bytes.subarray(last, Math.min(bytes.length, last + BLOCK_BYTES)))) {
            last = Math.min(bytes.length, last + BLOCK_BYTES);
        }
        (0,_image_raw_js__WEBPACK_IMPORTED_MODULE_5__/* .writeAt */ .HN)(file, path, bytes.subarray(start, last), offset + start);
        start = last;
    }
}
/** The contents of an image. `onRead` is called with how many bytes of the file were read. */
async function* unpacked(image, onRead) {
    const compression = compressionOf(image);
    if (compression === 'xz') {
        yield* unpackedByXz(image);
        return;
    }
    if (compression === 'none') {
        let read = 0;
        for await (const piece of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(image, { highWaterMark: PIECE_BYTES })) {
            read += piece.length;
            onRead(read);
            yield piece;
        }
        return;
    }
    const { size } = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(image);
    const create = compression === 'zstd' ? node_zlib__WEBPACK_IMPORTED_MODULE_2__.createZstdDecompress : node_zlib__WEBPACK_IMPORTED_MODULE_2__.createGunzip;
    // Node ends at the end of a frame of zstd unless that is the end of a piece of its output: then it must begin again.
    for (let position = 0; position < size; onRead(position)) {
        const source = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(image, { start: position, highWaterMark: READ_BYTES });
        const unpacker = create({ chunkSize: PIECE_BYTES });
        source.on('error', (error) => unpacker.destroy(error));
        try {
            yield* source.pipe(unpacker);
        }
        catch (cause) {
            throw damaged(image, compression, cause);
        }
        finally {
            source.destroy();
        }
        if (unpacker.bytesWritten === 0) {
            throw damaged(image, compression, new Error(`Nothing can be read from byte ${position} on.`));
        }
        position += unpacker.bytesWritten;
    }
}
/** Small, since what is after the end of a frame is read twice. */
const READ_BYTES = 128 * 1024;
/** By its program: Node has no LZMA. */
async function* unpackedByXz(image) {
    const xz = (0,_process_start_js__WEBPACK_IMPORTED_MODULE_7__/* .startProgram */ .X)('xz', ['--decompress', '--stdout', '--', image]);
    const ended = (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(xz, 'close');
    let problem = '';
    xz.stderr.setEncoding('utf8').on('data', (text) => {
        problem += text;
    });
    try {
        yield* xz.stdout;
        await ended;
    }
    finally {
        xz.kill('SIGKILL');
    }
    if (xz.exitCode !== 0) {
        throw damaged(image, 'xz', new Error(`xz ended with exit code ${xz.exitCode}: ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(problem.trim())}`));
    }
}
function damaged(image, compression, cause) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .userError */ .IF)({
        title: 'The image cannot be unpacked',
        message: `${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(image)} is not a whole ${compression} file.`,
        remedy: 'Check that the image was downloaded whole: compare it with SHA256SUMS. Then re-run the job.',
        cause,
    });
}
function tooLarge(image, size) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .inputError */ .Xu)({
        input: 'card-size',
        message: `The image ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(image)} has more than ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_9__/* .writeSize */ .JQ)(size)}, the size of the card.`,
        remedy: 'Set card-size to at least the size of the unpacked image.',
    });
}


/***/ }),

/***/ 23:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ emulation),
/* harmony export */   X: () => (/* binding */ chooseAccelerator)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2565);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1307);
/* harmony import */ var _emulator_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6474);





/** Emulation, with the reason for it. */
function emulation(reason) {
    return { name: 'tcg', description: `emulation, because ${reason}` };
}
/**
 * Chooses KVM if it works: a program of a few bytes must run to its end, since KVM within a virtual machine can fail.
 * `directory` is for its file.
 */
async function chooseAccelerator(platform, directory, signal) {
    const probe = PROBES[platform.architecture];
    if (platform.node !== process.arch || probe === undefined) {
        return emulation(`this machine is ${process.arch}`);
    }
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)('/dev/kvm', node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
    }
    catch (error) {
        const isMissing = (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) === 'ENOENT';
        return emulation(isMissing ? 'there is no /dev/kvm' : 'this user may not use /dev/kvm');
    }
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'probe');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(path, probe.program);
    const args = ['-machine', platform.machine, '-accel', 'kvm', '-cpu', 'host', '-m', '128', ..._emulator_js__WEBPACK_IMPORTED_MODULE_3__/* .HEADLESS */ .qt];
    try {
        const options = { allowFailure: true, timeout: PROBE_TIMEOUT, signal };
        const { exitCode } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .e)(platform.emulator, [...args, ...probe.load(path)], options);
        return exitCode === probe.exitCode ? { name: 'kvm', description: 'KVM' } : emulation('KVM failed in a short test');
    }
    catch (error) {
        if ((0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .C)(error) !== 'PROGRAM_TIMEOUT') {
            throw error;
        }
        return emulation('KVM hung in a short test');
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path);
    }
}
const PROBE_TIMEOUT = 15_000;
const PROBES = {
    'x86-64': {
        // A boot sector: `mov al, 0x10`, `out 0xf4, al`, which ends QEMU with 2 * 0x10 + 1, and `jmp $`.
        program: bootSector([0xb0, 0x10, 0xe6, 0xf4, 0xeb, 0xfe]),
        load: (path) => [...(0,_emulator_js__WEBPACK_IMPORTED_MODULE_3__/* .virtioDisk */ .n6)('probe', path), '-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
        exitCode: 33,
    },
    arm64: {
        // PSCI's SYSTEM_OFF: `movz w0, #8`, `movk w0, #0x8400, lsl #16`, `hvc #0`, `b .`.
        program: littleEndian([0x52800100, 0x72b08000, 0xd4000002, 0x14000000]),
        load: (path) => ['-kernel', path],
        exitCode: 0,
    },
};
/** The first sector of a disk; firmware does not boot one of a few sectors. */
function bootSector(code) {
    const sector = Buffer.alloc(1024 * 1024);
    sector.set(code);
    sector.writeUInt16LE(0xaa55, 510);
    return sector;
}
function littleEndian(words) {
    const bytes = Buffer.alloc(words.length * 4);
    for (const [i, word] of words.entries()) {
        bytes.writeUInt32LE(word, i * 4);
    }
    return bytes;
}


/***/ }),

/***/ 6474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r6: () => (/* binding */ EMULATION),
  qt: () => (/* binding */ HEADLESS),
  cl: () => (/* binding */ quoteValue),
  n6: () => (/* binding */ virtioDisk),
  eb: () => (/* binding */ withEmulator)
});

// EXTERNAL MODULE: ./process/start.js
var start = __webpack_require__(7215);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./boot/machine/console.js


/** @param onLine is called with each whole line. */
function openConsole(program, onLine) {
    let whole = '';
    let open = '';
    let read = 0;
    let ended = false;
    let wake = () => { };
    const openLine = () => plain(open);
    const text = () => whole + openLine();
    for (const stream of [program.stdout, program.stderr]) {
        stream.setEncoding('utf8').on('data', (piece) => {
            const lines = (open + piece).split('\n');
            open = lines.pop() ?? '';
            for (const line of lines.map(plain)) {
                whole += `${line}\n`;
                onLine(line);
            }
            wake();
        });
    }
    const end = (0,external_node_events_.once)(program, 'close').then(() => {
        ended = true;
        wake();
    });
    // What is typed as the program ends is lost; its output shows that it ended.
    program.stdin.on('error', () => { });
    const waitUntil = async (find, seconds) => {
        const deadline = Date.now() + seconds * 1000;
        for (;;) {
            // First, so that what was written before the end is seen.
            const isLast = ended;
            const found = find();
            const left = deadline - Date.now();
            if (found !== undefined || isLast || left <= 0) {
                return found;
            }
            await new Promise((resolve) => {
                const timer = setTimeout(resolve, left);
                wake = () => {
                    clearTimeout(timer);
                    resolve();
                };
            });
        }
    };
    return {
        text,
        openLine,
        hasEnded: () => ended,
        waitUntil,
        type: (typed) => program.stdin.write(typed),
        close: () => program.kill('SIGKILL'),
        async waitFor(wanted, seconds, failure) {
            const find = () => {
                const rest = text().slice(read);
                const match = wanted.exec(rest);
                const failed = failure?.exec(rest);
                if (failed && (match === null || failed.index < match.index)) {
                    throw new Error(`Instead of ${wanted} the console has: ${failed[0].trim()}`);
                }
                if (match !== null) {
                    read += match.index + match[0].length;
                }
                return match ?? undefined;
            };
            const found = await waitUntil(find, seconds);
            if (found !== undefined) {
                return found;
            }
            throw new Error(ended ? `The console closed before ${wanted} came.` : `${wanted} did not come within ${seconds} s.`);
        },
        async waitForEnd(seconds) {
            let timer;
            const late = new Promise((_, reject) => {
                const error = new Error(`The program was still running after ${seconds} s.`);
                timer = setTimeout(() => reject(error), seconds * 1000);
            });
            await Promise.race([end, late]).finally(() => clearTimeout(timer));
            if (program.exitCode === 0) {
                return;
            }
            throw new Error(`The program ended with ${program.signalCode ?? `exit code ${program.exitCode}`}.`);
        },
    };
}
/** A line as a person would read it. */
function plain(line) {
    return (0,external_node_util_.stripVTControlCharacters)(line).replaceAll('\r', '');
}

;// CONCATENATED MODULE: ./boot/machine/emulator.js


/**
 * Starts an emulator and calls `use` with its serial console. Whatever happens, the emulator is off afterwards, even if this
 * process is killed.
 *
 * @param program such as `qemu-system-x86_64`.
 * @param args of the program, among them those of HEADLESS.
 * @param onLine is called with each whole line of the console.
 */
async function withEmulator(program, args, onLine, use) {
    const serial = openConsole((0,start/* startProgram */.X)(program, args), onLine);
    try {
        return await use(serial);
    }
    finally {
        serial.close();
    }
}
/** QEMU's arguments for a machine with a serial console and nothing else. A restart of the machine ends the emulator. */
const HEADLESS = ['-nodefaults', '-display', 'none', '-serial', 'stdio', '-no-reboot'];
/**
 * QEMU's arguments for its own emulation, which works everywhere: KVM needs a processor of the same kind, and fails in some
 * virtual machines.
 */
const EMULATION = ['-accel', 'tcg'];
/**
 * QEMU's arguments for a disk.
 *
 * @param name also its serial number, at most 20 characters.
 * @param path the file with its contents.
 */
function virtioDisk(name, path, settings = {}) {
    const drive = { ...settings, if: 'none', id: name, format: 'raw', file: quoteValue(path) };
    const text = Object.entries(drive).map(([key, value]) => `${key}=${value}`);
    return ['-drive', text.join(), '-device', `virtio-blk-pci,drive=${name},serial=${name}`];
}
/** A path within the value of an option of QEMU: a comma would begin another setting. */
function quoteValue(path) {
    return path.replaceAll(',', ',,');
}


/***/ }),

/***/ 1555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gt: () => (/* binding */ provide),
/* harmony export */   Ll: () => (/* binding */ needsOfCard),
/* harmony export */   Qv: () => (/* binding */ needsOfMachine)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _process_find_program_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1041);
/* harmony import */ var _process_program_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8492);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1307);





/** What the boot of a platform with a firmware needs. */
function needsOfMachine(platform, firmware) {
    const file = platform.firmware[firmware];
    const emulator = programNeed(platform.emulator, platform.package);
    return file === undefined
        ? [emulator]
        : [
            emulator,
            { what: file.paths[0], package: file.package, isThere: () => file.paths.some((path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path)) },
        ];
}
/** What reading a card and checking it needs; `compression` is that of the image. */
function needsOfCard(compression) {
    return [
        programNeed('debugfs', 'e2fsprogs'),
        programNeed('e2fsck', 'e2fsprogs'),
        programNeed('sfdisk', 'fdisk'),
        ...(compression === 'xz' ? [programNeed('xz', 'xz-utils')] : []),
    ];
}
function programNeed(name, packageName) {
    return { what: name, package: packageName, isThere: () => hasProgram(name) };
}
function hasProgram(name) {
    try {
        (0,_process_find_program_js__WEBPACK_IMPORTED_MODULE_2__/* .findSystemProgram */ .F)(name);
        return true;
    }
    catch (error) {
        if ((0,_process_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isProgramMissing */ .J)(error)) {
            return false;
        }
        throw error;
    }
}
/**
 * Makes sure that everything is there that is needed: installs what is not with apt-get if `install` is set, and throws a
 * `UserError` that names the packages otherwise.
 */
async function provide(needs, { install, signal }) {
    const missing = needs.filter((need) => !need.isThere());
    const packages = [...new Set(missing.map((need) => need.package))];
    if (packages.length === 0) {
        return [];
    }
    if (!install) {
        throw missingError(missing, packages);
    }
    await aptGet(['update', '--quiet=2'], signal);
    await aptGet(['install', '--yes', '--no-install-recommends', '--quiet=2', ...packages], signal);
    const still = needs.filter((need) => !need.isThere());
    if (still.length > 0) {
        throw missingError(still, [...new Set(still.map((need) => need.package))]);
    }
    return packages;
}
function missingError(missing, packages) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .userError */ .IF)({
        title: 'The boot test needs packages',
        message: `These are not on this machine: ${missing.map(({ what }) => what).join(', ')}.`,
        remedy: `Run \`sudo apt-get install ${packages.join(' ')}\` in a step before this one, or set install to true.`,
        code: 'PACKAGES_MISSING',
    });
}
/** As root, or with sudo without a password, as runners of GitHub have it. */
async function aptGet(args, signal) {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    const isRoot = process.getuid?.() === 0;
    const command = isRoot
        ? ['apt-get', ...args]
        : ['sudo', '--non-interactive', '--preserve-env=DEBIAN_FRONTEND', 'apt-get', ...args];
    const [program, ...rest] = command;
    await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)(program, rest, { environment, timeout: INSTALL_TIMEOUT, signal });
}
const INSTALL_TIMEOUT = 20 * 60 * 1000;


/***/ }),

/***/ 9087:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ planBoot)
});

// UNUSED EXPORTS: chooseFirmware

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./boot/machine/platforms.js
const PLATFORMS = {
    arm64: {
        architecture: 'arm64',
        system: 'aarch64-linux',
        node: 'arm64',
        emulator: 'qemu-system-aarch64',
        package: 'qemu-system-arm',
        machine: 'virt',
        processor: 'cortex-a57',
        serialPort: 'ttyAMA0',
        efi: 'AA64',
        firmware: {
            'u-boot': { package: 'u-boot-qemu', paths: ['/usr/lib/u-boot/qemu_arm64/u-boot.bin'], option: '-bios' },
            uefi: { package: 'qemu-efi-aarch64', paths: ['/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'], option: '-bios' },
        },
    },
    riscv64: {
        architecture: 'riscv64',
        system: 'riscv64-linux',
        node: 'riscv64',
        emulator: 'qemu-system-riscv64',
        package: 'qemu-system-misc',
        machine: 'virt',
        processor: undefined,
        serialPort: 'ttyS0',
        efi: 'RISCV64',
        firmware: {
            // Started by OpenSBI, which QEMU has itself.
            'u-boot': { package: 'u-boot-qemu', paths: ['/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf'], option: '-kernel' },
        },
    },
    'x86-64': {
        architecture: 'x86-64',
        system: 'x86_64-linux',
        node: 'x64',
        emulator: 'qemu-system-x86_64',
        package: 'qemu-system-x86',
        machine: 'q35',
        processor: 'max',
        serialPort: 'ttyS0',
        efi: 'X64',
        firmware: {
            uefi: { package: 'ovmf', paths: ['/usr/share/ovmf/OVMF.fd', '/usr/share/qemu/OVMF.fd'], option: '-bios' },
        },
    },
};

;// CONCATENATED MODULE: ./boot/card/architecture.js
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
 * The platform that a card is for: that of its EFI program, of the NixOS system that is booted, or of the kernel.
 * `undefined` if nothing tells.
 *
 * @param scratch path of a file for the kernel.
 */
async function platformOf({ efi, files }, root, scratch) {
    if (efi.length === 1) {
        return efi[0];
    }
    return (await platformOfSystem(root, files?.parameters ?? '')) ?? (await platformOfKernel(files, scratch));
}
/** The file `system` of a NixOS system, by the parameter `init`, else of the first system in the store. */
async function platformOfSystem(root, parameters) {
    if (root === undefined) {
        return undefined;
    }
    const named = /(?:^| )init=(\/nix\/store\/[^/ ]+)\/init(?: |$)/.exec(parameters)?.[1];
    const systems = (await root.list('/nix/store')).filter((name) => /^[a-z0-9]{32}-nixos-system-/.test(name));
    const toplevel = named ?? (systems.length === 0 ? undefined : `/nix/store/${systems[0]}`);
    const text = toplevel === undefined ? undefined : await root.read(`${toplevel}/system`);
    return Object.values(PLATFORMS).find(({ system }) => system === text?.toString('latin1').trim());
}
async function platformOfKernel(files, scratch) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (files?.kernel === undefined || !(await files.volume.extract(files.kernel, scratch))) {
            return undefined;
        }
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const file = stack.adopt((0,external_node_fs_.openSync)(scratch, 'r'), external_node_fs_.closeSync);
        const start = Buffer.alloc(HEADER_BYTES);
        (0,external_node_fs_.readSync)(file, start);
        const architecture = architectureOfKernel(start);
        return architecture === undefined ? undefined : PLATFORMS[architecture];
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
const HEADER_BYTES = 4096;
/**
 * The architecture of an uncompressed kernel by its first bytes (Linux, Documentation/arch/arm64/booting.rst,
 * Documentation/arch/riscv/boot-image-header.rst, Documentation/arch/x86/boot.rst). `undefined` if they do not tell.
 */
function architectureOfKernel(start) {
    const text = (offset) => start.toString('latin1', offset, offset + 4);
    if (text(56) === 'ARM\x64') {
        return 'arm64';
    }
    if (text(48) === 'RISC' || text(56) === 'RSC\x05') {
        return 'riscv64';
    }
    return text(0x202) === 'HdrS' ? 'x86-64' : undefined;
}

;// CONCATENATED MODULE: ./boot/card/boot-files.js


/** Looks for what a boot loader would load, in the order in which the firmware of boards does. */
async function findBootable(volumes) {
    const efi = [];
    let files;
    for (const volume of volumes) {
        if (volume.kind === 'fat') {
            efi.push(...(await efiPlatforms(volume)));
        }
        files ??= (await readExtlinux(volume)) ?? (await readSystemdBoot(volume)) ?? (await readRaspberryPi(volume));
    }
    return { efi, files };
}
/** UEFI specification, section 3.5.1.1: the program that removable media are booted with. */
async function efiPlatforms(volume) {
    const names = (await volume.list('/EFI/BOOT')).map((name) => name.toUpperCase());
    return Object.values(PLATFORMS).filter(({ efi }) => names.includes(`BOOT${efi}.EFI`));
}
/** The files that U-Boot looks for (doc/develop/distro.rst). */
const EXTLINUX = ['/extlinux/extlinux.conf', '/boot/extlinux/extlinux.conf'];
async function readExtlinux(volume) {
    for (const configuration of EXTLINUX) {
        const text = await volume.read(configuration);
        if (text !== undefined) {
            const parsed = parseExtlinux(text.toString('latin1'));
            const absolute = (path) => external_node_path_.posix.resolve(external_node_path_.posix.dirname(configuration), path);
            return {
                loader: 'extlinux',
                volume,
                configuration,
                kernel: parsed.kernel === undefined ? undefined : absolute(parsed.kernel),
                initrds: parsed.initrds.map(absolute),
                parameters: parsed.parameters,
            };
        }
    }
    return undefined;
}
/** Reads the entry of an extlinux.conf that is booted by default. A value goes to the end of its line. */
function parseExtlinux(text) {
    const lines = [...text.matchAll(/^[ \t]*([A-Za-z]+)[ \t]+(.*?)[ \t]*\r?$/gm)];
    const wanted = lines.find(([, key]) => key.toUpperCase() === 'DEFAULT')?.[2];
    const starts = lines.flatMap(([, key], i) => (key.toUpperCase() === 'LABEL' ? [i] : []));
    const start = starts.find((i) => lines[i][2] === wanted) ?? starts[0] ?? 0;
    const end = starts.find((i) => i > start) ?? lines.length;
    const entry = new Map(lines.slice(start, end).map(([, key, value]) => [key.toUpperCase(), value]));
    return {
        kernel: entry.get('LINUX') ?? entry.get('KERNEL'),
        initrds: entry.get('INITRD')?.split(',') ?? [],
        parameters: entry.get('APPEND') ?? '',
    };
}
async function readSystemdBoot(volume) {
    const names = (await volume.list('/loader/entries')).filter((name) => name.endsWith('.conf')).sort();
    const name = names.at(-1);
    if (name === undefined) {
        return undefined;
    }
    const configuration = `/loader/entries/${name}`;
    const text = (await volume.read(configuration))?.toString('utf8') ?? '';
    return { loader: 'systemd-boot', volume, configuration, ...parseSystemdBoot(text) };
}
/** Reads an entry of systemd-boot (The Boot Loader Specification, type 1). */
function parseSystemdBoot(text) {
    const values = (key) => [...text.matchAll(/^([a-z-]+)[ \t]+(.*?)[ \t]*\r?$/gm)].flatMap(([, name, value]) => (name === key ? [value] : []));
    return { kernel: values('linux')[0], initrds: values('initrd'), parameters: values('options').join(' ') };
}
/** The firmware of a Raspberry Pi, as nixos-raspberrypi writes its partition: config.txt names a directory. */
async function readRaspberryPi(volume) {
    const configuration = '/config.txt';
    const text = (await volume.read(configuration))?.toString('latin1');
    if (text === undefined) {
        return undefined;
    }
    const { prefix, kernel, initrd } = parseConfigTxt(text);
    const parameters = await volume.read(`/${prefix}cmdline.txt`);
    const names = await volume.list(`/${prefix}`);
    const name = [kernel, 'kernel_2712.img', 'kernel8.img', 'kernel.img'].find((one) => one && names.includes(one));
    if (parameters === undefined && name === undefined) {
        return undefined;
    }
    return {
        loader: 'raspberry-pi',
        volume,
        configuration,
        kernel: name && `/${prefix}${name}`,
        initrds: [initrd, 'initrd']
            .filter((one) => one !== undefined && names.includes(one))
            .slice(0, 1)
            .map((one) => `/${prefix}${one}`),
        parameters: parameters?.toString('latin1').trim() ?? '',
    };
}
/** Reads what config.txt says of the kernel (raspberrypi.com/documentation/computers/config_txt.html). */
function parseConfigTxt(text) {
    const last = (pattern) => [...text.matchAll(pattern)].at(-1)?.[1];
    return {
        prefix: last(/^[ \t]*os_prefix=(\S+)/gm)?.replace(/^\/+/, '') ?? '',
        kernel: last(/^[ \t]*kernel=(\S+)/gm),
        initrd: last(/^[ \t]*initramfs[ \t]+(\S+)/gm),
    };
}

// EXTERNAL MODULE: ./bytes/source.js
var source = __webpack_require__(9024);
// EXTERNAL MODULE: ./bytes/window.js
var bytes_window = __webpack_require__(1485);
// EXTERNAL MODULE: ./image/file-access.js
var file_access = __webpack_require__(1728);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./boot/card/debugfs.js
var debugfs = __webpack_require__(9441);
// EXTERNAL MODULE: ./fat/read.js + 4 modules
var read = __webpack_require__(341);
;// CONCATENATED MODULE: ./boot/card/fat-volume.js
var fat_volume_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var fat_volume_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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


/** The FAT filesystem of a partition as a volume: names are the same in upper and lower case. */
function fatVolume(partition, name) {
    const volume = (0,read/* openFat */.S)(partition);
    const normal = (path) => path.replace(/^\/+|\/+$/g, '').toLowerCase();
    const find = (path) => volume.entries.findIndex((entry) => entry.kind === 'file' && normal(entry.path) === normal(path));
    return {
        kind: 'fat',
        name,
        async list(directory) {
            const parent = volume.entries.findIndex((entry) => entry.kind === 'directory' && normal(entry.path) === normal(directory));
            return volume.entries.flatMap((entry, i) => (i > 0 && entry.parent === parent ? [entry.name] : []));
        },
        async read(path) {
            const entry = find(path);
            if (entry < 0) {
                return undefined;
            }
            const bytes = Buffer.alloc(volume.entries[entry].size);
            volume.read(entry, 0, bytes);
            return bytes;
        },
        async extract(path, target) {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const entry = find(path);
                if (entry < 0) {
                    return false;
                }
                const stack = fat_volume_addDisposableResource(env_1, new DisposableStack(), false);
                const file = stack.adopt((0,external_node_fs_.openSync)(target, 'w'), external_node_fs_.closeSync);
                const { size } = volume.entries[entry];
                for (let position = 0; position < size; position += PIECE_BYTES) {
                    const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - position));
                    volume.read(entry, position, piece);
                    (0,external_node_fs_.writeSync)(file, piece);
                }
                return true;
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                fat_volume_disposeResources(env_1);
            }
        },
    };
}
const PIECE_BYTES = 1024 * 1024;

// EXTERNAL MODULE: ./process/find-program.js
var find_program = __webpack_require__(1041);
// EXTERNAL MODULE: ./process/run.js + 3 modules
var run = __webpack_require__(1307);
;// CONCATENATED MODULE: ./boot/card/partitions.js


/** Has sfdisk read the partition table of a card. */
async function readPartitions(card) {
    const { stdout } = await (0,run/* run */.e)((0,find_program/* findSystemProgram */.F)('sfdisk'), ['--json', card]);
    return parseTable(stdout.toString());
}
/** Reads what `sfdisk --json` prints. */
function parseTable(json) {
    const { partitiontable: table } = JSON.parse(json);
    return table.partitions.map(({ start, size, type, bootable = false, attrs = '' }) => {
        const isBootable = bootable || /\bLegacyBIOSBootable\b/.test(attrs);
        return { offset: start * table.sectorsize, length: size * table.sectorsize, type, bootable: isBootable };
    });
}

;// CONCATENATED MODULE: ./boot/card/open.js








/** Opens the card at `path`, which has `size` bytes. A disk without a partition table may be a filesystem itself. */
async function openCard(path, size) {
    const access = (0,file_access/* openFile */.T)(path, size);
    try {
        const partitions = await partitionsOf(access, path);
        const found = partitions.map((partition, i) => openVolume(access, path, { ...partition, number: i + 1 }));
        const volumes = found.flatMap(({ volume }) => (volume === undefined ? [] : [volume]));
        const root = found.findLast(({ place }) => place !== undefined);
        return {
            volumes,
            root: root?.place,
            rootVolume: root?.volume,
            problems: found.flatMap(({ problem }) => problem ?? []),
            [Symbol.dispose]: () => access.close(),
        };
    }
    catch (error) {
        access.close();
        throw error;
    }
}
async function partitionsOf(access, path) {
    const whole = { offset: 0, length: access.size };
    if (isExt4(access, 0)) {
        return [whole];
    }
    const sector = Buffer.alloc(source/* SECTOR_SIZE */.t4);
    access.read(sector, 0);
    if (sector.readUInt16LE(510) !== 0xaa55) {
        throw (0,user_error/* userError */.IF)({
            title: 'The image has no partition table',
            message: `${(0,text_escape/* quote */.hD)(path)}, unpacked, has neither a partition table nor an ext4 filesystem at its start.`,
            remedy: 'Set the input image to the image of a disk, such as one that this action made with format: sd-card.',
        });
    }
    return readPartitions(path);
}
function openVolume(access, path, { number, offset, length }) {
    if (isExt4(access, offset)) {
        const place = { path, offset };
        return { place, volume: (0,debugfs/* ext4Volume */._7)(place, `partition ${number} (ext4)`) };
    }
    if (isFat(access, offset)) {
        const name = `partition ${number} (FAT)`;
        try {
            return { volume: fatVolume((0,bytes_window/* windowOf */.O)(access, { offset, length }), name) };
        }
        catch (error) {
            return { problem: `${name} cannot be read: ${error instanceof Error ? error.message : error}` };
        }
    }
    return {};
}
/** `s_magic` of the superblock (Linux, Documentation/filesystems/ext4/super.rst). */
function isExt4(access, offset) {
    const magic = Buffer.alloc(2);
    if (offset + 2048 > access.size) {
        return false;
    }
    access.read(magic, offset + 1024 + 0x38);
    return magic.readUInt16LE() === 0xef53;
}
/** The signature of a boot sector, and the type that mkfs.fat and this project write into it. */
function isFat(access, offset) {
    const sector = Buffer.alloc(source/* SECTOR_SIZE */.t4);
    access.read(sector, offset);
    const types = [sector.toString('latin1', 54, 57), sector.toString('latin1', 82, 85)];
    return sector.readUInt16LE(510) === 0xaa55 && types.includes('FAT');
}

// EXTERNAL MODULE: ./boot/card/store.js
var store = __webpack_require__(8608);
;// CONCATENATED MODULE: ./boot/machine/firmware.js


/**
 * QEMU's options for the firmware of a platform. Throws a `UserError` if this machine does not have it, which
 * `missingPackages` finds before any work.
 */
function findFirmware(platform, firmware) {
    const file = platform.firmware[firmware];
    const path = file?.paths.find((candidate) => (0,external_node_fs_.existsSync)(candidate));
    if (file === undefined || path === undefined) {
        throw (0,user_error/* userError */.IF)({
            title: 'Firmware is missing',
            message: `There is no file of ${firmware} for ${platform.architecture}: ${file?.paths.join(', ') ?? 'no package has one'}.`,
            remedy: file === undefined ? 'Set firmware to kernel.' : `Install the package ${file.package}.`,
        });
    }
    return [file.option, path];
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./boot/machine/kernel-image.js

/**
 * Unpacks a kernel for arm64 as distributions ship it, since QEMU reads few of these forms: compressed with gzip; an EFI
 * program that decompresses the kernel itself (Linux, drivers/firmware/efi/libstub/zboot-header.S); or an EFI program that has
 * the kernel in the section `.linux` (systemd-stub). Any other kernel is returned as it is.
 *
 * @throws Error for a compression other than gzip and zstd.
 */
function unpackKernel(kernel) {
    if (kernel.readUInt16BE(0) === 0x1f8b) {
        return unpackKernel((0,external_node_zlib_.gunzipSync)(kernel));
    }
    if (kernel.toString('latin1', 0, 2) !== 'MZ') {
        return kernel;
    }
    if (kernel.toString('latin1', 4, 8) === 'zimg') {
        const payload = kernel.readUInt32LE(8);
        const compression = textAt(kernel, 24, 32);
        return decompress(kernel.subarray(payload, payload + kernel.readUInt32LE(12)), compression);
    }
    const section = findSection(kernel, '.linux');
    return section === undefined ? kernel : unpackKernel(section);
}
function decompress(payload, compression) {
    switch (compression) {
        case 'gzip':
            return (0,external_node_zlib_.gunzipSync)(payload);
        case 'zstd':
            return (0,external_node_zlib_.zstdDecompressSync)(payload);
        default:
            throw new Error(`The kernel is compressed with ${compression}; expected gzip or zstd.`);
    }
}
/** A section of an EFI program (Microsoft, PE Format: COFF file header, section table). */
function findSection(program, name) {
    const header = program.readUInt32LE(0x3c) + 4;
    const count = program.readUInt16LE(header + 2);
    const table = header + 20 + program.readUInt16LE(header + 16);
    const offset = Array.from({ length: count }, (_, i) => table + i * 40).find((start) => textAt(program, start, 8) === name);
    if (offset === undefined) {
        return undefined;
    }
    const start = program.readUInt32LE(offset + 20);
    return program.subarray(start, start + program.readUInt32LE(offset + 8));
}
/** A text that zeros fill up to its length. */
function textAt(bytes, offset, length) {
    return bytes.toString('latin1', offset, offset + length).replace(/\0.*$/s, '');
}

;// CONCATENATED MODULE: ./boot/machine/load.js





/**
 * QEMU's options that load the kernel, the initial RAM disks and the parameters that the boot files of a card name, with the
 * serial port of the machine for a console. The files are copied into `directory`.
 *
 * Throws a `UserError` if a file that the boot files name is not there.
 */
async function loadKernel(platform, files, directory) {
    const kernel = (0,external_node_path_.join)(directory, 'kernel');
    if (files.kernel === undefined) {
        throw missing(files, 'names no kernel');
    }
    await extract(files, files.kernel, kernel);
    if (platform.architecture === 'arm64') {
        (0,external_node_fs_.writeFileSync)(kernel, unpackKernel((0,external_node_fs_.readFileSync)(kernel)));
    }
    const initrd = (0,external_node_path_.join)(directory, 'initrd');
    const part = (0,external_node_path_.join)(directory, 'initrd-part');
    for (const path of files.initrds) {
        await extract(files, path, part);
        (0,external_node_fs_.appendFileSync)(initrd, (0,external_node_fs_.readFileSync)(part));
        (0,external_node_fs_.rmSync)(part);
    }
    const parameters = `${files.parameters} console=${platform.serialPort}`.trim();
    const initrdOption = (0,external_node_fs_.existsSync)(initrd) ? ['-initrd', initrd] : [];
    return ['-kernel', kernel, ...initrdOption, '-append', parameters];
}
async function extract(files, path, target) {
    if (!(await files.volume.extract(path, target))) {
        throw missing(files, `names ${(0,text_escape/* quote */.hD)(path)}, which is not there`);
    }
}
function missing({ configuration, volume }, what) {
    return (0,user_error/* userError */.IF)({
        title: 'A boot file is missing',
        message: `${configuration} on ${volume.name} ${what}.`,
        remedy: 'Build the image from a system whose boot loader writes its kernel there, and boot it again.',
        code: 'NOTHING_TO_BOOT',
    });
}

// EXTERNAL MODULE: ./boot/machine/packages.js
var machine_packages = __webpack_require__(1555);
;// CONCATENATED MODULE: ./boot/plan.js
var plan_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var plan_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Reads from a card, a file of `size` bytes at `path`, how it is booted. Throws a `UserError` if nothing tells, if the
 * firmware that is wanted does not fit, and if packages are missing.
 */
async function planBoot(path, size, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { directory, install, signal } = options;
        const card = plan_addDisposableResource(env_1, await openCard(path, size), false);
        const bootable = await findBootable(card.volumes);
        const platform = await platformOf(bootable, card.rootVolume, (0,external_node_path_.join)(directory, 'scratch'));
        if (platform === undefined) {
            throw unknownPlatform();
        }
        const firmware = chooseFirmware(options.firmware, bootable, platform);
        await (0,machine_packages/* provide */.Gt)((0,machine_packages/* needsOfMachine */.Qv)(platform, firmware), { install, signal });
        return {
            platform,
            firmware,
            load: await loadOptions(platform, firmware, bootable, directory),
            root: card.root,
            problems: card.problems,
            registered: card.rootVolume === undefined ? [] : await (0,store/* readRegistered */.v)(card.rootVolume),
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        plan_disposeResources(env_1);
    }
}
/** The firmware that is wanted, or the one that boards with such boot files have. */
function chooseFirmware(wanted, { efi, files }, platform) {
    if (wanted !== 'auto') {
        if (wanted !== 'kernel' && platform.firmware[wanted] === undefined) {
            throw (0,user_error/* inputError */.Xu)({
                input: 'firmware',
                message: `The image is for ${platform.architecture}, for which this action has no ${wanted}.`,
                remedy: `Set firmware to auto, or to ${[...Object.keys(platform.firmware), 'kernel'].join(' or ')}.`,
            });
        }
        return wanted;
    }
    if (efi.includes(platform) && platform.firmware.uefi !== undefined) {
        return 'uefi';
    }
    if (files?.loader === 'raspberry-pi' || (files !== undefined && platform.firmware['u-boot'] === undefined)) {
        return 'kernel';
    }
    return platform.firmware['u-boot'] === undefined ? 'uefi' : 'u-boot';
}
async function loadOptions(platform, firmware, { files }, directory) {
    if (firmware !== 'kernel') {
        return findFirmware(platform, firmware);
    }
    if (files === undefined) {
        throw (0,user_error/* inputError */.Xu)({
            input: 'firmware',
            message: 'The image has no boot files that name a kernel: no extlinux.conf, no entry of systemd-boot, and no config.txt of a Raspberry Pi.',
            remedy: 'Check the boot loader of the system, or set firmware to auto.',
        });
    }
    return loadKernel(platform, files, directory);
}
function unknownPlatform() {
    return (0,user_error/* userError */.IF)({
        title: 'Nothing on the image boots',
        message: 'The image has no program of EFI, no boot files that name a kernel, and no NixOS system, so that not even its processor is known.',
        remedy: 'Check the boot loader of the system that the image is made from.',
        code: 'NOTHING_TO_BOOT',
    });
}


/***/ }),

/***/ 1385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ bootCard)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./boot/machine/accelerator.js
var machine_accelerator = __webpack_require__(23);
// EXTERNAL MODULE: ./boot/machine/emulator.js + 1 modules
var machine_emulator = __webpack_require__(6474);
;// CONCATENATED MODULE: ./boot/machine/machine.js

const MIB = 1024 * 1024;
/** QEMU's arguments for a machine. Its variables of EFI are lost at the end. */
function machineArguments(machine) {
    const { platform, load, accelerator, memory, cpus, card, monitor } = machine;
    const processor = accelerator === 'kvm' ? 'host' : platform.processor;
    return [
        ...['-machine', platform.machine],
        ...(accelerator === 'kvm' ? ['-accel', 'kvm'] : machine_emulator/* EMULATION */.r6),
        ...(processor === undefined ? [] : ['-cpu', processor]),
        ...['-smp', String(cpus), '-m', String(memory / MIB)],
        ...machine_emulator/* HEADLESS */.qt,
        ...(0,machine_emulator/* virtioDisk */.n6)('card', card, DISK),
        ...NETWORK,
        // Without it a system waits long for random numbers.
        ...['-device', 'virtio-rng-pci'],
        ...(monitor === undefined ? [] : ['-qmp', `unix:${(0,machine_emulator/* quoteValue */.cl)(monitor)},server=on,wait=off`]),
        ...load,
    ];
}
/** Nobody needs the card after a crash of this machine; it should take no more space than what is on it. */
const DISK = { cache: 'unsafe', discard: 'unmap', 'detect-zeroes': 'unmap' };
/** A network that gives an address and leads nowhere. Without an option ROM, which another package has. */
const NETWORK = ['-netdev', 'user,id=network,restrict=on', '-device', 'virtio-net-pci,netdev=network,romfile='];

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./boot/machine/monitor.js


/**
 * Presses the power button of a machine, by QEMU's monitor (docs/interop/qmp-spec.rst). A machine that is already off has no
 * monitor, which is no error.
 *
 * @param path of the monitor's socket.
 */
async function pressPowerButton(path) {
    const socket = (0,external_node_net_.connect)(path);
    try {
        await (0,external_node_events_.once)(socket, 'connect');
        // The monitor greets, and answers each command with a line; nothing is to be learned from them.
        for (const execute of ['qmp_capabilities', 'system_powerdown']) {
            await (0,external_node_events_.once)(socket, 'data');
            socket.write(`${JSON.stringify({ execute })}\n`);
        }
        await (0,external_node_events_.once)(socket, 'data');
    }
    catch {
        // It ended.
    }
    finally {
        socket.destroy();
    }
}

;// CONCATENATED MODULE: ./boot/run/commands.js
/**
 * Types lines at a root login of the serial console, one after the other. Throws the error of the boot if root cannot log in,
 * and for a line that does not end with exit code 0.
 */
async function runCommands(commands, serial, watch) {
    if (commands.length === 0) {
        return;
    }
    await logIn(serial, watch);
    for (const [i, command] of commands.entries()) {
        serial.type(`eval ${quoteForShell(command)}; echo "${MARK}-${i}=$?"\n`);
        const [, exitCode] = await watch.expect(new RegExp(`^${MARK}-${i}=(\\d+)`), `this command ended: ${command}`);
        if (exitCode !== '0') {
            throw watch.fail('command', `exit code ${exitCode} of: ${command}`);
        }
    }
}
/** The shell's answer: what is typed has no line that begins with it. */
const MARK = 'nix-ext4-image-run';
/**
 * Logs in where there is a prompt for it, and waits for the answer of a shell. `login` and the shell drop what is typed before
 * they are ready, so that it is typed again.
 */
async function logIn(serial, watch) {
    let isNamed = false;
    for (let attempt = 0; attempt < LOGIN_ATTEMPTS; attempt++) {
        const line = serial.openLine();
        if (/[Pp]assword: ?$/.test(line)) {
            throw watch.fail('login', line.trim());
        }
        if (/login: ?$/.test(line)) {
            if (isNamed) {
                throw watch.fail('login', 'the prompt for the login came again');
            }
            isNamed = true;
            serial.type('root\n');
        }
        else {
            serial.type(`echo "${MARK}-login=$((40 + 2))"\n`);
        }
        if ((await watch.expectWithin(new RegExp(`^${MARK}-login=42`), LOGIN_SECONDS)) !== undefined) {
            return;
        }
    }
    throw watch.fail('login', `no shell answered within ${LOGIN_ATTEMPTS * LOGIN_SECONDS} s`);
}
const LOGIN_ATTEMPTS = 20;
const LOGIN_SECONDS = 3;
/** A text as one word of a shell. */
function quoteForShell(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

;// CONCATENATED MODULE: ./boot/run/times.js
/** The first line that a kernel or the last one that a boot loader prints. */
const KERNEL = /^Starting kernel \.\.\.|^EFI stub: |Linux version \d|^\[ *\d+\.\d{6}\]/;
/** The first lines of stage 1 of NixOS, of systemd, and what the kernel says of either. */
const USER_SPACE = /<<< .*Stage 1 >>>|Run \/\S+ as init process|systemd\[1\]: |^Welcome to |^\[ {2}OK {2}\]/;
/** Notes what a line shows to have begun; `seconds` is when it came. */
function noteLine(marks, line, seconds) {
    if (USER_SPACE.test(line)) {
        marks.userSpace ??= seconds;
    }
    if (KERNEL.test(line) && marks.userSpace === undefined) {
        marks.kernel ??= seconds;
    }
}
/** The parts of a boot that took `total` seconds: those whose beginnings the console has shown. */
function partsOf({ kernel, userSpace }, total) {
    if (userSpace === undefined) {
        return kernel === undefined
            ? [{ name: 'until wait-for', seconds: total }]
            : [
                { name: 'firmware', seconds: kernel },
                { name: 'until wait-for', seconds: total - kernel },
            ];
    }
    const before = kernel === undefined
        ? [{ name: 'firmware and kernel', seconds: userSpace }]
        : [
            { name: 'firmware', seconds: kernel },
            { name: 'kernel', seconds: userSpace - kernel },
        ];
    return [...before, { name: 'user space', seconds: total - userSpace }];
}

// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
;// CONCATENATED MODULE: ./boot/run/failures.js


/** What the console shows when the firmware or the boot loader finds nothing that it can start. */
const NOTHING_TO_BOOT = new RegExp([
    // U-Boot: it tries the network, ends at its prompt, or cannot read a file of an entry.
    '^BOOTP broadcast',
    '^=> $',
    '^Skipping .+ for failure retrieving',
    // EDK2: it tries the network, or ends at its shell.
    '^>>Start (?:PXE|HTTP)',
    'BdsDxe: No bootable option',
    '^Shell> ',
    // systemd-boot.
    '^Error (?:loading|opening) .+: ',
    'No loader found',
].join('|'));
/** What each kind of failure is recognised by, in a line that `fail-on` matches. */
const RECOGNISED = [
    ['kernel-panic', /Kernel panic - not syncing/],
    ['root-device', /Timed out waiting for device|An error occurred in stage 1/],
    ['emergency-mode', /emergency mode/i],
    ['failed-job', /\[FAILED\]|start job for unit \S+ has failed/],
];
/** The kind of failure that a line which `fail-on` matches is about. */
function kindOf(line) {
    return RECOGNISED.find(([, pattern]) => pattern.test(line))?.[0] ?? 'fail-on';
}
/** The error for a failed boot: what was seen when, and what to do. */
function bootError({ kind, boot, seconds, seen }) {
    const { title, remedy } = TEXTS[kind];
    return (0,user_error/* userError */.IF)({
        title,
        message: `${boot} failed ${seconds.toFixed(1)} s after the machine was switched on: ${(0,printable/* printable */.g)(seen)}`,
        remedy,
        code: kind,
    });
}
const TEXTS = {
    'nothing-to-boot': {
        title: 'The firmware found nothing to boot',
        remedy: 'Check the boot loader of the system and the boot flag: U-Boot boots extlinux/extlinux.conf of the partition with the flag, UEFI boots EFI/BOOT of the EFI system partition. If the image is for other firmware, set the input firmware.',
    },
    'kernel-panic': {
        title: 'The kernel panicked',
        remedy: 'Look at the lines before it in the console: a missing root device, or an init program that ended. Check the parameters root= and init=, and that initrd and kernel are of one system.',
    },
    'root-device': {
        title: 'The root device did not appear',
        remedy: 'Check that fileSystems."/" names the label or UUID of the image, and that the initrd has virtio_pci and virtio_blk (boot.initrd.availableKernelModules), which the disk of the emulator needs.',
    },
    'emergency-mode': {
        title: 'The system went to emergency mode',
        remedy: 'Look for the unit that failed in the lines before it, most often a mount of fileSystems, and correct it in the configuration.',
    },
    'failed-job': {
        title: 'A unit of the system failed',
        remedy: 'Correct the unit, or, if it cannot work without the hardware of the board, set fail-on to a regular expression that does not match it.',
    },
    'fail-on': {
        title: 'The console matched fail-on',
        remedy: 'Correct what the line reports, or change the input fail-on.',
    },
    'machine-ended': {
        title: 'The machine ended',
        remedy: 'Look at the end of the console: the system powered off or restarted, or the emulator failed. Set wait-for to a text that comes before that.',
    },
    timeout: {
        title: 'The system did not reach wait-for',
        remedy: 'Look at the end of the console. If it ends where the kernel should start, set the console in boot.kernelParams: console=ttyAMA0 for arm64, console=ttyS0 for x86-64 and riscv64. If the system is only slow, raise timeout; if it prints another text when it is up, set wait-for.',
    },
    'console-flood': {
        title: 'The console does not end',
        remedy: 'Look at the console for what repeats, and correct it in the configuration.',
    },
    login: {
        title: 'Root could not log in',
        remedy: 'For the input run, root must log in on the serial console without a password: in a configuration for tests set users.users.root.initialHashedPassword to "", or services.getty.autologinUser to "root".',
    },
    command: {
        title: 'A command failed',
        remedy: 'Look at its output in the console, and correct the system or the line of the input run.',
    },
};

;// CONCATENATED MODULE: ./boot/run/watch.js


/** Creates the watch of a machine's console. `lines` are its whole lines, `elapsed` the seconds since it was switched on. */
function createWatch({ serial, lines, goal, elapsed, marks, }) {
    let next = 0;
    const fail = (kind, seen, seconds = elapsed()) => bootError({ kind, boot: goal.name, seconds, seen });
    const problemIn = (line) => {
        if (KVM_FAILED.test(line)) {
            throw kvmFailed(line);
        }
        if (goal.failOn.test(line)) {
            return kindOf(line);
        }
        const isFirmware = marks.kernel === undefined && marks.userSpace === undefined;
        return isFirmware && NOTHING_TO_BOOT.test(line) ? 'nothing-to-boot' : undefined;
    };
    const look = (wanted, number) => {
        const line = lines[number] ?? serial.openLine();
        const match = wanted.exec(line);
        if (match !== null) {
            return { match };
        }
        const problem = problemIn(line);
        return problem === undefined ? undefined : { problem, line: number, seconds: elapsed() };
    };
    const find = (wanted) => {
        if (lines.length > MOST_LINES) {
            throw fail('console-flood', `it has more than ${MOST_LINES} lines`);
        }
        while (next < lines.length) {
            const line = next;
            next++;
            const found = look(wanted, line);
            if (found !== undefined) {
                return found;
            }
        }
        // The line that is not complete is looked at again.
        return look(wanted, next);
    };
    const within = async (wanted, seconds) => {
        const found = await serial.waitUntil(() => find(wanted), seconds);
        if (found === undefined || 'match' in found) {
            return found?.match;
        }
        // The rest of the line, and what follows it for the reader of the console.
        await serial.waitUntil(() => undefined, SECONDS_AFTER_FAILURE);
        throw fail(found.problem, (lines[found.line] ?? serial.openLine()).trim(), found.seconds);
    };
    return {
        fail,
        expectWithin: within,
        async expect(wanted, what) {
            const found = await within(wanted, Math.max(0, goal.timeout - elapsed()));
            if (found !== undefined) {
                return found;
            }
            const last = lines.findLast((line) => line.trim() !== '') ?? '';
            const end = last === '' ? 'the console is empty' : `the last line is: ${last.trim()}`;
            throw serial.hasEnded()
                ? fail('machine-ended', `it was off before ${what}; ${end}`)
                : fail('timeout', `${goal.timeout} s passed before ${what}; ${end}`);
        },
    };
}
/** A system that prints without end would fill the memory. */
const MOST_LINES = 500_000;
const SECONDS_AFTER_FAILURE = 1;
/** What QEMU says when KVM cannot run a machine any more. */
const KVM_FAILED = /KVM internal error|error: kvm run failed/;
function kvmFailed(line) {
    return (0,user_error/* userError */.IF)({
        title: 'KVM failed',
        message: `KVM could not run the machine any more: ${line}`,
        remedy: 'Re-run the job on a runner whose KVM works, or on one without KVM.',
        code: 'KVM_FAILED',
    });
}

;// CONCATENATED MODULE: ./boot/run/boot.js






/**
 * Boots a card once: switches the machine on, waits for the goal, runs the commands, and powers off by the power button.
 *
 * Throws the error of `bootError` if the boot fails, and a `UserError` with the code `KVM_FAILED` if KVM does.
 */
async function bootOnce(machine, goal) {
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    const marks = {};
    const lines = [];
    const onLine = (line) => {
        const seconds = elapsed();
        noteLine(marks, line, seconds);
        lines.push(line);
        goal.onLine(line, seconds);
    };
    const { emulator } = machine.platform;
    return (0,machine_emulator/* withEmulator */.eb)(emulator, machineArguments(machine), onLine, async (serial) => {
        const watch = createWatch({ serial, lines, goal, elapsed, marks });
        const cancel = () => serial.close();
        goal.signal.addEventListener('abort', cancel, { once: true });
        try {
            await watch.expect(goal.waitFor, `a line matched ${goal.waitFor.source}`);
            const seconds = elapsed();
            await runCommands(goal.commands, serial, watch);
            const isOff = await powerOff(serial, machine.monitor);
            return { seconds, parts: partsOf(marks, seconds), isOff };
        }
        finally {
            goal.signal.removeEventListener('abort', cancel);
            goal.signal.throwIfAborted();
        }
    });
}
/** Presses the power button until the machine is off. Returns whether it went off. */
async function powerOff(serial, monitor) {
    for (let attempt = 0; attempt < POWER_ATTEMPTS && !serial.hasEnded(); attempt++) {
        await pressPowerButton(monitor);
        await serial.waitUntil(() => undefined, POWER_SECONDS);
    }
    return serial.hasEnded();
}
/** A system that has just started may not listen to the button yet. */
const POWER_ATTEMPTS = 6;
const POWER_SECONDS = 20;

;// CONCATENATED MODULE: ./boot/run/boots.js




/** Boots a card several times. If KVM fails, which a short test may not show, all boots are repeated with emulation. */
async function bootCard(plan, options) {
    try {
        await bootWith(options.accelerator, plan, options);
    }
    catch (error) {
        if ((0,error_code/* errorCode */.C)(error) !== 'KVM_FAILED') {
            throw error;
        }
        const accelerator = (0,machine_accelerator/* emulation */.B)('KVM failed while the system booted');
        await options.onKvmFailure(accelerator);
        await bootWith(accelerator, plan, options);
    }
}
async function bootWith({ name: accelerator }, plan, options) {
    const { boots, memory, cpus, directory, step, onBoot } = options;
    const { platform, load } = plan;
    const card = (0,external_node_path_.join)(directory, 'card');
    const monitor = (0,external_node_path_.join)(directory, 'monitor');
    for (let number = 1; number <= boots; number++) {
        const name = `Boot ${number} of ${boots}`;
        const machine = { platform, load, accelerator, memory, cpus, card, monitor };
        onBoot(await step(name, () => bootOnce(machine, { ...options, name })));
    }
}


/***/ }),

/***/ 5928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ createConsoleFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

/** Creates the file. */
function createConsoleFile(path) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'w');
    const lastLines = [];
    return {
        lastLines,
        begin(title) {
            lastLines.length = 0;
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(file, `== ${title}\n`);
        },
        add(line) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(file, `${line}\n`);
            lastLines.push(line);
            if (lastLines.length > MOST_LINES) {
                lastLines.shift();
            }
        },
        [Symbol.dispose]: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file),
    };
}
const MOST_LINES = 50;


/***/ }),

/***/ 3964:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ readBootTestInputs)
/* harmony export */ });
/* unused harmony export BOOT_TEST_DEFAULTS */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2306);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _report_outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7954);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8984);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3565);





/** The inputs of boot-test/action.yml with their defaults, as `INPUT_DEFAULTS` has those of action.yml. */
const BOOT_TEST_DEFAULTS = {
    image: '',
    'wait-for': 'login: |Reached target .*[Mm]ulti-[Uu]ser',
    'fail-on': 'Kernel panic - not syncing|Timed out waiting for device|An error occurred in stage 1|[Ee]mergency [Mm]ode|\\[FAILED\\] Failed to|start job for unit \\S+ has failed',
    timeout: '600',
    'card-size': '16GiB',
    memory: '2GiB',
    cpus: '2',
    firmware: 'auto',
    boots: '2',
    run: '',
    install: 'false',
};
/** Reads the inputs of the action boot-test. Throws a `UserError` for the first that is invalid. */
function readBootTestInputs(environment = process.env) {
    const textOf = (name) => (0,_actions_core__WEBPACK_IMPORTED_MODULE_4__/* .getInput */ .V4)(name) || BOOT_TEST_DEFAULTS[name];
    const read = (name, kind) => (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .checkValue */ .S)(name, textOf(name), kind);
    return {
        image: textOf('image') || imageOfEarlierStep(environment),
        waitFor: read('wait-for', regularExpression),
        failOn: read('fail-on', regularExpression),
        timeout: read('timeout', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .wholeNumber */ .rD)(1, LONGEST_TIMEOUT)),
        cardSize: read('card-size', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .size */ .Ej)(MIB, LARGEST_CARD, MIB)),
        memory: read('memory', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .size */ .Ej)(64 * MIB, 1024 * 1024 * MIB, MIB)),
        cpus: read('cpus', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .wholeNumber */ .rD)(1, 64)),
        firmware: read('firmware', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .oneOf */ .yL)(['auto', 'u-boot', 'uefi', 'kernel'])),
        boots: read('boots', (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .wholeNumber */ .rD)(1, 10)),
        run: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .splitLines */ .uz)(textOf('run')).map((line) => (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .checkValue */ .S)('run', line, commandLine)),
        install: read('install', _values_js__WEBPACK_IMPORTED_MODULE_3__/* .yesOrNo */ .GX),
    };
}
const MIB = 1024 * 1024;
/** A job of a runner of GitHub ends after six hours. */
const LONGEST_TIMEOUT = 6 * 60 * 60;
/** The limit of an MBR. */
const LARGEST_CARD = 2 * 1024 * 1024 * MIB;
/** A regular expression of JavaScript, which is matched with each line of the console. */
const regularExpression = {
    accepted: 'a regular expression of JavaScript, such as login: ',
    parse(text) {
        try {
            return new RegExp(text);
        }
        catch {
            return undefined;
        }
    },
};
/** A terminal of Linux takes at most 4095 bytes in a line (termios(3), canonical mode). */
const commandLine = {
    accepted: 'lines of at most 2000 printable characters each',
    parse: (text) => (/^[^\p{Cc}]{1,2000}$/u.test(text) ? text : undefined),
};
function imageOfEarlierStep(environment) {
    const path = environment[_report_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .IMAGE_VARIABLE */ .Vp];
    if (path) {
        return path;
    }
    throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .inputError */ .Xu)({
        input: 'image',
        message: 'The input image is not given, and no step before this one of the job has made an image.',
        remedy: 'Set image to the path of an image, such as the output image-path of the step that makes it.',
    });
}


/***/ }),

/***/ 7215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ startProgram)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _find_program_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1041);
/* harmony import */ var _program_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8492);



/**
 * Starts a program whose input and output are used while it runs, which `run` cannot do: an emulator with its console, or a
 * tool that unpacks a stream. The caller ends it. If this process is killed, the program is too, where util-linux has
 * setpriv.
 *
 * Throws `PROGRAM_MISSING`.
 */
function startProgram(program, args) {
    const command = [(0,_find_program_js__WEBPACK_IMPORTED_MODULE_1__/* .findProgram */ .K)(program), ...args];
    const [first, ...rest] = [...deathSignal(), ...command];
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(first, rest, { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
}
function deathSignal() {
    try {
        return [(0,_find_program_js__WEBPACK_IMPORTED_MODULE_1__/* .findProgram */ .K)('setpriv'), '--pdeathsig', 'KILL', '--'];
    }
    catch (error) {
        if ((0,_program_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isProgramMissing */ .J)(error)) {
            return [];
        }
        throw error;
    }
}


/***/ }),

/***/ 9615:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ bootTestOutputs),
  $: () => (/* binding */ renderBootTest)
});

// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./text/size.js
var size = __webpack_require__(3004);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
;// CONCATENATED MODULE: ./report/boot-times.js


/** Boots as a Mermaid chart: a bar for each part of each boot, along the seconds since the machine was switched on. */
function renderBootTimes(boots) {
    if (boots.length === 0) {
        return '';
    }
    const sections = boots.flatMap(({ parts }, i) => {
        let start = 0;
        const bars = parts.map(({ name, seconds }) => {
            const [from, to] = [milliseconds(start), milliseconds(start + seconds)];
            start += seconds;
            return `    ${(0,text_escape/* escapeMermaid */.Fw)(`${name}, ${(0,format/* formatDuration */.a3)(seconds)}`)} :${from}, ${to}`;
        });
        return [`    section Boot ${i + 1}`, ...bars];
    });
    return ['```mermaid', ...HEAD, ...sections, '```'].join('\n');
}
/** The axis has seconds: those since 1970, as the chart knows times only. */
const HEAD = ['gantt', '    title Where the boots spent their seconds', '    dateFormat x', '    axisFormat %s'];
/** Mermaid draws no bar without a length. */
function milliseconds(seconds) {
    return Math.round(seconds * 1000);
}

// EXTERNAL MODULE: ./report/html.js
var html = __webpack_require__(9051);
;// CONCATENATED MODULE: ./report/boot-test.js




/** The job summary of a boot test as Markdown with HTML tables. Everything from outside is escaped. */
function renderBootTest(report) {
    const { boots, checks, failure } = report;
    const sections = [
        renderHeadline(report),
        renderSentence(report),
        failure === undefined ? '' : renderFailure(report, failure.message),
        renderBootTimes(boots),
        checks.length === 0
            ? ''
            : (0,html/* htmlTable */.I$)(['Check after the last boot', 'Result'], checks.map(([name, result]) => [(0,html/* htmlText */.js)(name), (0,html/* htmlText */.js)(result)])),
    ];
    return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
function renderHeadline({ image, boots, failure }) {
    const result = failure === undefined ? `booted ${boots.length === 1 ? 'once' : `${boots.length} times`}` : (0,html/* htmlText */.js)(failure.title);
    return `<h3>${(0,html/* htmlCode */.h8)(image)}: ${result}</h3>`;
}
function renderSentence({ machine, cardSize, grownTo, seconds }) {
    const grown = grownTo === undefined ? '' : `, whose root filesystem has ${(0,size/* formatSize */.Xq)(grownTo)} now`;
    const where = machine === undefined ? '' : ` in an emulated machine (${(0,html/* htmlText */.js)(machine)})`;
    return `<p>Tested${where} from a card of ${(0,size/* formatSize */.Xq)(cardSize)}${grown}, in ${(0,format/* formatDuration */.a3)(seconds)}.</p>`;
}
function renderFailure({ lastLines }, message) {
    const text = `<p>${message
        .split('\n')
        .map((line) => (0,html/* htmlText */.js)(line, LONGEST_MESSAGE))
        .join('<br>')}</p>`;
    if (lastLines.length === 0) {
        return text;
    }
    const lines = lastLines.map((line) => (0,html/* htmlText */.js)(line, LONGEST_LINE)).join('\n');
    // A blank line would end the HTML block of Markdown.
    const console = `<pre>${lines.replaceAll(/^$/gm, ' ')}</pre>`;
    return `${text}\n\n${(0,html/* htmlDetails */.M6)(`The last ${lastLines.length} lines of the console`, console)}`;
}
const LONGEST_MESSAGE = 2000;
const LONGEST_LINE = 400;
/** The outputs of the action boot-test; those without a value are left out. */
function bootTestOutputs({ boots, grownTo, consoleLog, }) {
    return {
        'console-log': consoleLog,
        ...(boots.length === 0 ? {} : { seconds: boots.map(({ seconds }) => seconds.toFixed(1)).join(' ') }),
        ...(grownTo === undefined ? {} : { 'grown-to': String(grownTo) }),
    };
}


/***/ })

};
