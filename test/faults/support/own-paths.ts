import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildPaths, nix, type Recipe } from '../../support/nix-store.ts';

/**
 * Builds store paths that only this test uses, so that it can damage them. Contents that include `$nonce` are unique. The
 * paths are deleted when the test has finished.
 */
export function ownPaths(recipes: Readonly<Record<string, Recipe>>): Readonly<Record<string, string>> {
  const nonce = randomUUID();
  const own = Object.entries(recipes).map(([name, { script, ...rest }]) => {
    return [name, { ...rest, script: `nonce=${nonce}\n${script}` }] as const;
  });
  const paths = buildPaths(Object.fromEntries(own));
  onTestFinished(() => deletePaths(Object.values(paths)));
  return paths;
}

/** A store path with a file `share/victim` of about 100 KB and some other files, and a path that refers to it. */
export function ownVictim(): { readonly root: string; readonly path: string; readonly file: string } {
  const { 'fault-victim': path = '', 'fault-root': root = '' } = ownPaths({
    'fault-victim': {
      script: `mkdir -p $out/share $out/bin; echo $nonce > $out/share/other; echo $nonce > $out/share/twin
        i=0; while [ $i -lt 2000 ]; do echo "$nonce of the victim, line $i"; i=$((i + 1)); done > $out/share/victim
        printf '#!/bin/sh\\n# %s\\n' $nonce > $out/bin/tool; chmod +x $out/bin/tool; ln -s tool $out/bin/link`,
    },
    'fault-root': {
      uses: { victim: 'fault-victim' },
      script: 'mkdir $out; ln -s $victim $out/victim; echo $nonce > $out/own',
    },
  });
  return { root, path, file: join(path, 'share/victim') };
}

/** Replaces what the database of Nix has of a path without references: hash or size. */
export function registerAs(path: string, what: { readonly hash?: string; readonly size?: string }): void {
  const query = (field: string): string => nix('nix-store', ['--query', field, path]).toString().trim();
  const { hash = query('--hash').replace('sha256:', ''), size = query('--size') } = what;
  const base16 = hash.length === 64 ? hash : nix('nix-hash', ['--to-base16', '--type', 'sha256', hash]);
  nix('nix-store', ['--load-db'], { input: Buffer.from(`${path}\n${base16.toString().trim()}\n${size}\n\n0\n`) });
}

/** Flips one bit in the middle of a file, which keeps its size and its times. */
export function flipBit(file: string): void {
  const { atime, mtime, size } = lstatSync(file);
  const bytes = readFileSync(file);
  bytes[size >> 1] = (bytes[size >> 1] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
  utimesSync(file, atime, mtime);
}

/** Whether Nix finds the registered contents in a store path. */
export function isIntact(path: string): boolean {
  try {
    nix('nix-store', ['--verify-path', path]);
    return true;
  } catch {
    return false;
  }
}

function deletePaths(paths: readonly string[]): void {
  const roots = join(tmpdir(), 'nix-ext4-image-test-roots');
  for (const link of readdirSync(roots).map((name) => join(roots, name))) {
    if (paths.includes(targetOf(link))) {
      unlinkSync(link);
    }
  }
  nix('nix-store', ['--delete', '--ignore-liveness', ...paths]);
}

/** The target of a link; empty if it is not a link, or was removed: other tests make and remove links at the same time. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
