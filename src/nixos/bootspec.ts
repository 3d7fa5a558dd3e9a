/**
 * The boot specification of a NixOS system: `boot.json` in its top level, since NixOS 22.11 (NixOS/rfcs#125; nixpkgs,
 * nixos/modules/system/activation/bootspec.nix). Other documents in the file are extensions of other programs.
 */
import { quote } from '../text/quote.ts';

export interface Bootspec {
  /** Store paths of files. */
  readonly kernel: string;
  /** `undefined` for a system that boots without. */
  readonly initrd: string | undefined;
  readonly init: string;
  readonly kernelParams: readonly string[];
  /** Of the bootloader's menu, such as `NixOS 25.05 (Linux 6.12)`. */
  readonly label: string;
  /** The store path of the system itself. */
  readonly toplevel: string;
  /** Such as `aarch64-linux`. */
  readonly system: string;
  readonly specialisations: readonly string[];
}

/**
 * Reads a `boot.json`; `undefined` where it has no document of version 1, which a system has that was built with an
 * earlier draft. Throws where the document is not as it should be. `path` is for messages.
 */
export function parseBootspec(text: string, path: string): Bootspec | undefined {
  const file = objectOf(parseJson(text, path), path, 'the whole');
  if (file[VERSION_1] === undefined) {
    return undefined;
  }
  const spec = objectOf(file[VERSION_1], path, VERSION_1);
  const { kernelParams } = spec;
  if (!Array.isArray(kernelParams) || !kernelParams.every((param) => typeof param === 'string')) {
    throw malformed(path, 'kernelParams', 'a list of strings');
  }
  const specialisations =
    file[SPECIALISATIONS] === undefined ? {} : objectOf(file[SPECIALISATIONS], path, SPECIALISATIONS);
  return {
    kernel: stringOf(spec, 'kernel', path),
    initrd: spec.initrd === undefined ? undefined : stringOf(spec, 'initrd', path),
    init: stringOf(spec, 'init', path),
    kernelParams,
    label: stringOf(spec, 'label', path),
    toplevel: stringOf(spec, 'toplevel', path),
    system: stringOf(spec, 'system', path),
    specialisations: Object.keys(specialisations).sort(),
  };
}

const VERSION_1 = 'org.nixos.bootspec.v1';
const SPECIALISATIONS = 'org.nixos.specialisation.v1';

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The boot specification ${quote(path)} is no JSON.`, { cause });
  }
}

function objectOf(value: unknown, path: string, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(path, what, 'an object');
  }
  return Object.fromEntries(Object.entries(value));
}

function stringOf(spec: Readonly<Record<string, unknown>>, key: string, path: string): string {
  const value = spec[key];
  if (typeof value !== 'string') {
    throw malformed(path, key, 'a string');
  }
  return value;
}

function malformed(path: string, what: string, expected: string): Error {
  return new Error(`The boot specification ${quote(path)} is malformed: ${what} is not ${expected}.`);
}
