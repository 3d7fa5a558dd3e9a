// @module-tag system
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeImagerManifest } from '../../src/companions/imager-manifest.ts';
import { stepsOf } from '../docs/support/workflows.ts';
import { exampleReport } from '../report/example-report.ts';
import { validate } from '../support/json-schema.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'rpi-imager/os-list-schema.json'), 'utf8'));
const example = readFileSync(join(import.meta.dirname, '../../examples/release-boards.yml'), 'utf8');

it('the example merges the manifests of several boards into a list that is valid for Raspberry Pi Imager', () => {
  const directory = temporaryDirectory();
  const boards = {
    pi3: ['pi3-64bit'],
    pi5: ['pi5-64bit'],
    kiosk: ['pi5-64bit', 'pi4-64bit'],
    old: ['pi4-32bit', 'pi2-32bit'],
    both: ['pi4-64bit', 'pi4-32bit'],
  };
  for (const [board, devices] of Object.entries(boards)) {
    const url = `https://example.org/${board}.img.zst`;
    const image = { ...exampleReport.image, path: `/out/${board}.img.zst` };
    const item = { label: 'NixOS', devices, url, blockMapUrl: undefined, website: undefined, image };
    writeFileSync(
      join(directory, `${board}.img.rpi-imager-manifest`),
      encodeImagerManifest({ ...item, releaseDate: new Date(0) }),
    );
  }
  const others = `${'0'.repeat(64)}  pi3.img.zst\n`;
  writeFileSync(join(directory, 'SHA256SUMS'), others);
  const script = stepsOf(example).find(({ name }) => name === 'Merge the manifests')?.run ?? '';
  // A job can be run again.
  for (const _ of [1, 2]) {
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: directory });
  }
  const list = JSON.parse(readFileSync(join(directory, 'boards.rpi-imager-manifest'), 'utf8'));
  expect(validate(schema, list)).toEqual([]);
  // Imager shows names and descriptions alone: a device is there once, with the tags of all images for it.
  expect(list.imager.devices).toMatchObject([
    { name: 'Raspberry Pi 5', tags: ['pi5-64bit'], architecture: 'armv8' },
    { name: 'Raspberry Pi 4', tags: ['pi4-32bit', 'pi4-64bit'], architecture: 'armv8' },
    { name: 'Raspberry Pi 3', tags: ['pi3-64bit'], architecture: 'armv8' },
    { name: 'Raspberry Pi 2', tags: ['pi2-32bit'], architecture: 'armhf' },
  ]);
  expect(list.os_list).toHaveLength(5);
  expect(list.os_list).toContainEqual(
    expect.objectContaining({ url: 'https://example.org/kiosk.img.zst', devices: boards.kiosk }),
  );
  const sums = readFileSync(join(directory, 'SHA256SUMS'), 'utf8');
  expect(sums.split('\n')).toHaveLength(3);
  expect(sums.startsWith(others)).toBe(true);
  execFileSync('sha256sum', ['--check', '--strict', '--ignore-missing', '--status', 'SHA256SUMS'], { cwd: directory });
});
