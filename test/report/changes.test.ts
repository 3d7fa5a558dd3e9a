import { stripVTControlCharacters } from 'node:util';
import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePackageName } from '../../src/nix/package-name.ts';
import { compareClosures, type PackageChange, type StorePathSize } from '../../src/report/changes.ts';
import { formatSizeChange, listChanges } from '../../src/report/changes-text.ts';
import { nix } from '../support/nix-store.ts';

const HASH_DIGITS = '0123456789abcdfghijklmnpqrsvwxyz';

/** A store path of that name; another `build` of it has another hash. */
function storePath(name: string, narSize = 1000, build = 0): StorePathSize {
  return { path: `/nix/store/${(HASH_DIGITS[build] ?? '0').repeat(32)}-${name}`, narSize };
}

function compare(before: readonly (string | StorePathSize)[], after: readonly (string | StorePathSize)[]) {
  const paths = (list: readonly (string | StorePathSize)[]) =>
    list.map((it) => (typeof it === 'string' ? storePath(it) : it));
  return compareClosures(paths(before), paths(after));
}

describe('parsePackageName', () => {
  it.each([
    ['openssl-3.0.14', 'openssl', '3.0.14'],
    ['openssl-3.0.14-dev', 'openssl', '3.0.14'],
    ['glibc-2.40-66-bin', 'glibc', '2.40-66'],
    ['gcc-13.3.0-lib64', 'gcc', '13.3.0'],
    ['python3.11-requests-2.31', 'python3.11-requests', '2.31'],
    ['etc-fonts', 'etc-fonts', ''],
    ['unit-getty-.service', 'unit-getty', '.service'],
    ['source', 'source', ''],
    ['nixos-system-pi-25.05.20250101.abcdef0', 'nixos-system-pi', '25.05.20250101.abcdef0'],
    ['trailing-', 'trailing-', ''],
    ['a--1', 'a', '-1'],
    ['x-0-bin', 'x', '0'],
  ])('%s', (name, expected, version) => {
    expect(parsePackageName(name)).toEqual({ name: expected, version });
  });

  it('parts names as Nix does', { tags: ['system'] }, () => {
    const names: string[] = [];
    assert(
      property(stringMatching(/^[0-9a-zA-Z+._?=][0-9a-zA-Z+\-._?=]{0,20}$/), (name) => void names.push(name)),
      { numRuns: 500 },
    );
    const expression = 'names: map builtins.parseDrvName (builtins.fromJSON names)';
    const args = ['--eval', '--strict', '--json', '--expr', `(${expression}) ${nixString(JSON.stringify(names))}`];
    const parsed: readonly { name: string; version: string }[] = JSON.parse(nix('nix-instantiate', args).toString());
    expect(parsed).toHaveLength(500);
    const ours = names.map(parsePackageName);
    expect(ours.map(({ name }) => name)).toEqual(parsed.map(({ name }) => name));
    // The output's name at the end is no part of the version; Nix does not know outputs here.
    const withoutOutput = (version: string): string => version.replace(/(?<=.)-(?:[a-z]+|lib32|lib64)$/, '');
    expect(ours.map(({ version }) => version)).toEqual(parsed.map(({ version }) => withoutOutput(version)));
  });
});

/** A string literal of the Nix language. */
function nixString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '\\${')}"`;
}

describe('compareClosures', () => {
  it('lists changed, added, removed and rebuilt packages with their sizes', () => {
    const changes = compare(
      ['same-1.0', storePath('glibc-2.39', 5000), 'gone-1.0', 'config'],
      ['same-1.0', storePath('glibc-2.40', 7000), 'new-0.1', storePath('config', 900, 1)],
    );
    expect(changes).toEqual({
      packages: [
        { kind: 'changed', name: 'glibc', before: ['2.39'], after: ['2.40'], sizeChange: 2000 },
        { kind: 'added', name: 'new', before: [], after: ['0.1'], sizeChange: 1000 },
        { kind: 'removed', name: 'gone', before: ['1.0'], after: [], sizeChange: -1000 },
        { kind: 'rebuilt', name: 'config', before: [''], after: [''], sizeChange: -100 },
      ],
      before: { paths: 4, narBytes: 8000 },
      after: { paths: 4, narBytes: 9900 },
    });
  });

  it('takes the outputs of a package together', () => {
    const changes = compare(['a-1.0', 'a-1.0-bin', 'a-1.0-dev'], ['a-1.1', 'a-1.1-bin']);
    expect(changes.packages).toEqual([
      { kind: 'changed', name: 'a', before: ['1.0'], after: ['1.1'], sizeChange: -1000 },
    ]);
  });

  it('handles packages of several versions', () => {
    const packages = (before: readonly string[], after: readonly string[]) => compare(before, after).packages;
    expect(packages(['a-1.9'], ['a-1.9', 'a-1.10'])).toMatchObject([
      { kind: 'changed', before: ['1.9'], after: ['1.9', '1.10'] },
    ]);
    expect(packages(['a-2', 'a-1'], ['a-2'])).toMatchObject([{ kind: 'changed', before: ['1', '2'], after: ['2'] }]);
    expect(packages(['a-2', 'a-1'], ['a-1', 'a-2'])).toEqual([]);
    const twice = compare(['a-1'], ['a-1', storePath('a-1', 1000, 1)]).packages;
    expect(twice).toEqual([{ kind: 'rebuilt', name: 'a', before: ['1'], after: ['1'], sizeChange: 1000 }]);
  });

  it('distinguishes a version from none', () => {
    expect(compare(['a'], ['a-1']).packages).toMatchObject([{ kind: 'changed', before: [''], after: ['1'] }]);
  });

  it('finds nothing between equal closures, and its own opposite the other way round', () => {
    const names = constantFrom('a-1', 'a-2', 'a-2-dev', 'a', 'b-1', 'b-1.1', 'c', 'd-0-unstable-2024');
    const closures = array(names, { maxLength: 8 }).map((list) => [...new Set(list)].map((name) => storePath(name)));
    assert(
      property(closures, closures, (before, after) => {
        expect(compareClosures(before, before).packages).toEqual([]);
        const there = compareClosures(before, after);
        const back = compareClosures(after, before);
        const opposite = (change: PackageChange) =>
          `${change.name} ${change.after} ${change.before} ${-change.sizeChange || 0}`;
        const same = (change: PackageChange) =>
          `${change.name} ${change.before} ${change.after} ${change.sizeChange || 0}`;
        expect(there.packages.map(same).sort()).toEqual(back.packages.map(opposite).sort());
        const sum = there.packages.reduce((bytes, { sizeChange }) => bytes + sizeChange, 0);
        expect(sum).toBe(there.after.narBytes - there.before.narBytes);
      }),
    );
  });

  it('reports the same versions as nix store diff-closures', { tags: ['system'] }, () => {
    const before = closureOf('before', [
      'openssl-3.0.13',
      'openssl-3.0.13-bin',
      'zlib-1.3',
      'gone-0.1',
      'hello',
      'two-1',
      'two-2',
      'config',
    ]);
    const after = closureOf('after', [
      'openssl-3.0.14',
      'openssl-3.0.14-bin',
      'zlib-1.3',
      'new-2',
      'hello-2.12',
      'two-2',
      'two-3',
      'config',
    ]);
    const args = ['--extra-experimental-features', 'nix-command', 'store', 'diff-closures', before.root, after.root];
    const printed = stripVTControlCharacters(nix('nix', args).toString());
    const versions = printed.split('\n').flatMap((line) => {
      const [, name, old, now] = /^(\S+): (.*?) → ([^,]*(?:, [^,+-][^,]*)*?)(?:, [+-].*)?$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, old, now].join('|')];
    });
    const show = (list: readonly string[]): string => list.map((version) => version || 'ε').join(', ') || '∅';
    const ours = compareClosures(before.paths, after.paths).packages.filter(({ kind }) => kind !== 'rebuilt');
    const oursAsNix = ours.map((change) => {
      const gone = change.before.filter((version) => !change.after.includes(version));
      const come = change.after.filter((version) => !change.before.includes(version));
      return [change.name, show(gone), show(come)].join('|');
    });
    expect(versions).toHaveLength(7);
    expect(oursAsNix.sort()).toEqual(versions.sort());
  });
});

/** Store paths of these names, and one that refers to all of them. */
function closureOf(root: string, names: readonly string[]): { root: string; paths: readonly StorePathSize[] } {
  const files = names.map((name) => `(builtins.toFile "${name}" "${name === 'config' ? root : name}")`).join(' ');
  const expression = `builtins.toFile "${root}" (builtins.concatStringsSep " " [ ${files} ])`;
  const path = JSON.parse(
    nix('nix-instantiate', ['--eval', '--read-write-mode', '--json', '--expr', expression]).toString(),
  );
  const lines = nix('nix-store', ['--query', '--requisites', path]).toString().trim().split('\n');
  const sizes = nix('nix-store', ['--query', '--size', ...lines])
    .toString()
    .trim()
    .split('\n');
  return { root: path, paths: lines.map((line, i) => ({ path: line, narSize: Number(sizes[i]) })) };
}

describe('listChanges', () => {
  it('is a few lines', () => {
    const changes = compare(
      ['glibc-2.39', 'gone-1.0', 'config', 'hello'],
      [storePath('glibc-2.40', 3048), 'new-0.1', storePath('config', 900, 1), 'hello-2', 'hello-3'],
    );
    expect(listChanges(changes, 'old.img.manifest.json')).toEqual([
      'Since old.img.manifest.json: 2 packages changed, 1 added, 1 removed, 1 rebuilt; 4 -> 5 store paths, 3.91 KiB -> 6.79 KiB (+2.88 KiB)',
      '  glibc: 2.39 -> 2.40, +2.00 KiB',
      '  hello: - -> 2, 3, +1000 B',
      '  new: 0.1 added, +1000 B',
      '  gone: 1.0 removed, -1000 B',
    ]);
  });

  it('lists at most ten packages, and counts the rest', () => {
    const names = (version: string) => Array.from({ length: 25 }, (_, i) => `p${i}-${version}`);
    const lines = listChanges(compare(names('1'), names('2')), 'old');
    expect(lines).toHaveLength(12);
    expect(lines[0]).toContain('25 packages changed;');
    expect(lines.at(-1)).toBe('  and 15 more, see the job summary');
  });

  it('has no long lines, however many versions a package has', () => {
    const versions = Array.from({ length: 5000 }, (_, i) => `unit-${i}`);
    const lines = listChanges(compare(versions, [...versions, 'unit-new', 'unit-5000']), 'old');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300);
    expect(lines[1]).toMatch(/^ {2}unit: 0, 1, 2, [^>]*\.\.\. -> 0, 1, 2, .*\.\.\., \+1000 B$/);
  });

  it('reports that nothing changed', () => {
    expect(listChanges(compare(['a-1'], ['a-1']), 'old')).toEqual([
      'Since old: the same store paths; 1 -> 1 store path, 1000 B -> 1000 B (+0 B)',
    ]);
    expect(listChanges(compare(['a-1'], ['a-2']), 'old')[0]).toContain('1 package changed;');
  });
});

it.each([
  [0, '+0 B'],
  [2 ** 20, '+1.00 MiB'],
  [-1536, '-1.50 KiB'],
])('formatSizeChange(%i)', (bytes, text) => {
  expect(formatSizeChange(bytes)).toBe(text);
});
