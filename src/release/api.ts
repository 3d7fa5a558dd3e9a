import type { getOctokit } from '@actions/github';
import { userError } from '../errors/user-error.ts';
import type { RetryOptions } from './retry.ts';
import type { ReleaseTarget } from './target.ts';

/** The properties of a release that are used here. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly isDraft: boolean;
  /** Published in a repository with immutable releases. */
  readonly isImmutable: boolean;
  /** URL of its page. */
  readonly url: string;
  /** URL to which files are uploaded. */
  readonly uploadUrl: string;
  readonly body: string;
}

/** A file of a release. */
export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** `false` for an upload that is in progress or was interrupted. */
  readonly isComplete: boolean;
  /** SHA-256 in hexadecimal; GitHub has it for files uploaded since June 2025. */
  readonly sha256: string | undefined;
  /** URL for downloads. */
  readonly url: string;
}

export interface NewAsset {
  readonly name: string;
  /** Bytes of `contents`. */
  readonly size: number;
  readonly contents: AsyncIterable<Uint8Array>;
}

/** Requests to GitHub. A failed request throws octokit's `HttpError`. */
export interface ReleaseApi {
  /** The published release of a tag. */
  findPublished(tag: string): Promise<Release | undefined>;
  /** The drafts for a tag, oldest first: GitHub allows several. A token without write permission sees none. */
  findDrafts(tag: string): Promise<readonly Release[]>;
  createDraft(tag: string, body: string): Promise<Release>;
  deleteDraft(draft: Release): Promise<void>;
  setBody(draft: Release, body: string): Promise<void>;
  assets(release: Release): Promise<readonly Asset[]>;
  /** Returns whether it existed. */
  deleteAsset(asset: Asset): Promise<boolean>;
  /** The contents; `undefined` if it no longer exists. */
  readText(asset: Asset): Promise<string | undefined>;
  upload(release: Release, asset: NewAsset): Promise<Asset>;
}

/** Access to the releases of a repository. */
export interface Connection extends RetryOptions {
  readonly api: ReleaseApi;
}

/** Access to one release. */
export interface ReleaseConnection extends Connection {
  readonly release: Release;
}

/** Connects to GitHub with a token. Loads the client only now, because most runs do not need it. */
export async function connect(target: ReleaseTarget, token: string, signal: AbortSignal): Promise<ReleaseApi> {
  const { getOctokit } = await import('@actions/github');
  return createApi(getOctokit(token, { baseUrl: target.apiUrl }), target, signal);
}

type Octokit = ReturnType<typeof getOctokit>;

function createApi(
  { rest: { repos }, paginate, request }: Octokit,
  target: ReleaseTarget,
  signal: AbortSignal,
): ReleaseApi {
  const common = { owner: target.owner, repo: target.repository, request: { signal } };
  return {
    async findPublished(tag) {
      const found = await unlessNotFound(repos.getReleaseByTag({ ...common, tag }));
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
      await unlessNotFound(repos.deleteRelease({ ...common, release_id: id }));
    },
    async setBody({ id, tag }, body) {
      // The tag of a draft may not exist yet: GitHub drops its name if a request leaves it out.
      await repos.updateRelease({ ...common, release_id: id, tag_name: tag, body });
    },
    async assets({ id }) {
      const assets = await paginate(repos.listReleaseAssets, { ...common, release_id: id, per_page: 100 });
      return assets.map(readAsset);
    },
    async deleteAsset({ id }) {
      return (await unlessNotFound(repos.deleteReleaseAsset({ ...common, asset_id: id }))) !== undefined;
    },
    async readText({ id }) {
      const headers = { accept: 'application/octet-stream' };
      const answer = await unlessNotFound(repos.getReleaseAsset({ ...common, asset_id: id, headers }));
      // The declared type is that of the response without this header.
      const data: unknown = answer?.data;
      if (data instanceof ArrayBuffer) {
        return Buffer.from(data).toString();
      }
      return typeof data === 'string' ? data : undefined;
    },
    async upload({ uploadUrl }, { name, size, contents }) {
      const url = new URL(uploadUrl);
      url.searchParams.set('name', name);
      const headers = { 'content-type': 'application/octet-stream', 'content-length': size };
      // If it may follow redirects, fetch keeps a copy of the whole body in memory (fetch standard, HTTP-network-or-cache fetch).
      const options = { signal, redirect: 'error' } as const;
      const { data } = await request({ method: 'POST', url: url.href, headers, data: contents, request: options });
      return readAsset(data);
    },
  };
}

/** The response, or `undefined` if GitHub answers 404. */
async function unlessNotFound<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
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

/** Checks that a response has an ID: a proxy or a login page may have answered instead of GitHub. */
function checkResponse(id: unknown, expected: string): void {
  if (typeof id === 'number') {
    return;
  }
  throw userError({
    title: 'GitHub could not be reached',
    message: `The response is not from GitHub's REST API: it does not describe a ${expected}.`,
    remedy: 'Check GITHUB_API_URL, and that the runner reaches GitHub without a proxy or a login page in between.',
    code: 'UNKNOWN',
  });
}

function readRelease({ id, tag_name, draft, immutable, html_url, upload_url, body }: ReleaseData): Release {
  checkResponse(id, 'release');
  // The URL ends in a template of its parameters.
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
  checkResponse(id, 'release asset');
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
  return { id, name, size, isComplete: state === 'uploaded', sha256, url: browser_download_url };
}
