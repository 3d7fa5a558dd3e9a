// @module-tag system
// @module-tag slow
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { type ActionRun, runAction } from '../support/action.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { makeTinyImage, type TinyImage } from '../support/vm/tiny-image.ts';

const directory = temporaryDirectory();
let count = 0;

/** Seconds that no machine needs. */
const PATIENCE = String(Math.floor(inject('hang') / 2000));

async function imageOf(options?: TinyImage): Promise<string> {
  const own = join(directory, `image-${count++}`);
  mkdirSync(own);
  return makeTinyImage(own, options);
}

function bootTest(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  return runAction(
    { firmware: 'kernel', memory: '512MiB', 'card-size': '300MiB', timeout: PATIENCE, ...inputs },
    { action: 'boot-test', directory: join(directory, `run-${count++}`) },
  );
}

/** Leaves the filesystem as a system does that powers off. */
const POWER_OFF = 'sync; mount -o remount,ro /mnt; (sleep 1; poweroff -f) &';

test('boots an image twice, runs commands, and checks what is left', async () => {
  const image = await imageOf();
  const compressed = `${image}.zst`;
  writeFileSync(compressed, zstdCompressSync(readFileSync(image)));
  const before = createHash('sha256').update(readFileSync(compressed)).digest('hex');
  const run = ['test -s /mnt/boots # a comment', `echo "it's" '::warning::not me'`, POWER_OFF].join('\n');
  const { exitCode, log, outputs, summary, temporaryFiles } = await bootTest({ image: compressed, run });

  expect(log).toContain('booted 2 times');
  expect(exitCode).toBe(0);
  expect(createHash('sha256').update(readFileSync(compressed)).digest('hex')).toBe(before);
  expect(outputs['grown-to']).toBe(String(300 * 2 ** 20));
  expect(outputs.seconds).toMatch(/^\d+\.\d \d+\.\d$/);
  const text = readFileSync(outputs['console-log'], 'utf8');
  expect(text).toMatch(/== Boot 1 of 2\n.*this is boot 1\n.*== Boot 2 of 2\n.*this is boot 2\n/s);
  expect(text).toContain('\nwelcome root\n');
  expect(text).toContain("\nit's ::warning::not me\n");
  expect(log).not.toMatch(/^ *::warning::not/m);
  expect(log).toContain('1 store path: as the image registers them');
  expect(summary).toContain('<h3><code>tiny&#46;img&#46;zst</code>: booted 2 times</h3>'.replaceAll('&#46;', '.'));
  expect(summary).toContain('section Boot 2');
  // The card is gone, the console is kept.
  expect(temporaryFiles).toEqual([outputs['console-log'].split('/').at(-2)]);
});

test('says what failed, and what to do', async () => {
  const panic = await bootTest({ image: await imageOf({ mode: 'panic' }) });
  expect(panic.exitCode).toBe(1);
  expect(panic.log).toMatch(/^::error title=The kernel panicked::Boot 1 of 2 failed .*What to do/m);
  expect(panic.log).toMatch(/The last \d+ lines? of the console:/);
  expect(panic.summary).toContain('The kernel panicked</h3>');
  expect(readFileSync(panic.outputs['console-log'], 'utf8')).toContain('Attempted to kill init');

  const hang = await imageOf({ mode: 'hang' });
  const late = await bootTest({ image: hang, timeout: '5' });
  expect(late.exitCode).toBe(1);
  expect(late.log).toMatch(/^::error title=The system did not reach wait-for::.* 5 s passed before a line matched /m);

  const failed = await bootTest({ image: await imageOf(), run: 'true\n(exit 7)' });
  expect(failed.log).toMatch(/^::error title=A command failed::.* exit code 7 of: \(exit 7\)%0A/m);
});

test('refuses what cannot be booted before any work', async () => {
  const missing = await bootTest({ image: join(directory, 'nothing') });
  expect(missing.log).toMatch(/^::error title=Invalid input image::/m);
  const empty = join(directory, 'empty.img');
  writeFileSync(empty, Buffer.alloc(2 ** 20));
  expect((await bootTest({ image: empty })).log).toMatch(/^::error title=The image has no partition table::/m);
  const image = await imageOf();
  expect((await bootTest({ image, 'card-size': '16MiB' })).log).toMatch(/^::error title=Invalid input card-size::/m);
  const cut = join(directory, 'cut.img.zst');
  writeFileSync(cut, zstdCompressSync(readFileSync(image)).subarray(0, 1_000_000));
  expect((await bootTest({ image: cut })).log).toMatch(/^::error title=The image cannot be unpacked::/m);
});
