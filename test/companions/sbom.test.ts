import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { describe, expect, it } from 'vitest';
import { encodeSbom, type SbomFacts } from '../../src/companions/sbom.ts';
import { queryClosure } from '../../src/nix/closure.ts';
import type { StorePathInfo } from '../../src/nix/registration.ts';
import { nix, sampleClosure } from '../support/nix-store.ts';
import { exampleFacts } from './manifest-example.ts';

const GLIBC = '/nix/store/0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-glibc-2.40';
const BASH = '/nix/store/1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-bash-5.2';

const FACTS: SbomFacts = {
  image: exampleFacts.image,
  hasSystem: true,
  storePaths: exampleFacts.storePaths,
  tools: exampleFacts.tools,
};

/** What the tests read of an SBOM. */
interface Sbom {
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const validator = new JsonStrictValidator(Version.v1dot6);

/** Of the schema that the CycloneDX project publishes; `null` if the text is valid. */
function violations(text: string): Promise<unknown> {
  return validator.validate(text);
}

function storePath(name: string, references: readonly string[] = []): StorePathInfo {
  return { path: `/nix/store/${'0'.repeat(32)}-${name}`, hash: new Uint8Array(32), size: 120, references };
}

/** A path in a store of synthetic names, at least as long as the usual ones. */
function syntheticPath(index: number): string {
  const hash = index.toString(10).padStart(32, '0');
  return `/nix/store/${hash}-python3.12-package-${index}-1.23.4-lib`;
}

describe('encodeSbom', () => {
  it('describes image, tools, store paths and dependencies', () => {
    const sbom = JSON.parse(encodeSbom(FACTS));
    expect(sbom).toEqual({
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      metadata: {
        tools: {
          components: [
            { type: 'application', name: 'e2fsck', version: '1.47.0' },
            { type: 'application', name: 'nix-ext4-image', version: '1.2.3' },
          ],
        },
        component: {
          type: 'operating-system',
          name: 'nixos.img.zst',
          'bom-ref': 'image',
          hashes: [{ alg: 'SHA-256', content: '1'.repeat(64) }],
        },
      },
      components: [
        {
          type: 'library',
          name: 'glibc',
          version: '2.40',
          'bom-ref': '0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6',
          purl: 'pkg:nix/glibc@2.40',
          properties: [
            { name: 'nix:nar_hash', value: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
            { name: 'nix:nar_size', value: '30000000' },
            { name: 'nix:store_path', value: GLIBC },
          ],
        },
        {
          type: 'library',
          name: 'bash',
          version: '5.2',
          'bom-ref': '1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6',
          purl: 'pkg:nix/bash@5.2',
          properties: [
            { name: 'nix:nar_hash', value: 'sha256-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=' },
            { name: 'nix:nar_size', value: '1500000' },
            { name: 'nix:store_path', value: BASH },
          ],
        },
      ],
      dependencies: [
        { ref: 'image', dependsOn: ['1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6'] },
        { ref: '0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6' },
        { ref: '1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6', dependsOn: ['0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6'] },
      ],
    });
  });

  it('calls an image without a system a file', () => {
    expect(JSON.parse(encodeSbom({ ...FACTS, hasSystem: false })).metadata.component.type).toBe('file');
  });

  it.each([
    ['linux-6.12.1', { name: 'linux', version: '6.12.1', purl: 'pkg:nix/linux@6.12.1' }],
    ['etc', { name: 'etc', purl: 'pkg:nix/etc' }],
    ['gtk+-2.24+git=1?', { name: 'gtk+', version: '2.24+git=1?', purl: 'pkg:nix/gtk%2B@2.24%2Bgit%3D1%3F' }],
    ['openssl-3.0.14-dev', { name: 'openssl', version: '3.0.14', purl: 'pkg:nix/openssl@3.0.14' }],
  ])('names the package of %s', async (name, expected) => {
    const text = encodeSbom({ ...FACTS, storePaths: [storePath(name)] });
    expect(await violations(text)).toBeNull();
    const [{ name: found, version, purl }] = JSON.parse(text).components;
    expect({ name: found, version, purl }).toEqual({ version: undefined, ...expected });
  });

  it('does not depend on the order of the facts', () => {
    const storePaths = FACTS.storePaths
      .toReversed()
      .map((info) => ({ ...info, references: info.references.toReversed() }));
    const tools = { e2fsck: '1.47.0', 'nix-ext4-image': '1.2.3' };
    expect(encodeSbom({ ...FACTS, storePaths, tools })).toBe(encodeSbom(FACTS));
  });

  it.each([
    ['file', { image: { ...FACTS.image, sha256: '3'.repeat(64) } }],
    ['file name', { image: { ...FACTS.image, path: '/output/other.img.zst' } }],
    ['tool', { tools: { ...FACTS.tools, e2fsck: '1.47.1' } }],
    ['type', { hasSystem: false }],
  ])('has another serial number for another %s', (_, facts) => {
    const serialNumber = (text: string): unknown => JSON.parse(text).serialNumber;
    expect(serialNumber(encodeSbom({ ...FACTS, ...facts }))).not.toBe(serialNumber(encodeSbom(FACTS)));
  });

  it('lists the closure as nix-store does, and is valid', { tags: ['system'] }, async () => {
    const { root } = sampleClosure();
    const storePaths = await queryClosure([root]);
    const text = encodeSbom({ ...FACTS, storePaths });
    expect(await violations(text)).toBeNull();
    const { components, dependencies }: Sbom = JSON.parse(text);
    const pathOf = new Map(components.map(({ 'bom-ref': ref, properties }) => [ref, properties.at(-1)?.value ?? '']));
    const query = (...args: readonly string[]) =>
      nix('nix-store', ['--query', ...args])
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .sort();
    expect([...pathOf.values()]).toEqual(query('--requisites', root));
    const [image, ...others] = dependencies.map(({ ref, dependsOn = [] }) => ({
      path: pathOf.get(ref),
      references: dependsOn.map((other) => pathOf.get(other)),
    }));
    expect(image).toEqual({ path: undefined, references: [root] });
    expect(others).toHaveLength(components.length);
    for (const { path = '', references } of others) {
      expect(references, path).toEqual(query('--references', path).filter((reference) => reference !== path));
    }
  });

  it('stays below the 16 MB of actions/attest with 20,000 store paths', async () => {
    const storePaths = Array.from({ length: 20_000 }, (_, index) => ({
      ...storePath(''),
      path: syntheticPath(index),
      size: 123_456_789,
      references: Array.from({ length: Math.min(index, 8) }, (_, nth) => syntheticPath(index - 1 - nth)),
    }));
    const text = encodeSbom({ ...FACTS, storePaths });
    expect(JSON.parse(text).components).toHaveLength(20_000);
    expect(Buffer.byteLength(text)).toBeLessThan(16_000_000);
  });
});

it.each([
  ['a component twice', /"components":\[(\{"type":"library".*?\]\})/, '"components":[$1,$1'],
  ['a serial number of another form', /urn:uuid:/, 'uuid:'],
  ['a component without a name', '"name":"glibc",', ''],
  ['an unknown property', '"bomFormat"', '"format":1,"bomFormat"'],
])('the schema refuses %s', async (_, from, to) => {
  const wrong = encodeSbom(FACTS).replace(from, to);
  expect(wrong).not.toBe(encodeSbom(FACTS));
  expect(await violations(encodeSbom(FACTS))).toBeNull();
  expect(await violations(wrong)).not.toBeNull();
});
