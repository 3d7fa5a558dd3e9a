import { printable } from '../text/printable.ts';
import { type UploadError, type UploadErrorCode, uploadError } from './upload-error.ts';

/** What the artifact client threw, as far as it can be told apart by. */
export interface ClientError {
  readonly message: string;
  /** Of the operating system, or of the blob storage (`AuthenticationFailed`). */
  readonly code?: string | undefined;
  /** HTTP status that the blob storage answered with; the service's own is part of the message. */
  readonly statusCode?: number | undefined;
}

/** Turns what the artifact client threw into an error that says what happened to the artifact `name`, and what to do. */
export function explainClientError(thrown: ClientError, name: string, overwrite: boolean): UploadError {
  const cause = Object.assign(new Error(thrown.message), { code: thrown.code, statusCode: thrown.statusCode });
  const artifact = `The artifact ${printable(name)} was not uploaded`;
  if (NAME_TAKEN.test(thrown.message)) {
    const message = `${artifact}: this run has an artifact of that name already.`;
    return uploadError('NAME_TAKEN', message, overwrite ? TAKEN_FOR_GOOD : TAKEN, cause);
  }
  const rule = RULES.find(({ matches }) => matches(thrown)) ?? UNKNOWN;
  return uploadError(rule.code, `${artifact}: ${rule.what}.`, rule.remedy, cause);
}

const NAME_TAKEN = /\(409\)/;
const TAKEN =
  'Set overwrite to true to replace it, or give each image its own image-name, such as one with the name of the matrix leg.';
const TAKEN_FOR_GOOD =
  'It is no finished artifact, or overwrite would have replaced it: another job is uploading it at this moment, or an upload broke off and keeps the name until the run ends. Set another image-name, or re-run the job.';

interface Rule {
  readonly code: UploadErrorCode;
  readonly matches: (thrown: ClientError) => boolean;
  /** Continues "The artifact was not uploaded: ". */
  readonly what: string;
  readonly remedy: string;
}

const AGAIN = 'Re-run the job. If it fails again, look at https://www.githubstatus.com';
const UNKNOWN: Rule = { code: 'UNKNOWN', matches: () => true, what: 'the artifact client failed', remedy: AGAIN };

/** The first rule that matches holds: the more special ones come first. */
const RULES: readonly Rule[] = [
  {
    code: 'QUOTA',
    matches: says(/artifact storage quota|insufficient usage/i),
    what: "the account's storage for artifacts is full",
    remedy:
      'Delete old artifacts, set retention-days lower, or raise the spending limit; usage is recalculated every 6 to 12 hours.',
  },
  {
    code: 'RATE_LIMIT',
    matches: either(says(/\(429\)/), hasStatus(429, 429)),
    what: 'the artifact service refused it because of too many requests (429)',
    remedy: 'Re-run the job later, or let fewer jobs upload at the same time.',
  },
  {
    code: 'EXPIRED',
    // Azure answers AuthenticationFailed; no other server has codes of that kind.
    matches: ({ code = '' }) => /^Auth(entication|orization)/.test(code),
    what: 'the storage no longer accepts the address that the artifact service gave for the upload; it is valid for about an hour',
    remedy:
      'Re-run the job. If the upload takes that long, make the image smaller (compression, compression-level), or use a runner with a faster connection.',
  },
  {
    code: 'REFUSED',
    matches: says(/\(40[0134]\)/),
    what: 'the artifact service refused it',
    remedy:
      'Re-run the job: the token of a job is valid for a limited time. If it fails again, check that the policies of the organisation allow artifacts, or set upload to false.',
  },
  {
    code: 'SERVICE',
    matches: either(says(/\(5\d\d\)/), hasStatus(500, 599)),
    what: 'the artifact service or its storage is failing',
    remedy: AGAIN,
  },
  {
    code: 'OTHER_SERVER',
    matches: either(says(/not valid JSON|Unexpected end of JSON|Unexpected token/), hasStatus(200, 403)),
    what: 'what answered is not the artifact service, but perhaps a proxy or a login page between the runner and GitHub',
    remedy:
      'Let the runner reach *.actions.githubusercontent.com and *.blob.core.windows.net directly, or set upload to false.',
  },
  {
    code: 'STALLED',
    matches: says(/Upload progress stalled|Request timeout/),
    what: 'the connection stood still',
    remedy:
      'Re-run the job. On a slow connection set the environment variable ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS higher than 300000.',
  },
  {
    code: 'NETWORK',
    matches: ({ message, code = '' }) => NETWORK_FAILURE.test(`${code} ${message}`),
    what: 'the network failed',
    remedy:
      'Re-run the job. A self-hosted runner must reach *.actions.githubusercontent.com and *.blob.core.windows.net.',
  },
  {
    code: 'UNSUPPORTED_SERVER',
    matches: says(/not currently supported on GHES/),
    what: 'GitHub Enterprise Server has no artifact service of the kind that is needed',
    remedy: 'Set upload to false, and upload the file in a step of its own.',
  },
  {
    code: 'TOKEN',
    matches: says(/backend IDs|Invalid token specified|ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/),
    what: 'the runner gave no usable token or address of the artifact service',
    remedy: 'Run it as an action of a workflow, or set upload to false.',
  },
  {
    code: 'FILE',
    matches: says(/error has occurred during file read|No files were found|EISDIR|ENOENT|EACCES|EIO/),
    what: 'the file could not be read',
    remedy: 'Check that nothing else changes the output directory, and that the disk is in order.',
  },
];

const NETWORK_FAILURE =
  /ECONNRESET|ECONNREFUSED|ECONNABORTED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|socket hang up|REQUEST_SEND_ERROR/;

function says(pattern: RegExp): (thrown: ClientError) => boolean {
  return ({ message }) => pattern.test(message);
}

function hasStatus(from: number, to: number): (thrown: ClientError) => boolean {
  return ({ statusCode }) => statusCode !== undefined && statusCode >= from && statusCode <= to;
}

function either(...tests: readonly ((thrown: ClientError) => boolean)[]): (thrown: ClientError) => boolean {
  return (thrown) => tests.some((test) => test(thrown));
}
