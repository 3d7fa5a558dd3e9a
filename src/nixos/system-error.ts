import { type UserError, userError } from '../errors/user-error.ts';

/** Remedy for a path that is not a NixOS system. */
export const BUILD_SYSTEM =
  'Set system to a NixOS system: the result of building config.system.build.toplevel, which `nix build` links as ./result.';

/** The error for a NixOS system that is incomplete or malformed. The texts must be safe to print. */
export function systemError({
  message,
  remedy = BUILD_SYSTEM,
  cause,
}: {
  readonly message: string;
  readonly remedy?: string;
  readonly cause?: unknown;
}): UserError {
  return userError({ title: 'The NixOS system cannot be read', message, remedy, cause });
}
