/** Memory for a range of an image and its frame, shared by all threads so that nothing is copied. */
export interface FrameSlot {
  /** The zeros that the codec wants, and the range. */
  readonly input: Uint8Array<SharedArrayBuffer>;
  readonly frame: Uint8Array<SharedArrayBuffer>;
}

/** Allocates slots for frames of up to `frameBytes` uncompressed bytes. Memory that is not written is not used. */
export function createSlots({ count, leadBytes, frameBytes }: SlotSizes): FrameSlot[] {
  return Array.from({ length: count }, () => ({
    input: new Uint8Array(new SharedArrayBuffer(leadBytes + frameBytes)),
    frame: new Uint8Array(new SharedArrayBuffer(frameBytes + EXPANSION)),
  }));
}

interface SlotSizes {
  readonly count: number;
  /** Zeros before the range, which are never written. */
  readonly leadBytes: number;
  readonly frameBytes: number;
}

/** Incompressible data grows: by less than this, with any codec, for frames up to 16 MiB. */
const EXPANSION = 1024 * 1024;
