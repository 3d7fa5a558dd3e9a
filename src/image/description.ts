import type { Ext4Plan } from '../ext4/plan/plan.ts';
import { createExt4Source, type Ext4Source } from '../ext4/source.ts';
import { createContentsReader } from '../tree/contents.ts';
import type { ImageTree } from '../tree/image-tree.ts';

/** All that a thread must know to produce any range of an image: plain data over shared memory. */
export interface ImageDescription {
  readonly plan: Ext4Plan;
  readonly tree: ImageTree;
}

/** An image opened for reading; what is open on this machine is released by `close`. */
export interface OpenImage extends Ext4Source {
  close(): void;
}

/** Opens an image from its description. */
export function openImage({ plan, tree }: ImageDescription): OpenImage {
  const contents = createContentsReader(tree);
  return { ...createExt4Source(plan, tree, contents.read), close: contents.close };
}
