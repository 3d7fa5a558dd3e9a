/**
 * The SBOM of an image: its store paths as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). docs/manifest.md
 * describes it.
 */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  type BomRef,
  BomRefRepository,
  Component,
  ComponentRepository,
  HashDictionary,
  Metadata,
  Property,
  PropertyRepository,
  Tools,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneDxJson, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import { deriveGuid } from '../disk/guid.ts';
import type { FinishedFile } from '../image/finished-file.ts';
import { writeSmallFile } from '../image/write-error.ts';
import { formatSri } from '../nix/hash.ts';
import { packageOf } from '../nix/package-name.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { compareStorePaths, HASH_LENGTH } from '../nix/store-path.ts';

/** The contents of an SBOM. */
export interface SbomFacts {
  readonly image: FinishedFile;
  /** Whether the image has a NixOS system that its boot loader starts. */
  readonly hasSystem: boolean;
  /** The closure in the image, with the hashes that were verified there. */
  readonly storePaths: readonly StorePathInfo[];
  /** Versions of the programs that wrote and verified the image, by name. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Encodes an SBOM. The result does not depend on the time, the locale or the order of the store paths. */
export function encodeSbom(facts: SbomFacts): string {
  const storePaths = facts.storePaths.toSorted((a, b) => compareStorePaths(a.path, b.path));
  const components = storePaths.map((info) => ({ info, component: describeStorePath(info) }));
  const refs = new Map(components.map(({ info, component }) => [info.path, component.bomRef]));
  const referenced = new Set<BomRef>();
  for (const { info, component } of components) {
    for (const ref of dependenciesOf(info, refs)) {
      component.dependencies.add(ref);
      referenced.add(ref);
    }
  }
  const image = describeImage(facts);
  image.dependencies = new BomRefRepository([...refs.values()].filter((ref) => !referenced.has(ref)));
  const bom = new Bom({
    serialNumber: serialNumber(facts),
    metadata: new Metadata({ component: image, tools: new Tools({ components: describeTools(facts) }) }),
    components: new ComponentRepository(components.map(({ component }) => component)),
  });
  // Not `sortLists`: it compares as the locale of the machine does. Everything is added in its order.
  return `${new JsonSerializer(new CycloneDxJson.Normalize.Factory(Spec1dot6)).serialize(bom)}\n`;
}

/** Writes the SBOM of an image to `path`. Errors as in `writeError`. */
export function writeSbom(path: string, facts: SbomFacts): void {
  writeSmallFile(path, encodeSbom(facts));
}

function describeImage({ image, hasSystem }: SbomFacts): Component {
  const name = basename(image.path);
  const hashes = new HashDictionary([[HashAlgorithm['SHA-256'], image.sha256]]);
  return new Component(hasSystem ? ComponentType.OperatingSystem : ComponentType.File, name, {
    bomRef: 'image',
    hashes,
  });
}

function describeTools(facts: SbomFacts): ComponentRepository {
  return new ComponentRepository(
    sortedTools(facts).map(([name, version]) => new Component(ComponentType.Application, name, { version })),
  );
}

function sortedTools({ tools }: SbomFacts): readonly (readonly [string, string])[] {
  return Object.entries(tools).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The hash in the store path is the reference: whole paths would more than double the file. The hash of a NAR is a property:
 * in `hashes` it would stand for the bytes of a file.
 */
function describeStorePath({ path, hash, size }: StorePathInfo): Component {
  const { name, version } = packageOf(path);
  return new Component(ComponentType.Library, name, {
    bomRef: basename(path).slice(0, HASH_LENGTH),
    ...(version === '' ? {} : { version }),
    purl: packageUrl(name, version),
    properties: new PropertyRepository([
      new Property('nix:nar_hash', formatSri(hash)),
      new Property('nix:nar_size', String(size)),
      new Property('nix:store_path', path),
    ]),
  });
}

/** The type `nix` is not registered, but in use (package-url/purl-spec#877). Encoding: purl-spec, docs/how-to-build.md. */
function packageUrl(name: string, version: string): string {
  return `pkg:nix/${encodeURIComponent(name)}${version === '' ? '' : `@${encodeURIComponent(version)}`}`;
}

/** What a store path refers to, except for itself. */
function dependenciesOf({ path, references }: StorePathInfo, refs: ReadonlyMap<string, BomRef>): readonly BomRef[] {
  const others = references.filter((reference) => reference !== path).sort(compareStorePaths);
  return others.flatMap((reference) => refs.get(reference) ?? []);
}

/** Another one for every SBOM with other contents: what is not listed here is in the image. */
function serialNumber(facts: SbomFacts): string {
  const { image, hasSystem } = facts;
  const identity = JSON.stringify([basename(image.path), image.sha256, hasSystem, sortedTools(facts)]);
  return `urn:uuid:${deriveGuid(createHash('sha256').update(identity).digest(), 'SBOM').toLowerCase()}`;
}
