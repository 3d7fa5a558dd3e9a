import { expect, it } from 'vitest';
import { reservedNames } from '../../src/fat/reserved-names.ts';
import type { FatTree } from '../../src/fat/tree.ts';

function treeOf(names: readonly string[]): FatTree {
  const entries = names.map((name) => ({ kind: 'file', parent: 0, name: Buffer.from(name), size: 0 }) as const);
  return { entries: [{ kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 }, ...entries] };
}

it('finds the names of the devices of Windows, with any extension and in any case', () => {
  const reserved = ['CON', 'nul.txt', 'Aux.tar.gz', 'com1', 'LPT9.dtb', 'prn .x', 'com²'];
  const usual = ['console', 'nul-txt', 'com10', 'com0', 'lpt', 'auxiliary.dtb', 'config.txt', 'xcon'];
  expect(reservedNames(treeOf([...usual, ...reserved])).map(String)).toEqual(reserved);
});
