import { lstatSync, readdirSync } from 'node:fs';
import type { Folder, Node } from './compose.ts';
import { scanPath } from './scan.ts';

/**
 * Reads a folder of files that are to be laid over the image's root: owner root, permissions kept, symlinks stored and
 * never followed. Throws where it is no folder, or holds something that an image cannot.
 */
export function scanRootFiles(path: string): Folder {
  const node = scanNode(Buffer.from(path));
  if (node.kind === 'folder') return node;
  throw new Error(`${JSON.stringify(path)} is not a folder.`);
}

function scanNode(path: Buffer): Folder | Exclude<Node, Folder> {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return { kind: 'graft', gid: 0, tree: scanPath(path, 'kept'), path };
  const names = readdirSync(path, { encoding: 'buffer' });
  const children = names.map((name) => ({ name, node: scanNode(Buffer.concat([path, SLASH, name])) }));
  return { kind: 'folder', mode: stats.mode & 0o7777, gid: 0, children };
}

const SLASH = Buffer.from('/');
