import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inputError, type UserError } from '../errors/user-error.ts';
import { readSmallFileIfAny } from '../host/small-file.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { quote } from '../text/escape.ts';
import { type Bootspec, parseBootspec } from './bootspec.ts';
import { resolveInStore } from './store.ts';
import { BUILD_SYSTEM, systemError } from './system-error.ts';

/** What a boot loader needs to know of a NixOS system. All paths are in the store, with links resolved. */
export interface NixosSystem {
  /** The store path of `config.system.build.toplevel`. */
  readonly toplevel: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly init: string;
  /** Its name for people; `undefined` if the system has no boot specification. */
  readonly label: string | undefined;
  /** Such as aarch64-linux; `undefined` if the system does not say. */
  readonly platform: string | undefined;
  /** One line of bytes, which need not be UTF-8. */
  readonly kernelParams: Buffer;
  /** The directory of the kernel's device trees; `undefined` for a system without any. */
  readonly deviceTrees: string | undefined;
  /** Names of its specialisations, in order. They get no menu entry until NixOS adds them at the next rebuild. */
  readonly specialisations: readonly string[];
  /** Whether the device adds secrets to the initrd, which no image can have. */
  readonly hasInitrdSecrets: boolean;
}

/**
 * Reads a NixOS system of any platform, without running any of it: its `boot.json`, or the entries of the top level of
 * systems without one. Throws a `UserError` if `path` does not lead to a NixOS system, if the kernel or initrd is
 * missing, and if the kernel parameters have more than one line.
 */
export function readNixosSystem(path: string): NixosSystem {
  const toplevel = resolveInStore(path, 'The system', notASystem);
  const isStorePath = !toplevel.slice(STORE_DIRECTORY.length + 1).includes('/');
  const spec = isStorePath ? readBootspec(toplevel) : undefined;
  if (!isStorePath || (spec === undefined && !existsSync(join(toplevel, 'init')))) {
    throw notASystem({ message: `${quote(path)} is not a NixOS system: it has neither boot.json nor init.` });
  }
  const deviceTrees = join(toplevel, 'dtbs');
  return {
    toplevel,
    ...(spec === undefined ? filesOfEntries(toplevel) : filesOfBootspec(toplevel, spec)),
    deviceTrees: existsSync(deviceTrees) ? resolveInStore(deviceTrees, 'The device tree directory') : undefined,
  };
}

function notASystem(options: { readonly message: string; readonly cause?: unknown }): UserError {
  return inputError({ ...options, input: 'system', remedy: BUILD_SYSTEM });
}

type BootFiles = Omit<NixosSystem, 'toplevel' | 'deviceTrees'>;

function filesOfBootspec(toplevel: string, spec: Bootspec): BootFiles {
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
function filesOfEntries(toplevel: string): BootFiles {
  return {
    kernel: resolveEntry(toplevel, 'kernel'),
    initrd: resolveEntry(toplevel, 'initrd'),
    init: join(toplevel, 'init'),
    label: undefined,
    platform: readText(toplevel, 'system'),
    kernelParams: readKernelParams(toplevel) ?? Buffer.alloc(0),
    specialisations: listDirectory(join(toplevel, 'specialisation')),
    hasInitrdSecrets: existsSync(join(toplevel, SECRETS)) && addsSecrets(join(toplevel, SECRETS)),
  };
}

function readBootspec(toplevel: string): Bootspec | undefined {
  const text = readText(toplevel, 'boot.json');
  const spec = text === undefined ? undefined : parseBootspec(text, join(toplevel, 'boot.json'));
  if (spec !== undefined && spec.toplevel !== toplevel) {
    throw systemError({
      message: `boot.json of ${quote(toplevel)} describes another system, ${quote(spec.toplevel)}.`,
      remedy: 'Set system to the system itself.',
    });
  }
  return spec;
}

type BootFile = 'kernel' | 'initrd';

function resolveEntry(toplevel: string, entry: BootFile): string {
  const path = join(toplevel, entry);
  if (!existsSync(path)) {
    throw missing(toplevel, entry);
  }
  return resolveFile(toplevel, entry, path);
}

function resolveFile(toplevel: string, entry: BootFile, path: string): string {
  const file = resolveInStore(path, `The ${entry}`);
  if (!statSync(file).isFile()) {
    throw systemError({ message: `The ${entry} ${quote(file)} of the system ${quote(toplevel)} is not a file.` });
  }
  return file;
}

function missing(toplevel: string, entry: BootFile): UserError {
  return systemError({
    message: `The system ${quote(toplevel)} has no ${entry}; NixOS' extlinux boot loader needs a kernel and an initrd.`,
    remedy: `Set system to a system with a ${entry}: not a container, and built without boot.${entry}.enable = false.`,
  });
}

/** The file that installers read. A document in JSON holds text only. */
function readKernelParams(toplevel: string): Buffer | undefined {
  const parameters = readSmallFileIfAny(join(toplevel, 'kernel-params'));
  return parameters === undefined ? undefined : oneLine(toplevel, parameters);
}

/**
 * Whether a program that adds secrets to an initrd may have any to add. Every system has one; without `boot.initrd.secrets`
 * it ends at once, outside of any block (nixpkgs, nixos/modules/system/boot/stage-1.nix).
 */
function addsSecrets(path: string): boolean {
  return !/^exit 0$/m.test(readSmallFileIfAny(path)?.toString('latin1') ?? '');
}

function oneLine(toplevel: string, parameters: Buffer): Buffer {
  const line = parameters.subarray(0, parameters.findLastIndex((byte) => byte !== NEWLINE) + 1);
  if (/[\n\r\0]/.test(line.toString('latin1'))) {
    throw systemError({
      message:
        `The kernel parameters of the system ${quote(toplevel)} have a line break, which the configuration of the boot ` +
        `loader cannot have: ${quote(line)}.`,
      remedy: 'Correct boot.kernelParams.',
    });
  }
  return line;
}

const NEWLINE = 0x0a;
const SECRETS = 'append-initrd-secrets';

function readText(toplevel: string, name: string): string | undefined {
  return readSmallFileIfAny(join(toplevel, name))?.toString();
}

function listDirectory(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path).sort() : [];
}
