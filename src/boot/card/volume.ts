/** A filesystem on a card, as far as its boot files are read. Paths begin with a slash. */
export interface Volume {
  readonly kind: 'ext4' | 'fat';
  /** For people, such as `partition 2 (ext4)`. */
  readonly name: string;
  /** Names in a directory; none if there is no such directory. */
  list(directory: string): Promise<readonly string[]>;
  /** The contents of a small file; `undefined` if there is none. */
  read(path: string): Promise<Buffer | undefined>;
  /** Copies a file to `target`. Returns whether there is one. */
  extract(path: string, target: string): Promise<boolean>;
}
