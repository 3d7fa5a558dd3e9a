// @module-tag system
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type E2fsckRun, parseE2fsck, parseFields } from './e2fsprogs-output.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function makeFilesystem(): string {
  const image = join(temporaryDirectory(), 'image');
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-b', '4096', '-L', 'a: label', image, '64M'], { stdio: 'pipe' });
  return image;
}

function e2fsck(image: string): E2fsckRun {
  const { status, stdout, stderr } = spawnSync('e2fsck', ['-fn', image], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { exitCode: status, stdout, stderr };
}

it('finds a filesystem sound only if e2fsck prints its passes and the summary, and nothing else', () => {
  const image = makeFilesystem();
  const sound = e2fsck(image);
  expect(parseE2fsck(sound)).toEqual({
    faults: [],
    summary: expect.stringMatching(/^1[12]\/\d+ files \(\d\.\d% non-contiguous\), \d+\/16384 blocks$/),
  });
  const padding = 'Padding at end of inode bitmap is not set. Fix? no\n\n';
  for (const other of [
    { stdout: sound.stdout.replace('Pass 2', `${padding}Pass 2`) },
    { stdout: sound.stdout.replace(/Pass 5.*\n/, '') },
    { stdout: sound.stdout.replace(/(Pass 3.*\n)(Pass 4.*\n)/, '$2$1') },
    { stdout: sound.stdout.replace(/.*blocks\n$/, '') },
    { stdout: `${sound.stdout}\nWARNING: Filesystem still has errors\n` },
    { stderr: `${sound.stderr}Superblock hint for external superblock should be 0x0801.\n` },
    { exitCode: 4 },
    { exitCode: null },
  ]) {
    const run = { ...sound, ...other };
    expect(run).not.toEqual(sound);
    expect(parseE2fsck(run).faults[0]).toBe(`e2fsck -fn, exit code ${run.exitCode}`);
  }
});

it('lists what e2fsck prints of a faulty filesystem', () => {
  const image = makeFilesystem();
  execFileSync('debugfs', ['-w', '-R', 'set_inode_field <2> links_count 7', image], { stdio: 'pipe' });
  expect(parseE2fsck(e2fsck(image)).faults.join('\n')).toMatch(
    /^e2fsck -fn, exit code 4\n.*\nInode 2 ref count is 7, should be 3\./s,
  );
});

it.each([
  ['dumpe2fs', ['-h']],
  ['dumpe2fs', []],
  ['debugfs', ['-R', 'show_super_stats -h']],
])('reads the fields that %s %j prints', (program, args) => {
  const image = makeFilesystem();
  const fields = parseFields(execFileSync(program, [...args, image], { encoding: 'utf8', stdio: 'pipe' }));
  expect(fields.get('Block count')).toBe('16384');
  expect(fields.get('Filesystem volume name')).toBe('a: label');
  expect(fields.get('Filesystem features')).toContain('has_journal');
  expect([...fields.keys()].filter((name) => /Group \d|bitmap at/.test(name))).toEqual([]);
});
