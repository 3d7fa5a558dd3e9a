// @module-tag system
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { queryClosure } from '../../src/nix/closure.ts';
import { encodeRegistration } from '../../src/nix/registration.ts';
import { addToStore, buildPaths, loadRegistration, nix, sampleClosure, verifyStore } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

const dead = () => nix('nix-store', ['--gc', '--print-dead']).toString().split('\n');

/** A copy of the sample closure below `root`, with its registration loaded. */
async function copyClosure(root: string): Promise<Readonly<Record<string, string>>> {
  const { root: system, paths } = sampleClosure();
  mkdirSync(join(root, 'nix/store'), { recursive: true });
  for (const path of Object.values(paths)) {
    cpSync(path, join(root, path), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  loadRegistration(root, encodeRegistration(await queryClosure([system]), '/nix/store'));
  return paths;
}

describe('real store paths for tests', () => {
  it('are the same each time, and held against garbage collection', () => {
    const recipes = {
      'support-one': { script: 'echo one >$out' },
      'support-two': { uses: { one: 'support-one' }, script: 'mkdir $out; ln -s $one "$out/a \\"link\\""' },
    };
    const built = buildPaths(recipes);
    expect(buildPaths(recipes)).toEqual(built);
    expect(nix('nix-store', ['--query', '--references', built['support-two']]).toString()).toBe(
      `${built['support-one']}\n`,
    );
    writeFileSync(join(directory, 'added'), 'added');
    const added = addToStore(join(directory, 'added'));
    expect(basename(added)).toMatch(/^[0-9a-z]{32}-added$/);
    const held = [added, ...Object.values(built), ...Object.values(sampleClosure().paths)];
    expect(dead().filter((path) => held.includes(path))).toEqual([]);
  });

  it('report why they could not be built', () => {
    expect(() => buildPaths({ 'support-broken': { script: 'echo no such luck >&2; exit 1' } })).toThrow('no such luck');
  });

  it('are verified by Nix below another root: as they are, changed, and missing', async () => {
    const root = temporaryDirectory();
    const paths = await copyClosure(root);
    expect(verifyStore(root)).toEqual({ valid: true, report: expect.stringContaining('checking store hashes') });

    const changed = join(root, paths['sample-file']);
    chmodSync(changed, 0o755);
    writeFileSync(changed, 'changed');
    chmodSync(changed, 0o555);
    expect(verifyStore(root)).toEqual({ valid: false, report: expect.stringContaining("sample-file' was modified!") });

    const missing = temporaryDirectory();
    await copyClosure(missing);
    rmSync(join(missing, paths['sample-file']));
    expect(verifyStore(missing)).toEqual({ valid: false, report: expect.stringContaining("sample-file' disappeared") });
  });
});
