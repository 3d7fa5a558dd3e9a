import { inputError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';
import type { Child, Directory } from './compose.ts';

/**
 * Overlays a directory with the contents of another. Directories of the same name are merged and keep the permissions of
 * the lower one. Anything else that both have is a `UserError` that names its path; `where` is the path of `lower`.
 */
export function overlay(lower: Directory, upper: Directory, where = ''): Directory {
  const children = new Map(lower.children.map((child) => [keyOf(child.name), child]));
  for (const child of upper.children) {
    const key = keyOf(child.name);
    const existing = children.get(key);
    children.set(key, existing === undefined ? child : merge(existing, child, where));
  }
  return { ...lower, children: [...children.values()] };
}

function merge(lower: Child, upper: Child, where: string): Child {
  const path = `${where}/${printable(lower.name)}`;
  if (lower.node.kind === 'directory' && upper.node.kind === 'directory') {
    return { name: lower.name, node: overlay(lower.node, upper.node, path) };
  }
  throw inputError({
    input: 'root-files',
    message: `${path} is in the image twice: root-files must not replace files of each other, nor those of the image itself.`,
    remedy: 'Remove it from the directories in root-files, or from all but one of them.',
  });
}

/** Names are bytes. Latin-1 maps each byte to one character. */
function keyOf(name: Uint8Array): string {
  return Buffer.from(name).toString('latin1');
}
