import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseE2fsck, parseFields } from '../../../support/e2fsprogs-output.ts';

/** The features that this project uses; `none` removes those that mke2fs.conf of this machine would add. */
const FEATURES = [
  ...['none', 'has_journal', 'ext_attr', 'resize_inode', 'dir_index', 'filetype', 'extent', '64bit', 'flex_bg'],
  ...['sparse_super', 'large_file', 'huge_file', 'dir_nlink', 'extra_isize', 'metadata_csum'],
];

/** The UUID of all images. */
export const UUID = '44444444-4444-4444-8888-888888888888';

/** The contents and the size of an image. */
export interface ImageOptions {
  readonly mebibytes: number;
  /** The directory with its contents. */
  readonly root?: string;
  readonly inodes?: number;
  readonly label?: string;
  /** Mebibytes of the journal; mke2fs chooses by default. */
  readonly journal?: number;
  /** Blocks to which the filesystem can grow; mke2fs chooses by default. */
  readonly growth?: number;
}

/** Creates an image with the features that this project uses with mke2fs, and returns its path. */
export function mke2fs(directory: string, name: string, options: ImageOptions): string {
  const image = join(directory, name);
  const extended = [
    ...['hash_seed=11111111-2222-3333-4444-555555555555', 'lazy_itable_init=0', 'lazy_journal_init=0', 'nodiscard'],
    ...(options.growth === undefined ? [] : [`resize=${options.growth}`]),
  ];
  run('mke2fs', [
    ...[
      '-q',
      '-F',
      '-t',
      'ext4',
      '-b',
      '4096',
      '-I',
      '256',
      '-O',
      FEATURES.join(','),
      '-U',
      UUID,
      '-E',
      extended.join(','),
    ],
    ...(options.inodes === undefined ? [] : ['-N', `${options.inodes}`]),
    ...(options.label === undefined ? [] : ['-L', options.label]),
    ...(options.root === undefined ? [] : ['-d', options.root]),
    ...(options.journal === undefined ? [] : ['-J', `size=${options.journal}`]),
    image,
    `${options.mebibytes}M`,
  ]);
  return image;
}

/** Runs e2fsck with repairs, such as `-fyD`. Exit codes 0 and 1 are both a success. */
export function e2fsck(image: string, flags: string): string {
  try {
    return run('e2fsck', [flags, image]);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) {
      return '';
    }
    throw error;
  }
}

/** Runs `e2fsck -fn`, and returns what it finds, in lines; none for a sound filesystem. */
export function e2fsckFaults(image: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync('e2fsck', ['-fn', image], { encoding: 'latin1', env: ENVIRONMENT });
  return parseE2fsck({ exitCode: status, stdout, stderr }).faults;
}

/** Runs a debugfs request, and returns its output in latin1. */
export function debugfs(image: string, request: string): string {
  return run('debugfs', ['-R', request, image]);
}

/** The fields of `dumpe2fs -h`. */
export function dumpe2fs(image: string): ReadonlyMap<string, string> {
  return parseFields(run('dumpe2fs', ['-h', image]));
}

const ENVIRONMENT = {
  ...process.env,
  PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
  LC_ALL: 'C',
  E2FSPROGS_FAKE_TIME: '1700000000',
};

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    encoding: 'latin1',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
}
