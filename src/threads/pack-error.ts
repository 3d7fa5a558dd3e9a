import { errorCode } from '../errors/error-code.ts';
import { UserError } from '../errors/user-error.ts';

/**
 * An error as plain data. Structured cloning drops the properties that an error has of its own, and fails on a cause
 * that cannot be cloned.
 */
export interface PackedError {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  /** The rest of a `UserError`; `undefined` for other errors. */
  readonly user: { readonly title: string; readonly remedy: string } | undefined;
  readonly cause: PackedError | undefined;
}

/** Packs anything that was thrown, with its causes. A cause that is also an effect of itself is left out. */
export function packError(error: unknown): PackedError {
  return pack(error, new Set());
}

function pack(error: unknown, effects: ReadonlySet<unknown>): PackedError {
  if (!(error instanceof Error)) {
    return { message: String(error), stack: undefined, code: undefined, user: undefined, cause: undefined };
  }
  const { message, stack, cause } = error;
  const code = errorCode(error);
  const known = new Set(effects).add(error);
  return {
    message,
    stack,
    code: typeof code === 'string' ? code : undefined,
    user: error instanceof UserError ? { title: error.title, remedy: error.remedy } : undefined,
    cause: cause === undefined || known.has(cause) ? undefined : pack(cause, known),
  };
}

/** The error that `packError` packed: a `UserError` again, or an `Error` with the same code, stack and causes. */
export function unpackError(packed: PackedError): Error {
  const error = createError(packed);
  if (packed.stack !== undefined) {
    error.stack = packed.stack;
  }
  return error;
}

function createError({ message, code, user, cause }: PackedError): Error {
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  if (user !== undefined) {
    return new UserError({ ...user, ...options, message, code });
  }
  return code === undefined ? new Error(message, options) : new CodedError(message, code, options);
}

/** An error of the system or of a reader, such as `ENOENT`. */
class CodedError extends Error {
  readonly code: string;

  constructor(message: string, code: string, options: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
