import { createHash } from 'node:crypto';
import type { EntryForm, SystemdBootBuilder } from './builder.ts';

/** An entry of the boot menu. Paths are on the ESP, without a slash in front. */
export interface MenuEntry {
  /** The name of the specialisation; `undefined` for the system itself. */
  readonly specialisation: string | undefined;
  readonly label: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly extraInitrds: readonly string[];
  readonly init: string;
  readonly kernelParams: readonly string[];
  readonly deviceTree: string | undefined;
  readonly sortKey: string;
}

/** A file of `loader/entries`. */
export interface EntryFile {
  readonly name: string;
  /** By which loader.conf and systemd-boot know it: the name without a counter. */
  readonly id: string;
  readonly contents: string;
}

/**
 * Encodes an entry of generation 1, byte for byte as the builder of the system does, without a machine ID. The date is
 * that of the generation in an image, whose files all have the time 1.
 */
export function encodeEntry(entry: MenuEntry, { entries: form, distroName }: SystemdBootBuilder): EntryFile {
  const title = entry.specialisation === undefined ? distroName : `${distroName} (${entry.specialisation})`;
  if (form.kind === 'numbered') {
    return numbered(entry, title, form);
  }
  const { tries } = form;
  const contents = hashedContents(entry, title, form);
  const prefix = `nixos-${createHash('sha256').update(contents).digest('hex')}`;
  return { name: `${prefix}${tries === undefined ? '' : `+${tries}`}.conf`, id: `${prefix}.conf`, contents };
}

/** Encodes `loader/loader.conf` with an entry as the default. */
export function encodeLoaderConf(id: string, builder: SystemdBootBuilder): string {
  const lines = [
    ...(builder.timeout === '' ? [] : [`timeout ${builder.timeout}`]),
    ...defaultLines(id, builder.entries),
    ...(builder.editor ? [] : ['editor 0']),
    ...(builder.rebootForBitlocker ? ['reboot-for-bitlocker yes'] : []),
    `console-mode ${builder.consoleMode}`,
  ];
  return `${lines.join('\n')}\n`;
}

function defaultLines(id: string, form: EntryForm): readonly string[] {
  if (form.kind === 'numbered') {
    return [`default ${id}`];
  }
  if (!form.namesDefault) {
    return ['default nixos-*'];
  }
  return form.tries === undefined ? [`default ${id}`] : [`preferred ${id}`, 'default nixos-*'];
}

const BUILT = 'built on 1970-01-01';

function hashedContents(entry: MenuEntry, title: string, form: EntryForm & { kind: 'hashed' }): string {
  const options = [`init=${entry.init}`, ...entry.kernelParams].join(' ');
  return [
    `title ${title}`,
    `version Generation 1 ${entry.label}, ${BUILT}`,
    `linux /${entry.kernel}`,
    `initrd /${entry.initrd}`,
    ...(form.hasExtraInitrds ? entry.extraInitrds.map((path) => `initrd /${path}`) : []),
    `options ${options}${entry.kernelParams.length === 0 ? form.afterInit : ''}`,
    ...(entry.deviceTree === undefined ? [] : [`devicetree /${entry.deviceTree}`]),
    `sort-key ${entry.sortKey}`,
  ].join('\n');
}

function numbered(entry: MenuEntry, title: string, form: EntryForm & { kind: 'numbered' }): EntryFile {
  const fields: Readonly<Record<string, string>> = {
    title,
    sort_key: entry.sortKey,
    generation: '1',
    kernel: `/${entry.kernel}`,
    initrd: `/${entry.initrd}`,
    kernel_params: `init=${entry.init} ${entry.kernelParams.join(' ')}`,
    description: `${entry.label}, ${BUILT}`,
  };
  const text = form.template.replace(/\{(\w+)\}/g, (field, name: string) => fields[name] ?? field);
  const { deviceTreePrefix: prefix } = form;
  const hasDeviceTree = entry.deviceTree !== undefined && prefix !== undefined;
  const deviceTree = hasDeviceTree ? `devicetree ${prefix}${entry.deviceTree}\n` : '';
  const suffix = entry.specialisation === undefined ? '' : `-specialisation-${entry.specialisation}`;
  const name = `nixos-generation-1${suffix}.conf`;
  return { name, id: name, contents: `${text}${deviceTree}` };
}
