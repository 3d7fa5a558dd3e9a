import type { Child, Directory, Node } from './compose.ts';

/**
 * A directory without nesting. Threads cannot send each other values that are nested as deeply as directories can be: the
 * structured clone is recursive.
 */
export interface FlatDirectory {
  /** The directory itself, and all below it. */
  readonly directories: readonly DirectoryItself[];
  /** All entries, those of a directory in its order. */
  readonly entries: readonly FlatEntry[];
}

type DirectoryItself = Omit<Directory, 'children'>;

interface FlatEntry {
  /** The index of the directory that the entry is in. */
  readonly parent: number;
  readonly name: Uint8Array;
  /** For a directory its index. */
  readonly node: Exclude<Node, Directory> | number;
}

/** Removes the nesting of a directory. */
export function flattenDirectory(top: Directory): FlatDirectory {
  const directories: DirectoryItself[] = [];
  const entries: FlatEntry[] = [];
  const add = ({ children, ...itself }: Directory): number => {
    const index = directories.push(itself) - 1;
    for (const { name, node } of children) {
      entries.push({ parent: index, name, node: node.kind === 'directory' ? add(node) : node });
    }
    return index;
  };
  add(top);
  return { directories, entries };
}

/** The directory that `flattenDirectory` was given. */
export function nestDirectory({ directories, entries }: FlatDirectory): Directory {
  const nested = directories.map((itself): DirectoryItself & { readonly children: Child[] } => ({
    ...itself,
    children: [],
  }));
  for (const { parent, name, node } of entries) {
    nested[parent].children.push({ name, node: typeof node === 'number' ? nested[node] : node });
  }
  return nested[0];
}
