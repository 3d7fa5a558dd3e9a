import type { FileTree } from '../ext4/tree.ts';
import type { FileIdentity } from '../host/identity.ts';

/** A file tree with the origins of the contents of its files. */
export interface ImageTree extends FileTree {
  /** By entry: its index in `origins`. */
  readonly origin: Uint32Array;
  readonly origins: readonly Origin[];
}

/** Where entries come from: a directory or file of this machine, or bytes that are generated for the image. */
export type Origin = HostOrigin | GeneratedOrigin;

export interface HostOrigin {
  readonly kind: 'host';
  /** The path on this machine of the entry `at`; those below it have the same names there. */
  readonly path: Uint8Array;
  readonly at: number;
  /** The file `at` as it was scanned; `undefined` for a store path, whose contents are compared with its hash. */
  readonly identity?: FileIdentity | undefined;
}

export interface GeneratedOrigin {
  readonly kind: 'generated';
  readonly contents: Uint8Array;
}
