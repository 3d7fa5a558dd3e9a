// @module-tag system
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directoryHash } from '../../src/ext4/directory/hash.ts';
import { HARD_NAMES } from '../support/image-small.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

const ZERO_SEED = Buffer.alloc(16);
const SEED = Buffer.from('8edacff0f75153a1b1176845980f9106', 'hex');

/** Hashes by `dx_hash` of debugfs, with names as signed bytes, as in `s_flags` of the images. */
async function hashesByDebugfs(names: readonly Uint8Array[], seed: Uint8Array): Promise<readonly string[]> {
  const uuid = Buffer.from(seed)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const requests = names.map((name) =>
    // Quotes are doubled in a request.
    Buffer.from(
      `dx_hash -h half_md4 -s ${uuid} -- "${Buffer.from(name).toString('latin1').replaceAll('"', '""')}"\n`,
      'latin1',
    ),
  );
  const file = join(directory, 'requests');
  writeFileSync(file, Buffer.concat(requests));
  const { stdout } = await runTool('debugfs', ['-f', file]);
  const answers = stdout.toString('latin1').matchAll(/ is 0x([0-9a-f]+) \(minor 0x([0-9a-f]+)\)\n/g);
  return Array.from(answers, ([, major, minor]) => `${major} ${minor}`);
}

function hashesByWriter(names: readonly Uint8Array[], seed: Uint8Array): readonly string[] {
  const words = Uint32Array.from({ length: 4 }, (_, i) => Buffer.from(seed).readUInt32LE(4 * i));
  return names
    .map((name) => directoryHash(name, words))
    .map(({ major, minor }) => `${major.toString(16)} ${minor.toString(16)}`);
}

/** Bytes of names in a file of requests, except the two that end a request. */
const nameByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f && byte !== 0x0a && byte !== 0x0d);
const anyName = fc.array(nameByte, { minLength: 1, maxLength: 255, size: 'max' }).map((bytes) => Buffer.from(bytes));

describe('directory hash', () => {
  it.each([
    [
      'of every length',
      Array.from({ length: 255 }, (_, i) => Buffer.alloc(i + 1, 'abcdefghijklmnopqrstuvwxyz0123456789')),
    ],
    [
      'of every length, in bytes over 127',
      Array.from({ length: 255 }, (_, i) => Buffer.alloc(i + 1, Buffer.from([0xe3, 0x81, 0x82, 0x80, 0xff]))),
    ],
    [
      'of every byte',
      Array.from({ length: 255 }, (_, i) => Buffer.from([i + 1])).filter(([byte]) => byte !== 0x0a && byte !== 0x0d),
    ],
    ['that have gone wrong elsewhere', HARD_NAMES.filter((name) => !name.includes(0x0a))],
  ])('equals that of debugfs for names %s', async (_, names) => {
    for (const seed of [ZERO_SEED, SEED]) {
      expect(hashesByWriter(names, seed)).toEqual(await hashesByDebugfs(names, seed));
    }
  });

  it('equals that of debugfs for any names and seeds', async () => {
    const names = fc.array(anyName, { minLength: 100, maxLength: 200 });
    const seed = fc.uint8Array({ minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(names, seed, async (some, someSeed) => {
        expect(hashesByWriter(some, someSeed)).toEqual(await hashesByDebugfs(some, someSeed));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it.each(['new\nline', 'carriage\rreturn'])('equals that of debugfs for %j', async (name) => {
    const { stdout } = await runTool('debugfs', ['-R', `dx_hash -h half_md4 "${name}"`]);
    const [major, minor] = hashesByWriter([Buffer.from(name)], ZERO_SEED)[0].split(' ');
    expect(stdout.toString()).toContain(`is 0x${major} (minor 0x${minor})`);
  });
});
