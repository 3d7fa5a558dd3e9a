import type { Stats } from 'node:fs';

/** What kind of file one is that is neither a regular file nor a symlink, for messages: a noun phrase. */
export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) {
    return 'a directory';
  }
  if (stats.isSocket()) {
    return 'a socket';
  }
  if (stats.isFIFO()) {
    return 'a named pipe';
  }
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}
