// @module-tag system
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withMounted } from '../support/kernel.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { commandsOf, outputsOf } from './support/commands.ts';
import { expectCleanFailure, type FaultyRun, inject, runFaulty } from './support/faults.ts';
import { ownPaths } from './support/own-paths.ts';

/** Text that a runner, a terminal, a shell or a browser acts on, in one valid file name. */
const HOSTILE_NAME = [
  '::error::injected',
  '\n::set-output name=image-path::injected\n',
  '##[error]injected',
  '%0A::warning::injected',
  '\u001b[31mred\u0007\r',
  '$(touch injected)`touch injected`;touch injected',
  '<img src=x onerror=injected><!--',
  '\u202egnp',
].join(' ');

/** The commands that the action uses. */
const OWN_COMMANDS = ['group', 'endgroup', 'error', 'warning', 'debug', 'add-mask'];

/** Expects that a log has no command or control sequence that the action did not intend. */
function expectHarmless(run: FaultyRun): void {
  for (const { name, properties, data } of run.commands) {
    expect(OWN_COMMANDS).toContain(name);
    // The runner shows the text of a command without escaping it.
    expect(Object.values(properties).join() + data).not.toMatch(CONTROLS);
  }
  expect(run.log).not.toMatch(CONTROLS);
  expect(run.commands.filter(({ data }) => data.startsWith('injected'))).toEqual([]);
  expect(run.log).not.toMatch(/^\s*(::set-output|##\[|injected)/m);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the test searches for them.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function rootFiles(make: (directory: string) => void): string {
  const directory = temporaryDirectory();
  make(directory);
  return directory;
}

const run = (inputs: Readonly<Record<string, string>>) => runFaulty({ 'store-paths': sampleClosure().root, ...inputs });

describe('this test', () => {
  test('parses commands and outputs as the runner does', () => {
    const log = 'a ::error::no\n  ::error title=a%2Cb,file=c::x%0Ay\n::set-output name=p::v\nb ##[debug]z';
    expect(commandsOf(log)).toEqual([
      { name: 'error', properties: { title: 'a,b', file: 'c' }, data: 'x\ny' },
      { name: 'set-output', properties: { name: 'p' }, data: 'v' },
      { name: 'debug', properties: {}, data: 'z' },
    ]);
    expect(outputsOf('a=1\nb<<E\nx\n\ny=2\nE\n')).toEqual({ a: '1', b: 'x\n\ny=2' });
    expect(() => outputsOf('a\n')).toThrow('Invalid format');
    expect(() => outputsOf('a<<E\nx\n')).toThrow('Matching delimiter not found');
  });
});

describe('root-files', () => {
  test('symlinks are stored and never followed', async () => {
    const secret = temporaryDirectory();
    writeFileSync(join(secret, 'file'), 'a secret of this machine');
    const links = {
      absolute: '/etc/passwd',
      outside: join(secret, 'file'),
      directory: secret,
      dangling: 'no/such/file',
      within: '../boot/./x/..',
      long: `/${'l'.repeat(100)}`,
    };
    const directory = rootFiles((path) => {
      mkdirSync(join(path, 'boot'));
      for (const [name, target] of Object.entries(links)) {
        symlinkSync(target, join(path, 'boot', name));
      }
    });
    const made = await run({ 'root-files': directory, compression: 'none' });
    expect(made.exitCode).toBe(0);
    await withMounted(made.outputs['image-path'] ?? '', {}, (mounted) => {
      for (const [name, target] of Object.entries(links)) {
        expect(readlinkSync(join(mounted, 'boot', name))).toBe(target);
      }
    });
    expect(readFileSync(made.outputs['image-path'] ?? '').includes('a secret of this machine')).toBe(false);
  });

  test('the directory itself may be a link', async () => {
    const directory = rootFiles((path) => {
      mkdirSync(join(path, 'real'));
      writeFileSync(join(path, 'real/file'), 'contents');
      symlinkSync('real', join(path, 'link'));
    });
    const made = await run({ 'root-files': join(directory, 'link'), compression: 'none' });
    const file = execFileSync('debugfs', ['-R', 'cat /file', made.outputs['image-path'] ?? ''], { stdio: 'pipe' });
    expect(file.toString()).toBe('contents');
  });

  const REFUSED: readonly (readonly [string, (directory: string) => unknown, RegExp])[] = [
    [
      'a symlink that leads out of the directory',
      (f) => symlinkSync('../../etc/passwd', join(f, 'link')),
      /leads out of the directory/,
    ],
    [
      'one in a directory below',
      (f) => linkDeep(f, 'a/link', 'x/../../../y'),
      /a\/link leads out of the directory.*x\/\.\.\/\.\.\/\.\.\/y/,
    ],
    ['a named pipe', (f) => execFileSync('mkfifo', [join(f, 'pipe')]), /pipe is a named pipe/],
    ['a device', (f) => execFileSync('mknod', [join(f, 'null'), 'c', '1', '3']), /null is a device/],
    ['a disk', (f) => execFileSync('mknod', [join(f, 'disk'), 'b', '7', '0']), /disk is a device/],
    ['a socket', (f) => openSocket(join(f, 'socket')), /socket is a socket/],
    ['a file in the store', (f) => writeDeep(f, 'nix/store/x'), /must not contain \/nix\/store/],
    ['an empty store', (f) => mkdirSync(join(f, 'nix/store'), { recursive: true }), /must not contain \/nix\/store/],
    ['a link as the store', (f) => linkDeep(f, 'nix/store', '/'), /must not contain \/nix\/store/],
    ['a link as /nix', (f) => symlinkSync('/boot', join(f, 'nix')), /\/nix is in the image twice/],
    ['a file as /nix', (f) => writeDeep(f, 'nix'), /\/nix is in the image twice/],
    ['a registration', (f) => writeDeep(f, 'nix-path-registration'), /\/nix-path-registration is in the image twice/],
    [
      'a directory as registration',
      (f) => mkdirSync(join(f, 'nix-path-registration')),
      /\/nix-path-registration is in the image twice/,
    ],
    ['lost+found', (f) => mkdirSync(join(f, 'lost+found')), /must not contain \/lost\+found/],
  ];
  test.each(REFUSED)('%s is refused before anything is written', async (_, make, words) => {
    const directory = rootFiles(make);
    const refused = await run({ 'root-files': directory });
    const text = expectCleanFailure(refused);
    expect(text).toMatch(words);
    expect(refused.log).not.toContain('Write the image');
  });

  test('the same file in two directories is refused', async () => {
    const directories = [rootFiles((f) => writeDeep(f, 'boot/x')), rootFiles((f) => writeDeep(f, 'boot/x'))];
    const text = expectCleanFailure(await run({ 'root-files': directories.join('\n') }));
    expect(text).toContain('/boot/x is in the image twice');
  });

  test.each([
    ['a file', (f: string) => writeDeep(f, 'x'), 'is not a directory'],
    ['a link in a circle', (f: string) => symlinkSync('x', join(f, 'x')), 'ELOOP'],
  ])('%s instead of a directory is refused', async (_, make, words) => {
    const directory = rootFiles(make);
    expect(expectCleanFailure(await run({ 'root-files': join(directory, 'x') }))).toContain(words);
  });

  test('directories of the greatest possible depth are stored', async () => {
    const directory = rootFiles((f) => writeDeep(f, `${'d/'.repeat(900)}file`));
    const made = await run({ 'root-files': directory, compression: 'none' });
    expect(made.exitCode).toBe(0);
    const path = `/${'d/'.repeat(900)}file`;
    const file = execFileSync('debugfs', ['-R', `cat ${path}`, made.outputs['image-path'] ?? ''], { stdio: 'pipe' });
    expect(file.toString()).toBe('contents');
  });

  test('a file that changes while the image is built fails the verification', async () => {
    const directory = rootFiles((f) => writeDeep(f, 'boot/kernel'));
    const hold = inject('hold', 'compareOutsideStore');
    const changed = await runFaulty(
      { 'store-paths': sampleClosure().root, 'root-files': directory },
      {
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          writeFileSync(join(directory, 'boot/kernel'), 'CONTENTS');
          hold.go();
        },
      },
    );
    expect(hold.happened()).toBe(true);
    const text = expectCleanFailure(changed);
    expect(text).toContain('/boot/kernel in the image differs from its source, at byte 0: either the source changed');
  });
});

describe('names that a runner, a terminal, a shell or a browser acts on', () => {
  test('in files: the image has them unchanged, and the log does not show them', async () => {
    const directory = rootFiles((f) => writeDeep(f, HOSTILE_NAME.replaceAll('/', '_')));
    const made = await run({ 'root-files': directory, compression: 'none' });
    expect(made).toMatchObject({ exitCode: 0, leftRunning: [] });
    expectHarmless(made);
    await withMounted(made.outputs['image-path'] ?? '', {}, (mounted) => {
      expect(readFileSync(join(mounted, HOSTILE_NAME.replaceAll('/', '_')), 'utf8')).toBe('contents');
    });
  });

  test.each(['', '1'])('in a file that is refused: the error shows them escaped (RUNNER_DEBUG=%s)', async (debug) => {
    const directory = rootFiles((f) => execFileSync('mkfifo', [join(f, HOSTILE_NAME)]));
    const environment = { RUNNER_DEBUG: debug };
    const refused = await runFaulty({ 'store-paths': sampleClosure().root, 'root-files': directory }, { environment });
    expectHarmless(refused);
    expect(refused.exitCode).toBe(1);
    expect(refused.errors).toHaveLength(1);
    expect(refused.errors[0]?.data).toContain('::error::injected \\x0a::set-output');
    expect(refused.errors[0]?.data).toContain('\\x1b[31mred\\x07\\x0d');
    expect(refused.errors[0]?.data).toContain('\\u{202e}gnp is a named pipe');
  });

  test('in a file of the store that goes missing: the error shows them escaped', async () => {
    const { named = '' } = ownPaths({
      named: { script: `mkdir $out; echo $nonce > "$out/$(printf '\\033[1m\\n::error::x')"` },
    });
    const hold = inject('hold', 'compressRange');
    const failed = await runFaulty(
      { 'store-paths': named },
      {
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          unlinkSync(join(named, '\u001b[1m\n::error::x'));
          hold.go();
        },
      },
    );
    expect(hold.happened()).toBe(true);
    expectHarmless(failed);
    expect(expectCleanFailure(failed)).toContain(`${named}/\\x1b[1m\\x0a::error::x cannot be read`);
  });

  test('in inputs that allow them: outputs are exact, log and summary are harmless, and no shell runs them', async () => {
    const directory = temporaryDirectory();
    const workingDirectory = temporaryDirectory();
    const output = join(directory, HOSTILE_NAME.replaceAll('/', '_'));
    const made = await runFaulty(
      {
        'store-paths': sampleClosure().root,
        'output-directory': output,
        'image-name': "$(touch injected)`touch injected`;&#x3c;b>'%0A::error.img".replaceAll(/[>:]/g, '_'),
        'volume-label': '<b>::x`%0A](y)',
        compression: 'none',
      },
      { directory, workingDirectory },
    );
    expect(made).toMatchObject({ exitCode: 0, leftRunning: [] });
    expectHarmless(made);
    const outputs = outputsOf(readFileSync(join(directory, 'outputs'), 'utf8'));
    expect(outputs['image-path']).toBe(join(output, made.files[0] ?? ''));
    expect(Object.keys(outputs)).not.toContain('injected');
    expect(Object.keys(outputs).sort()).toEqual(
      [
        'checksums-path',
        'closure-paths',
        'closure-size',
        'files',
        'image-name',
        'image-path',
        'image-sha256',
        'image-size',
        'manifest-path',
        'sbom-path',
        'uncompressed-sha256',
        'uncompressed-size',
        'uuid',
      ].sort(),
    );
    expect(made.summary).toContain('&#60;b');
    for (const raw of ['<b>', '`touch', '](y)', '::x`', '<img']) {
      expect(made.summary).not.toContain(raw);
    }
    expect(existsSync(join(workingDirectory, 'injected'))).toBe(false);
    const label = spawnSync('e2label', [made.outputs['image-path'] ?? ''], { encoding: 'utf8' });
    expect(label.stdout).toBe('<b>::x`%0A](y)\n');
  });

  test.each([
    ['store-paths', `/nix/store/${HOSTILE_NAME.replaceAll(/\s/g, '_')}`],
    ['root-files', HOSTILE_NAME.replaceAll('\n', ' ')],
    ['volume-label', HOSTILE_NAME],
    ['uuid', HOSTILE_NAME],
    ['image-name', HOSTILE_NAME],
    ['free-space', HOSTILE_NAME],
    ['compression', HOSTILE_NAME],
    ['retention-days', HOSTILE_NAME],
  ])('in the input %s, which does not allow them: refused, and shown escaped', async (name, value) => {
    const refused = await run({ [name]: value });
    expectHarmless(refused);
    expect(refused).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [], outputs: {}, leftRunning: [] });
    expect(refused.errors).toHaveLength(1);
    expect(refused.errors[0]?.data).toContain('injected');
  });
});

function writeDeep(directory: string, path: string): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), 'contents');
}

function linkDeep(directory: string, path: string, target: string): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  symlinkSync(target, join(directory, path));
}

function openSocket(path: string): void {
  const server = createServer().listen(path);
  onTestFinished(() => {
    server.close();
  });
}
