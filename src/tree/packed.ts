import { MODE } from '../ext4/format/constants.ts';

/**
 * A subtree in the form of a `FileTree`, with its own indices: entry 0 is its top, which has no name here.
 * Built by `createPackedTree` in depth-first order.
 */
export interface PackedTree {
  readonly count: number;
  readonly parent: Uint32Array;
  readonly end: Uint32Array;
  readonly names: Uint8Array;
  readonly nameStart: Uint32Array;
  readonly mode: Uint16Array;
  readonly size: Float64Array;
  readonly targets: Uint8Array;
  readonly targetStart: Uint32Array;
}

/** Builds a packed tree in depth-first order. */
export interface PackedTreeBuilder {
  /** Adds a file or directory and returns its index; directories stay open until `close`. */
  add(parent: number, name: Uint8Array, mode: number, size: number): number;
  addSymlink(parent: number, name: Uint8Array, target: Uint8Array): void;
  /** Ends a directory: entries that are added later are not below it. */
  close(directory: number): void;
  finish(): PackedTree;
}

/** Creates an empty tree, to which entries are added one by one. */
export function createPackedTree(): PackedTreeBuilder {
  let capacity = 64;
  let count = 0;
  let parent = new Uint32Array(capacity);
  let end = new Uint32Array(capacity);
  let nameStart = new Uint32Array(capacity + 1);
  let mode = new Uint16Array(capacity);
  let size = new Float64Array(capacity);
  let targetStart = new Uint32Array(capacity);
  const names = createByteList();
  const targets = createByteList();

  const grow = (): void => {
    capacity *= 2;
    parent = copied(parent, new Uint32Array(capacity));
    end = copied(end, new Uint32Array(capacity));
    nameStart = copied(nameStart, new Uint32Array(capacity + 1));
    mode = copied(mode, new Uint16Array(capacity));
    size = copied(size, new Float64Array(capacity));
    targetStart = copied(targetStart, new Uint32Array(capacity));
  };

  const add = (parentIndex: number, name: Uint8Array, entryMode: number, entrySize: number): number => {
    if (count === capacity) {
      grow();
    }
    const index = count;
    count++;
    parent[index] = parentIndex;
    end[index] = index + 1;
    nameStart[index] = names.append(name);
    nameStart[index + 1] = names.length();
    mode[index] = entryMode;
    size[index] = entrySize;
    targetStart[index] = targets.length();
    return index;
  };

  return {
    add,
    addSymlink(parentIndex, name, target) {
      add(parentIndex, name, MODE.symlink | 0o777, target.length);
      targets.append(target);
    },
    close(directory) {
      end[directory] = count;
    },
    finish: () => ({
      count,
      parent: parent.slice(0, count),
      end: end.slice(0, count),
      names: names.bytes(),
      nameStart: nameStart.slice(0, count + 1),
      mode: mode.slice(0, count),
      size: size.slice(0, count),
      targets: targets.bytes(),
      targetStart: targetStart.slice(0, count),
    }),
  };
}

interface ByteList {
  /** Appends bytes and returns where they start. */
  append(bytes: Uint8Array): number;
  length(): number;
  bytes(): Uint8Array;
}

function createByteList(): ByteList {
  let buffer = Buffer.alloc(1024);
  let used = 0;
  return {
    append(bytes) {
      const start = used;
      used += bytes.length;
      while (used > buffer.length) {
        buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
      }
      buffer.set(bytes, start);
      return start;
    },
    length: () => used,
    bytes: () => Uint8Array.prototype.slice.call(buffer, 0, used),
  };
}

function copied<T extends { set(source: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
