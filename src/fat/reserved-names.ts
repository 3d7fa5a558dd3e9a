import { type FatTree, fatPathOf } from './tree.ts';

/**
 * Returns the paths of files and directories that Windows cannot open, because it takes their names for devices, with any
 * extension (Microsoft, "Naming Files, Paths, and Namespaces"). FAT stores them, and everything else reads them.
 */
export function reservedNames(tree: FatTree): readonly Buffer[] {
  return tree.entries.flatMap(({ name }, entry) =>
    entry > 0 && DEVICE.test(Buffer.from(name).toString()) ? [fatPathOf(tree, entry)] : [],
  );
}

const DEVICE = /^(CON|PRN|AUX|NUL|(COM|LPT)[1-9¹²³]) *(\.|$)/i;
