// @module-tag system
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPartitions } from '../../../src/boot/card/partitions.ts';
import { runTool } from '../../support/run-tool.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

it('reads what sfdisk wrote', async () => {
  const card = join(temporaryDirectory(), 'card');
  writeFileSync(card, '');
  truncateSync(card, 2 ** 30);
  const script = 'label: dos\nstart=8M, size=61440, type=b\nstart=38M, type=83, bootable\n';
  await runTool('sfdisk', ['--quiet', '--no-reread', card], { stdin: Buffer.from(script) });
  const MIB = 2 ** 20;
  expect(await readPartitions(card)).toEqual([
    { offset: 8 * MIB, length: 30 * MIB, type: 'b', bootable: false },
    { offset: 38 * MIB, length: 986 * MIB, type: '83', bootable: true },
  ]);
});

it('reads the boot flag of a GPT', async () => {
  const card = join(temporaryDirectory(), 'card');
  writeFileSync(card, '');
  truncateSync(card, 2 ** 30);
  const script = 'label: gpt\nsize=1M, attrs="GUID:63"\nsize=1M, attrs="LegacyBIOSBootable GUID:60"\n';
  await runTool('sfdisk', ['--quiet', '--no-reread', card], { stdin: Buffer.from(script) });
  expect((await readPartitions(card)).map(({ bootable }) => bootable)).toEqual([false, true]);
});
