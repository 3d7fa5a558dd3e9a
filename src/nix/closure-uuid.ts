import { createHash } from 'node:crypto';
import type { StorePathInfo } from './registration.ts';

/**
 * A UUID that depends on nothing but the closure: its paths and the hashes of their contents. It has version 8, whose
 * bits an application may choose (RFC 9562, section 5.8).
 */
export function closureUuid(closure: readonly StorePathInfo[]): Buffer {
  const hash = createHash('sha256').update('nix-ext4-image filesystem UUID\n');
  for (const info of closure) {
    hash.update(info.path).update('\n').update(info.hash);
  }
  const uuid = hash.digest().subarray(0, 16);
  uuid[6] = (uuid[6] & 0x0f) | 0x80;
  uuid[8] = (uuid[8] & 0x3f) | 0x80;
  return uuid;
}
