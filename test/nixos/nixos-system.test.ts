// @module-tag system
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.ts';
import { readNixosSystem } from '../../src/nixos/nixos-system.ts';
import { buildPaths } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { BOOTSPEC, buildSystem } from './support/system.ts';

const directory = temporaryDirectory();

it.each([
  ['by its boot specification', BOOTSPEC, ['one', 'two']],
  ['by the entries of its top level', undefined, []],
  ['by the entries where the specification is a draft', '{ "v1": { "kernel": 1 } }', []],
])('reads a system %s', (_name, bootspec, specialisations) => {
  const more = 'printf aarch64-linux > $out/system';
  const { toplevel, paths } = buildSystem(bootspec === undefined ? { more } : { bootspec, more });
  const result = join(directory, `result-${specialisations.length}-${bootspec?.length ?? 0}`);
  symlinkSync(toplevel, result);
  expect(readNixosSystem(result)).toEqual({
    toplevel,
    kernel: `${paths['linux-6.12.1']}/Image`,
    initrd: `${paths['initrd-linux-6.12.1']}/initrd`,
    init: `${toplevel}/init`,
    label: bootspec === BOOTSPEC ? 'NixOS 25.11 (Linux 6.12.1)' : undefined,
    platform: 'aarch64-linux',
    kernelParams: Buffer.from('console=ttyAMA0 loglevel=4'),
    deviceTrees: `${paths['linux-6.12.1']}/dtbs`,
    specialisations,
    hasInitrdSecrets: bootspec === BOOTSPEC,
  });
});

it('reads a system without device trees, and the specialisations of an old one', () => {
  const { toplevel } = buildSystem({
    more: 'rm $out/dtbs; ln -s $kernel $out/specialisation/b; ln -s $kernel $out/specialisation/a',
  });
  expect(readNixosSystem(toplevel)).toMatchObject({ deviceTrees: undefined, specialisations: ['a', 'b'] });
});

it('strips the line break after the kernel parameters of older systems', () => {
  const { toplevel } = buildSystem({ more: "printf 'a b\\n' > $out/kernel-params" });
  expect(readNixosSystem(toplevel).kernelParams).toEqual(Buffer.from('a b'));
});

describe('refuses', () => {
  /** What was thrown, as a title, message and remedy on a line each. */
  const refusal = (path: string): string => {
    try {
      return `read: ${JSON.stringify(readNixosSystem(path))}`;
    } catch (error) {
      return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
    }
  };
  const refusalOf = (options: Parameters<typeof buildSystem>[0]): string => refusal(buildSystem(options).toplevel);

  it('a path that does not exist, or is not in the store', () => {
    expect(refusal(join(directory, 'nothing'))).toMatch(
      /^Invalid input system\nThe system ".*nothing" does not exist, or is a link to nothing\.\nSet system to/,
    );
    writeFileSync(join(directory, 'file'), '');
    expect(refusal(join(directory, 'file'))).toMatch(
      /^Invalid input system\nThe system ".*file" leads to ".*file", which is not in \/nix\/store\.\nSet system to/,
    );
  });

  it('a store path that is not a system', () => {
    const { package: path } = buildPaths({
      package: { script: 'mkdir -p $out/bin; echo x > $out/bin/init; echo > $out/bin/boot.json' },
    });
    for (const wrong of [path, `${path}/bin`]) {
      expect(refusal(wrong)).toMatch(
        /^Invalid input system\n".*" is not a NixOS system: it has neither boot\.json nor init\.\nSet system to a NixOS system: the result of building config\.system\.build\.toplevel/,
      );
    }
  });

  it.each([
    ['without a kernel', { more: 'rm $out/kernel' }, /The system "\/nix\/store\/.*" has no kernel; .*\nSet system to/],
    [
      'without an initrd',
      { more: 'rm $out/initrd' },
      /has no initrd; .*\nSet system to .*boot\.initrd\.enable = false/,
    ],
    [
      'whose specification has no initrd',
      { bootspec: BOOTSPEC.replace(/"initrd": [^,]*,/, '') },
      /has no initrd; .*\nSet system to .*boot\.initrd\.enable = false/,
    ],
    [
      'with a missing kernel',
      { bootspec: BOOTSPEC.replace('/Image', '/missing') },
      /The kernel ".*missing" does not exist/,
    ],
    [
      'with a directory as its kernel',
      { bootspec: BOOTSPEC.replace('/Image', '/dtbs') },
      /The kernel ".*dtbs" of the system .* is not a file/,
    ],
    [
      'with an initrd outside of the store',
      { bootspec: BOOTSPEC.replace('$initrd/initrd', '/etc/hostname') },
      /The initrd .* is not in \/nix\/store/,
    ],
    [
      'with kernel parameters of several lines',
      { more: "printf 'a\\nLABEL b' > $out/kernel-params" },
      /The kernel parameters of the system .* have a line break, .*: "a\\x0aLABEL b"\.\nCorrect boot\.kernelParams\./,
    ],
    [
      'with a carriage return in its kernel parameters',
      { bootspec: BOOTSPEC.replace('loglevel=4', 'loglevel\\\\r=4') },
      /have a line break/,
    ],
  ])('a system %s', (_, options, refused) => {
    const text = refusalOf(options);
    expect(text).toMatch(/^The NixOS system cannot be read\n/);
    expect(text).toMatch(refused);
  });

  it.each([
    ['is not JSON', '{', /The boot specification "\/nix\/store\/.*\/boot\.json" is not JSON\.\nBuild/],
    ['is not an object', '[]', /is malformed: the whole is not an object\.\nBuild/],
    [
      'has no object of version 1',
      '{ "org.nixos.bootspec.v1": 1 }',
      /malformed: org\.nixos\.bootspec\.v1 is not an object/,
    ],
    [
      'has a kernel parameter that is not a string',
      BOOTSPEC.replace('"loglevel=4"', '4'),
      /malformed: kernelParams is not a list of strings/,
    ],
    ['has no init', BOOTSPEC.replace('"init":', '"no":'), /malformed: init is not a string\.\nBuild/],
    [
      'describes another system',
      BOOTSPEC.replace('"toplevel": "$out"', '"toplevel": "$kernel"'),
      /boot\.json of ".*" describes another system, ".*linux-6\.12\.1"\.\nSet system to the system itself\./,
    ],
  ])('a system whose specification %s', (_, bootspec, refused) => {
    const text = refusalOf({ bootspec });
    expect(text).toMatch(/^The NixOS system cannot be read\n/);
    expect(text).toMatch(refused);
  });
});
