import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '../../src/process/run.ts';
import { printable } from '../../src/text/printable.ts';
import { runTool } from './run-tool.ts';
import { listTree, type TreeEntry } from './tree-listing.ts';

export interface OldRecipe {
  /** The closure: paths directly in /nix/store. Every name in them must be plain (see OldImage). */
  readonly storePaths: readonly string[];
  /** File that becomes /nix-path-registration. */
  readonly registrationFile: string;
  readonly volumeLabel: string;
  readonly uuid: string;
}

export interface OldImage {
  /** What debugfs printed on standard error: the recipe's error log. */
  readonly errorLog: string;
  /** Size of the image, bytes, as the recipe guesses it. */
  readonly size: number;
}

// As in the recipe: what is known to go wrong with debugfs, which always exits with 0.
const FAILURE = /Could not allocate|File not found/;
const FAKE_TIME = { E2FSPROGS_FAKE_TIME: '1' };

/**
 * Makes an image as nixpkgs' make-ext4-fs.nix did until it came to use `mkfs.ext4 -d`: a size by rule of thumb, mkfs.ext4, then debugfs
 * driven by a script with one mkdir, write or symlink an entry, and "sif" for mode and group. The result is for comparison.
 *
 * The recipe splits names at spaces, and silently loses everything after them in the closure; here such names are an error.
 *
 * @throws Error if a tool fails, the error log reports a failure, or fsck finds a fault.
 */
export async function makeOldImage(imagePath: string, recipe: OldRecipe): Promise<OldImage> {
  const trees = recipe.storePaths.map((path) => ({ path, entries: listTree(path, { contents: false }) }));
  const commands = [
    `write ${plain(recipe.registrationFile)} nix-path-registration`,
    'mkdir nix',
    'cd /nix',
    'mkdir store',
    ...trees.flatMap(({ path, entries }) => entries.flatMap((entry) => commandsFor(path, entry))),
  ];
  const size = guessSize(trees.flatMap(({ entries }) => entries));
  writeFileSync(imagePath, '', { flag: 'wx' });
  truncateSync(imagePath, size);
  const naming = ['-L', recipe.volumeLabel, '-U', recipe.uuid];
  await runTool('mkfs.ext4', ['-q', '-F', ...naming, imagePath], { environment: FAKE_TIME });
  const { stderr, stdout } = await runDebugfs(imagePath, commands);
  const errorLog = stderr.toString();
  if (FAILURE.test(errorLog) || FAILURE.test(stdout.toString())) {
    throw new Error(`debugfs could not fill the image of ${size} bytes:\n${errorLog}`);
  }
  await runTool('fsck.ext4', ['-n', '-f', imagePath]);
  return { errorLog, size };
}

async function runDebugfs(imagePath: string, commands: readonly string[]): Promise<RunResult> {
  using cleanup = new DisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'old-recipe-'));
  cleanup.defer(() => rmSync(directory, { recursive: true }));
  const script = join(directory, 'commands');
  writeFileSync(script, `${commands.join('\n')}\n`);
  return await runTool('debugfs', ['-w', '-f', script, imagePath], { environment: FAKE_TIME });
}

// The recipe's rule of thumb: two blocks an inode, and 3 % over the data.
function guessSize(entries: readonly TreeEntry[]): number {
  const dataBlocks = entries.reduce((sum, { size }) => sum + Math.ceil(size / 4096), 0);
  return 2 * 4096 * entries.length + 4096 * Math.floor(dataBlocks * 1.03);
}

function commandsFor(storePath: string, entry: TreeEntry): readonly string[] {
  const place = plain(join(storePath, entry.path.toString()));
  const slash = place.lastIndexOf('/');
  const [directory, name] = [place.slice(0, slash), place.slice(slash + 1)];
  return [`cd ${directory}`, ...makeEntry(entry, place, name), `sif ${name} gid 30000`];
}

function makeEntry({ type, mode, target }: TreeEntry, place: string, name: string): readonly string[] {
  // The type bits of an inode's mode, S_IFDIR and S_IFREG.
  if (type === 'directory') {
    return [`mkdir ${name}`, `sif ${name} mode ${0o040000 | mode}`];
  }
  if (type === 'file') {
    return [`write ${place} ${name}`, `sif ${name} mode ${0o100000 | mode}`];
  }
  if (type === 'symlink') {
    return [`symlink ${name} ${plain(target?.toString() ?? '')}`];
  }
  throw new Error(`${printable(place)} is neither a file, a directory nor a symlink`);
}

function plain(text: string): string {
  if (/^[\w/.+@%,:=~^!()[\]{}-]+$/.test(text)) {
    return text;
  }
  throw new Error(`the old recipe cannot write ${printable(text)}: debugfs takes it apart`);
}
