// @module-tag system
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const WRONG: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['compression', { compression: 'lzma' }, ['compression', 'lzma', 'zstd']],
  ['a label of 17 bytes', { 'volume-label': 'A'.repeat(17) }, ['volume-label', '16']],
  ['a label of 16 characters in 17 bytes', { 'volume-label': `${'A'.repeat(15)}é` }, ['volume-label', '16']],
  ['a bad UUID', { uuid: '4444-44' }, ['uuid', '4444-44']],
  ['free space', { 'free-space': 'lots' }, ['free-space', 'lots', 'MiB']],
  [
    'a store path that does not exist',
    { 'store-paths': `/nix/store/${'0'.repeat(32)}-gone` },
    ['gone', 'does not exist'],
  ],
  ['a link that does not exist', { 'store-paths': './no-result' }, ['no-result', 'does not exist']],
  ['a path outside the store', { 'store-paths': '/etc/passwd' }, ['/etc/passwd', 'not in the Nix store']],
  ['no store path', { 'store-paths': ' \n ' }, ['store-paths', 'system']],
  ['a name that is a path', { 'image-name': '../nixos.img' }, ['image-name', '../nixos.img']],
  ['an input of another format', { 'disk-id': '1' }, ['disk-id', 'sd-card']],
  ['root files that do not exist', { 'root-files': './nowhere' }, ['nowhere']],
];

test.each(WRONG)('refuses %s before any work, with one clear error', async (_, inputs, words) => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'output'));
  const run = await runAction({ 'store-paths': sampleClosure().root, ...inputs }, { directory });
  expect(run).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [], outputs: {}, summary: '' });
  const errors = run.log.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(1);
  for (const word of words) {
    expect(errors[0]).toContain(word);
  }
  expect(run.log).not.toContain('Write the image');
});

test('refuses to start where an artifact cannot be uploaded', async () => {
  const environment = { ACTIONS_RUNTIME_TOKEN: undefined, ACTIONS_RESULTS_URL: undefined };
  const run = await runAction(
    { 'store-paths': sampleClosure().root, upload: 'true' },
    { directory: temporaryDirectory(), environment },
  );
  expect(run).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [] });
  expect(run.log).toContain('upload to false');
  expect(run.log).not.toContain('::group::');
});
