import type { Directory, Generated, Graft, Link, Node } from './compose.ts';
import { scanPath } from './scan.ts';

/** A directory of root with the mode 0755. */
export function directory(children: Readonly<Record<string, Node>>): Directory {
  const list = Object.entries(children).map(([name, node]) => ({ name: Buffer.from(name), node }));
  return { kind: 'directory', mode: 0o755, gid: 0, children: list };
}

/** A directory at a path below another, with those above it; an empty path is the directory itself. */
export function directoryAt(path: string, bottom: Directory): Directory {
  const names = path.split('/').filter((name) => name !== '');
  return names.reduceRight((below, name) => directory({ [name]: below }), bottom);
}

/** A generated file of root with the mode 0644. */
export function file(contents: Uint8Array): Generated {
  return { kind: 'generated', mode: 0o644, gid: 0, contents };
}

/** A symlink of root. */
export function link(target: string): Link {
  return { kind: 'link', gid: 0, target: Buffer.from(target) };
}

/** A copy of a path of the store with its modes, of root. Errors as in `scanPath`. */
export function graft(path: string): Graft {
  return { kind: 'graft', gid: 0, tree: scanPath(Buffer.from(path)), path: Buffer.from(path) };
}
