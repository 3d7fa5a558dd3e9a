import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareOutputFile } from '../../src/image/output-file.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
let made = 0;
const freshDirectory = (): string => {
  const path = join(scratch, `${made++}`);
  mkdirSync(path);
  return path;
};

/** What is in a directory besides locks. */
const namesIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => !name.endsWith('.lock'))
    .sort();

describe('the file of an image', () => {
  it('has its final name only once it is accepted', () => {
    const directory = freshDirectory();
    const output = prepareOutputFile('nixos.img.zst', directory, scratch);
    expect(output.path).toBe(join(directory, 'nixos.img.zst'));
    expect(dirname(output.partialPath)).toBe(directory);
    expect(new Set([output.path, output.partialPath, output.skeletonPath]).size).toBe(3);
    expect(namesIn(directory)).toEqual([]);
    writeFileSync(output.partialPath, 'verified');
    writeFileSync(output.skeletonPath, 'metadata');
    expect(existsSync(output.path)).toBe(false);
    output.accept();
    output.release();
    expect(readdirSync(directory)).toEqual(['nixos.img.zst']);
    expect(readFileSync(output.path, 'utf8')).toBe('verified');
  });

  it('is hidden until then, so that no pattern matches it', () => {
    const output = prepareOutputFile('nixos.img', freshDirectory(), scratch);
    expect(basename(output.partialPath)).toMatch(/^\./);
    expect(basename(output.skeletonPath)).toMatch(/^\./);
  });

  it('replaces the files of an earlier run, and no others', () => {
    const directory = freshDirectory();
    const before = prepareOutputFile('nixos.img', directory, scratch);
    for (const path of [before.path, before.partialPath, before.skeletonPath, before.beside('nixos.img.sha256')]) {
      writeFileSync(path, 'old');
    }
    before.release();
    writeFileSync(join(directory, 'other.img'), 'other');
    writeFileSync(join(directory, '.other.img.partial'), 'other');
    const output = prepareOutputFile('nixos.img', directory, scratch);
    output.beside('nixos.img.sha256');
    expect(namesIn(directory)).toEqual(['.other.img.partial', 'other.img']);
    output.discard();
    output.release();
    expect(readdirSync(directory).sort()).toEqual(['.other.img.partial', 'other.img']);
  });

  it.each(['before', 'after'])(
    'is deleted when it is discarded %s it was accepted, with the files beside it',
    (when) => {
      const directory = freshDirectory();
      writeFileSync(join(directory, 'keep'), '');
      const output = prepareOutputFile('nixos.img', directory, scratch);
      writeFileSync(output.partialPath, 'part');
      writeFileSync(output.skeletonPath, 'metadata');
      writeFileSync(output.beside('nixos.img.sha256'), 'sum');
      if (when === 'after') {
        output.accept();
      }
      expect(output.discard()).toBeUndefined();
      expect(namesIn(directory)).toEqual(['keep']);
      output.discard();
      output.release();
      expect(readdirSync(directory)).toEqual(['keep']);
    },
  );

  it('is refused while another run writes one of that name, and stays as it is', () => {
    const directory = freshDirectory();
    const first = prepareOutputFile('nixos.img.zst', directory, scratch, ['sums'], 'nixos.img');
    writeFileSync(first.partialPath, 'verified');
    first.accept();
    expect(() => prepareOutputFile('nixos.img', directory, scratch, ['sums'], 'nixos.img')).toThrow(
      expect.objectContaining({ code: 'NAME_LOCKED' }),
    );
    prepareOutputFile('other.img', directory, scratch).discard();
    expect(namesIn(directory)).toEqual(['nixos.img.zst']);
  });

  it('that another run has accepted is not deleted by one that is discarded', () => {
    const directory = freshDirectory();
    const failing = prepareOutputFile('nixos.img', directory, scratch);
    failing.release();
    const other = prepareOutputFile('nixos.img', directory, scratch);
    writeFileSync(other.partialPath, 'verified');
    failing.discard();
    other.accept();
    failing.discard();
    expect(namesIn(directory)).toEqual(['nixos.img']);
  });

  it('can be prepared by another run as soon as it is discarded, before its step has ended', () => {
    const directory = freshDirectory();
    prepareOutputFile('nixos.img', directory, scratch).discard();
    const output = prepareOutputFile('nixos.img', directory, scratch);
    output.beside('nixos.img.sums');
    output.discard();
    expect(() => prepareOutputFile('nixos.img', directory, scratch)).toThrow('Another run is writing nixos.img');
  });

  it('gets a directory of its own by default, which is deleted with it', () => {
    const temporary = freshDirectory();
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

  it.each(['file', 'file/below', 'link/below'])('is refused in %s, where no directory can be created', (name) => {
    const directory = freshDirectory();
    writeFileSync(join(directory, 'file'), '');
    symlinkSync('nowhere', join(directory, 'link'));
    expect(() => prepareOutputFile('nixos.img', join(directory, name), scratch)).toThrow(
      expect.objectContaining({
        title: 'Invalid input output-directory',
        message: `The output directory ${join(directory, name)} cannot be created: it, or one of its parents, is not a directory.`,
        remedy: expect.stringContaining('output-directory'),
        cause: expect.any(Error),
      }),
    );
  });

  it('is refused below /proc, where creating a directory fails as if its parent did not exist', () => {
    expect(() => prepareOutputFile('nixos.img', '/proc/none/below', scratch)).toThrow(
      '/proc/none/below cannot be created',
    );
  });

  it.each(['', '/below/another'])(
    'is refused in the Nix store%s, also through a link',
    { tags: ['system'] },
    (below) => {
      const link = join(freshDirectory(), 'link');
      symlinkSync('/nix/store', link);
      for (const directory of ['/nix/store', link]) {
        expect(() => prepareOutputFile('nixos.img', directory + below, scratch)).toThrow(
          expect.objectContaining({
            title: 'Invalid input output-directory',
            message: `The output directory ${directory}${below} is in the Nix store, which nothing but Nix may write to.`,
          }),
        );
      }
    },
  );

  it('is refused without a directory for temporary files, and names the variable', () => {
    const none = join(freshDirectory(), 'none');
    expect(() => prepareOutputFile('nixos.img', undefined, none)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/none is not a directory that exists, but RUNNER_TEMP/),
      }),
    );
  });

  it('goes to a directory that is created if it does not exist, and has an absolute path', () => {
    const directory = join(freshDirectory(), 'a', 'b');
    const output = prepareOutputFile('nixos.img', relative(process.cwd(), directory), scratch);
    expect(isAbsolute(output.path)).toBe(true);
    expect(output.path).toBe(join(directory, 'nixos.img'));
    writeFileSync(output.partialPath, 'x');
    output.accept();
    expect(readFileSync(join(directory, 'nixos.img'), 'utf8')).toBe('x');
  });

  it.each([
    ['a directory has its name', [], 'Invalid input output-directory', /nixos\.img is a directory/],
    ['a file beside it has its name', ['nixos.img'], 'Invalid input image-name', /cannot be named nixos\.img/],
  ])('is refused if %s', (_, others, title, message) => {
    const directory = freshDirectory();
    mkdirSync(join(directory, 'nixos.img'));
    expect(() => prepareOutputFile('nixos.img', directory, scratch, others)).toThrow(
      expect.objectContaining({
        title,
        message: expect.stringMatching(message),
        remedy: expect.stringContaining('Set image-name'),
      }),
    );
  });

  it('reports what cannot be deleted', () => {
    const output = prepareOutputFile('nixos.img', freshDirectory(), scratch);
    mkdirSync(output.partialPath);
    expect(output.discard()).toMatch(/^Not all files in .* could be deleted: .*\.partial/);
  });
});
