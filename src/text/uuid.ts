/** The usual form of a UUID of 16 bytes: groups of 4, 2, 2, 2 and 6 bytes in hexadecimal (RFC 9562, section 4). */
export function formatUuid(uuid: Uint8Array): string {
  return Buffer.from(uuid)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
