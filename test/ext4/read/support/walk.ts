import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { RandomAccess } from '../../../../src/bytes/source.ts';
import { auditExt4 } from '../../../../src/ext4/read/audit/audit.ts';
import { Ext4FormatError } from '../../../../src/ext4/read/format-error.ts';
import type { FileKind } from '../../../../src/ext4/read/inode.ts';
import { type Ext4Reader, openExt4 } from '../../../../src/ext4/read/reader.ts';
import { joinBytes } from './source-tree.ts';

/** The properties of an entry that are compared. */
export interface WalkedEntry {
  readonly kind: FileKind;
  readonly permissions: number;
  readonly links: number;
  /** The bytes of a file or the target of a symlink, in latin1; empty for a directory. */
  readonly contents: string;
}

/** All entries of an image except the root and lost+found, by their path in latin1. */
export function walkImage(reader: Ext4Reader): ReadonlyMap<string, WalkedEntry> {
  const found = new Map<string, WalkedEntry>();
  const walk = (number: number, path: string): void => {
    for (const entry of reader.directory(reader.inode(number))) {
      const childPath = `${path}/${entry.name.toString('latin1')}`;
      if (childPath === '/lost+found') {
        continue;
      }
      if (found.has(childPath)) {
        throw new Error(`${childPath} occurs twice`);
      }
      const inode = reader.inode(entry.inode);
      if (inode.kind !== entry.type) {
        throw new Error(`${childPath}: ${inode.kind} in the inode, ${entry.type} here`);
      }
      let contents: Buffer = Buffer.alloc(0);
      if (inode.kind === 'file') {
        const file = reader.file(inode);
        contents = Buffer.alloc(file.size);
        file.read(0, contents);
      }
      if (inode.kind === 'symlink') {
        contents = reader.symlink(inode);
      }
      const kind = entry.type;
      found.set(childPath, {
        kind,
        permissions: inode.mode & 0o7777,
        links: inode.links,
        contents: contents.toString('latin1'),
      });
      if (kind === 'directory') {
        walk(entry.inode, childPath);
      }
    }
  };
  walk(2, '');
  return found;
}

/** All entries below a directory of this machine, by their path in latin1. */
export function walkDirectory(root: string): ReadonlyMap<string, WalkedEntry> {
  const found = new Map<string, WalkedEntry>();
  const walk = (directory: Buffer, path: string): void => {
    for (const name of readdirSync(directory, { encoding: 'buffer' })) {
      const host = joinBytes(directory, name);
      const childPath = `${path}/${name.toString('latin1')}`;
      const stat = lstatSync(host);
      const kind = stat.isSymbolicLink() ? 'symlink' : stat.isDirectory() ? 'directory' : 'file';
      const contents = stat.isFile()
        ? readFileSync(host)
        : kind === 'symlink'
          ? readlinkSync(host, { encoding: 'buffer' })
          : Buffer.alloc(0);
      found.set(childPath, {
        kind,
        permissions: stat.mode & 0o7777,
        links: stat.nlink,
        contents: contents.toString('latin1'),
      });
      if (kind === 'directory') {
        walk(host, childPath);
      }
    }
  };
  walk(Buffer.from(root), '');
  return found;
}

/** Everything that the reader reads from an image: an error, or the findings of the audit and all names, modes and bytes. */
export function fingerprint(image: RandomAccess): string {
  try {
    const reader = openExt4(image);
    const hash = createHash('sha256');
    hash.update(JSON.stringify(auditExt4(reader)));
    for (const entry of walkImage(reader)) {
      hash.update(JSON.stringify(entry));
    }
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof Ext4FormatError) {
      return error.message;
    }
    throw error;
  }
}
