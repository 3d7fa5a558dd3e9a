/** Memory for a range of an image and its frame, shared by all threads so that nothing is copied. */
export interface FrameSlot {
  readonly uncompressed: Uint8Array<SharedArrayBuffer>;
  readonly frame: Uint8Array<SharedArrayBuffer>;
}

/** Allocates `count` slots for frames of up to `frameBytes` uncompressed bytes. Memory that is not written is not used. */
export function createSlots(count: number, frameBytes: number): FrameSlot[] {
  return Array.from({ length: count }, () => ({
    uncompressed: new Uint8Array(new SharedArrayBuffer(frameBytes)),
    frame: new Uint8Array(new SharedArrayBuffer(frameBytes + EXPANSION)),
  }));
}

/** Incompressible data grows: by less than this, with any codec, for frames up to 16 MiB. */
const EXPANSION = 1024 * 1024;
