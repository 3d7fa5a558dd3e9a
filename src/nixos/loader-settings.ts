import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInStore, STORE } from './store.ts';

/** What a NixOS configuration sets of its extlinux boot loader. */
export interface LoaderSettings {
  /** `boot.loader.timeout`, seconds: negative to wait for ever, 0 for no menu. */
  readonly timeout: number;
  /** `hardware.deviceTree.name`: the one device tree to load, within the directory of device trees. */
  readonly deviceTree: string | undefined;
  /** `boot.loader.generic-extlinux-compatible.useGenerationDeviceTree` */
  readonly usesDeviceTrees: boolean;
}

/** What NixOS takes where nothing is set. */
export const DEFAULT_LOADER_SETTINGS: LoaderSettings = { timeout: 5, deviceTree: undefined, usesDeviceTrees: true };

/**
 * The settings that a system's own installer would use. They are in no specification, only among the arguments in the text
 * of its scripts: `bin/switch-to-configuration` names the installer, which calls the builder of the configuration (nixpkgs,
 * nixos/modules/system/boot/loader/generic-extlinux-compatible). `undefined` where the system has another boot loader,
 * or none that it could install.
 */
export function readLoaderSettings(toplevel: string): LoaderSettings | undefined {
  const script = join(toplevel, 'bin/switch-to-configuration');
  if (!existsSync(script)) {
    return undefined;
  }
  const text = readLatin1(script);
  const installer = INSTALLER.exec(text)?.[0];
  const isThere = installer !== undefined && existsSync(installer);
  const call = CALL.exec(isThere ? readLatin1(resolveInStore(installer, 'The installer')) : text);
  return call === null ? undefined : parseArguments(call[1].trim().split(/ +/));
}

const HASH = '[0-9a-df-np-sv-z]{32}';
const INSTALLER = new RegExp(`${STORE}/${HASH}-install-extlinux-conf\\.sh`);
const CALL = new RegExp(`${STORE}/${HASH}-extlinux-conf-builder\\.sh((?: +-[gtn] +[^\\s'"]+| +-r)+)`);

function parseArguments(words: readonly string[]): LoaderSettings {
  const argumentOf = (option: string): string | undefined => {
    const at = words.indexOf(option);
    return at < 0 ? undefined : words[at + 1];
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
