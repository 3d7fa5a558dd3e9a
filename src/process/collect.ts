/** Collects the bytes that a program writes. */
export interface Collector {
  readonly add: (chunk: Buffer) => void;
  readonly bytes: () => Buffer;
}

/** Collects everything; calls `onOverflow` when there are more than `limit` bytes, and drops what follows. */
export function collectAll(limit: number, onOverflow: () => void): Collector {
  const chunks: Buffer[] = [];
  let total = 0;
  return {
    add(chunk) {
      total += chunk.length;
      if (total > limit) {
        onOverflow();
        return;
      }
      chunks.push(chunk);
    },
    bytes: () => Buffer.concat(chunks),
  };
}

/** Collects the last `limit` bytes. */
export function collectEnd(limit: number): Collector {
  let end: Buffer = Buffer.alloc(0);
  return {
    add(chunk) {
      const joined = chunk.length >= limit ? chunk : Buffer.concat([end, chunk]);
      end = joined.subarray(Math.max(0, joined.length - limit));
    },
    bytes: () => end,
  };
}
