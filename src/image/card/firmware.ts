import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { FatTree, FatTreeEntry } from '../../fat/tree.ts';
import { STORE } from '../../nixos/store.ts';
import { quote } from '../../text/quote.ts';
import type { HostFile } from './host-files.ts';

/** The files of a firmware partition, and where their contents are. */
export interface FirmwareFiles {
  readonly tree: FatTree;
  /** By entry of the tree; folders have one too, of no size. */
  readonly files: readonly HostFile[];
}

/**
 * Reads the folder whose contents go on the firmware partition. FAT has no symbolic links, and firmware folders made by
 * Nix are full of them: what a link leads to is taken in its place. Links must lead to within the folder or the store, so
 * that no file gets into an image that nobody meant to be there.
 *
 * Throws where it is no folder, where a link leads elsewhere, to nothing or round in a circle, and where something is neither a
 * file nor a folder.
 */
export function scanFirmwareFolder(path: string): FirmwareFiles {
  const top = resolve(Buffer.from(path), Buffer.from(path));
  if (!statSync(top).isDirectory())
    throw new Error(`${quote(path)} is not a folder. Give a folder in the input firmware-files.`);
  const entries: FatTreeEntry[] = [];
  const files: HostFile[] = [];
  scanFolder({ entries, files, allowed: [top, Buffer.from(STORE)] }, 0, Buffer.alloc(0), top, []);
  return { tree: { entries }, files };
}

interface Scan {
  readonly entries: FatTreeEntry[];
  readonly files: HostFile[];
  /** Folders that links may lead into. */
  readonly allowed: readonly Buffer[];
}

const SLASH = Buffer.from('/');

/** `path` is without links, as are the folders `above`. */
function scanFolder(scan: Scan, parent: number, name: Uint8Array, path: Buffer, above: readonly Buffer[]): void {
  if (above.some((other) => other.equals(path)))
    throw new Error(
      `${quote(path)} of the firmware files leads back to a folder that it is in, without an end. Remove the symbolic link.`,
    );
  const folder = scan.entries.push({ kind: 'folder', parent, name, size: 0 }) - 1;
  scan.files.push({ path, size: 0 });
  for (const child of readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare))
    scanEntry(scan, folder, child, Buffer.concat([path, SLASH, child]), [...above, path]);
}

function scanEntry(scan: Scan, parent: number, name: Buffer, path: Buffer, above: readonly Buffer[]): void {
  const isLink = lstatSync(path).isSymbolicLink();
  const real = isLink ? resolve(path, path) : path;
  const isAllowed = scan.allowed.some((folder) => isWithin(real, folder));
  if (!isAllowed)
    throw new Error(
      `${quote(path)} of the firmware files is a symbolic link to ${quote(real)}, which is neither in the folder nor in ${STORE}. ` +
        'Copy the file instead.',
    );
  const stats = statSync(real);
  if (stats.isDirectory()) {
    scanFolder(scan, parent, name, real, above);
    return;
  }
  if (!stats.isFile())
    throw new Error(
      `${quote(path)} of the firmware files is ${kindOf(stats)}; a FAT partition holds files and folders only. Remove it.`,
    );
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

function isWithin(path: Buffer, folder: Buffer): boolean {
  const start = Buffer.concat([folder, SLASH]);
  return path.equals(folder) || path.subarray(0, start.length).equals(start);
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}
