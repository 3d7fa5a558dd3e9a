/** What a user reads about a problem that they can correct. Every text must be safe to print. */
export interface UserErrorOptions {
  /** Headline of the annotation, such as `Invalid input firmware-size`. */
  readonly title: string;
  /** What happened, to what, what was expected and what was found. */
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly remedy: string;
  /** Identifies the kind of error for code that handles it. */
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/** An error that a user's input, store, runner or configuration can cause, with its own remedy. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly title: string;
  readonly remedy: string;
  readonly code: string | undefined;

  constructor({ title, message, remedy, code, cause }: UserErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.title = title;
    this.remedy = remedy;
    this.code = code;
  }
}

/** Creates a `UserError`. */
export function userError(options: UserErrorOptions): UserError {
  return new UserError(options);
}

/** The error for an input with an invalid value, or one that contradicts another input. */
export function inputError({
  input,
  ...rest
}: Omit<UserErrorOptions, 'title'> & { readonly input: string }): UserError {
  return userError({ ...rest, title: `Invalid input ${input}` });
}

/** Remedy for an error that only a bug can cause. */
export const REPORT_BUG =
  'Re-run the job with debug logging. If it fails again, report the log at https://github.com/nix-ext4-image/nix-ext4-image/issues';
