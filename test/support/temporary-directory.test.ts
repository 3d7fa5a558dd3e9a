import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

const ofFile = temporaryDirectory();

describe('a temporary directory', () => {
  const made: string[] = [];
  let before = '';
  beforeEach(() => {
    before = temporaryDirectory();
    made.push(before);
  });

  it.fails('is there in a test, also in one that fails', () => {
    const directory = temporaryDirectory();
    made.push(directory);
    mkdirSync(join(directory, 'closed'), { mode: 0 });
    writeFileSync(join(directory, 'file'), '');
    throw new Error(`${readdirSync(directory)}, ${readdirSync(before)}`);
  });

  it('is removed after it', () => {
    expect(made.map(existsSync)).toEqual([false, false, true]);
    expect(made.map(dirname)).toEqual(made.map(() => inject('temporaryDirectory')));
  });

  it('is kept for all tests if it is made outside of a test', () => {
    expect(readdirSync(ofFile)).toEqual([]);
  });
});
