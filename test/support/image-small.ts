import { exactly, mostlyZero, pattern } from './image-contents.ts';
import {
  directory,
  file,
  makeSample,
  type Sample,
  type SampleChild,
  type SampleNode,
  symlink,
} from './image-sample.ts';

/** Names that have gone wrong in some image maker: spaces, newlines, quotes, invalid UTF-8, the longest and the shortest. */
export const HARD_NAMES: readonly Buffer[] = [
  ...[
    'a b',
    ' ',
    'new\nline',
    '"quoted"',
    "it's",
    'back\\slash',
    '$(and) `more`',
    '*?[x]',
    '...',
    '.hidden',
    '-rf',
    'x',
  ],
  ...['日本語', 'e\u0301', 'n'.repeat(255), '语'.repeat(85), '#', '<', '|', ';', '%s', 'lost+found', 'tab\there'],
]
  .map((name) => Buffer.from(name))
  .concat([
    Buffer.from([0xff, 0xfe, 0x80, 0x20, 0xc3]),
    Buffer.from([1, 0x7f, 0x1b, 0x5b]),
    Buffer.alloc(255, 0x80),
    Buffer.from([0x80]),
  ]);

/** Sizes of files round the block size, and round a whole group of blocks in the number of extents. */
export const FILE_SIZES = [0, 1, 2, 511, 512, 4095, 4096, 4097, 8192, 65_535, 65_536, 1_000_003] as const;

/** Lengths of symlink targets: up to 59 bytes stand in the inode, and 4,095 are the most. */
export const TARGET_LENGTHS = [1, 2, 58, 59, 60, 61, 255, 4094, 4095] as const;

/** Every small thing that an image can hold. */
export function smallSample(): Sample {
  const shared = file(pattern(5000, 7), { gid: 30_000 });
  return makeSample([
    ['names', directory(HARD_NAMES.map((name): SampleChild => [name, file(exactly(name))]))],
    ['directories', directory(HARD_NAMES.map((name): SampleChild => [name, directory([['x', file('x')]])]))],
    ['sizes', directory(FILE_SIZES.map((size): SampleChild => [`${size}`, file(pattern(size, size))]))],
    [
      'targets',
      directory(
        TARGET_LENGTHS.map((length): SampleChild => [`${length}`, symlink('t/'.repeat(length).slice(-length))]),
      ),
    ],
    ['target-of-bytes', symlink(Buffer.from([0xff, 0x20, 0x0a, 0x80]))],
    ['broken-link', symlink('no/such/file')],
    ['zeros', file(mostlyZero(50_000, new Map([[20_000, Buffer.from('mark')]])))],
    ['only-zeros', file(mostlyZero(100_001))],
    ['empty', directory([])],
    ['attributes', directory(attributes(), { mode: 0o3711, gid: 4_294_967_294 })],
    [
      'linked',
      directory([
        ['a', shared],
        ['b', directory([['c', shared]])],
        ['empty-1', EMPTY],
        ['empty-2', EMPTY],
      ]),
    ],
    ['deep', deep(64)],
    ['one-leaf', directory(many(100, 'leaf'))],
    ['some-leaves', directory(many(1500, 'a-name-of-some-length'))],
  ]);
}

const EMPTY = file('');

/** Every permission bit, and groups of 16 and 32 bits. */
function attributes(): readonly SampleChild[] {
  const modes = [0, 0o444, 0o555, 0o644, 0o755, 0o777, 0o4755, 0o2755, 0o1755, 0o7777];
  const groups = [0, 1, 30_000, 65_534, 65_535, 65_536, 2_147_483_648, 4_294_967_294];
  return [
    ...modes.map((mode): SampleChild => [`mode-${mode.toString(8)}`, file('mode', { mode })]),
    ...groups.map((gid): SampleChild => [`group-${gid}`, file('group', { gid })]),
    ...groups.map((gid): SampleChild => [`link-group-${gid}`, symlink('group', gid)]),
    ...groups.map((gid): SampleChild => [`directory-group-${gid}`, directory([], { gid })]),
  ];
}

function deep(levels: number): SampleNode {
  let node = directory([['bottom', file('the bottom')]]);
  for (let level = levels; level > 1; level--) {
    node = directory([[`level-${level}`, node]]);
  }
  return node;
}

/** Empty files that share nothing but being so, with names from a prefix and a number. */
export function many(count: number, prefix: string): readonly SampleChild[] {
  return Array.from({ length: count }, (_, i): SampleChild => [`${prefix}-${i}`, file('')]);
}
