import { firstAfter } from '../../bytes/search.ts';
import { CLUSTER_MASK, END_OF_CHAIN, FIRST_CLUSTER, MEDIA_FIXED } from '../constants.ts';

/**
 * The cluster chains of a volume, which are contiguous and follow each other from cluster 2 on: the first cluster of each
 * chain, then the cluster after the last chain.
 */
export type Chains = Uint32Array;

/** Fills `target` with the entries of the table from entry `first` on. */
export function encodeTable(target: Buffer, first: number, bits: 16 | 32, chains: Chains): void {
  const width = bits / 8;
  const count = target.length / width;
  let chain = firstAfter(chains.length, (at) => chains[at], first);
  for (let i = 0; i < count; i++) {
    const cluster = first + i;
    while (chain < chains.length && chains[chain] <= cluster) {
      chain++;
    }
    target.writeUIntLE(entryOf(cluster, bits, chains, chain), i * width, width);
  }
}

/** The number of entries of the table that are not zero, which are the first ones. */
export function usedEntries(chains: Chains): number {
  return chains[chains.length - 1];
}

/** The entry of a cluster; `next` is the index of the first chain that begins after it. */
function entryOf(cluster: number, bits: 16 | 32, chains: Chains, next: number): number {
  // The two entries before the clusters: the media byte, and flags for a cleanly unmounted volume.
  if (cluster === 0) {
    return END_OF_CHAIN[bits] - 0xf8 + MEDIA_FIXED;
  }
  if (cluster < FIRST_CLUSTER) {
    return CLUSTER_MASK[bits];
  }
  if (next === chains.length) {
    return 0;
  }
  return cluster + 1 === chains[next] ? END_OF_CHAIN[bits] : cluster + 1;
}
