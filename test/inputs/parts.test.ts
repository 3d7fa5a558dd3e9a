import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParts } from '../../src/inputs/parts.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A directory as nix/image-parts.nix makes it. */
function partsWith(settings: unknown): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'settings.json'), typeof settings === 'string' ? settings : JSON.stringify(settings));
  return directory;
}

const inputs = (values: Readonly<Record<string, unknown>>): unknown => ({ version: 1, inputs: values });

describe('the directory of the input parts', () => {
  it('has values of other inputs, as they stand in a workflow', () => {
    const directory = partsWith(
      inputs({
        format: 'sd-card',
        'nix-database': true,
        'root-partition': 3,
        'store-paths': ['/nix/store/a', '/nix/store/b'],
        bootloader: ['gap.bin@8192', '/nix/store/c/u-boot.itb@4MiB'],
      }),
    );
    const { values, root } = readParts(directory);
    expect(Object.fromEntries(values)).toEqual({
      format: 'sd-card',
      'nix-database': 'true',
      'root-partition': '3',
      'store-paths': '/nix/store/a\n/nix/store/b',
      bootloader: `${directory}/gap.bin@8192\n/nix/store/c/u-boot.itb@4MiB`,
    });
    expect(root).toBeUndefined();
  });

  it('has the system, the firmware, and the root with its permissions', () => {
    const directory = partsWith(inputs({}));
    symlinkSync('/nix/store/system', join(directory, 'system'));
    mkdirSync(join(directory, 'firmware'));
    mkdirSync(join(directory, 'root'));
    const modes = ['755 etc', '600 etc/a b\n\u00ff', ''].join('\0');
    writeFileSync(join(directory, 'root-modes'), modes, 'latin1');
    const found = readParts(directory);
    // The link leads to nothing here.
    expect(Object.fromEntries(found.values)).toEqual({ 'firmware-files': join(directory, 'firmware') });
    expect(found.root).toEqual({
      directory: join(directory, 'root'),
      modes: new Map([
        ['etc', 0o755],
        ['etc/a b\n\u00ff', 0o600],
      ]),
    });
    mkdirSync(join(directory, 'real'));
    const other = partsWith(inputs({}));
    symlinkSync(join(directory, 'real'), join(other, 'system'));
    expect(readParts(other).values.get('system')).toBe(join(other, 'system'));
  });

  it.each([
    ['is not JSON', '{', /cannot be read/, /imageParts/],
    ['has no inputs', { version: 1 }, /has no settings/, /imageParts/],
    ['is a list', [], /has no settings/, /imageParts/],
    ['is of a newer version', { version: 2, inputs: {} }, /has version 2; this action reads version 1/, /same version/],
    ['has no version', { inputs: {} }, /has version none/, /same version/],
    ['has a setting that is not known', inputs({ 'frame-size': '1' }), /sets "frame-size"/, /same version/],
    ['sets what a run does', inputs({ 'github-token': 'secret' }), /sets "github-token"/, /same version/],
    ['has a prototype as setting', inputs({ constructor: 'x' }), /sets "constructor"/, /same version/],
    ['has a value of another type', inputs({ uuid: { a: 1 } }), /sets "uuid" to \{"a":1\}/, /imageParts.settings/],
    ['has null', inputs({ uuid: null }), /sets "uuid" to null/, /imageParts.settings/],
    ['has a list of numbers', inputs({ bootloader: [1] }), /sets "bootloader" to \[1\]/, /imageParts.settings/],
  ])('is refused if settings.json %s', (_, settings, message, remedy) => {
    expect(() => readParts(partsWith(settings))).toThrow(
      expect.objectContaining({
        title: 'Invalid input parts',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      }),
    );
  });

  it('is refused if it is something else', () => {
    expect(() => readParts(temporaryDirectory())).toThrow(/settings\.json.* cannot be read/);
    const directory = partsWith(inputs({}));
    mkdirSync(join(directory, 'root'));
    expect(() => readParts(directory)).toThrow(/no directory root with its permissions/);
    writeFileSync(join(directory, 'root-modes'), 'rwx etc\0');
    expect(() => readParts(directory)).toThrow(/has the entry "rwx etc"/);
  });
});
