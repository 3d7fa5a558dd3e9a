export const id = 408;
export const ids = [408];
export const modules = {

/***/ 2306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yU: () => (/* binding */ ExitCode),
  Yz: () => (/* binding */ debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  dN: () => (/* binding */ exportVariable),
  V4: () => (/* binding */ getInput),
  pq: () => (/* binding */ info),
  _o: () => (/* binding */ isDebug),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  Oh: () => (/* binding */ startGroup),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: addPath, getBooleanInput, getIDToken, getMultilineInput, getState, group, markdownSummary, notice, platform, saveState, setCommandEcho, setFailed, summary, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
;// CONCATENATED MODULE: ./core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __webpack_require__(6928);
;// CONCATENATED MODULE: ./core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = utils_toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', file_command_prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ readSmallFile),
/* harmony export */   H: () => (/* binding */ readSmallFileIfAny)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(786);
/* harmony import */ var _kind_of_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5032);
/* harmony import */ var _open_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5730);
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




/** Enough for any text that a system or a configuration is made of. */
const LIMIT = 16 * 2 ** 20;
/**
 * Reads a file as a whole.
 *
 * @throws Error if it is not a regular file, so that nothing waits for a pipe or reads a device for ever, if it has more
 * bytes than `limit`, and the error of the system if it cannot be read.
 */
function readSmallFile(path, { limit = LIMIT, noFollow = false } = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const stack = __addDisposableResource(env_1, new DisposableStack(), false);
        const descriptor = stack.adopt(noFollow ? (0,_open_js__WEBPACK_IMPORTED_MODULE_2__/* .openFile */ .Tq)(path) : (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, FOLLOWING), node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor);
        if (!stats.isFile()) {
            throw new Error(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(path)} is ${(0,_kind_of_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(stats)}; a regular file was expected.`);
        }
        if (stats.size > limit) {
            throw new Error(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(path)} has ${stats.size} bytes; at most ${limit} were expected.`);
        }
        return readUpTo(descriptor, stats.size, limit, path);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** As `readSmallFile`; `undefined` if there is no file. */
function readSmallFileIfAny(path, options) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) ? readSmallFile(path, options) : undefined;
}
/** A named pipe does not block the thread. */
const FOLLOWING = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK;
/** Files of /proc have a size of 0, and others may grow: the end is where reading ends. */
function readUpTo(descriptor, size, limit, path) {
    let bytes = Buffer.alloc(Math.min(size + 1, limit + 1));
    let done = 0;
    for (;;) {
        const count = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, bytes, done, bytes.length - done, null);
        done += count;
        if (done > limit) {
            throw new Error(`${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(path)} has more than ${limit} bytes, which were expected at most.`);
        }
        if (count === 0) {
            return bytes.subarray(0, done);
        }
        if (done === bytes.length) {
            bytes = Buffer.concat([bytes], Math.min(2 * bytes.length + 4096, limit + 1));
        }
    }
}


/***/ }),

/***/ 8657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ lockName),
  o: () => (/* binding */ waitForName)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./errors/error-code.js
var error_code = __webpack_require__(2565);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./host/small-file.js
var small_file = __webpack_require__(286);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./image/lock-owner.js




/** Describes this process as the owner of a new lock. */
function ownerHere(id) {
    const machineId = readText('/etc/machine-id');
    return {
        processId: process.pid,
        start: statusOf(process.pid)?.start ?? '',
        // Not the machine's ID itself, which must not get out (machine-id(5)).
        machine: machineId === '' ? '' : (0,external_node_crypto_.createHash)('sha256').update(`${machineId} ${(0,external_node_os_.hostname)()}`).digest('hex').slice(0, 16),
        boot: readText('/proc/sys/kernel/random/boot_id'),
        namespace: /\d+/.exec(readLink('/proc/self/ns/pid'))?.[0] ?? '',
        id,
    };
}
/** Encodes an owner in fewer than 128 characters, which a symlink on tmpfs stores without a block. */
function encodeOwner({ processId, start, machine, boot, namespace, id }) {
    return [processId, start, machine, boot, namespace, id].join(':');
}
/** Parses what `encodeOwner` returns; `undefined` for anything else. */
function parseOwner(text) {
    const match = /^(\d{1,10}):(\d*):([0-9a-f]*):([0-9a-f-]*):(\d*):([0-9a-f]{16})$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [, processId = '', start = '', machine = '', boot = '', namespace = '', id = ''] = match;
    return { processId: Number(processId), start, machine, boot, namespace, id };
}
/** Whether the owner of a lock still runs; `unknown` for one in another container, or on another machine. */
function stateOf(owner, here) {
    if (owner.boot === '' || here.boot === '') {
        return 'unknown';
    }
    if (owner.boot !== here.boot) {
        return owner.machine !== '' && owner.machine === here.machine ? 'ended' : 'unknown';
    }
    if (owner.namespace === '' || owner.namespace !== here.namespace) {
        return 'unknown';
    }
    return isRunning(owner) ? 'running' : 'ended';
}
function isRunning({ processId, start }) {
    try {
        process.kill(processId, 0);
    }
    catch (error) {
        if ((0,error_code/* errorCode */.C)(error) === 'ESRCH') {
            return false;
        }
    }
    // Systems can hide the processes of other users.
    const status = statusOf(processId);
    return status === undefined || (status.start === start && !ENDED_STATES.includes(status.state));
}
/** A zombie, and one that is being removed (proc_pid_stat(5)). */
const ENDED_STATES = ['Z', 'X', 'x'];
function statusOf(processId) {
    const text = readText(`/proc/${processId}/stat`);
    // The name of the program, in parentheses, may have anything in it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, start] = [fields[0], fields[START_FIELD]];
    return state === undefined || start === undefined ? undefined : { state, start };
}
/** Field 22 of proc_pid_stat(5), counted from the state, field 3. */
const START_FIELD = 19;
function readText(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'latin1').trim();
    }
    catch {
        return '';
    }
}
function readLink(path) {
    try {
        return (0,external_node_fs_.readlinkSync)(path);
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: ./image/write-error.js
var write_error = __webpack_require__(9603);
;// CONCATENATED MODULE: ./image/name-lock.js










/**
 * Takes the lock of a name, also from a run that was killed, and deletes the temporary files that such a run left.
 *
 * The lock is a symlink to nothing whose target describes the process: it is created in one step with what it says, and
 * takes no space on a full disk. Filesystems without symlinks have a file instead.
 *
 * Throws a `UserError` with the code `NAME_LOCKED` if another run has the lock; of one in another container or on another
 * machine it is not known whether it still runs. Other errors as in `writeError`.
 */
function lockName(directory, name) {
    const owner = ownerHere((0,external_node_crypto_.randomBytes)(8).toString('hex'));
    // Not derived from the name itself, which may already be as long as names can be.
    const hidden = `.nix-ext4-image-${(0,external_node_crypto_.createHash)('sha256').update(name).digest('hex').slice(0, 16)}`;
    const path = (0,external_node_path_.join)(directory, `${hidden}.lock`);
    take(path, owner, name);
    const release = () => {
        if (ownerOf(path)?.id === owner.id) {
            remove(path);
        }
    };
    try {
        removeLeftovers(directory, hidden, owner);
    }
    catch (error) {
        release();
        throw error;
    }
    return { temporaryPath: (kind) => (0,external_node_path_.join)(directory, `${hidden}.${owner.id}.${kind}`), release };
}
/** As `lockName`, but waits for a while until another run has released the lock: for work of a moment. */
async function waitForName(directory, name) {
    const end = performance.now() + PATIENCE;
    for (;;) {
        try {
            return lockName(directory, name);
        }
        catch (error) {
            if ((0,error_code/* errorCode */.C)(error) !== NAME_LOCKED || performance.now() > end) {
                throw error;
            }
        }
        await (0,promises_.setTimeout)(INTERVAL * (1 + Math.random()));
    }
}
/** Milliseconds. */
const PATIENCE = 60_000;
const INTERVAL = 10;
const NAME_LOCKED = 'NAME_LOCKED';
function take(path, owner, name) {
    while (!create(path, encodeOwner(owner))) {
        const text = readLock(path);
        if (text === undefined) {
            continue;
        }
        const other = parseOwner(text);
        const state = other === undefined ? 'unknown' : stateOf(other, owner);
        if (other === undefined || state !== 'ended') {
            throw lockedError(path, name, state === 'running' ? other : undefined);
        }
        removeEnded(path, other, owner, name);
    }
}
/**
 * Removes the lock of a process that has ended. Only one run may do so at a time: a second one could remove the lock that
 * the first has taken in the meantime.
 */
function removeEnded(path, ended, owner, name) {
    const right = `${path}.${ended.id}`;
    take(right, owner, name);
    try {
        if (ownerOf(path)?.id === ended.id) {
            (0,write_error/* writingTo */.gC)(path, () => (0,external_node_fs_.rmSync)(path, { force: true }));
        }
    }
    finally {
        remove(right);
    }
}
/** Returns whether the lock was created: `false` if there is one. */
function create(path, text) {
    return (0,write_error/* writingTo */.gC)(path, () => {
        try {
            (0,external_node_fs_.symlinkSync)(text, path);
            return true;
        }
        catch (error) {
            if (NO_SYMLINKS.includes((0,error_code/* errorCode */.C)(error))) {
                return createFile(path, text);
            }
            return refuseOthers(error);
        }
    });
}
/** Codes of symlink(2) on filesystems without symlinks. */
const NO_SYMLINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
function createFile(path, text) {
    try {
        (0,external_node_fs_.writeFileSync)(path, text, { flag: 'wx' });
        return true;
    }
    catch (error) {
        return refuseOthers(error);
    }
}
function refuseOthers(error) {
    if ((0,error_code/* errorCode */.C)(error) === 'EEXIST') {
        return false;
    }
    throw error;
}
function ownerOf(path) {
    return parseOwner(readLock(path) ?? '');
}
/** `undefined` if there is no lock; an empty text if it cannot be read. */
function readLock(path) {
    for (const read of [() => (0,external_node_fs_.readlinkSync)(path), () => (0,small_file/* readSmallFile */.E)(path, { noFollow: true }).toString('latin1')]) {
        try {
            return read();
        }
        catch (error) {
            if ((0,error_code/* errorCode */.C)(error) === 'ENOENT') {
                return undefined;
            }
        }
    }
    return '';
}
/** Deletes the temporary files of runs that had the lock, and what runs left that were killed while they took it over. */
function removeLeftovers(directory, hidden, owner) {
    for (const file of (0,external_node_fs_.readdirSync)(directory).filter((one) => one.startsWith(`${hidden}.`))) {
        const path = (0,external_node_path_.join)(directory, file);
        const rest = file.slice(hidden.length);
        const isTemporary = /^\.[0-9a-f]{16}\.(partial|skeleton)$/.test(rest);
        const takenBy = rest.startsWith('.lock.') ? ownerOf(path) : undefined;
        if (isTemporary || (takenBy !== undefined && stateOf(takenBy, owner) === 'ended')) {
            (0,write_error/* writingTo */.gC)(path, () => (0,external_node_fs_.rmSync)(path, { force: true }));
        }
    }
}
/** A lock that cannot be removed is found to be that of a process that has ended. */
function remove(path) {
    try {
        (0,external_node_fs_.rmSync)(path, { force: true });
    }
    catch { }
}
function lockedError(path, name, running) {
    const what = `Another run is writing ${(0,printable/* printable */.g)(name)} there`;
    return (0,user_error/* userError */.IF)({
        title: 'Another run writes to the output directory',
        message: running === undefined
            ? `${what}, or was killed: ${(0,printable/* printable */.g)(path)} is the lock of a process in another container or on another machine, which cannot be seen from here.`
            : `${what}: process ${running.processId} has the lock ${(0,printable/* printable */.g)(path)}.`,
        remedy: 'Give runs at the same time different image-names or output-directories, or wait for the other run.' +
            (running === undefined ? ` If no other run writes there any more, delete the lock: rm ${shellWord(path)}` : ''),
        code: NAME_LOCKED,
    });
}
function shellWord(path) {
    return `'${(0,printable/* printable */.g)(path).replaceAll("'", "'\\''")}'`;
}


/***/ }),

/***/ 5877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ prepareOutputFile),
/* harmony export */   L: () => (/* binding */ makeTemporaryDirectory)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2321);
/* harmony import */ var _host_within_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6989);
/* harmony import */ var _nix_follow_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4036);
/* harmony import */ var _nix_store_path_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5074);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(786);
/* harmony import */ var _name_lock_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8657);
/* harmony import */ var _write_error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9603);










/**
 * Prepares a file `name` in `directory`, or in a new directory below `temporaryDirectory`. Deletes what an earlier run
 * left under this name: a file under the final name must be one that this run has verified. `others` are the names of
 * the files that will be beside it; `name` must not be one of them, and no directory may have any of these names.
 * `imageName` is what all these names have in common, and is locked. Throws a `UserError`; those of writing are described
 * in `writeError`, and those of the lock in `lockName`.
 */
function prepareOutputFile(name, directory, temporaryDirectory, others = [], imageName = name) {
    if (others.includes(name)) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .inputError */ .Xu)({
            input: 'image-name',
            message: `The image cannot be named ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(name)}: a file beside it has that name.`,
            remedy: 'Set image-name to another name, such as nixos.img.',
        });
    }
    const outputDirectory = directory === undefined
        ? makeTemporaryDirectory(temporaryDirectory, 'nix-ext4-image-', ', or set output-directory')
        : makeOutputDirectory((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(directory));
    for (const fileName of [name, ...others]) {
        checkNotDirectory((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(outputDirectory, fileName));
    }
    const lock = (0,_name_lock_js__WEBPACK_IMPORTED_MODULE_7__/* .lockName */ .l)(outputDirectory, imageName);
    try {
        return createOutputFile(outputDirectory, name, directory === undefined, lock);
    }
    catch (error) {
        lock.release();
        throw error;
    }
}
/** `isOwnDirectory` says that the directory was created for this file alone. */
function createOutputFile(directory, name, isOwnDirectory, lock) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name);
    const partialPath = lock.temporaryPath('partial');
    const skeletonPath = lock.temporaryPath('skeleton');
    const finalFiles = [];
    (0,_write_error_js__WEBPACK_IMPORTED_MODULE_8__/* .writingTo */ .gC)(path, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { force: true }));
    return {
        path,
        partialPath,
        skeletonPath,
        beside(otherName) {
            const other = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, otherName);
            (0,_write_error_js__WEBPACK_IMPORTED_MODULE_8__/* .writingTo */ .gC)(other, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(other, { force: true }));
            finalFiles.push(other);
            return other;
        },
        accept() {
            (0,_write_error_js__WEBPACK_IMPORTED_MODULE_8__/* .writingTo */ .gC)(path, () => {
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(partialPath, path);
                finalFiles.push(path);
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(skeletonPath, { force: true });
            });
        },
        discard() {
            const problems = [...finalFiles, partialPath, skeletonPath].flatMap((file) => tryToDelete(file, false));
            if (isOwnDirectory) {
                problems.push(...tryToDelete(directory, true));
            }
            if (finalFiles.length === 0) {
                // All that can still be written has names that no other run uses.
                lock.release();
            }
            return problems.length === 0
                ? undefined
                : `Not all files in ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(directory)} could be deleted: ${problems.join('; ')}.`;
        },
        release: () => lock.release(),
    };
}
/**
 * Makes a new directory whose name begins with `prefix`. Throws a `UserError` if `temporaryDirectory` is none; `alternative`
 * continues what the user can do.
 */
function makeTemporaryDirectory(temporaryDirectory, prefix, alternative = '') {
    if (!isDirectory(temporaryDirectory)) {
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .userError */ .IF)({
            title: 'There is no directory for temporary files',
            message: `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(temporaryDirectory)} is not a directory that exists, but RUNNER_TEMP, or TMPDIR without it, names it for temporary files.`,
            remedy: `Set RUNNER_TEMP to a directory that the user of this step may write to${alternative}.`,
        });
    }
    const start = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporaryDirectory, prefix);
    return (0,_write_error_js__WEBPACK_IMPORTED_MODULE_8__/* .writingTo */ .gC)(start, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)(start));
}
/** Creates a directory at an absolute path, and its parents, unless it exists, and returns the path. */
function makeOutputDirectory(directory) {
    refuseStore(directory);
    try {
        makeDirectory(directory);
        return directory;
    }
    catch (cause) {
        if (!NOT_A_DIRECTORY.includes((0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_9__/* .errorCode */ .C)(cause))) {
            throw (0,_write_error_js__WEBPACK_IMPORTED_MODULE_8__/* .writeError */ .oG)(directory, cause);
        }
        throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .inputError */ .Xu)({
            input: 'output-directory',
            message: `The output directory ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(directory)} cannot be created: it, or one of its parents, is not a directory.`,
            remedy: 'Set output-directory to a directory, or to a path at which one can be created.',
            cause,
        });
    }
}
/** The store is Nix's alone, and root could write to it. */
function refuseStore(directory) {
    let existing = directory;
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(existing)) {
        existing = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(existing);
    }
    if (!(0,_host_within_js__WEBPACK_IMPORTED_MODULE_3__/* .isWithin */ .U)((0,_nix_follow_js__WEBPACK_IMPORTED_MODULE_4__/* .followLinks */ .n)(existing), Buffer.from(_nix_store_path_js__WEBPACK_IMPORTED_MODULE_5__/* .STORE_DIRECTORY */ .Qs))) {
        return;
    }
    throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .inputError */ .Xu)({
        input: 'output-directory',
        message: `The output directory ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(directory)} is in the Nix store, which nothing but Nix may write to.`,
        remedy: 'Set output-directory to a directory outside of the store, or leave it empty.',
    });
}
/** Does not use the recursion of mkdir, which never ends below /proc, where a missing directory cannot be created. */
function makeDirectory(directory) {
    if (isDirectory(directory)) {
        return;
    }
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(directory);
    if (parent !== directory) {
        makeDirectory(parent);
    }
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(directory);
    }
    catch (error) {
        // Another process may have created it in the meantime.
        if ((0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_9__/* .errorCode */ .C)(error) !== 'EEXIST' || !isDirectory(directory)) {
            throw error;
        }
    }
}
function isDirectory(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
/** Codes of mkdir where a part of the path is a file, or a link to nothing. */
const NOT_A_DIRECTORY = ['EEXIST', 'ENOENT', 'ENOTDIR'];
function checkNotDirectory(path) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
        return;
    }
    throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .inputError */ .Xu)({
        input: 'output-directory',
        message: `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(path)} is a directory, which the file of that name cannot replace.`,
        remedy: 'Set image-name or output-directory to another name, or delete the directory before this step.',
    });
}
function tryToDelete(path, recursive) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive, force: true });
        return [];
    }
    catch (error) {
        return [(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g)(error instanceof Error ? error.message : String(error))];
    }
}


/***/ }),

/***/ 2619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ SD_CARD_INPUTS),
/* harmony export */   W: () => (/* binding */ INPUT_DEFAULTS)
/* harmony export */ });
/**
 * The inputs of the action with their defaults, as in action.yml. The runner sets the defaults; other programs that
 * start the action need not. An empty value means that the input is not set.
 */
const INPUT_DEFAULTS = {
    parts: '',
    'store-paths': '',
    'volume-label': 'NIXOS_SD',
    uuid: '44444444-4444-4444-8888-888888888888',
    'root-files': '',
    'root-files-mode': 'kept',
    'store-gid': '30000',
    'free-space': '16MiB',
    deduplicate: 'true',
    'nix-database': 'false',
    format: 'ext4',
    system: '',
    'boot-loader': 'auto',
    'boot-partition': 'auto',
    'device-tree': '',
    'boot-timeout': '',
    'partition-table': 'mbr',
    'root-partition': '',
    'firmware-files': '',
    'firmware-size': '30MiB',
    'firmware-filesystem': 'auto',
    'firmware-label': 'FIRMWARE',
    'firmware-offset': '8MiB',
    'disk-id': '0x2178694e',
    bootloader: '',
    'imager-devices': '',
    'image-name': 'nixos.img',
    'output-directory': '',
    compression: 'zstd',
    'compression-level': '',
    upload: 'true',
    'retention-days': '',
    overwrite: 'false',
    baseline: '',
    'release-tag': '',
    'github-token': '',
};
/** Inputs that have a meaning for a whole disk only. */
const SD_CARD_INPUTS = [
    'partition-table',
    'root-partition',
    'firmware-files',
    'firmware-size',
    'firmware-filesystem',
    'firmware-label',
    'firmware-offset',
    'disk-id',
    'bootloader',
    'imager-devices',
];


/***/ }),

/***/ 1980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ checkUploadIsPossible),
/* harmony export */   N: () => (/* binding */ checkRuntime)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8146);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(786);



/**
 * Checks, before any work, that the runner started a recent Node: services other than GitHub's take the one of the job's
 * container. Throws a `UserError`.
 */
function checkRuntime(version = process.versions.node) {
    if (Number.parseInt(version, 10) >= NODE_VERSION) {
        return;
    }
    throw (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'Node.js is too old',
        message: `This action needs Node.js ${NODE_VERSION}, but was started with Node.js ${version}.`,
        remedy: `Use runner 2.327.1 or newer, or a job container with Node.js ${NODE_VERSION}.`,
    });
}
const NODE_VERSION = 24;
/**
 * Checks, before any work, that an artifact can be uploaded from here: that the runner has set the URL and the token of
 * the artifact service, and that the service has the protocol of github.com. Throws a `UserError`.
 */
function checkUploadIsPossible(environment = process.env) {
    for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL']) {
        if (!environment[name]) {
            throw cannotUpload(`The variable ${name} is not set: the action does not run in a GitHub Actions workflow.`, 'Run it in a workflow, or set upload to false.');
        }
    }
    const resultsUrl = environment.ACTIONS_RESULTS_URL ?? '';
    if (!URL.canParse(resultsUrl)) {
        throw cannotUpload(`ACTIONS_RESULTS_URL is not a URL: ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(resultsUrl, 200))}`, REMEDY);
    }
    if (!namesRunAndJob(environment.ACTIONS_RUNTIME_TOKEN ?? '')) {
        throw cannotUpload('ACTIONS_RUNTIME_TOKEN does not name the run and job of a workflow.', REMEDY);
    }
    checkServer(environment.GITHUB_SERVER_URL || 'https://github.com');
}
const REMEDY = 'Set upload to false, and upload the file in a separate step.';
/** The rule of @actions/artifact: github.com, GitHub Enterprise Cloud, and names below .localhost. */
function checkServer(server) {
    const host = URL.canParse(server) ? new URL(server).hostname : '';
    if (host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost')) {
        return;
    }
    throw cannotUpload(`The server ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(server, 200))} (GITHUB_SERVER_URL) has no artifact service that this action can use: GitHub Enterprise Server, Forgejo and Gitea have another protocol.`, REMEDY);
}
/** The artifact client reads the run and the job from the scope `Actions.Results:<run>:<job>` of the token. */
function namesRunAndJob(token) {
    try {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
        if (typeof claims !== 'object' || claims === null || !('scp' in claims) || typeof claims.scp !== 'string') {
            return false;
        }
        return claims.scp.split(' ').some((scope) => /^Actions\.Results:[^:]+:[^:]+$/.test(scope));
    }
    catch {
        return false;
    }
}
function cannotUpload(message, remedy) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({ title: 'The image cannot be uploaded from here', message, remedy });
}


/***/ }),

/***/ 8984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ checkValue),
  W: () => (/* binding */ createReader)
});

// EXTERNAL MODULE: ./core/lib/core.js + 3 modules
var core = __webpack_require__(2306);
// EXTERNAL MODULE: ./errors/user-error.js
var user_error = __webpack_require__(2321);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./inputs/names.js
var names = __webpack_require__(2619);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./host/small-file.js
var small_file = __webpack_require__(286);
// EXTERNAL MODULE: ./text/json.js
var json = __webpack_require__(7727);
;// CONCATENATED MODULE: ./inputs/parts.js
/**
 * The directory of the input `parts`, which the NixOS module of this repository makes of a configuration
 * (`system.build.imageParts`, nix/image-parts.nix): files of the card, and settings for the other inputs.
 */







/**
 * Reads the directory. Throws a `UserError` if it is not one that the module makes, was made by a newer version of it, or has
 * settings that the action does not know.
 */
function readParts(directory) {
    const settings = (0,external_node_path_.join)(directory, 'settings.json');
    const values = new Map();
    for (const [name, value] of Object.entries(parseSettings(readSettings(settings), settings))) {
        if (!isSetting(name)) {
            throw partsError(`${(0,text_escape/* quote */.hD)(settings)} sets ${(0,text_escape/* quote */.hD)(name)}, which is no setting of an image.`, SAME_VERSION);
        }
        values.set(name, name === 'bootloader' ? inDirectory(value, directory) : value);
    }
    for (const [name, part] of [
        ['system', 'system'],
        ['firmware-files', 'firmware'],
    ]) {
        if (!values.has(name) && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(directory, part))) {
            values.set(name, (0,external_node_path_.join)(directory, part));
        }
    }
    return { values, root: readRoot(directory) };
}
const VERSION = 1;
const MADE_BY = 'Set parts to the result of building config.system.build.imageParts, which the NixOS module of this action adds.';
const SAME_VERSION = 'Use the NixOS module and the action of the same version.';
/** Inputs that say what a run does, not what its image is. */
const INPUTS_OF_A_RUN = [
    'parts',
    'output-directory',
    'upload',
    'retention-days',
    'overwrite',
    'baseline',
    'release-tag',
    'github-token',
];
function isSetting(name) {
    return Object.hasOwn(names/* INPUT_DEFAULTS */.W, name) && !INPUTS_OF_A_RUN.some((other) => other === name);
}
function readSettings(path) {
    try {
        return JSON.parse((0,small_file/* readSmallFile */.E)(path).toString());
    }
    catch (cause) {
        throw partsError(`${(0,text_escape/* quote */.hD)(path)} cannot be read: it must be a JSON file.`, MADE_BY, cause);
    }
}
function parseSettings(settings, path) {
    if (!(0,json/* isObject */.G)(settings) || !(0,json/* isObject */.G)(settings.inputs)) {
        throw partsError(`${(0,text_escape/* quote */.hD)(path)} has no settings: expected an object with version and inputs.`, MADE_BY);
    }
    if (settings.version !== VERSION) {
        throw partsError(`${(0,text_escape/* quote */.hD)(path)} has version ${JSON.stringify(settings.version) ?? 'none'}; this action reads version ${VERSION}.`, SAME_VERSION);
    }
    return Object.fromEntries(Object.entries(settings.inputs).map(([name, value]) => {
        const text = textOf(value);
        if (text === undefined) {
            throw partsError(`${(0,text_escape/* quote */.hD)(path)} sets ${(0,text_escape/* quote */.hD)(name)} to ${JSON.stringify(value)}: expected a text, a number, true, false, or a list of texts.`, 'Correct imageParts.settings.');
        }
        return [name, text];
    }));
}
/** As the value stands in a workflow: one line for each element of a list. */
function textOf(value) {
    if (Array.isArray(value)) {
        return value.every((element) => typeof element === 'string') ? value.join('\n') : undefined;
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
}
/** Boot loader files are named as they are in the directory, one on each line. */
function inDirectory(lines, directory) {
    return lines
        .split('\n')
        .map((line) => ((0,external_node_path_.isAbsolute)(line) ? line : (0,external_node_path_.join)(directory, line)))
        .join('\n');
}
function readRoot(directory) {
    const root = (0,external_node_path_.join)(directory, 'root');
    if (!(0,external_node_fs_.existsSync)(root)) {
        return undefined;
    }
    const list = (0,external_node_path_.join)(directory, 'root-modes');
    if (!(0,external_node_fs_.statSync)(root).isDirectory() || !(0,external_node_fs_.existsSync)(list)) {
        throw partsError(`${(0,text_escape/* quote */.hD)(directory)} has no directory root with its permissions in root-modes.`, MADE_BY);
    }
    const modes = new Map();
    for (const entry of (0,small_file/* readSmallFile */.E)(list).toString('latin1').split('\0').slice(0, -1)) {
        const [, mode, path] = /^([0-7]{1,4}) (.+)$/s.exec(entry) ?? [];
        if (mode === undefined || path === undefined) {
            throw partsError(`${(0,text_escape/* quote */.hD)(list)} has the entry ${(0,text_escape/* quote */.hD)(entry)}: expected permissions in octal and a path.`, MADE_BY);
        }
        modes.set(path, Number.parseInt(mode, 8));
    }
    return { directory: root, modes };
}
function partsError(message, remedy, cause) {
    return (0,user_error/* inputError */.Xu)({ input: 'parts', message, remedy, cause });
}

;// CONCATENATED MODULE: ./inputs/reader.js





/** Inputs to which those of `parts` are added. All others replace what `parts` says. */
const ADDED = ['store-paths', 'root-files'];
/** Creates a reader. Throws a `UserError` if `parts` cannot be read. */
function createReader() {
    const path = (0,core/* getInput */.V4)('parts');
    const parts = path === '' ? undefined : readParts(path);
    const textOf = (name) => {
        const part = parts?.values.get(name);
        if (part === undefined) {
            return givenText(name) || names/* INPUT_DEFAULTS */.W[name];
        }
        if (ADDED.includes(name)) {
            return `${part}\n${givenText(name)}`;
        }
        return givenText(name) || part;
    };
    const read = (name, kind) => checkValue(name, textOf(name), kind);
    return {
        parts,
        textOf,
        read,
        readOptional: (name, kind) => (textOf(name) === '' ? undefined : read(name, kind)),
        check: checkValue,
        fromParts: () => [...(parts?.values ?? [])].filter(([name]) => ADDED.includes(name) || givenText(name) === ''),
    };
}
/**
 * The value that a step gives; empty if it is the default, which the runner sets where the step gives none. An empty value
 * is the same as none: workflows pass on inputs that their caller left out.
 */
function givenText(name) {
    const text = (0,core/* getInput */.V4)(name);
    return text === names/* INPUT_DEFAULTS */.W[name] ? '' : text;
}
/** Parses the value of an input of any action. Throws a `UserError` that names the input if it is invalid. */
function checkValue(name, text, kind) {
    const value = kind.parse(text);
    if (value === undefined) {
        throw (0,user_error/* inputError */.Xu)({
            input: name,
            message: `The input ${name} cannot be ${(0,text_escape/* quoteValue */.cl)(text)}.`,
            remedy: `Set ${name} to ${kind.accepted}.`,
        });
    }
    return value;
}


/***/ }),

/***/ 3565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ anyText),
/* harmony export */   Cv: () => (/* binding */ identifier),
/* harmony export */   Ej: () => (/* binding */ size),
/* harmony export */   GX: () => (/* binding */ yesOrNo),
/* harmony export */   rD: () => (/* binding */ wholeNumber),
/* harmony export */   uz: () => (/* binding */ splitLines),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   yM: () => (/* binding */ splitWords)
/* harmony export */ });
/* harmony import */ var _text_size_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3004);

/** Any text. */
const anyText = { accepted: 'a text', parse: (text) => text };
/** Booleans of YAML's core schema, as `getBooleanInput` of @actions/core accepts them. */
const yesOrNo = {
    accepted: 'true or false',
    parse(text) {
        if (/^(true|True|TRUE)$/.test(text)) {
            return true;
        }
        return /^(false|False|FALSE)$/.test(text) ? false : undefined;
    },
};
/** One of the given words. */
function oneOf(words) {
    return {
        accepted: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
        parse: (text) => words.find((word) => word === text),
    };
}
/** A whole number within bounds, both included. */
function wholeNumber(least, most) {
    return {
        accepted: `a whole number from ${least} to ${most}`,
        parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), least, most) : undefined),
    };
}
/** A size in bytes, at least `least` and less than `limit`, and a multiple of `unit` bytes. */
function size(least, limit, unit = 1) {
    const multiple = unit === 1 ? '' : `, a multiple of ${unit} bytes`;
    return {
        accepted: `a size from ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_0__/* .writeSize */ .JQ)(least)} to less than ${(0,_text_size_js__WEBPACK_IMPORTED_MODULE_0__/* .writeSize */ .JQ)(limit)}${multiple}, such as 16MiB, 1GiB, 512KiB or 4096`,
        parse(text) {
            const bytes = (0,_text_size_js__WEBPACK_IMPORTED_MODULE_0__/* .parseSize */ .DB)(text);
            return bytes === undefined || bytes % unit !== 0 ? undefined : within(bytes, least, limit - 1);
        },
    };
}
/** A number of 32 bits other than 0, decimal or hexadecimal. */
const identifier = {
    accepted: 'a number from 0x1 to 0xffffffff, such as 0x2178694e',
    parse: (text) => (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? within(Number(text), 1, 0xffff_ffff) : undefined),
};
function within(value, least, most) {
    return value >= least && value <= most ? value : undefined;
}
/** Splits a text into words: one a line, or separated by spaces. */
function splitWords(text) {
    return text.split(/[ \t\r\n]+/).filter((word) => word !== '');
}
/** Splits a text into lines without surrounding spaces; empty lines are dropped. */
function splitLines(text) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}


/***/ }),

/***/ 4354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hy: () => (/* binding */ formatSha256),
  cu: () => (/* binding */ formatSri),
  tz: () => (/* binding */ parseSha256)
});

// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
;// CONCATENATED MODULE: ./nix/base32.js
/**
 * Nix's own base 32 (Nix32): no e, o, t and u, no padding, and digits in reverse order, the lowest five bits of the first
 * byte last. Format: Nix, src/libutil/base-nix-32.cc.
 */
const ALPHABET = '0123456789abcdfghijklmnpqrsvwxyz';
/** The number of digits that encode so many bytes. */
function base32Length(bytes) {
    return Math.ceil((bytes * 8) / 5);
}
/** Encodes bytes in Nix base 32. */
function encodeBase32(bytes) {
    let text = '';
    for (let digit = base32Length(bytes.length) - 1; digit >= 0; digit--) {
        const index = (digit * 5) >> 3;
        const shift = (digit * 5) & 7;
        const pair = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8);
        text += ALPHABET[(pair >> shift) & 31];
    }
    return text;
}
/** Decodes Nix base 32. Throws an `Error` for any other character, and for digits that do not encode whole bytes. */
function decodeBase32(text) {
    const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8));
    if (base32Length(bytes.length) !== text.length) {
        throw new Error(`${text.length} digits of Nix base 32 do not encode whole bytes.`);
    }
    for (let digit = 0; digit < text.length; digit++) {
        const value = ALPHABET.indexOf(text.charAt(text.length - 1 - digit));
        const index = (digit * 5) >> 3;
        const shifted = value << ((digit * 5) & 7);
        if (value < 0) {
            throw new Error(`Digit ${text.length - digit} is not one of Nix base 32 (${ALPHABET}).`);
        }
        bytes[index] = (bytes[index] ?? 0) | (shifted & 0xff);
        if (index + 1 < bytes.length) {
            bytes[index + 1] = shifted >> 8;
        }
        else if (shifted >> 8 !== 0) {
            throw new Error('A number in Nix base 32 has bits beyond its last byte.');
        }
    }
    return bytes;
}

;// CONCATENATED MODULE: ./nix/hash.js


const SHA256_BYTES = 32;
/**
 * Parses a SHA-256 in any form that Nix accepts (src/libutil/hash.cc, Hash::parseAny): base 16, Nix base 32 or base 64,
 * with or without `sha256:`, or SRI, which is `sha256-` and base 64. Throws an `Error` that shows the text.
 */
function parseSha256(text) {
    const bytes = text.startsWith('sha256-') ? decodeBase64(text.slice(7)) : decode(text.replace(/^sha256:/, ''));
    if (bytes === undefined) {
        throw new Error(`'${(0,printable/* printable */.g)(text)}' is not a SHA-256 hash in base 16, Nix base 32, base 64 or SRI form.`);
    }
    return bytes;
}
/** Formats a SHA-256 as Nix prints it: `sha256:` and 52 digits of Nix base 32. */
function formatSha256(bytes) {
    if (bytes.length !== SHA256_BYTES) {
        throw new Error(`A SHA-256 hash has ${SHA256_BYTES} bytes, not ${bytes.length}.`);
    }
    return `sha256:${encodeBase32(bytes)}`;
}
/** Formats a SHA-256 in SRI form, as `nix path-info --json` does: `sha256-` and base 64. */
function formatSri(bytes) {
    return `sha256-${Buffer.from(bytes).toString('base64')}`;
}
function decode(digits) {
    if (/^[0-9a-fA-F]{64}$/.test(digits)) {
        return Buffer.from(digits, 'hex');
    }
    if (digits.length === base32Length(SHA256_BYTES)) {
        return decodeBase32(digits);
    }
    return digits.endsWith('=') ? decodeBase64(digits) : undefined;
}
/** Nix accepts an SRI hash without its padding. */
function decodeBase64(digits) {
    const bytes = Buffer.from(digits, 'base64');
    const canonical = bytes.length === SHA256_BYTES && bytes.toString('base64') === `${digits.replace(/=$/, '')}=`;
    return canonical ? bytes : undefined;
}


/***/ }),

/***/ 216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ encodeRegistration),
/* harmony export */   l: () => (/* binding */ parseRegistration)
/* harmony export */ });
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(786);
/* harmony import */ var _hash_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4354);
/* harmony import */ var _store_path_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5074);



/**
 * Parses registration records, as `nix-store --dump-db` prints them for `nix-store --load-db`. A record is a list of
 * lines, each ended by a newline: store path, hash, size in decimal, deriver (may be empty), number of references, the
 * references. Format: Nix, src/libstore/store-api.cc, makeValidityRegistration and decodeValidPathInfo.
 *
 * Returns the records in their order, without derivers. Throws an `Error` that names the line for anything but records
 * of store paths of `directory`, for a path that is listed twice, and for a record that is cut off.
 */
function parseRegistration(registration, directory) {
    const texts = Buffer.from(registration).toString('latin1').split('\n');
    if (texts.pop() !== '') {
        throw new Error(`Registration, line ${texts.length + 1}: the last line has no newline; it is cut off.`);
    }
    const lines = readLines(texts);
    const infos = new Map();
    while (!lines.isAtEnd) {
        const { number } = lines;
        const info = parseRecord(lines, directory);
        if (infos.has(info.path)) {
            throw new Error(`Registration, line ${number}: '${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(info.path)}' is listed for the second time.`);
        }
        infos.set(info.path, info);
    }
    return [...infos.values()];
}
/**
 * Encodes registration records in the form of nixpkgs' closureInfo: hashes in Nix base 32, no derivers, records and
 * references ascending by the bytes of their names. The result depends on nothing but the paths and their contents.
 *
 * Throws an `Error` if a record cannot hold a path, hash or size, and if a path or reference is listed twice.
 */
function encodeRegistration(infos, directory) {
    const sorted = infos.toSorted((a, b) => (0,_store_path_js__WEBPACK_IMPORTED_MODULE_2__/* .compareStorePaths */ .hH)(a.path, b.path));
    checkPaths(sorted.map((info) => info.path), directory);
    return Buffer.from(sorted.map((info) => encodeRecord(info, directory)).join(''), 'latin1');
}
function encodeRecord(info, directory) {
    const references = info.references.toSorted(_store_path_js__WEBPACK_IMPORTED_MODULE_2__/* .compareStorePaths */ .hH);
    checkPaths(references, directory);
    if (!Number.isSafeInteger(info.size) || info.size < 0) {
        throw new Error(`The archive size of '${info.path}' is not a number of bytes: ${info.size}.`);
    }
    const lines = [info.path, (0,_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSha256 */ .hy)(info.hash), `${info.size}`, '', `${references.length}`, ...references];
    return `${lines.join('\n')}\n`;
}
function checkPaths(sorted, directory) {
    for (const [index, path] of sorted.entries()) {
        (0,_store_path_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorePath */ .GV)(path, directory);
        if (path === sorted[index - 1]) {
            throw new Error(`'${path}' is listed twice.`);
        }
    }
}
function parseRecord(lines, directory) {
    const storePath = (line) => (0,_store_path_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorePath */ .GV)(line, directory).path;
    const path = lines.parse('a store path', storePath);
    const hash = lines.parse('the hash', _hash_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSha256 */ .tz);
    const size = lines.parse('the size', parseNumber);
    lines.parse('the deriver', (line) => line === '' || storePath(line));
    const count = lines.parse('the number of references', parseNumber);
    const references = new Set();
    while (references.size < count) {
        const { number } = lines;
        const reference = lines.parse('a reference', storePath);
        if (references.has(reference)) {
            throw new Error(`Registration, line ${number}: a reference is listed for the second time.`);
        }
        references.add(reference);
    }
    return { path, hash, size, references: [...references] };
}
function readLines(lines) {
    let index = 0;
    return {
        get number() {
            return index + 1;
        },
        get isAtEnd() {
            return index >= lines.length;
        },
        parse(what, parseField) {
            const line = lines[index];
            index++;
            if (line === undefined) {
                throw new Error(`Registration, line ${index}: expected ${what}, but the registration ends there.`);
            }
            try {
                return parseField(line);
            }
            catch (cause) {
                const problem = cause instanceof Error ? cause.message : String(cause);
                throw new Error(`Registration, line ${index}: expected ${what}. ${problem}`, { cause });
            }
        },
    };
}
function parseNumber(line) {
    const number = /^(0|[1-9][0-9]*)$/.test(line) ? Number(line) : Number.NaN;
    if (!Number.isSafeInteger(number)) {
        throw new Error(`'${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(line)}' is not a whole number below 2^53.`);
    }
    return number;
}


/***/ }),

/***/ 1307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./core/lib/core.js + 3 modules
var core = __webpack_require__(2306);
// EXTERNAL MODULE: ../node_modules/@actions/exec/lib/exec.js + 3 modules
var exec = __webpack_require__(6318);
// EXTERNAL MODULE: ./text/printable.js
var printable = __webpack_require__(786);
;// CONCATENATED MODULE: ./process/collect.js
/** Collects everything; calls `onOverflow` when there are more than `limit` bytes, and drops what follows. */
function collectAll(limit, onOverflow) {
    const chunks = [];
    let total = 0;
    return {
        add(chunk) {
            total += chunk.length;
            if (total > limit) {
                onOverflow();
                return;
            }
            chunks.push(chunk);
        },
        bytes: () => Buffer.concat(chunks),
    };
}
/** Collects the last `limit` bytes. */
function collectEnd(limit) {
    let end = Buffer.alloc(0);
    return {
        add(chunk) {
            const joined = chunk.length >= limit ? chunk : Buffer.concat([end, chunk]);
            end = joined.subarray(Math.max(0, joined.length - limit));
        },
        bytes: () => end,
    };
}

// EXTERNAL MODULE: ./process/find-program.js
var find_program = __webpack_require__(1041);
// EXTERNAL MODULE: ./process/program-error.js
var program_error = __webpack_require__(8492);
;// CONCATENATED MODULE: ./process/deadline.js


/** Seconds between SIGTERM and SIGKILL. */
const KILL_AFTER = 5;
/** Seconds that `run` has to end a program itself, before `timeout` does. */
const GRACE = 10;
/**
 * Puts `timeout` in front of a command, so that its deadline holds even if this process dies. It is in coreutils and in
 * BusyBox, and the short options are the same; without it the command is returned as it is.
 *
 * @param milliseconds after which `run` ends the command.
 */
function withDeadline(command, milliseconds) {
    const timeout = findTimeout();
    if (timeout === undefined) {
        return command;
    }
    const seconds = Math.ceil(milliseconds / 1000) + GRACE;
    return [timeout, '-k', String(KILL_AFTER), String(seconds), ...command];
}
function findTimeout() {
    try {
        return (0,find_program/* findProgram */.K)('timeout', { extraDirectories: ['/usr/bin', '/bin'] });
    }
    catch (error) {
        if ((0,program_error/* isProgramMissing */.J)(error)) {
            return undefined;
        }
        throw error;
    }
}

// EXTERNAL MODULE: ./process/describe.js
var describe = __webpack_require__(3582);
;// CONCATENATED MODULE: ./process/end-processes.js

/**
 * Environment variable that marks the processes of one run: they inherit it, also those that leave their process group.
 * The runner finds orphans in the same way (actions/runner, `RUNNER_TRACKING_ID`).
 */
const PROCESS_MARK = 'NIX_EXT4_IMAGE_PROCESS';
/**
 * Sends SIGKILL to every process whose environment has `mark` as its `PROCESS_MARK`. A process that is being created
 * can escape one call, so call it until the program has ended. Needs /proc; processes of other users are left alone.
 */
function endProcesses(mark) {
    const marked = `${PROCESS_MARK}=${mark}`;
    for (const name of (0,external_node_fs_.readdirSync)('/proc')) {
        if (/^\d+$/.test(name) && environmentOf(name).includes(marked)) {
            kill(Number(name));
        }
    }
}
function environmentOf(processId) {
    try {
        return (0,external_node_fs_.readFileSync)(`/proc/${processId}/environ`, 'latin1').split('\0');
    }
    catch {
        // It has ended, or belongs to another user.
        return [];
    }
}
function kill(processId) {
    try {
        process.kill(processId, 'SIGKILL');
    }
    catch {
        // It has ended.
    }
}

;// CONCATENATED MODULE: ./process/run.js
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











const STDERR_KEPT = 64 * 1024;
const OUTPUT_LIMIT = 256 * 1024 * 1024;
const TIMEOUT = 60 * 60 * 1000;
/** Milliseconds between two looks for processes that are left, and those after which `run` no longer waits for them. */
const END_INTERVAL = 20;
const END_LIMIT = 5000;
/**
 * Bytes of an argument, with its end mark, that Linux refuses (execve(2), MAX_ARG_STRLEN). exec would never return: it
 * loses an error that Node throws while it starts a program.
 */
const LONGEST_ARGUMENT = 128 * 1024;
/** Exit codes of `timeout` for a program that it could not start (POSIX, `env` and `timeout`). */
const NOT_STARTED = [126, 127];
/**
 * Runs a program to its end with `@actions/exec`, without a shell, and returns what it wrote. A name without a slash is
 * looked up with `findProgram`. Standard input is an open pipe that nothing is written to.
 *
 * Throws the errors of `ProgramErrorCode`.
 */
async function run(program, args, options = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { environment, timeout = TIMEOUT, signal, workingDirectory, outputLimit = OUTPUT_LIMIT } = options;
        const command = (0,describe/* describeCommand */.v)(program, args);
        const failure = (code, what, cause) => (0,program_error/* programError */.b)({ code, message: `${what}: ${command}`, cause });
        if (signal?.aborted === true) {
            throw failure('PROGRAM_CANCELLED', 'Cancelled before it was started', signal.reason);
        }
        if (workingDirectory !== undefined && !(0,external_node_fs_.existsSync)(workingDirectory)) {
            throw failure('PROGRAM_NOT_STARTED', `The working directory ${(0,printable/* printable */.g)(workingDirectory)} does not exist`);
        }
        const mark = (0,external_node_crypto_.randomUUID)();
        const env = definedOnly({ ...process.env, ...environment, LC_ALL: 'C', TZ: 'UTC', [PROCESS_MARK]: mark });
        const path = program.includes('/') ? program : (0,find_program/* findProgram */.K)(program, { searchPath: env.PATH });
        const [first, ...rest] = withDeadline([path, ...args], timeout);
        if ([path, ...args].some((argument) => Buffer.byteLength(argument) >= LONGEST_ARGUMENT)) {
            throw failure('PROGRAM_NOT_STARTED', 'Could not start (an argument is longer than the system allows)');
        }
        const stopper = __addDisposableResource(env_1, createStopper(mark), false);
        const _timer = __addDisposableResource(env_1, disposableTimeout(timeout, () => {
            stopper.stop(failure('PROGRAM_TIMEOUT', `Killed because it was still running after ${timeout / 1000} s`));
        }), false);
        const _abort = __addDisposableResource(env_1, disposableListener(signal, () => {
            stopper.stop(failure('PROGRAM_CANCELLED', 'Cancelled', signal?.reason));
        }), false);
        const stdout = collectAll(outputLimit, () => {
            stopper.stop(failure('PROGRAM_OUTPUT', `Killed because it wrote more than ${outputLimit} bytes`));
        });
        const stderr = collectEnd(STDERR_KEPT);
        if ((0,core/* isDebug */._o)()) {
            (0,core/* debug */.Yz)(`Run ${command}`);
        }
        // exec splits its first argument like a command line; quoted, it is one word.
        const ended = (0,exec/* exec */.m)(`"${first.replaceAll('"', '\\"')}"`, rest, {
            ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
            env,
            silent: true,
            ignoreReturnCode: true,
            listeners: { stdout: stdout.add, stderr: stderr.add },
        }).catch((cause) => {
            throw failure('PROGRAM_NOT_STARTED', 'Could not start', cause);
        });
        // exec passes on what Node says, which is null for a signal.
        const exitCode = await Promise.race([ended, stopper.stopped]);
        stopper.throwIfStopped();
        const result = { stdout: stdout.bytes(), stderr: stderr.bytes(), exitCode };
        if (isNotStarted(result)) {
            throw failure('PROGRAM_NOT_STARTED', `Could not start (${(0,printable/* printable */.g)(result.stderr.toString('latin1').trim())})`);
        }
        if (exitCode !== 0 && options.allowFailure !== true) {
            throw (0,program_error/* programError */.b)({ code: 'PROGRAM_FAILED', message: (0,describe/* describeFailedCommand */.e)(command, result) });
        }
        return result;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
function createStopper(mark) {
    const { promise: stopped, reject } = Promise.withResolvers();
    // The rejection may come when nobody waits any more.
    stopped.catch(() => undefined);
    const timers = new DisposableStack();
    let reason;
    return {
        stop(error) {
            if (reason !== undefined) {
                return;
            }
            reason = error;
            endProcesses(mark);
            const again = setInterval(() => endProcesses(mark), END_INTERVAL);
            timers.defer(() => clearInterval(again));
            timers.use(disposableTimeout(END_LIMIT, () => reject(error)));
        },
        throwIfStopped() {
            if (reason !== undefined) {
                throw reason;
            }
        },
        stopped,
        [Symbol.dispose]: () => timers.dispose(),
    };
}
function disposableTimeout(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
}
function disposableListener(signal, listener) {
    signal?.addEventListener('abort', listener, { once: true });
    return { [Symbol.dispose]: () => signal?.removeEventListener('abort', listener) };
}
/** Whether `timeout`, in front of the program, says that it could not start it. */
function isNotStarted({ exitCode, stderr }) {
    return exitCode !== null && NOT_STARTED.includes(exitCode) && /^\S*timeout: /.test(stderr.toString('latin1'));
}
function definedOnly(variables) {
    const defined = {};
    for (const [name, value] of Object.entries(variables)) {
        if (value !== undefined) {
            defined[name] = value;
        }
    }
    return defined;
}


/***/ }),

/***/ 9051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ar: () => (/* binding */ htmlLink),
/* harmony export */   I$: () => (/* binding */ htmlTable),
/* harmony export */   M6: () => (/* binding */ htmlDetails),
/* harmony export */   h8: () => (/* binding */ htmlCode),
/* harmony export */   js: () => (/* binding */ htmlText)
/* harmony export */ });
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8146);

/**
 * HTML that GitHub's Markdown accepts too. Tables are HTML: a cell of a Markdown table cannot hold every name.
 */
/** A value from outside as text, shortened to `limit` characters. */
function htmlText(value, limit = LONGEST_VALUE) {
    return (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeHtml */ .ZD)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .shorten */ .ml)(value, limit));
}
const LONGEST_VALUE = 300;
/** A value from outside in the font of code. */
function htmlCode(value, limit) {
    return `<code>${htmlText(value, limit)}</code>`;
}
/** A link to a page that GitHub named; any other URL stays plain text. `html` is HTML. */
function htmlLink(url, html) {
    return /^https?:\/\/[\w.:/@%+~-]+$/.test(url) ? `<a href="${url}">${html}</a>` : html;
}
/** A section that readers can expand. Title and contents are HTML. */
function htmlDetails(title, contents) {
    return `<details><summary>${title}</summary>\n${contents}\n</details>`;
}
/** A table with a head. Cells are HTML. */
function htmlTable(head, rows) {
    return ['<table>', row(head, 'th'), ...rows.map((cells) => row(cells, 'td')), '</table>'].join('\n');
}
function row(cells, tag) {
    return `<tr>${cells.map((cell) => `<${tag} align="left">${cell}</${tag}>`).join('')}</tr>`;
}


/***/ }),

/***/ 1909:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ writeJobSummary)
});

// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
;// CONCATENATED MODULE: ./core/lib/summary.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return __awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return __awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
// EXTERNAL MODULE: ./core/lib/core.js + 3 modules
var core = __webpack_require__(2306);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
;// CONCATENATED MODULE: ./report/job-summary.js


/**
 * Adds a text to the job summary, if the runner has a file for it. A failure to write is a warning.
 *
 * @param render makes the text, in Markdown.
 */
async function writeJobSummary(render, environment) {
    if (!environment.GITHUB_STEP_SUMMARY) {
        return;
    }
    try {
        await summary.addRaw(render(), true).write();
    }
    catch (error) {
        summary.emptyBuffer();
        (0,core/* warning */.$e)((0,text_escape/* printableText */.XU)(`The job summary could not be written: ${error instanceof Error ? error.message : error}`));
    }
}


/***/ }),

/***/ 7954:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vp: () => (/* binding */ IMAGE_VARIABLE),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   fu: () => (/* binding */ announceImage),
/* harmony export */   n0: () => (/* binding */ setOutputs)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2306);


/** The outputs of the action; those without a value are left out. */
function outputsOf(report) {
    const { image, filesystem, closure, artifact, release } = report;
    const pathOf = (wanted) => report.companions.find(({ kind }) => kind === wanted)?.path;
    const outputs = {
        'image-path': image.path,
        'image-name': image.fileName,
        'image-size': image.size,
        'image-sha256': image.sha256,
        'uncompressed-size': image.uncompressedSize,
        'uncompressed-sha256': image.uncompressedSha256,
        uuid: filesystem.uuid,
        'manifest-path': pathOf('manifest'),
        'sbom-path': pathOf('sbom'),
        'checksums-path': pathOf('checksums'),
        'block-map-path': pathOf('block-map'),
        'imager-manifest-path': pathOf('imager-manifest'),
        files: JSON.stringify(filesOf(report)),
        'closure-paths': closure.storePaths.length,
        'closure-size': closure.narBytes,
        'artifact-id': artifact?.id,
        'artifact-url': artifact?.url,
        'artifact-digest': artifact?.digest,
        'release-url': release?.url,
    };
    const given = Object.entries(outputs).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
/** Every file that the run left, the image first. */
function filesOf({ image, companions }) {
    return [{ kind: 'image', ...image }, ...companions].map(({ kind, path, size, sha256 }) => ({
        path,
        name: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path),
        size,
        sha256,
        kind,
    }));
}
/** Sets outputs by name. The toolkit delimits values, so that none can set another output. */
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs)) {
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setOutput */ .uH)(name, value);
    }
}
/** The variable by which a later step of the job, such as the boot test, knows the path of the image. */
const IMAGE_VARIABLE = 'NIX_EXT4_IMAGE_PATH';
/** Tells later steps the path of the image, if the runner has a file for that. */
function announceImage(path, environment = process.env) {
    if (environment.GITHUB_ENV) {
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .exportVariable */ .dN)(IMAGE_VARIABLE, path);
    }
}


/***/ }),

/***/ 8170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ describeFailure),
/* harmony export */   x: () => (/* binding */ reportFailure)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2306);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _text_escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8146);




/**
 * Fails the step: one annotation with a title, the error, its causes and the remedy, and exit code 1. Debug logging
 * shows the stack as well.
 */
function reportFailure(error) {
    const { title, message } = describeFailure(error);
    if ((0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .isDebug */ ._o)()) {
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .debug */ .Yz)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .printableText */ .XU)((0,node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(error)));
    }
    // Like `setFailed`, which cannot set the title of an annotation.
    process.exitCode = _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.Failure;
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .error */ .z3)(message, { title });
}
/**
 * Describes an error and its causes. Title and remedy are those of the first `UserError` in the chain; an error without
 * one is a bug.
 */
function describeFailure(error) {
    const chain = unfold(error);
    // Escaped before they are shortened: an escape is longer than what it stands for.
    const messages = chain.map((link) => (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .printableText */ .XU)(messageOf(link)));
    // Wrapping errors often repeat the message of their cause.
    const causes = messages.slice(1).filter((message, i) => !messages.slice(0, i + 1).some((m) => m.includes(message)));
    const lines = [messages[0], ...causes.map((cause) => `Cause: ${cause}`)].map((line) => (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(line, LINE_LIMIT));
    const user = chain.find((link) => link instanceof _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo);
    const title = user?.title ?? 'Internal error';
    const remedy = user?.remedy ?? _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .REPORT_BUG */ .Uc;
    return {
        title: (0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .printableText */ .XU)(title), TITLE_LIMIT),
        message: `${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(lines.join('\n'), MESSAGE_LIMIT)}\nWhat to do: ${(0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)((0,_text_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .printableText */ .XU)(remedy), LINE_LIMIT)}`,
    };
}
/** The runner cuts annotations at 4,096 characters; the remedy must not be lost. */
const MESSAGE_LIMIT = 2600;
const LINE_LIMIT = 1300;
const TITLE_LIMIT = 120;
const LONGEST_CHAIN = 10;
/** The error and its causes, those of an `AggregateError` too, up to a limit that ends a cycle. */
function unfold(error) {
    const chain = [];
    const pending = [error];
    while (pending.length > 0 && chain.length < LONGEST_CHAIN) {
        const link = pending.shift();
        chain.push(link);
        if (link instanceof AggregateError) {
            pending.push(...link.errors);
        }
        if (link instanceof Error && link.cause !== undefined) {
            pending.push(link.cause);
        }
    }
    return chain;
}
function messageOf(error) {
    if (!(error instanceof Error)) {
        return typeof error === 'string' ? error : (0,node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(error, { depth: 2 });
    }
    return error.message === '' ? error.name : error.message;
}


/***/ }),

/***/ 4297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ closingLine),
  h: () => (/* binding */ createLog)
});

// EXTERNAL MODULE: ./core/lib/core.js + 3 modules
var core = __webpack_require__(2306);
// EXTERNAL MODULE: ./text/escape.js
var text_escape = __webpack_require__(8146);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(1622);
// EXTERNAL MODULE: ./text/size.js
var text_size = __webpack_require__(3004);
;// CONCATENATED MODULE: ./runner/progress.js


/** Least seconds, and least share of the work, between two lines of a log: at most twenty lines. */
const LOG_SECONDS = 5;
const LOG_SHARE = 1 / 20;
/** Least seconds between two updates of the bar. */
const BAR_SECONDS = 0.1;
/** Creates a display: a bar in a terminal, a few lines in a log. `now` returns seconds. */
function createProgress(output, now) {
    const start = now();
    let lastTime = start;
    let lastShare = 0;
    let drawn = false;
    return {
        report(done, total) {
            const time = now();
            const share = total > 0 ? done / total : 0;
            if (output.isTTY === true) {
                if (time - lastTime < BAR_SECONDS) {
                    return;
                }
                output.write(`\r\u001b[K${progressBar(done, total, time - start, output.columns ?? 80)}`);
                drawn = true;
            }
            else {
                const isDue = time - lastTime >= LOG_SECONDS && share - lastShare >= LOG_SHARE;
                // The end of the phase reports completion.
                if (!isDue || share >= 1) {
                    return;
                }
                output.write(`${progressText(done, total, time - start)}\n`);
            }
            lastTime = time;
            lastShare = share;
        },
        clear() {
            if (drawn) {
                output.write('\r\u001b[K');
            }
            drawn = false;
        },
    };
}
/** ` 45 %, 1.10 GiB of 2.40 GiB, 310 MiB/s, 4.2 s left`: the rate is the average since the start of the phase. */
function progressText(done, total, seconds) {
    const percent = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
    const rate = seconds > 0 ? done / seconds : 0;
    const text = `${String(percent).padStart(3)} %, ${(0,text_size/* formatSize */.Xq)(done)} of ${(0,text_size/* formatSize */.Xq)(total)}`;
    return rate === 0 ? text : `${text}, ${(0,text_size/* formatSize */.Xq)(rate)}/s, ${(0,format/* formatDuration */.a3)(Math.max(0, total - done) / rate)} left`;
}
const BAR_CHARACTERS = 24;
function progressBar(done, total, seconds, columns) {
    const filled = total > 0 ? Math.min(BAR_CHARACTERS, Math.floor((BAR_CHARACTERS * done) / total)) : 0;
    const bar = `[${'='.repeat(filled).padEnd(BAR_CHARACTERS)}] ${progressText(done, total, seconds)}`;
    // A bar that wraps could not be redrawn.
    return bar.slice(0, Math.max(columns - 1, 0));
}

;// CONCATENATED MODULE: ./runner/log.js





/** Creates a log; progress goes to `output`. */
function createLog(output = process.stdout, now = secondsNow) {
    const start = now();
    // act runs steps in a terminal but reads commands only at the start of a line, where a bar would be.
    const isRunner = process.env.GITHUB_ACTIONS === 'true';
    const progressOutput = isRunner ? { write: (text) => output.write(text) } : output;
    const phases = [];
    let progress;
    const print = (text) => {
        progress?.clear();
        (0,core/* info */.pq)((0,text_escape/* printableText */.XU)(text));
    };
    return {
        phases,
        elapsed: () => now() - start,
        info: print,
        detail(text) {
            if ((0,core/* isDebug */._o)()) {
                (0,core/* debug */.Yz)((0,text_escape/* printableText */.XU)(text));
            }
        },
        warning(title, text) {
            progress?.clear();
            (0,core/* warning */.$e)((0,text_escape/* printableText */.XU)(text), { title: (0,text_escape/* printableText */.XU)(title) });
        },
        async phase(name, work) {
            (0,core/* startGroup */.Oh)((0,text_escape/* printableText */.XU)(name));
            const phaseStart = now();
            const display = createProgress(progressOutput, now);
            progress = display;
            try {
                return await work(display.report);
            }
            finally {
                const seconds = now() - phaseStart;
                phases.push({ name, seconds });
                print(`${name}: ${(0,format/* formatDuration */.a3)(seconds)}`);
                progress = undefined;
                (0,core/* endGroup */.N4)();
            }
        },
    };
}
/** The last line: the file, its size, and how long it took. */
function closingLine(result) {
    const { fileName, size, uncompressedSize, seconds } = result;
    const share = uncompressedSize > 0 ? (100 * size) / uncompressedSize : 100;
    const ratio = size === uncompressedSize ? '' : ` (${share.toFixed(1)} % of ${(0,text_size/* formatSize */.Xq)(uncompressedSize)})`;
    return `${fileName}: ${(0,text_size/* formatSize */.Xq)(size)}${ratio} in ${(0,format/* formatDuration */.a3)(seconds)}`;
}
function secondsNow() {
    return performance.now() / 1000;
}


/***/ }),

/***/ 6001:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ cancelOnSignals)
/* harmony export */ });
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2321);

/** The signals by which a runner, a terminal or a machine that shuts down ends a step. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/**
 * Turns signals that end the process into a cancellation, so that the work can stop and clean up. A second signal has
 * its usual effect. An uncaught error cancels the work too, and so does an event loop that runs empty.
 *
 * @param left what a cancelled step leaves, as a sentence for its message.
 */
function cancelOnSignals(left) {
    const controller = new AbortController();
    for (const name of SIGNALS) {
        process.once(name, () => controller.abort(cancelled(name, left)));
    }
    for (const name of ['uncaughtException', 'unhandledRejection']) {
        process.once(name, (cause) => controller.abort(bug('An error was not caught.', cause)));
    }
    // The action exits explicitly when it is done.
    process.once('beforeExit', () => controller.abort(bug('There is nothing left to wait for.')));
    return controller.signal;
}
function cancelled(signal, left) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({
        title: 'The step was cancelled',
        message: `The step was cancelled (${signal}). ${left}`,
        remedy: 'Re-run the job.',
    });
}
function bug(message, cause) {
    return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .userError */ .IF)({ title: 'Internal error', message, remedy: _errors_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .REPORT_BUG */ .Uc, cause });
}


/***/ }),

/***/ 7727:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ isObject)
/* harmony export */ });
/** Whether a value of JSON is an object, not an array and not `null`. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 3004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   JQ: () => (/* binding */ writeSize),
/* harmony export */   Xq: () => (/* binding */ formatSize)
/* harmony export */ });
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const STEP = 1024;
/**
 * Reads a size as inputs have it: whole bytes (`4096`), or a number with a binary unit (`512KiB`, `16MiB`, `1.5GiB`,
 * `2TiB`). Returns the bytes, rounded up to a whole number, or `undefined` for anything else.
 */
function parseSize(text) {
    const match = /^(\d{1,16})(?:\.(\d{1,9}))?(B|KiB|MiB|GiB|TiB)?$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [, whole, fraction = '', unit = 'B'] = match;
    if (unit === 'B' && fraction !== '') {
        return undefined;
    }
    // In whole numbers: a fraction such as 0.1 has no exact binary form.
    const scale = 10n ** BigInt(fraction.length);
    const product = BigInt(whole + fraction) * BigInt(STEP ** UNITS.indexOf(unit));
    const bytes = Number((product + scale - 1n) / scale);
    return Number.isSafeInteger(bytes) ? bytes : undefined;
}
/** Writes a size exactly, as `parseSize` reads it: in the largest unit of which it is a whole number. */
function writeSize(bytes) {
    let value = bytes;
    let unit = 0;
    while (value > 0 && value % STEP === 0 && unit < UNITS.length - 1) {
        value /= STEP;
        unit++;
    }
    return unit === 0 ? String(value) : `${value}${UNITS[unit]}`;
}
/** Writes a size for people, rounded to four digits at most: `812 B`, `16.0 MiB`, `2.35 GiB`. */
function formatSize(bytes) {
    let value = bytes;
    let unit = 0;
    // 1023.5 would round to 1024 of its unit.
    while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
        value /= STEP;
        unit++;
    }
    const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return `${value.toFixed(digits)} ${UNITS[unit]}`;
}


/***/ }),

/***/ 5665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X9: () => (/* binding */ checkE2fsck),
/* harmony export */   aK: () => (/* binding */ checkFilesystem),
/* harmony export */   cp: () => (/* binding */ isUncertain)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_error_code_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2565);
/* harmony import */ var _errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2321);
/* harmony import */ var _process_find_program_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1041);
/* harmony import */ var _process_program_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8492);
/* harmony import */ var _process_run_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1307);
/* harmony import */ var _text_printable_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(786);
/* harmony import */ var _verification_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6867);








/**
 * Finds e2fsck and reads its version, before any work. Throws an error that says how to install it if it is missing, does
 * not run, or is another program.
 */
async function checkE2fsck(signal) {
    const path = findE2fsck();
    const { exitCode, stdout, stderr } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)(path, ['-V'], {
        allowFailure: true,
        signal,
        timeout: VERSION_TIMEOUT,
    });
    const output = [...lines(stderr), ...lines(stdout)];
    const version = /^e2fsck (\S+) \(/m.exec(output.join('\n'))?.[1];
    if (exitCode === 0 && version !== undefined) {
        return { path, version };
    }
    const end = exitCode === null ? 'was killed by a signal' : `ended with exit code ${exitCode}`;
    throw (0,_process_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .programError */ .b)({
        code: 'PROGRAM_UNSUITABLE',
        message: [
            `${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_5__/* .printable */ .g)(path)} -V ${end} and did not print the version of e2fsprogs. It printed:`,
            ...output.slice(0, SHOWN_LINES).map(shown),
        ].join('\n'),
        remedy: `Check that it is the e2fsck of e2fsprogs and runs on this machine. ${INSTALL_E2FSPROGS}`,
    });
}
const INSTALL_E2FSPROGS = 'Install e2fsprogs before this step: `sudo apt-get install e2fsprogs`, `apk add e2fsprogs` or `nix profile install nixpkgs#e2fsprogs`.';
function findE2fsck() {
    try {
        return (0,_process_find_program_js__WEBPACK_IMPORTED_MODULE_2__/* .findSystemProgram */ .F)('e2fsck');
    }
    catch (cause) {
        if (!(0,_process_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .isProgramMissing */ .J)(cause)) {
            throw cause;
        }
        throw (0,_process_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .programError */ .b)({
            code: 'PROGRAM_MISSING',
            message: 'e2fsck was not found. No image can be verified without it.',
            remedy: INSTALL_E2FSPROGS,
            cause,
        });
    }
}
/**
 * Checks the filesystem at byte `offset` of a file with `e2fsck -fn`, which changes nothing. Returns its summary: inodes
 * and blocks in use. The filesystem is clean only if the exit code is 0 and nothing is printed but the five passes and the
 * summary, because e2fsck reports some errors and still exits with 0. Throws with its output otherwise.
 */
async function checkFilesystem(e2fsck, { path, offset, signal }) {
    // e2fsck reads options after a question mark, which a directory's name can contain. So it runs in the directory.
    const name = offset === 0 ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path) : `${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path)}?offset=${offset}`;
    const { stdout, stderr, exitCode } = await (0,_process_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)(e2fsck.path, ['-fn', name], {
        allowFailure: true,
        signal,
        timeout: TIMEOUT,
        workingDirectory: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path),
    });
    const output = lines(stdout);
    const summary = output.at(-1) ?? '';
    const isClean = exitCode === 0 &&
        output.length === PASSES.length + 1 &&
        PASSES.every((pass, i) => output[i] === pass) &&
        SUMMARY.test(summary);
    if (isClean) {
        return (0,_text_printable_js__WEBPACK_IMPORTED_MODULE_5__/* .printable */ .g)(summary.replace(/^.*: /, ''));
    }
    throw notClean(exitCode, [...output, ...lines(stderr)]);
}
function notClean(exitCode, output) {
    const how = exitCode === null ? 'it was killed by a signal' : `exit code ${exitCode}`;
    const message = [
        `e2fsck -fn does not find the filesystem clean (${how}). It printed:`,
        ...output.slice(0, SHOWN_LINES).map(shown),
    ].join('\n');
    if (exitCode === null || exitCode >= NOT_CHECKED) {
        return (0,_process_program_error_js__WEBPACK_IMPORTED_MODULE_3__/* .programError */ .b)({ code: 'PROGRAM_FAILED', message, remedy: DID_NOT_CHECK });
    }
    if (exitCode === 0) {
        return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .userError */ .IF)({ title: 'The image could not be verified', message, remedy: UNKNOWN_OUTPUT, code: UNCERTAIN });
    }
    if (exitCode === NOT_OPENED) {
        return (0,_errors_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .userError */ .IF)({ title: 'The image could not be verified', message, remedy: _verification_error_js__WEBPACK_IMPORTED_MODULE_6__/* .IMAGE_DAMAGED */ .Y0, code: UNCERTAIN });
    }
    return (0,_verification_error_js__WEBPACK_IMPORTED_MODULE_6__/* .imageMismatch */ .w6)(message);
}
/** Whether e2fsck leaves open if the filesystem is damaged: by what it printed, or because it could not open it. */
function isUncertain(error) {
    return (0,_errors_error_code_js__WEBPACK_IMPORTED_MODULE_7__/* .errorCode */ .C)(error) === UNCERTAIN;
}
const UNCERTAIN = 'E2FSCK_UNCERTAIN';
/** Exit code for a filesystem that e2fsck cannot open, or an error of the system (e2fsck(8)). */
const NOT_OPENED = 8;
/** Exit codes from here on mean that e2fsck was called wrongly or cancelled; lower ones are about the filesystem (e2fsck(8)). */
const NOT_CHECKED = 16;
const UNKNOWN_OUTPUT = 'Install e2fsprogs 1.47, and re-run the job: this e2fsck may print something about a clean filesystem that the action ' +
    'does not know. If it fails again, check the disk and the memory of this machine.';
const DID_NOT_CHECK = 'Check that e2fsck runs on this machine (`e2fsck -V`), and that the machine has enough memory. Then re-run the job.';
const TIMEOUT = 60 * 60 * 1000;
const SHOWN_LINES = 30;
const PASSES = [
    'Pass 1: Checking inodes, blocks, and sizes',
    'Pass 2: Checking directory structure',
    'Pass 3: Checking directory connectivity',
    'Pass 4: Checking reference counts',
    'Pass 5: Checking group summary information',
];
const SUMMARY = /: \d+\/\d+ files \(\d+\.\d% non-contiguous\), \d+\/\d+ blocks$/;
const VERSION_TIMEOUT = 60_000;
function lines(output) {
    return output
        .toString('latin1')
        .split('\n')
        .filter((line) => line.trim() !== '');
}
function shown(line) {
    return `  ${(0,_text_printable_js__WEBPACK_IMPORTED_MODULE_5__/* .printable */ .g)(Buffer.from(line, 'latin1'))}`;
}


/***/ })

};
