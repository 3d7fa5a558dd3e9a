import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planGeometry } from '../../src/ext4/plan/geometry.ts';
import { dumpe2fsFields } from '../support/image-check.ts';
import { makeImageFile } from '../support/image-files.ts';
import { makeSample } from '../support/image-sample.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { tableRows } from './support/tables.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/ext4.md'), 'utf8');
const directory = temporaryDirectory();

test('docs/ext4.md names the features that dumpe2fs finds, and what is left out is not among them', {
  tags: ['system'],
}, async () => {
  const image = makeImageFile(join(directory, 'features.img'), makeSample([]), { freeSpace: 0 });
  const found = (await dumpe2fsFields(image.path)).get('Filesystem features')?.split(' ') ?? [];
  expect(tableRows(document, 'Feature').map(([name]) => name)).toEqual(found);
  const leftOut = tableRows(document, 'Not used').flatMap(([names]) => names.split(', '));
  expect(leftOut.filter((name) => found.includes(name))).toEqual([]);
  expect(leftOut).toContain('meta_bg');
});

test('docs/ext4.md has the geometry that is planned', () => {
  const rows = tableRows(document, 'Groups');
  const numbers = rows.map(([groups, , ...rest]) => [groups, ...rest].map(Number));
  const planned = rows.map(([text]) => {
    const groups = Number(text);
    const { descriptorBlocks, reservedDescriptorBlocks, journalBlocks, backupGroups } = planGeometry(groups, 0);
    return [groups, descriptorBlocks, reservedDescriptorBlocks, journalBlocks, backupGroups.length - 1];
  });
  expect(numbers).toEqual(planned);
  expect(rows.length).toBe(8);
  for (const [groups, size] of rows) {
    const units: Readonly<Record<string, number>> = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 };
    const [value, unit] = size.split(' ');
    expect(Number(value) * units[unit]).toBe(Number(groups) * 128);
  }
});

test('docs/ext4.md draws the layout that is planned', () => {
  const { blockBitmap, inodeBitmap, inodeTable, inodeTableBlocks, journalBlocks } = planGeometry(2, 0);
  const end = inodeTable[1] + inodeTableBlocks;
  const drawn = [...document.matchAll(/^ {2,}(\d+) {2}/gm)].map(([, block]) => Number(block));
  const group1 = [32_768, 32_769, 32_770, 33_025];
  const ofGroup0 = [0, 1, 2, blockBitmap[0], inodeBitmap[0], inodeTable[0], end, end + 1, end + 1 + journalBlocks];
  expect(drawn).toEqual([...ofGroup0, ...group1]);
});
