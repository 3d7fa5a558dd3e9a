import { createHash } from 'node:crypto';

/** The directory hash seed of a filesystem (`s_hash_seed`), derived from its UUID so that images are reproducible. */
export function hashSeedOf(uuid: Uint8Array): Uint32Array {
  const digest = createHash('sha256').update('ext4 directory hash seed').update(uuid).digest();
  return Uint32Array.from({ length: 4 }, (_, word) => digest.readUInt32LE(word * 4));
}
