// @module-tag system
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cleanSummary, parseFields } from '../../boot/finished-card.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function makeFilesystem(): string {
  const image = join(temporaryDirectory(), 'image');
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-b', '4096', '-L', 'a: label', image, '64M'], { stdio: 'pipe' });
  return image;
}

function e2fsck(image: string): string {
  return spawnSync('e2fsck', ['-fn', image], { encoding: 'utf8' }).stdout;
}

it('takes what e2fsck prints of a sound filesystem, and nothing else', () => {
  const image = makeFilesystem();
  const clean = e2fsck(image);
  expect(cleanSummary(clean)).toMatch(/^11\/\d+ files \(\d\.\d% non-contiguous\), \d+\/16384 blocks$/);
  expect(() =>
    cleanSummary(clean.replace('Pass 2', 'Padding at end of inode bitmap is not set. Fix? no\n\nPass 2')),
  ).toThrow();
  expect(() => cleanSummary(clean.replace(/Pass 5.*\n/, ''))).toThrow();

  execFileSync('debugfs', ['-w', '-R', 'set_inode_field <2> links_count 7', image], { stdio: 'pipe' });
  expect(() => cleanSummary(e2fsck(image))).toThrow('does not find the filesystem clean');
});

it('reads the fields of a filesystem', () => {
  const args = ['-R', 'show_super_stats -h', makeFilesystem()];
  const printed = execFileSync('debugfs', args, { encoding: 'utf8', stdio: 'pipe' });
  const fields = parseFields(printed);
  expect(fields.get('Block count')).toBe('16384');
  expect(fields.get('Filesystem volume name')).toBe('a: label');
  expect(fields.get('Filesystem features')).toContain('has_journal');
});
