/**
 * The boot specification of a NixOS system: `boot.json` in its top level, since NixOS 22.11 (NixOS/rfcs#125; nixpkgs,
 * nixos/modules/system/activation/bootspec.nix). Other documents in the file are extensions of other programs.
 */
import type { UserError } from '../errors/user-error.ts';
import { quote } from '../text/escape.ts';
import { isObject } from '../text/json.ts';
import { systemError } from './system-error.ts';

export interface Bootspec {
  /** Store path of the kernel's file. */
  readonly kernel: string;
  /** Store path of the initrd's file; `undefined` for a system that boots without one. */
  readonly initrd: string | undefined;
  readonly init: string;
  /** Path of the program that adds secrets to the initrd on the device; `undefined` if there is none. */
  readonly initrdSecrets: string | undefined;
  /** Name of the system for people, from `system.nixos.label`; `undefined` where the document has none. */
  readonly label: string | undefined;
  /** The platform, such as aarch64-linux; `undefined` where the document has none. */
  readonly platform: string | undefined;
  readonly kernelParams: readonly string[];
  /** The store path of the system itself. */
  readonly toplevel: string;
  /** Names, in order. */
  readonly specialisations: readonly string[];
}

/**
 * Parses a `boot.json`. Returns `undefined` if it has no document of version 1, as in systems that were built with a
 * draft of the specification. Throws a `UserError` if the document is malformed. `path` is for messages.
 */
export function parseBootspec(text: string, path: string): Bootspec | undefined {
  const file = objectOf(parseJson(text, path), path, 'the whole');
  if (file[VERSION_1] === undefined) {
    return undefined;
  }
  const spec = objectOf(file[VERSION_1], path, VERSION_1);
  const specialisations =
    file[SPECIALISATIONS] === undefined ? {} : objectOf(file[SPECIALISATIONS], path, SPECIALISATIONS);
  return {
    kernel: stringOf(spec, 'kernel', path),
    initrd: spec.initrd === undefined ? undefined : stringOf(spec, 'initrd', path),
    init: stringOf(spec, 'init', path),
    initrdSecrets: spec.initrdSecrets === undefined ? undefined : stringOf(spec, 'initrdSecrets', path),
    label: spec.label === undefined ? undefined : stringOf(spec, 'label', path),
    platform: spec.system === undefined ? undefined : stringOf(spec, 'system', path),
    kernelParams: stringsOf(spec, 'kernelParams', path),
    toplevel: stringOf(spec, 'toplevel', path),
    specialisations: Object.keys(specialisations).sort(),
  };
}

/** The key of the specification in the file. */
export const VERSION_1 = 'org.nixos.bootspec.v1';
const SPECIALISATIONS = 'org.nixos.specialisation.v1';

/** Parses a `boot.json`. Throws a `UserError` if it is not JSON. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw systemError({ message: `The boot specification ${quote(path)} is not JSON.`, remedy: REBUILD, cause });
  }
}

/** A value that must be an object; `what` is for the message. */
export function objectOf(value: unknown, path: string, what: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    throw malformed(path, what, 'an object');
  }
  return value;
}

/** A field that must be a string. */
export function stringOf(spec: Readonly<Record<string, unknown>>, key: string, path: string): string {
  const value = spec[key];
  if (typeof value !== 'string') {
    throw malformed(path, key, 'a string');
  }
  return value;
}

/** A field that must be a list of strings. */
export function stringsOf(spec: Readonly<Record<string, unknown>>, key: string, path: string): readonly string[] {
  const value = spec[key];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw malformed(path, key, 'a list of strings');
  }
  return value;
}

/** The error for a `boot.json` in which something is not as expected. */
function malformed(path: string, what: string, expected: string): UserError {
  return systemError({
    message: `The boot specification ${quote(path)} is malformed: ${what} is not ${expected}.`,
    remedy: REBUILD,
  });
}

const REBUILD =
  'Build config.system.build.toplevel again with an unchanged nixpkgs, or remove the modules that change boot.bootspec.';
