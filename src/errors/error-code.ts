/** The `code` of an error, as those of the system have it; `undefined` where there is none. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
