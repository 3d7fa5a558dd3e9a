import { printable } from '../../src/text/printable.ts';
import type { TreeEntry } from './tree-listing.ts';

/**
 * What is compared of two entries of the same path. `size` is that of files and symlinks, `directorySize` that of directories (each
 * filesystem has its own notion); `hardLinks` is which paths share an inode, `inode` its very number.
 */
export type Aspect =
  | 'type'
  | 'mode'
  | 'uid'
  | 'gid'
  | 'mtime'
  | 'atime'
  | 'ctime'
  | 'size'
  | 'directorySize'
  | 'target'
  | 'links'
  | 'hardLinks'
  | 'inode'
  | 'contents';

export interface ComparisonOptions {
  /** What may differ everywhere. */
  readonly ignore?: readonly Aspect[];
  /** What may differ at one path, besides. */
  readonly ignoreAt?: Readonly<Record<string, readonly Aspect[]>>;
  /** At most this many differences are reported; the last line then says how many there are. 50 by default. */
  readonly limit?: number;
}

/**
 * Compares two listings and reports each difference in a line: what, where, expected, found. Empty if there is none.
 *
 * Contents that a listing was made without are a difference unless they are ignored.
 */
export function compareTrees(
  expected: readonly TreeEntry[],
  actual: readonly TreeEntry[],
  { ignore = [], ignoreAt = {}, limit = 50 }: ComparisonOptions = {},
): readonly string[] {
  const views = [viewOf(expected), viewOf(actual)] as const;
  const differences: string[] = [];
  for (let a = 0, b = 0; a < expected.length || b < actual.length; ) {
    const [left, right] = [expected[a], actual[b]];
    const order = left === undefined ? 1 : right === undefined ? -1 : Buffer.compare(left.path, right.path);
    if (order < 0 && left !== undefined) {
      differences.push(`missing ${left.type} ${name(left)}`);
    }
    if (order > 0 && right !== undefined) {
      differences.push(`unexpected ${right.type} ${name(right)}`);
    }
    if (order === 0 && left !== undefined && right !== undefined) {
      const path = left.path.toString();
      const ignored = new Set([...ignore, ...(Object.hasOwn(ignoreAt, path) ? (ignoreAt[path] ?? []) : [])]);
      differences.push(...compareEntries(left, right, views, ignored));
    }
    if (order <= 0) {
      a++;
    }
    if (order >= 0) {
      b++;
    }
  }
  if (differences.length <= limit) {
    return differences;
  }
  return [...differences.slice(0, limit), `... ${differences.length} differences in all`];
}

type View = (entry: TreeEntry, aspect: Exclude<Aspect, 'type'>) => string;

const UNREAD = 'unread';

const ASPECTS = [
  'mode',
  'uid',
  'gid',
  'mtime',
  'atime',
  'ctime',
  'size',
  'directorySize',
  'target',
  'links',
  'hardLinks',
  'inode',
  'contents',
] as const;

function compareEntries(
  left: TreeEntry,
  right: TreeEntry,
  [leftView, rightView]: readonly [View, View],
  ignored: ReadonlySet<Aspect>,
): readonly string[] {
  if (left.type !== right.type) {
    return ignored.has('type') ? [] : [`type of ${name(left)}: expected ${left.type}, found ${right.type}`];
  }
  return ASPECTS.filter((aspect) => !ignored.has(aspect)).flatMap((aspect) => {
    const [wanted, found] = [leftView(left, aspect), rightView(right, aspect)];
    return wanted === found && wanted !== UNREAD
      ? []
      : [`${aspect} of ${name(left)}: expected ${wanted}, found ${found}`];
  });
}

/** Aspects as text to compare and to show. */
function viewOf(entries: readonly TreeEntry[]): View {
  const firstOf = new Map<bigint, TreeEntry>();
  for (const entry of entries) {
    if (!firstOf.has(entry.inode)) {
      firstOf.set(entry.inode, entry);
    }
  }
  return (entry, aspect) => {
    if (aspect === 'mode') {
      return entry.mode.toString(8).padStart(4, '0');
    }
    if (aspect === 'target') {
      return entry.target === undefined ? 'none' : printable(entry.target);
    }
    if (aspect === 'contents') {
      return entry.type !== 'file' ? 'none' : (entry.sha256 ?? UNREAD);
    }
    if (aspect === 'size') {
      return entry.type === 'directory' ? 'none' : String(entry.size);
    }
    if (aspect === 'directorySize') {
      return entry.type === 'directory' ? String(entry.size) : 'none';
    }
    if (aspect === 'hardLinks') {
      return name(firstOf.get(entry.inode) ?? entry);
    }
    return String(entry[aspect]);
  };
}

function name(entry: TreeEntry): string {
  return entry.path.length === 0 ? 'the root' : printable(entry.path);
}
