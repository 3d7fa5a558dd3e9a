import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSmallFile } from '../../host/small-file.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/escape.ts';
import type { Directory } from '../../tree/compose.ts';
import { directory, file, graft } from '../../tree/directory.ts';
import { resolveInStore } from '../store.ts';
import { systemError } from '../system-error.ts';
import { type BootDocument, parseBootDocument } from './boot-document.ts';
import type { SystemdBootBuilder } from './builder.ts';
import { type EntryFile, encodeEntry, encodeLoaderConf } from './entry.ts';
import { readExtraFiles } from './extra-files.ts';
import { fileTree, type Placed } from './file-tree.ts';

/** The files of a system on its ESP. */
export interface SystemdBootFiles {
  readonly esp: Directory;
  /** Names of the specialisations, which are on the boot menu. */
  readonly specialisations: readonly string[];
  /** Paths on the ESP of initrds that the configuration expects there and does not add itself. */
  readonly missingInitrds: readonly string[];
}

/**
 * Returns the files on the ESP of a system, as its own installer writes them for generation 1 on a new ESP: those of
 * `bootctl install`, and those of systemd-boot-builder.py. It has no machine ID and no random seed, which no two devices
 * may share.
 *
 * Throws a `UserError` if the system has no boot specification, no initrd, no systemd-boot for its platform, or something
 * that does not fit in a line of an entry.
 */
export function systemdBootFiles(toplevel: string, builder: SystemdBootBuilder): SystemdBootFiles {
  const document = readDocument(toplevel);
  const generations = [
    { specialisation: undefined, document },
    ...document.specialisations.map(({ name, document }) => ({ specialisation: name, document })),
  ];
  const entries = generations.map((generation) => bootEntry(toplevel, generation, builder));
  const extraFiles = readExtraFiles(builder);
  const placed: readonly Placed[] = [
    ...loaderFiles(toplevel, document.system),
    { path: 'loader/entries.srel', node: file(Buffer.from('type1\n')) },
    { path: 'loader/loader.conf', node: file(Buffer.from(encodeLoaderConf(entries[0].entry.id, builder))) },
    ...entries.flatMap(({ files, entry }) => [
      ...files.map(({ path, source }) => ({ path, node: graft(source) })),
      { path: `loader/entries/${entry.name}`, node: file(Buffer.from(entry.contents)) },
    ]),
    { path: `${builder.nixosDirectory}/.extra-files`, node: EMPTY_DIRECTORY },
    ...extraFiles.map(({ path, source }) => ({ path, node: source === undefined ? file(NO_BYTES) : graft(source) })),
  ];
  const present = new Set(extraFiles.map(({ path }) => path.toLowerCase()));
  const extraInitrds = new Set(generations.flatMap((generation) => generation.document.extraInitrds));
  return {
    esp: fileTree(placed),
    specialisations: document.specialisations.map(({ name }) => name),
    missingInitrds: [...extraInitrds].filter((path) => !present.has(path.toLowerCase())),
  };
}

function readDocument(toplevel: string): BootDocument {
  const path = join(toplevel, 'boot.json');
  if (!existsSync(path)) {
    throw systemError({
      message: `The system ${quote(toplevel)} has no boot.json, from which the installer of systemd-boot makes its boot menu.`,
      remedy: 'Build the system with NixOS 24.05 or later, without boot.bootspec.enable = false.',
    });
  }
  return parseBootDocument(readSmallFile(path).toString(), path);
}

/** Suffixes of EFI programs by platform (UEFI specification, 3.5.1.1; systemd, src/fundamental/efi-fundamental). */
const EFI_ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['aarch64-linux', 'aa64'],
  ['riscv64-linux', 'riscv64'],
  ['x86_64-linux', 'x64'],
]);

/** What `bootctl install` makes, but for the random seed. */
function loaderFiles(toplevel: string, platform: string): readonly Placed[] {
  const architecture = EFI_ARCHITECTURES.get(platform);
  if (architecture === undefined) {
    throw systemError({
      message: `The system is for ${quote(platform)}; systemd-boot is for ${[...EFI_ARCHITECTURES.keys()].join(', ')}.`,
      remedy: 'Set system to a system for one of these platforms, or boot-loader to another boot loader.',
    });
  }
  const name = `systemd-boot${architecture}.efi`;
  const loader = resolveInStore(join(toplevel, 'systemd/lib/systemd/boot/efi', name), 'The boot loader');
  return [
    { path: `EFI/BOOT/BOOT${architecture.toUpperCase()}.EFI`, node: graft(loader) },
    { path: `EFI/systemd/${name}`, node: graft(loader) },
    { path: 'EFI/Linux', node: EMPTY_DIRECTORY },
    { path: 'loader/keys', node: EMPTY_DIRECTORY },
  ];
}

interface Generation {
  /** `undefined` for the system itself. */
  readonly specialisation: string | undefined;
  readonly document: BootDocument;
}

interface CopiedFile {
  /** On the ESP. */
  readonly path: string;
  /** In the store, with links resolved. */
  readonly source: string;
}

function bootEntry(
  toplevel: string,
  { specialisation, document }: Generation,
  builder: SystemdBootBuilder,
): { readonly entry: EntryFile; readonly files: readonly CopiedFile[] } {
  if (document.initrd === undefined) {
    throw systemError({
      message: `The system ${quote(toplevel)} has no initrd; the installer of systemd-boot needs a kernel and an initrd.`,
      remedy: 'Set system to a system with an initrd: not a container, and built without boot.initrd.enable = false.',
    });
  }
  const kernel = copied(builder, 'kernel', document.kernel);
  const initrd = copiedInitrd(builder, document.initrd, document.initrdSecrets);
  const hasDeviceTree = builder.entries.kind === 'hashed' || builder.entries.deviceTreePrefix !== undefined;
  const deviceTree =
    document.deviceTree === undefined || !hasDeviceTree
      ? undefined
      : copied(builder, 'device tree', document.deviceTree);
  const { label, init, kernelParams, sortKey, extraInitrds } = document;
  checkLines(toplevel, [label, init, ...kernelParams, sortKey, ...extraInitrds, specialisation ?? '']);
  const paths = { kernel: kernel.path, initrd: initrd.path, deviceTree: deviceTree?.path };
  const entry = { ...paths, specialisation, label, init, kernelParams, sortKey, extraInitrds };
  return {
    entry: encodeEntry(entry, builder),
    files: [kernel, initrd, ...(deviceTree === undefined ? [] : [deviceTree])],
  };
}

/** Names a file by its store path and its own name. */
function copied({ nixosDirectory }: SystemdBootBuilder, what: string, path: string): CopiedFile {
  const source = resolveInStore(path, `The ${what}`);
  if (!statSync(source).isFile()) {
    throw systemError({ message: `The ${what} ${quote(source)} of the system is not a file.` });
  }
  const [storeName] = source.slice(STORE_DIRECTORY.length + 1).split('/');
  const name = basename(source);
  return { path: `${nixosDirectory}/${name === storeName ? '' : `${storeName}-`}${name}.efi`, source };
}

/** The initrd itself: secrets are of the device, whose installer adds them under the same name. */
function copiedInitrd(builder: SystemdBootBuilder, path: string, secrets: string | undefined): CopiedFile {
  const initrd = copied(builder, 'initrd', path);
  if (secrets === undefined || !builder.namesInitrdsBySecrets) {
    return initrd;
  }
  const appender = copied(builder, 'program for the secrets of the initrd', secrets);
  const hash = createHash('sha256').update(`${initrd.path}\n${appender.path}`).digest('hex');
  return { ...initrd, path: `${builder.nixosDirectory}/${hash}-initrd.efi` };
}

/** An entry has a value on each line, without quotes or escapes. */
function checkLines(toplevel: string, values: readonly string[]): void {
  const broken = values.find((value) => /[\n\r\0]/.test(value));
  if (broken !== undefined) {
    throw systemError({
      message: `The boot specification of the system ${quote(toplevel)} has a line break in ${quote(broken)}, which an entry of the boot menu cannot have.`,
      remedy:
        'Correct the option of the configuration that it is from, such as boot.kernelParams or system.nixos.label.',
    });
  }
}

const EMPTY_DIRECTORY = directory({});
const NO_BYTES = new Uint8Array(0);
