/** An error as plain data: structured cloning loses an error's `code`, and fails on causes that cannot be cloned. */
export interface PackedError {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly cause?: PackedError | undefined;
}

/** Packs whatever was thrown, causes included. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : packError(error.cause);
  return { message: error.message, stack: error.stack, code, cause };
}

/** Makes an error of what `packError` gave. */
export function unpackError(packed: PackedError): Error {
  const cause = packed.cause === undefined ? undefined : unpackError(packed.cause);
  const error = new Error(packed.message, cause === undefined ? undefined : { cause });
  if (packed.stack !== undefined) error.stack = packed.stack;
  return packed.code === undefined ? error : Object.assign(error, { code: packed.code });
}
