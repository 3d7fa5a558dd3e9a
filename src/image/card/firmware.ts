import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { FatTree, FatTreeEntry } from '../../fat/tree.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/quote.ts';
import type { HostFile } from './host-files.ts';

/** The files of a firmware partition, and where their contents are. */
export interface FirmwareFiles {
  readonly tree: FatTree;
  /** By entry of the tree; directories have one too, of no size. */
  readonly files: readonly HostFile[];
}

/**
 * Reads the directory whose contents go on the firmware partition. FAT has no symbolic links, and firmware directories made by
 * Nix are full of them: what a link leads to is taken in its place. Links must lead to within the directory or the store, so
 * that no file gets into an image that nobody meant to be there.
 *
 * Throws where it is no directory, where a link leads elsewhere, to nothing or round in a circle, and where something is neither a
 * file nor a directory.
 */
export function scanFirmwareDirectory(path: string): FirmwareFiles {
  const top = resolve(Buffer.from(path), Buffer.from(path));
  if (!statSync(top).isDirectory()) {
    throw new Error(`${quote(path)} is not a directory. Give a directory in the input firmware-files.`);
  }
  const entries: FatTreeEntry[] = [];
  const files: HostFile[] = [];
  scanDirectory({ entries, files, allowed: [top, Buffer.from(STORE_DIRECTORY)] }, 0, Buffer.alloc(0), top, []);
  return { tree: { entries }, files };
}

interface Scan {
  readonly entries: FatTreeEntry[];
  readonly files: HostFile[];
  /** Directories that links may lead into. */
  readonly allowed: readonly Buffer[];
}

const SLASH = Buffer.from('/');

/** `path` is without links, as are the directories `above`. */
function scanDirectory(scan: Scan, parent: number, name: Uint8Array, path: Buffer, above: readonly Buffer[]): void {
  if (above.some((other) => other.equals(path))) {
    throw new Error(
      `${quote(path)} of the firmware files leads back to a directory that it is in, without an end. Remove the symbolic link.`,
    );
  }
  const directory = scan.entries.push({ kind: 'directory', parent, name, size: 0 }) - 1;
  scan.files.push({ path, size: 0 });
  for (const child of readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare)) {
    scanEntry(scan, directory, child, Buffer.concat([path, SLASH, child]), [...above, path]);
  }
}

function scanEntry(scan: Scan, parent: number, name: Buffer, path: Buffer, above: readonly Buffer[]): void {
  const isLink = lstatSync(path).isSymbolicLink();
  const real = isLink ? resolve(path, path) : path;
  const isAllowed = scan.allowed.some((directory) => isWithin(real, directory));
  if (!isAllowed) {
    throw new Error(
      `${quote(path)} of the firmware files is a symbolic link to ${quote(real)}, which is neither in the directory nor in ${STORE_DIRECTORY}. ` +
        'Copy the file instead.',
    );
  }
  const stats = statSync(real);
  if (stats.isDirectory()) {
    scanDirectory(scan, parent, name, real, above);
    return;
  }
  if (!stats.isFile()) {
    throw new Error(
      `${quote(path)} of the firmware files is ${kindOf(stats)}; a FAT partition holds files and directories only. Remove it.`,
    );
  }
  scan.entries.push({ kind: 'file', parent, name, size: stats.size });
  scan.files.push({ path: real, size: stats.size });
}

function resolve(path: Buffer, shown: Buffer): Buffer {
  try {
    return realpathSync.native(path, { encoding: 'buffer' });
  } catch (cause) {
    throw new Error(`${quote(shown)} of the firmware files is not there, or leads to nothing.`, { cause });
  }
}

function isWithin(path: Buffer, directory: Buffer): boolean {
  const start = Buffer.concat([directory, SLASH]);
  return path.equals(directory) || path.subarray(0, start.length).equals(start);
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) {
    return 'a socket';
  }
  if (stats.isFIFO()) {
    return 'a named pipe';
  }
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}
