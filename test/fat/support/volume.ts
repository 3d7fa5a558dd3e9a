import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { ImageSource } from '../../../src/bytes/source.ts';
import { type FatOptions, type FatPlan, planFat } from '../../../src/fat/plan.ts';
import { createFatSource } from '../../../src/fat/source.ts';
import type { FatTree, FatTreeEntry, ReadFatContents } from '../../../src/fat/tree.ts';

export const MIB = 2 ** 20;
export const OPTIONS: FatOptions = { size: 30 * MIB, filesystem: 'auto', volumeId: 0x2178694e, label: 'FIRMWARE' };

/** By path: the contents of a file, or `directory`. Parent directories are implied. */
export type Files = Readonly<Record<string, Uint8Array | 'directory'>>;

/** Creates a tree from files by their paths. */
export function treeOf(files: Files): { readonly tree: FatTree; readonly contents: readonly Uint8Array[] } {
  const entries: FatTreeEntry[] = [{ kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 }];
  const contents: Uint8Array[] = [Buffer.alloc(0)];
  const known = new Map<string, number>([['', 0]]);
  const add = (path: string, data: Uint8Array | 'directory'): number => {
    const there = known.get(path);
    if (there !== undefined) {
      return there;
    }
    const slash = path.lastIndexOf('/');
    const parent = add(path.slice(0, Math.max(0, slash)), 'directory');
    const bytes = data === 'directory' ? Buffer.alloc(0) : data;
    known.set(path, entries.length);
    contents.push(bytes);
    return (
      entries.push({
        kind: data === 'directory' ? 'directory' : 'file',
        parent,
        name: Buffer.from(path.slice(slash + 1)),
        size: bytes.length,
      }) - 1
    );
  };
  for (const [path, data] of Object.entries(files)) {
    add(path, data);
  }
  return { tree: { entries }, contents };
}

export interface Volume {
  readonly tree: FatTree;
  readonly plan: FatPlan;
  readonly source: ImageSource;
}

export function volumeOf(files: Files, options: Partial<FatOptions> = {}): Volume {
  const { tree, contents } = treeOf(files);
  const plan = planFat(tree, { ...OPTIONS, ...options });
  const read: ReadFatContents = (entry, position, target) => {
    const bytes = contents[entry].subarray(position, position + target.length);
    if (bytes.length !== target.length) {
      throw new Error(`a read of ${target.length} bytes after the end of entry ${entry}`);
    }
    target.set(bytes);
  };
  // Plans are sent to threads.
  return { tree, plan, source: createFatSource(structuredClone(plan), read) };
}

/** Writes the data ranges of a source to a sparse file. */
export function writeSource(source: ImageSource, path: string): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, source.size);
  for (const { offset, length } of source.dataRanges({ offset: 0, length: source.size })) {
    const piece = Buffer.alloc(Math.min(length, MIB), 0xaa);
    for (let done = 0; done < length; done += piece.length) {
      const bytes = piece.subarray(0, length - done);
      source.read(bytes, offset + done);
      writeSync(file, bytes, 0, bytes.length, offset + done);
    }
  }
  closeSync(file);
}

/** All paths of the files and of their parent directories. */
export function allPaths(files: Files): readonly string[] {
  const paths = new Set<string>();
  for (const path of Object.keys(files)) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      paths.add(path.slice(0, end));
    }
  }
  return [...paths].sort();
}

/** Bytes that differ between files and positions. */
export function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = (seed * 2654435761) >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
