import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeSeekTable } from '../../src/image/frames/seek-table.ts';
import { sampleFile } from '../support/image-frames.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('a seek table has the bytes that the format specifies', () => {
  const expected = [
    // The head of a skippable frame: its magic number, and how many bytes follow.
    '5e2a4d18 19000000',
    '02010000 00000001',
    '03000000 0a000000',
    // How many frames, a descriptor without checksums, the magic number of the format.
    '02000000 00 b1ea928f',
  ];
  const frames = [
    [0x0102, 0x01000000],
    [0x03, 0x0a],
  ] as const;
  expect(encodeSeekTable(frames).toString('hex')).toBe(expected.join('').replaceAll(' ', ''));
});

it('a seek table is skipped by zstd, which lists it as a skippable frame', { tags: ['system'] }, async () => {
  const contents = ['one, ', 'two, ', 'three'].map((text) => Buffer.from(text));
  const path = join(temporaryDirectory(), 'file.zst');
  writeFileSync(path, sampleFile('zstd-apart', contents, 3).bytes);
  await runTool('zstd', ['--test', '--quiet', path]);
  expect((await runTool('zstd', ['--decompress', '--stdout', path])).stdout.toString()).toBe('one, two, three');
  expect((await runTool('zstd', ['--list', '--verbose', path])).stdout.toString()).toMatch(/# Skippable Frames: 1/);
});
