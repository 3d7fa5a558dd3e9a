// @module-tag system
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { withMounted } from './kernel.ts';
import { runTool } from './run-tool.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const directory = temporaryDirectory();
beforeAll(() => {
  mkdirSync(join(directory, 'tree', 'directory'), { recursive: true });
});
test('what is written to a mounted image is there when it is mounted again, read-only', async () => {
  const image = await makeImage('written');
  await withMounted(image, { write: true }, (mounted) => writeFileSync(join(mounted, 'file'), ''));
  await withMounted(image, {}, (mounted) => {
    expect(readdirSync(mounted)).toContain('file');
    expect(() => writeFileSync(join(mounted, 'other'), '')).toThrow(/EROFS/);
  });
});

test('unmounts when its user throws', async () => {
  const image = await makeImage('thrown');
  let place = '';
  const use = withMounted(image, {}, (mounted) => {
    place = mounted;
    throw new Error('no use');
  });
  await expect(use).rejects.toThrow('no use');
  expect(existsSync(place)).toBe(false);
});

test('notices what the kernel writes to its log about a filesystem that it mounts all the same', async () => {
  const image = await makeImage('faulty');
  const { stdout } = await runTool('debugfs', ['-R', 'blocks /directory', image]);
  const file = openSync(image, 'r+');
  writeSync(file, Buffer.from('fault'), 0, 5, Number(stdout.toString().trim().split(' ')[0]) * 4096 + 100);
  closeSync(file);
  const use = withMounted(image, {}, (mounted) => {
    expect(() => readdirSync(join(mounted, 'directory'))).toThrow();
  });
  await expect(use).rejects.toThrow(/the kernel complains about .*faulty:\n.*EXT4-fs error .*checksum/);
});

async function makeImage(name: string): Promise<string> {
  const image = join(directory, name);
  const contents = ['-d', join(directory, 'tree'), '-E', 'root_owner'];
  await runTool('mke2fs', ['-q', '-t', 'ext4', '-b', '4096', ...contents, image, '20M']);
  return image;
}
