import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeManifest, type ManifestFacts } from '../../src/companions/manifest.ts';
import { type CardOptions, planCard } from '../../src/disk/card-layout.ts';
import { encodeTable } from '../../src/disk/table.ts';
import { queryClosure } from '../../src/nix/closure.ts';
import { CARD } from '../disk/support/card.ts';
import { validate } from '../support/json-schema.ts';
import { nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { exampleFacts } from './manifest-example.ts';

const checkout = join(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(join(checkout, 'docs/manifest.schema.json'), 'utf8'));
const MIB = 2 ** 20;

/** With a partition for U-Boot. */
const GPT: Partial<CardOptions> = {
  table: { kind: 'gpt', uuid: Buffer.alloc(16, 0x44) },
  architecture: 'riscv64',
  blobs: [
    { path: '/build/spl.bin', offset: 2 * MIB, size: 100_000, partitionType: '2E54B353-1271-4842-806F-E436D6AF6985' },
  ],
};

function card(options: Partial<CardOptions> = {}): ManifestFacts {
  const layout = planCard({
    ...CARD,
    filesystemSize: 100 * MIB,
    blobs: [{ path: '/build/secret/u-boot-sunxi-with-spl.bin', offset: 8192, size: 700_001 }],
    ...options,
  });
  const image = { ...exampleFacts.image, format: 'sd-card', uncompressedSize: layout.size } as const;
  return { ...exampleFacts, image, card: { layout, firmwareLabel: 'FIRMWARE' } };
}

describe('encodeManifest', () => {
  it('describes image, layout, store paths and tools', () => {
    expect(JSON.parse(encodeManifest(exampleFacts))).toEqual({
      manifestVersion: 1,
      image: {
        fileName: 'nixos.img.zst',
        size: 1000,
        sha256: '1'.repeat(64),
        uncompressedSize: 4096 * 1000,
        uncompressedSha256: '2'.repeat(64),
        format: 'ext4',
        compression: 'zstd',
      },
      layout: {
        partitionTable: null,
        parts: [
          {
            type: 'ext4',
            uuid: '44444444-4444-4444-8888-888888888888',
            label: 'NIXOS_SD',
            freeBytes: 2 ** 24,
            partition: null,
            partitionType: null,
            partitionGuid: null,
            partitionName: null,
            bootable: false,
            offset: 0,
            size: 4096 * 1000,
          },
        ],
      },
      storePaths: [
        {
          path: '/nix/store/0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-glibc-2.40',
          narHash: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
          narSize: 30_000_000,
          references: [],
        },
        {
          path: '/nix/store/1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-bash-5.2',
          narHash: 'sha256-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
          narSize: 1_500_000,
          references: [
            '/nix/store/0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-glibc-2.40',
            '/nix/store/1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-bash-5.2',
          ],
        },
      ],
      tools: { 'nix-ext4-image': '1.2.3', e2fsck: '1.47.0' },
    });
  });

  it('does not depend on the order of the facts', () => {
    const reversed = {
      ...exampleFacts,
      storePaths: exampleFacts.storePaths
        .toReversed()
        .map((info) => ({ ...info, references: info.references.toReversed() })),
      tools: { e2fsck: '1.47.0', 'nix-ext4-image': '1.2.3' },
    };
    expect(encodeManifest(reversed)).toBe(encodeManifest(exampleFacts));
  });

  it('describes store paths as nix path-info does', { tags: ['system'] }, async () => {
    const { root } = sampleClosure();
    const storePaths = await queryClosure([root]);
    const ours: { storePaths: { path: string }[] } = JSON.parse(encodeManifest({ ...exampleFacts, storePaths }));
    const args = ['--extra-experimental-features', 'nix-command', 'path-info', '--json', '--recursive', root];
    const theirs: Readonly<Record<string, Record<string, unknown>>> = JSON.parse(nix('nix', args).toString());
    // Nix before 2.19 lists objects with a path; later ones name each object by its path.
    const wanted = Object.entries(theirs).map(([key, { path = key, narHash, narSize, references }]) => {
      return { path, narHash, narSize, references };
    });
    const byPath = (a: { path: unknown }, b: { path: unknown }) => (String(a.path) < String(b.path) ? -1 : 1);
    expect(wanted.length).toBeGreaterThan(6);
    expect(ours.storePaths).toEqual(wanted.sort(byPath));
  });

  it.each([
    ['with firmware', {}],
    ['without', { firmware: undefined, blobs: [] }],
    ['root partition 2 without firmware', { firmware: undefined, rootPartition: 2 }],
    ['an EFI system partition in an MBR', { firmware: { kind: 'esp', size: 40 * MIB } as const }],
    ['GPT', GPT],
  ])('describes partitions as sfdisk does: %s', { tags: ['system'] }, (_, options) => {
    const facts = card(options);
    const { layout } = JSON.parse(encodeManifest(facts));
    const path = join(temporaryDirectory(), 'card.img');
    if (facts.card === undefined) {
      throw new Error('The facts have no card.');
    }
    const disk = Buffer.alloc(facts.image.uncompressedSize);
    for (const { offset, bytes } of encodeTable(facts.card.layout)) {
      disk.set(bytes, offset);
    }
    writeFileSync(path, disk);
    const { partitiontable } = JSON.parse(execFileSync('sfdisk', ['--json', path], { encoding: 'utf8' }));
    const expected =
      partitiontable.label === 'gpt'
        ? { type: 'gpt', diskGuid: partitiontable.id }
        : { type: 'mbr', diskId: partitiontable.id };
    expect(layout.partitionTable).toEqual(expected);
    const partitions = layout.parts.filter((part: { partition?: number }) => part.partition !== undefined);
    expect(partitions).toEqual(
      partitiontable.partitions.map((it: Record<string, unknown>) =>
        expect.objectContaining({
          partition: Number(String(it.node).slice(path.length)),
          partitionType: it.type,
          partitionGuid: it.uuid ?? null,
          partitionName: it.name ?? null,
          bootable: it.bootable === true || it.attrs === 'LegacyBIOSBootable',
          offset: Number(it.start) * 512,
          size: Number(it.size) * 512,
        }),
      ),
    );
    expect(partitions.at(-1)).toMatchObject({ type: 'ext4', label: 'NIXOS_SD' });
  });

  it('names boot loader files without their directories, in the order of their offsets', () => {
    const text = encodeManifest(card());
    expect(text).not.toContain('secret');
    expect(
      JSON.parse(text).layout.parts.map((part: Record<string, unknown>) => [part.type, part.offset, part.size]),
    ).toEqual([
      ['blob', 8192, 700_001],
      ['fat', 8 * MIB, 30 * MIB],
      ['ext4', 38 * MIB, 100 * MIB],
    ]);
  });
});

describe('docs/manifest.schema.json', () => {
  const problems = (text: string) => validate(schema, JSON.parse(text));

  it.each([
    ['a filesystem', exampleFacts],
    ['a card', card()],
    ['a card with a GPT', card(GPT)],
    ['a card without firmware', card({ firmware: undefined, blobs: [] })],
    ['another tool', { ...exampleFacts, tools: { ...exampleFacts.tools, nix: '2.8.0' } }],
  ])('accepts the manifest of %s', (_, facts) => {
    expect(problems(encodeManifest(facts))).toEqual([]);
  });

  it('accepts the manifest of a real closure', { tags: ['system'] }, async () => {
    const storePaths = await queryClosure([sampleClosure().root]);
    expect(problems(encodeManifest({ ...exampleFacts, storePaths }))).toEqual([]);
  });

  it.each([
    ['an MBR', card()],
    ['a GPT', card(GPT)],
  ])('rejects a manifest with a property missing, wrong or too many: %s', (_, facts) => {
    const manifest = JSON.parse(encodeManifest(facts));
    const places = objectsIn(manifest);
    expect(places.length).toBeGreaterThan(8);
    for (const place of places) {
      for (const [key, value] of Object.entries(place)) {
        delete place[key];
        expect(validate(schema, manifest), `without ${key}`).not.toEqual([]);
        place[key] = { wrong: true };
        expect(validate(schema, manifest), `with another ${key}`).not.toEqual([]);
        place[key] = value;
      }
      place.more = 1;
      expect(validate(schema, manifest), `with more beside ${Object.keys(place)}`).not.toEqual([]);
      delete place.more;
    }
    expect(validate(schema, manifest)).toEqual([]);
  });

  it.each([
    ['a size below 0', '"size":1000,', '"size":-1,'],
    ['a fraction of a byte', '"size":1000,', '"size":0.5,'],
    ['a hash in upper case', '1'.repeat(64), 'A'.repeat(64)],
    ['a compression that does not exist', '"zstd"', '"lzma"'],
    ['no parts', /"parts":\[.*\]\},"storePaths"/, '"parts":[]},"storePaths"'],
    ['no store paths', /"storePaths":\[.*\],"tools"/, '"storePaths":[],"tools"'],
    ['a store path twice', /"storePaths":\[(.*)\],"tools"/, '"storePaths":[$1,$1],"tools"'],
    ['a version that is a number', /"e2fsck":"[^"]*"/, '"e2fsck":1'],
  ])('rejects a manifest with %s', (_, from, to) => {
    const text = JSON.stringify(JSON.parse(encodeManifest(exampleFacts)));
    const wrong = text.replace(from, to);
    expect(wrong).not.toBe(text);
    expect(problems(wrong)).not.toEqual([]);
  });

  it('has only keywords of JSON Schema', () => {
    expect(() => validate({ ...schema, requires: ['image'] }, {})).toThrow('unknown keyword: "requires"');
  });

  it('is described by docs/manifest.md, name by name', () => {
    const document = readFileSync(join(checkout, 'docs/manifest.md'), 'utf8');
    const names = namesIn(schema);
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
  });
});

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) {
    return value.flatMap(objectsIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** The names of all properties in a schema. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(namesIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  const own = isRecord(value.properties) ? Object.keys(value.properties) : [];
  return [...new Set([...own, ...Object.values(value).flatMap(namesIn)])];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
