import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type ByteRange, PIECE_BYTES } from '../bytes/source.ts';
import { unreadableFile } from '../image/finished-file.ts';

/**
 * Reads a range of a file, a piece at a time. Throws a `UserError` with the code `FILE` if the file cannot be read or is
 * shorter.
 */
export async function* readRange(path: string, { offset, length }: ByteRange): AsyncGenerator<Buffer> {
  await using file = await open(path).catch((cause) => {
    throw unreadableFile(path, cause);
  });
  const end = offset + length;
  let position = offset;
  while (position < end) {
    // A buffer for each piece: the socket may still use the previous one.
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position).catch((cause) => {
      throw unreadableFile(path, cause);
    });
    if (bytesRead === 0) {
      throw unreadableFile(path, new Error(`The file ends at byte ${position}; ${end} bytes were expected.`));
    }
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** SHA-256, in hexadecimal, of each of the consecutive parts of a file, and of all of them together. */
export async function hashParts<Part extends ByteRange>(
  path: string,
  parts: readonly Part[],
): Promise<{ readonly whole: string; readonly parts: readonly (Part & { readonly sha256: string })[] }> {
  const whole = createHash('sha256');
  const hashed: (Part & { readonly sha256: string })[] = [];
  for (const part of parts) {
    const hash = createHash('sha256');
    for await (const bytes of readRange(path, part)) {
      hash.update(bytes);
      whole.update(bytes);
    }
    hashed.push({ ...part, sha256: hash.digest('hex') });
  }
  return { whole: whole.digest('hex'), parts: hashed };
}
