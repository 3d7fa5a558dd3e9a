import { type UserError, userError } from '../errors/user-error.ts';
import { RERUN_UNDISTURBED } from '../image/finished-file.ts';
import { printable } from '../text/printable.ts';
import type { ClientError } from './client-thread.ts';

/** The title of an error that left no artifact. */
export const NOT_UPLOADED = 'The artifact was not uploaded';

/** Why the artifact client failed: the code of the `UserError`. */
export type ClientErrorCode =
  | 'NAME_TAKEN'
  | 'QUOTA'
  | 'RATE_LIMIT'
  | 'EXPIRED'
  | 'REFUSED'
  | 'SERVICE'
  | 'OTHER_SERVER'
  | 'STALLED'
  | 'NETWORK'
  | 'UNSUPPORTED_SERVER'
  | 'TOKEN'
  | 'FILE'
  | 'UNKNOWN';

/** Adds a reason and a remedy to an error of the artifact client, which was to upload the artifact `name`. */
export function explainClientError(cause: ClientError, name: string, overwrite: boolean): UserError {
  const { code, reason, remedy } = RULES.find(({ matches }) => matches(cause)) ?? UNKNOWN;
  return userError({
    title: NOT_UPLOADED,
    message: `The artifact ${printable(name)} was not uploaded: ${reason}.`,
    remedy: code === 'NAME_TAKEN' && overwrite ? NAME_KEPT_REMEDY : remedy,
    code,
    cause,
  });
}

/** Whether a second attempt, with fewer connections at once, may succeed. */
export function isTransient({ code }: UserError): boolean {
  return code === 'NETWORK' || code === 'STALLED';
}

const NAME_KEPT_REMEDY =
  'Set another image-name, or re-run the job. overwrite replaces only finished artifacts: another job may be uploading this ' +
  'one, or an interrupted upload may hold the name until the run ends.';

interface Rule {
  readonly code: ClientErrorCode;
  readonly matches: (error: ClientError) => boolean;
  /** Continues "The artifact was not uploaded: ". */
  readonly reason: string;
  readonly remedy: string;
}

const CHECK_STATUS = 'Re-run the job. If it fails again, check https://www.githubstatus.com';

const UNKNOWN: Rule = {
  code: 'UNKNOWN',
  matches: () => true,
  reason: 'the artifact client failed',
  remedy: CHECK_STATUS,
};

/** The first rule that matches applies: specific rules come first. */
const RULES: readonly Rule[] = [
  {
    code: 'NAME_TAKEN',
    matches: says(/\(409\)/),
    reason: 'this run already has an artifact with that name',
    remedy:
      'Set overwrite to true to replace it, or give each image its own image-name, for example one that contains the name of the matrix job.',
  },
  {
    code: 'QUOTA',
    matches: says(/artifact storage quota|insufficient usage/i),
    reason: "the account's artifact storage is full",
    remedy:
      'Delete old artifacts, lower retention-days, or raise the spending limit. Usage is recalculated every 6 to 12 hours.',
  },
  {
    code: 'RATE_LIMIT',
    matches: either(says(/\(429\)/), hasStatus(429, 429)),
    reason: 'the artifact service received too many requests (429)',
    remedy: 'Re-run the job later, or let fewer jobs upload at the same time.',
  },
  {
    code: 'EXPIRED',
    // Azure answers AuthenticationFailed; no other server has codes of that kind.
    matches: ({ code = '' }) => /^Auth(entication|orization)/.test(code),
    reason: 'the upload URL has expired; it is valid for about an hour',
    remedy:
      'Re-run the job. If the upload takes that long, make the image smaller (compression, compression-level), or use a runner with a faster connection.',
  },
  {
    code: 'REFUSED',
    matches: says(/\(40[0134]\)/),
    reason: 'the artifact service refused it',
    remedy:
      'Re-run the job: the token of a job is valid for a limited time. If it fails again, check that the policies of the organization allow artifacts, or set upload to false.',
  },
  {
    code: 'SERVICE',
    matches: either(says(/\(5\d\d\)/), hasStatus(500, 599)),
    reason: 'the artifact service or its storage reported a server error',
    remedy: CHECK_STATUS,
  },
  {
    code: 'SERVICE',
    matches: says(/Unexpected end of JSON/),
    reason: 'the artifact service sent an empty or incomplete response',
    remedy:
      "Re-run the job. A service other than GitHub's may refuse files that are not zipped, as act 0.2.89 does: set upload to false there.",
  },
  {
    code: 'OTHER_SERVER',
    matches: either(says(/not valid JSON|Unexpected token/), hasStatus(200, 403)),
    reason:
      'the response is not from the artifact service; a proxy or a login page may be between the runner and GitHub',
    remedy:
      'Let the runner reach *.actions.githubusercontent.com and *.blob.core.windows.net directly, or set upload to false.',
  },
  {
    code: 'STALLED',
    matches: says(/Upload progress stalled|Request timeout/),
    reason: 'the connection stalled',
    remedy:
      'Re-run the job. On a slow connection, set the environment variable ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS to more than 300000.',
  },
  {
    code: 'NETWORK',
    matches: ({ message, code = '' }) => NETWORK_FAILURE.test(`${code} ${message}`),
    reason: 'the network failed',
    remedy:
      'Re-run the job. A self-hosted runner must reach *.actions.githubusercontent.com and *.blob.core.windows.net.',
  },
  {
    code: 'UNSUPPORTED_SERVER',
    matches: says(/not currently supported on GHES/),
    reason: 'GitHub Enterprise Server does not support this kind of artifact',
    remedy: 'Set upload to false, and upload the file in a step of its own.',
  },
  {
    code: 'TOKEN',
    matches: says(/backend IDs|Invalid token specified|ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/),
    reason: 'the runner provided no usable token or URL of the artifact service',
    remedy: 'Run the action in a GitHub Actions workflow, or set upload to false.',
  },
  {
    code: 'FILE',
    matches: says(/error has occurred during file read|No files were found|\b(?:EISDIR|ENOENT|EACCES|EIO)\b/),
    reason: 'the file could not be read',
    remedy: `Check the disk that output-directory is on. ${RERUN_UNDISTURBED}`,
  },
];

const NETWORK_FAILURE =
  /ECONNRESET|ECONNREFUSED|ECONNABORTED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|socket hang up|REQUEST_SEND_ERROR/;

function says(pattern: RegExp): (error: ClientError) => boolean {
  return ({ message }) => pattern.test(message);
}

function hasStatus(from: number, to: number): (error: ClientError) => boolean {
  return ({ statusCode }) => statusCode !== undefined && statusCode >= from && statusCode <= to;
}

function either(...tests: readonly ((error: ClientError) => boolean)[]): (error: ClientError) => boolean {
  return (error) => tests.some((test) => test(error));
}
