import { closeSync, openSync, writeSync } from 'node:fs';
import type { RandomAccess } from '../../bytes/source.ts';
import { openFat } from '../../fat/read.ts';
import type { Volume } from './volume.ts';

/** The FAT filesystem of a partition as a volume: names are the same in upper and lower case. */
export function fatVolume(partition: RandomAccess, name: string): Volume {
  const volume = openFat(partition);
  const normal = (path: string): string => path.replace(/^\/+|\/+$/g, '').toLowerCase();
  const find = (path: string): number =>
    volume.entries.findIndex((entry) => entry.kind === 'file' && normal(entry.path) === normal(path));
  return {
    kind: 'fat',
    name,
    async list(directory) {
      const parent = volume.entries.findIndex(
        (entry) => entry.kind === 'directory' && normal(entry.path) === normal(directory),
      );
      return volume.entries.flatMap((entry, i) => (i > 0 && entry.parent === parent ? [entry.name] : []));
    },
    async read(path) {
      const entry = find(path);
      if (entry < 0) {
        return undefined;
      }
      const bytes = Buffer.alloc(volume.entries[entry].size);
      volume.read(entry, 0, bytes);
      return bytes;
    },
    async extract(path, target) {
      const entry = find(path);
      if (entry < 0) {
        return false;
      }
      using stack = new DisposableStack();
      const file = stack.adopt(openSync(target, 'w'), closeSync);
      const { size } = volume.entries[entry];
      for (let position = 0; position < size; position += PIECE_BYTES) {
        const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - position));
        volume.read(entry, position, piece);
        writeSync(file, piece);
      }
      return true;
    },
  };
}

const PIECE_BYTES = 1024 * 1024;
