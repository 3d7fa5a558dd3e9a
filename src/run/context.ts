/** Where the store is in an image, and so must be on this machine: its paths work nowhere else. */
export const STORE = '/nix/store';

/** Every timestamp of an image, in seconds since 1970: that of all files in a Nix store. */
export const TIME = 1;
