import { inputError } from '../../errors/user-error.ts';
import { foldCase } from '../../fat/names.ts';
import type { FatTree, FatTreeEntry } from '../../fat/tree.ts';
import { quote } from '../../text/escape.ts';
import type { SourceFile } from './source-files.ts';

/** A directory of the firmware partition. */
export interface FirmwareDirectory {
  readonly kind: 'directory';
  readonly children: readonly FirmwareChild[];
}

/** A file of the firmware partition. */
export interface FirmwareFile {
  readonly kind: 'file';
  readonly source: SourceFile;
}

/** An entry with its name in its directory. */
export interface FirmwareChild {
  readonly name: Uint8Array;
  readonly node: FirmwareDirectory | FirmwareFile;
}

/** The files of a firmware partition, and the sources of their contents. */
export interface FirmwareFiles {
  readonly tree: FatTree;
  /** By entry of the tree; that of a directory is empty. */
  readonly files: readonly SourceFile[];
}

/**
 * Adds the boot files of a system to the firmware files. Directories of the same name are merged. Anything else that both
 * have, in upper or lower case, is a `UserError` that names it; `where` is the path of `lower`.
 */
export function mergeFirmware(lower: FirmwareDirectory, upper: FirmwareDirectory, where = ''): FirmwareDirectory {
  const children = [...lower.children];
  for (const child of upper.children) {
    const at = lower.children.findIndex(({ name }) => isSameName(name, child.name));
    if (at < 0) {
      children.push(child);
    } else {
      children[at] = mergeChildren(children[at], child, where);
    }
  }
  return { kind: 'directory', children };
}

function mergeChildren(lower: FirmwareChild, upper: FirmwareChild, where: string): FirmwareChild {
  const path = `${where}${textOf(lower.name)}`;
  if (lower.node.kind === 'directory' && upper.node.kind === 'directory') {
    return { name: lower.name, node: mergeFirmware(lower.node, upper.node, `${path}/`) };
  }
  const isEqual = Buffer.compare(lower.name, upper.name) === 0;
  const other = isEqual ? '' : ` as ${quote(`${where}${textOf(upper.name)}`)}, and FAT ignores upper and lower case`;
  throw inputError({
    input: 'firmware-files',
    message: `${quote(path)} of the firmware files is one of the boot files of the system too${other}.`,
    remedy: 'Remove it from firmware-files, or set boot-loader to none to keep the boot files of firmware-files.',
  });
}

function isSameName(a: Uint8Array, b: Uint8Array): boolean {
  return foldCase(textOf(a)) === foldCase(textOf(b));
}

function textOf(name: Uint8Array): string {
  return Buffer.from(name).toString();
}

/** Flattens a directory into the tree of a volume, in depth-first order with children ascending by bytes. */
export function flattenFirmware(root: FirmwareDirectory): FirmwareFiles {
  const entries: FatTreeEntry[] = [];
  const files: SourceFile[] = [];
  const add = ({ name, node }: FirmwareChild, parent: number): void => {
    if (node.kind === 'file') {
      entries.push({ kind: 'file', parent, name, size: sizeOf(node.source) });
      files.push(node.source);
      return;
    }
    const directory = entries.push({ kind: 'directory', parent, name, size: 0 }) - 1;
    files.push(EMPTY);
    for (const child of node.children.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
      add(child, directory);
    }
  };
  add({ name: EMPTY.contents, node: root }, 0);
  return { tree: { entries }, files };
}

const EMPTY = { kind: 'generated', contents: new Uint8Array(0) } as const;

function sizeOf(source: SourceFile): number {
  return source.kind === 'host' ? source.size : source.contents.length;
}
