import { errorCode } from '../errors/error-code.ts';
import { UserError, userError } from '../errors/user-error.ts';
import { printableText } from '../text/escape.ts';

/**
 * The error of an image file that does not hold what was planned and written. `message` says what differs and where, and
 * must be safe to print. `remedy` is for a difference that can have another cause than a damaged image.
 */
export function imageMismatch(
  message: string,
  { remedy = IMAGE_DAMAGED, cause }: { readonly remedy?: string; readonly cause?: unknown } = {},
): UserError {
  return userError({ title: 'The image failed verification', message, remedy, code: 'IMAGE_MISMATCH', cause });
}

/** Remedy for an image that was damaged, as far as is known. */
export const IMAGE_DAMAGED =
  'Re-run the job, on another machine if possible: the disk or the memory of this machine may be faulty, or another ' +
  'process may have written to the output directory. If it fails there too, report it at ' +
  'https://github.com/nix-ext4-image/nix-ext4-image/issues';

/** Remedy for a difference from files of this machine, which may have changed since they were read. */
export function sourceChanged(input: string): string {
  return (
    `Let nothing change the files of ${input} while the step runs, and re-run the job. If it fails again, check the disk ` +
    'and the memory of this machine.'
  );
}

/**
 * Explains whatever ended a verification. Bytes that break the format are a damaged image; an error of the system is one
 * of reading the image file; of anything else no cause is known.
 */
export function verificationError(error: unknown): UserError {
  if (error instanceof UserError) {
    return error;
  }
  const message = printableText(error instanceof Error ? error.message : String(error));
  if (FORMAT_ERRORS.some((code) => code === errorCode(error))) {
    return imageMismatch(message, { cause: error });
  }
  if (isSystemError(error)) {
    return userError({
      title: 'The image could not be read back',
      message,
      remedy:
        'Check the disk that output-directory is on, and let nothing else change that directory. Then re-run the job.',
      code: 'IMAGE_UNREADABLE',
      cause: error,
    });
  }
  return userError({
    title: 'The image could not be verified',
    message,
    remedy: IMAGE_DAMAGED,
    code: 'NOT_VERIFIED',
    cause: error,
  });
}

/** Codes of the readers' errors, whose classes are lost between threads. */
const FORMAT_ERRORS = ['EXT4_FORMAT', 'FAT_FORMAT'];

/** Whether an error is one that a system call returned, such as `EIO`. */
export function isSystemError(error: unknown): boolean {
  const code = errorCode(error);
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}
