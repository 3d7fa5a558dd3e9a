import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { userError } from '../../errors/user-error.ts';
import { findSystemProgram } from '../../process/find-program.ts';
import { run } from '../../process/run.ts';
import { quote } from '../../text/escape.ts';
import type { Volume } from './volume.ts';

/** An ext4 filesystem at byte `offset` of the file at `path`. */
export interface Ext4Place {
  readonly path: string;
  readonly offset: number;
}

/**
 * Runs a command of debugfs, which reads every ext4 filesystem, also one that a kernel has changed. It ends with 0 whatever
 * happens, so the result is what it writes.
 */
export async function debugfs({ path, offset }: Ext4Place, command: string): Promise<Buffer> {
  // Options follow a question mark, which a directory's name can contain. So it runs in the directory.
  const args = ['-c', '-R', command, `${basename(path)}?offset=${offset}`];
  const { stdout } = await run(findSystemProgram('debugfs'), args, { workingDirectory: dirname(path) });
  return stdout;
}

/** A name within a command of debugfs. Throws for a name that no command can have. */
export function quoteForDebugfs(name: string): string {
  if (/["\n\\]/.test(name)) {
    throw userError({
      title: 'A name on the image cannot be read',
      message: `${quote(name)} has a character that debugfs has no name for.`,
      remedy: 'Rename the file on the image.',
    });
  }
  return `"${name}"`;
}

/** The ext4 filesystem at a place as a volume. */
export function ext4Volume(place: Ext4Place, name: string): Volume {
  const extract = async (path: string, target: string): Promise<boolean> => {
    rmSync(target, { force: true });
    await debugfs(place, `dump ${quoteForDebugfs(path)} ${quoteForDebugfs(target)}`);
    return existsSync(target);
  };
  return {
    kind: 'ext4',
    name,
    extract,
    async list(directory) {
      const listing = await debugfs(place, `ls -p ${quoteForDebugfs(directory)}`);
      return parseListing(listing.toString('latin1'));
    },
    async read(path) {
      if ((await debugfs(place, `stat ${quoteForDebugfs(path)}`)).length === 0) {
        return undefined;
      }
      return debugfs(place, `cat ${quoteForDebugfs(path)}`);
    },
  };
}

/** Reads the names of what `ls -p` of debugfs prints: `/inode/mode/uid/gid/name/size/`. */
export function parseListing(text: string): readonly string[] {
  const names = [...text.matchAll(/^\/\d+\/\d+\/\d+\/\d+\/(.*)\/\d*\/$/gm)].map(([, name]) => name);
  return names.filter((name) => name !== '.' && name !== '..');
}

/** Copies directories of the filesystem into a directory of this machine, by one run of debugfs. */
export async function copyOut(place: Ext4Place, paths: readonly string[], target: string): Promise<void> {
  const commands = join(target, '.commands');
  writeFileSync(commands, paths.map((path) => `rdump ${quoteForDebugfs(path)} ${quoteForDebugfs(target)}\n`).join(''));
  const args = ['-c', '-f', commands, `${basename(place.path)}?offset=${place.offset}`];
  await run(findSystemProgram('debugfs'), args, { workingDirectory: dirname(place.path) });
  rmSync(commands);
}
