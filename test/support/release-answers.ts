import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ReleaseStore, StoredAsset, StoredRelease } from './release-store.ts';

/** The requests of GitHub's REST API for releases that the service supports. */
export type ReleaseOperation =
  | 'getByTag'
  | 'list'
  | 'create'
  | 'deleteRelease'
  | 'update'
  | 'listAssets'
  | 'deleteAsset'
  | 'getAsset'
  | 'upload';

/** What happens instead of the correct response. */
export type ReleaseFault =
  /** An HTTP status with the error body of the API. `before` is called before it is sent. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly before?: () => void;
    }
  /** An HTML page, as from a proxy or a login. */
  | { readonly kind: 'html' }
  /** The connection is reset before the request is handled. */
  | { readonly kind: 'reset' }
  /** An upload: the connection is reset after a part of the body. */
  | { readonly kind: 'reset-midway' }
  /** The request is carried out, and the connection is reset instead of a response. */
  | { readonly kind: 'reset-after' }
  /** An upload: the server fails after the whole body, and leaves an empty file. */
  | { readonly kind: 'fail-at-end'; readonly status: number }
  /** There is never a response. */
  | { readonly kind: 'stall' }
  /** The response has these properties instead of the correct ones. */
  | { readonly kind: 'altered'; readonly properties: Readonly<Record<string, unknown>> };

const REPOSITORY = '/repos/example/images';
export const WRITE_TOKEN = 'ghs_write';
export const READ_TOKEN = 'ghs_read';
export const WRITES: readonly ReleaseOperation[] = ['create', 'deleteRelease', 'update', 'deleteAsset', 'upload'];

export interface Route {
  readonly operation: ReleaseOperation;
  /** Tag, or ID of a release or file. */
  readonly subject: string;
  readonly query: URLSearchParams;
}

export interface Context extends Route {
  readonly store: ReleaseStore;
  readonly origins: { readonly api: string; readonly files: string };
  readonly limit: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: ReleaseFault | undefined;
}

const ROUTES: readonly (readonly [string, RegExp, ReleaseOperation])[] = [
  ['GET', /^\/releases\/tags\/([^/]+)$/, 'getByTag'],
  ['GET', /^\/releases()$/, 'list'],
  ['POST', /^\/releases()$/, 'create'],
  ['DELETE', /^\/releases\/(\d+)$/, 'deleteRelease'],
  ['PATCH', /^\/releases\/(\d+)$/, 'update'],
  ['GET', /^\/releases\/(\d+)\/assets$/, 'listAssets'],
  ['POST', /^\/releases\/(\d+)\/assets$/, 'upload'],
  ['DELETE', /^\/releases\/assets\/(\d+)$/, 'deleteAsset'],
  ['GET', /^\/releases\/assets\/(\d+)$/, 'getAsset'],
];

export function routeOf({ method, url = '' }: IncomingMessage): Route | undefined {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  if (!pathname.startsWith(REPOSITORY)) {
    return undefined;
  }
  for (const [verb, pattern, operation] of ROUTES) {
    const [, subject] = pattern.exec(pathname.slice(REPOSITORY.length)) ?? [];
    if (verb === method && subject !== undefined) {
      return { operation, subject: decodeURIComponent(subject), query };
    }
  }
  return undefined;
}

export async function answerRequest(context: Context): Promise<void> {
  const { request, response, fault, operation } = context;
  switch (fault?.kind) {
    case 'status':
      request.resume();
      fault.before?.();
      return send(response, fault.status, { message: fault.message ?? 'injected' }, fault.headers);
    case 'html':
      request.resume();
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'stall':
      request.resume();
      return;
  }
  const token = /^token (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== WRITE_TOKEN && token !== READ_TOKEN) {
    return send(response, 401, { message: 'Bad credentials' });
  }
  const mayWrite = token === WRITE_TOKEN;
  if (!mayWrite && WRITES.includes(operation)) {
    return send(response, 403, { message: 'Resource not accessible by integration' });
  }
  const [status, body, headers] = operation === 'upload' ? await upload(context) : await perform(context, mayWrite);
  if (fault?.kind === 'reset-after' || status === 0) {
    request.socket.resetAndDestroy();
  } else {
    send(response, status, fault?.kind === 'altered' ? { ...body, ...fault.properties } : body, headers);
  }
}

/** A status of 0 resets the connection. */
type Answer = readonly [number, object?, Readonly<Record<string, string>>?];

const NOT_FOUND: Answer = [404, { message: 'Not Found' }];

async function perform(context: Context, mayWrite: boolean): Promise<Answer> {
  const { store, operation, subject, request } = context;
  switch (operation) {
    case 'getByTag': {
      const release = store.releases().find(({ tag, isDraft }) => tag === subject && !isDraft);
      return release === undefined ? NOT_FOUND : [200, describeRelease(context, release)];
    }
    case 'list': {
      const seen = store.releases().filter(({ isDraft }) => mayWrite || !isDraft);
      return page(context, seen.map((release) => describeRelease(context, release)).reverse());
    }
    case 'create': {
      const fields = await readFields(request);
      const release = store.create(String(fields.tag_name), fields);
      return [201, describeRelease(context, release)];
    }
    case 'deleteRelease':
      return store.remove(Number(subject)) ? [204] : NOT_FOUND;
    case 'update': {
      const release = store.update(Number(subject), await readFields(request));
      return release === undefined ? NOT_FOUND : [200, describeRelease(context, release)];
    }
    case 'listAssets': {
      const release = store.releases().find(({ id }) => id === Number(subject));
      if (release === undefined) {
        return NOT_FOUND;
      }
      return page(
        context,
        store.assetsOf(release.id).map((asset) => describeAsset(context, asset)),
      );
    }
    case 'deleteAsset':
      return store.removeAsset(Number(subject)) ? [204] : NOT_FOUND;
    case 'getAsset': {
      const asset = store.asset(Number(subject));
      if (asset === undefined) {
        return NOT_FOUND;
      }
      if (request.headers.accept !== 'application/octet-stream') {
        return [200, describeAsset(context, asset)];
      }
      return [302, {}, { location: `${context.origins.files}/storage/${asset.id}` }];
    }
    default:
      return NOT_FOUND;
  }
}

/** Receives a file like GitHub: the request reserves the name, and the file is complete at the end of the body. */
async function upload(context: Context): Promise<Answer> {
  const { store, subject, query, request, fault, limit } = context;
  const release = store.releases().find(({ id }) => id === Number(subject));
  const size = Number(request.headers['content-length'] ?? Number.NaN);
  const name = githubName(query.get('name') ?? '');
  if (release === undefined) {
    return NOT_FOUND;
  }
  if (!Number.isInteger(size)) {
    return [411, { message: 'Length Required' }];
  }
  if (release.isImmutable) {
    return [422, { message: 'Cannot upload assets to an immutable release.' }];
  }
  if (size >= limit) {
    return invalid('size', `size must be less than ${limit}`);
  }
  const asset = store.startAsset(release.id, name);
  if (asset === undefined) {
    return invalid('name', undefined);
  }
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) {
      pieces.push(piece);
      if (fault?.kind === 'reset-midway') {
        return [0];
      }
    }
  } catch {
    return [0];
  }
  if (fault?.kind === 'fail-at-end') {
    return [fault.status, { message: 'Error saving asset' }];
  }
  const contents = Buffer.concat(pieces);
  const done = store.finishAsset(asset.id, contents, createHash('sha256').update(contents).digest('hex'));
  // It may have been deleted during the upload.
  return done === undefined ? [502, { message: 'Bad Gateway' }] : [201, describeAsset(context, done)];
}

function invalid(field: string, message: string | undefined): Answer {
  const code = message === undefined ? { code: 'already_exists' } : { code: 'custom', message };
  return [422, { message: 'Validation Failed', errors: [{ resource: 'ReleaseAsset', field, ...code }] }];
}

/** GitHub replaces some characters in names by dots (cli/cli, pkg/cmd/release/shared/upload.go). */
function githubName(name: string): string {
  return name.replace(/[^A-Za-z0-9\-_+@]+/g, '.').replace(/^\.+|\.+$/g, '');
}

function page({ query, request, origins }: Context, items: readonly object[]): Answer {
  const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  const next = new URL(request.url ?? '', origins.api);
  next.searchParams.set('page', String(number + 1));
  const link: Readonly<Record<string, string>> =
    items.length > size * number ? { link: `<${next.href}>; rel="next"` } : {};
  return [200, items.slice(size * (number - 1), size * number), link];
}

function describeRelease({ origins }: Context, release: StoredRelease): object {
  return {
    id: release.id,
    tag_name: release.tag,
    target_commitish: release.commit,
    name: release.name,
    draft: release.isDraft,
    immutable: release.isImmutable,
    body: release.body,
    html_url: `https://github.com/example/images/releases/${release.isDraft ? 'untagged-0123' : `tag/${release.tag}`}`,
    upload_url: `${origins.files}${REPOSITORY}/releases/${release.id}/assets{?name,label}`,
  };
}

function describeAsset(_: Context, { id, name, isComplete, contents, sha256 }: StoredAsset): object {
  return {
    id,
    name,
    state: isComplete ? 'uploaded' : 'starter',
    size: contents.length,
    digest: sha256 === undefined ? null : `sha256:${sha256}`,
    browser_download_url: `https://github.com/example/images/releases/download/${name}`,
  };
}

async function readFields(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const fields: unknown = await json(request);
  return typeof fields === 'object' && fields !== null ? { ...fields } : {};
}

export function send(
  response: ServerResponse,
  status: number,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = status === 204 ? undefined : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text);
}
