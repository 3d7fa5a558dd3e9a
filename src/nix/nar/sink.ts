import { createHash, type Hash } from 'node:crypto';

export interface NarHash {
  /** SHA-256 of the archive, which Nix registers of a store path. */
  readonly hash: Buffer;
  /** Size of the archive in bytes. */
  readonly size: number;
}

/** Receives the bytes of a Nix archive and computes its hash and size. */
export interface NarSink {
  readonly hash: Hash;
  readonly buffer: Buffer;
  /** Bytes in the buffer that are not hashed yet. */
  used: number;
  /** Bytes that are. */
  hashed: number;
}

/** Collects small pieces: a call of the hash function costs as much as hashing a kilobyte. */
const BUFFER_SIZE = 256 * 1024;

/** Starts an archive. `buffer` may come from an archive that is finished, but two archives must not share one. */
export function createSink(buffer: Buffer = createSinkBuffer()): NarSink {
  return { hash: createHash('sha256'), buffer, used: 0, hashed: 0 };
}

/** Allocates the memory that a sink needs. */
export function createSinkBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(BUFFER_SIZE);
}

/** Ends the archive. The sink must not be used after that. */
export function finish(sink: NarSink): NarHash {
  flush(sink);
  return { hash: sink.hash.digest(), size: sink.hashed };
}

/** Appends bytes without framing, at most 256 KiB. */
export function put(sink: NarSink, bytes: Uint8Array): void {
  reserve(sink, bytes.length);
  sink.buffer.set(bytes, sink.used);
  sink.used += bytes.length;
}

/** Appends bytes as a string of the archive, at most 256 KiB. */
export function putString(sink: NarSink, bytes: Uint8Array): void {
  putNumber(sink, bytes.length);
  put(sink, bytes);
  putPadding(sink, bytes.length);
}

/** The contents of a file: `read` fills `target` from byte `position` on. */
interface Contents {
  readonly size: number;
  read(position: number, target: Uint8Array): void;
}

/** Appends the contents of a file as a string of the archive. */
export function putContents(sink: NarSink, contents: Contents): void {
  const { size } = contents;
  putNumber(sink, size);
  let position = 0;
  while (position < size) {
    // What does not fit starts an empty buffer: large files are read in whole buffers, at multiples of its size.
    reserve(sink, Math.min(size - position, BUFFER_SIZE));
    const length = Math.min(size - position, BUFFER_SIZE - sink.used);
    contents.read(position, sink.buffer.subarray(sink.used, sink.used + length));
    sink.used += length;
    position += length;
  }
  putPadding(sink, size);
}

/** Encodes words as strings of an archive: the length as 64 bits, little endian, the bytes, zeros up to a multiple of 8. */
export function tokens(...words: readonly string[]): Uint8Array {
  return Buffer.concat(
    words.map((word) => {
      const token = Buffer.alloc(8 + Math.ceil(word.length / 8) * 8);
      token.writeUInt32LE(word.length);
      token.write(word, 8, 'latin1');
      return token;
    }),
  );
}

function putNumber(sink: NarSink, value: number): void {
  reserve(sink, 8);
  sink.buffer.writeUInt32LE(value % 2 ** 32, sink.used);
  sink.buffer.writeUInt32LE(Math.floor(value / 2 ** 32), sink.used + 4);
  sink.used += 8;
}

function putPadding(sink: NarSink, length: number): void {
  // Always fits: each string starts at a multiple of 8, and the buffer ends at one.
  const padding = (8 - (length % 8)) % 8;
  sink.buffer.fill(0, sink.used, sink.used + padding);
  sink.used += padding;
}

/** Makes sure that `length` bytes fit into the buffer. */
function reserve(sink: NarSink, length: number): void {
  if (sink.used + length > BUFFER_SIZE) {
    flush(sink);
  }
}

function flush(sink: NarSink): void {
  sink.hash.update(sink.buffer.subarray(0, sink.used));
  sink.hashed += sink.used;
  sink.used = 0;
}
