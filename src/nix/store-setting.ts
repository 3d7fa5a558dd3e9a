import { dirname, join, normalize, resolve } from 'node:path';
import { readSmallFile } from '../host/small-file.ts';
import { STORE_DIRECTORY } from './store-path.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Which store Nix uses. */
export interface StoreSetting {
  /** Such as `auto`, `daemon` or `local?root=/mnt`. */
  readonly url: string;
  /** Where it is set: a variable, or a file. */
  readonly from: string;
}

/**
 * Returns which store Nix uses: the setting `store` of NIX_CONFIG or of a nix.conf, or else NIX_REMOTE; `auto` by default.
 * Nix has no command for it that is not experimental. Rules: Nix manual, nix.conf and "Common Environment Variables".
 */
export function storeSetting(environment: Environment = process.env): StoreSetting {
  const system = join(environment.NIX_CONF_DIR || '/etc/nix', 'nix.conf');
  const settings = [
    { url: environment.NIX_REMOTE || 'auto', from: 'NIX_REMOTE' },
    ...settingsOfFile(system),
    ...userFiles(environment).flatMap((file) => settingsOfFile(file)),
    ...settingsOf(environment.NIX_CONFIG ?? '', 'NIX_CONFIG', resolve('.')),
  ];
  return settings.reduce((_, last) => last);
}

/** From the least to the most important. */
function userFiles(environment: Environment): readonly string[] {
  if (environment.NIX_USER_CONF_FILES !== undefined) {
    return environment.NIX_USER_CONF_FILES.split(':').toReversed();
  }
  const home = environment.XDG_CONFIG_HOME || join(environment.HOME || '/', '.config');
  const shared = (environment.XDG_CONFIG_DIRS || '/etc/xdg').split(':');
  return [home, ...shared].map((directory) => join(directory, 'nix/nix.conf')).toReversed();
}

/** None for a file that cannot be read: Nix itself reports a file that it needs. */
function settingsOfFile(file: string, depth = 0): readonly StoreSetting[] {
  try {
    return settingsOf(readSmallFile(file).toString(), file, dirname(file), depth);
  } catch {
    return [];
  }
}

/** The lines are `name = value`, `include file` and `!include file`. */
function settingsOf(text: string, from: string, directory: string, depth = 0): readonly StoreSetting[] {
  return text.split('\n').flatMap((line) => {
    const [name, second = '', third] = line.replace(/#.*/, '').trim().split(/\s+/);
    if ((name === 'include' || name === '!include') && depth < MOST_INCLUDES) {
      return settingsOfFile(resolve(directory, second), depth + 1);
    }
    return name === 'store' && second === '=' && third !== undefined ? [{ url: third, from }] : [];
  });
}

const MOST_INCLUDES = 20;

/**
 * Whether the files of a store are in /nix/store on this machine: not those of a store below another root, and not those
 * of another machine. Syntax: Nix manual, "Store URL format".
 */
export function isLocalStore(url: string): boolean {
  const [address = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  return (
    isLocalAddress(address) &&
    isRoot(parameters.get('root') ?? '/') &&
    isStoreDirectory(parameters.get('real') ?? STORE_DIRECTORY) &&
    isStoreDirectory(parameters.get('store') ?? STORE_DIRECTORY)
  );
}

/** An absolute path is a store below that root; `/` is this machine's own. */
function isLocalAddress(address: string): boolean {
  const scheme = /^([a-z0-9+.-]+):\/\//.exec(address)?.[1];
  if (scheme !== undefined) {
    return ['local', 'unix', 'daemon', 'auto', 'local-overlay', 'mounted-ssh-ng'].includes(scheme);
  }
  return ['', 'auto', 'daemon', 'local'].includes(address) || (address.startsWith('/') && isRoot(address));
}

function isRoot(directory: string): boolean {
  return directory === '' || normalize(directory) === '/';
}

function isStoreDirectory(directory: string): boolean {
  return normalize(directory).replace(/\/$/, '') === STORE_DIRECTORY;
}
