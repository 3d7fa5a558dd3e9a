import fc from 'fast-check';
import { pattern } from './image-contents.ts';
import {
  directory,
  file,
  makeSample,
  type Sample,
  type SampleChild,
  type SampleNode,
  symlink,
} from './image-sample.ts';

/** Any name that a filesystem accepts: 1 to 255 bytes but '/' and NUL, and neither '.' nor '..'. */
const nameByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f);
const anyBytes = fc.array(nameByte, { minLength: 1, maxLength: 255, size: 'max' });
const readable = fc.string({ minLength: 1, maxLength: 60 }).map((text) => [...Buffer.from(text)]);
const hard = fc
  .constantFrom(' ', '\n', '...', '-', '"', "'", '\\', '\x80')
  .map((text) => [...Buffer.from(text, 'latin1')]);
export const anyName: fc.Arbitrary<Buffer> = fc
  .oneof(anyBytes, readable, hard)
  .map((bytes) => Buffer.from(bytes))
  .filter(
    (name) =>
      name.length <= 255 && !name.includes(0) && !name.includes('/') && !/^\.\.?$/.test(name.toString('latin1')),
  );

const mode = fc.integer({ min: 0, max: 0o7777 });
/** The highest group, 2^32 - 1, means none. */
const gid = fc.oneof(fc.constantFrom(0, 30_000), fc.integer({ min: 0, max: 0xfffffffe }));
const size = fc.oneof(
  fc.constantFrom(0, 1, 4095, 4096, 4097, 8192),
  fc.integer({ min: 0, max: 20_000 }),
  fc.integer({ min: 0, max: 1_000_000 }),
);
const target = fc.oneof(
  fc.integer({ min: 57, max: 63 }),
  fc.integer({ min: 1, max: 4095 }),
  fc.constantFrom(1, 4094, 4095),
);

const anyFile = fc
  .record({ size, seed: fc.nat({ max: 1000 }), mode, gid })
  .map((facts) => file(pattern(facts.size, facts.seed), facts));
const anySymlink = fc
  .tuple(target, fc.nat({ max: 1000 }), gid)
  .map(([length, seed, group]) => symlink(bytesOf(length, seed), group));

/** Bytes without NUL. */
function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  pattern(length, seed).read(0, bytes);
  return bytes;
}

/** Many names of one length, so that a directory needs several blocks. */
const crowd = fc
  .record({
    count: fc.integer({ min: 0, max: 700 }),
    length: fc.integer({ min: 8, max: 255 }),
    seed: fc.nat({ max: 1000 }),
  })
  .map(({ count, length, seed }): readonly SampleChild[] =>
    Array.from({ length: count }, (_, i): SampleChild => {
      const name = bytesOf(length, seed + i).map((byte) => (byte === 0x2f ? 0x2e : byte));
      return [Buffer.concat([Buffer.from(`${i}-`), name]).subarray(0, length), file('')];
    }),
  );

/** A shared file is one object, so one inode, under all its names; drawn anew for each tree. */
const sharedFiles = fc.array(anyFile, { minLength: 1, maxLength: 3 });

type Draft = { readonly shared: number } | { readonly node: SampleNode } | DraftDirectory;
interface DraftDirectory {
  readonly children: readonly (readonly [Buffer, Draft])[];
  readonly crowd: readonly SampleChild[];
  readonly mode: number;
  readonly gid: number;
}

const { directory: draftDirectory } = fc.letrec<{ directory: DraftDirectory; entry: Draft }>((tie) => ({
  directory: fc.record({
    children: fc.array(fc.tuple(anyName, tie('entry')), { maxLength: 12, depthIdentifier: 'tree', size: 'medium' }),
    crowd: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: crowd }),
    mode,
    gid,
  }),
  entry: fc.oneof(
    { depthIdentifier: 'tree', maxDepth: 5, depthSize: 'medium' },
    fc.oneof(
      anyFile.map((node) => ({ node })),
      anySymlink.map((node) => ({ node })),
      fc.nat({ max: 2 }).map((shared) => ({ shared })),
    ),
    tie('directory'),
  ),
}));

/** A tree of anything that an image can hold. */
export const anySample: fc.Arbitrary<Sample> = fc.tuple(draftDirectory, sharedFiles).map(([draft, shared]) => {
  const nodeOf = (entry: Draft): SampleNode => {
    if ('node' in entry) {
      return entry.node;
    }
    if ('shared' in entry) {
      return shared[entry.shared % shared.length];
    }
    return directory(childrenOf(entry), entry);
  };
  const childrenOf = (entry: DraftDirectory): readonly SampleChild[] => {
    const children = new Map<string, SampleChild>();
    for (const [name, child] of entry.children) {
      children.set(name.toString('latin1'), [name, nodeOf(child)]);
    }
    for (const child of entry.crowd) {
      children.set(Buffer.from(child[0]).toString('latin1'), child);
    }
    return [...children.values()];
  };
  const children = childrenOf(draft).filter(([name]) => !Buffer.from(name).equals(LOST_AND_FOUND));
  return makeSample(children, { mode: draft.mode, gid: draft.gid });
});

const LOST_AND_FOUND = Buffer.from('lost+found');

/** A share of something, from 0 up to, not including, 1, all alike: doubles as fast-check draws them are nearly all close to 0. */
export const anyShare: fc.Arbitrary<number> = fc.nat({ max: 2 ** 30 - 1 }).map((number) => number / 2 ** 30);
