import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { resolveInStore } from './store.ts';

/** Settings of the extlinux boot loader in a NixOS configuration. */
export interface LoaderSettings {
  /** `boot.loader.timeout`, seconds: a negative one waits for ever, 0 shows no menu. */
  readonly timeout: number;
  /** `hardware.deviceTree.name`: the device tree to load, relative to the directory of device trees. */
  readonly deviceTree: string | undefined;
  /** `boot.loader.generic-extlinux-compatible.useGenerationDeviceTree` */
  readonly usesDeviceTrees: boolean;
}

/** The defaults of NixOS. */
export const DEFAULT_LOADER_SETTINGS: LoaderSettings = { timeout: 5, deviceTree: undefined, usesDeviceTrees: true };

/**
 * Reads the settings that a system's own installer would use. No specification has them; they are arguments in the text of
 * its scripts: `bin/switch-to-configuration` names the installer, which calls the builder of the configuration (nixpkgs,
 * nixos/modules/system/boot/loader/generic-extlinux-compatible). Returns `undefined` if the system has another boot
 * loader, or none.
 */
export function readLoaderSettings(toplevel: string): LoaderSettings | undefined {
  const script = join(toplevel, 'bin/switch-to-configuration');
  if (!existsSync(script)) {
    return undefined;
  }
  const text = readLatin1(script);
  const [installer] = INSTALLER.exec(text) ?? [];
  const hasInstaller = installer !== undefined && existsSync(installer);
  const call = CALL.exec(hasInstaller ? readLatin1(resolveInStore(installer, 'The installer')) : text);
  return call === null ? undefined : parseArguments(call[1].trim().split(/ +/));
}

const HASH = '[0-9a-df-np-sv-z]{32}';
const INSTALLER = new RegExp(`${STORE_DIRECTORY}/${HASH}-install-extlinux-conf\\.sh`);
const CALL = new RegExp(`${STORE_DIRECTORY}/${HASH}-extlinux-conf-builder\\.sh((?: +-[gtn] +[^\\s'"]+| +-r)+)`);

function parseArguments(words: readonly string[]): LoaderSettings {
  const argumentOf = (option: string): string | undefined => {
    const index = words.indexOf(option);
    return index < 0 ? undefined : words[index + 1];
  };
  const timeout = Number(argumentOf('-t'));
  return {
    timeout: Number.isInteger(timeout) ? timeout : DEFAULT_LOADER_SETTINGS.timeout,
    deviceTree: argumentOf('-n'),
    usesDeviceTrees: !words.includes('-r'),
  };
}

function readLatin1(path: string): string {
  return readFileSync(path, 'latin1');
}
