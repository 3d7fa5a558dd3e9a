import type { FinishedFile } from '../image/finished-file.ts';

/** What a file beside the image is. */
export type CompanionKind = 'manifest' | 'sbom' | 'block-map' | 'imager-manifest' | 'checksums';

/** A file beside the image. */
export interface Companion extends FinishedFile {
  readonly kind: CompanionKind;
}
