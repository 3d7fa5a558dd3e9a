import { printable } from '../text/printable.ts';
import { formatSha256, parseSha256 } from './hash.ts';
import { compareStorePaths, parseStorePath } from './store-path.ts';

/** What Nix registered of a store path. */
export interface StorePathInfo {
  /** The whole store path, `/nix/store/<hash>-<name>`. */
  readonly path: string;
  /** SHA-256 of the path's Nix archive: 32 bytes. */
  readonly hash: Uint8Array;
  /** Size of the path's Nix archive in bytes. */
  readonly size: number;
  /** Store paths that the contents refer to, which may include the path itself. */
  readonly references: readonly string[];
}

/**
 * Parses registration records, as `nix-store --dump-db` prints them for `nix-store --load-db`. A record is a list of
 * lines, each ended by a newline: store path, hash, size in decimal, deriver (may be empty), number of references, the
 * references. Format: Nix, src/libstore/store-api.cc, makeValidityRegistration and decodeValidPathInfo.
 *
 * Returns the records in their order, without derivers. Throws an `Error` that names the line for anything but records
 * of store paths of `directory`, for a path that is listed twice, and for a record that is cut off.
 */
export function parseRegistration(registration: Uint8Array, directory: string): StorePathInfo[] {
  const texts = Buffer.from(registration).toString('latin1').split('\n');
  if (texts.pop() !== '') {
    throw new Error(`Registration, line ${texts.length + 1}: the last line has no newline; it is cut off.`);
  }
  const lines = readLines(texts);
  const infos = new Map<string, StorePathInfo>();
  while (!lines.isAtEnd) {
    const { number } = lines;
    const info = parseRecord(lines, directory);
    if (infos.has(info.path)) {
      throw new Error(`Registration, line ${number}: '${printable(info.path)}' is listed for the second time.`);
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
export function encodeRegistration(infos: readonly StorePathInfo[], directory: string): Buffer {
  const sorted = infos.toSorted((a, b) => compareStorePaths(a.path, b.path));
  checkPaths(
    sorted.map((info) => info.path),
    directory,
  );
  return Buffer.from(sorted.map((info) => encodeRecord(info, directory)).join(''), 'latin1');
}

function encodeRecord(info: StorePathInfo, directory: string): string {
  const references = info.references.toSorted(compareStorePaths);
  checkPaths(references, directory);
  if (!Number.isSafeInteger(info.size) || info.size < 0) {
    throw new Error(`The archive size of '${info.path}' is not a number of bytes: ${info.size}.`);
  }
  const lines = [info.path, formatSha256(info.hash), `${info.size}`, '', `${references.length}`, ...references];
  return `${lines.join('\n')}\n`;
}

function checkPaths(sorted: readonly string[], directory: string): void {
  for (const [index, path] of sorted.entries()) {
    parseStorePath(path, directory);
    if (path === sorted[index - 1]) {
      throw new Error(`'${path}' is listed twice.`);
    }
  }
}

function parseRecord(lines: RegistrationLines, directory: string): StorePathInfo {
  const storePath = (line: string) => parseStorePath(line, directory).path;
  const path = lines.parse('a store path', storePath);
  const hash = lines.parse('the hash', parseSha256);
  const size = lines.parse('the size', parseNumber);
  lines.parse('the deriver', (line) => line === '' || storePath(line));
  const count = lines.parse('the number of references', parseNumber);
  const references = new Set<string>();
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

/** The lines of a registration, parsed from the first to the last. */
interface RegistrationLines {
  /** Number of the next line; the first has 1. */
  readonly number: number;
  readonly isAtEnd: boolean;
  /** Parses the next line. Throws an `Error` that names the line, and `what` was expected there, if `parseField` throws. */
  parse<Field>(what: string, parseField: (line: string) => Field): Field;
}

function readLines(lines: readonly string[]): RegistrationLines {
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
      } catch (cause) {
        const problem = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`Registration, line ${index}: expected ${what}. ${problem}`, { cause });
      }
    },
  };
}

function parseNumber(line: string): number {
  const number = /^(0|[1-9][0-9]*)$/.test(line) ? Number(line) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw new Error(`'${printable(line)}' is not a whole number below 2^53.`);
  }
  return number;
}
