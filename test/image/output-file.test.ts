import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareOutputFile } from '../../src/image/output-file.ts';
import { temporaryFolder } from '../support/image-folder.ts';

const scratch = temporaryFolder('image-output');
let made = 0;
const freshFolder = (): string => {
  const path = join(scratch, `${made++}`);
  mkdirSync(path);
  return path;
};

describe('the file of an image', () => {
  it('has its final name only once it is accepted', () => {
    const folder = freshFolder();
    const output = prepareOutputFile('nixos.img.zst', folder, scratch);
    expect(output.path).toBe(join(folder, 'nixos.img.zst'));
    expect(dirname(output.partialPath)).toBe(folder);
    expect(new Set([output.path, output.partialPath, output.skeletonPath]).size).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(output.partialPath, 'proved');
    writeFileSync(output.skeletonPath, 'metadata');
    expect(existsSync(output.path)).toBe(false);
    output.accept();
    expect(readdirSync(folder)).toEqual(['nixos.img.zst']);
    expect(readFileSync(output.path, 'utf8')).toBe('proved');
  });

  it('is hidden until then, so that nobody takes it by a pattern', () => {
    const output = prepareOutputFile('nixos.img', freshFolder(), scratch);
    expect(basename(output.partialPath)).toMatch(/^\./);
    expect(basename(output.skeletonPath)).toMatch(/^\./);
  });

  it('takes the place of what an earlier run left, and of nothing else', () => {
    const folder = freshFolder();
    const before = prepareOutputFile('nixos.img', folder, scratch);
    for (const path of [before.path, before.partialPath, before.skeletonPath, before.beside('nixos.img.sha256')])
      writeFileSync(path, 'old');
    writeFileSync(join(folder, 'other.img'), 'other');
    writeFileSync(join(folder, '.other.img.partial'), 'other');
    const output = prepareOutputFile('nixos.img', folder, scratch);
    output.beside('nixos.img.sha256');
    expect(readdirSync(folder).sort()).toEqual(['.other.img.partial', 'other.img']);
    output.discard();
    expect(readdirSync(folder).sort()).toEqual(['.other.img.partial', 'other.img']);
  });

  it.each(['before', 'after'])('is gone when it is discarded %s it was accepted, with what lies beside it', (when) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'keep'), '');
    const output = prepareOutputFile('nixos.img', folder, scratch);
    writeFileSync(output.partialPath, 'part');
    writeFileSync(output.skeletonPath, 'metadata');
    writeFileSync(output.beside('nixos.img.sha256'), 'sum');
    if (when === 'after') output.accept();
    output.discard();
    expect(readdirSync(folder)).toEqual(['keep']);
    output.discard();
  });

  it('goes to a folder of its own where none is given, which goes with it', () => {
    const temporary = freshFolder();
    const output = prepareOutputFile('nixos.img', undefined, temporary);
    const other = prepareOutputFile('nixos.img', undefined, temporary);
    expect(dirname(dirname(output.path))).toBe(temporary);
    expect(output.path).not.toBe(other.path);
    writeFileSync(output.partialPath, 'x');
    output.discard();
    expect(readdirSync(temporary)).toEqual([basename(dirname(other.path))]);
    writeFileSync(other.partialPath, 'y');
    other.accept();
    expect(readFileSync(other.path, 'utf8')).toBe('y');
  });

  it.each(['file', 'file/below', 'link/below'])('is refused in %s, where no folder can be', (name) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('nowhere', join(folder, 'link'));
    expect(() => prepareOutputFile('nixos.img', join(folder, name), scratch)).toThrow(
      expect.objectContaining({
        message: `The output folder ${join(folder, name)} cannot be made: it, or what it is to be in, is no folder.`,
        remedy: expect.stringContaining('output-directory'),
        cause: expect.any(Error),
      }),
    );
  });

  it('is refused below /proc, where making a folder fails as if its parent were not there', () => {
    expect(() => prepareOutputFile('nixos.img', '/proc/none/below', scratch)).toThrow(
      '/proc/none/below cannot be made',
    );
  });

  it('goes to a folder that is made if it is not there, and is told by its whole path', () => {
    const folder = join(freshFolder(), 'a', 'b');
    const output = prepareOutputFile('nixos.img', relative(process.cwd(), folder), scratch);
    expect(isAbsolute(output.path)).toBe(true);
    expect(output.path).toBe(join(folder, 'nixos.img'));
    writeFileSync(output.partialPath, 'x');
    output.accept();
    expect(readFileSync(join(folder, 'nixos.img'), 'utf8')).toBe('x');
  });
});
