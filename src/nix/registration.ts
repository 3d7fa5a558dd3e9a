import { printable } from '../text/printable.ts';
import { formatSha256, parseSha256 } from './hash.ts';
import { compareStorePaths, parseStorePath } from './store-path.ts';

/** What Nix has registered of a store path. */
export interface StorePathInfo {
  /** The whole store path, `/nix/store/<hash>-<name>`. */
  readonly path: string;
  /** SHA-256 of the path's Nix archive: 32 bytes. */
  readonly hash: Uint8Array;
  /** Bytes of the path's Nix archive. */
  readonly size: number;
  /** Store paths that the contents refer to, the path itself among them if it does. */
  readonly references: readonly string[];
}

/**
 * Registration records, as `nix-store --dump-db` writes and `nix-store --load-db` reads them. A record is lines, each
 * ended by a newline: store path, hash, size in decimal, deriver (may be empty), number of references, the references.
 * Format: Nix, src/libstore/store-api.cc, makeValidityRegistration and decodeValidPathInfo.
 *
 * Gives the records in the order they stand in, without their derivers. Throws an `Error` that names the line for
 * anything else than records of store paths of `directory`, for a path listed twice, and for a record cut off.
 */
export function parseRegistration(registration: Uint8Array, directory: string): StorePathInfo[] {
  const lines = Buffer.from(registration).toString('latin1').split('\n');
  if (lines.pop() !== '') {
    throw new Error(`Registration, line ${lines.length + 1}: the last line is not ended by a newline; it is cut off.`);
  }
  const infos = new Map<string, StorePathInfo>();
  for (let start = 0; start < lines.length; ) {
    const { info, end } = parseRecord(lines, start, directory);
    if (infos.has(info.path)) {
      throw new Error(`Registration, line ${start + 1}: '${printable(info.path)}' is listed for the second time.`);
    }
    infos.set(info.path, info);
    start = end;
  }
  return [...infos.values()];
}

/**
 * Writes registration records in the form of nixpkgs' closureInfo: hashes in Nix base 32, no derivers, records and
 * references ascending by the bytes of their names. So it depends on nothing but the paths and their contents.
 *
 * Throws an `Error` if a path, hash or size cannot stand in a record, or a path or reference is listed twice.
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
    throw new Error(`The archive size of '${info.path}' is no number of bytes: ${info.size}.`);
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

function parseRecord(lines: readonly string[], start: number, directory: string): { info: StorePathInfo; end: number } {
  const parse = <Field>(offset: number, what: string, read: (line: string) => Field): Field =>
    parseLine(lines, start + offset, what, read);
  const storePath = (line: string) => parseStorePath(line, directory).path;

  const path = parse(0, 'a store path', storePath);
  const hash = parse(1, 'the hash', parseSha256);
  const size = parse(2, 'the size', parseNumber);
  parse(3, 'the deriver', (line) => line === '' || storePath(line));
  const count = parse(4, 'the number of references', parseNumber);
  const references = new Set<string>();
  for (let index = 0; index < count; index++) {
    references.add(parse(5 + index, 'a reference', storePath));
    if (references.size !== index + 1) {
      throw new Error(`Registration, line ${start + 6 + index}: a reference is listed for the second time.`);
    }
  }
  return { info: { path, hash, size, references: [...references] }, end: start + 5 + count };
}

function parseLine<Field>(lines: readonly string[], index: number, what: string, read: (line: string) => Field): Field {
  const line = lines[index];
  if (line === undefined) {
    throw new Error(`Registration, line ${index + 1}: expected ${what}, but the registration ends there.`);
  }
  try {
    return read(line);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Registration, line ${index + 1}: expected ${what}. ${problem}`, { cause });
  }
}

function parseNumber(line: string): number {
  const number = /^(0|[1-9][0-9]*)$/.test(line) ? Number(line) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw new Error(`'${printable(line)}' is not a whole number below 2^53.`);
  }
  return number;
}
