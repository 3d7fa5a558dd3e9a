import { type StatsFs, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../text/printable.ts';
import { formatSize } from '../text/size.ts';

/** A warning for the log; safe to print. */
export interface Warning {
  readonly title: string;
  readonly text: string;
}

type StatFs = (path: string) => Pick<StatsFs, 'blocks' | 'bavail' | 'bsize'>;

/**
 * A warning if less than a tenth of the space on a file's filesystem is free, otherwise `undefined`: on a full disk
 * later steps of a job fail without saying why.
 */
export function warnOfFullDisk(path: string, statfs: StatFs = statfsSync): Warning | undefined {
  const directory = dirname(path);
  const { blocks, bavail, bsize } = statfs(directory);
  if (blocks === 0 || bavail / blocks >= LEAST_SHARE) {
    return undefined;
  }
  const [free, all] = [formatSize(bavail * bsize), formatSize(blocks * bsize)];
  return {
    title: 'The disk is nearly full',
    text:
      `${free} of ${all} are free where the image is, in ${printable(directory)}: later steps may fail. Set output-directory to a ` +
      'directory on another disk, or delete what the job no longer needs, such as with nix-collect-garbage.',
  };
}

const LEAST_SHARE = 0.1;
