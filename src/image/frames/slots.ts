import { release } from './buffers.ts';

/**
 * Memory for a range of an image and its frame. It moves from thread to thread and is never copied; a thread that has sent it
 * has empty arrays.
 */
export interface FrameSlot {
  /** The zeros that the codec wants, and the range. */
  readonly input: Uint8Array<ArrayBuffer>;
  readonly frame: Uint8Array<ArrayBuffer>;
}

/** Allocates slots for frames of up to `frameBytes` uncompressed bytes. Memory that is not written is not used. */
export function createSlots({ count, leadBytes, frameBytes }: SlotSizes): FrameSlot[] {
  return Array.from({ length: count }, () => ({
    input: new Uint8Array(leadBytes + frameBytes),
    frame: new Uint8Array(frameBytes + EXPANSION),
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

/** What is transferred when a slot moves to another thread. */
export function buffersOf({ input, frame }: FrameSlot): readonly ArrayBuffer[] {
  return [input.buffer, frame.buffer];
}

/** Frees the memory of a slot, unless another thread has it. */
export function releaseSlot({ input, frame }: FrameSlot): void {
  release(input);
  release(frame);
}
