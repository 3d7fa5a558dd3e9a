import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWithin } from '../../src/host/within.ts';
import { followLinks, followToStore } from '../../src/nix/follow.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const NAME = `${'0'.repeat(32)}-tool`;
const OTHER = `${'1'.repeat(32)}-link`;

/** A store `nix/store` of which one part of the path is a link to where it is. */
function linkedStore(which: 'nothing' | 'store' | 'nix'): { readonly top: string; readonly store: string } {
  const top = temporaryDirectory();
  const nix = join(top, which === 'nix' ? 'elsewhere' : 'nix');
  const real = join(nix, which === 'store' ? 'elsewhere' : 'store');
  mkdirSync(join(real, NAME), { recursive: true });
  writeFileSync(join(real, NAME, 'file'), '');
  if (which === 'store') {
    symlinkSync('elsewhere', join(nix, 'store'));
  }
  if (which === 'nix') {
    symlinkSync(nix, join(top, 'nix'));
  }
  const store = join(top, 'nix/store');
  symlinkSync(join(store, NAME), join(real, OTHER));
  symlinkSync(join(store, OTHER), join(top, 'result'));
  writeFileSync(join(top, 'file'), '');
  symlinkSync('file', join(top, 'outside'));
  symlinkSync(join(top, 'file'), join(real, NAME, 'out'));
  return { top, store };
}

describe.each(['nothing', 'store', 'nix'] as const)('in a store of whose path a link is %s', (which) => {
  const { top, store } = linkedStore(which);

  it('followToStore stops at the store path', () => {
    expect(followToStore(join(store, NAME, 'file'), store)).toBe(NAME);
    expect(followToStore(join(top, 'result'), store)).toBe(OTHER);
    expect(followToStore(join(top, 'result/file'), store)).toBe(OTHER);
    expect(followToStore(join(top, 'outside'), store)).toBeUndefined();
  });

  it('followLinks names the file as Nix does', () => {
    expect(followLinks(join(top, 'result/file'), store).toString()).toBe(join(store, NAME, 'file'));
    expect(followLinks(Buffer.from(join(store, OTHER)), store).toString()).toBe(join(store, NAME));
    expect(followLinks(realpathSync(join(store, NAME)), store).toString()).toBe(join(store, NAME));
  });

  it('followLinks returns what is elsewhere as it is', () => {
    expect(followLinks(join(top, 'outside'), store).toString()).toBe(join(top, 'file'));
    expect(followLinks(join(store, NAME, 'out'), store).toString()).toBe(join(top, 'file'));
    expect(() => followLinks(join(store, 'none'), store)).toThrow('ENOENT');
  });
});

it('followLinks needs no store', () => {
  const { top } = linkedStore('nothing');
  expect(followLinks(join(top, 'outside'), join(top, 'no/store')).toString()).toBe(join(top, 'file'));
});

it('isWithin compares whole names', () => {
  const within = (path: string, directory: string) => isWithin(Buffer.from(path), Buffer.from(directory));
  expect(within('/nix/store', '/nix/store') && within('/nix/store/a', '/nix/store')).toBe(true);
  expect(within('/nix/store-2/a', '/nix/store') || within('/nix', '/nix/store')).toBe(false);
});
