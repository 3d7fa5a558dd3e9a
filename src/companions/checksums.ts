import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readSmallFile } from '../host/small-file.ts';
import { waitForName } from '../image/name-lock.ts';
import { writingTo } from '../image/write-error.ts';

/** The SHA-256 of a file. */
export interface Checksum {
  /** Without a directory. */
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The conventional name of a list of SHA-256 checksums. */
export const CHECKSUMS_NAME = 'SHA256SUMS';

/**
 * Encodes a list for `sha256sum --check`, sorted by name. Keeps the lines of the list `existing`, except those of files that
 * are in `checksums` or that `isReplaced` names.
 *
 * Format: coreutils manual, sections "sha2 utilities" and "md5sum invocation". Backslashes, line feeds and carriage returns
 * in a name are escaped, and a backslash at the start of the line marks it.
 */
export function listChecksums(
  checksums: readonly Checksum[],
  existing = '',
  isReplaced: (name: string) => boolean = () => false,
): string {
  const own = new Map(checksums.map((checksum) => [checksum.name, encodeLine(checksum)]));
  const kept = existing.split('\n').filter((line) => line !== '');
  for (const line of kept) {
    const name = nameOf(line);
    if (!own.has(name) && !isReplaced(name)) {
      own.set(name, line);
    }
  }
  const lines = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  return lines.join('');
}

/**
 * Writes a list of files in the directory of `path`. Keeps the lines of an existing list for other files that are still in
 * the directory: several images may share it, and several runs may write at the same time. Nothing is read or written
 * through a symlink. Errors as in `writeError` and `lockName`.
 */
export async function writeChecksums(path: string, checksums: readonly Checksum[]): Promise<void> {
  const directory = dirname(path);
  const lock = await waitForName(directory, basename(path));
  const partial = lock.temporaryPath('partial');
  try {
    const existing = writingTo(path, () => readList(path));
    const isMissing = (name: string): boolean => !existsSync(join(directory, name));
    const list = listChecksums(checksums, existing, isMissing);
    writingTo(path, () => writeFileSync(partial, list, { flag: 'wx' }), Buffer.byteLength(list));
    writingTo(path, () => renameSync(partial, path));
  } finally {
    rmSync(partial, { force: true });
    lock.release();
  }
}

/** Anything else that has the name of the list, such as a symlink to another file, is replaced. */
function readList(path: string): string {
  const isList = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isList ? readSmallFile(path, { noFollow: true }).toString() : '';
}

function encodeLine({ name, sha256 }: Checksum): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
}

/** The name on a line: the hash and the name are separated by a space and another space or an asterisk. Returns any other line as it is. */
function nameOf(line: string): string {
  const [, mark, name] = /^(\\?)[0-9a-fA-F]{64} [ *](.*)$/.exec(line) ?? [];
  if (name === undefined) {
    return line;
  }
  const decode = (_: string, character: string): string => ESCAPES[character] ?? character;
  return mark === '' ? name : name.replace(/\\(.)/g, decode);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r' };
