import { readdirSync, readlinkSync } from 'node:fs';

/** The files that this process has open; one that is closed meanwhile by others is left out. */
export function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return [];
    }
  });
}
