import { dumpe2fsFields } from './image-check.ts';
import type { SampleImage } from './image-files.ts';
import { runTool } from './run-tool.ts';

/** What the project's images have; 'none' drops what this machine's mke2fs.conf would add. */
export const FEATURES = [
  'has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg',
  'sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum',
].join();

/** Blocks to which the project's filesystems can grow online: 2 TiB. */
const GROWTH_BLOCKS = 2 ** 29;

/**
 * Lets mke2fs make a filesystem of the same size, features, label, UUID, hash seed, journal size and number of inodes as an image,
 * filled with the contents of a directory, every time stamp 1.
 */
export async function mke2fsLike(path: string, image: Pick<SampleImage, 'path'>, directory: string): Promise<void> {
  const fields = await dumpe2fsFields(image.path);
  const field = (name: string): string => fields.get(name) ?? '';
  const extended = [
    `hash_seed=${field('Directory Hash Seed')}`,
    `resize=${GROWTH_BLOCKS}`,
    ...['lazy_itable_init=0', 'lazy_journal_init=0', 'nodiscard', 'root_owner=0:0'],
  ];
  const options: readonly (readonly [string, string])[] = [
    ['-t', 'ext4'],
    ['-b', '4096'],
    ['-I', '256'],
    ['-m', '0'],
    ['-O', `none,${FEATURES}`],
    ['-U', field('Filesystem UUID')],
    ['-L', field('Filesystem volume name')],
    ['-N', field('Inode count')],
    ['-J', `size=${field('Total journal size').replace('M', '')}`],
    ['-E', extended.join()],
    ['-d', directory],
  ];
  const environment = { E2FSPROGS_FAKE_TIME: '1' };
  await runTool('mke2fs', ['-q', '-F', ...options.flat(), path, field('Block count')], { environment });
}
