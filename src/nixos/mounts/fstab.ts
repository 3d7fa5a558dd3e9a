import { join, posix } from 'node:path';
import { readSmallFileIfAny } from '../../host/small-file.ts';

/** A line of fstab(5). */
export interface Mount {
  readonly device: string;
  readonly directory: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** The mounts of a system, in the order of its `etc/fstab`; none if it has no such file. */
export function readMounts(toplevel: string): readonly Mount[] {
  const path = join(toplevel, 'etc/fstab');
  return parseFstab(readSmallFileIfAny(path)?.toString() ?? '');
}

/** Parses an fstab; lines that are not complete are dropped. */
export function parseFstab(text: string): readonly Mount[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line): readonly Mount[] => {
    const [device, directory, type, options = ''] = line.split(/[ \t]+/).map(decodeOctal);
    return line.startsWith('#') || type === undefined
      ? []
      : [{ device, directory: withoutSlash(directory), type, options: options.split(',') }];
  });
}

/** `/` stays. */
function withoutSlash(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Space, tab and others are octal escapes (fstab(5)). */
function decodeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** The mount that a path of the device is in; `undefined` if none is known. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  const isAbove = ({ directory }: Mount): boolean => {
    return directory === '/' || path === directory || path.startsWith(`${directory}/`);
  };
  const above = mounts.filter((mount) => mount.type !== 'swap' && isAbove(mount));
  return above.reduce<Mount | undefined>((best, mount) => {
    return best === undefined || mount.directory.length >= best.directory.length ? mount : best;
  }, undefined);
}
