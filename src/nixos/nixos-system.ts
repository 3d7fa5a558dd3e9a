import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../text/quote.ts';
import { type Bootspec, parseBootspec } from './bootspec.ts';
import { resolveInStore, STORE } from './store.ts';

/** What of a NixOS system its boot loader must know. Paths are in the store, without links. */
export interface NixosSystem {
  /** The store path of `config.system.build.toplevel`. */
  readonly toplevel: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly init: string;
  /** One line. */
  readonly kernelParams: string;
  /** The kernel's device trees; `undefined` for a system that has none. */
  readonly deviceTrees: string | undefined;
  /** Such as `aarch64-linux`; `undefined` where the system does not tell. */
  readonly platform: string | undefined;
  /** Names of its specialisations, which get no menu entry: NixOS makes those at the next rebuild. */
  readonly specialisations: readonly string[];
}

/**
 * Reads a NixOS system, of whatever platform: nothing of it is run. Its `boot.json` is read, or the entries of the top
 * level that were there before it. Throws where `path` leads to no NixOS system, where its kernel or initrd is missing,
 * and where its kernel parameters are more than a line.
 */
export function readNixosSystem(path: string): NixosSystem {
  const toplevel = resolveInStore(path, 'The system');
  const isStorePath = !toplevel.slice(STORE.length + 1).includes('/');
  const spec = isStorePath ? readBootspec(toplevel) : undefined;
  if (!isStorePath || (spec === undefined && !existsSync(join(toplevel, 'init')))) {
    throw new Error(
      `${quote(path)} is not a NixOS system: it has neither boot.json nor init. Give the result of building ` +
        'config.system.build.toplevel in the input system.',
    );
  }
  const deviceTrees = join(toplevel, 'dtbs');
  return {
    toplevel,
    kernel: bootFile(toplevel, 'kernel', spec?.kernel),
    initrd: bootFile(toplevel, 'initrd', spec === undefined ? undefined : (spec.initrd ?? '')),
    init: spec?.init ?? join(toplevel, 'init'),
    kernelParams: oneLine(toplevel, spec?.kernelParams.join(' ') ?? readText(toplevel, 'kernel-params') ?? ''),
    deviceTrees: existsSync(deviceTrees) ? resolveInStore(deviceTrees, 'The device tree directory') : undefined,
    platform: spec?.system ?? readText(toplevel, 'system'),
    specialisations: spec?.specialisations ?? listDirectory(join(toplevel, 'specialisation')),
  };
}

function readBootspec(toplevel: string): Bootspec | undefined {
  const text = readText(toplevel, 'boot.json');
  const spec = text === undefined ? undefined : parseBootspec(text, join(toplevel, 'boot.json'));
  if (spec !== undefined && spec.toplevel !== toplevel) {
    throw new Error(
      `boot.json of ${quote(toplevel)} is that of another system, ${quote(spec.toplevel)}. Give the system itself in the input system.`,
    );
  }
  return spec;
}

/** The file that an entry of the top level leads to, or `named` by its specification. */
function bootFile(toplevel: string, entry: 'kernel' | 'initrd', named: string | undefined): string {
  const path = named ?? join(toplevel, entry);
  if (path === '' || (named === undefined && !existsSync(path))) {
    throw new Error(
      `The system ${quote(toplevel)} has no ${entry}. NixOS' extlinux boot loader needs a kernel and an initrd: is it a container, ` +
        `or built with boot.${entry}.enable = false?`,
    );
  }
  const file = resolveInStore(path, `The ${entry}`);
  if (!statSync(file).isFile()) {
    throw new Error(`The ${entry} ${quote(file)} of the system ${quote(toplevel)} is not a file.`);
  }
  return file;
}

function oneLine(toplevel: string, parameters: string): string {
  const line = parameters.replace(/\n+$/, '');
  if (/[\n\r\0]/.test(line)) {
    throw new Error(
      `The kernel parameters of the system ${quote(toplevel)} have a line end, which the boot loader's configuration cannot ` +
        `have: ${quote(line)}. Correct boot.kernelParams.`,
    );
  }
  return line;
}

function readText(toplevel: string, name: string): string | undefined {
  const path = join(toplevel, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function listDirectory(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path).sort() : [];
}
