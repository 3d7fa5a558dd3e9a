import type { DebianPackage } from './packages.ts';

/** How much of the list is wanted: a number of packages, a number of bytes unpacked, or all. */
export type Selection = { readonly packages: number } | { readonly bytes: number } | 'all';

/**
 * Reads the options --packages and --bytes.
 *
 * @throws Error naming the option, its value and what it may be.
 */
export function parseSelection(packages: string | undefined, bytes: string | undefined): Selection {
  if (packages !== undefined && bytes !== undefined) {
    throw new Error('--packages and --bytes exclude each other');
  }
  if (packages !== undefined) {
    return { packages: parseCount(packages) };
  }
  return bytes === undefined ? 'all' : { bytes: parseSize(bytes) };
}

/** The first packages of the list; for a number of bytes, each in turn that still fits. */
export function choosePackages(all: readonly DebianPackage[], selection: Selection): readonly DebianPackage[] {
  if (selection === 'all') {
    return all;
  }
  if ('packages' in selection) {
    return all.slice(0, selection.packages);
  }
  let total = 0;
  return all.filter(({ installedSize }) => {
    const fits = total + installedSize <= selection.bytes;
    if (fits) {
      total += installedSize;
    }
    return fits;
  });
}

function parseCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) {
    return Number(text);
  }
  throw new Error(`--packages ${text}: expected a number of packages, 1 or more`);
}

function parseSize(text: string): number {
  const [, number, unit = 'bytes'] = /^([1-9]\d*)(KiB|MiB|GiB)?$/.exec(text) ?? [];
  if (number === undefined) {
    throw new Error(`--bytes ${text}: expected a size like 300MiB, 2GiB or 500000`);
  }
  return Number(number) * 1024 ** ['bytes', 'KiB', 'MiB', 'GiB'].indexOf(unit);
}
