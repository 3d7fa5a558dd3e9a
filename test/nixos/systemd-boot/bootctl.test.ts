// @module-tag system
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSystemdBootBuilder } from '../../../src/nixos/systemd-boot/builder.ts';
import { systemdBootFiles } from '../../../src/nixos/systemd-boot/esp.ts';
import type { Directory } from '../../../src/tree/compose.ts';
import { runTool } from '../../support/run-tool.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { HASHED_BUILDER, NUMBERED_BUILDER } from './support/builders.ts';
import { buildUefiSystem } from './support/uefi-system.ts';

const scratch = temporaryDirectory();

function writeTree({ children }: Directory, path: string): void {
  mkdirSync(path, { recursive: true });
  for (const { name, node } of children) {
    const child = join(path, Buffer.from(name).toString());
    switch (node.kind) {
      case 'directory':
        writeTree(node, child);
        break;
      case 'generated':
        writeFileSync(child, node.contents);
        break;
      case 'graft':
        copyFileSync(Buffer.from(node.path), child);
        break;
      default:
        throw new Error(`${child} is a link`);
    }
  }
}

// Not installed by script/setup: the package that has it makes systemd-boot the boot loader of the machine.
it.skipIf(!existsSync('/usr/bin/bootctl')).each([
  ['hashed', HASHED_BUILDER],
  ['numbered', NUMBERED_BUILDER],
])('bootctl lists the entries of an ESP (%s)', async (name, builder) => {
  const { toplevel, paths } = buildUefiSystem({ builder, specialisations: ['one'] });
  const { esp } = systemdBootFiles(toplevel, readSystemdBootBuilder(`${paths['systemd-boot']}/bin/systemd-boot`));
  const directory = join(scratch, name);
  writeTree(esp, directory);
  const { stdout } = await runTool('bootctl', ['--no-pager', 'list'], { environment: { SYSTEMD_ESP_PATH: directory } });
  const fields = (key: string): readonly string[] => {
    return [...stdout.toString().matchAll(new RegExp(`^ *${key}: (.*)$`, 'gm'))].map(([, value]) => value);
  };
  expect(fields('title').map((title) => title.replace(/ \((?!one).*$/, ''))).toEqual(['NixOS', 'NixOS (one)']);
  expect(fields('title')[0]).toContain('(default)');
  const parameters = 'console=ttyAMA0 loglevel=4';
  expect(fields('options')).toEqual(
    [toplevel, paths['nixos-system-one']].map((path) => `init=${path}/init ${parameters}`),
  );
  expect(fields('version')[1]).toBe('Generation 1 NixOS Xantusia 25.11-one (Linux 6.12.1), built on 1970-01-01');
});
