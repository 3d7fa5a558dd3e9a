/** A release in the service. */
export interface StoredRelease {
  readonly id: number;
  readonly tag: string;
  readonly name: string;
  readonly commit: string;
  readonly isDraft: boolean;
  readonly isImmutable: boolean;
  readonly body: string;
}

export interface StoredAsset {
  readonly id: number;
  readonly release: number;
  readonly name: string;
  /** `false` for an upload that is in progress or was interrupted. */
  readonly isComplete: boolean;
  readonly contents: Buffer;
  /** Hexadecimal; GitHub does not have it for old files. */
  readonly sha256: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** The releases of one repository, oldest first. */
export interface ReleaseStore {
  releases(): readonly StoredRelease[];
  create(tag: string, fields: Fields): StoredRelease;
  /** `undefined` if there is no release with that ID. */
  update(id: number, fields: Fields): StoredRelease | undefined;
  remove(id: number): boolean;
  publish(id: number): void;
  assetsOf(release: number): readonly StoredAsset[];
  asset(id: number): StoredAsset | undefined;
  /** `undefined` if the name is taken. */
  startAsset(release: number, name: string): StoredAsset | undefined;
  finishAsset(id: number, contents: Buffer, sha256: string | undefined): StoredAsset | undefined;
  removeAsset(id: number): boolean;
}

/** Creates an empty store; with `freezes`, published releases are immutable. */
export function createReleaseStore(freezes: boolean): ReleaseStore {
  const releases = new Map<number, StoredRelease>();
  const assets = new Map<number, StoredAsset>();
  let lastId = 100;
  const assetsOf = (release: number): readonly StoredAsset[] =>
    [...assets.values()].filter((asset) => asset.release === release);
  return {
    releases: () => [...releases.values()],
    create(tag, { name, target_commitish: commit, draft, body }) {
      const isDraft = draft === true;
      const release = {
        id: ++lastId,
        tag,
        name: text(name) ?? '',
        commit: text(commit) ?? 'main',
        isDraft,
        isImmutable: freezes && !isDraft,
        body: text(body) ?? '',
      };
      releases.set(release.id, release);
      return release;
    },
    update(id, { tag_name, body }) {
      const release = releases.get(id);
      if (release === undefined) {
        return undefined;
      }
      // GitHub drops the tag of a draft if a request leaves it out.
      const tag = text(tag_name) ?? (release.isDraft ? 'untagged-0123' : release.tag);
      const updated = { ...release, tag, body: text(body) ?? release.body };
      releases.set(id, updated);
      return updated;
    },
    remove: (id) => releases.delete(id),
    publish(id) {
      const release = releases.get(id);
      if (release !== undefined) {
        releases.set(id, { ...release, isDraft: false, isImmutable: freezes });
      }
    },
    assetsOf,
    asset: (id) => assets.get(id),
    startAsset(release, name) {
      if (name === '' || assetsOf(release).some((asset) => asset.name === name)) {
        return undefined;
      }
      const asset = { id: ++lastId, release, name, isComplete: false, contents: Buffer.alloc(0), sha256: undefined };
      assets.set(asset.id, asset);
      return asset;
    },
    finishAsset(id, contents, sha256) {
      const asset = assets.get(id);
      if (asset === undefined) {
        return undefined;
      }
      const done = { ...asset, isComplete: true, contents, sha256 };
      assets.set(id, done);
      return done;
    },
    removeAsset: (id) => assets.delete(id),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
