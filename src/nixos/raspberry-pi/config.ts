import { join } from 'node:path';
import { readSmallFileIfAny } from '../../host/small-file.ts';

/**
 * The directory of the generation that the firmware boots: `os_prefix` in the `config.txt` of firmware files
 * (raspberrypi.com/documentation/computers/config_txt.html), without a slash at its end. `undefined` without a `config.txt`,
 * for none, and for one that is no directory: the firmware puts it in front of names as it is.
 */
export function readOsPrefix(firmwareFiles: string): string | undefined {
  const path = join(firmwareFiles, 'config.txt');
  const text = readSmallFileIfAny(path)?.toString('latin1') ?? '';
  const prefixes = [...text.matchAll(/^[ \t]*os_prefix=([^\r\n]*?)[ \t]*\r?$/gm)].map(([, value]) => value);
  const prefix = prefixes.at(-1) ?? '';
  return prefix.endsWith('/') ? prefix.replace(/^\/+|\/+$/g, '') : undefined;
}
