import type { Child, Directory, Node } from '../../tree/compose.ts';

/** Something to place in a directory: a path without a slash in front, and what is there. */
export interface Placed {
  readonly path: string;
  readonly node: Node;
}

/**
 * Makes a directory tree of files and directories at paths. Names are compared as FAT does, without regard to case, and keep
 * the case in which they come first, so `efi/memtest86` is in `EFI`. A later file replaces an earlier one.
 */
export function fileTree(placed: readonly Placed[]): Directory {
  const top: Building = { name: '', node: undefined, children: new Map() };
  for (const { path, node } of placed) {
    const place = path.split('/').reduce(childOf, top);
    place.node = node.kind === 'directory' ? undefined : node;
  }
  return directoryOf(top);
}

interface Building {
  readonly name: string;
  /** `undefined` for a directory. */
  node: Node | undefined;
  readonly children: Map<string, Building>;
}

function childOf(parent: Building, name: string): Building {
  const key = name.toLowerCase();
  const child = parent.children.get(key) ?? { name, node: undefined, children: new Map() };
  parent.children.set(key, child);
  return child;
}

function directoryOf({ children }: Building): Directory {
  const nodes = [...children.values()].map((child): Child => {
    return { name: Buffer.from(child.name), node: child.node ?? directoryOf(child) };
  });
  return { kind: 'directory', mode: 0o755, gid: 0, children: nodes };
}
