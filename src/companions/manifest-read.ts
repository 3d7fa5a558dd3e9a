import { parseStorePath } from '../nix/store-path.ts';
import { MANIFEST_VERSION } from './manifest.ts';

/** A store path of an earlier image, and the bytes of its Nix archive. */
export interface EarlierStorePath {
  readonly path: string;
  readonly narSize: number;
}

/**
 * Reads the store paths of a manifest of version 1. What else it holds is not looked at. Throws an `Error` that says what
 * is wrong: no JSON, no manifest, a manifest of another version, an entry that is no store path of `directory`.
 */
export function readManifestPaths(text: string, directory: string): readonly EarlierStorePath[] {
  const manifest: unknown = JSON.parse(text);
  if (!isObject(manifest) || typeof manifest.manifestVersion !== 'number' || !Array.isArray(manifest.storePaths)) {
    throw new Error('It is JSON, but has no manifestVersion and storePaths, as the manifest of an image has.');
  }
  if (manifest.manifestVersion !== MANIFEST_VERSION) {
    throw new Error(
      `It is a manifest of version ${manifest.manifestVersion}; version ${MANIFEST_VERSION} can be read.`,
    );
  }
  const entries: readonly unknown[] = manifest.storePaths;
  return entries.map((entry, i) => {
    if (!isObject(entry) || typeof entry.path !== 'string' || !isSize(entry.narSize)) {
      throw new Error(`Entry ${i} of its storePaths has no path and narSize.`);
    }
    return { path: parseStorePath(entry.path, directory).path, narSize: entry.narSize };
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
