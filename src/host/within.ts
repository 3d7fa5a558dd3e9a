/** Whether `path` is `directory` or below it. Neither may have links, and a path in the store must be named as Nix names it. */
export function isWithin(path: Buffer, directory: Buffer): boolean {
  const start = Buffer.concat([directory, SLASH]);
  return path.equals(directory) || path.subarray(0, start.length).equals(start);
}

const SLASH = Buffer.from('/');
