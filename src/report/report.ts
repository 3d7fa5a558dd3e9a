import type { PhaseTime } from '../runner/log.ts';
import type { Changes } from './changes.ts';

/** What a run has made, as the outputs and the job summary tell it. Sizes are in bytes, hashes in hexadecimal. */
export interface Report {
  /** The file that is left, and the image that is in it: the same unless it is compressed. */
  readonly image: {
    /** Absolute. */
    readonly path: string;
    readonly fileName: string;
    readonly size: number;
    readonly sha256: string;
    readonly uncompressedSize: number;
    readonly uncompressedSha256: string;
  };
  readonly filesystem: {
    readonly uuid: string;
    readonly label: string;
    /** What every user of the device can still fill. */
    readonly freeBytes: number;
    /** Inode tables, journal, bitmaps, directories, descriptors and their backups. */
    readonly structureBytes: number;
  };
  readonly closure: {
    readonly storePaths: readonly StorePathSize[];
    /** Sum of the sizes of the paths as Nix archives. */
    readonly narBytes: number;
  };
  /** What is not in the image because an equal file is; `undefined` if equal files were not looked for. */
  readonly deduplicatedBytes: number | undefined;
  /** Each verification that the image has passed, with what it found, such as "480 store paths as registered". */
  readonly checks: readonly { readonly name: string; readonly result: string }[];
  readonly phases: readonly PhaseTime[];
  readonly seconds: number;
  /** `undefined` if it was not uploaded. */
  readonly artifact: ArtifactReport | undefined;
  /** Absolute paths of the manifest and of the checksums. */
  readonly manifestPath?: string | undefined;
  readonly checksumsPath?: string | undefined;
  /** What changed since an earlier image; `undefined` if none was named. */
  readonly changes?: ChangesReport | undefined;
  /** `undefined` if the files were not attached to a release. */
  readonly release?: ReleaseReport | undefined;
}

export interface ChangesReport {
  /** Name of the file that the earlier image is known from. */
  readonly baseline: string;
  readonly changes: Changes;
}

export interface ReleaseReport {
  readonly tag: string;
  readonly url: string;
  readonly isDraft: boolean;
  readonly files: readonly ReleasedFile[];
  /** How the parts of an image that was split are joined; `undefined` if it was not. */
  readonly joinCommand: string | undefined;
}

export interface ReleasedFile {
  readonly name: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

export interface StorePathSize {
  /** Such as `/nix/store/<hash>-<name>`. */
  readonly path: string;
  readonly narSize: number;
}

export interface ArtifactReport {
  readonly id: number;
  /** `undefined` where the runner does not tell of which repository and run this is. */
  readonly url: string | undefined;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
}
