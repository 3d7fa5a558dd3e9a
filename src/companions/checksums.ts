import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeSmallFile, writingTo } from '../image/write-error.ts';

/** A file with the SHA-256 of its contents. */
export interface Checksum {
  /** Without directory. */
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The name that lists of checksums have by convention. */
export const CHECKSUMS_NAME = 'SHA256SUMS';

/**
 * A list as `sha256sum` of coreutils writes and checks it, in the order of the names. Lines of `existing`, another such
 * list, stay as they are, unless they are of a file that is in `checksums` or that `isReplaced` says is gone.
 *
 * Format: coreutils manual, sha2 and md5sum invocation. A name with a backslash, line feed or carriage return has them
 * escaped, and a backslash before the line.
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
 * Writes the list of a directory's files to `path`. What a list that is there says of other files of the directory stays: two
 * images may be left in one directory, one after the other. Errors as in `writeError`.
 */
export function writeChecksums(path: string, checksums: readonly Checksum[]): void {
  const existing = existsSync(path) ? writingTo(path, () => readFileSync(path, 'utf8')) : '';
  const isGone = (name: string): boolean => !existsSync(join(dirname(path), name));
  writeSmallFile(path, listChecksums(checksums, existing, isGone));
}

function encodeLine({ name, sha256 }: Checksum): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
}

/** The name on a line of any tool: after the hash stand a space, and another or an asterisk. A line of another form is its own name. */
function nameOf(line: string): string {
  const [, mark, name] = /^(\\?)[0-9a-fA-F]{64} [ *](.*)$/.exec(line) ?? [];
  if (name === undefined) {
    return line;
  }
  const decode = (_: string, character: string): string => ESCAPES[character] ?? character;
  return mark === '' ? name : name.replace(/\\(.)/g, decode);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r' };
