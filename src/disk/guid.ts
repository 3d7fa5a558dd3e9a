import { createHash } from 'node:crypto';

/** Bytes of a GUID. */
export const GUID_BYTES = 16;

/**
 * A GUID for a part of a disk or a file beside it, in its usual form with capital letters, as `sfdisk --json` writes it. It
 * depends on nothing but `seed`, such as the UUID of the disk's filesystem, and on `part`, such as `disk` or `partition 1`.
 * It has version 8, whose bits an application may choose (RFC 9562, section 5.8).
 */
export function deriveGuid(seed: Uint8Array, part: string): string {
  const bytes = createHash('sha256').update(`nix-ext4-image GUID of ${part}\n`).update(seed).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return formatHex(bytes.toString('hex', 0, GUID_BYTES));
}

/** Whether a text is a GUID in its usual form, in capital or small letters. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/**
 * Encodes a GUID as it is on a disk: the first three groups are little-endian numbers (UEFI specification 2.10, appendix A).
 */
export function encodeGuid(guid: string): Buffer {
  return swapGroups(Buffer.from(guid.replaceAll('-', ''), 'hex'));
}

/** Decodes a GUID from the first 16 bytes of `bytes`, with capital letters. */
export function decodeGuid(bytes: Uint8Array): string {
  return formatHex(swapGroups(Buffer.from(bytes.subarray(0, GUID_BYTES))).toString('hex'));
}

/** The order of the bytes of a GUID on a disk; it is its own inverse. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function swapGroups(bytes: Buffer): Buffer {
  return Buffer.from(ORDER.map((from) => bytes[from]));
}

function formatHex(hex: string): string {
  return hex.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
