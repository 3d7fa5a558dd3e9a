import { join } from 'node:path';
import { printable } from '../src/text/printable.ts';
import { runAction } from '../test/support/action.ts';
import type { Surroundings } from './files.ts';
import type { Kind } from './kinds.ts';

/** An image that the action made. */
export interface MadeImage {
  /** Of the compressed image. */
  readonly path: string;
  /** Of its block map. */
  readonly blockMap: string;
  /** Bytes, without compression. */
  readonly size: number;
  /** How many are in it. */
  readonly storePaths: number;
}

/** Has the action make the image of a card that boots a system. `directory` is for its files, and its output. */
export async function makeImage(
  kind: Kind,
  {
    system,
    surroundings,
    directory,
  }: { readonly system: string; readonly surroundings: Surroundings; readonly directory: string },
): Promise<MadeImage> {
  const { firmware, root, blob, blobOffset } = surroundings;
  const inputs = {
    format: 'sd-card',
    system,
    'partition-table': kind.table,
    ...(kind.bootPartition === 'firmware' ? { 'firmware-size': '256MiB', 'boot-partition': 'firmware' } : {}),
    'firmware-files': firmware,
    'root-files': root,
    'nix-database': `${kind.nixDatabase === true}`,
    bootloader: `${blob}@${blobOffset}`,
    compression: 'zstd',
  };
  const { exitCode, log, outputs } = await runAction(inputs, { directory });
  for (const line of log.split('\n').filter((text) => !/^(::|$)/.test(text))) {
    console.log(`  | ${printable(line)}`);
  }
  if (exitCode !== 0) {
    throw new Error('The action failed, see above.');
  }
  const path = outputs['image-path'];
  const blockMap = join(path, '../nixos.img.bmap');
  return {
    path,
    blockMap,
    size: Number(outputs['uncompressed-size']),
    storePaths: Number(outputs['closure-paths']),
  };
}
