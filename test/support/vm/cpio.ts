/** A file of an initial RAM disk. */
export interface ArchiveFile {
  /** Relative to the root. */
  readonly path: string;
  readonly data: Uint8Array;
}

/**
 * Creates an archive in the "newc" format of cpio, which the kernel unpacks as its initial RAM disk (format: Linux,
 * Documentation/driver-api/early-userspace/buffer-format.rst): the files, executable and owned by root, and their directories.
 */
export function cpioArchive(files: readonly ArchiveFile[]): Buffer {
  const directories = new Set(files.flatMap(({ path }) => directoriesAbove(path)));
  const entries = [
    ...[...directories].sort().map((path, i) => entry(i + 1, path, DIRECTORY)),
    ...files.map(({ path, data }, i) => entry(directories.size + i + 1, path, FILE, data)),
  ];
  return Buffer.concat([...entries, entry(0, 'TRAILER!!!', 0)]);
}

const DIRECTORY = 0o040755;
const FILE = 0o100755;

function directoriesAbove(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
}

function entry(inode: number, path: string, mode: number, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const name = Buffer.from(`${path}\0`);
  const [owner, links, time, device, check] = [0, 1, 0, 0, 0];
  const fields = [
    inode,
    mode,
    owner,
    owner,
    links,
    time,
    data.length,
    device,
    device,
    device,
    device,
    name.length,
    check,
  ];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(data)]);
}

/** Header with name, and contents: each is padded to a multiple of 4 bytes. */
function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
