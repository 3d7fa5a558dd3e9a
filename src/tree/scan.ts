import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { MODE } from '../ext4/format/constants.ts';
import { createPackedTree, type PackedTree, type PackedTreeBuilder } from './packed.ts';

/** Which permission bits the entries of an image get: those of every Nix store, or the host's. */
export type Permissions = 'store' | 'kept';

/**
 * Reads the tree below a path of this machine. Names are bytes, symlinks are read and never followed. Throws where an
 * entry is neither a file nor a folder nor a symlink, naming it, and where the host cannot read it.
 */
export function scanPath(path: Uint8Array, permissions: Permissions): PackedTree {
  const builder = createPackedTree();
  scan(builder, 0, NO_NAME, Buffer.from(path), permissions);
  return builder.finish();
}

const NO_NAME = new Uint8Array(0);
const SLASH = Buffer.from('/');

function scan(
  builder: PackedTreeBuilder,
  parent: number,
  name: Uint8Array,
  path: Buffer,
  permissions: Permissions,
): void {
  const stats = lstatSync(path);
  const mode = imageMode(stats, permissions);
  if (stats.isFile()) {
    builder.add(parent, name, mode, stats.size);
    return;
  }
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(path, { encoding: 'buffer' });
    builder.add(parent, name, mode, target.length, target);
    return;
  }
  if (!stats.isDirectory())
    throw new Error(
      `${JSON.stringify(path.toString())} is ${kindOf(stats)}; an image holds regular files, folders and symlinks only. ` +
        'Remove it, or leave its folder out.',
    );
  const folder = builder.add(parent, name, mode, 0);
  const children = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
  for (const child of children) scan(builder, folder, child, Buffer.concat([path, SLASH, child]), permissions);
  builder.close(folder);
}

/** Of a store path's permissions only the executable bit is part of the path: the rest is as Nix sets it. */
function imageMode(stats: Stats, permissions: Permissions): number {
  if (stats.isSymbolicLink()) return MODE.symlink | 0o777;
  const type = stats.isDirectory() ? MODE.directory : MODE.regular;
  if (permissions === 'kept') return type | (stats.mode & 0o7777);
  return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}
