import type { RandomAccess } from '../bytes/source.ts';
import { type OpenAccess, openFile } from './file-access.ts';
import { type FrameFile, openFrames } from './frame-access.ts';

/** How to read a finished image file: plain data, so that any thread can open it. */
export type AccessDescription = RawAccess | FrameAccess;

export interface RawAccess {
  readonly kind: 'raw';
  readonly path: string;
  readonly size: number;
}

export interface FrameAccess extends FrameFile {
  readonly kind: 'frames';
}

/** Opens the uncompressed bytes of a finished image file. */
export function openAccess(description: AccessDescription): OpenAccess {
  return description.kind === 'raw' ? openFile(description.path, description.size) : openFrames(description);
}

/** Opens a finished image file, passes it to `work`, and closes it. */
export function withAccess<T>(description: AccessDescription, work: (image: RandomAccess) => T): T {
  using image = openAccess(description);
  return work(image);
}
