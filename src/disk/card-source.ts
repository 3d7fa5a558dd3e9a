import { composeSources, type Part } from '../bytes/compose.ts';
import type { ImageSource } from '../bytes/source.ts';
import { windowOf } from '../bytes/window.ts';
import { blobRanges } from './blobs.ts';
import type { CardLayout } from './card-layout.ts';
import { encodeTable } from './table.ts';

/** The sources of what is on a card, each of the size in its layout. */
export interface CardParts {
  /** `undefined` if the layout has no firmware partition. */
  readonly firmware: ImageSource | undefined;
  readonly filesystem: ImageSource;
  /** One for each blob of the layout, in the same order. */
  readonly blobs: readonly ImageSource[];
}

/** A card as bytes. */
export function createCardSource(layout: CardLayout, { firmware, filesystem, blobs }: CardParts): ImageSource {
  const parts: Part[] = [
    ...encodeTable(layout).map(({ offset, bytes }) => ({ offset, source: memorySource(bytes) })),
    ...blobs.flatMap((source, i) => placeBlob(source, layout.blobs[i].offset)),
    { offset: layout.filesystem.offset, source: filesystem },
  ];
  if (layout.firmware !== undefined && firmware !== undefined) {
    parts.push({ offset: layout.firmware.offset, source: firmware });
  }
  return composeSources(
    layout.size,
    parts.sort((a, b) => a.offset - b.offset),
  );
}

function placeBlob(source: ImageSource, offset: number): readonly Part[] {
  return blobRanges({ offset, size: source.size }).map((range) => {
    const part = windowOf(source, { offset: range.offset - offset, length: range.length });
    return { offset: range.offset, source: { ...part, dataRanges: (within) => [within] } };
  });
}

/** Bytes as a source, all of them data. */
function memorySource(bytes: Uint8Array): ImageSource {
  return {
    size: bytes.length,
    read(target, offset) {
      target.set(bytes.subarray(offset, offset + target.length));
    },
    dataRanges: (within) => [within],
  };
}
