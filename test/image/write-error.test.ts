import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSpace } from '../../src/image/space.ts';
import { writeError, writeSmallFile, writingTo } from '../../src/image/write-error.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

describe('an error of writing', () => {
  it.each([
    ['ENOSPC', 'The disk is full', 'nix-collect-garbage'],
    ['EDQUOT', 'The disk quota is exceeded', 'nix-collect-garbage'],
    ['EFBIG', 'The file is too large for its filesystem', 'FAT ends at 4 GiB'],
    ['ENOENT', 'The output directory changed', 'no other process'],
    ['ENOTDIR', 'The output directory changed', 'no other process'],
    ['EEXIST', 'The output directory changed', 'no other process'],
    ['EACCES', 'Permission denied', 'may write to'],
    ['EPERM', 'Permission denied', 'may write to'],
    ['EROFS', 'Permission denied', 'may write to'],
    ['EIO', 'A file could not be written', 'Check the disk'],
  ])('with the code %s has a title, a remedy and that code', (code, title, remedy) => {
    const cause = Object.assign(new Error('write'), { code });
    expect(writeError(join(scratch, 'a\nb'), cause)).toMatchObject({
      title,
      code,
      cause,
      message: expect.stringMatching(/a\\x0ab could not be written: [^.]+\. Its filesystem has \d+ bytes free now\.$/),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('without a code has the code EIO', () => {
    expect(writeError(scratch, 'broken')).toMatchObject({ code: 'EIO', title: 'A file could not be written' });
  });

  it('says how many bytes were needed, if that is known', () => {
    // Writes to this device fail as on a full disk.
    expect(() => writingTo('/dev/full', () => writeFileSync('/dev/full', 'four'), 4)).toThrow(
      expect.objectContaining({ code: 'ENOSPC', message: expect.stringContaining(' 4 more bytes were needed.') }),
    );
  });
});

it('a small file is not written through a symlink, nor over another file', () => {
  const victim = join(scratch, 'victim');
  writeFileSync(victim, 'before');
  symlinkSync('victim', join(scratch, 'link'));
  for (const path of [join(scratch, 'link'), victim]) {
    expect(() => writeSmallFile(path, 'after')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  }
  expect(readFileSync(victim, 'utf8')).toBe('before');
});

it('a disk that is too small is reported before any work, with what is needed and what is free', () => {
  const needed = { bytes: Number.MAX_SAFE_INTEGER, what: 'The image' };
  expect(() => checkSpace(join(scratch, 'file'), needed)).toThrow(
    expect.objectContaining({
      title: 'The disk is full',
      code: 'ENOSPC',
      message: expect.stringMatching(
        /^The image needs .* \(9007199254740991 bytes\), but the filesystem of .* free\.$/,
      ),
      remedy: expect.stringContaining('output-directory'),
    }),
  );
  expect(() => checkSpace(join(scratch, 'file'), { bytes: 0, what: 'Nothing' })).not.toThrow();
});
