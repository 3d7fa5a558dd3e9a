import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLocalStore, storeSetting } from '../../src/nix/store-setting.ts';
import { nix } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('storeSetting ends in a file that includes itself', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'nix.conf'), 'include nix.conf\nstore = dummy://');
  const environment = { NIX_CONF_DIR: directory, NIX_USER_CONF_FILES: '' };
  expect(storeSetting(environment)).toMatchObject({ url: 'dummy://' });
});

describe('storeSetting', () => {
  const directory = temporaryDirectory();
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  file('nix.conf', 'cores = 2\n');
  const user = file('user.conf', '# store = dummy://\nstore   =  local?root=/user # a note\n');
  const included = file('including.conf', 'include user.conf\n!include none.conf\n');
  const empty = { NIX_CONF_DIR: directory, NIX_USER_CONF_FILES: '', HOME: directory };

  it.each([
    ['the default', {}, { url: 'auto', from: 'NIX_REMOTE' }],
    ['an empty NIX_REMOTE', { NIX_REMOTE: '' }, { url: 'auto', from: 'NIX_REMOTE' }],
    ['NIX_REMOTE', { NIX_REMOTE: 'local?root=/x' }, { url: 'local?root=/x', from: 'NIX_REMOTE' }],
    ['a file', { NIX_REMOTE: 'daemon', NIX_USER_CONF_FILES: user }, { url: 'local?root=/user', from: user }],
    ['an included file', { NIX_USER_CONF_FILES: included }, { url: 'local?root=/user', from: user }],
    [
      'NIX_CONFIG',
      { NIX_USER_CONF_FILES: user, NIX_CONFIG: 'cores = 1\nstore = dummy://\ncores = 2' },
      { url: 'dummy://', from: 'NIX_CONFIG' },
    ],
  ])('returns that of %s, as Nix does', { tags: ['system'] }, (_, environment, setting) => {
    const all = { ...empty, ...environment };
    expect(storeSetting(all)).toEqual(setting);
    const settings: { readonly store: { readonly value: string } } = JSON.parse(
      nix('nix', ['--extra-experimental-features', 'nix-command', 'show-config', '--json'], {
        environment: { NIX_CONFIG: '', ...all },
      }).toString(),
    );
    // Nix 2.34 prints URLs in their full form, and old versions nothing for the default.
    const printed = [setting.url, setting.url.replace('local?', 'local://?'), ...(setting.url === 'auto' ? [''] : [])];
    expect(printed).toContain(settings.store.value);
  });
});

it.each([
  ['', true],
  ['auto', true],
  ['daemon', true],
  ['local', true],
  ['/', true],
  ['unix:///nix/var/nix/daemon-socket/socket', true],
  ['unix://', true],
  ['local?root=/', true],
  ['local?read-only=true', true],
  ['local://?root=&real=/nix/store/', true],
  ['local-overlay://?lower-store=local%3Froot%3D/lower', true],
  ['mounted-ssh-ng://host', true],
  ['local?root=/x', false],
  ['local?root=%2Fx', false],
  ['local?real=/mnt/store', false],
  ['local?store=/mnt/store', false],
  ['daemon?root=/x', false],
  ['unix:///socket?root=/x', false],
  ['/tmp/chroot', false],
  ['./chroot', false],
  ['ssh://host', false],
  ['ssh-ng://host', false],
  ['dummy://', false],
  ['https://cache.nixos.org', false],
  ['file:///cache', false],
])('the store %s is that of this machine: %s', (url, expected) => {
  expect(isLocalStore(url)).toBe(expected);
});
