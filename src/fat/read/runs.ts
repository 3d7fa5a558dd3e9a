import type { RandomAccess } from '../../bytes/source.ts';
import { FIRST_CLUSTER } from '../constants.ts';
import type { VolumeGeometry } from './boot-sector.ts';
import type { ClusterRun } from './table.ts';

/** Reads a chain's bytes from `position` on, which must lie in it. */
export function readRuns(
  access: RandomAccess,
  { clusterBytes, dataOffset }: VolumeGeometry,
  runs: readonly ClusterRun[],
  position: number,
  target: Uint8Array,
): void {
  const limit = position + target.length;
  let start = 0;
  for (const { cluster, length } of runs) {
    const end = start + length * clusterBytes;
    const from = Math.max(start, position);
    const to = Math.min(end, limit);
    const offset = dataOffset + (cluster - FIRST_CLUSTER) * clusterBytes;
    if (from < to) {
      access.read(target.subarray(from - position, to - position), offset + from - start);
    }
    start = end;
  }
}
