import type { Readable } from 'node:stream';

/** Collects all a stream gives; calls `tooMuch` once it has given more than `limit` bytes, and keeps no more of it. */
export function keepAll(stream: Readable | null, limit: number, tooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  stream?.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > limit) {
      tooMuch();
      return;
    }
    chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
}

/** Collects the last `limit` bytes that a stream gives. */
export function keepEnd(stream: Readable | null, limit: number): () => Buffer {
  let end: Buffer = Buffer.alloc(0);
  stream?.on('data', (chunk: Buffer) => {
    const joined = chunk.length >= limit ? chunk : Buffer.concat([end, chunk]);
    end = joined.subarray(Math.max(0, joined.length - limit));
  });
  return () => end;
}
