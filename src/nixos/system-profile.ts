import type { Directory, Link } from '../tree/compose.ts';
import { directory, directoryAt } from './directory.ts';

/**
 * The system profile with a system as generation 1, as an overlay of the root of an image: what the installer of a boot
 * loader makes its menu from, and what keeps the system from the garbage collector.
 */
export function systemProfile(toplevel: string): Directory {
  const links = { system: link('system-1-link'), 'system-1-link': link(toplevel) };
  return directoryAt('nix/var/nix/profiles', directory(links));
}

function link(target: string): Link {
  return { kind: 'link', gid: 0, target: Buffer.from(target) };
}
