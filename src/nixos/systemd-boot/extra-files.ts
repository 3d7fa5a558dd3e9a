import { readSmallFile } from '../../host/small-file.ts';
import { quote } from '../../text/escape.ts';
import { resolveInStore } from '../store.ts';
import { systemError } from '../system-error.ts';
import type { SystemdBootBuilder } from './builder.ts';

/** A file that the configuration adds to the ESP. */
export interface ExtraFile {
  /** On the ESP, without a slash in front. */
  readonly path: string;
  /** Path of the store; `undefined` for an empty file. */
  readonly source: string | undefined;
}

/**
 * Reads which files a configuration adds to the ESP (`boot.loader.systemd-boot.extraFiles`, `extraEntries`, Memtest86+ and
 * so on) from the script that copies them, without running it. Throws a `UserError` if it has a line of another form.
 */
export function readExtraFiles({ copyExtraFiles, mountPoint }: SystemdBootBuilder): readonly ExtraFile[] {
  const script = resolveInStore(copyExtraFiles, 'The script of extra files');
  const lines = readSmallFile(script)
    .toString()
    .split('\n')
    .map((line) => line.trim());
  return lines
    .filter((line) => !IGNORED.test(line))
    .map((line) => {
      const [, quoted, directory, name] = INSTALL.exec(line) ?? [];
      if (quoted === undefined || !directory.startsWith(`${mountPoint}/`)) {
        throw systemError({
          message: `The script ${quote(script)}, which adds files to the ESP, has a line that this action cannot read: ${quote(line)}.`,
          remedy:
            'Add files to the ESP with boot.loader.systemd-boot.extraFiles and extraEntries, or with the input firmware-files.',
        });
      }
      const source = quoted.replaceAll('"', '');
      const path = `${directory.slice(mountPoint.length)}/${unquote(name)}`.split('/').filter(Boolean).join('/');
      return { path, source: EMPTY.test(source) ? undefined : source };
    });
}

/** Blank, a comment, or where older scripts make an empty file. */
const IGNORED = /^$|^#|^empty_file=\S+mktemp\)$/;
/** `install -Dp "SOURCE" "DIRECTORY/"NAME`, with the name as `lib.escapeShellArg` quotes it. */
const INSTALL =
  /^\/nix\/store\/\S+\/bin\/install -Dp? ("[^"$\\`]+"|[^\s"']+) "([^"$\\`]+)"([\w%+,./:=@-]+|'(?:[^']|'\\'')*')$/;
const EMPTY = /^(?:\/dev\/null|\$empty_file)$/;

function unquote(name: string): string {
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("'\\''", "'") : name;
}
