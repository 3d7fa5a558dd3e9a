import { printable } from '../../text/printable.ts';
import { createSink, finish, type NarHash, type NarSink, put, putContents, putString, tokens } from './sink.ts';

/** A file as a Nix archive (NAR) stores it: without times, owners and links, and of its mode only the executable bit. */
export type NarNode = NarRegular | NarSymlink | NarDirectory;

export interface NarRegular {
  readonly type: 'regular';
  readonly executable: boolean;
  /** Size of the contents in bytes. */
  readonly size: number;
  /** Fills `target` with the contents from byte `position` on. */
  read(position: number, target: Uint8Array): void;
}

export interface NarSymlink {
  readonly type: 'symlink';
  readonly target: Uint8Array;
}

export interface NarDirectory {
  readonly type: 'directory';
  /** The entries, strictly ascending by the bytes of their names. */
  entries(): Iterable<NarEntry>;
}

export interface NarEntry {
  readonly name: Uint8Array;
  /** The node, or a function that creates it when the archive reaches it. */
  readonly node: NarNode | (() => NarNode);
}

const MAGIC = tokens('nix-archive-1');
const REGULAR = tokens('(', 'type', 'regular', 'contents');
const EXECUTABLE = tokens('(', 'type', 'regular', 'executable', '', 'contents');
const SYMLINK = tokens('(', 'type', 'symlink', 'target');
const DIRECTORY = tokens('(', 'type', 'directory');
const ENTRY = tokens('entry', '(', 'name');
const NODE = tokens('node');
const CLOSE = tokens(')');

/** Bytes of the parts of a Nix archive, whose sum is the size of the archive. All sizes are in bytes. */
export const narBytes = {
  /** What every archive starts with. */
  start: MAGIC.length,
  regular: (size: number, executable: boolean): number =>
    (executable ? EXECUTABLE : REGULAR).length + stringBytes(size) + CLOSE.length,
  symlink: (targetLength: number): number => SYMLINK.length + stringBytes(targetLength) + CLOSE.length,
  /** A directory without its entries. */
  directory: DIRECTORY.length + CLOSE.length,
  /** An entry of a directory without its node. */
  entry: (nameLength: number): number => ENTRY.length + stringBytes(nameLength) + NODE.length + CLOSE.length,
} as const;

/** A string is its length in 8 bytes and its bytes, padded with zeros to a multiple of 8. */
function stringBytes(length: number): number {
  return 8 + Math.ceil(length / 8) * 8;
}

/**
 * Computes the hash and size of the Nix archive of a file tree, without storing the archive.
 * Format: Nix manual, "Nix Archive (NAR) format".
 *
 * Throws an `Error` if the entries of a directory are out of order, or if an archive cannot hold a name or the target of
 * a symlink. Passes on what `entries` and `read` throw.
 *
 * @param buffer from `createSinkBuffer`, to hash many archives with one allocation; a new one by default.
 */
export function hashNar(node: NarNode, buffer?: Buffer): NarHash {
  const sink = createSink(buffer);
  put(sink, MAGIC);
  putNode(sink, node);
  return finish(sink);
}

function putNode(sink: NarSink, node: NarNode): void {
  if (node.type === 'regular') {
    put(sink, node.executable ? EXECUTABLE : REGULAR);
    putContents(sink, node);
  } else if (node.type === 'symlink') {
    checkTarget(node.target);
    put(sink, SYMLINK);
    putString(sink, node.target);
  } else {
    put(sink, DIRECTORY);
    putEntries(sink, node);
  }
  put(sink, CLOSE);
}

function putEntries(sink: NarSink, directory: NarDirectory): void {
  let previous: Uint8Array | undefined;
  for (const { name, node } of directory.entries()) {
    checkName(name, previous);
    put(sink, ENTRY);
    putString(sink, name);
    put(sink, NODE);
    putNode(sink, typeof node === 'function' ? node() : node);
    put(sink, CLOSE);
    previous = name;
  }
}

/** Limits of a Nix archive: Nix, src/libutil/archive.cc, parse. */
const MAX_NAME = 255;
const MAX_TARGET = 4095;
const SLASH = 0x2f;
const DOT = 0x2e;

function checkName(name: Uint8Array, previous: Uint8Array | undefined): void {
  const dots = name.length <= 2 && name.every((byte) => byte === DOT);
  if (dots || name.length > MAX_NAME || name.includes(SLASH) || name.includes(0)) {
    throw new Error(`No entry of a Nix archive can be named '${printable(name)}'.`);
  }
  if (previous !== undefined && Buffer.compare(previous, name) >= 0) {
    throw new Error(
      `The entries of a directory are not strictly ascending: '${printable(name)}' follows '${printable(previous)}'.`,
    );
  }
}

function checkTarget(target: Uint8Array): void {
  if (target.length === 0 || target.length > MAX_TARGET || target.includes(0)) {
    throw new Error(
      `The target of a symlink must be 1 to ${MAX_TARGET} bytes without NUL, but is ${target.length} bytes: '${printable(target.subarray(0, MAX_NAME))}'.`,
    );
  }
}
