// @module-tag system
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveStorePaths } from '../../src/nix/resolve.ts';
import { isProgramMissing } from '../../src/process/program-error.ts';
import { createStore, nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
let paths: Readonly<Record<string, string>> = {};
const at = (name: string) => join(directory, name);
const link = (name: string, target: string) => symlinkSync(target, at(name));
const resolveIn = (...inputs: string[]) => resolveStorePaths(inputs, {}, directory);

beforeAll(() => {
  paths = sampleClosure().paths;
  link('result', paths['sample-system']);
  link('again', 'result');
  mkdirSync(at('below'));
  link('below/up', '../again');
  link('tool', `${paths['sample-names']}/bin/tool`);
  link('here', '.');
  link('to-link', paths['sample-link']);
  link('loop', 'loop-back');
  link('loop-back', 'loop');
  link('dangling', `/nix/store/${'0'.repeat(32)}-gone`);
  link('to-store', '/nix/store');
  link('to-links', '/nix/store/.links');
  writeFileSync(at('file'), '');
});

describe('resolveStorePaths', () => {
  it('accepts store paths, and files in them', async () => {
    const names = paths['sample-names'];
    expect(await resolveIn(names)).toEqual([names]);
    expect(await resolveIn(`${names}/`)).toEqual([names]);
    expect(await resolveIn(`/nix//store/./x/../${basename(names)}/bin/tool`)).toEqual([names]);
    expect(await resolveIn(`${names}/a directory/new\nline`)).toEqual([names]);
  });

  it('follows links to the store', async () => {
    const system = paths['sample-system'];
    for (const input of [
      'result',
      './result',
      at('result'),
      'again',
      'below/up',
      'here/here/below/up',
      'result/self',
    ]) {
      expect(await resolveIn(input)).toEqual([system]);
    }
    expect(await resolveIn('tool')).toEqual([paths['sample-names']]);
    expect(await resolveIn(`to-store/${basename(system)}`)).toEqual([system]);
  });

  it('does not follow a link that is a store path, or is in one', async () => {
    const path = paths['sample-link'];
    for (const input of [`${path}`, 'to-link', `${path}/tool`, 'to-link/tool']) {
      expect(await resolveIn(input)).toEqual([path]);
    }
    expect(await resolveIn(`result/${basename(paths['sample-wide'])}`)).toEqual([paths['sample-system']]);
    expect(await resolveIn(paths['sample-file'])).toEqual([paths['sample-file']]);
  });

  it('returns each path once, in the order of the inputs', async () => {
    const [names, system] = [paths['sample-names'], paths['sample-system']];
    expect(await resolveIn('tool', 'result', names, 'again', `${names}/bin`)).toEqual([names, system]);
    expect(await resolveIn()).toEqual([]);
  });

  it('starts at the working directory by default', async () => {
    const before = process.cwd();
    process.chdir(directory);
    try {
      expect(await resolveStorePaths(['result'])).toEqual([paths['sample-system']]);
    } finally {
      process.chdir(before);
    }
  });

  it.each([
    ['none', "The store path 'none' does not exist (ENOENT"],
    ['none\n::error::x', "The store path 'none\\x0a::error::x' does not exist"],
    [
      'dangling',
      `The store path 'dangling' does not exist (ENOENT: no such file or directory, lstat '/nix/store/${'0'.repeat(32)}-gone').`,
    ],
    [`/nix/store/${'0'.repeat(32)}-none`, 'does not exist'],
    ['result/none', "The store path 'result/none' does not exist"],
    ['file', "'file' is not in the Nix store: it leads to '"],
    ['', "'' is not in the Nix store"],
    ['/', "'/' is not in the Nix store: it leads to '/'"],
    ['/nix/store', "'/nix/store' is not in the Nix store: it leads to '/nix/store', not into /nix/store"],
    ['to-store', "'to-store' is not in the Nix store"],
    ['to-links', "'to-links' leads to '.links' in /nix/store, which is not a store path: it must begin with"],
    ['loop', "The store path 'loop' cannot be followed: more than 40 links"],
    ['file/x', "The store path 'file/x' cannot be followed: ENOTDIR"],
    ['a\0b', "The store path 'a\\x00b' cannot be followed"],
  ])('refuses %j', async (input, message) => {
    await expect(resolveIn('result', input)).rejects.toMatchObject({
      title: 'Invalid input store-paths',
      message: expect.stringContaining(message),
    });
  });

  it('says what to do about a path that does not exist', async () => {
    await expect(resolveIn('none')).rejects.toMatchObject({
      remedy: expect.stringContaining('Build it in a step before this one, for instance with `nix build`'),
    });
    await expect(resolveIn('file')).rejects.toMatchObject({ remedy: expect.stringContaining('Set store-paths to') });
  });

  it('refuses a derivation, and names its outputs', async () => {
    const system = paths['sample-system'];
    const derivation = nix('nix-store', ['--query', '--deriver', system]).toString().trim();
    link('recipe', derivation);
    await expect(resolveIn('result', 'recipe')).rejects.toMatchObject({
      title: 'Invalid input store-paths',
      message: `${derivation} is a derivation, which says how to build something: the image would hold only that, and nothing that runs. Its outputs: ${system}.`,
      remedy: `Build it in a step before this one (\`nix-store --realise ${derivation}\`), and set store-paths to the outputs.`,
    });
  });

  it('refuses a path that Nix does not know, in a store anywhere', async () => {
    const store = createStore(temporaryDirectory());
    const known = nix('nix-store', ['--add', at('file')], store)
      .toString()
      .trim();
    const [unknown, other] = ['0', '1'].map((digit) => `${digit.repeat(32)}-unknown`);
    mkdirSync(join(store.directory, `${unknown}`));
    symlinkSync('missing', join(store.directory, `${other}`));
    link('unknown', join(store.directory, `${unknown}`));
    link('known', known);
    expect(await resolveStorePaths([known, 'known'], store, directory)).toEqual([known]);
    await expect(
      resolveStorePaths(['known', 'unknown', join(store.directory, `${other}`)], store, directory),
    ).rejects.toMatchObject({
      title: 'A store path is not valid',
      message: `Not valid in the database of Nix: '${store.directory}/${unknown}' (unknown), '${store.directory}/${other}'.`,
      remedy: expect.stringMatching(/^Build it.* must restore the database in \/nix\/var\/nix\/db with it\.$/),
    });
  });

  it('follows a link to the store', async () => {
    const store = createStore(temporaryDirectory());
    link('linked', store.directory);
    const known = nix('nix-store', ['--add', at('file')], store)
      .toString()
      .trim();
    const environment = { ...store.environment, NIX_STORE_DIR: at('linked'), NIX_IGNORE_SYMLINK_STORE: '1' };
    const added = nix('nix-store', ['--add', at('file')], { environment })
      .toString()
      .trim();
    expect(
      await resolveStorePaths(
        [added, join(store.directory, basename(added))],
        { directory: at('linked'), environment },
        directory,
      ),
    ).toEqual([added]);
    expect(known).not.toBe(added);
  });

  it('says how to install Nix if it is missing', async () => {
    const error: unknown = await resolveStorePaths(['none'], { environment: { PATH: directory } }, directory).catch(
      (caught) => caught,
    );
    expect(isProgramMissing(error)).toBe(true);
    expect(error).toMatchObject({ remedy: expect.stringContaining('such as `uses: cachix/install-nix-action`') });
  });
});
