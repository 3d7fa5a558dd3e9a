/**
 * What systemd-boot's installer reads of `boot.json`: the boot specification, and the extensions `org.nixos.systemd-boot`
 * and `org.nixos.extra-initrd.v1` (nixpkgs, nixos/modules/system/boot/loader/systemd-boot/systemd-boot-builder.py). A
 * specialisation has the same documents.
 */
import { objectOf, parseJson, stringOf, stringsOf, VERSION_1 } from '../bootspec.ts';

/** A boot specification with what systemd-boot's installer needs of it. */
export interface BootDocument {
  /** Paths of the store. */
  readonly kernel: string;
  readonly initrd: string | undefined;
  /** A program that adds secrets of the device to the initrd; `undefined` for a system without any. */
  readonly initrdSecrets: string | undefined;
  readonly init: string;
  readonly kernelParams: readonly string[];
  readonly label: string;
  /** The platform, such as `aarch64-linux`. */
  readonly system: string;
  /** Path of the store: the device tree that the boot loader hands to the kernel. */
  readonly deviceTree: string | undefined;
  readonly sortKey: string;
  /** Paths on the partition of the kernels, of files that the configuration puts there by itself. */
  readonly extraInitrds: readonly string[];
  readonly specialisations: readonly { readonly name: string; readonly document: BootDocument }[];
}

/** Parses a `boot.json`. Throws a `UserError` if it is malformed or has no document of version 1. `path` is for messages. */
export function parseBootDocument(text: string, path: string): BootDocument {
  return documentOf(parseJson(text, path), path);
}

type Fields = Readonly<Record<string, unknown>>;

function documentOf(value: unknown, path: string): BootDocument {
  const file = objectOf(value, path, 'the whole');
  const spec = objectOf(file[VERSION_1], path, VERSION_1);
  const systemdBoot = optionalObject(file, 'org.nixos.systemd-boot', path);
  const extraInitrd = optionalObject(file, 'org.nixos.extra-initrd.v1', path);
  const specialisations = Object.entries(optionalObject(file, 'org.nixos.specialisation.v1', path));
  return {
    kernel: stringOf(spec, 'kernel', path),
    initrd: optionalString(spec, 'initrd', path),
    initrdSecrets: optionalString(spec, 'initrdSecrets', path),
    init: stringOf(spec, 'init', path),
    kernelParams: stringsOf(spec, 'kernelParams', path),
    label: stringOf(spec, 'label', path),
    system: stringOf(spec, 'system', path),
    deviceTree: optionalString(systemdBoot, 'devicetree', path),
    sortKey: optionalString(systemdBoot, 'sortKey', path) ?? 'nixos',
    extraInitrds: extraInitrd.paths === undefined ? [] : stringsOf(extraInitrd, 'paths', path),
    specialisations: specialisations.map(([name, document]) => ({ name, document: documentOf(document, path) })),
  };
}

function optionalObject(file: Fields, key: string, path: string): Fields {
  return file[key] === undefined ? {} : objectOf(file[key], path, key);
}

function optionalString(fields: Fields, key: string, path: string): string | undefined {
  return fields[key] === undefined || fields[key] === null ? undefined : stringOf(fields, key, path);
}
