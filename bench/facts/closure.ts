import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A closure to make images of. */
export interface Closure {
  /** The store paths that were asked for. */
  readonly roots: readonly string[];
  /** All store paths, sorted. */
  readonly storePaths: readonly string[];
  /** Sum of the sizes as Nix archives, bytes. */
  readonly narBytes: number;
  /** Directory with the files that the peers read: "store-paths", one a line, and "registration". */
  readonly directory: string;
}

/** Asks Nix for the closure of store paths, or of links to them, and leaves what the peers need in a new directory. */
export function openClosure(paths: readonly string[], directory: string): Closure {
  const roots = runNix('--query', ...paths).split('\n');
  const storePaths = [...new Set(runNix('--query', '--requisites', ...roots).split('\n'))].sort();
  const narBytes = inPieces(storePaths)
    .flatMap((piece) => runNix('--query', '--size', ...piece).split('\n'))
    .reduce((sum, size) => sum + Number(size), 0);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'store-paths'), `${storePaths.join('\n')}\n`);
  const registration = inPieces(storePaths).map((piece) => `${runNix('--dump-db', ...piece)}\n`);
  writeFileSync(join(directory, 'registration'), registration.join(''));
  return { roots, storePaths, narBytes, directory };
}

/** Runs nix-store and gives what it prints. */
export function runNix(...args: readonly string[]): string {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  return execFileSync('nix-store', args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio }).trim();
}

/** As many store paths as a command line takes. */
const PIECE = 5000;

function inPieces(paths: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(paths.length / PIECE);
  return Array.from({ length: count }, (_, i) => paths.slice(i * PIECE, (i + 1) * PIECE));
}
