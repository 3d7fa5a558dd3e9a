import { realpathSync } from 'node:fs';
import { run } from '../../process/run.ts';
import { printable } from '../../text/printable.ts';

/** A file or directory with extended attributes, which an image does not have. */
export interface Attributed {
  /** The path below the directory, starting with a slash; safe to print. */
  readonly path: string;
  /** The names of its attributes, such as `security.capability`; safe to print. */
  readonly names: readonly string[];
}

/**
 * Finds what has extended attributes below a directory: capabilities, ACLs and those of users. Labels of a security module
 * belong to the machine and are left out. Node.js cannot read them: this runs getfattr of Debian's package attr, and throws
 * `PROGRAM_MISSING` without it.
 */
export async function findExtendedAttributes(
  directory: string,
  signal: AbortSignal | undefined,
): Promise<readonly Attributed[]> {
  const root = realpathSync(directory);
  const options = ['--recursive', '--physical', '--no-dereference', '--absolute-names', '--match=-', '--'];
  // It fails where a filesystem has no attributes.
  const { stdout } = await run('getfattr', [...options, root], { signal, allowFailure: true });
  return parseAttributes(stdout.toString('latin1'), root);
}

/** Blocks of `# file: path`, one line for each name, and an empty line. */
function parseAttributes(output: string, root: string): readonly Attributed[] {
  const prefix = Buffer.from(root).toString('latin1');
  return output.split('\n\n').flatMap((block) => {
    const [file = '', ...names] = block.split('\n').filter((line) => line !== '');
    const ofFile = names.filter((name) => !OF_THE_MACHINE.has(name));
    if (!file.startsWith(FILE) || ofFile.length === 0) {
      return [];
    }
    const path = unescapeOctal(file.slice(FILE.length));
    const below = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : '/';
    return [{ path: printable(Buffer.from(below, 'latin1')), names: ofFile.map((name) => printable(name)) }];
  });
}

/** Reverts how getfattr writes newlines and backslashes in paths (attr, tools/getfattr.c): a backslash and three octal digits. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

const FILE = '# file: ';

/** What a security module of this machine, or NFS for the permissions of its server, adds to every file. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'security.selinux',
  'security.SMACK64',
  'security.ima',
  'security.evm',
  'system.nfs4_acl',
]);
