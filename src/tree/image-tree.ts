import type { FileTree } from '../ext4/tree.ts';

/** A file tree that knows where the contents of its files come from. */
export interface ImageTree extends FileTree {
  /** By entry: which of `origins` it comes from. */
  readonly origin: Uint32Array;
  readonly origins: readonly Origin[];
}

/** Where entries come from: a directory or file of this machine, or bytes made for the image. */
export type Origin = HostOrigin | GeneratedOrigin;

export interface HostOrigin {
  readonly kind: 'host';
  /** The path on this machine of the entry `at`; those below it have the same names there. */
  readonly path: Uint8Array;
  readonly at: number;
}

export interface GeneratedOrigin {
  readonly kind: 'generated';
  readonly contents: Uint8Array;
}
