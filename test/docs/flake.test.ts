// @module-tag system
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workflowFiles } from './support/workflows.ts';

const flake = join(import.meta.dirname, '../../examples/flake.nix');

/** The flake's outputs, with just enough of nixpkgs for them to be evaluated by. */
const OUTPUTS = `
  let
    nixpkgs = {
      outPath = "/nixpkgs";
      lib.nixosSystem = { system, modules }: {
        config.system.build.toplevel = "toplevel of \${toString (map toString (builtins.filter (m: !builtins.isAttrs m) modules))}";
        config.sdImage.populateFirmwareCommands = "cp config.txt firmware/";
      };
      legacyPackages.aarch64-linux = { runCommand = name: env: script: script; ubootPine64 = "u-boot"; };
    };
    self = (import ${flake}).outputs { inherit self nixpkgs; };
  in self`;

function evaluate(attribute: string): string {
  const expression = `(${OUTPUTS}).${attribute}`;
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync('nix-instantiate', ['--eval', '--strict', '--expr', expression], { encoding: 'utf8', stdio });
}

test('the flake of the examples has what their workflows build', () => {
  const workflows = workflowFiles('examples/raspberry-pi.yml', 'examples/allwinner.yml').map(({ text }) => text);
  const built = [...workflows.join('\n').matchAll(/nix build .*?\.#([\w.-]+)/g)].map(([, attribute]) => attribute);
  expect(built).toEqual([
    'nixosConfigurations.pine64.config.system.build.toplevel',
    'u-boot',
    'nixosConfigurations.pi.config.system.build.toplevel',
    'firmware',
  ]);
  const values = built.map((name) => evaluate(name.includes('.') ? name : `packages.aarch64-linux.${name}`));
  expect(values[0]).toContain('/nixpkgs/nixos/modules/installer/sd-card/sd-image.nix');
  expect(values[1]).toContain('u-boot');
  expect(values[2]).toContain('/nixpkgs/nixos/modules/installer/sd-card/sd-image-aarch64.nix');
  expect(values[3]).toMatch(/mkdir firmware\\ncp config\.txt firmware\/\\nmv firmware/);
  expect(() => evaluate('packages.aarch64-linux.firmwares')).toThrow('firmwares');
});
