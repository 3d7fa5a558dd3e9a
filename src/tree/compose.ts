import { MODE } from '../ext4/format/constants.ts';
import type { DataRuns } from '../ext4/tree.ts';
import type { FileIdentity } from '../host/identity.ts';
import type { ImageTree, Origin } from './image-tree.ts';
import type { PackedTree } from './packed.ts';

/** A directory of the image with children from several sources. */
export interface Directory {
  readonly kind: 'directory';
  readonly mode: number;
  readonly gid: number;
  readonly children: readonly Child[];
}

/** A subtree that was scanned on this machine. */
export interface Graft {
  readonly kind: 'graft';
  readonly gid: number;
  readonly tree: PackedTree;
  /** The path of the subtree's top on this machine. */
  readonly path: Uint8Array;
  /** The subtree's only file as it was scanned; `undefined` for a store path. */
  readonly identity?: FileIdentity | undefined;
  /** The data of the subtree's only file if it has holes. */
  readonly data?: DataRuns | undefined;
}

/** A file with contents that are generated for the image. */
export interface Generated {
  readonly kind: 'generated';
  readonly mode: number;
  readonly gid: number;
  readonly contents: Uint8Array;
}

/** A symbolic link that is made for the image. */
export interface Link {
  readonly kind: 'link';
  readonly gid: number;
  readonly target: Uint8Array;
}

/** A node with its name in its directory. */
export interface Child {
  readonly name: Uint8Array;
  readonly node: Node;
}

export type Node = Directory | Graft | Generated | Link;

/**
 * Flattens directories, subtrees, files and links into one tree in depth-first order with children ascending by bytes, over
 * shared memory. Names within a directory must be distinct.
 */
export function composeTree(root: Directory): ImageTree {
  const top = { name: NO_NAME, node: root };
  const totals = { entries: 0, nameBytes: 0, targetBytes: 0, sparse: 0, runs: 0 };
  measure(top, totals);
  const tree: Building = {
    count: totals.entries,
    parent: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    end: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    names: new Uint8Array(new SharedArrayBuffer(totals.nameBytes)),
    nameStart: new Uint32Array(new SharedArrayBuffer((totals.entries + 1) * 4)),
    mode: new Uint16Array(new SharedArrayBuffer(totals.entries * 2)),
    gid: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    size: new Float64Array(new SharedArrayBuffer(totals.entries * 8)),
    targets: new Uint8Array(new SharedArrayBuffer(totals.targetBytes)),
    targetStart: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    original: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    sparse: {
      entry: new Uint32Array(new SharedArrayBuffer(totals.sparse * 4)),
      firstRun: new Uint32Array(new SharedArrayBuffer((totals.sparse + 1) * 4)),
      start: new Uint32Array(new SharedArrayBuffer(totals.runs * 4)),
      length: new Uint32Array(new SharedArrayBuffer(totals.runs * 4)),
    },
    origin: new Uint32Array(new SharedArrayBuffer(totals.entries * 4)),
    origins: [],
  };
  place({ tree, entry: 0, nameByte: 0, targetByte: 0, sparse: 0 }, 0, top);
  tree.nameStart[totals.entries] = totals.nameBytes;
  for (let entry = 0; entry < totals.entries; entry++) {
    tree.original[entry] = entry;
  }
  return tree;
}

const NO_NAME = new Uint8Array(0);

type Building = Omit<ImageTree, 'origins'> & { readonly origins: Origin[] };

/** A tree with the position of the next entry, and of its name and target. */
interface Cursor {
  readonly tree: Building;
  entry: number;
  nameByte: number;
  targetByte: number;
  /** Files with holes so far. */
  sparse: number;
}

interface Totals {
  entries: number;
  nameBytes: number;
  targetBytes: number;
  sparse: number;
  runs: number;
}

function measure({ name, node }: Child, totals: Totals): void {
  totals.nameBytes += name.length;
  totals.entries += node.kind === 'graft' ? node.tree.count : 1;
  if (node.kind === 'graft') {
    totals.nameBytes += node.tree.names.length;
    totals.targetBytes += node.tree.targets.length;
    totals.sparse += node.data === undefined ? 0 : 1;
    totals.runs += node.data?.start.length ?? 0;
  }
  if (node.kind === 'link') {
    totals.targetBytes += node.target.length;
  }
  if (node.kind !== 'directory') {
    return;
  }
  for (const child of node.children) {
    measure(child, totals);
  }
}

function place(cursor: Cursor, parent: number, { name, node }: Child): void {
  const { tree, entry } = cursor;
  tree.nameStart[entry] = cursor.nameByte;
  tree.names.set(name, cursor.nameByte);
  cursor.nameByte += name.length;
  if (node.kind === 'graft') {
    placeGraft(cursor, parent, node);
    return;
  }

  cursor.entry++;
  tree.parent[entry] = parent;
  tree.gid[entry] = node.gid;
  tree.targetStart[entry] = cursor.targetByte;
  switch (node.kind) {
    case 'generated':
      tree.mode[entry] = MODE.regular | node.mode;
      tree.size[entry] = node.contents.length;
      tree.origin[entry] = tree.origins.push({ kind: 'generated', contents: node.contents }) - 1;
      break;
    case 'link':
      tree.mode[entry] = MODE.symlink | 0o777;
      tree.size[entry] = node.target.length;
      tree.targets.set(node.target, cursor.targetByte);
      cursor.targetByte += node.target.length;
      break;
    default:
      tree.mode[entry] = MODE.directory | node.mode;
      for (const child of node.children.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
        place(cursor, entry, child);
      }
  }
  tree.end[entry] = cursor.entry;
}

/** The name of the subtree's top is placed already; all indices of the subtree move by that of its top. */
function placeGraft(cursor: Cursor, parent: number, graft: Graft): void {
  const { tree, entry: base, nameByte, targetByte } = cursor;
  const { tree: packed } = graft;
  const origin = tree.origins.push({ kind: 'host', path: graft.path, at: base, identity: graft.identity }) - 1;
  for (let i = 0; i < packed.count; i++) {
    tree.parent[base + i] = i === 0 ? parent : base + packed.parent[i];
    tree.end[base + i] = base + packed.end[i];
    if (i > 0) {
      tree.nameStart[base + i] = nameByte + packed.nameStart[i];
    }
    tree.targetStart[base + i] = targetByte + packed.targetStart[i];
  }
  tree.mode.set(packed.mode, base);
  tree.size.set(packed.size, base);
  tree.gid.fill(graft.gid, base, base + packed.count);
  tree.origin.fill(origin, base, base + packed.count);
  tree.names.set(packed.names, nameByte);
  tree.targets.set(packed.targets, targetByte);
  if (graft.data !== undefined) {
    placeData(cursor, graft.data);
  }
  cursor.entry += packed.count;
  cursor.nameByte += packed.names.length;
  cursor.targetByte += packed.targets.length;
}

/** Records where the file at the cursor has data. */
function placeData(cursor: Cursor, data: DataRuns): void {
  const { sparse } = cursor.tree;
  const first = sparse.firstRun[cursor.sparse];
  sparse.entry[cursor.sparse] = cursor.entry;
  sparse.start.set(data.start, first);
  sparse.length.set(data.length, first);
  cursor.sparse++;
  sparse.firstRun[cursor.sparse] = first + data.start.length;
}
