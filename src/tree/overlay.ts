import { printable } from '../text/printable.ts';
import type { Child, Directory } from './compose.ts';

/**
 * Lays the contents of one directory over another. Directories of the same name are merged and keep the permissions of the
 * lower one; anything else that both have is an error naming the path, as `where` and below.
 */
export function overlay(lower: Directory, upper: Directory, where = ''): Directory {
  const children = new Map(lower.children.map((child) => [keyOf(child.name), child]));
  for (const child of upper.children) {
    const key = keyOf(child.name);
    const below = children.get(key);
    children.set(key, below === undefined ? child : merge(below, child, where));
  }
  return { ...lower, children: [...children.values()] };
}

function merge(lower: Child, upper: Child, where: string): Child {
  const path = `${where}/${printable(lower.name)}`;
  if (lower.node.kind === 'directory' && upper.node.kind === 'directory') {
    return { name: lower.name, node: overlay(lower.node, upper.node, path) };
  }
  throw Object.assign(new Error(`${path} is given twice: files of the image's root must not replace one another.`), {
    remedy:
      'Take it out of the directories in root-files, or of all but one of them. /nix-path-registration is made here.',
  });
}

/** Names are bytes; Latin-1 maps each byte to one character. */
function keyOf(name: Uint8Array): string {
  return Buffer.from(name).toString('latin1');
}
