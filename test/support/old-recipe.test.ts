// @module-tag system
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withMounted } from './kernel.ts';
import { makeOldImage } from './old-recipe.ts';
import { runTool } from './run-tool.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { compareTrees } from './tree-comparison.ts';
import { listTree } from './tree-listing.ts';

const directory = temporaryDirectory();
test('makes an image of store paths that the kernel mounts', async () => {
  const source = join(directory, 'plain-names');
  mkdirSync(join(source, 'bin'), { recursive: true });
  writeFileSync(join(source, 'bin', 'program'), 'a program');
  chmodSync(join(source, 'bin', 'program'), 0o755);
  for (let number = 0; number < 1000; number++) {
    writeFileSync(join(source, `file-${number}`), 'data'.repeat(number));
  }
  symlinkSync('bin/program', join(source, 'short'));
  symlinkSync('x'.repeat(300), join(source, 'long'));
  const storePath = addToStore(source);
  const registrationFile = join(directory, 'registration');
  writeFileSync(registrationFile, 'registration');
  const image = join(directory, 'image');
  const uuid = '44444444-4444-4444-8888-888888888888';
  const { errorLog } = await makeOldImage(image, {
    storePaths: [storePath],
    registrationFile,
    volumeLabel: 'OLD',
    uuid,
  });
  expect(errorLog).toMatch(/^debugfs .*\n$/);
  const before = readFileSync(image);
  await withMounted(image, {}, (mounted) => {
    expect(readFileSync(join(mounted, 'nix-path-registration'), 'latin1')).toBe('registration');
    expect(statfsSync(mounted).bavail).toBeGreaterThan(0);
    const asInImage = { uid: 0, gid: 30000, atime: 10n ** 9n, ctime: 10n ** 9n };
    const expected = listTree(storePath).map((entry) => ({ ...entry, ...asInImage }));
    const ignore = ['links', 'hardLinks', 'directorySize', 'inode'] as const;
    expect(compareTrees(expected, listTree(join(mounted, storePath)), { ignore })).toEqual([]);
  });
  expect(readFileSync(image).equals(before)).toBe(true);
  const { stdout } = await runTool('dumpe2fs', ['-h', image]);
  expect(stdout.toString()).toMatch(new RegExp(`volume name: +OLD\\n(.*\\n)*Filesystem UUID: +${uuid}\\n`));
});

test('refuses names that debugfs takes apart', async () => {
  const source = join(directory, 'space');
  mkdirSync(source);
  writeFileSync(join(source, 'a name'), '');
  const recipe = { storePaths: [addToStore(source)], registrationFile: '/dev/null', volumeLabel: 'OLD', uuid: 'clear' };
  await expect(makeOldImage(join(directory, 'none'), recipe)).rejects.toThrow(/cannot write .*a name: debugfs/);
});

function addToStore(path: string): string {
  return execFileSync('nix-store', ['--add', path]).toString().trim();
}
