import { expect, it } from 'vitest';
import { planCard } from '../../src/disk/card-layout.ts';
import { writtenRanges } from '../../src/disk/written.ts';
import { MIB } from '../fat/support/volume.ts';
import { CARD } from './support/card.ts';

it('leaves out the free space of both filesystems only', () => {
  const layout = planCard(CARD);
  const free = {
    firmware: [{ offset: 5 * MIB, length: 25 * MIB }],
    filesystem: [
      { offset: 0, length: 4096 },
      { offset: 10 * MIB, length: MIB },
      { offset: 39 * MIB, length: MIB },
    ],
  };
  expect(writtenRanges(layout, free)).toEqual([
    { offset: 0, length: 13 * MIB },
    { offset: 38 * MIB + 4096, length: 10 * MIB - 4096 },
    { offset: 49 * MIB, length: 28 * MIB },
  ]);
  expect(writtenRanges(layout, { firmware: [], filesystem: [] })).toEqual([{ offset: 0, length: 78 * MIB }]);
});

it('supports a card without a firmware partition', () => {
  const layout = planCard({ ...CARD, firmware: undefined });
  const filesystem = [{ offset: MIB, length: 39 * MIB }];
  expect(writtenRanges(layout, { firmware: [], filesystem })).toEqual([{ offset: 0, length: 9 * MIB }]);
});
