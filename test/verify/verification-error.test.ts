import { describe, expect, it } from 'vitest';
import { userError } from '../../src/errors/user-error.ts';
import { packError, unpackError } from '../../src/threads/pack-error.ts';
import { imageMismatch, verificationError } from '../../src/verify/verification-error.ts';

describe('an error that ends a verification', () => {
  it('stays as it is if it has a title and a remedy', () => {
    const error = userError({ title: 'The disk is full', message: 'm', remedy: 'r' });
    expect(verificationError(error)).toBe(error);
    expect(verificationError(unpackError(packError(imageMismatch('m'))))).toMatchObject({ code: 'IMAGE_MISMATCH' });
  });

  it.each(['EXT4_FORMAT', 'FAT_FORMAT'])('about bytes that break a format is a damaged image: %s', (code) => {
    const error = Object.assign(new Error('superblock at byte 1024: expected 1, found 2'), { code });
    expect(verificationError(unpackError(packError(error)))).toMatchObject({
      title: 'The image failed verification',
      message: 'superblock at byte 1024: expected 1, found 2',
      code: 'IMAGE_MISMATCH',
      remedy: expect.stringContaining('the disk or the memory'),
    });
  });

  it.each(['EIO', 'ENOENT', 'EUCLEAN'])('of the system is one of reading the image: %s', (code) => {
    const error = Object.assign(new Error(`${code}: i/o error, read`), { code });
    expect(verificationError(error)).toMatchObject({
      title: 'The image could not be read back',
      code: 'IMAGE_UNREADABLE',
      cause: error,
      remedy: expect.stringContaining('Check the disk'),
    });
  });

  it.each([
    new TypeError('x is not a function'),
    Object.assign(new RangeError('out of range'), { code: 'ERR_OUT_OF_RANGE' }),
  ])('of any other kind blames nothing: %s', (error) => {
    expect(verificationError(error)).toMatchObject({ title: 'The image could not be verified', code: 'NOT_VERIFIED' });
  });

  it('is safe to print', () => {
    const { message } = verificationError(new Error('a\u001b[31m\n##[error]b'));
    expect(message).not.toContain('\u001b');
    expect(message).not.toContain('##[');
    expect(verificationError('\u0007').message).toBe('\\x07');
  });
});
