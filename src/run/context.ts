/** Every timestamp of an image, in seconds since 1970: that of all files in a Nix store. */
export const TIME = 1;
