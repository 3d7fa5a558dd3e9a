import type { Directory, Link } from '../tree/compose.ts';

/**
 * The system profile with a system as generation 1, as an overlay of the root of an image: what the installer of a boot
 * loader makes its menu from, and what keeps the system from the garbage collector.
 */
export function systemProfile(toplevel: string): Directory {
  const profiles = directory({ system: link('system-1-link'), 'system-1-link': link(toplevel) });
  return directory({ nix: directory({ var: directory({ nix: directory({ profiles }) }) }) });
}

function link(target: string): Link {
  return { kind: 'link', gid: 0, target: Buffer.from(target) };
}

function directory(children: Readonly<Record<string, Directory | Link>>): Directory {
  const nodes = Object.entries(children).map(([name, node]) => ({ name: Buffer.from(name), node }));
  return { kind: 'directory', mode: 0o755, gid: 0, children: nodes };
}
