/** Contents of a file of a sample tree, produced on demand: a large file costs nothing until it is read. */
export interface SampleContents {
  /** Bytes. */
  readonly size: number;
  /** Fills `target` from byte `position` on. */
  read(position: number, target: Uint8Array): void;
}

/** Just these bytes. */
export function exactly(bytes: Uint8Array | string): SampleContents {
  const contents = Buffer.from(bytes);
  return {
    size: contents.length,
    read: (position, target) => target.set(contents.subarray(position, position + target.length)),
  };
}

/** Bytes without a rhythm that a block size could hide; files of different seeds differ from their first byte on. */
export function pattern(size: number, seed = 0): SampleContents {
  return {
    size,
    read(position, target) {
      for (let done = 0; done < target.length; ) {
        const from = (position + done + seed * 7919) % NOISE.length;
        const piece = NOISE.subarray(from, from + target.length - done);
        target.set(piece, done);
        done += piece.length;
      }
    },
  };
}

/** Zeros, but for the bytes given at some positions. */
export function mostlyZero(size: number, marks: ReadonlyMap<number, Uint8Array> = new Map()): SampleContents {
  return {
    size,
    read(position, target) {
      target.fill(0);
      for (const [at, bytes] of marks) {
        const from = Math.max(at, position);
        const to = Math.min(at + bytes.length, position + target.length);
        if (from < to) {
          target.set(bytes.subarray(from - at, to - at), from - position);
        }
      }
    },
  };
}

/** All of some contents. */
export function allOf(contents: SampleContents): Buffer {
  const bytes = Buffer.alloc(contents.size);
  contents.read(0, bytes);
  return bytes;
}

/** As many bytes as a prime number says, none of them zero: no two blocks of a file are alike. */
const NOISE = makeNoise(65_521);

function makeNoise(length: number): Uint8Array {
  const noise = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    noise[i] = 1 + ((state >>> 16) % 255);
  }
  return noise;
}
