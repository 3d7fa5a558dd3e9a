import { releaseError } from './error.ts';
import type * as Client from './release-client.ts';
import type { ReleaseTarget } from './target.ts';

/** A release, as far as it is of use here. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly isDraft: boolean;
  /** Published, in a repository whose releases cannot be changed then. */
  readonly isImmutable: boolean;
  /** Its page. */
  readonly url: string;
  /** Where files are sent to. */
  readonly uploadUrl: string;
  readonly body: string;
}

/** A file of a release. */
export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** `false` for what an upload that broke off has left. */
  readonly isComplete: boolean;
  /** SHA-256 in hexadecimal; GitHub tells it of files that were uploaded since June 2025. */
  readonly sha256: string | undefined;
  /** Where it is downloaded from. */
  readonly url: string;
}

export interface NewAsset {
  readonly name: string;
  /** Bytes that `contents` will give. */
  readonly size: number;
  readonly contents: AsyncIterable<Uint8Array>;
}

/** The requests that are made of GitHub. Each throws octokit's `HttpError` where it fails. */
export interface ReleaseApi {
  /** The published release of a tag. */
  findPublished(tag: string): Promise<Release | undefined>;
  /** The drafts for a tag, the oldest first: GitHub allows several. Who may not write sees none. */
  findDrafts(tag: string): Promise<readonly Release[]>;
  createDraft(tag: string, body: string): Promise<Release>;
  deleteDraft(draft: Release): Promise<void>;
  setBody(draft: Release, body: string): Promise<void>;
  assets(release: Release): Promise<readonly Asset[]>;
  /** Whether it was there. */
  deleteAsset(asset: Asset): Promise<boolean>;
  /** The contents; `undefined` if it is gone. */
  readText(asset: Asset): Promise<string | undefined>;
  upload(release: Release, asset: NewAsset): Promise<Asset>;
}

/** Connects to GitHub with a token. The client is loaded only now: most runs have no use for it. */
export async function connect(target: ReleaseTarget, token: string, signal: AbortSignal): Promise<ReleaseApi> {
  // A name that the bundler does not know: the client has a bundle of its own, beside this one.
  const client: typeof Client = await import(/* webpackIgnore: true */ /* @vite-ignore */ CLIENT_URL.href);
  return createApi(client.getOctokit(token, { baseUrl: target.apiUrl }), target, signal);
}

const CLIENT_URL = new URL(`./release-client${import.meta.url.slice(-3)}`, import.meta.url);

type Octokit = ReturnType<typeof Client.getOctokit>;

function createApi(
  { rest: { repos }, paginate, request }: Octokit,
  target: ReleaseTarget,
  signal: AbortSignal,
): ReleaseApi {
  const common = { owner: target.owner, repo: target.repository, request: { signal } };
  return {
    async findPublished(tag) {
      const found = await unlessGone(repos.getReleaseByTag({ ...common, tag }));
      return found && readRelease(found.data);
    },
    async findDrafts(tag) {
      const releases = await paginate(repos.listReleases, { ...common, per_page: 100 });
      const drafts = releases.filter(({ draft, tag_name }) => draft && tag_name === tag).map(readRelease);
      return drafts.sort((a, b) => a.id - b.id);
    },
    async createDraft(tag, body) {
      const commit = target.commit === undefined ? {} : { target_commitish: target.commit };
      const { data } = await repos.createRelease({ ...common, ...commit, tag_name: tag, name: tag, body, draft: true });
      return readRelease(data);
    },
    async deleteDraft({ id }) {
      await unlessGone(repos.deleteRelease({ ...common, release_id: id }));
    },
    async setBody({ id, tag }, body) {
      // A draft has no tag of its own yet: one that is not named again is lost.
      await repos.updateRelease({ ...common, release_id: id, tag_name: tag, body });
    },
    async assets({ id }) {
      const assets = await paginate(repos.listReleaseAssets, { ...common, release_id: id, per_page: 100 });
      return assets.map(readAsset);
    },
    async deleteAsset({ id }) {
      return (await unlessGone(repos.deleteReleaseAsset({ ...common, asset_id: id }))) !== undefined;
    },
    async readText({ id }) {
      const headers = { accept: 'application/octet-stream' };
      const answer = await unlessGone(repos.getReleaseAsset({ ...common, asset_id: id, headers }));
      // Its type is that of the answer without this header.
      const data: unknown = answer?.data;
      return data instanceof ArrayBuffer ? Buffer.from(data).toString() : typeof data === 'string' ? data : undefined;
    },
    async upload({ uploadUrl }, { name, size, contents }) {
      const url = new URL(uploadUrl);
      url.searchParams.set('name', name);
      const headers = { 'content-type': 'application/octet-stream', 'content-length': size };
      // Of what might be redirected, fetch keeps a copy in memory: all of the file (fetch standard, HTTP-network-or-cache fetch).
      const options = { signal, redirect: 'error' } as const;
      const { data } = await request({ method: 'POST', url: url.href, headers, data: contents, request: options });
      return readAsset(data);
    },
  };
}

/** What is given, or `undefined` where GitHub says that there is no such thing. */
async function unlessGone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'status') === 404) {
      return undefined;
    }
    throw error;
  }
}

type ReleaseData = Awaited<ReturnType<Octokit['rest']['repos']['getRelease']>>['data'];
type AssetData = Awaited<ReturnType<Octokit['rest']['repos']['getReleaseAsset']>>['data'];

/** A proxy or a login page may have answered in GitHub's place. */
function expectAnswer(id: unknown, asked: string): void {
  if (typeof id === 'number') {
    return;
  }
  throw releaseError(
    'UNKNOWN',
    `What answered is not GitHub's REST API: it gave no ${asked}.`,
    'Check GITHUB_API_URL, and that the runner reaches GitHub without a login page in between.',
  );
}

function readRelease({ id, tag_name, draft, immutable, html_url, upload_url, body }: ReleaseData): Release {
  expectAnswer(id, 'release');
  // The address comes with a template of its parameters after it.
  const uploadUrl = upload_url.replace(/\{.*$/, '');
  return {
    id,
    tag: tag_name,
    isDraft: draft,
    isImmutable: immutable === true,
    url: html_url,
    uploadUrl,
    body: body ?? '',
  };
}

function readAsset({ id, name, size, state, digest, browser_download_url }: AssetData): Asset {
  expectAnswer(id, 'file of a release');
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
  return { id, name, size, isComplete: state === 'uploaded', sha256, url: browser_download_url };
}
