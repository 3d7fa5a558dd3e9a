import { fileURLToPath } from 'node:url';
import { withMounted } from './kernel.ts';
import { runAsRoot } from './run-tool.ts';
import { type ListingOptions, listTree, type TreeEntry } from './tree-listing.ts';

/** Mounts an image and lists all of it. */
export function listMounted(imagePath: string, options: ListingOptions = {}): Promise<readonly TreeEntry[]> {
  return withMounted(imagePath, {}, (mounted) => listAsRoot(mounted, options));
}

/** Lists a tree in which not everything may be readable for this user. */
export async function listAsRoot(directory: string, options: ListingOptions = {}): Promise<readonly TreeEntry[]> {
  return process.getuid?.() === 0 ? listTree(directory, options) : listInProcess(directory, options);
}

const SCRIPT = fileURLToPath(new URL('image-list-main.ts', import.meta.url));

/** Lists a tree in a process of its own, which root runs. */
export async function listInProcess(directory: string, options: ListingOptions): Promise<readonly TreeEntry[]> {
  const { stdout } = await runAsRoot(process.execPath, [SCRIPT, directory, JSON.stringify(options)]);
  return JSON.parse(stdout.toString(), (_, value) => {
    if (typeof value?.bigint === 'string') {
      return BigInt(value.bigint);
    }
    return typeof value?.bytes === 'string' ? Buffer.from(value.bytes, 'hex') : value;
  });
}
