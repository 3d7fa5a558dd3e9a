// @module-tag system
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSystem } from '../nixos/support/system.ts';
import { runAction } from '../support/action.ts';
import { withMounted } from '../support/kernel.ts';
import { dumpDatabase, loadRegistration, nix, verifyStore } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const PROFILES = 'nix/var/nix/profiles';

test('makes an image that Nix uses without loading the registration', async () => {
  const directory = temporaryDirectory();
  const { toplevel } = buildSystem();
  const inputs = { system: toplevel, 'nix-database': 'true', compression: 'none' };
  const run = await runAction(inputs, { directory });
  expect(run).toMatchObject({ exitCode: 0, temporaryFiles: [] });
  expect(run.log).toContain('The database of Nix is sound, and has the rows of the closure');

  const root = join(directory, 'root');
  await withMounted(run.outputs['image-path'], {}, (mounted) => {
    const namesIn = (path: string): readonly string[] => readdirSync(join(mounted, path)).toSorted();
    expect(namesIn('nix/var')).toEqual(['nix']);
    expect(namesIn('nix/var/nix')).toEqual(['db', 'profiles']);
    expect(namesIn('nix/var/nix/db')).toEqual(['db.sqlite', 'schema']);
    expect(namesIn(PROFILES)).toEqual(['system', 'system-1-link']);
    expect(readFileSync(join(mounted, 'nix/var/nix/db/schema'), 'latin1')).toBe('10');
    expect(statSync(join(mounted, 'nix/var/nix/db/db.sqlite'))).toMatchObject({ mode: 0o100644, uid: 0, gid: 0 });
    cpSync(join(mounted, 'nix'), join(root, 'nix'), { recursive: true, verbatimSymlinks: true });
    cpSync(join(mounted, 'nix-path-registration'), join(root, 'nix-path-registration'));
  });
  expect(readlinkSync(join(root, PROFILES, 'system-1-link'))).toBe(toplevel);

  expect(verifyStore(root)).toMatchObject({ valid: true });
  const loaded = temporaryDirectory();
  loadRegistration(loaded, readFileSync(join(root, 'nix-path-registration')));
  expect(dumpDatabase(root)).toBe(dumpDatabase(loaded));
  const paths = storePathsIn(root);
  const collected = nix('nix-store', ['--store', root, '--gc', '--print-dead']).toString();
  expect(collected).toBe('');
  nix('nix-store', ['--store', root, '--gc']);
  expect(storePathsIn(root)).toEqual(paths);
  expect(verifyStore(root)).toMatchObject({ valid: true });

  const profile = join(root, PROFILES, 'system');
  nix('nix-env', ['--store', root, '--profile', profile, '--set', toplevel]);
  expect(readlinkSync(profile)).toBe('system-1-link');
});

test('has nothing of it without the input, and no profile without a system', async () => {
  const { toplevel } = buildSystem();
  for (const [inputs, expected] of [
    [{ system: toplevel }, undefined],
    [{ 'store-paths': toplevel, 'nix-database': 'true' }, ['db']],
  ] as const) {
    const run = await runAction({ ...inputs, compression: 'none' }, { directory: temporaryDirectory() });
    await withMounted(run.outputs['image-path'], {}, (mounted) => {
      const state = join(mounted, 'nix/var/nix');
      expect(existsSync(state) ? readdirSync(state) : undefined).toEqual(expected);
    });
  }
});

test('refuses files for the root that would change the database', async () => {
  const directory = temporaryDirectory();
  const database = join(directory, 'files/nix/var/nix/db');
  mkdirSync(database, { recursive: true });
  writeFileSync(join(database, 'reserved'), '');
  const inputs = { system: buildSystem().toplevel, 'root-files': join(directory, 'files') };
  const refused = await runAction({ ...inputs, 'nix-database': 'true' }, { directory });
  expect(refused).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [] });
  expect(refused.log).toContain('must not contain /nix/var/nix/db');
  expect(await runAction(inputs, { directory })).toMatchObject({ exitCode: 0 });
});

function storePathsIn(root: string): readonly string[] {
  return readdirSync(join(root, 'nix/store'))
    .filter((name) => !name.startsWith('.'))
    .toSorted();
}
