import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { printable } from '../text/printable.ts';
import { toolError } from './errors.ts';

/**
 * The absolute path of the program `name`: the first executable of that name in the folders of `searchPath`, then in
 * `extraFolders` (for what a distribution keeps out of the usual PATH, such as /sbin). Folders of PATH that are not
 * absolute are passed over, lest a file in a checkout be taken for a tool. Throws a `ToolError` with code TOOL_MISSING.
 */
export function findTool(
  name: string,
  extraFolders: readonly string[] = [],
  searchPath: string = process.env.PATH ?? '',
): string {
  const folders = [...searchPath.split(delimiter), ...extraFolders];
  for (const folder of folders) {
    const candidate = join(folder, name);
    if (isAbsolute(folder) && isExecutable(candidate)) {
      return candidate;
    }
  }
  const places = extraFolders.length > 0 ? `in PATH or in ${extraFolders.map(printable).join(', ')}` : 'in PATH';
  throw toolError('TOOL_MISSING', name, `The program ${printable(name)} was not found ${places}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
