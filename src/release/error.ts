/** Why the files could not be attached to a release. */
export type ReleaseErrorCode =
  | 'ENVIRONMENT'
  | 'TOKEN'
  | 'PERMISSION'
  | 'NOT_FOUND'
  | 'NAME_TAKEN'
  | 'IMMUTABLE'
  | 'REFUSED'
  | 'RATE_LIMIT'
  | 'SERVICE'
  | 'NETWORK'
  | 'MISMATCH'
  | 'FILE'
  | 'UNKNOWN';

/** An error of a release: what went wrong can be told from `code`; the title and the remedy are for people. */
export interface ReleaseError extends Error {
  readonly code: ReleaseErrorCode;
  readonly title: string;
  readonly remedy: string;
}

/** Makes a `ReleaseError`. The message must be safe to print. */
export function releaseError(code: ReleaseErrorCode, message: string, remedy: string, cause?: unknown): ReleaseError {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { code, title: 'The image was not attached to the release', remedy });
}
