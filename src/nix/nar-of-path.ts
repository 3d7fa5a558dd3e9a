import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { printable } from '../text/printable.ts';
import type { NarEntry, NarNode } from './nar.ts';

const SLASH = Buffer.from('/');
const CASE_HACK = '~nix~case~hack~';

/**
 * The file at `path` of this machine, as a Nix archive holds it. Directories are read when their entries are asked for,
 * files when their contents are.
 *
 * On macOS Nix stores names that differ by case alone with a suffix, `~nix~case~hack~1`, which no archive has:
 * `caseHack` takes it off (Nix, src/libutil/archive.cc). Throws an `Error` that names the file for anything but a
 * regular file, directory or symlink, and for a file that becomes shorter while it is read.
 */
export function narNodeOfPath(path: Buffer, caseHack: boolean = process.platform === 'darwin'): NarNode {
  const stat = lstatSync(path);
  if (stat.isFile()) {
    return {
      type: 'regular',
      executable: (stat.mode & constants.S_IXUSR) !== 0,
      size: stat.size,
      read: (position, target) => readFile(path, position, target),
    };
  }
  if (stat.isSymbolicLink()) {
    return { type: 'symlink', target: readlinkSync(path, 'buffer') };
  }
  if (stat.isDirectory()) {
    return { type: 'directory', entries: () => readDirectory(path, caseHack) };
  }
  throw new Error(
    `'${printable(path)}' is neither a regular file, a directory nor a symlink: no Nix archive can hold it.`,
  );
}

function readDirectory(path: Buffer, caseHack: boolean): NarEntry[] {
  const entries = readdirSync(path, 'buffer').map((onDisk) => ({
    name: caseHack ? withoutCaseHack(onDisk) : onDisk,
    node: () => narNodeOfPath(Buffer.concat([path, SLASH, onDisk]), caseHack),
  }));
  return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}

function withoutCaseHack(name: Buffer): Buffer {
  const suffix = name.indexOf(CASE_HACK);
  return suffix < 0 ? name : name.subarray(0, suffix);
}

/** Opens the file for each piece: pieces are large or whole files, and nobody need say when the last was read. */
function readFile(path: Buffer, position: number, target: Uint8Array): void {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    for (let filled = 0; filled < target.length; ) {
      const read = readSync(file, target, filled, target.length - filled, position + filled);
      if (read === 0) {
        throw new Error(
          `'${printable(path)}' became shorter while it was read: expected at least ${position + target.length} bytes, found ${position + filled}.`,
        );
      }
      filled += read;
    }
  } finally {
    closeSync(file);
  }
}
