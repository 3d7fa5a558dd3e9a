// @module-tag system
import { expect, it, vi } from 'vitest';
import { readInputs } from '../../src/inputs/inputs.ts';
import { readBootableSystem } from '../../src/nixos/bootable.ts';
import { bootOptions } from '../../src/run/prepare/boot-identity.ts';
import { readCardParts } from '../../src/run/prepare/card-parts.ts';
import { HASHED_BUILDER } from '../nixos/systemd-boot/support/builders.ts';
import { buildUefiSystem } from '../nixos/systemd-boot/support/uefi-system.ts';

/** A system with systemd-boot, which boots from an EFI system partition. */
const { toplevel } = buildUefiSystem({ builder: HASHED_BUILDER });

function cardParts(given: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries({ format: 'sd-card', system: toplevel, ...given })) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  }
  try {
    const inputs = readInputs();
    return readCardParts(inputs, readBootableSystem(toplevel, bootOptions(inputs)));
  } finally {
    vi.unstubAllEnvs();
  }
}

it.each(['auto', 'fat32'])('makes an EFI system partition FAT32: firmware-filesystem %s', (filesystem) => {
  const parts = cardParts({ 'firmware-filesystem': filesystem, 'firmware-size': '64MiB', 'partition-table': 'gpt' });
  expect(parts?.firmware?.plan.layout.bits).toBe(32);
  expect(parts?.firmware?.plan.layout.clusters).toBeGreaterThanOrEqual(65_525);
});

it.each(['20MiB', '30MiB', '32MiB'])('refuses an EFI system partition of %s, and names a size', (size) => {
  expect(() => cardParts({ 'firmware-size': size })).toThrow(
    expect.objectContaining({
      title: 'Invalid input firmware-size',
      message: expect.stringMatching(/too small: FAT32, which an EFI system partition always has, needs at least \d+/),
      remedy: expect.stringMatching(/^Set the input firmware-size to 33MiB or more/),
    }),
  );
});

it('refuses an EFI system partition with FAT16', () => {
  expect(() => cardParts({ 'firmware-filesystem': 'fat16', 'firmware-size': '64MiB' })).toThrow(
    expect.objectContaining({
      title: 'Invalid input firmware-filesystem',
      message: 'The FAT partition is an EFI system partition, which is FAT32, but firmware-filesystem is fat16.',
    }),
  );
});
