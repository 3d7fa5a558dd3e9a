import { firstAfter } from '../bytes/search.ts';
import { CLUSTER_MASK, END_OF_CHAIN, FIRST_CLUSTER, MEDIA_FIXED } from './constants.ts';

/**
 * The chains of clusters of a volume, one after the other without gaps from cluster 2 on: the first cluster of each,
 * then that after the last.
 */
export type Chains = Uint32Array;

/** Encodes the entries of the table from entry `first` on until `target` is full. */
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

/** How many entries of the table are not zero; they are the first. */
export function usedEntries(chains: Chains): number {
  return chains[chains.length - 1];
}

/** `next`: the first chain that begins after the cluster. */
function entryOf(cluster: number, bits: 16 | 32, chains: Chains, next: number): number {
  // The two entries before those of the clusters: the media byte, and flags that say the volume was unmounted in order.
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
