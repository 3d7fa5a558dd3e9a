import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkUnchanged, hashFinishedFile } from '../../src/image/finished-file.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function finished(contents = 'contents') {
  const path = join(temporaryDirectory(), 'nixos.img\n');
  writeFileSync(path, contents);
  return hashFinishedFile(path);
}

it('hashes a finished file', () => {
  const file = finished();
  const sha256 = createHash('sha256').update('contents').digest('hex');
  expect(file).toEqual({ path: file.path, size: 8, sha256 });
  expect(() => checkUnchanged(file)).not.toThrow();
});

it.each([
  [
    'is truncated',
    (path: string) => truncateSync(path, 7),
    'An output file has changed',
    'has 7 bytes; 8 were expected.',
  ],
  ['is deleted', (path: string) => rmSync(path), 'An output file is missing', 'no longer exists.'],
  [
    'becomes a directory',
    (path: string) => {
      rmSync(path);
      mkdirSync(path);
    },
    'An output file has changed',
    'is no longer a regular file.',
  ],
])('reports a file that %s', (_, change, title, message) => {
  const file = finished();
  change(file.path);
  expect(() => checkUnchanged(file)).toThrow(
    expect.objectContaining({
      code: 'FILE',
      title,
      message: `${file.path.replace('\n', '\\x0a')} ${message}`,
      remedy: expect.stringContaining('output-directory'),
    }),
  );
});

it('reports an empty file, which cannot be uploaded', () => {
  const file = finished('');
  expect(() => checkUnchanged(file)).toThrow(
    expect.objectContaining({ code: 'FILE', title: 'An output file is empty' }),
  );
});

it('reports a file that cannot be read', () => {
  expect(() => hashFinishedFile(temporaryDirectory())).toThrow(
    expect.objectContaining({
      code: 'FILE',
      title: 'An output file cannot be read',
      cause: expect.objectContaining({ code: 'EISDIR' }),
    }),
  );
});
