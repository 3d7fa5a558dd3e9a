import type { ImageSource } from '../bytes/source.ts';
import type { HostFiles } from '../system/host-files.ts';

/** A file of this machine as part of an image, all of it data. */
export function hostFileSource(files: HostFiles, file: number, size: number): ImageSource {
  return {
    size,
    read: (target, offset) => files.read(file, offset, target),
    dataRanges: (within) => [within],
  };
}
