import { type NixStoreOptions, nixStore } from '../nix/nix-store.ts';
import { VERSION } from './version.ts';

/** Versions of what made and proved an image, for its manifest; Nix's is left out if it is not told in the known form. */
export async function toolVersions(
  e2fsck: string,
  options: NixStoreOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await nixStore(['--version'], options);
  const nix = /^nix-store \(.*\) (\S+)$/m.exec(stdout.toString('latin1'))?.[1];
  return { 'nix-ext4-image': VERSION, e2fsck, ...(nix === undefined ? {} : { nix }) };
}
