import { readFileSync } from 'node:fs';
import { pathOf } from '../../../src/ext4/directory/children.ts';
import { composeTree, type Directory } from '../../../src/tree/compose.ts';
import { createContentsReader } from '../../../src/tree/contents.ts';

/** The files of an overlay: path, and contents in Latin-1, with the hashes of store paths replaced by `HASH`. */
export function filesOf(overlay: Directory | undefined): Readonly<Record<string, string>> {
  if (overlay === undefined) {
    return {};
  }
  const tree = composeTree(overlay);
  using reader = createContentsReader(tree);
  const files: Record<string, string> = {};
  for (let entry = 1; entry < tree.count; entry++) {
    const bytes = Buffer.alloc(tree.size[entry]);
    if (tree.mode[entry] >> 12 === 0o10) {
      reader.read(entry, 0, bytes);
      files[anonymous(pathOf(tree, entry).toString())] = anonymous(bytes.toString('latin1'));
    }
  }
  return files;
}

/** The directories of an overlay that have nothing in them. */
export function emptyDirectories(overlay: Directory): readonly string[] {
  const tree = composeTree(overlay);
  const entries = Array.from({ length: tree.count }, (_, entry) => entry);
  const isEmpty = (entry: number): boolean => tree.mode[entry] >> 12 === 0o4 && tree.end[entry] === entry + 1;
  return entries.filter(isEmpty).map((entry) => pathOf(tree, entry).toString());
}

/** A file of this machine as Latin-1, with the hashes of store paths replaced by `HASH`. */
export function anonymousFile(path: string): string {
  return anonymous(readFileSync(path, 'latin1'));
}

function anonymous(text: string): string {
  return text.replaceAll(/[0-9a-df-np-sv-z]{32}-/g, 'HASH-');
}
