import type { FileTree, ReadContents } from '../../src/ext4/tree.ts';
import { exactly, type SampleContents } from './image-contents.ts';

/**
 * Trees for tests of the filesystem writer, made in memory and flattened here, not by the project's own `src/tree/`.
 * The same file object under several names is one inode with several links.
 */
export type SampleNode = SampleFile | SampleSymlink | SampleDirectory;

export interface SampleFile {
  readonly kind: 'file';
  readonly mode: number;
  readonly gid: number;
  readonly contents: SampleContents;
}

export interface SampleSymlink {
  readonly kind: 'symlink';
  readonly gid: number;
  readonly target: Uint8Array;
}

export interface SampleDirectory {
  readonly kind: 'directory';
  readonly mode: number;
  readonly gid: number;
  readonly children: readonly SampleChild[];
}

export type SampleChild = readonly [name: Uint8Array | string, node: SampleNode];

export interface SampleAttributes {
  readonly mode?: number;
  readonly gid?: number;
}

export function file(contents: SampleContents | string, { mode = 0o444, gid = 0 }: SampleAttributes = {}): SampleFile {
  return { kind: 'file', mode, gid, contents: typeof contents === 'string' ? exactly(contents) : contents };
}

export function symlink(target: Uint8Array | string, gid = 0): SampleSymlink {
  return { kind: 'symlink', gid, target: Buffer.from(target) };
}

export function directory(
  children: readonly SampleChild[],
  { mode = 0o555, gid = 0 }: SampleAttributes = {},
): SampleDirectory {
  return { kind: 'directory', mode, gid, children };
}

/** A sample as the planner takes it. */
export interface Sample {
  readonly tree: FileTree;
  readonly read: ReadContents;
  /** The node of each entry of the tree. */
  readonly nodes: readonly SampleNode[];
  readonly root: SampleDirectory;
}

/** Flattens a tree with the given entries in its root, and /lost+found. */
export function makeSample(children: readonly SampleChild[], attributes: SampleAttributes = {}): Sample {
  return flattenSample(
    directory([['lost+found', directory([], { mode: 0o700 })], ...children], { mode: 0o755, ...attributes }),
  );
}

/** Flattens a tree as it is. */
export function flattenSample(root: SampleDirectory): Sample {
  const flat = flatten(root);
  const { nodes, nameBytes, targetBytes } = flat;
  const size = nodes.map(sizeOf);
  const tree: FileTree = {
    count: nodes.length,
    parent: Uint32Array.from(flat.parent),
    end: Uint32Array.from(flat.end),
    names: Buffer.concat(nameBytes),
    nameStart: startsOf(nameBytes),
    mode: Uint16Array.from(nodes, modeOf),
    gid: Uint32Array.from(nodes, (node) => node.gid),
    size: Float64Array.from(size),
    targets: Buffer.concat(targetBytes),
    targetStart: startsOf(targetBytes).subarray(0, nodes.length),
    original: Uint32Array.from(flat.original),
    sparse: {
      entry: new Uint32Array(0),
      firstRun: new Uint32Array(1),
      start: new Uint32Array(0),
      length: new Uint32Array(0),
    },
  };
  const read: ReadContents = (entry, position, target) => {
    const node = nodes[entry];
    if (node.kind !== 'file') {
      throw new Error(`Entry ${entry} is a ${node.kind}, and has no contents.`);
    }
    if (position + target.length > node.contents.size) {
      throw new Error(`Entry ${entry} ends before that.`);
    }
    node.contents.read(position, target);
  };
  return { tree, read, nodes, root };
}

interface Flat {
  readonly nodes: SampleNode[];
  readonly parent: number[];
  readonly end: number[];
  readonly original: number[];
  readonly nameBytes: Uint8Array[];
  readonly targetBytes: Uint8Array[];
}

function flatten(root: SampleDirectory): Flat {
  const flat: Flat = { nodes: [], parent: [], end: [], original: [], nameBytes: [], targetBytes: [] };
  const seen = new Map<SampleNode, number>();
  const visit = (node: SampleNode, name: Uint8Array, parent: number): void => {
    const entry = flat.nodes.push(node) - 1;
    flat.parent.push(parent);
    flat.end.push(entry + 1);
    flat.nameBytes.push(name);
    flat.targetBytes.push(node.kind === 'symlink' ? node.target : NOTHING);
    flat.original.push(node.kind === 'file' ? (seen.get(node) ?? entry) : entry);
    if (node.kind === 'file' && !seen.has(node)) {
      seen.set(node, entry);
    }
    if (node.kind !== 'directory') {
      return;
    }
    for (const [below, child] of sortedChildren(node)) {
      visit(child, below, entry);
    }
    flat.end[entry] = flat.nodes.length;
  };
  visit(root, NOTHING, 0);
  return flat;
}

/** The children of a directory, ascending by the bytes of their names. */
export function sortedChildren(node: SampleDirectory): readonly (readonly [Buffer, SampleNode])[] {
  return node.children
    .map(([name, child]) => [Buffer.from(name), child] as const)
    .sort(([a], [b]) => Buffer.compare(a, b));
}

const NOTHING = new Uint8Array(0);

function startsOf(pieces: readonly Uint8Array[]): Uint32Array {
  const starts = new Uint32Array(pieces.length + 1);
  pieces.forEach((piece, i) => {
    starts[i + 1] = starts[i] + piece.length;
  });
  return starts;
}

function sizeOf(node: SampleNode): number {
  if (node.kind === 'file') {
    return node.contents.size;
  }
  return node.kind === 'symlink' ? node.target.length : 0;
}

function modeOf(node: SampleNode): number {
  if (node.kind === 'file') {
    return 0o100000 | node.mode;
  }
  return node.kind === 'directory' ? 0o040000 | node.mode : 0o120777;
}
