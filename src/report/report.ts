import type { Companion } from '../companions/companion.ts';
import type { FinishedImage } from '../image/finished-file.ts';
import type { PhaseTime } from '../runner/log.ts';
import type { Changes, StorePathSize } from './changes.ts';

/** The results of a run for outputs and job summary. Sizes are in bytes, hashes in hexadecimal. */
export interface Report {
  readonly image: ImageReport;
  readonly filesystem: {
    readonly uuid: string;
    readonly label: string;
    /** What every user of the device can still write. */
    readonly freeBytes: number;
    /** Inode tables, journal, bitmaps, directories, descriptors and their backups. */
    readonly structureBytes: number;
  };
  /** What boots the system, and from where, as a phrase; `undefined` for an image without one. */
  readonly boot?: string | undefined;
  /** Inputs whose values are from the input `parts`, with these values. */
  readonly settings?: readonly (readonly [string, string])[];
  readonly closure: {
    readonly storePaths: readonly StorePathSize[];
    /** Sum of the sizes of the paths as Nix archives. */
    readonly narBytes: number;
  };
  /** Saved by storing equal files once; `undefined` if that was turned off. */
  readonly deduplicatedBytes: number | undefined;
  /** The checks that the image has passed, with their results, such as "480 store paths as registered". */
  readonly checks: readonly { readonly name: string; readonly result: string }[];
  readonly phases: readonly PhaseTime[];
  readonly seconds: number;
  /** `undefined` if it was not uploaded. */
  readonly artifact: ArtifactReport | undefined;
  /** The files beside the image. */
  readonly companions: readonly Companion[];
  /** What changed since an earlier image; `undefined` if none was named. */
  readonly changes?: ChangesReport | undefined;
  /** `undefined` if the files were not attached to a release. */
  readonly release?: ReleaseReport | undefined;
}

/** The file that is left, and the image in it: the same unless it is compressed. */
export interface ImageReport extends FinishedImage {
  readonly fileName: string;
}

export interface ChangesReport {
  /** Name of the file that describes the earlier image. */
  readonly baseline: string;
  readonly changes: Changes;
}

export interface ReleaseReport {
  readonly tag: string;
  readonly url: string;
  readonly isDraft: boolean;
  readonly files: readonly ReleasedFile[];
  /** Command that joins the parts of a split image; `undefined` if it is whole. */
  readonly joinCommand: string | undefined;
}

export interface ReleasedFile {
  readonly name: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

export interface ArtifactReport {
  readonly id: number;
  /** `undefined` if the runner does not name the repository and the run. */
  readonly url: string | undefined;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
}
