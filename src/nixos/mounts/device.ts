/** What a line of fstab or the parameter `root=` names a filesystem by. */
export type Device =
  | { readonly kind: 'label' | 'uuid' | 'partition-label'; readonly value: string }
  /** `PARTUUID`: a GUID of a GPT, or disk identifier and number in an MBR. */
  | { readonly kind: 'partition-uuid'; readonly value: string }
  /** The number in the name of a block device, such as 2 of `/dev/mmcblk0p2`. */
  | { readonly kind: 'partition-number'; readonly value: number }
  | { readonly kind: 'other' };

/** Parses the first field of fstab(5), or the value of `root=`; UUIDs become lower case. */
export function parseDevice(text: string): Device {
  const [, tag, tagged] = /^(LABEL|UUID|PARTLABEL|PARTUUID)=(?:"([^"]*)"|.*)$/s.exec(text) ?? [];
  if (tag !== undefined) {
    return taggedDevice(tag, tagged ?? text.slice(tag.length + 1));
  }
  const [, directory, name] = /^\/dev\/disk\/by-(label|uuid|partlabel|partuuid)\/(.+)$/s.exec(text) ?? [];
  if (directory !== undefined) {
    return taggedDevice(directory.toUpperCase(), decodeUdev(name));
  }
  const [, number] = /^\/dev\/(?:(?:mmcblk\d+|nvme\d+n\d+)p|(?:sd|vd|hd|xvd)[a-z]+)(\d+)$/.exec(text) ?? [];
  return number === undefined ? { kind: 'other' } : { kind: 'partition-number', value: Number(number) };
}

function taggedDevice(tag: string, value: string): Device {
  switch (tag) {
    case 'LABEL':
      return { kind: 'label', value };
    case 'UUID':
      return { kind: 'uuid', value: value.toLowerCase() };
    case 'PARTLABEL':
      return { kind: 'partition-label', value };
    default:
      return { kind: 'partition-uuid', value: value.toLowerCase() };
  }
}

/** udev writes bytes that a name of a link cannot have as `\xNN` (systemd, src/shared/device-nodes.c). */
function decodeUdev(name: string): string {
  const bytes = name.replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return bytes === name ? name : Buffer.from(bytes, 'latin1').toString();
}
