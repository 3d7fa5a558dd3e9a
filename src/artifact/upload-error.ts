/** Why an upload failed. */
export type UploadErrorCode =
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
  | 'MISMATCH'
  | 'TIME_LIMIT'
  | 'UNKNOWN';

/** An error of an upload: what went wrong can be told from `code`; the title and the remedy are for people. */
export interface UploadError extends Error {
  readonly code: UploadErrorCode;
  readonly title: string;
  readonly remedy: string;
}

/** Makes an `UploadError`. The message must be safe to print. */
export function uploadError(code: UploadErrorCode, message: string, remedy: string, cause?: unknown): UploadError {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { code, title: 'The image was not uploaded', remedy });
}

/** Whether a second attempt, with fewer connections at once, may go through. */
export function isPassing(error: UploadError): boolean {
  return error.code === 'NETWORK' || error.code === 'STALLED';
}
