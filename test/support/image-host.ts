import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { allOf } from './image-contents.ts';
import { type SampleNode, sortedChildren } from './image-sample.ts';

export interface HostOptions {
  /** Whether files that are one object become hard links of one another; false if left out. */
  readonly linked?: boolean;
  /** Whether entries are made in the reverse of their order, so that the host gives them otherwise too. */
  readonly reversed?: boolean;
  /** Whether the user of this process may read it all, whatever the modes; false if left out. */
  readonly readable?: boolean;
  /** Time stamps of what is made, seconds since 1970; now if left out. */
  readonly time?: number;
}

/** Makes a node of a sample on this machine's disk, permissions included, groups not. */
export function putOnHost(node: SampleNode, path: Buffer | string, options: HostOptions = {}): void {
  const made = new Map<SampleNode, Buffer>();
  const put = (at: Buffer, what: SampleNode): void => {
    if (what.kind === 'symlink') {
      symlinkSync(Buffer.from(what.target), at);
    }
    if (what.kind === 'file') {
      const first = made.get(what);
      if (first !== undefined && options.linked === true) {
        linkSync(first, at);
      } else {
        writeFileSync(at, allOf(what.contents));
      }
      made.set(what, at);
    }
    if (what.kind === 'directory') {
      mkdirSync(at);
      const children = sortedChildren(what);
      for (const [name, child] of options.reversed === true ? children.toReversed() : children) {
        put(Buffer.concat([at, Buffer.from('/'), name]), child);
      }
    }
    if (what.kind !== 'symlink') {
      chmodSync(at, options.readable === true ? what.mode | readableBits(what) : what.mode);
    }
    if (options.time !== undefined) {
      lutimesSync(at, options.time, options.time);
    }
  };
  put(Buffer.from(path), node);
}

function readableBits(node: SampleNode): number {
  return node.kind === 'directory' ? 0o500 : 0o400;
}
