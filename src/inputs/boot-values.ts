import { inputError } from '../errors/user-error.ts';
import type { BootOptions } from '../nixos/boot-options.ts';
import type { ValueKind } from './values.ts';

/** A device tree of the system: a path below its directory of device trees, on one line. */
export const deviceTree: ValueKind<string> = {
  accepted: 'a path below the device trees of the system, such as rockchip/rk3588-orangepi-5.dtb',
  parse(text) {
    const isBelow = text.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
    return isBelow && !/[\s\p{Cc}]/u.test(text) ? text : undefined;
  },
};

/** Seconds until the default entry of the boot menu is booted. */
export const bootTimeout: ValueKind<number> = {
  accepted: 'a whole number of seconds from 0, for no menu, to 86400, or to -1 to wait for ever',
  parse(text) {
    const seconds = /^(-1|\d{1,5})$/.test(text) ? Number(text) : undefined;
    return seconds === undefined || seconds > LONGEST_TIMEOUT ? undefined : seconds;
  },
};

/** A day. */
const LONGEST_TIMEOUT = 86_400;

type BootInputs = Pick<BootOptions, 'bootLoader' | 'bootPartition' | 'deviceTree' | 'bootTimeout'> & {
  readonly system: string | undefined;
  readonly format: 'ext4' | 'sd-card';
};

/** Refuses inputs about the boot files of a system where there is no system, and a FAT partition where there is none. */
export function refuseBootInputs(inputs: BootInputs): void {
  if (inputs.bootPartition === 'firmware' && inputs.format === 'ext4') {
    throw inputError({
      input: 'boot-partition',
      message: 'The input boot-partition is firmware, but format is ext4: a bare filesystem has no FAT partition.',
      remedy: 'Set format to sd-card, or boot-partition to root.',
    });
  }
  const given = {
    'boot-loader': inputs.bootLoader !== 'auto',
    'device-tree': inputs.deviceTree !== undefined,
    'boot-timeout': inputs.bootTimeout !== undefined,
  };
  const [input] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (input !== undefined && inputs.system === undefined) {
    throw inputError({
      input,
      message: `The input ${input} is about the boot files of a system, but system is not set.`,
      remedy: `Set system to a NixOS system, or remove ${input}.`,
    });
  }
}
