// @module-tag system
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdGarbageRoots } from '../../src/nix/garbage-root.ts';
import { encodeRegistration } from '../../src/nix/registration.ts';
import { createStore, nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { fakeNixStore } from './fake-nix-store.ts';

type Store = ReturnType<typeof createStore>;

const directory = temporaryDirectory();

/** Builds a path that refers to another, and returns both; no root protects them. */
function buildTwo(store: Store, name: string): [string, string] {
  writeFileSync(join(directory, name), name);
  const source = nix('nix-store', ['--add', join(directory, name)], store)
    .toString()
    .trim();
  const expression = `{ name, source }: derivation {
    inherit name; system = builtins.currentSystem; builder = "/bin/sh";
    args = [ "-c" "echo \${builtins.storePath source} >$out; :" ];
  }`;
  const args = [
    '--no-out-link',
    '--expr',
    expression,
    '--argstr',
    'name',
    `${name}-user`,
    '--argstr',
    'source',
    source,
  ];
  return [nix('nix-build', args, store).toString().trim(), source];
}

const collect = (store: Store) => nix('nix-store', ['--gc'], store);

describe('holdGarbageRoots', () => {
  it('keeps paths and what they refer to through a garbage collection, until they are released', async () => {
    const store = createStore(temporaryDirectory());
    const [[first, firstSource], [second, secondSource], [loose, looseSource]] = ['a', 'b', 'c'].map((name) =>
      buildTwo(store, name),
    );
    const links = temporaryDirectory();
    const roots = await holdGarbageRoots([first, second], join(links, 'new/directory'), store);
    expect(roots.warning).toBeUndefined();
    collect(store);
    expect([first, firstSource, second, secondSource].map((path) => existsSync(path))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([loose, looseSource].map((path) => existsSync(path))).toEqual([false, false]);

    roots.release();
    roots.release();
    expect(readdirSync(join(links, 'new/directory'))).toEqual([]);
    collect(store);
    expect([first, firstSource, second, secondSource].map((path) => existsSync(path))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('protects files, links and directories of the store of this machine', async () => {
    const paths = Object.values(sampleClosure().paths);
    const links = temporaryDirectory();
    const roots = await holdGarbageRoots(paths, links);
    expect(roots.warning).toBeUndefined();
    const rootsOf = (path: string) => nix('nix-store', ['--query', '--roots', path]).toString();
    for (const path of paths) {
      expect(rootsOf(path)).toMatch(new RegExp(`^${links}/garbage-roots-.*${path.replaceAll('.', '\\.')}$`, 'm'));
    }
    roots.release();
    expect(readdirSync(links)).toEqual([]);
    expect(rootsOf(paths[0])).not.toContain(links);
  });

  it('protects more paths than a command line can hold', async () => {
    const store = createStore(temporaryDirectory());
    const paths = Array.from(
      { length: 1000 },
      (_, index) => `${store.directory}/${`${index}`.padStart(32, '0')}-${'x'.repeat(200)}`,
    );
    const infos = paths.map((path) => ({ path, hash: Buffer.alloc(32), size: 0, references: [] }));
    nix('nix-store', ['--load-db'], { ...store, input: encodeRegistration(infos, store.directory) });
    const roots = await holdGarbageRoots(paths, temporaryDirectory(), store);
    expect(roots.warning).toBeUndefined();
    roots.release();
  });

  it('reports why Nix creates no root', async () => {
    const store = createStore(temporaryDirectory());
    const [path] = buildTwo(store, 'a');
    const automatic = join(store.environment.NIX_STATE_DIR, 'gcroots/auto');
    rmSync(automatic, { recursive: true });
    writeFileSync(automatic, 'in the way');
    const links = temporaryDirectory();
    const roots = await holdGarbageRoots([path], links, store);
    expect(roots.warning).toMatch(/exit code 1: \S*nix-store --realise .*\n {2}error: .*gcroots\/auto/);
    roots.release();
    expect(readdirSync(links)).toEqual([]);
  });

  it.each([
    ['fails', 'echo error: read-only file system >&2; exit 1', undefined, 'error: read-only file system'],
    [
      'creates no link, as with a remote store',
      'exit 0',
      undefined,
      /^Nix does not protect these paths from garbage collection: \/nix\/store\/.*-sample-system\.$/,
    ],
    ['hangs', 'sleep 7200', 500, 'still running after 0.5 s'],
  ])('reports that nix-store %s', async (_, script, timeout, warning) => {
    const environment = fakeNixStore(directory, script);
    const links = temporaryDirectory();
    const roots = await holdGarbageRoots([sampleClosure().root], links, { environment, timeout });
    expect(roots.warning).toMatch(warning);
    roots.release();
    expect(readdirSync(links)).toEqual([]);
  });

  it('reports that the links cannot be created', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    const roots = await holdGarbageRoots([sampleClosure().root], join(file, 'directory'));
    expect(roots.warning).toContain('ENOTDIR');
    roots.release();
    expect(existsSync(file)).toBe(true);
  });

  it('does not build a derivation to protect it', async () => {
    const store = createStore(temporaryDirectory());
    const [path, source] = buildTwo(store, 'a');
    const derivation = nix('nix-store', ['--query', '--deriver', path], store).toString().trim();
    nix('nix-store', ['--delete', path], store);
    const roots = await holdGarbageRoots([derivation, source], temporaryDirectory(), store);
    expect(roots.warning).toBe(`Nix does not protect these paths from garbage collection: ${derivation}.`);
    expect(existsSync(path)).toBe(false);
    roots.release();
  });

  it('removes the links when it is cancelled', async () => {
    const controller = new AbortController();
    const links = temporaryDirectory();
    const begun = join(temporaryDirectory(), 'begun');
    const environment = fakeNixStore(directory, `touch ${begun}; sleep 7200`);
    const running = holdGarbageRoots([sampleClosure().root], links, { environment, signal: controller.signal });
    const cancelled = expect(running).rejects.toMatchObject({ code: 'PROGRAM_CANCELLED' });
    await until(() => existsSync(begun), 'nix-store at work');
    expect(readdirSync(links)).toHaveLength(1);
    controller.abort();
    await cancelled;
    expect(readdirSync(links)).toEqual([]);
  });
});
