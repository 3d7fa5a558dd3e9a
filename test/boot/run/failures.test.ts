import { describe, expect, it } from 'vitest';
import { bootError, kindOf, NOTHING_TO_BOOT } from '../../../src/boot/run/failures.ts';
import { BOOT_TEST_DEFAULTS } from '../../../src/inputs/boot-test.ts';

const failOn = new RegExp(BOOT_TEST_DEFAULTS['fail-on']);
const waitFor = new RegExp(BOOT_TEST_DEFAULTS['wait-for']);

/** Lines as U-Boot 2023.01, EDK2 2022.11, systemd-boot 252, Linux 6.1, NixOS 25.11 and systemd 257 print them. */
const FAILURES = [
  ['kernel-panic', '[    2.41] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100'],
  ['root-device', 'Timed out waiting for device /dev/disk/by-label/NIXOS_SD, trying to mount anyway.'],
  ['root-device', '[ TIME ] Timed out waiting for device /dev/disk/by-label/NIXOS_SD.'],
  ['root-device', 'An error occurred in stage 1 of the boot process, which must mount the'],
  ['emergency-mode', 'You are in emergency mode. After logging in, type "journalctl -xb" to view'],
  ['emergency-mode', '[  OK  ] Reached target Emergency Mode.'],
  ['failed-job', '[FAILED] Failed to start OpenSSH Daemon.'],
  ['failed-job', '[FAILED] Failed to mount /boot/firmware.'],
  ['failed-job', 'systemd[1]: A start job for unit sshd.service has failed with result failed'],
] as const;

describe('the default of fail-on', () => {
  it.each(FAILURES)('finds %s in: %s', (kind, line) => {
    expect(failOn.test(line)).toBe(true);
    expect(kindOf(line)).toBe(kind);
  });

  it.each([
    '[    0.000000] Linux version 6.1.0',
    'A start job is running for /dev/disk/by-label/NIXOS_SD (12s / 1min 30s)',
    '[  OK  ] Started Emergency Shell password agent.',
    'waiting for device /dev/disk/by-label/NIXOS_SD to appear...',
    '[  OK  ] Finished Load Kernel Modules.',
  ])('does not find one in: %s', (line) => {
    expect(failOn.test(line)).toBe(false);
  });
});

it.each([
  'nixos login: ',
  'pi login: root (automatic login)',
  '[  OK  ] Reached target Multi-User System.',
  '[  OK  ] Reached target multi-user.target - Multi-User System.',
])('the default of wait-for finds: %s', (line) => {
  expect(waitFor.test(line)).toBe(true);
});

describe('firmware that finds nothing to boot', () => {
  it.each([
    'BOOTP broadcast 1',
    '=> ',
    'Skipping NixOS - Default for failure retrieving kernel',
    '>>Start PXE over IPv4.',
    '>>Start HTTP Boot over IPv4.....',
    'BdsDxe: No bootable option or device was found.',
    'Shell> ',
    'Error loading \\EFI\\nixos\\abc-Image.efi: Not Found',
  ])('is known by: %s', (line) => {
    expect(NOTHING_TO_BOOT.test(line)).toBe(true);
  });

  it.each([
    'Scanning virtio 0:2...',
    'Found /boot/extlinux/extlinux.conf',
    'Starting kernel ...',
    '',
    'BdsDxe: loading Boot0001',
  ])('is not known by: %s', (line) => {
    expect(NOTHING_TO_BOOT.test(line)).toBe(false);
  });
});

it('an error says what was seen when, and what to do', () => {
  const error = bootError({ kind: 'fail-on', boot: 'Boot 2 of 2', seconds: 12.34, seen: '::error::no\u001b[2J' });
  expect(error.message).toBe('Boot 2 of 2 failed 12.3 s after the machine was switched on: \\x3a:error::no\\x1b[2J');
  expect(error.title).toBe('The console matched fail-on');
  expect(error.remedy).toContain('fail-on');
  expect(error.code).toBe('fail-on');
});
