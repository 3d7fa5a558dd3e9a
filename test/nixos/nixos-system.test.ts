import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNixosSystem } from '../../src/nixos/nixos-system.ts';
import { buildPaths } from '../support/nix-store.ts';
import { BOOTSPEC, buildSystem } from './support/system.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'nixos-system-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

it.each([
  ['by its boot specification', BOOTSPEC, ['one', 'two']],
  ['by the entries of its top level', undefined, []],
  ['by the entries where the specification is a draft', '{ "v1": { "kernel": 1 } }', []],
])('reads a system %s', (_name, bootspec, specialisations) => {
  const { toplevel, paths } = buildSystem(bootspec === undefined ? {} : { bootspec });
  const result = join(directory, `result-${specialisations.length}-${bootspec?.length ?? 0}`);
  symlinkSync(toplevel, result);
  expect(readNixosSystem(result)).toEqual({
    toplevel,
    kernel: `${paths['linux-6.12.1']}/Image`,
    initrd: `${paths['initrd-linux-6.12.1']}/initrd`,
    init: `${toplevel}/init`,
    kernelParams: 'console=ttyAMA0 loglevel=4',
    deviceTrees: `${paths['linux-6.12.1']}/dtbs`,
    platform: 'aarch64-linux',
    specialisations,
  });
});

it('reads a system without device trees, and lists the specialisations of an old one', () => {
  const { toplevel } = buildSystem({
    more: 'rm $out/dtbs; ln -s $kernel $out/specialisation/b; ln -s $kernel $out/specialisation/a',
  });
  expect(readNixosSystem(toplevel)).toMatchObject({ deviceTrees: undefined, specialisations: ['a', 'b'] });
});

it('strips the line end that older systems have after their kernel parameters', () => {
  const { toplevel } = buildSystem({ more: "printf 'a b\\n' > $out/kernel-params" });
  expect(readNixosSystem(toplevel).kernelParams).toBe('a b');
});

describe('refuses', () => {
  const refusal = (path: string): string => {
    try {
      return `read: ${JSON.stringify(readNixosSystem(path))}`;
    } catch (error) {
      return String(error);
    }
  };
  const refusalOf = (options: Parameters<typeof buildSystem>[0]): string => refusal(buildSystem(options).toplevel);

  it('what is not there, or not in the store', () => {
    expect(refusal(join(directory, 'nothing'))).toMatch(/The system ".*nothing" is not there, or leads to nothing\./);
    writeFileSync(join(directory, 'file'), '');
    expect(refusal(join(directory, 'file'))).toMatch(
      /The system ".*file" leads to ".*file", which is not in \/nix\/store\./,
    );
  });

  it('what is no system', () => {
    const { package: path } = buildPaths({
      package: { script: 'mkdir -p $out/bin; echo x > $out/bin/init; echo > $out/bin/boot.json' },
    });
    const message =
      'is not a NixOS system: it has neither boot.json nor init. Give the result of building config.system.build.toplevel in the input system.';
    expect(refusal(path)).toContain(`"${path}" ${message}`);
    expect(refusal(`${path}/bin`)).toContain(message);
  });

  it('a system without a kernel or initrd, by whatever it is read', () => {
    expect(refusalOf({ more: 'rm $out/kernel' })).toMatch(
      /The system "\/nix\/store\/.*" has no kernel\. NixOS' extlinux boot loader needs/,
    );
    expect(refusalOf({ more: 'rm $out/initrd' })).toMatch(/has no initrd\..*boot\.initrd\.enable = false\?/);
    const withoutInitrd = BOOTSPEC.replace(/"initrd": [^,]*,/, '');
    expect(refusalOf({ bootspec: withoutInitrd })).toMatch(/has no initrd\./);
    expect(refusalOf({ bootspec: BOOTSPEC.replace('/Image', '/missing') })).toMatch(
      /The kernel ".*missing" is not there/,
    );
    expect(refusalOf({ bootspec: BOOTSPEC.replace('/Image', '/dtbs') })).toMatch(
      /The kernel ".*dtbs" of the system .* is not a file/,
    );
    expect(refusalOf({ bootspec: BOOTSPEC.replace('$initrd/initrd', '/etc/hostname') })).toMatch(
      /The initrd .* is not in \/nix\/store/,
    );
  });

  it('kernel parameters of several lines', () => {
    expect(refusalOf({ more: "printf 'a\\nLABEL b' > $out/kernel-params" })).toMatch(
      /The kernel parameters of the system .* have a line end, .*: "a\\x0aLABEL b"\. Correct boot\.kernelParams\./,
    );
    expect(refusalOf({ bootspec: BOOTSPEC.replace('loglevel=4', 'loglevel\\\\r=4') })).toMatch(/have a line end/);
  });

  it('a specification that is malformed, or that of another system', () => {
    expect(refusalOf({ bootspec: '{' })).toMatch(/The boot specification "\/nix\/store\/.*\/boot\.json" is no JSON\./);
    expect(refusalOf({ bootspec: '[]' })).toMatch(/is malformed: the whole is not an object/);
    expect(refusalOf({ bootspec: '{ "org.nixos.bootspec.v1": 1 }' })).toMatch(
      /malformed: org\.nixos\.bootspec\.v1 is not an object/,
    );
    expect(refusalOf({ bootspec: BOOTSPEC.replace('"loglevel=4"', '4') })).toMatch(
      /malformed: kernelParams is not a list of strings/,
    );
    expect(refusalOf({ bootspec: BOOTSPEC.replace('"init":', '"no":') })).toMatch(/malformed: init is not a string/);
    expect(refusalOf({ bootspec: BOOTSPEC.replace('"toplevel": "$out"', '"toplevel": "$kernel"') })).toMatch(
      /boot\.json of ".*" is that of another system, ".*linux-6\.12\.1"/,
    );
  });
});
