// @module-tag system
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { queryClosure } from '../../src/nix/closure.ts';
import { parseSha256 } from '../../src/nix/hash.ts';
import { encodeRegistration, type StorePathInfo } from '../../src/nix/registration.ts';
import { resolveStorePaths } from '../../src/nix/resolve.ts';
import { createStore, nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { fakeNixStore } from './fake-nix-store.ts';

const directory = temporaryDirectory();
let root = '';
let paths: Readonly<Record<string, string>> = {};
const query = (property: string, path: string) =>
  nix('nix-store', ['--query', property, path]).toString().trim().split('\n').filter(Boolean);
const fake = (script: string) => ({ environment: fakeNixStore(directory, script) });

beforeAll(() => {
  ({ root, paths } = sampleClosure());
});

describe('queryClosure', () => {
  it('returns each path of the closure as Nix registered it, in order', async () => {
    const infos = await queryClosure([root]);
    expect(infos.map(({ path }) => path)).toEqual(Object.values(paths).sort());
    for (const { path, hash, size, references } of infos) {
      expect(hash).toEqual(parseSha256(query('--hash', path)[0]));
      expect([String(size)]).toEqual(query('--size', path));
      expect([...references].sort()).toEqual(query('--references', path).sort());
    }
    expect(infos.find(({ path }) => path === root)?.references).toContain(root);
  });

  it('returns the union of the closures of several roots, each path once', async () => {
    const [library, names, empty] = [paths['sample-library'], paths['sample-names'], paths['sample-empty']];
    expect((await queryClosure([library])).map(({ path }) => path)).toEqual([library]);
    const union = await queryClosure([names, empty, library, names]);
    expect(union.map(({ path }) => path)).toEqual([library, names, empty].sort());
    expect(await queryClosure([])).toEqual([]);
  });

  it('returns the closure of a derivation', async () => {
    const [derivation] = query('--deriver', root);
    const closure = (await queryClosure([derivation])).map(({ path }) => path);
    expect(closure).toEqual(query('--requisites', derivation).sort());
    expect(closure).toContain(derivation);
    expect(closure).not.toContain(root);
  });

  it('queries more paths than a command line can hold', async () => {
    const store = createStore(temporaryDirectory());
    const limited = fakeNixStore(directory, '[ $(printf "%s\\n" "$@" | wc -c) -le 110000 ] || exit 7; exec $real "$@"');
    const options = { directory: store.directory, environment: { ...store.environment, ...limited } };
    const infos: StorePathInfo[] = [];
    for (let index = 0; index < 1500; index++) {
      const path = `${store.directory}/${String(index).padStart(32, '0')}-${'x'.repeat(200)}`;
      const references = infos.slice(-1).map((before) => before.path);
      infos.push({ path, hash: Buffer.alloc(32, (index % 255) + 1), size: index, references });
    }
    nix('nix-store', ['--load-db'], { ...store, input: encodeRegistration(infos, store.directory) });
    expect(await queryClosure([infos[1499].path], options)).toEqual(infos);
    const roots = infos.map(({ path }) => path);
    expect(await queryClosure(roots, options)).toEqual(infos);
  });

  it('reports the error of Nix for a path that it does not know', async () => {
    const unknown = `/nix/store/${'0'.repeat(32)}-unknown`;
    await expect(queryClosure([unknown])).rejects.toThrow(`  error: path '${unknown}' is not valid`);
  });

  it('refuses a path of which Nix has a hash of zeros', async () => {
    const store = createStore(temporaryDirectory());
    const path = `${store.directory}/${'0'.repeat(32)}-no-hash`;
    const registration = encodeRegistration(
      [{ path, hash: Buffer.alloc(32), size: 1, references: [] }],
      store.directory,
    );
    nix('nix-store', ['--load-db'], { ...store, input: registration });
    await expect(queryClosure([path], store)).rejects.toMatchObject({
      title: 'The database of Nix is wrong',
      message: `The database of Nix is at fault: it has zeros in place of the hash of ${path}.`,
      remedy: expect.stringContaining('`nix-store --verify --check-contents`'),
    });
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const begun = join(temporaryDirectory(), 'file');
    const options = { ...fake(`touch ${begun}; sleep 7200`), signal: controller.signal };
    const cancelled = expect(queryClosure([root], options)).rejects.toMatchObject({ code: 'PROGRAM_CANCELLED' });
    await until(() => existsSync(begun), 'nix-store at work');
    controller.abort();
    await cancelled;
  });
});

describe('queryClosure with a nix-store that', () => {
  it('warns on standard error: succeeds', async () => {
    const warning = 'echo "warning: the store is on fire" >&2; exec $real "$@"';
    expect(await queryClosure([root], fake(warning))).toEqual(await queryClosure([root]));
  });

  it('hangs: names the command and how long it took', async () => {
    await expect(queryClosure([root], { ...fake('sleep 7200'), timeout: 300 })).rejects.toMatchObject({
      code: 'PROGRAM_TIMEOUT',
      message: expect.stringMatching(
        /^Killed because it was still running after 0.3 s: \S*\/nix-store --query --requisites \/nix\/store\//,
      ),
    });
  });

  it('fails: its error is shown', async () => {
    await expect(queryClosure([root], fake('echo "error: database is locked" >&2; exit 1'))).rejects.toMatchObject({
      code: 'PROGRAM_FAILED',
      message: expect.stringMatching(/exit code 1: \S*\/nix-store --query.*\n {2}error: database is locked$/),
    });
  });

  it.each([
    [
      'prints a warning',
      'echo "warning: \u001b[1mx"; exec $real "$@"',
      "a line that is not a store path: 'warning: \\x1b[1mx'",
    ],
    ['prints an empty line', 'echo; exec $real "$@"', "a line that is not a store path: ''"],
    ['prints garbage', "printf '\\377\\000\\n'", "a line that is not a store path: '\\xff\\x00'"],
    ['is cut off', '$real "$@" | head -c 200', 'a line that is not a store path'],
    [
      'prints paths of another store',
      '$real "$@" | sed s,^/nix/,/mnt/,',
      "a line that is not a store path: '/mnt/store/",
    ],
    ['prints nothing', 'exit 0', 'printed no registration of'],
    ['leaves out the root', '$real "$@" | sed /sample-system/d', "sample-system', which it was asked for"],
    [
      'leaves out a reference',
      '$real "$@" | if [ $1 = --query ]; then sed /sample-library/d; else cat; fi',
      "sample-library', which nix-store left out",
    ],
    [
      'warns in its registration',
      'if [ $1 = --dump-db ]; then echo warning: x; fi; exec $real "$@"',
      'Registration, line 1: expected a store path',
    ],
    [
      'cuts its registration off',
      'if [ $1 = --dump-db ]; then $real "$@" | head -n -1; else $real "$@"; fi',
      /^Registration, line \d+: /,
    ],
    [
      'prints no registration of a path',
      'op=$1; shift; if [ $op = --dump-db ]; then shift; fi; exec $real $op "$@"',
      'printed no registration of',
    ],
    [
      'prints one registration too many',
      `if [ $1 = --dump-db ]; then set -- "$@" $EXTRA; fi; exec $real "$@"`,
      'which it was not asked for',
    ],
    [
      'prints a registration twice',
      'if [ $1 = --dump-db ]; then set -- "$@" $2; fi; exec $real "$@"',
      'is listed for the second time',
    ],
  ])('%s: is reported', async (_, script, message) => {
    const { environment } = fake(script);
    const EXTRA = query('--deriver', root)[0];
    await expect(queryClosure([root], { environment: { ...environment, EXTRA } })).rejects.toMatchObject({
      title: 'Unexpected output of nix-store',
      message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
      remedy: expect.stringContaining('Check that the nix-store in PATH is that of Nix'),
    });
  });

  it('is missing: the error says how to install Nix', async () => {
    await expect(queryClosure([root], { environment: { PATH: directory } })).rejects.toMatchObject({
      code: 'PROGRAM_MISSING',
    });
  });
});

describe('resolveStorePaths with a nix-store that', () => {
  it.each([
    ['hangs', 'sleep 7200', 500, 'still running after 0.5 s'],
    ['fails', 'echo error: no daemon >&2; exit 1', undefined, 'error: no daemon'],
    ['prints a warning', 'echo warning: x', undefined, "a line that is not a store path: 'warning: x'"],
  ])('%s: is reported', async (_, script, timeout, message) => {
    await expect(resolveStorePaths([root], { ...fake(script), timeout })).rejects.toThrow(message);
  });

  it('warns on standard error: succeeds', async () => {
    expect(await resolveStorePaths([root], fake('echo warning >&2; exec $real "$@"'))).toEqual([root]);
  });
});
