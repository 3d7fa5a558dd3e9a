import { type UserError, userError } from '../errors/user-error.ts';
import { formatCount } from '../text/format.ts';
import { isObject } from '../text/json.ts';
import { printable } from '../text/printable.ts';

/** An operation that takes one or more requests to GitHub, for the error if it fails. */
export interface Operation {
  /** Title of the error. */
  readonly title: string;
  /** Continues "Could not". */
  readonly what: string;
}

/** A failed request to GitHub. */
export interface RequestFailure {
  /** HTTP status; `undefined` if there was no response. */
  readonly status: number | undefined;
  readonly message: string;
  /** Seconds after which GitHub asks to retry, if it does. */
  readonly retryAfter: number | undefined;
  readonly isRateLimit: boolean;
  readonly cause: unknown;
}

/** Reads an error that octokit threw; `undefined` for anything but a failed request. */
export function readFailure(cause: unknown): RequestFailure | undefined {
  if (!(cause instanceof Error) || cause.name !== 'HttpError') {
    return undefined;
  }
  const { message } = cause;
  const response: unknown = Reflect.get(cause, 'response');
  // Octokit sets the status 500 for a request without a response.
  if (!isObject(response)) {
    return { status: undefined, message, retryAfter: undefined, isRateLimit: false, cause };
  }
  const status = numberProperty(cause, 'status');
  const headers = isObject(response.headers) ? response.headers : {};
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
  const isRateLimit =
    status === 429 || (status === 403 && (headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)));
  return { status, message, retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined, isRateLimit, cause };
}

/** Whether the same request may succeed a little later. */
export function isTransient({ status, isRateLimit, retryAfter }: RequestFailure): boolean {
  if (isRateLimit) {
    return retryAfter !== undefined && retryAfter <= LONGEST_WAIT;
  }
  return status === undefined || status >= 500;
}

/** Seconds that a job may wait for a rate limit to end. */
const LONGEST_WAIT = 60;

/** Whether the release already has a file of that name. */
export function isNameTaken(failure: RequestFailure | undefined): boolean {
  return failure?.status === 422 && /already_exists/.test(failure.message);
}

/** The error for a release that has another file of the same name. */
export function nameTaken(name: string): UserError {
  return userError({
    title: 'A release file already exists',
    message: `The release has another file named ${printable(name)}.`,
    remedy:
      'Set overwrite to true to replace it, or give each image its own image-name, for example one that contains the name of the matrix job.',
    code: 'NAME_TAKEN',
  });
}

/** The error for a release to which GitHub lets no file be added. */
export function immutableRelease(tag: string): UserError {
  return userError({
    title: 'The release is immutable',
    message: `The release ${printable(tag)} has been published and is immutable: files can no longer be added.`,
    remedy: ADD_TO_DRAFT,
    code: 'IMMUTABLE',
  });
}

/** The error for a release that has no room for `added` files beside the `present` ones. */
export function releaseFull({
  tag,
  present,
  added,
  most,
}: {
  readonly tag: string;
  readonly present: number;
  readonly added: number;
  readonly most: number;
}): UserError {
  return userError({
    title: 'The release has too many files',
    message: `The release ${printable(tag)} has ${formatCount(present, 'file')}, and ${formatCount(added, 'file')} would be added: GitHub allows ${formatCount(most, 'file')}.`,
    remedy: 'Delete files that are no longer needed from the release, or set release-tag to another tag.',
    code: 'FULL',
  });
}

/** Adds the operation, the reason and a remedy to a failed request. */
export function explainFailure({ title, what }: Operation, failure: RequestFailure): UserError {
  const { code, reason, remedy } = RULES.find(({ matches }) => matches(failure)) ?? UNKNOWN;
  const status = failure.status === undefined ? '' : ` (${failure.status})`;
  return userError({ title, message: `Could not ${what}: ${reason}${status}.`, remedy, code, cause: failure.cause });
}

/** Why a request failed: the code of the `UserError`. */
export type RequestErrorCode =
  | 'TOKEN'
  | 'PERMISSION'
  | 'NOT_FOUND'
  | 'IMMUTABLE'
  | 'REFUSED'
  | 'RATE_LIMIT'
  | 'SERVICE'
  | 'NETWORK'
  | 'UNKNOWN';

interface Rule {
  readonly code: RequestErrorCode;
  readonly matches: (failure: RequestFailure) => boolean;
  /** Continues "Could not ...: ". */
  readonly reason: string;
  readonly remedy: string;
}

const GRANT_PERMISSION = "Give the job the permission 'contents: write' (permissions: contents: write)";
const RERUN = 'Re-run the job; files that are already attached stay';
const CHECK_STATUS = `${RERUN}. If it fails again, check https://www.githubstatus.com`;
const ADD_TO_DRAFT =
  'Add files while the release is a draft: push the tag, let this action create the draft, and then publish it.';

/** The first rule that matches applies: specific rules come first. */
const RULES: readonly Rule[] = [
  {
    code: 'RATE_LIMIT',
    matches: ({ isRateLimit }) => isRateLimit,
    reason: 'the token has made too many requests',
    remedy: 'Re-run the job in an hour, or let fewer jobs use the same token at the same time.',
  },
  {
    code: 'IMMUTABLE',
    matches: ({ status, message }) => status === 422 && /was used by an immutable release/i.test(message),
    reason: 'an immutable release has used the tag, which GitHub never takes again, even if that release was deleted',
    remedy: 'Set release-tag to a new tag.',
  },
  {
    code: 'IMMUTABLE',
    matches: ({ status, message }) => status === 422 && /immutable release/i.test(message),
    reason: 'the release has been published and is immutable',
    remedy: ADD_TO_DRAFT,
  },
  {
    code: 'TOKEN',
    matches: has(401),
    reason: 'the token is not valid',
    remedy: `Set github-token to \${{ github.token }}, or renew the token. ${GRANT_PERMISSION}.`,
  },
  {
    code: 'PERMISSION',
    matches: has(403),
    reason: 'the token does not have the permission',
    remedy: `${GRANT_PERMISSION}. A workflow for a pull request from a fork always has a read-only token.`,
  },
  {
    code: 'NOT_FOUND',
    matches: has(404),
    reason: 'it does not exist, or the token does not have access to it',
    remedy: `${GRANT_PERMISSION}, and check that the token is for this repository.`,
  },
  {
    code: 'REFUSED',
    matches: ({ status = 0 }) => status >= 400 && status < 500,
    reason: 'GitHub refused the request',
    remedy: 'Check that the rules of the repository allow the tag in release-tag; the cause has the details.',
  },
  {
    code: 'SERVICE',
    matches: ({ status = 0 }) => status >= 500,
    reason: 'GitHub reported a server error',
    remedy: CHECK_STATUS,
  },
  {
    code: 'NETWORK',
    matches: ({ status }) => status === undefined,
    reason: 'the network failed',
    remedy: `${RERUN}. A self-hosted runner must reach api.github.com and uploads.github.com.`,
  },
];

const UNKNOWN: Rule = {
  code: 'UNKNOWN',
  matches: () => true,
  reason: 'GitHub sent an unexpected response',
  remedy: CHECK_STATUS,
};

function has(wanted: number): (failure: RequestFailure) => boolean {
  return ({ status }) => status === wanted;
}

function numberProperty(object: object, name: string): number | undefined {
  const value: unknown = Reflect.get(object, name);
  return typeof value === 'number' ? value : undefined;
}
