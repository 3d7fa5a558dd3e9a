import { inputError, type UserError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import { formatHex } from '../../text/format.ts';
import { type Device, parseDevice } from './device.ts';
import { type Mount, readMounts } from './fstab.ts';

/** What the root filesystem of an image is called. */
export interface RootIdentity {
  readonly label: string;
  /** In lower case; `undefined` for one that is derived from the closure, which no file of the closure can name. */
  readonly uuid: string | undefined;
  /** Its partition; `undefined` for a bare filesystem, whose partition is not known. */
  readonly partition: RootPartition | undefined;
}

/** The partition of the root filesystem, with its number in the table. */
export type RootPartition =
  | { readonly table: 'mbr'; readonly number: number; readonly diskId: number }
  /** `guid` is in lower case, and `undefined` if it is derived from the closure. */
  | { readonly table: 'gpt'; readonly number: number; readonly name: string; readonly guid: string | undefined };

/**
 * Checks that a system mounts the root filesystem of its image: `/` in its fstab, and `root=` in its kernel parameters. A
 * system whose root is in memory has the image elsewhere: at least one of `/nix`, `/nix/store` and `/state` must be on it.
 * What the system does not say is not checked.
 *
 * Throws a `UserError` with both values and the input to set.
 */
export function checkRoot(
  system: { readonly toplevel: string; readonly kernelParams: Uint8Array },
  root: RootIdentity,
): void {
  const mounts = rootMounts(readMounts(system.toplevel));
  const contradictions = mounts.map(({ device, directory }) => {
    return contradictionOf(device, { root, where: `The fstab of the system mounts ${quote(device)} at ${directory}` });
  });
  if (contradictions.length > 0 && contradictions.every((error) => error !== undefined)) {
    throw contradictions[0];
  }
  const parameter = rootParameter(system.kernelParams);
  const contradiction =
    parameter &&
    contradictionOf(parameter, { root, where: `The kernel parameters of the system have root=${parameter}` });
  if (contradiction !== undefined) {
    throw contradiction;
  }
}

/** The mounts that may be the root filesystem of the image, of which one must be. */
function rootMounts(mounts: readonly Mount[]): readonly Mount[] {
  const atRoot = mounts.filter(({ directory }) => directory === '/');
  const inMemory = atRoot.some(({ type }) => type === 'tmpfs' || type === 'ramfs');
  return inMemory
    ? mounts.filter(({ directory, options }) => PERSISTENT.includes(directory) && !options.includes('bind'))
    : atRoot.slice(-1);
}

const PERSISTENT = ['/nix', '/nix/store', '/state'];

const ROOT_PARAMETER = /(?:^|\s)(?:"root=([^"]*)"|root=((?:"[^"]*"|[^\s"])*))/g;

/** The last one counts. Quotes are the kernel's (Documentation/admin-guide/kernel-parameters.rst). */
function rootParameter(kernelParams: Uint8Array): string | undefined {
  const text = Buffer.from(kernelParams).toString();
  const [, quoted, plain] = [...text.matchAll(ROOT_PARAMETER)].at(-1) ?? [];
  return quoted ?? plain?.replace(/^"(.*)"$/, '$1');
}

interface Expected {
  readonly root: RootIdentity;
  /** The start of the message: what names the device. */
  readonly where: string;
}

/** The error for a device that is not the root filesystem; `undefined` if it is, or if that is unknown. */
function contradictionOf(text: string, expected: Expected): UserError | undefined {
  const device = parseDevice(text);
  const { label, uuid, partition } = expected.root;
  if (device.kind === 'label' && device.value !== label) {
    return contradiction(expected, {
      input: 'volume-label',
      image: `the label of the image is ${quote(label)}`,
      remedy: `Set volume-label to ${quote(device.value)}`,
    });
  }
  if (device.kind === 'uuid' && device.value !== uuid) {
    return contradiction(expected, {
      input: 'uuid',
      image:
        uuid === undefined ? 'the UUID of the image is derived from the closure' : `the UUID of the image is ${uuid}`,
      remedy: `Set uuid to ${quote(device.value)}`,
    });
  }
  return partition === undefined ? undefined : partitionContradiction(device, partition, expected);
}

function partitionContradiction(device: Device, partition: RootPartition, expected: Expected): UserError | undefined {
  switch (device.kind) {
    case 'partition-number':
      return device.value === partition.number ? undefined : numberContradiction(device.value, partition, expected);
    case 'partition-label':
      return partitionLabelContradiction(device.value, partition, expected);
    case 'partition-uuid':
      return partition.table === 'mbr'
        ? diskIdContradiction(device.value, partition, expected)
        : guidContradiction(device.value, partition, expected);
    default:
      return undefined;
  }
}

function numberContradiction(found: number, { number }: RootPartition, expected: Expected): UserError {
  return contradiction(expected, {
    input: 'root-partition',
    image: `the root filesystem is on partition ${number} of the image`,
    remedy: `Set root-partition to ${found}`,
  });
}

function partitionLabelContradiction(
  found: string,
  partition: RootPartition,
  expected: Expected,
): UserError | undefined {
  if (partition.table === 'mbr') {
    return tableContradiction('gpt', 'an MBR has no partition labels', expected);
  }
  return found === partition.name
    ? undefined
    : contradiction(expected, {
        input: 'partition-table',
        image: `the root partition of the image has the label ${quote(partition.name)}`,
        remedy: 'Mount the filesystem by its label',
      });
}

function diskIdContradiction(
  found: string,
  { diskId, number }: Extract<RootPartition, { table: 'mbr' }>,
  expected: Expected,
): UserError | undefined {
  const [, foundId, foundNumber] = /^([0-9a-f]{8})-([0-9a-f]{2})$/.exec(found) ?? [];
  if (foundId === undefined) {
    return tableContradiction('gpt', 'the image has an MBR, whose partitions have no such UUIDs', expected);
  }
  if (Number.parseInt(foundId, 16) !== diskId) {
    return contradiction(expected, {
      input: 'disk-id',
      image: `the disk identifier of the image is ${formatHex(diskId, 8)}`,
      remedy: `Set disk-id to 0x${foundId}`,
    });
  }
  const value = Number.parseInt(foundNumber, 16);
  return value === number ? undefined : numberContradiction(value, { table: 'mbr', number, diskId }, expected);
}

function guidContradiction(
  found: string,
  { guid }: Extract<RootPartition, { table: 'gpt' }>,
  expected: Expected,
): UserError | undefined {
  if (/^[0-9a-f]{8}-[0-9a-f]{2}$/.test(found)) {
    return tableContradiction('mbr', 'the image has a GPT, whose partitions have no such UUIDs', expected);
  }
  return found === guid
    ? undefined
    : contradiction(expected, {
        input: 'uuid',
        image:
          guid === undefined
            ? 'the UUID of the root partition is derived from the closure'
            : `the UUID of the root partition is ${guid}, derived from the input uuid`,
        remedy: 'Mount the filesystem by its label or its own UUID',
      });
}

function tableContradiction(table: 'mbr' | 'gpt', image: string, expected: Expected): UserError {
  return contradiction(expected, { input: 'partition-table', image, remedy: `Set partition-table to ${table}` });
}

function contradiction(
  { where }: Expected,
  { input, image, remedy }: { readonly input: string; readonly image: string; readonly remedy: string },
): UserError {
  return inputError({
    input,
    message: `${where}, but ${image}: the system would not find its root filesystem.`,
    remedy: `${remedy}, or correct the NixOS configuration.`,
  });
}
