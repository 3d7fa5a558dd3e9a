import { randomBytes } from 'node:crypto';
import type { Azurite } from './artifact-azurite.ts';

/** An artifact in the service. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly blob: string;
  readonly mimeType: string | undefined;
  readonly expiresAt: string | undefined;
  readonly createdAt: string;
  /** `undefined` until it is finalized. */
  readonly size: number | undefined;
  /** `sha256:<hex>`, as sent by the client. */
  readonly digest: string | undefined;
}

/** The artifacts of one run; their contents are in a container of Azurite. */
export interface ArtifactStore {
  readonly container: string;
  /** `undefined` if the name is taken. */
  create(name: string, mimeType: string | undefined, expiresAt: string | undefined): StoredArtifact | undefined;
  /** `undefined` if there is no artifact of that name, or its contents have another size. */
  finalize(name: string, size: number, digest: string | undefined): Promise<StoredArtifact | undefined>;
  finalized(): readonly StoredArtifact[];
  remove(name: string): StoredArtifact | undefined;
  read(name: string): Promise<Buffer>;
}

/**
 * Creates a store. Like on GitHub, an interrupted upload keeps its name until the run ends; with `forgetsUnfinished` the next
 * upload of that name replaces it.
 */
export async function createArtifactStore(azurite: Azurite, forgetsUnfinished: boolean): Promise<ArtifactStore> {
  const container = `run-${randomBytes(6).toString('hex')}`;
  const blobs = azurite.blobs.getContainerClient(container);
  await blobs.create();
  const artifacts = new Map<string, StoredArtifact>();
  let lastId = 0;
  const finalized = (name: string): StoredArtifact | undefined => {
    const artifact = artifacts.get(name);
    return artifact?.size === undefined ? undefined : artifact;
  };
  return {
    container,
    create(name, mimeType, expiresAt) {
      const existing = artifacts.get(name);
      if (existing !== undefined && !(forgetsUnfinished && existing.size === undefined)) {
        return undefined;
      }
      const blob = randomBytes(16).toString('hex');
      const createdAt = new Date().toISOString();
      const artifact = { id: ++lastId, name, blob, mimeType, expiresAt, createdAt, size: undefined, digest: undefined };
      artifacts.set(name, artifact);
      return artifact;
    },
    async finalize(name, size, digest) {
      const artifact = artifacts.get(name);
      if (artifact === undefined) {
        return undefined;
      }
      const { contentLength } = await blobs.getBlobClient(artifact.blob).getProperties();
      if (contentLength !== size) {
        return undefined;
      }
      const done = { ...artifact, size, digest };
      artifacts.set(name, done);
      return done;
    },
    finalized: () => [...artifacts.values()].filter(({ size }) => size !== undefined),
    remove(name) {
      const artifact = finalized(name);
      if (artifact !== undefined) {
        artifacts.delete(name);
      }
      return artifact;
    },
    read(name) {
      const artifact = finalized(name);
      if (artifact === undefined) {
        throw new Error(`There is no artifact ${name}.`);
      }
      return blobs.getBlobClient(artifact.blob).downloadToBuffer();
    },
  };
}
