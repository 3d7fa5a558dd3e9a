// @module-tag system
import { describe, expect, it } from 'vitest';
import { checkNixStore } from '../../src/nix/nix-store.ts';
import { nix } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { fakeNixStore } from './fake-nix-store.ts';

const fake = (script: string) => ({ environment: fakeNixStore(temporaryDirectory(), script) });

describe('checkNixStore', () => {
  it('returns the version of the Nix that is installed', async () => {
    const installed: unknown = JSON.parse(
      nix('nix-instantiate', ['--eval', '--json', '--expr', 'builtins.nixVersion']).toString(),
    );
    expect(await checkNixStore()).toBe(installed);
  });

  it('reads the version of Lix', async () => {
    expect(await checkNixStore(fake('echo "nix-store (Lix, like Nix) 2.93.3"'))).toBe('2.93.3');
  });

  it('refuses a store in another directory', async () => {
    await expect(checkNixStore({ environment: { NIX_STORE_DIR: '/mnt/store' } })).rejects.toMatchObject({
      title: 'The Nix store is in another directory',
      message: expect.stringContaining("'/mnt/store'"),
      remedy: expect.stringContaining('Unset NIX_STORE_DIR'),
    });
  });

  it.each(['local?root=/mnt', 'ssh-ng://user:secret@host', 'dummy://', '/mnt'])(
    'refuses the store %s, whose files are not in /nix/store',
    async (url) => {
      await expect(checkNixStore({ environment: { NIX_REMOTE: url } })).rejects.toMatchObject({
        title: 'Nix uses another store',
        message: `Nix uses the store '${url.replace('user:secret@', '')}', as NIX_REMOTE says. This action reads the files of the store at /nix/store on this machine, which is not that one.`,
        remedy: expect.stringContaining('unset NIX_REMOTE'),
      });
    },
  );

  it('accepts a store of the daemon', async () => {
    expect(await checkNixStore({ environment: { NIX_REMOTE: 'daemon' } })).toMatch(/^\d/);
  });

  it('refuses another program of that name', async () => {
    await expect(checkNixStore(fake('echo Usage: nix-store'))).rejects.toMatchObject({
      code: 'PROGRAM_UNSUITABLE',
      message: expect.stringMatching(/^The nix-store in PATH, .*fake-.*, does not print the version of Nix\.$/),
    });
  });
});
