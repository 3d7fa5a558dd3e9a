/** An error as plain data: structured cloning loses an error's own properties, and fails on causes that cannot be cloned. */
export interface PackedError {
  readonly message: string;
  readonly stack?: string | undefined;
  /** What is told apart by, and shown with, an error: each only if the error has it as a text. */
  readonly properties: Readonly<Partial<Record<KeptProperty, string>>>;
  readonly cause?: PackedError | undefined;
}

const KEPT = ['code', 'title', 'remedy'] as const;
type KeptProperty = (typeof KEPT)[number];

/** Packs whatever was thrown, causes included, but for an error that is among its own causes. */
export function packError(error: unknown): PackedError {
  return pack(error, new Set());
}

function pack(error: unknown, effects: ReadonlySet<unknown>): PackedError {
  if (!(error instanceof Error)) {
    return { message: String(error), properties: {} };
  }
  const texts = KEPT.map((name) => [name, Reflect.get(error, name)] as const);
  const properties = Object.fromEntries(texts.filter(([, value]) => typeof value === 'string'));
  const known = new Set(effects).add(error);
  const cause = error.cause === undefined || known.has(error.cause) ? undefined : pack(error.cause, known);
  return { message: error.message, stack: error.stack, properties, cause };
}

/** Makes an error of what `packError` gave. */
export function unpackError(packed: PackedError): Error {
  const cause = packed.cause === undefined ? undefined : unpackError(packed.cause);
  const error = new Error(packed.message, cause === undefined ? undefined : { cause });
  if (packed.stack !== undefined) {
    error.stack = packed.stack;
  }
  return Object.assign(error, packed.properties);
}
