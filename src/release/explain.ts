import { type ReleaseError, type ReleaseErrorCode, releaseError } from './error.ts';

/** What a request to GitHub failed with, as far as it can be told apart by. */
export interface RequestFailure {
  /** HTTP status; `undefined` where there was no answer. */
  readonly status: number | undefined;
  readonly message: string;
  /** Seconds after which GitHub asks to try again, if it does. */
  readonly retryAfter: number | undefined;
  readonly isRateLimit: boolean;
  readonly cause: unknown;
}

/** Takes apart what octokit threw; `undefined` for anything that is no failed request. */
export function readFailure(error: unknown): RequestFailure | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError') {
    return undefined;
  }
  const status = numberProperty(error, 'status');
  const response: unknown = Reflect.get(error, 'response');
  // Octokit gives the status 500 to a request that had no answer.
  if (!isObject(response)) {
    return { status: undefined, message: error.message, retryAfter: undefined, isRateLimit: false, cause: error };
  }
  const headers = isObject(response.headers) ? response.headers : {};
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
  const isRateLimit =
    status === 429 ||
    (status === 403 && (headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(error.message)));
  return {
    status,
    message: error.message,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
    isRateLimit,
    cause: error,
  };
}

/** Whether the same request may succeed when it is made again a little later. */
export function isPassingFailure({ status, isRateLimit, retryAfter }: RequestFailure): boolean {
  if (isRateLimit) {
    return retryAfter !== undefined && retryAfter <= LONGEST_WAIT;
  }
  return status === undefined || status >= 500;
}

/** Seconds that a job may stand still for. */
const LONGEST_WAIT = 60;

/** Whether there is a file of that name in the release already. */
export function isNameTaken({ status, message }: RequestFailure): boolean {
  return status === 422 && /already_exists/.test(message);
}

/** Says what GitHub refused, and what to do. `what` continues "GitHub did not". */
export function explainFailure(failure: RequestFailure, what: string): ReleaseError {
  const rule = RULES.find(({ matches }) => matches(failure)) ?? UNKNOWN;
  const status = failure.status === undefined ? '' : ` (${failure.status})`;
  return releaseError(rule.code, `GitHub did not ${what}: ${rule.why}${status}.`, rule.remedy, failure.cause);
}

interface Rule {
  readonly code: ReleaseErrorCode;
  readonly matches: (failure: RequestFailure) => boolean;
  /** Continues "GitHub did not ...: ". */
  readonly why: string;
  readonly remedy: string;
}

const PERMISSION = "Give the job the permission 'contents: write' (permissions: contents: write)";
const AGAIN = 'Re-run the job; what is attached already stays. If it fails again, look at https://www.githubstatus.com';

/** The first rule that matches holds: the more special ones come first. */
const RULES: readonly Rule[] = [
  {
    code: 'RATE_LIMIT',
    matches: ({ isRateLimit }) => isRateLimit,
    why: 'there were too many requests of this token',
    remedy: 'Re-run the job in an hour, or let fewer jobs use the same token at the same time.',
  },
  {
    code: 'IMMUTABLE',
    matches: ({ status, message }) => status === 422 && /immutable release/i.test(message),
    why: 'the release is immutable, since it has been published',
    remedy:
      'Attach files while the release is a draft: push the tag, let this action create the draft, and publish it then.',
  },
  {
    code: 'TOKEN',
    matches: has(401),
    why: 'the token is not valid',
    remedy: `Set github-token to \${{ github.token }}, or renew the token that is used. ${PERMISSION}.`,
  },
  {
    code: 'PERMISSION',
    matches: has(403),
    why: 'the token may not do that',
    remedy: `${PERMISSION}. In a workflow that a fork's pull request started no token may write.`,
  },
  {
    code: 'NOT_FOUND',
    matches: has(404),
    why: 'there is nothing of that name that the token may see, or that it may change',
    remedy: `${PERMISSION}, and check that the token is for this repository.`,
  },
  {
    code: 'REFUSED',
    matches: ({ status = 0 }) => status >= 400 && status < 500,
    why: 'it refused the request',
    remedy: 'Check that release-tag names a tag that the rules of the repository allow; the cause says more.',
  },
  { code: 'SERVICE', matches: ({ status = 0 }) => status >= 500, why: 'it is failing', remedy: AGAIN },
  {
    code: 'NETWORK',
    matches: ({ status }) => status === undefined,
    why: 'the network failed',
    remedy: `${AGAIN}. A self-hosted runner must reach api.github.com and uploads.github.com.`,
  },
];

const UNKNOWN: Rule = { code: 'UNKNOWN', matches: () => true, why: 'it answered what was not expected', remedy: AGAIN };

function has(wanted: number): (failure: RequestFailure) => boolean {
  return ({ status }) => status === wanted;
}

function numberProperty(object: object, name: string): number | undefined {
  const value: unknown = Reflect.get(object, name);
  return typeof value === 'number' ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
