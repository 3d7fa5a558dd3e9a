import { errorCode } from '../errors/error-code.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Log } from '../runner/log.ts';
import { formatCount } from '../text/format.ts';
import type { Pool } from '../threads/pool.ts';
import type { Directory } from '../tree/compose.ts';
import { nestDirectory } from '../tree/flat-directory.ts';
import { findExtendedAttributes } from '../tree/root-files/extended-attributes.ts';
import { writableEntries } from '../tree/root-files/scan.ts';
import type { TreeTasks } from '../tree/tree-tasks.ts';

/** The inputs for the root of the image. */
export type RootInput = 'rootParts' | 'rootFiles' | 'rootFilesMode';

interface RootFiles {
  readonly inputs: Pick<Inputs, RootInput>;
  readonly pool: Pool<TreeTasks>;
  readonly log: Pick<Log, 'warning' | 'detail'>;
  readonly signal: AbortSignal;
}

/** Reads what the inputs put on the root of the image. Warns of what every user may write, and of what an image leaves out. */
export async function readRootFiles({ inputs, pool, log, signal }: RootFiles): Promise<readonly Directory[]> {
  const { rootParts, rootFiles, rootFilesMode: permissions } = inputs;
  const scan = async (input: Parameters<TreeTasks['scanRootFiles']>[0]): Promise<Directory> =>
    nestDirectory(await pool.run('scanRootFiles', input));
  const given = await Promise.all(rootFiles.map((path) => scan({ path, permissions })));
  warnOfWritable(given, log);
  await warnOfAttributes(rootFiles, log, signal);
  if (rootParts === undefined) {
    return given;
  }
  const { directory: path, modes } = rootParts;
  return [await scan({ path, permissions: modes }), ...given];
}

function warnOfWritable(directories: readonly Directory[], log: RootFiles['log']): void {
  const writable = directories.flatMap((directory) => writableEntries(directory));
  if (writable.length > 0) {
    log.warning(
      'Every user of the device may change files',
      `root-files has ${formatCount(writable.length, 'path')} that every user may write: ${firstOf(writable)}. ` +
        'The image keeps these permissions. If they come from the umask of the runner, set root-files-mode to git, or remove ' +
        'them before this step, for instance with `chmod -R o-w`.',
    );
  }
}

async function warnOfAttributes(paths: readonly string[], log: RootFiles['log'], signal: AbortSignal): Promise<void> {
  try {
    const found = await Promise.all(paths.map((path) => findExtendedAttributes(path, signal)));
    const shown = found.flat().map(({ path, names }) => `${path} (${names.join(', ')})`);
    if (shown.length > 0) {
      log.warning(
        'Extended attributes are not in the image',
        `root-files has ${formatCount(shown.length, 'path')} with capabilities, ACLs or other attributes: ${firstOf(shown)}. ` +
          'The image leaves them out. Set them on the device, for instance with systemd-tmpfiles or security.wrappers. With an ' +
          'ACL, the permissions of the group, which the image keeps, are the mask of the ACL.',
      );
    }
  } catch (error) {
    if (errorCode(error) !== 'PROGRAM_MISSING') {
      throw error;
    }
    log.detail('getfattr is not installed: extended attributes of root-files are not looked for.');
  }
}

/** The first of many, for a message. */
function firstOf(texts: readonly string[]): string {
  return `${texts.slice(0, SHOWN).join(', ')}${texts.length > SHOWN ? ', …' : ''}`;
}

const SHOWN = 5;
