import { describe, expect, it } from 'vitest';
import { baseNameProblem, compareStorePaths, parseStorePath, storeDirectory } from '../../src/nix/store-path.ts';
import { nix } from '../support/nix-store.ts';

const HASH = '0123456789abcdfghijklmnpqrsvwxyz';
const GOOD = ['a', 'A.b_c+d-e?f=g', '0', '-', '--x', '...', '..a', '.hidden', '=', 'x'.repeat(211), 'a.drv'];
const BAD = ['', 'x'.repeat(212), 'a b', 'é', 'a\n', '*', "'", 'a:b', '~', '@', '\\', '\u001b[2J'];
/** Refused by newer versions of Nix only. */
const BAD_DOTS = ['.', '..', '.-a', '..-a'];

describe('storeDirectory', () => {
  it.each([
    [{}, '/nix/store'],
    [{ NIX_STORE_DIR: '' }, '/nix/store'],
    [{ NIX_STORE_DIR: '/mnt/store' }, '/mnt/store'],
    [{ NIX_STORE_DIR: '/mnt//x/../store/' }, '/mnt/store'],
    [{ NIX_STORE: '/other' }, '/other'],
    [{ NIX_STORE_DIR: '/mnt', NIX_STORE: '/other' }, '/mnt'],
  ])('of %j is %s', (environment, directory) => {
    expect(storeDirectory(environment)).toBe(directory);
  });

  it('must be absolute', () => {
    expect(() => storeDirectory({ NIX_STORE_DIR: 'store\n' })).toThrow(
      expect.objectContaining({
        title: 'Invalid NIX_STORE_DIR',
        message: "NIX_STORE_DIR must be an absolute path, but is 'store\\x0a'.",
      }),
    );
  });
});

describe('parseStorePath', () => {
  it('returns the parts of a store path', () => {
    expect(parseStorePath(`/nix/store/${HASH}-a-1.0`, '/nix/store')).toEqual({
      path: `/nix/store/${HASH}-a-1.0`,
      baseName: `${HASH}-a-1.0`,
      hash: HASH,
      name: 'a-1.0',
    });
  });

  it.each(GOOD)('accepts the name %j, as Nix does', { tags: ['system'] }, (name) => {
    expect(parseStorePath(`/nix/store/${HASH}-${name}`, '/nix/store').name).toBe(name);
    expect(nixAccepts(name)).toBe(true);
  });

  it.each(BAD)('refuses the name %j, as Nix does', { tags: ['system'] }, (name) => {
    expect(() => parseStorePath(`/nix/store/${HASH}-${name}`, '/nix/store')).toThrow('is not a store path');
    expect(nixAccepts(name)).toBe(false);
  });

  it.each(BAD_DOTS)('refuses the name %j', (name) => {
    expect(() => parseStorePath(`/nix/store/${HASH}-${name}`, '/nix/store')).toThrow("must not begin with '.'");
  });

  it.each([
    ['/nix/store', 'it is not in /nix/store'],
    ['/nix/store/', 'it must begin with 32 characters'],
    [`/nix/store2/${HASH}-a`, 'it is not in /nix/store'],
    [`nix/store/${HASH}-a`, 'it is not in /nix/store'],
    [`/nix/store/${HASH}`, 'it must begin with 32 characters'],
    [`/nix/store/${HASH}a`, 'it must begin with 32 characters'],
    [`/nix/store/e${HASH.slice(1)}-a`, 'it must begin with 32 characters'],
    [`/nix/store/${HASH.slice(1)}-a`, 'it must begin with 32 characters'],
    [`/nix/store/${HASH.toUpperCase()}-a`, 'it must begin with 32 characters'],
    ['/nix/store/.links', 'it must begin with 32 characters'],
    [`/nix/store/${HASH}-\u001b[2J`, 'its name may only have letters'],
  ])('refuses %j', (path, problem) => {
    expect(() => parseStorePath(path, '/nix/store')).toThrow(problem);
  });

  it('escapes what it refuses', () => {
    expect(() => parseStorePath('/nix\n::error::x', '/nix/store')).toThrow("'/nix\\x0a::error::x' is not a store path");
  });
});

describe('baseNameProblem', () => {
  it('returns undefined for the base name of a store path', () => {
    expect(baseNameProblem(`${HASH}-a`)).toBeUndefined();
  });
});

describe('compareStorePaths', () => {
  it('orders by bytes', () => {
    const paths = ['/nix/store/b-a', '/nix/store/a-b', '/nix/store/a-B', '/nix/store/a-b-1', '/nix/store/a-b.1'];
    expect(paths.toSorted(compareStorePaths)).toEqual([
      '/nix/store/a-B',
      '/nix/store/a-b',
      '/nix/store/a-b-1',
      '/nix/store/a-b.1',
      '/nix/store/b-a',
    ]);
    expect(compareStorePaths('/a', '/a')).toBe(0);
  });
});

/** Whether Nix accepts the name of a store path, one that is not valid in any store. */
function nixAccepts(name: string): boolean {
  try {
    nix('nix-store', ['--query', '--hash', `/nix/store/${HASH}-${name}`]);
    return true;
  } catch (error) {
    return error instanceof Error && /path '.*' is not valid$/m.test(error.message);
  }
}
