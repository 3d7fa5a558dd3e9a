// @module-tag system
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildSystem } from '../nixos/support/system.ts';
import { nix } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { flipInFile } from './support/bits.ts';
import { expectCleanFailure, inject, namesIn, runFaulty } from './support/faults.ts';
import { flipBit, isIntact, ownVictim, registerAs } from './support/own-paths.ts';

const printed = (tool: string, ...args: readonly string[]): string => nix(tool, args).toString().trim();

/** The hash that Nix registered of a path, and the hash that the path has now. */
const registered = (path: string): string => printed('nix-store', '--query', '--hash', path);
const found = (path: string): string => `sha256:${printed('nix-hash', '--type', 'sha256', '--base32', path)}`;

function replaceByDirectory(file: string): void {
  unlinkSync(file);
  mkdirSync(file);
}

function replaceByPipe(file: string): void {
  unlinkSync(file);
  execFileSync('mkfifo', [file]);
}

function replaceByLink(file: string): void {
  unlinkSync(file);
  symlinkSync('/etc/passwd', file);
}

/** Damage after which Nix can still hash the path. */
const DAMAGE: readonly (readonly [string, (file: string) => void])[] = [
  ['has a bit flipped, with size and times as before', flipBit],
  ['is truncated', (file) => truncateSync(file, 1000)],
  ['has grown', (file) => appendFileSync(file, 'more')],
  ['is replaced by a directory', replaceByDirectory],
  ['is removed', unlinkSync],
  ['is made executable', (file) => execFileSync('chmod', ['+x', file])],
  ['has a new neighbour', (file) => appendFileSync(`${file}-2`, 'new')],
];

describe('a file of the store', () => {
  test.each(DAMAGE)('that %s is found by the verification, and the store is blamed', async (_, damage) => {
    const { root, path, file } = ownVictim();
    const before = statSync(file);
    expect(isIntact(path)).toBe(true);
    damage(file);
    expect(isIntact(path)).toBe(false);
    if (damage === flipBit) {
      expect(statSync(file)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
    }

    const text = expectCleanFailure(await runFaulty({ 'store-paths': root }));
    expect(text).toContain(`${path} in the image is not what Nix registered: expected the hash ${registered(path)}`);
    expect(text).toContain(`found the hash ${found(path)}`);
    expect(text).toContain(`The store of this machine is at fault: it has the hash ${found(path)}`);
    expect(text).toContain('The Nix store is damaged');
    expect(text).toContain(`nix-store --repair-path ${path}`);
  });

  test('that is a named pipe is refused before it is read', async () => {
    const { root, file } = ownVictim();
    replaceByPipe(file);
    const text = expectCleanFailure(await runFaulty({ 'store-paths': root }));
    expect(text).toContain(`${file} is a named pipe`);
    expect(text).toContain('nix-store --verify --check-contents --repair');
  });
});

/** Damage after the file was planned and before it is read, and words of the error. */
const DAMAGE_MEANWHILE: readonly (readonly [string, (file: string) => void, string])[] = [
  ['truncated', (file) => truncateSync(file, 1000), ' and now has 1000'],
  ['grown', (file) => appendFileSync(file, 'more'), ' changed while the image was built: it had '],
  ['replaced by a directory', replaceByDirectory, 'it is no longer a regular file'],
  ['replaced by a named pipe', replaceByPipe, 'it is no longer a regular file'],
  ['replaced by a link', replaceByLink, 'cannot be read, but existed'],
  ['removed', unlinkSync, 'cannot be read, but existed'],
  ['flipped in one bit', flipBit, 'The store of this machine is at fault'],
];

describe('a file of the store, while the image is written,', () => {
  test.each(DAMAGE_MEANWHILE)('is %s', async (_, damage, words) => {
    const { root, path, file } = ownVictim();
    const hold = inject('hold', 'writeRange');
    const run = await runFaulty(
      { 'store-paths': root, compression: 'none' },
      {
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          damage(file);
          hold.go();
        },
      },
    );
    expect(hold.happened() && !isIntact(path)).toBe(true);
    const text = expectCleanFailure(run);
    expect(text).toContain(words);
    expect(text).toContain(words.includes('store') ? path : file);
  });

  test('is flipped in one bit after it was read: the image is correct', async () => {
    const { root, path, file } = ownVictim();
    const hold = inject('hold', 'hashStorePaths');
    const run = await runFaulty(
      { 'store-paths': root, compression: 'none' },
      {
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          flipBit(file);
          hold.go();
        },
      },
    );
    expect(hold.happened() && !isIntact(path)).toBe(true);
    expect(run).toMatchObject({
      exitCode: 0,
      files: ['SHA256SUMS', 'nixos.img', 'nixos.img.cdx.json', 'nixos.img.manifest.json'],
      leftRunning: [],
    });
    const inImage = execFileSync('debugfs', ['-R', `cat ${file}`, run.outputs['image-path'] ?? ''], { stdio: 'pipe' });
    flipBit(file);
    expect(isIntact(path)).toBe(true);
    execFileSync('cmp', [file, '-'], { input: inImage });
  });
});

describe('a store path', () => {
  test('that is registered but not on disk is named', async () => {
    const { root, path } = ownVictim();
    rmSync(path, { recursive: true });
    expect(printed('nix-store', '--query', '--requisites', root)).toContain(path);
    const text = expectCleanFailure(await runFaulty({ 'store-paths': root }));
    expect(text).toContain(`The store path ${path} cannot be read completely`);
    expect(text).toContain('ENOENT');
  });

  test.each(['scanStorePath', 'digestFiles', 'compressRange'])('that is deleted before %s is named', async (task) => {
    const { root, path } = ownVictim();
    const hold = inject('hold', task);
    const run = await runFaulty(
      { 'store-paths': root },
      {
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          nix('nix-store', ['--delete', '--ignore-liveness', root, path]);
          hold.go();
        },
      },
    );
    expect(hold.happened() && !existsSync(path)).toBe(true);
    const text = expectCleanFailure(run);
    expect(text).toMatch(/\/nix\/store\/[^ ]*-fault-(victim|root)/);
    expect(text).toContain('cannot be read');
  });

  test('is held against a garbage collection at the same time', async () => {
    const { root, path } = ownVictim();
    const hold = inject('hold', 'compressRange');
    let refusal = '';
    // Through a link, because Nix also keeps paths that it finds in the environment of a process.
    const workingDirectory = temporaryDirectory();
    symlinkSync(root, join(workingDirectory, 'result'));
    const run = await runFaulty(
      { 'store-paths': './result' },
      {
        workingDirectory,
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          dropOtherRoots(path, root);
          refusal = errorOf(() => nix('nix-store', ['--delete', root, path]));
          hold.go();
        },
      },
    );
    expect(refusal).toContain('still alive');
    expect(run).toMatchObject({ exitCode: 0, temporaryFiles: [], leftRunning: [] });
    nix('nix-store', ['--delete', root, path]);
    expect(existsSync(path)).toBe(false);
  });
});

/** Removes the roots that tests hold their paths with. */
function dropOtherRoots(...paths: readonly string[]): void {
  for (const path of paths) {
    const roots = printed('nix-store', '--query', '--roots', path).matchAll(/^(\S*nix-ext4-image-test-roots\S*) -> /gm);
    for (const [, link = ''] of roots) {
      rmSync(link, { force: true });
    }
  }
}

function errorOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Flips a bit of the victim in the image that is not yet verified. */
function damageImage(directory: string): void {
  const names = namesIn(directory).filter((name) => name.endsWith('.partial'));
  expect(names).toHaveLength(1);
  const image = join(directory, names[0] ?? '');
  const offset = readFileSync(image).indexOf('of the victim, line 1000');
  expect(offset).toBeGreaterThan(0);
  flipInFile(image, offset, 3);
}

describe('the database of Nix', () => {
  const sizeOf = (path: string): string => printed('nix-store', '--query', '--size', path);

  test.each(['none', 'zstd'])(
    'that has a size of 0, which means unknown: the image has the size (%s)',
    async (compression) => {
      const { root, path } = ownVictim();
      const inputs = { 'store-paths': root, compression };
      const before = await runFaulty(inputs);
      const size = sizeOf(path);
      registerAs(path, { size: '0' });
      expect(sizeOf(path)).toBe('0');
      const run = await runFaulty(inputs);
      expect(run).toMatchObject({ exitCode: 0, errors: [] });
      expect(run.log).toContain('Nix does not know the size of 1 store path');
      for (const output of ['closure-size', 'image-sha256']) {
        expect(run.outputs[output]).toBe(before.outputs[output]);
      }
      expect(run.outputs['closure-size']).toBe(`${Number(size) + Number(sizeOf(root))}`);
      expect(run.summary).toContain('2 of 2 store paths');
    },
  );

  test.each([
    ['another size', { size: '12345' }, 'it has a size of 12345 bytes for'],
    ['zeros in place of a hash', { hash: '0'.repeat(64) }, 'it has zeros in place of the hash of'],
  ])('that has %s is blamed before the image is written', async (_, what, words) => {
    const { root, path } = ownVictim();
    registerAs(path, what);
    const run = await runFaulty({ 'store-paths': root });
    const text = expectCleanFailure(run);
    expect(text).toContain(`The database of Nix is at fault: ${words}`);
    expect(text).toContain(path);
    expect(text).toContain('`nix-store --verify --check-contents`');
    expect(run.log).not.toContain('::group::Write the image');
  });
});

describe('the store of Nix', () => {
  test.each([
    [{ NIX_REMOTE: 'local?root=/nowhere' }, "Nix uses the store 'local?root=/nowhere', as NIX_REMOTE says"],
    [{ NIX_CONFIG: 'store = dummy://' }, "Nix uses the store 'dummy://', as NIX_CONFIG says"],
    [{ NIX_STORE_DIR: '/nowhere/store' }, "The Nix store is in '/nowhere/store'"],
  ])('that is another than the one in /nix/store, by %j, is named before any work', async (environment, words) => {
    const run = await runFaulty({ 'store-paths': ownVictim().root }, { environment });
    expect(expectCleanFailure(run)).toContain(words);
    expect(run.log).not.toContain('::group::');
  });

  test('has a derivation, which is refused with its outputs', async () => {
    const { root } = ownVictim();
    const derivation = printed('nix-store', '--query', '--deriver', root);
    const text = expectCleanFailure(await runFaulty({ 'store-paths': derivation }));
    expect(text).toContain(`${derivation} is a derivation`);
    expect(text).toContain(`Its outputs: ${root}.`);
  });
});

/** Shell commands that replace a directory in a mount namespace, and then start the action. `$1` is a directory. */
const LINKED_STORE = {
  '/nix/store': `mkdir $1/nix; mount --rbind /nix $1/nix; mount -t tmpfs none /nix
    ln -s $1/nix/store /nix/store; ln -s $1/nix/var /nix/var; shift; exec "$@"`,
  '/nix': `mkdir $1/root; for each in $(ls /); do
      if [ -L /$each ]; then cp -P /$each $1/root/
      elif [ $each = nix ]; then mkdir $1/nix; mount --rbind /nix $1/nix; ln -s $1/nix $1/root/nix
      elif [ -d /$each ]; then mkdir $1/root/$each; mount --rbind /$each $1/root/$each; fi
    done; root=$1/root; shift; exec chroot $root "$@"`,
};

test.each(Object.entries(LINKED_STORE))('%s may be a symbolic link', async (_, script) => {
  const { toplevel, paths } = buildSystem();
  const directory = temporaryDirectory();
  const mounts = temporaryDirectory();
  const firmware = join(directory, 'firmware');
  mkdirSync(firmware);
  symlinkSync(join(paths['linux-6.12.1'] ?? '', 'Image'), join(firmware, 'kernel.img'));
  symlinkSync(toplevel, join(directory, 'result'));
  const inputs = {
    system: join(directory, 'result'),
    'store-paths': join(directory, 'result'),
    format: 'sd-card',
    'firmware-files': firmware,
    bootloader: `${paths['linux-6.12.1']}/Image@8KiB`,
    compression: 'none',
  };
  const plain = await runFaulty(inputs, { directory });
  expect(plain.exitCode, plain.log).toBe(0);
  const linked = await runFaulty(inputs, {
    directory,
    environment: { NIX_IGNORE_SYMLINK_STORE: '1' },
    // Other shells drop variables with dashes in their names.
    startedBy: ['unshare', '--mount', 'bash', '-euc', script, 'bash', mounts],
  });
  expect(linked, linked.log).toMatchObject({ exitCode: 0, errors: [] });
  expect(linked.outputs['image-sha256']).toBe(plain.outputs['image-sha256']);
  expect(linked.outputs['image-sha256']).toMatch(/^[0-9a-f]{64}$/);
});

test('an image that was damaged between writing and verification is blamed, and the store is not', async () => {
  const { root, path, file } = ownVictim();
  const directory = temporaryDirectory();
  const hold = inject('hold', 'hashStorePaths');
  const run = await runFaulty(
    { 'store-paths': root, compression: 'none' },
    {
      directory,
      environment: hold.environment,
      async during() {
        await hold.untilHit();
        damageImage(join(directory, 'output'));
        hold.go();
      },
    },
  );
  const text = expectCleanFailure(run);
  expect(isIntact(path)).toBe(true);
  expect(text).toContain('The image is at fault: the store has the registered contents');
  expect(text).toContain(`of ${file}`);
  expect(text).toContain(registered(path));
});

test('an image that was damaged, of a store path that is gone: neither store nor image is blamed', async () => {
  const { root, path } = ownVictim();
  const directory = temporaryDirectory();
  const hold = inject('hold', 'hashStorePaths');
  const run = await runFaulty(
    { 'store-paths': root, compression: 'none' },
    {
      directory,
      environment: hold.environment,
      async during() {
        await hold.untilHit();
        damageImage(join(directory, 'output'));
        rmSync(path, { recursive: true });
        hold.go();
      },
    },
  );
  const text = expectCleanFailure(run);
  expect(text).toContain('The Nix store cannot be read');
  expect(text).toContain(`${path} in the image is not what Nix registered`);
  expect(text).toContain('Whether the store or the image is at fault is not known');
  expect(text).toContain('ENOENT');
});

test('an image that another process removes during its verification: the image could not be read back', async () => {
  const directory = temporaryDirectory();
  const hold = inject('hold', 'hashStorePaths');
  const run = await runFaulty(
    { 'store-paths': ownVictim().root, compression: 'none' },
    {
      directory,
      environment: hold.environment,
      async during() {
        await hold.untilHit();
        const [name = ''] = namesIn(join(directory, 'output'));
        rmSync(join(directory, 'output', name));
        hold.go();
      },
    },
  );
  const text = expectCleanFailure(run);
  expect(text).toContain('The image could not be read back');
  expect(text).toContain('ENOENT');
  expect(text).toContain('output-directory');
});
